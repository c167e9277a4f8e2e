/* SPDX-License-Identifier: MIT */
/* Versatile secondary interrupt controller.
 *
 * The software interrupt is input 0, as in the manual; QEMU's changes that input's enable bit
 * instead. */
#include "machine/device/sic.h"

#include "bus/fdt.h"

#define SIC_SOFT      UINT32_C(1) /* the software interrupt's input */
#define SIC_PASS_MASK (((UINT32_C(1) << SIC_PASSES) - 1) << SIC_PASS)

/* The outputs for these inputs, as a mask. */
static uint32_t outputs(const Sic *s, uint32_t level)
{
    uint32_t passed = (level & s->pic_enable & SIC_PASS_MASK) >> SIC_PASS;
    return ((level & s->enable) != 0) | passed << 1;
}

static void sic_update_irq(const Sic *s)
{
    uint32_t out = outputs(s, s->level);
    for (unsigned n = 0; n < 1 + SIC_PASSES; n++) {
        irq_set(&s->dev.out[n], out >> n & 1);
    }
}

static uint32_t sic_read(void *dev, uint32_t offset)
{
    const Sic *s = dev;
    switch (offset) {
    case 0x00: return s->level & s->enable; /* SIC_STATUS */
    case 0x04: return s->level;             /* SIC_RAWSTAT */
    case 0x08: return s->enable;            /* SIC_ENABLE */
    case 0x0c: return 0;                    /* SIC_ENCLR, write only */
    case 0x10: return s->level & SIC_SOFT;  /* SIC_SOFTINTSET */
    case 0x14: return 0;                    /* SIC_SOFTINTCLR, write only */
    case 0x20: return s->pic_enable;        /* SIC_PICENABLE */
    case 0x24: return 0;                    /* SIC_PICENCLR, write only */
    default: return device_default_read(&s->dev, offset);
    }
}

static void sic_write(void *dev, uint32_t offset, uint32_t value)
{
    Sic *s = dev;
    switch (offset) {
    case 0x08: s->enable |= value; break;                     /* SIC_ENSET */
    case 0x0c: s->enable &= ~value; break;                    /* SIC_ENCLR */
    case 0x10: s->level |= value & SIC_SOFT; break;           /* SIC_SOFTINTSET */
    case 0x14: s->level &= ~(value & SIC_SOFT); break;        /* SIC_SOFTINTCLR */
    case 0x20: s->pic_enable |= value & SIC_PASS_MASK; break; /* SIC_PICENSET */
    case 0x24: s->pic_enable &= ~value; break;                /* SIC_PICENCLR */
    default: device_default_write(&s->dev, offset, value); return;
    }
    sic_update_irq(s);
}

/* Devices drive their lines at every access; nothing follows from a level that stays. */
static void sic_input(void *dev, unsigned n, bool level)
{
    Sic *s = dev;
    if ((s->level >> n & 1) != level) {
        s->level ^= UINT32_C(1) << n;
        sic_update_irq(s);
    }
}

static uint32_t sic_can_raise(const void *dev, uint32_t inputs, bool more_input)
{
    const Sic *s = dev;
    (void)more_input;
    return outputs(s, s->level | inputs);
}

static void sic_reset(void *dev)
{
    Sic *s = dev;
    s->level &= ~SIC_SOFT; /* devices drive the others */
    s->enable = 0;
    s->pic_enable = 0;
    sic_update_irq(s);
}

static void sic_fdt(const void *dev, Fdt *fdt)
{
    (void)dev;
    fdt_prop_u32(fdt, "clear-mask", UINT32_C(0xffffffff));
    fdt_prop_u32(fdt, "valid-mask", UINT32_C(0x7fe003ff)); /* DUI 0224, figure 3-30 */
}

static const VMField sic_state[] = {
    VM_FIELD(Sic, level),
    VM_FIELD(Sic, enable),
    VM_FIELD(Sic, pic_enable),
    VM_END,
};

const DeviceType sic_type = {
    .struct_size = sizeof(Sic),
    .read = sic_read,
    .write = sic_write,
    .reset = sic_reset,
    .input = sic_input,
    .can_raise = sic_can_raise,
    .state = sic_state,
    .node = "interrupt-controller",
    .compatible = DEVICE_LIST("arm,versatile-sic"),
    .fdt = sic_fdt,
    .interrupt_controller = true,
};
