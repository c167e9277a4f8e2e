/* SPDX-License-Identifier: MIT */
/* PL011 UART: registers, receive FIFO, interrupts. The rules are in the header. */
#include "serial/pl011.h"

#include <string.h>

#include "util/log.h"

#define POLL_READS   4                    /* reads of a status in a row that count as polling */
#define LISTEN_NS    (NS_PER_SEC / 10)    /* half a set-up counts as a whole one after this time */
#define BATCH_NS     (NS_PER_SEC / 10000) /* the time of a batch of characters: */
#define RTSEN_BATCH  256                  /* with RTSEn; otherwise PL011_FIFO_DEPTH */
#define TIMEOUT_BITS 32                   /* bit periods without a character */

/* Register offsets (DDI 0183, table 3-1). */
enum {
    UARTDR = 0x000,
    UARTRSR = 0x004, /* UARTECR on writes */
    UARTFR = 0x018,
    UARTILPR = 0x020,
    UARTIBRD = 0x024,
    UARTFBRD = 0x028,
    UARTLCR_H = 0x02c,
    UARTCR = 0x030,
    UARTIFLS = 0x034,
    UARTIMSC = 0x038,
    UARTRIS = 0x03c,
    UARTMIS = 0x040,
    UARTICR = 0x044,
    UARTDMACR = 0x048,
};

enum {
    DR_FE = 1u << 8,
    DR_PE = 1u << 9,
    DR_BE = 1u << 10,
    DR_OE = 1u << 11,
    DR_MASK = 0xfff,
    FROM_OUTSIDE = 1u << 15, /* in the FIFO only: came from the Chardev and can be given back */
};

enum { RSR_OE = 1u << 3 };

enum {
    FR_CTS = 1u << 0,
    FR_DSR = 1u << 1,
    FR_DCD = 1u << 2,
    FR_RXFE = 1u << 4,
    FR_RXFF = 1u << 6,
    FR_TXFE = 1u << 7,
    FR_RI = 1u << 8,
};

enum { LCR_H_BRK = 1u << 0, LCR_H_FEN = 1u << 4 };

enum {
    CR_UARTEN = 1u << 0,
    CR_LBE = 1u << 7,
    CR_TXE = 1u << 8,
    CR_RXE = 1u << 9,
    CR_DTR = 1u << 10,
    CR_RTS = 1u << 11,
    CR_OUT1 = 1u << 12,
    CR_OUT2 = 1u << 13,
    CR_RTSEN = 1u << 14,
    CR_IMPLEMENTED = 0xff87,
    CR_RECEIVES = CR_UARTEN | CR_RXE,
};

/* Bits of UARTIMSC, UARTRIS, UARTMIS and UARTICR. */
enum {
    INT_RI = 1u << 0,
    INT_CTS = 1u << 1,
    INT_DCD = 1u << 2,
    INT_DSR = 1u << 3,
    INT_RX = 1u << 4,
    INT_TX = 1u << 5,
    INT_RT = 1u << 6,
    INT_OE = 1u << 10,
    INT_ALL = 0x7ff,
};

static void pl011_update_irq(PL011 *s)
{
    irq_set(&s->dev.out[0], (s->ris & s->imsc) != 0);
}

static unsigned depth(const PL011 *s)
{
    return s->lcr_h & LCR_H_FEN ? PL011_FIFO_DEPTH : 1;
}

/* The number of characters that deasserts RTS under RTSEn: UARTIFLS.RXIFLSEL, in eighths of the
 * FIFO. Reserved values count as the reset value, 1/2. The receive interrupt ignores it, see the
 * header. */
static unsigned rts_level(const PL011 *s)
{
    static const uint8_t levels[8] = { 2, 4, 8, 12, 14, 8, 8, 8 };
    return s->lcr_h & LCR_H_FEN ? levels[s->ifls >> 3 & 7] : 1;
}

/* The modem inputs as in UARTFR; the loopback connects them to the outputs. */
static uint32_t modem_inputs(const PL011 *s)
{
    if (s->cr & CR_LBE) {
        return (s->cr & CR_RTS ? FR_CTS : 0u) | (s->cr & CR_DTR ? FR_DSR : 0u) |
               (s->cr & CR_OUT1 ? FR_DCD : 0u) | (s->cr & CR_OUT2 ? FR_RI : 0u);
    }
    return s->dev.chr ? FR_CTS | FR_DSR | FR_DCD : 0u;
}

static void modem_changed(PL011 *s)
{
    uint32_t inputs = modem_inputs(s);
    uint32_t change = inputs ^ s->modem;
    s->modem = inputs;
    s->ris |= (change & FR_RI ? INT_RI : 0u) | (change & FR_CTS ? INT_CTS : 0u) |
              (change & FR_DCD ? INT_DCD : 0u) | (change & FR_DSR ? INT_DSR : 0u);
}

static void start_timeout(PL011 *s)
{
    /* A bit takes 16 periods of UARTCLK / (IBRD + FBRD / 64); a divisor below 1 is not allowed. */
    uint32_t divisor64 = s->ibrd ? s->ibrd << 6 | s->fbrd : 1u << 6;
    uint64_t ns =
        muldiv64((uint64_t)divisor64 * TIMEOUT_BITS * 16 / 64, (uint32_t)NS_PER_SEC, s->dev.hz);
    timer_mod(&s->timeout, deadline_after(clock_now(s->dev.clock), (int64_t)ns));
}

static void timed_out(void *opaque)
{
    PL011 *s = opaque;
    /* A handler that reads one character and clears the interrupt gets it again for the next one; a
     * handler that reads none does not. */
    s->ris |= s->read_one ? INT_RT | INT_RX : INT_RT;
    s->read_one = 0;
    pl011_update_irq(s);
}

/* Receives a character, with its error bits as in UARTDR. */
static void receive(PL011 *s, uint32_t ch)
{
    s->ris |= ch >> 1 & 0x780; /* the bits DR.FE to OE are the interrupts', shifted by one */
    if (s->fifo_count == depth(s)) {
        /* The FIFO stays as it is; the character is lost (2.4.2, overrun bit). */
        s->overrun = 1;
        s->rsr |= RSR_OE;
        s->ris |= INT_OE;
        pl011_update_irq(s);
        return;
    }
    if (s->overrun) {
        s->overrun = 0;
        ch |= DR_OE;
    }
    s->fifo[(s->fifo_first + s->fifo_count) % PL011_FIFO_DEPTH] = (uint16_t)ch;
    s->fifo_count++;
    s->ris |= INT_RX;
    start_timeout(s);
    pl011_update_irq(s);
}

static void empty_fifo(PL011 *s)
{
    s->fifo_first = 0;
    s->fifo_count = 0;
    s->overrun = 0;
    s->read_one = 0;
    s->ris &= ~(uint32_t)(INT_RX | INT_RT);
    timer_del(&s->timeout);
}

/* Whether a character may be sent to us: the FIFO has room and RTS allows it. */
static bool clear_to_receive(const PL011 *s)
{
    if (s->cr & CR_RTSEN) {
        return s->fifo_count < rts_level(s);
    }
    return s->fifo_count < depth(s) && (s->cr & CR_RTS || !s->rts_used);
}

static bool input_pending(const PL011 *s)
{
    return s->held_count || s->dev.chr->pending(s->dev.chr->opaque);
}

static bool take_input(PL011 *s, uint8_t *byte)
{
    if (!s->held_count) {
        return s->dev.chr->get(s->dev.chr->opaque, byte);
    }
    *byte = s->held[0];
    s->held_count--;
    memmove(s->held, s->held + 1, s->held_count);
    return true;
}

/* Gives unread characters back, into `held`. The FIFO and `held` together never hold more than 16
 * characters of input, because the FIFO takes from `held` first. */
static void give_back(PL011 *s)
{
    uint8_t all[PL011_FIFO_DEPTH];
    uint8_t n = 0;
    for (unsigned i = 0; i < s->fifo_count; i++) {
        uint16_t ch = s->fifo[(s->fifo_first + i) % PL011_FIFO_DEPTH];
        if (ch & FROM_OUTSIDE) {
            all[n++] = (uint8_t)ch;
        }
    }
    memcpy(all + n, s->held, s->held_count);
    s->held_count = (uint8_t)(n + s->held_count);
    memcpy(s->held, all, s->held_count);
}

/* The virtual time from which a guest that does not poll gets input; TIMER_NEVER: it does not
 * listen.
 */
static int64_t listens_from(const PL011 *s)
{
    bool enabled = s->enabled_at >= 0, unmasked = s->unmasked_at >= 0;
    if (enabled) {
        return unmasked ? 0 : s->enabled_at + LISTEN_NS;
    }
    return unmasked ? s->unmasked_at + LISTEN_NS : TIMER_NEVER;
}

/* Delays input: the guest may be about to clear the interrupt. Returns the time now. */
static int64_t hold_input(PL011 *s)
{
    int64_t now = clock_now(s->dev.clock);
    s->hold_until = now + BATCH_NS;
    return now;
}

/* Takes the input that the rules allow now; arms the timer for what they allow later. */
static void pull(PL011 *s, bool polled)
{
    int64_t from = listens_from(s);
    uint8_t byte;
    if (!s->dev.chr || s->cr & CR_LBE || (from == TIMER_NEVER && !polled) || !clear_to_receive(s)) {
        return;
    }
    if (!input_pending(s)) {
        if (s->fifo_count == 0) {
            s->dev.chr->get(s->dev.chr->opaque, &byte); /* an empty poll: the guest listens */
        }
        return;
    }
    int64_t when = s->batch_left ? 0 : s->batch_end;
    if (!polled) {
        when = when < from ? from : when;
        when = when < s->hold_until ? s->hold_until : when;
    }
    int64_t now = clock_now(s->dev.clock);
    if (when > now) {
        if (s->pull.deadline != when) {
            timer_mod(&s->pull, when);
        }
        return;
    }
    bool rtsen = (s->cr & CR_RTSEN) != 0;
    if (now >= s->batch_end && (!rtsen || s->batch_left == 0 || s->fifo_count == 0)) {
        s->batch_left = rtsen ? RTSEN_BATCH : PL011_FIFO_DEPTH;
        s->batch_end = now + BATCH_NS;
    }
    while (s->batch_left && clear_to_receive(s) && input_pending(s) && take_input(s, &byte)) {
        s->batch_left--;
        receive(s, byte | FROM_OUTSIDE);
    }
    if (rtsen && !s->batch_left) {
        int64_t pause = (now - (s->batch_end - BATCH_NS)) / 4;
        s->batch_end = s->batch_end > now + pause ? s->batch_end : now + pause;
    }
    if (!s->batch_left && clear_to_receive(s) && input_pending(s)) {
        timer_mod(&s->pull, s->batch_end);
    }
}

static void pull_due(void *opaque)
{
    pull(opaque, false);
}

static void pl011_poll(void *dev)
{
    PL011 *s = dev;
    if (s->dev.chr && s->dev.chr->take_break && s->dev.chr->take_break(s->dev.chr->opaque) &&
        listens_from(s) != TIMER_NEVER && !(s->cr & CR_LBE)) {
        receive(s, DR_BE);
    }
    pull(s, false);
}

static uint32_t read_dr(PL011 *s)
{
    if (s->fifo_count == 0) {
        return 0;
    }
    bool had_room = clear_to_receive(s);
    uint32_t ch = s->fifo[s->fifo_first] & DR_MASK;
    s->fifo_first = (uint8_t)((s->fifo_first + 1) % PL011_FIFO_DEPTH);
    s->fifo_count--;
    s->read_one = 1;
    /* UARTRSR has the errors of the character just read; its OE stays until UARTECR is written. */
    s->rsr = (s->rsr & RSR_OE) | ch >> 8;
    if (s->fifo_count == 0) {
        s->ris &= ~(uint32_t)(INT_RX | INT_RT);
        timer_del(&s->timeout);
        pl011_update_irq(s);
        if (s->dev.chr && input_pending(s)) { /* saves reading the clock */
            hold_input(s);
        }
    }
    if (!had_room || s->fifo_count == 0) {
        pull(s, false);
    }
    return ch;
}

static void write_dr(PL011 *s, uint32_t value)
{
    if ((s->cr & (CR_UARTEN | CR_TXE)) != (CR_UARTEN | CR_TXE) && !s->tx_warned &&
        log_on(LOG_GUEST_ERRORS)) {
        log_printf("%s: transmits while UARTCR is 0x%x\n", s->dev.name, (unsigned)s->cr);
        s->tx_warned = true;
    }
    s->dev.has_output = true;
    if (s->dev.chr) {
        s->dev.chr->put(s->dev.chr->opaque, (uint8_t)value);
    }
    if (s->cr & CR_LBE) {
        receive(s, value & 0xff);
    }
    /* The character is sent at once, so the FIFO has fallen through its trigger level. */
    s->ris |= INT_TX;
    pl011_update_irq(s);
}

/* The guest reads a status register: it may be polling. */
static void look(PL011 *s)
{
    if (s->polls < POLL_READS) {
        s->polls++;
    }
    pull(s, s->polls == POLL_READS);
}

/* The guest reads UARTFR of a disabled UART. Returns whether it has done so for long enough. */
static bool polls_disabled(PL011 *s)
{
    int64_t now = clock_now(s->dev.clock);
    if (s->polled_at < 0) {
        s->polled_at = now;
    }
    return now - s->polled_at >= LISTEN_NS;
}

static uint32_t read_fr(PL011 *s)
{
    if (s->polls < POLL_READS && !(s->cr & CR_UARTEN) && polls_disabled(s)) {
        s->polls = POLL_READS;
    }
    look(s);
    return FR_TXFE | modem_inputs(s) | (s->fifo_count == 0 ? FR_RXFE : 0u) |
           (s->fifo_count == depth(s) ? FR_RXFF : 0u);
}

static uint32_t read_ris(PL011 *s)
{
    look(s);
    return s->ris;
}

static void write_lcr_h(PL011 *s, uint32_t value)
{
    uint32_t change = (value ^ s->lcr_h) & 0xff;
    s->lcr_h = value & 0xff;
    if (change & LCR_H_FEN) {
        give_back(s);
        empty_fifo(s);
        hold_input(s);
        s->polled_at = -1;
    }
    if (change & value & LCR_H_BRK && s->cr & CR_LBE) {
        receive(s, DR_BE);
    }
    pl011_update_irq(s);
    pull(s, false);
}

static void write_cr(PL011 *s, uint32_t value)
{
    s->cr = value & CR_IMPLEMENTED;
    if ((s->cr & CR_RECEIVES) != CR_RECEIVES) {
        s->enabled_at = -1;
    } else if (s->enabled_at < 0) {
        s->enabled_at = hold_input(s);
    }
    if (s->cr & CR_UARTEN) {
        s->polled_at = -1;
    }
    if (s->cr & CR_RTS) {
        s->rts_used = 1;
    }
    s->tx_warned = false;
    modem_changed(s);
    pl011_update_irq(s);
    pull(s, false);
}

static void write_imsc(PL011 *s, uint32_t value)
{
    s->imsc = value & INT_ALL;
    if (!(s->imsc & (INT_RX | INT_RT))) {
        s->unmasked_at = -1;
    } else if (s->unmasked_at < 0) {
        s->unmasked_at = hold_input(s);
    }
    pl011_update_irq(s);
    pull(s, false);
}

static uint32_t pl011_read(void *dev, uint32_t reg)
{
    PL011 *s = dev;
    if (reg != UARTFR && reg != UARTRIS && reg != UARTMIS) {
        s->polls = 0;
    }
    switch (reg) {
    case UARTDR: return read_dr(s);
    case UARTRSR: return s->rsr;
    case UARTFR: return read_fr(s);
    case UARTILPR: return s->ilpr;
    case UARTIBRD: return s->ibrd;
    case UARTFBRD: return s->fbrd;
    case UARTLCR_H: return s->lcr_h;
    case UARTCR: return s->cr;
    case UARTIFLS: return s->ifls;
    case UARTIMSC: return s->imsc;
    case UARTRIS: return read_ris(s);
    case UARTMIS: return read_ris(s) & s->imsc;
    case UARTDMACR: return s->dmacr;
    default: return device_default_read(&s->dev, reg);
    }
}

static void pl011_write(void *dev, uint32_t reg, uint32_t value)
{
    PL011 *s = dev;
    s->polls = 0;
    switch (reg) {
    case UARTDR: write_dr(s, value); break;
    case UARTRSR: s->rsr = 0; break;
    case UARTILPR: s->ilpr = value & 0xff; break;
    case UARTIBRD: s->ibrd = value & 0xffff; break;
    case UARTFBRD: s->fbrd = value & 0x3f; break;
    case UARTLCR_H: write_lcr_h(s, value); break;
    case UARTCR: write_cr(s, value); break;
    case UARTIFLS:
        s->ifls = value & 0x3f;
        pull(s, false);
        break;
    case UARTIMSC: write_imsc(s, value); break;
    case UARTICR:
        s->ris &= ~(value & INT_ALL);
        if (value & (INT_RT | INT_RX) && s->fifo_count) {
            start_timeout(s); /* characters in the FIFO time out again */
        }
        pl011_update_irq(s);
        break;
    case UARTDMACR: s->dmacr = value & 7; break;
    default: device_default_write(&s->dev, reg, value); break;
    }
}

static void pl011_reset(void *dev)
{
    PL011 *s = dev;
    timer_del(&s->timeout);
    timer_del(&s->pull);
    memset((char *)s + offsetof(PL011, rsr), 0, sizeof *s - offsetof(PL011, rsr));
    s->cr = CR_TXE | CR_RXE;
    s->ifls = 0x12; /* both FIFOs at 1/2 */
    s->modem = modem_inputs(s);
    s->polled_at = s->enabled_at = s->unmasked_at = -1;
    pl011_update_irq(s);
}

/* Input may come whatever the set-up: the guest may poll. */
static uint32_t pl011_can_raise(const void *dev, uint32_t inputs, bool more_input)
{
    const PL011 *s = dev;
    (void)inputs;
    return more_input || timer_pending(&s->timeout) || timer_pending(&s->pull);
}

static bool pl011_realize(void *dev)
{
    PL011 *s = dev;
    timer_init(&s->timeout, s->dev.clock, timed_out, s);
    timer_init(&s->pull, s->dev.clock, pull_due, s);
    return true;
}

static const VMField pl011_state[] = {
    VM_FIELD(PL011, rsr),
    VM_FIELD(PL011, ilpr),
    VM_FIELD(PL011, ibrd),
    VM_FIELD(PL011, fbrd),
    VM_FIELD(PL011, lcr_h),
    VM_FIELD(PL011, cr),
    VM_FIELD(PL011, ifls),
    VM_FIELD(PL011, imsc),
    VM_FIELD(PL011, ris),
    VM_FIELD(PL011, dmacr),
    VM_FIELD(PL011, modem),
    VM_ARRAY(PL011, fifo),
    VM_FIELD(PL011, fifo_first),
    VM_FIELD(PL011, fifo_count),
    VM_ARRAY(PL011, held),
    VM_FIELD(PL011, held_count),
    VM_FIELD(PL011, overrun),
    VM_FIELD(PL011, read_one),
    VM_FIELD(PL011, rts_used),
    VM_FIELD(PL011, polls),
    VM_FIELD(PL011, polled_at),
    VM_FIELD(PL011, enabled_at),
    VM_FIELD(PL011, unmasked_at),
    VM_FIELD(PL011, hold_until),
    VM_FIELD(PL011, batch_left),
    VM_FIELD(PL011, batch_end),
    VM_TIMER(PL011, timeout),
    VM_TIMER(PL011, pull),
    VM_END,
};

/* Checks the indices into the rings and the times. */
static bool pl011_loaded(void *dev)
{
    const PL011 *s = dev;
    return s->fifo_first < PL011_FIFO_DEPTH && s->fifo_count <= PL011_FIFO_DEPTH &&
           s->held_count <= PL011_FIFO_DEPTH && clock_moment_valid(s->polled_at) &&
           clock_moment_valid(s->enabled_at) && clock_moment_valid(s->unmasked_at) &&
           clock_moment_valid(s->hold_until) && clock_moment_valid(s->batch_end);
}

const DeviceType pl011_type = {
    .struct_size = sizeof(PL011),
    .read = pl011_read,
    .write = pl011_write,
    .byte_lanes = true,
    .periphid = 0x00141011, /* r1p3 */
    .realize = pl011_realize,
    .reset = pl011_reset,
    .poll = pl011_poll,
    .can_raise = pl011_can_raise,
    .state = pl011_state,
    .loaded = pl011_loaded,
    .node = "uart",
    .compatible = DEVICE_LIST("arm,pl011", "arm,primecell"),
    .clock_names = DEVICE_LIST("uartclk", "apb_pclk"),
    .serial = true,
};
