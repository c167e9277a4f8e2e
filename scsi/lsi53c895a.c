/* SPDX-License-Identifier: MIT */
/* The 53C895A as a PCI device: registers, interrupts, resets. Registers are as in the manual; what
 * QEMU's device shows in another way, and drivers were written against, is said beside it. */
#include "scsi/lsi53c895a.h"

#include <string.h>

#include "scsi/lsi.h"
#include "util/log.h"

enum { BAR_IO, BAR_REGISTERS, BAR_RAM };

#define REGISTERS_SIZE 1024u
#define SHARE          (INT64_C(16) << 20)

/* -- Interrupts -- */

/* ISTAT0, whose lower half shows what other registers hold. */
static uint8_t istat0(const Lsi53c895a *s)
{
    uint8_t v = s->regs[ISTAT0] & (ISTAT0_ABRT | ISTAT0_SIGP | ISTAT0_SEM | ISTAT0_INTF);
    v |= lsi_connected(s) ? ISTAT0_CON : 0;
    v |= s->regs[SIST0] || s->regs[SIST1] ? ISTAT0_SIP : 0;
    v |= s->regs[DSTAT] ? ISTAT0_DIP : 0;
    return v;
}

void lsi_update_irq(Lsi53c895a *s)
{
    const uint8_t *r = s->regs;
    bool level = (r[DSTAT] & r[DIEN]) || (r[SIST0] & r[SIEN0]) || (r[SIST1] & r[SIEN1]) ||
                 (r[ISTAT0] & ISTAT0_INTF);
    pci_set_irq(&s->pci, level && !(r[DCNTL] & DCNTL_IRQD));
}

void lsi_scsi_interrupt(Lsi53c895a *s, uint8_t sist0, uint8_t sist1)
{
    /* These are fatal only if they are enabled. A script that selects goes on after a time-out, up
     * to its next instruction for the bus. */
    uint8_t fatal0 = s->regs[SIEN0] | (uint8_t) ~(SIST0_CMP | SIST0_SEL | SIST0_RSL);
    uint8_t fatal1 = s->regs[SIEN1] | (uint8_t) ~(SIST1_GEN | SIST1_HTH);
    fatal1 &= (uint8_t)~SIST1_STO;
    s->regs[SIST0] |= sist0;
    s->regs[SIST1] |= sist1;
    if ((sist0 & fatal0) || (sist1 & fatal1)) {
        lsi_stop_script(s);
    }
    lsi_update_irq(s);
}

void lsi_dma_interrupt(Lsi53c895a *s, uint8_t dstat)
{
    s->regs[DSTAT] |= dstat;
    lsi_stop_script(s);
    lsi_update_irq(s);
}

/* -- Resets -- */

static void soft_reset(Lsi53c895a *s)
{
    lsi_stop_script(s);
    lsi_disconnect(s);
    memset(s->regs, 0, sizeof s->regs);
    s->carry = 0;
    s->message = 0;
    s->leaves = 0;
    s->regs[SCNTL0] = 0xc0; /* full arbitration */
    s->regs[SCID] = LSI_TARGETS;
    s->regs[DCMD] = 0x40;
    s->regs[RESPID0] = 1u << LSI_TARGETS;
    lsi_update_irq(s);
}

static void bus_reset(Lsi53c895a *s)
{
    for (unsigned i = 0; i < LSI_TARGETS; i++) {
        if (s->targets.present[i]) {
            scsi_reset(&s->targets.disks[i]);
        }
    }
    lsi_disconnect(s);
    lsi_scsi_interrupt(s, SIST0_RST, 0);
}

/* -- Registers -- */

uint8_t lsi_read_register(Lsi53c895a *s, unsigned reg)
{
    uint8_t v = s->regs[reg];
    switch (reg) {
    case SCNTL1: return v | (lsi_connected(s) ? SCNTL1_CON : 0);
    case GPREG: return 0x7f; /* nothing drives the pins, as by QEMU */
    case SBCL: return lsi_connected(s) ? (uint8_t)(0xa0 | lsi_phase(s) | s->regs[SOCL]) : 0;
    case DSTAT: /* a read clears what it shows; INTF must be cleared before, as by QEMU */
        s->regs[DSTAT] = s->regs[ISTAT0] & ISTAT0_INTF ? v : 0;
        lsi_update_irq(s);
        return v | DSTAT_DFE;
    case SIST0:
    case SIST1:
        s->regs[reg] = 0;
        lsi_update_irq(s);
        return v;
    case SSTAT2: return lsi_connected(s) ? 0 : SSTAT2_LDSC;
    case ISTAT0: return istat0(s);
    case CTEST0: return 0xff; /* as by QEMU */
    case CTEST2:
        v |= CTEST2_DACK | CTEST2_CM | (s->regs[ISTAT0] & ISTAT0_SIGP ? CTEST2_SIGP : 0);
        s->regs[ISTAT0] &= (uint8_t)~ISTAT0_SIGP;
        return v;
    case MACNTL: return 0x0f; /* as by QEMU; likewise the next */
    case GPCNTL: return 0x0f;
    case STEST4: return 0xe0; /* LVD, and the clock's frequency is locked */
    case SBDL: return lsi_phase(s) == PHASE_MESSAGE_IN ? s->message : 0;
    default: return v;
    }
}

typedef struct Writable {
    uint8_t first, last; /* registers */
    uint8_t bits;        /* that a write sets, with or without further effect */
} Writable;

static const Writable writable[] = {
    { SCNTL0, SCNTL0, 0xff },       { SCNTL2, SCNTL2, 0xff & ~(SCNTL2_WSS | SCNTL2_WSR) },
    { SCNTL3, SXFER, 0xff },        { SDID, SDID, 0x0f },
    { SFBR, SFBR, 0xff },           { DSA, DSA + 3, 0xff },
    { MBOX0, MBOX1, 0xff },         { CTEST2, CTEST2, CTEST2_PCICIE },
    { CTEST3, CTEST3, 0x0f },       { TEMP, TEMP + 3, 0xff },
    { CTEST4, CTEST5, 0xff },       { DBC, DBC + 2, 0xff },
    { DNAD, DCNTL, 0xff },          { SIEN0, SIEN1, 0xff },
    { SLPAR, SWIDE, 0xff },         { STIME0, RESPID1, 0xff },
    { STEST1, STEST3, 0xff },       { CCNTL0, CCNTL1, 0xff },
    { SCRATCHB, DNAD64 + 3, 0xff }, { PMJAD1, LAST_REGISTER, 0xff },
};

static uint8_t writable_bits(unsigned reg)
{
    for (size_t i = 0; i < sizeof writable / sizeof writable[0]; i++) {
        if (reg <= writable[i].last) {
            return reg >= writable[i].first ? writable[i].bits : 0;
        }
    }
    return 0;
}

static void write_scntl1(Lsi53c895a *s, uint8_t value)
{
    if (value & SCNTL1_SST && log_on(LOG_UNIMP)) {
        log_printf("%s: transfers by hand (SCNTL1.SST) are not modelled\n", s->pci.name);
    }
    s->regs[SCNTL1] = value & (uint8_t) ~(SCNTL1_SST | SCNTL1_CON);
    if (!(value & SCNTL1_RST)) {
        s->regs[SSTAT0] &= (uint8_t)~SSTAT0_RST;
    } else if (!(s->regs[SSTAT0] & SSTAT0_RST)) {
        s->regs[SSTAT0] |= SSTAT0_RST;
        bus_reset(s);
    }
}

static void write_istat0(Lsi53c895a *s, uint8_t value)
{
    uint8_t kept = s->regs[ISTAT0] & ISTAT0_INTF & (uint8_t)~value; /* a 1 clears it */
    s->regs[ISTAT0] = (value & (ISTAT0_ABRT | ISTAT0_SIGP | ISTAT0_SEM)) | kept;
    lsi_update_irq(s);
    if (value & ISTAT0_ABRT) {
        lsi_dma_interrupt(s, DSTAT_ABRT);
    }
    if (value & ISTAT0_SIGP && s->waiting) {
        lsi_set(s, DSP, lsi_get(s, DNAD));
        lsi_start_script(s);
    }
    if (value & ISTAT0_SRST) {
        soft_reset(s); /* the bit is 0 again, as by QEMU */
    }
}

void lsi_write_register(Lsi53c895a *s, unsigned reg, uint8_t value)
{
    bool starts = false;
    switch (reg) {
    case SCNTL1: write_scntl1(s, value); return;
    case ISTAT0: write_istat0(s, value); return;
    case DSP + 3: starts = !(s->regs[DMODE] & DMODE_MAN); break;
    case DCNTL:
        starts = value & DCNTL_STD;
        value &= (uint8_t) ~(DCNTL_STD | DCNTL_PFF);
        break;
    case STIME1:
        /* The general purpose timer expires at once, as QEMU's: drivers measure the chip's clock
         * with it. */
        if (value & 0x0f) {
            lsi_scsi_interrupt(s, 0, SIST1_GEN);
        }
        break;
    default: break;
    }
    uint8_t mask = writable_bits(reg);
    s->regs[reg] = (uint8_t)((s->regs[reg] & ~mask) | (value & mask));
    lsi_update_irq(s);
    if (starts && !(s->regs[ISTAT1] & ISTAT1_SRUN)) {
        lsi_start_script(s);
    }
}

/* -- Memory, as a bus master -- */

/* The offset of [addr, addr + n) in a BAR of `size` bytes; false: it is not within it. */
static bool in_bar(const Lsi53c895a *s, unsigned bar, uint32_t size, uint64_t addr, size_t n,
                   uint32_t *offset)
{
    uint32_t base = ld32_p(s->pci.config + PCI_BAR + (size_t)4 * bar) & ~(size - 1);
    if (base == 0 || addr < base || addr - base >= size || n > size - (addr - base)) {
        return false;
    }
    *offset = (uint32_t)(addr - base);
    return true;
}

bool lsi_dma_read(Lsi53c895a *s, uint64_t addr, uint8_t *bytes, size_t n)
{
    uint32_t offset;
    if (in_bar(s, BAR_RAM, LSI_RAM, addr, n, &offset)) {
        memcpy(bytes, s->ram + offset, n);
    } else if (in_bar(s, BAR_REGISTERS, REGISTERS_SIZE, addr, n, &offset)) {
        for (size_t i = 0; i < n; i++) {
            bytes[i] = lsi_read_register(s, (offset + i) & 0xff);
        }
    } else if (!pci_dma_read(&s->pci, addr, bytes, n)) {
        lsi_dma_interrupt(s, DSTAT_BF);
        return false;
    }
    return true;
}

bool lsi_dma_write(Lsi53c895a *s, uint64_t addr, const uint8_t *bytes, size_t n)
{
    uint32_t offset;
    if (in_bar(s, BAR_RAM, LSI_RAM, addr, n, &offset)) {
        memcpy(s->ram + offset, bytes, n);
    } else if (in_bar(s, BAR_REGISTERS, REGISTERS_SIZE, addr, n, &offset)) {
        for (size_t i = 0; i < n; i++) {
            lsi_write_register(s, (offset + i) & 0xff, bytes[i]);
        }
    } else if (!pci_dma_write(&s->pci, addr, bytes, n)) {
        lsi_dma_interrupt(s, DSTAT_BF);
        return false;
    }
    return true;
}

/* -- The device -- */

static uint32_t lsi_read(void *dev, unsigned bar, uint32_t offset, unsigned size)
{
    Lsi53c895a *s = dev;
    uint32_t value = 0;
    if (bar == BAR_RAM) {
        return ldn_p(s->ram + offset, size);
    }
    for (unsigned i = 0; i < size; i++) {
        value |= (uint32_t)lsi_read_register(s, (offset + i) & 0xff) << 8 * i;
    }
    return value;
}

static void lsi_write(void *dev, unsigned bar, uint32_t offset, uint32_t value, unsigned size)
{
    Lsi53c895a *s = dev;
    if (bar == BAR_RAM) {
        stn_p(s->ram + offset, size, value);
        return;
    }
    for (unsigned i = 0; i < size; i++) {
        lsi_write_register(s, (offset + i) & 0xff, (uint8_t)(value >> 8 * i));
    }
}

static void go_on(void *opaque)
{
    lsi_run(opaque);
}

static bool lsi_realize(void *dev)
{
    Lsi53c895a *s = dev;
    timer_init(&s->resume, s->pci.clock, go_on, s);
    if (s->pci.properties) {
        s->targets = *(const LsiTargets *)s->pci.properties;
        s->pci.properties = NULL; /* the caller's */
    }
    s->target = LSI_NOBODY;
    s->share = SHARE;
    s->pci.config[0x0d] = 0xff; /* the latency timer, as by QEMU */
    return true;
}

static void lsi_reset(void *dev)
{
    Lsi53c895a *s = dev;
    soft_reset(s);
    memset(s->ram, 0, sizeof s->ram);
    s->request.direction = SCSI_NO_DATA;
    for (unsigned i = 0; i < LSI_TARGETS; i++) {
        if (s->targets.present[i]) {
            scsi_power_on(&s->targets.disks[i]);
        }
    }
}

static bool lsi_can_raise(const void *dev, bool more_input)
{
    (void)more_input;
    return timer_pending(&((const Lsi53c895a *)dev)->resume);
}

static const VMField lsi_state[] = {
    SCSI_DISK_FIELDS(Lsi53c895a, targets.disks[0]),
    SCSI_DISK_FIELDS(Lsi53c895a, targets.disks[1]),
    SCSI_DISK_FIELDS(Lsi53c895a, targets.disks[2]),
    SCSI_DISK_FIELDS(Lsi53c895a, targets.disks[3]),
    SCSI_DISK_FIELDS(Lsi53c895a, targets.disks[4]),
    SCSI_DISK_FIELDS(Lsi53c895a, targets.disks[5]),
    SCSI_DISK_FIELDS(Lsi53c895a, targets.disks[6]),
    VM_ARRAY(Lsi53c895a, regs),
    VM_ARRAY(Lsi53c895a, ram),
    VM_FIELD(Lsi53c895a, carry),
    VM_FIELD(Lsi53c895a, waiting),
    VM_FIELD(Lsi53c895a, target),
    VM_FIELD(Lsi53c895a, lun),
    VM_FIELD(Lsi53c895a, busy),
    VM_FIELD(Lsi53c895a, message),
    VM_FIELD(Lsi53c895a, leaves),
    SCSI_REQUEST_FIELDS(Lsi53c895a, request),
    VM_TIMER(Lsi53c895a, resume),
    VM_END,
};

/* Whether the bus's phase is one that the target can be in. */
static bool phase_valid(const Lsi53c895a *s)
{
    if (!lsi_connected(s)) {
        return lsi_phase(s) == 0 && !s->busy;
    }
    uint8_t direction = s->busy ? s->request.direction : SCSI_NO_DATA;
    switch (lsi_phase(s)) {
    case PHASE_DATA_OUT: return direction == SCSI_DATA_OUT;
    case PHASE_DATA_IN: return direction == SCSI_DATA_IN;
    case PHASE_STATUS: return s->busy && direction == SCSI_NO_DATA;
    case PHASE_COMMAND:
    case PHASE_MESSAGE_OUT:
    case PHASE_MESSAGE_IN: return true;
    default: return false;
    }
}

static bool lsi_loaded(void *dev)
{
    const Lsi53c895a *s = dev;
    if (s->target != LSI_NOBODY && (s->target >= LSI_TARGETS || !s->targets.present[s->target])) {
        return false;
    }
    for (unsigned i = 0; i < LSI_TARGETS; i++) {
        if (s->targets.present[i] && !scsi_disk_valid(&s->targets.disks[i])) {
            return false;
        }
    }
    const ScsiDisk *d = s->busy && lsi_connected(s) ? &s->targets.disks[s->target] : NULL;
    return s->carry <= 1 && s->waiting <= 1 && s->busy <= 1 && s->leaves <= 1 && s->lun <= 7 &&
           phase_valid(s) && (!s->busy || scsi_request_valid(&s->request, d));
}

const PciType lsi53c895a_type = {
    .name = "lsi53c895a",
    .struct_size = sizeof(Lsi53c895a),
    .vendor = 0x1000,
    .device = 0x0012,
    .class_code = 0x010000, /* SCSI */
    .subsystem = 0x1000,
    .interrupt = true,
    .bars = { [BAR_IO] = { .size = 256, .space = PCI_IO },
              [BAR_REGISTERS] = { .size = REGISTERS_SIZE, .space = PCI_MEMORY },
              [BAR_RAM] = { .size = LSI_RAM, .space = PCI_MEMORY } },
    .read = lsi_read,
    .write = lsi_write,
    .realize = lsi_realize,
    .reset = lsi_reset,
    .can_raise = lsi_can_raise,
    .state = lsi_state,
    .loaded = lsi_loaded,
};
