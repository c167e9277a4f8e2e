/* SPDX-License-Identifier: MIT */
/* Exclusive accesses to word-invariant big-endian memory, which tests against QEMU do not have. */
#include "cpu/arm.h"
#include "tests/unit/arm_board.h"

#define CODE 0x1000u
#define DATA 0x2000u

static const struct {
    const char *name;
    uint32_t load, store; /* r2 = [r1]; [r1] = r0, r3 = status */
    uint32_t offset;      /* of the address from DATA */
    uint32_t loaded, word;
} sizes[] = {
    { "byte", 0xe1d12f9f, 0xe1c13f90, 1, 0x22, 0x11dd3344 },
    { "halfword", 0xe1f12f9f, 0xe1e13f90, 2, 0x3344, 0x1122ccdd },
    { "word", 0xe1912f9f, 0xe1813f90, 0, 0x11223344, 0xaabbccdd },
};

int main(void)
{
    ARMCPUOptions options = { .model = "arm1176", .exact = true };
    ArmBoard b;
    board_init_with(&b, &options);
    board_mcr(&b, 1, 0, 0, SCTLR_B);
    for (unsigned i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        const uint32_t code[] = { sizes[i].load, sizes[i].store };
        /* Each size at its own address: code does not change. */
        uint32_t at = CODE + 0x100 * i;
        board_code(&b, at, code, 2);
        board_word(&b, DATA, 0x11223344);
        arm_cpu_set_reg(b.cpu, 0, 0xaabbccdd);
        arm_cpu_set_reg(b.cpu, 1, DATA + sizes[i].offset);
        arm_cpu_set_reg(b.cpu, 3, 0xffffffff);
        arm_cpu_set_reg(b.cpu, 15, at);
        arm_cpu_run(b.cpu, 2);
        ok(arm_cpu_reg(b.cpu, 2) == sizes[i].loaded && arm_cpu_reg(b.cpu, 3) == 0,
           "big-endian %s: loaded, and the store succeeds", sizes[i].name);
        is_u32(bus_read(&b.bus, DATA, 4), sizes[i].word, "what the store leaves");
    }
    board_free(&b);
    return done_testing();
}
