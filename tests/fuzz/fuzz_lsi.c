/* SPDX-License-Identifier: MIT */
/* Fuzzing of the SCSI adapter and its targets (libFuzzer): the input is a list of steps of 8 bytes,
 * which access registers, write scripts, send commands, let time pass, save and load state.
 *
 * A step: what (low 4 bits, see run_step()) and how (high 4 bits), a byte, an offset (2 bytes), a
 * value (4 bytes), little-endian. */
#include <stdio.h>
#include <stdlib.h>

#include "tests/unit/lsi_machine.h"

#define STEP   8
#define SCRIPT 0x1000u
#define DATA   0x4000u
#define CDBS   0x3000u

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static Lsi53c895a before;
static uint32_t script_end; /* where the next instruction goes */

static void failed(const char *what)
{
    fprintf(stderr, "%s\n", what);
    abort();
}

static void append(uint32_t insn, uint32_t operand)
{
    st32_p(ram + script_end, insn);
    st32_p(ram + script_end + 4, operand);
    script_end = script_end < SCRIPT + 0x800 ? script_end + 8 : SCRIPT;
}

/* An address that has something: memory, its end, the script, the adapter's RAM or registers. */
static uint32_t place(unsigned how, uint32_t value)
{
    switch (how & 7) {
    case 0: return SCRIPT + (value & 0x7ff);
    case 1: return OWN + (value & (LSI_RAM - 1));
    case 2: return REGISTERS + (value & 0x3ff);
    case 3: return RAM - (value & 0x1ff);
    default: return DATA + (value & 0xfffff) % (RAM - DATA);
    }
}

/* An instruction that makes sense, of a kind. */
static void add_instruction(unsigned how, uint32_t byte, uint32_t offset, uint32_t value)
{
    uint32_t n = offset & 7 ? offset & 0xfff : value & 0xffffff, at = place(byte, value);
    switch (how) {
    case 0: append(0x41000000u | (byte & 15) << 16, at); break; /* SELECT ATN */
    case 1:
    case 2: append(0x08000000u | (byte >> 4 & 7) << 24 | n, at); break; /* MOVE */
    case 3: append(0x18000000u | (byte >> 4 & 7) << 24, offset); break;
    case 4: append(0x28000000u | (byte >> 4 & 7) << 24 | n, at); break;
    case 5: append(0x800b0000u | (byte >> 4 & 7) << 24, SCRIPT + (value & 0x7f8)); break;
    case 6: append(0x80880000u, (value & 0xff) - 0x80); break;
    case 7:
        append(0xc0000000u | n, at);
        st32_p(ram + script_end, place(byte >> 3, value >> 8));
        script_end += 4;
        break;
    case 8: append(0xe0000000u | (byte & 0x11) << 24 | (value & 0xff0007), at); break;
    case 9: append(0x40000000u | (value & 0x3fffffff), at); break;
    case 10: append(0x48000000u + (byte % 4 << 27), offset); break;
    default: append(value, at);
    }
}

/* A command by a script that follows the phases, to its end. */
static void send_command(const uint8_t *step)
{
    static const uint8_t opcodes[] = {
        0x00, 0x03, 0x08, 0x0a, 0x12, 0x15, 0x1a, 0x1b, 0x1e, 0x25, 0x28, 0x2a, 0x2f, 0x35, 0x41,
        0x42, 0x43, 0x46, 0x4a, 0x51, 0x55, 0x5a, 0x88, 0x8a, 0x93, 0x9e, 0xa0, 0xa8, 0xaa, 0xad,
    };
    uint32_t start = script_end = SCRIPT + 0x900, loop = start + 24;
    uint8_t *cdb = ram + CDBS;
    memset(cdb, 0, 16);
    cdb[0] = opcodes[step[1] % sizeof opcodes];
    cdb[step[0] >> 4] ^= step[2];
    cdb[1] ^= step[3] & 0x1f;
    cdb[4] = cdb[8] = step[5];
    cdb[5] ^= step[6];
    cdb[7] = step[7] & 3;
    cdb[13] = step[6];
    cdb[9] ^= step[4];
    ram[CDBS + 16] = (uint8_t)(0x80 | (step[3] >> 6));
    append(0x41000000u | (step[2] % 3u) << 16, loop);
    append(0x0e000001u, CDBS + 16);
    append(0x0a000000u | 16, CDBS);
    append(0x800b0000u, loop + 40); /* data out */
    append(0x810b0000u, loop + 56); /* data in */
    append(0x0b000001u, CDBS + 17);
    append(0x0f000001u, CDBS + 18);
    append(0x98080000u, 1);
    append(0x08000000u | (1 + step[4] * 16u), DATA);
    append(0x80080000u, loop);
    append(0x09000000u | (1 + step[4] * 16u), DATA);
    append(0x80080000u, loop);
    wb(ISTAT0, ISTAT0_SRST);
    wb(CCNTL0, CCNTL0_ENPMJ | CCNTL0_ENNDJ);
    wl(PMJAD1, loop);
    wl(PMJAD2, loop);
    wl(DSP, start);
    script_end = SCRIPT;
}

/* The state survives a save and a load. A state with a byte changed may be refused. */
static void save_and_load(bool changed, uint32_t where, uint8_t what)
{
    VMWriter w = { 0 };
    vmstate_save(&w, lsi53c895a_type.state, &lsi);
    if (w.failed) {
        abort();
    }
    if (changed) {
        w.bytes[where % w.len] ^= what;
    }
    VMReader r = { .bytes = w.bytes, .left = w.len };
    uint64_t digest = vmstate_digest(VM_DIGEST_START, lsi53c895a_type.state, &lsi);
    memcpy(&before, &lsi, sizeof lsi);
    bool good = vmstate_load(&r, lsi53c895a_type.state, &lsi) && lsi53c895a_type.loaded(&lsi);
    if (!changed &&
        (!good || digest != vmstate_digest(VM_DIGEST_START, lsi53c895a_type.state, &lsi))) {
        failed("a state is not what was saved");
    }
    if (!good) {
        timer_del(&lsi.resume);
        lsi53c895a_type.reset(&lsi);
    }
    free(w.bytes);
}

static void run_step(const uint8_t *step)
{
    unsigned how = step[0] >> 4, bar = how & 8 ? 2 : how & 4 ? 0 : 1;
    unsigned size = how % 4 == 3 ? 1 : how % 4 == 2 ? 2 : 4;
    uint32_t offset = ld16_p(step + 2), value = ld32_p(step + 4);
    uint32_t at = offset & (bar == 2 ? LSI_RAM - 1 : 0xff) & ~(size - 1);
    switch (step[0] & 15) {
    case 0:
    case 1: lsi53c895a_type.write(&lsi, bar, at, value, size); break;
    case 2: (void)lsi53c895a_type.read(&lsi, bar, at, size); break;
    case 3: wb(step[1], value); break;
    case 4: st32_p(ram + SCRIPT + (offset & 0xffc), value); break;
    case 5: st32_p(ram + DATA + (offset & 0x1ffc), value); break;
    case 6:
    case 7:
    case 8: add_instruction(how, step[1], offset, value); break;
    case 9: wl(DSP, SCRIPT + (offset & 0x3f8)); break;
    case 10: fake_clock_advance(&clk, how < 8 ? NS_PER_MS : 0); break;
    case 11: save_and_load(how & 1, value, step[1]); break;
    case 12: fake_block_break(&block, how & 1); break;
    case 13:
        if (how == 0) {
            lsi53c895a_type.reset(&lsi);
        } else {
            wb(SCNTL1, how & 1 ? SCNTL1_RST : 0);
        }
        break;
    default: send_command(step);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    lsi_start();
    lsi.share = 1 << 18;
    script_end = SCRIPT;
    for (size_t i = 0; size - i >= STEP; i += STEP) {
        run_step(data + i);
        if (!lsi53c895a_type.loaded(&lsi)) {
            failed("a state that could not be loaded");
        }
        if (lsi.running) {
            failed("the script has not returned");
        }
    }
    return 0;
}
