/* SPDX-License-Identifier: MIT */
/* Executes the cases of gen.c on the bare machine and prints a digest of the state after each few,
 * or all of it. */
#include "../guest/guest.h"
#include "cases.h"

/* Registers as the assembler code below loads and leaves them. */
static struct {
    uint32_t fpscr, cpsr, r[8], single[32];
} state;

static uint32_t buffer[BUFFER_WORDS];
static uint32_t digest;

__asm__(".fpu vfp\n"
        "execute:\n" /* (state, code) */
        "    push {r0, r4-r11, lr}\n"
        "    mov r8, r0\n"
        "    mov r9, r1\n"
        "    mov r0, #0\n"
        "    fmxr fpscr, r0\n"
        "    add r0, r8, #40\n"
        "    fldmias r0, {s0-s31}\n"
        "    ldr r0, [r8]\n"
        "    fmxr fpscr, r0\n"
        "    ldr r0, [r8, #4]\n"
        "    msr cpsr_f, r0\n"
        "    add r0, r8, #8\n"
        "    ldmia r0, {r0-r7}\n"
        "    mov lr, pc\n"
        "    bx r9\n"
        "    add r9, r8, #8\n"
        "    stmia r9, {r0-r7}\n"
        "    mrs r0, cpsr\n"
        "    str r0, [r8, #4]\n"
        "    fmrx r0, fpscr\n"
        "    str r0, [r8]\n"
        "    mov r0, #0\n"
        "    fmxr fpscr, r0\n"
        "    add r0, r8, #40\n"
        "    fstmias r0, {s0-s31}\n"
        "    pop {r0, r4-r11, lr}\n"
        "    bx lr\n");
void execute(void *state, const uint32_t *code);

static void fold(const uint32_t *words, unsigned n)
{
    for (unsigned i = 0; i < n; i++) {
        digest = (digest << 5 | digest >> 27) ^ words[i];
        digest *= 0x9e3779b1;
    }
}

static void dump(const uint32_t *words, unsigned n)
{
    for (unsigned i = 0; i < n; i++) {
        print(" ");
        print_hex(words[i]);
    }
}

static void run_case(const uint32_t *c)
{
    uint32_t seed = c[CASE_SEED];
    for (unsigned i = 0; i < BUFFER_WORDS; i++) {
        seed = seed * 1664525 + 1013904223;
        buffer[i] = seed;
    }
    state.fpscr = c[CASE_FPSCR];
    state.cpsr = c[CASE_CPSR];
    for (unsigned i = 0; i < 8; i++) {
        state.r[i] = i < 4 ? (uint32_t)&buffer[BUFFER_WORDS / 2] : c[CASE_REGS + i - 4];
    }
    for (unsigned i = 0; i < 32; i++) {
        state.single[i] = c[CASE_SINGLE + i];
    }
    execute(&state, c + CASE_CODE);
    state.cpsr &= 0xf8000000;
    for (unsigned i = 0; i < 4; i++) {
        state.r[i] -= (uint32_t)buffer;
    }
}

int main(void)
{
    const uint32_t *file = (const uint32_t *)CASES_AT, *c = file + HEADER_WORDS;
    __asm__ volatile("mcr p10, 7, %0, cr8, cr0, 0" : : "r"(0x40000000)); /* FPEXC.EN */
    __asm__ volatile("mcr p10, 7, %0, cr9, cr0, 0" : : "r"(0));          /* FPINST, FPINST2 */
    __asm__ volatile("mcr p10, 7, %0, cr10, cr0, 0" : : "r"(0));
    for (unsigned n = 0; n < file[HEADER_COUNT]; n++, c += CASE_WORDS) {
        run_case(c);
        if (file[HEADER_DUMP]) {
            print("S");
            dump(&state.fpscr, sizeof state / 4);
            print("\n");
        }
        fold(&state.fpscr, sizeof state / 4);
        fold(buffer, BUFFER_WORDS);
        if ((n + 1) % CASES_PER_DIGEST == 0 || n + 1 == file[HEADER_COUNT]) {
            print("D ");
            print_hex(digest);
            print("\n");
            digest = 0;
        }
    }
    print("END\n");
    guest_exit();
    return 0;
}
