/* SPDX-License-Identifier: MIT */
/* PL190 vectored interrupt controller.
 *
 * Register offsets and names: DDI 0181E, table 3-1.
 * Unlike QEMU, as in the manual: VICINTENABLE masks FIQs as well as IRQs (figure 2-2), and
 * VICVECTADDR ignores disabled interrupts. */
#include "machine/device/pl190.h"

#include <string.h>

#include "util/log.h"

#define CNTL_ENABLE 0x20u
#define CNTL_SOURCE 0x1fu

#define ITCR_ITEN 0x1u

static uint32_t raw(const PL190 *s)
{
    return s->level | s->soft;
}

static uint32_t irq_status(const PL190 *s)
{
    return raw(s) & s->enable & ~s->select;
}

static uint32_t fiq_status(const PL190 *s)
{
    return raw(s) & s->enable & s->select;
}

/* The highest priority (lowest number) among the interrupts `status`; without any PL190_IDLE. */
static unsigned highest(const PL190 *s, uint32_t status)
{
    if (!status) {
        return PL190_IDLE;
    }
    for (unsigned i = 0; i < PL190_VECTORS; i++) {
        uint32_t cntl = s->vect_cntl[i];
        if ((cntl & CNTL_ENABLE) && (status >> (cntl & CNTL_SOURCE) & 1)) {
            return i;
        }
    }
    return PL190_DEFAULT;
}

/* The priority being serviced; only a higher one interrupts. */
static unsigned current(const PL190 *s)
{
    return s->nested ? s->nest[s->nested - 1] : PL190_IDLE;
}

/* The outputs for these pending interrupts, as a mask. */
static uint32_t outputs(const PL190 *s, uint32_t pending)
{
    pending &= s->enable;
    return (uint32_t)(highest(s, pending & ~s->select) < current(s)) << PL190_IRQ |
           (uint32_t)((pending & s->select) != 0) << PL190_FIQ;
}

static void pl190_update_irq(const PL190 *s)
{
    uint32_t out = outputs(s, raw(s));
    irq_set(&s->dev.out[PL190_IRQ], out >> PL190_IRQ & 1);
    irq_set(&s->dev.out[PL190_FIQ], out >> PL190_FIQ & 1);
}

/* A read of VICVECTADDR starts the service of the interrupt. */
static uint32_t acknowledge(PL190 *s)
{
    unsigned priority = highest(s, irq_status(s));
    if (priority < current(s)) {
        s->nest[s->nested++] = (uint8_t)priority;
        pl190_update_irq(s);
    } else if (s->nested) {
        priority = current(s);
    } else {
        priority = PL190_DEFAULT; /* none pending: the value is unspecified */
    }
    return s->vect_addr[priority];
}

static uint32_t pl190_read(void *dev, uint32_t offset)
{
    PL190 *s = dev;
    if (offset >= 0x100 && offset < 0x140) {
        return s->vect_addr[(offset - 0x100) / 4]; /* VICVECTADDR0-15 */
    }
    if (offset >= 0x200 && offset < 0x240) {
        return s->vect_cntl[(offset - 0x200) / 4]; /* VICVECTCNTL0-15 */
    }
    switch (offset) {
    case 0x000: return irq_status(s);               /* VICIRQSTATUS */
    case 0x004: return fiq_status(s);               /* VICFIQSTATUS */
    case 0x008: return raw(s);                      /* VICRAWINTR */
    case 0x00c: return s->select;                   /* VICINTSELECT */
    case 0x010: return s->enable;                   /* VICINTENABLE */
    case 0x014: return 0;                           /* VICINTENCLEAR, write only */
    case 0x018: return s->soft;                     /* VICSOFTINT */
    case 0x01c: return 0;                           /* VICSOFTINTCLEAR, write only */
    case 0x020: return s->protect;                  /* VICPROTECTION */
    case 0x030: return acknowledge(s);              /* VICVECTADDR */
    case 0x034: return s->vect_addr[PL190_DEFAULT]; /* VICDEFVECTADDR */
    case 0x300: return s->itcr;                     /* VICITCR */
    default: return device_default_read(&s->dev, offset);
    }
}

static void pl190_write(void *dev, uint32_t offset, uint32_t value)
{
    PL190 *s = dev;
    if (offset >= 0x100 && offset < 0x140) {
        s->vect_addr[(offset - 0x100) / 4] = value; /* VICVECTADDR0-15 */
        return;
    }
    if (offset >= 0x200 && offset < 0x240) {
        s->vect_cntl[(offset - 0x200) / 4] = value & (CNTL_ENABLE | CNTL_SOURCE);
        pl190_update_irq(s); /* VICVECTCNTL0-15 */
        return;
    }
    switch (offset) {
    case 0x00c: s->select = value; break;      /* VICINTSELECT */
    case 0x010: s->enable |= value; break;     /* VICINTENABLE: ones set */
    case 0x014: s->enable &= ~value; break;    /* VICINTENCLEAR */
    case 0x018: s->soft |= value; break;       /* VICSOFTINT: ones set */
    case 0x01c: s->soft &= ~value; break;      /* VICSOFTINTCLEAR */
    case 0x020: s->protect = value & 1; break; /* VICPROTECTION: no effect */
    case 0x030:                                /* VICVECTADDR: end of service */
        if (s->nested) {
            s->nested--;
        }
        break;
    case 0x034: s->vect_addr[PL190_DEFAULT] = value; break; /* VICDEFVECTADDR */
    case 0x300:                                             /* VICITCR */
        s->itcr = value & ITCR_ITEN;
        if (s->itcr && log_on(LOG_UNIMP)) {
            log_printf("%s: the integration test mode has no effect\n", s->dev.name);
        }
        break;
    default: device_default_write(&s->dev, offset, value); return;
    }
    pl190_update_irq(s);
}

/* Devices drive their lines at every access; nothing follows from a level that stays. */
static void pl190_input(void *dev, unsigned n, bool level)
{
    PL190 *s = dev;
    if ((s->level >> n & 1) != level) {
        s->level ^= UINT32_C(1) << n;
        pl190_update_irq(s);
    }
}

static uint32_t pl190_can_raise(const void *dev, uint32_t inputs, bool more_input)
{
    const PL190 *s = dev;
    (void)more_input;
    return outputs(s, raw(s) | inputs);
}

/* The inputs stay: devices drive them. */
static void pl190_reset(void *dev)
{
    PL190 *s = dev;
    s->soft = s->enable = s->select = s->protect = s->itcr = 0;
    memset(s->vect_addr, 0, sizeof s->vect_addr);
    memset(s->vect_cntl, 0, sizeof s->vect_cntl);
    memset(s->nest, 0, sizeof s->nest);
    s->nested = 0;
    pl190_update_irq(s);
}

static const VMField pl190_state[] = {
    VM_FIELD(PL190, level),
    VM_FIELD(PL190, soft),
    VM_FIELD(PL190, enable),
    VM_FIELD(PL190, select),
    VM_FIELD(PL190, protect),
    VM_FIELD(PL190, itcr),
    VM_ARRAY(PL190, vect_addr),
    VM_ARRAY(PL190, vect_cntl),
    VM_ARRAY(PL190, nest),
    VM_FIELD(PL190, nested),
    VM_END,
};

/* Checks the stack of priorities. */
static bool pl190_loaded(void *dev)
{
    const PL190 *s = dev;
    for (unsigned i = 0; i < s->nested && i < PL190_MAX_NEST; i++) {
        if (s->nest[i] >= PL190_IDLE) {
            return false;
        }
    }
    return s->nested <= PL190_MAX_NEST;
}

const DeviceType pl190_type = {
    .struct_size = sizeof(PL190),
    .read = pl190_read,
    .write = pl190_write,
    .periphid = UINT32_C(0x00041190),
    .reset = pl190_reset,
    .input = pl190_input,
    .can_raise = pl190_can_raise,
    .state = pl190_state,
    .loaded = pl190_loaded,
    .node = "interrupt-controller",
    .compatible = DEVICE_LIST("arm,versatile-vic"),
    .interrupt_controller = true,
};
