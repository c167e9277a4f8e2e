/* SPDX-License-Identifier: MIT */
/* Versatile/PB926EJ-S system registers.
 *
 * Identification, and switches that read 0, are as on QEMU's versatilepb. What QEMU leaves out
 * follows the manual: SYS_LOCK shows its state in bit 16, SYS_OSCx, SYS_FLASH and SYS_DMAPSRx store
 * what is written, SYS_100HZ counts, and both counters start from zero at a reset. */
#include "machine/device/versatile_sysreg.h"

#include <string.h>

#define SYS_ID_VALUE      UINT32_C(0x41007004)
#define SYS_PROCID0_VALUE UINT32_C(0x02000000)
#define SYS_PROCID1_VALUE UINT32_C(0xff000000)

#define LOCK_VALUE  0xa05fu
#define LOCK_LOCKED UINT32_C(0x10000)

#define OSC_MASK       UINT32_C(0x7ffff)
#define RESETCTL_MASK  0x1ffu
#define RESETCTL_RESET 0x100u
#define FLASH_VPP      1u
#define CLCD_ID        UINT32_C(0x1f00) /* no display board is connected */
#define CLCD_ID_MASK   UINT32_C(0x3f00)
#define DMAPSR_MASK    0x9fu

static bool unlocked(const VersatileSysreg *s)
{
    return s->lock == LOCK_VALUE;
}

/* A counter that has run at `hz` since the reset. */
static uint32_t counter(const VersatileSysreg *s, uint32_t hz)
{
    uint64_t ns = (uint64_t)(clock_now(s->dev.clock) - s->reset_time);
    return (uint32_t)muldiv64(ns, hz, (uint32_t)NS_PER_SEC);
}

static uint32_t sysreg_read(void *dev, uint32_t offset)
{
    const VersatileSysreg *s = dev;
    switch (offset) {
    case 0x00: return SYS_ID_VALUE; /* SYS_ID */
    case 0x04: return 0;            /* SYS_SW: all switches off */
    case 0x08: return s->led;       /* SYS_LED */
    case 0x0c:                      /* SYS_OSC0 */
    case 0x10:                      /* SYS_OSC1 */
    case 0x14:                      /* SYS_OSC2 */
    case 0x18:                      /* SYS_OSC3 */
    case 0x1c: /* SYS_OSC4 */ return s->osc[(offset - 0x0c) / 4];
    case 0x20: return s->lock | (unlocked(s) ? 0 : LOCK_LOCKED); /* SYS_LOCK */
    case 0x24: return counter(s, 100);                           /* SYS_100HZ */
    case 0x28:                                                   /* SYS_CFGDATA1 */
    case 0x2c: /* SYS_CFGDATA2 */ return s->cfgdata[(offset - 0x28) / 4];
    case 0x30: return s->flags;             /* SYS_FLAGS */
    case 0x34: return 0;                    /* SYS_FLAGSCLR, write only */
    case 0x38: return s->nvflags;           /* SYS_NVFLAGS */
    case 0x3c: return 0;                    /* SYS_NVFLAGSCLR, write only */
    case 0x40: return s->resetctl;          /* SYS_RESETCTL */
    case 0x44: return 1;                    /* SYS_PCICTL: in a PCI backplane */
    case 0x48: return s->mci;               /* SYS_MCI */
    case 0x4c: return s->flash;             /* SYS_FLASH */
    case 0x50: return s->clcd;              /* SYS_CLCD */
    case 0x54: return 0;                    /* SYS_CLCDSER: no LCD to talk to */
    case 0x58: return 0;                    /* SYS_BOOTCS: all switches off */
    case 0x5c: return counter(s, 24000000); /* SYS_24MHZ */
    case 0x60: return 0;                    /* SYS_MISC */
    case 0x64:                              /* SYS_DMAPSR0 */
    case 0x68:                              /* SYS_DMAPSR1 */
    case 0x6c: /* SYS_DMAPSR2 */ return s->dmapsr[(offset - 0x64) / 4];
    case 0x70: return 0;                 /* SYS_IOSEL */
    case 0x74: return 0;                 /* SYS_PLDCTL */
    case 0x80: return 0;                 /* SYS_BUSID: the first master */
    case 0x84: return SYS_PROCID0_VALUE; /* SYS_PROCID0: ARM926EJ-S */
    case 0x88: return SYS_PROCID1_VALUE; /* SYS_PROCID1: no core tile */
    case 0x8c:                           /* SYS_OSCRESET0 */
    case 0x90:                           /* SYS_OSCRESET1 */
    case 0x94:                           /* SYS_OSCRESET2 */
    case 0x98:                           /* SYS_OSCRESET3 */
    case 0x9c: /* SYS_OSCRESET4 */ return s->oscreset[(offset - 0x8c) / 4];
    case 0xc0: /* SYS_TEST_OSC0-4: counters for production tests, stopped as in QEMU */
    case 0xc4:
    case 0xc8:
    case 0xcc:
    case 0xd0: return 0;
    default: return device_default_read(&s->dev, offset);
    }
}

static void sysreg_write(void *dev, uint32_t offset, uint32_t value)
{
    VersatileSysreg *s = dev;
    switch (offset) {
    case 0x08: s->led = value & 0xff; break; /* SYS_LED */
    case 0x0c:                               /* SYS_OSC0-4 */
    case 0x10:
    case 0x14:
    case 0x18:
    case 0x1c:
        if (unlocked(s)) {
            s->osc[(offset - 0x0c) / 4] = value & OSC_MASK;
        }
        break;
    case 0x20: s->lock = value & 0xffff; break; /* SYS_LOCK */
    case 0x28:                                  /* SYS_CFGDATA1 */
    case 0x2c: /* SYS_CFGDATA2 */ s->cfgdata[(offset - 0x28) / 4] = value; break;
    case 0x30: s->flags |= value; break;    /* SYS_FLAGSSET */
    case 0x34: s->flags &= ~value; break;   /* SYS_FLAGSCLR */
    case 0x38: s->nvflags |= value; break;  /* SYS_NVFLAGSSET */
    case 0x3c: s->nvflags &= ~value; break; /* SYS_NVFLAGSCLR */
    case 0x40:                              /* SYS_RESETCTL */
        if (unlocked(s)) {
            s->resetctl = value & RESETCTL_MASK;
            if (value & RESETCTL_RESET) {
                irq_set(&s->dev.out[SYSREG_RESET], true);
            }
        }
        break;
    case 0x4c: /* SYS_FLASH */
        s->flash = value & FLASH_VPP;
        irq_set(&s->dev.out[SYSREG_FLASH_VPP], s->flash);
        break;
    case 0x50: s->clcd = (s->clcd & CLCD_ID_MASK) | (value & ~CLCD_ID_MASK); break; /* SYS_CLCD */
    case 0x64: /* SYS_DMAPSR0-2 */
    case 0x68:
    case 0x6c: s->dmapsr[(offset - 0x64) / 4] = value & DMAPSR_MASK; break;
    case 0x8c: /* SYS_OSCRESET0-4 */
    case 0x90:
    case 0x94:
    case 0x98:
    case 0x9c:
        if (unlocked(s)) {
            s->oscreset[(offset - 0x8c) / 4] = value & OSC_MASK;
        }
        break;
    case 0x44: /* SYS_PCICTL, SYS_MCI, SYS_CLCDSER, SYS_MISC, SYS_IOSEL, SYS_PLDCTL: no effect */
    case 0x48:
    case 0x54:
    case 0x60:
    case 0x70:
    case 0x74: break;
    default: device_default_write(&s->dev, offset, value); break;
    }
}

static void sysreg_input(void *dev, unsigned n, bool level)
{
    VersatileSysreg *s = dev;
    s->mci = (s->mci & ~(UINT32_C(1) << n)) | (uint32_t)level << n;
}

static void sysreg_reset(void *dev)
{
    VersatileSysreg *s = dev;
    s->led = 0;
    s->lock = 0;
    s->cfgdata[0] = s->cfgdata[1] = 0;
    s->flags = 0;
    s->resetctl = 0;
    s->flash = 0;
    s->clcd = CLCD_ID;
    memset(s->dmapsr, 0, sizeof s->dmapsr);
    /* The oscillators take the settings in SYS_OSCRESETx. */
    memcpy(s->osc, s->oscreset, sizeof s->osc);
    s->reset_time = clock_now(s->dev.clock);
    irq_set(&s->dev.out[SYSREG_FLASH_VPP], false);
}

static const VMField sysreg_state[] = {
    VM_FIELD(VersatileSysreg, led),      VM_ARRAY(VersatileSysreg, osc),
    VM_FIELD(VersatileSysreg, lock),     VM_ARRAY(VersatileSysreg, cfgdata),
    VM_FIELD(VersatileSysreg, flags),    VM_FIELD(VersatileSysreg, nvflags),
    VM_FIELD(VersatileSysreg, resetctl), VM_FIELD(VersatileSysreg, flash),
    VM_FIELD(VersatileSysreg, clcd),     VM_ARRAY(VersatileSysreg, dmapsr),
    VM_ARRAY(VersatileSysreg, oscreset), VM_FIELD(VersatileSysreg, reset_time),
    VM_FIELD(VersatileSysreg, mci),      VM_END,
};

static bool sysreg_loaded(void *dev)
{
    return clock_moment_valid(((const VersatileSysreg *)dev)->reset_time);
}

const DeviceType versatile_sysreg_type = {
    .struct_size = sizeof(VersatileSysreg),
    .read = sysreg_read,
    .write = sysreg_write,
    .reset = sysreg_reset,
    .input = sysreg_input,
    .state = sysreg_state,
    .loaded = sysreg_loaded,
    .node = "core-module",
    /* Linux has two drivers: the core module for reset and flash protection, the "sysreg" for the
     * 24 MHz counter. */
    .compatible = DEVICE_LIST("arm,core-module-versatile", "arm,versatile-sysreg", "syscon"),
};
