/* SPDX-License-Identifier: MIT */
/* SP810 PrimeXsys system controller.
 *
 * Register offsets and names: DDI 0254B, table 3-1; QEMU's versatilepb has no device here and reads
 * 0. Nothing that the cell controls is modelled: oscillators and PLL are always stable, so a mode
 * is reached as soon as it is requested; the timers run at 1 MHz whatever TimerEnXSel says, as in
 * QEMU; memory is mapped as after RemapClear. */
#include "machine/device/sp810.h"

/* SCCTRL */
#define CTRL_STATUS_POS 3                  /* ModeStatus, 4 bits */
#define CTRL_WRITABLE   UINT32_C(0xfff107) /* ModeCtrl, RemapClear, HCLKDivSel, TimerEn, WDogEnOv */
#define CTRL_RESET      UINT32_C(0x000001) /* DOZE */

enum { MODE_DOZE = 1, MODE_SLOW = 2, MODE_NORMAL = 4 };

#define IMCTRL_MASK   0x8fu
#define XTALCTRL_MASK UINT32_C(0x7fffb)   /* bit 2, XtalStat, is read only */
#define PLLCTRL_MASK  UINT32_C(0xffffffb) /* bit 2, PllStat, is read only */
#define CLOCK_ENABLE  2u                  /* XtalEn, PllEn */
#define CLOCK_STAT    4u                  /* XtalStat, PllStat */

/* Software never sees SLEEP: a wait for interrupt enters it, the interrupt leaves it. */
static uint32_t mode_reached(uint32_t ctrl)
{
    return ctrl & 4 ? MODE_NORMAL : ctrl & 2 ? MODE_SLOW : MODE_DOZE;
}

static uint32_t clock_control(uint32_t ctrl)
{
    return ctrl | (ctrl & CLOCK_ENABLE ? CLOCK_STAT : 0);
}

static uint32_t sp810_read(void *dev, uint32_t offset)
{
    const SP810 *s = dev;
    switch (offset) {
    case 0x000: return s->ctrl | mode_reached(s->ctrl) << CTRL_STATUS_POS; /* SCCTRL */
    case 0x004: return 0;                                                  /* SCSYSSTAT */
    case 0x008: return s->imctrl;                                          /* SCIMCTRL */
    case 0x00c: return s->imstat;                                          /* SCIMSTAT */
    case 0x010: return clock_control(s->xtalctrl);                         /* SCXTALCTRL */
    case 0x014: return clock_control(s->pllctrl);                          /* SCPLLCTRL */
    case 0x018: return s->pllfctrl;                                        /* SCPLLFCTRL */
    case 0x01c: return s->perctrl[0];                                      /* SCPERCTRL0 */
    case 0x020: return s->perctrl[1];                                      /* SCPERCTRL1 */
    case 0x024: return 0;                                                  /* SCPEREN, write only */
    case 0x028: return 0;        /* SCPERDIS, write only */
    case 0x02c: return s->peren; /* SCPERCLKEN */
    case 0x030: return s->peren; /* SCPERSTAT */
    case 0xee0: return 0;        /* SCSYSID0 */
    case 0xee4: return 0;        /* SCSYSID1 */
    case 0xee8: return 0;        /* SCSYSID2 */
    case 0xeec: return 0;        /* SCSYSID3 */
    default: return device_default_read(&s->dev, offset);
    }
}

static void sp810_write(void *dev, uint32_t offset, uint32_t value)
{
    SP810 *s = dev;
    switch (offset) {
    case 0x000: s->ctrl = value & CTRL_WRITABLE; break;     /* SCCTRL */
    case 0x004: irq_set(&s->dev.out[0], true); break;       /* SCSYSSTAT: soft reset */
    case 0x008: s->imctrl = value & IMCTRL_MASK; break;     /* SCIMCTRL */
    case 0x00c: s->imstat = value & 1; break;               /* SCIMSTAT */
    case 0x010: s->xtalctrl = value & XTALCTRL_MASK; break; /* SCXTALCTRL */
    case 0x014: s->pllctrl = value & PLLCTRL_MASK; break;   /* SCPLLCTRL */
    case 0x018: s->pllfctrl = value; break;                 /* SCPLLFCTRL */
    case 0x01c: s->perctrl[0] = value; break;               /* SCPERCTRL0 */
    case 0x020: s->perctrl[1] = value; break;               /* SCPERCTRL1 */
    case 0x024: s->peren |= value; break;                   /* SCPEREN */
    case 0x028: s->peren &= ~value; break;                  /* SCPERDIS */
    default: device_default_write(&s->dev, offset, value); break;
    }
}

static void sp810_reset(void *dev)
{
    SP810 *s = dev;
    s->ctrl = CTRL_RESET;
    s->imctrl = s->imstat = s->xtalctrl = s->pllctrl = s->pllfctrl = 0;
    s->perctrl[0] = s->perctrl[1] = s->peren = 0;
}

static const VMField sp810_state[] = {
    VM_FIELD(SP810, ctrl),     VM_FIELD(SP810, imctrl),  VM_FIELD(SP810, imstat),
    VM_FIELD(SP810, xtalctrl), VM_FIELD(SP810, pllctrl), VM_FIELD(SP810, pllfctrl),
    VM_ARRAY(SP810, perctrl),  VM_FIELD(SP810, peren),   VM_END,
};

const DeviceType sp810_type = {
    .struct_size = sizeof(SP810),
    .read = sp810_read,
    .write = sp810_write,
    .periphid = UINT32_C(0x00041810),
    .reset = sp810_reset,
    .state = sp810_state,
    .node = "sctl",
    .compatible = DEVICE_LIST("arm,primecell"),
    .clock_names = DEVICE_LIST("apb_pclk"),
};
