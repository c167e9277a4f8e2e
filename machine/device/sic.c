/* SPDX-License-Identifier: MIT */
/* Versatile secondary interrupt controller.
 *
 * The software interrupt is input 0, as the manual has it; QEMU's model changes the enable bit of
 * that input instead. */
#include "machine/device/sic.h"

#include "bus/fdt.h"

#define SIC_SOFT UINT32_C(1) /* the software interrupt's input */

static void sic_update_irq(const Sic *s)
{
    irq_set(&s->irq, (s->level & s->enable) != 0);
    for (unsigned n = 0; n < SIC_INPUTS; n++) {
        if (SIC_PASS_MASK >> n & 1) {
            irq_set(&s->pass[n], s->level & s->pic_enable & UINT32_C(1) << n);
        }
    }
}

static uint32_t sic_read(void *opaque, uint32_t offset, unsigned size)
{
    const Sic *s = opaque;
    (void)size;
    switch (offset) {
    case 0x00: return s->level & s->enable; /* SIC_STATUS */
    case 0x04: return s->level;             /* SIC_RAWSTAT */
    case 0x08: return s->enable;            /* SIC_ENABLE */
    case 0x0c: return 0;                    /* SIC_ENCLR, write only */
    case 0x10: return s->level & SIC_SOFT;  /* SIC_SOFTINTSET */
    case 0x14: return 0;                    /* SIC_SOFTINTCLR, write only */
    case 0x20: return s->pic_enable;        /* SIC_PICENABLE */
    case 0x24: return 0;                    /* SIC_PICENCLR, write only */
    default: return device_bad_read("sic", offset);
    }
}

static void sic_write(void *opaque, uint32_t offset, uint32_t value, unsigned size)
{
    Sic *s = opaque;
    (void)size;
    switch (offset) {
    case 0x08: s->enable |= value; break;                     /* SIC_ENSET */
    case 0x0c: s->enable &= ~value; break;                    /* SIC_ENCLR */
    case 0x10: s->level |= value & SIC_SOFT; break;           /* SIC_SOFTINTSET */
    case 0x14: s->level &= ~(value & SIC_SOFT); break;        /* SIC_SOFTINTCLR */
    case 0x20: s->pic_enable |= value & SIC_PASS_MASK; break; /* SIC_PICENSET */
    case 0x24: s->pic_enable &= ~value; break;                /* SIC_PICENCLR */
    default: device_bad_write("sic", offset, value); return;
    }
    sic_update_irq(s);
}

static void set_input(void *opaque, unsigned n, bool level)
{
    Sic *s = opaque;
    s->level = (s->level & ~(UINT32_C(1) << n)) | (uint32_t)level << n;
    sic_update_irq(s);
}

Irq sic_input(Sic *s, unsigned n)
{
    return (Irq){ set_input, s, n };
}

static void sic_reset(void *dev)
{
    Sic *s = dev;
    s->level &= ~SIC_SOFT; /* the others are the devices' */
    s->enable = 0;
    s->pic_enable = 0;
    sic_update_irq(s);
}

static void sic_fdt(const void *dev, Fdt *fdt)
{
    const Sic *s = dev;
    fdt_begin_node_at(fdt, "interrupt-controller", s->region.base);
    fdt_prop_string(fdt, "compatible", "arm,versatile-sic");
    fdt_prop_reg(fdt, s->region.base, s->region.size);
    fdt_prop_empty(fdt, "interrupt-controller");
    fdt_prop_u32(fdt, "#interrupt-cells", 1);
    fdt_prop_u32(fdt, "#address-cells", 0);
    fdt_prop_irq(fdt, s->fdt_irq);
    fdt_prop_u32(fdt, "clear-mask", UINT32_C(0xffffffff));
    fdt_prop_u32(fdt, "valid-mask", UINT32_C(0x7fe003ff)); /* DUI 0224, figure 3-30 */
    fdt_prop_u32(fdt, "phandle", FDT_INTC2);
    fdt_end_node(fdt);
}

static const VMField sic_state[] = {
    VM_FIELD(Sic, level),
    VM_FIELD(Sic, enable),
    VM_FIELD(Sic, pic_enable),
    VM_END,
};

const DeviceOps sic_ops = {
    .name = "sic",
    .reset = sic_reset,
    .state = sic_state,
    .fdt = sic_fdt,
};

void sic_init(Sic *s, hwaddr base, Irq irq)
{
    *s = (Sic){ .irq = irq };
    s->region = (BusRegion){ .name = "sic",
                             .base = base,
                             .size = BUS_PAGE_SIZE,
                             .read = sic_read,
                             .write = sic_write,
                             .opaque = s };
}
