/* SPDX-License-Identifier: MIT */
/* A 53C895A with three targets, and the machine around it: memory, a clock, an interrupt line.
 * It has its own side of pci/pci.h. */
#ifndef TESTS_UNIT_LSI_MACHINE_H
#define TESTS_UNIT_LSI_MACHINE_H

#include <string.h>

#include "scsi/lsi.h"
#include "tests/unit/fake_clock.h"
#include "tests/unit/fake_block.h"

#define RAM       (1u << 20)  /* bytes of the machine's memory, from 0 */
#define OWN       0x40000000u /* where the adapter's RAM is */
#define REGISTERS 0x40004000u

static Lsi53c895a lsi;
static Block block;
static FakeClock clk;
static uint8_t ram[RAM];
static bool line;

void pci_set_irq(PciDevice *d, bool level)
{
    (void)d;
    line = level;
}

bool pci_dma_read(PciDevice *d, uint64_t addr, void *bytes, size_t n)
{
    (void)d;
    if (addr > RAM || n > RAM - addr) {
        return false;
    }
    memcpy(bytes, ram + addr, n);
    return true;
}

bool pci_dma_write(PciDevice *d, uint64_t addr, const void *bytes, size_t n)
{
    (void)d;
    if (addr > RAM || n > RAM - addr) {
        return false;
    }
    memcpy(ram + addr, bytes, n);
    return true;
}

static inline uint32_t rb(unsigned reg)
{
    return lsi53c895a_type.read(&lsi, 1, reg, 1);
}

static inline uint32_t rl(unsigned reg)
{
    return lsi53c895a_type.read(&lsi, 1, reg, 4);
}

static inline void wb(unsigned reg, uint32_t value)
{
    lsi53c895a_type.write(&lsi, 1, reg, value, 1);
}

static inline void wl(unsigned reg, uint32_t value)
{
    lsi53c895a_type.write(&lsi, 1, reg, value, 4);
}

/* What is attached: a disk, a CD-ROM drive, and one without a disc. */
static const LsiTargets lsi_targets = {
    .present = { true, true, true },
    .disks = { { .id = "d0", .block = &block },
               { .cdrom = true, .id = "c1", .block = &block },
               { .cdrom = true, .id = "c2" } },
};

/* Everything as at power-on, but that the disk does not report it. */
static inline void lsi_start(void)
{
    memset(&lsi, 0, sizeof lsi);
    fake_block_init(&block);
    memset(ram, 0, sizeof ram);
    fake_clock_init(&clk);
    lsi.pci = (PciDevice){
        .type = &lsi53c895a_type, .name = "lsi", .clock = &clk.clock, .properties = &lsi_targets
    };
    lsi53c895a_type.realize(&lsi);
    st32_p(lsi.pci.config + PCI_BAR + 4, REGISTERS);
    st32_p(lsi.pci.config + PCI_BAR + 8, OWN);
    lsi53c895a_type.reset(&lsi);
    lsi.targets.disks[0].attention = 0;
}

#endif
