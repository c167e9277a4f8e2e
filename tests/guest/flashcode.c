/* SPDX-License-Identifier: MIT */
/* Code in flash that sends the flash a command: from then on the flash answers with its status, not
 * with the code. The caches are off, so that instructions are fetched from there, too: a few may
 * have been fetched before the command, but no turn of a loop and no function that is called later.
 *
 * The status word is 0x00800080, ADDEQ r0, r0, r0, LSL #1. With Z clear that does nothing, and
 * the CPU goes on to the end of the page, where nothing is mapped: a prefetch abort. */
#include "guest.h"

#define L1         0x00400000u
#define COARSE     0x00404000u
#define FLASH      0x34000000u
#define BLOCK      0x40000u
#define CODE_FLASH (FLASH + 7 * BLOCK)
#define VA_CODE    0x80100000u /* the page at CODE_FLASH, alone */
#define VA_FLASH   0x80300000u /* the MiB with it */
#define COMMAND    (VA_FLASH + (CODE_FLASH & 0xfffff) + 0x2000)
#define PAGE       0x1000u
#define SYS        0x10000000u
#define SYS_FLASH  (SYS + 0x4c)

#define READ_ARRAY  0xffu
#define READ_STATUS 0x70u
#define STATUS      0x00800080u

#define LITERAL 0x600dc0deu

/* To be copied to flash. r0 = where commands go, r1 = the command, Z is clear at it; counts its
 * turns in r2 and returns them after 100. */
#define LOOP(name, send, barrier)                                                                  \
    ".global " name ", " name "_end\n" name ": mov r2, #0\n"                                       \
    " mov r3, r1\n"                                                                                \
    " mov ip, #0\n"                                                                                \
    " cmp r1, #0\n"                                                                                \
    "1: " send "\n" barrier " add r2, r2, #1\n"                                                    \
    " cmp r2, #100\n"                                                                              \
    " bne 1b\n"                                                                                    \
    " mov r0, r2\n"                                                                                \
    " bx lr\n" name "_end:\n"
#define IMB " mcr p15, 0, ip, c7, c10, 4\n mcr p15, 0, ip, c7, c5, 0\n"

__asm__(".text\n.arm\n.balign 4\n" LOOP("loop_imb", "str r1, [r0]", IMB)
            LOOP("loop_str", "str r1, [r0]", "") LOOP("loop_strb", "strb r1, [r0]", "")
                LOOP("loop_strh", "strh r1, [r0]", "") LOOP("loop_stm", "stmia r0, {r1, r3}", "")
                    LOOP("loop_swp", "swp r3, r1, [r0]", "")
        /* A constant among the code, loaded after the command. */
        ".global literal, literal_end\n"
        "literal: cmp r1, #0\n"
        " str r1, [r0]\n"
        " ldr r0, 1f\n"
        " bx lr\n"
        "1: .word 0x600dc0de\n"
        "literal_end:\n"
        ".global answer, answer_end\n"
        "answer: cmp lr, #0\n"
        " mov r0, #42\n"
        " bx lr\n"
        "answer_end:\n");

#define DECLARE(name) extern const uint32_t name[], name##_end[];
DECLARE(loop_imb)
DECLARE(loop_str)
DECLARE(loop_strb)
DECLARE(loop_strh)
DECLARE(loop_stm)
DECLARE(loop_swp)
DECLARE(literal)
DECLARE(answer)

static void barrier(void)
{
    MCR15(0, c7, c10, 4, 0);
    MCR15(0, c7, c5, 0, 0);
}

static void read_array(void)
{
    write32(COMMAND, READ_ARRAY);
    barrier();
}

/* Erases the block and puts the code at `offset` of its first page, and after it the branch to it.
 */
static guest_fn *put(uint32_t offset, const uint32_t *from, const uint32_t *end)
{
    uint32_t at = VA_FLASH + (CODE_FLASH & 0xfffff);
    write32(at, 0x20);
    write32(at, 0xd0);
    for (uint32_t i = 0; &from[i] < end; i++) {
        write32(at + offset + 4 * i, 0x40);
        write32(at + offset + 4 * i, from[i]);
    }
    read_array();
    return (guest_fn *)(VA_CODE + offset);
}

static void start_mmu(void)
{
    for (uint32_t i = 0; i < 4096; i++) {
        write32(L1 + i * 4, 0);
    }
    for (uint32_t i = 0; i < 256; i++) {
        write32(COARSE + i * 4, 0);
    }
    for (uint32_t mb = 0; mb < 8; mb++) {
        write32(L1 + mb * 4, mb << 20 | 3u << 10 | 0x12);
    }
    write32(L1 + (UART0 >> 20) * 4, (UART0 & 0xfff00000) | 1u << 10 | 0x12);
    write32(L1 + (SYS >> 20) * 4, SYS | 1u << 10 | 0x12);
    write32(L1 + (VA_FLASH >> 20) * 4, (CODE_FLASH & 0xfff00000) | 1u << 10 | 0x12);
    write32(L1 + (VA_CODE >> 20) * 4, COARSE | 0x11);
    write32(COARSE, CODE_FLASH | 0x55 << 4 | 2);
    MCR15(0, c2, c0, 0, L1);
    MCR15(0, c3, c0, 0, 1);
    MCR15(0, c8, c7, 0, 0);
    MCR15(0, c1, c0, 0, MRC15(0, c1, c0, 0) | 1);
}

#define QEMU_RUNS_ON "it goes on in the code that it has translated"

static void loops(void)
{
    static const struct {
        const uint32_t *code, *end;
        const char *name;
    } kinds[] = {
        { loop_imb, loop_imb_end, "a loop ends with the command, STR and the barriers" },
        { loop_str, loop_str_end, "the same without barriers" },
        { loop_strb, loop_strb_end, "STRB" },
        { loop_strh, loop_strh_end, "STRH" },
        { loop_stm, loop_stm_end, "STM" },
        { loop_swp, loop_swp_end, "SWP" },
    };
    for (uint32_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
        guest_fn *fn = put(0x40, kinds[k].code, kinds[k].end);
        /* In read mode all the time: chained, and as fast as it gets. */
        unsigned before = guarded(fn, COMMAND, READ_ARRAY);
        uint32_t turns = guarded_value;
        unsigned vector = guarded(fn, COMMAND, READ_STATUS);
        uint32_t left = caught.r[2], lr = caught.lr;
        read_array();
        ok(before == VECTOR_NONE && turns == 100, "100 turns in read mode");
        is_not_qemu(vector == VECTOR_PREFETCH && left <= 1 && lr == VA_CODE + PAGE + 4, 1,
                    kinds[k].name, QEMU_RUNS_ON);
        unsigned after = guarded(fn, COMMAND, READ_ARRAY);
        ok(after == VECTOR_NONE && guarded_value == 100,
           "back in read mode the code runs as before");
    }
}

static void constants(void)
{
    guest_fn *fn = put(0x80, literal, literal_end);
    is(guarded(fn, COMMAND, READ_ARRAY), VECTOR_NONE, "a constant among the code");
    is(guarded_value, LITERAL, "as it is in read mode");
    unsigned vector = guarded(fn, COMMAND, READ_STATUS);
    uint32_t loaded = vector == VECTOR_NONE ? guarded_value : caught.r[0];
    read_array();
    ok(loaded == STATUS || loaded == COMMAND, "is not read after the command");
}

/* Not in flash itself: sends a command between two calls. */
static uint32_t call_twice(uint32_t fn, uint32_t command)
{
    uint32_t sum = 0;
    for (uint32_t i = 0; i < 20; i++) {
        sum += ((guest_fn *)fn)(0, 0);
    }
    write32(COMMAND, command);
    barrier();
    return sum + ((guest_fn *)fn)(0, 0);
}

static void calls(void)
{
    guest_fn *fn = put(0xc0, answer, answer_end);
    is(guarded(call_twice, (uint32_t)fn, READ_ARRAY), VECTOR_NONE, "a function in flash");
    is(guarded_value, 21 * 42, "called 21 times");
    is(guarded(call_twice, (uint32_t)fn, READ_STATUS), VECTOR_PREFETCH,
       "is gone when the flash has left read mode");
    is(caught.lr, VA_CODE + PAGE + 4, "the CPU goes on to the end of the page");
    read_array();
    is(guarded(call_twice, (uint32_t)fn, READ_ARRAY), VECTOR_NONE,
       "back in read mode the call works again");
    is(guarded_value, 21 * 42, "in read mode");
}

int main(void)
{
    start_mmu();
    write32(SYS_FLASH, 1);
    loops();
    constants();
    calls();
    return 0;
}
