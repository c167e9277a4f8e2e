/* SPDX-License-Identifier: MIT */
/* PL011 UART (ARM DDI 0183, revision r1p3 by its ID registers, as QEMU's).
 *
 * The outside is a Chardev, and it is the port that pulls: a byte enters the receive FIFO only when
 * the guest will see it, because a real kernel empties the FIFO into nowhere while it opens a port.
 * A byte is taken from outside when the FIFO has room, the UART and its receiver are enabled
 * (UARTCR.UARTEN and RXE), the loopback is off, the guest's RTS allows it, and the guest listens:
 *
 *   (a) UARTIMSC has RXIM or RTIM set, or
 *   (b) the guest polls: 4 or more reads of UARTFR in a row, no other register in between, or
 *   (c) UART and receiver have been enabled for 100 ms of virtual time without interruption.
 *
 * At most a FIFO's worth of characters, 16, is taken in 100 us of virtual time, so that whoever
 * empties the FIFO in the guest also gets to run what consumes the bytes. Nothing that waits
 * outside is lost or reordered.
 *
 * RTS holds the outside back when the guest uses it: with RTSEn the receive FIFO at its trigger
 * level does, without RTSEn a UARTCR.RTS that the guest has set and cleared again.
 *
 * A break from outside does not wait: it is received at once, or lost if the receiver is disabled.
 *
 * Where this differs from QEMU: a port with a Chardev sees CTS, DSR and DCD asserted (a terminal is
 * there); receive trigger levels and the receive time-out are the manual's; input waits as above.
 * Where both differ from the manual: transmission takes no time, and works with the UART disabled
 * (logged under `-d guest_errors`), as does reception by polling (b): small programs written on
 * QEMU never enable the UART. A character is 8 bits whatever UARTLCR_H.WLEN says; CTSEn holds
 * nothing back. There are no parity and framing errors, no IrDA pulses (UARTILPR is storage) and no
 * DMA requests (UARTDMACR is storage). */
#ifndef SERIAL_PL011_H
#define SERIAL_PL011_H

#include <stdbool.h>
#include <stdint.h>

#include "bus/bus.h"
#include "bus/device.h"
#include "bus/irq.h"
#include "serial/chardev.h"
#include "util/timer.h"

#define PL011_FIFO_DEPTH 16

typedef struct PL011 {
    BusRegion region;
    Clock *clock;
    Irq irq;
    Chardev *chr;   /* NULL: nothing attached, modem inputs deasserted */
    Timer timeout;  /* the receive time-out: 32 bit periods after the last character */
    Timer pull;     /* the next batch from outside */
    uint32_t rsr;   /* UARTRSR/UARTECR */
    uint32_t ilpr;  /* UARTILPR */
    uint32_t ibrd;  /* UARTIBRD */
    uint32_t fbrd;  /* UARTFBRD */
    uint32_t lcr_h; /* UARTLCR_H */
    uint32_t cr;    /* UARTCR */
    uint32_t ifls;  /* UARTIFLS */
    uint32_t imsc;  /* UARTIMSC */
    uint32_t ris;   /* UARTRIS */
    uint32_t dmacr; /* UARTDMACR */
    uint32_t modem; /* the modem inputs last seen, as UARTFR's bits */
    uint16_t fifo[PL011_FIFO_DEPTH]; /* characters as UARTDR reads them, a ring */
    uint8_t fifo_first;
    uint8_t fifo_count;
    uint8_t overrun;    /* the next character that finds room carries DR.OE */
    uint8_t rts_used;   /* RTS has been set since reset: from then on clearing it holds */
    uint8_t fr_reads;   /* reads of UARTFR in a row, saturating */
    int64_t enabled_at; /* virtual ns when UARTEN and RXE were both set; -1: they are not */
    uint8_t batch_left; /* characters that may still be pulled before batch_end */
    int64_t batch_end;  /* virtual ns */
    bool tx_warned;     /* the transmitter's misuse is logged; once is enough */
} PL011;

/* Prepares a UART with its 4 KiB of registers at `base` (s->region, for the board to map) in its
 * reset state. `name` names it in logs and must outlive it. `chr` may be NULL: nothing attached.
 * The clock, the listener of `irq` and `chr` must outlive it. Returns false if `base` is not page
 * aligned. */
bool pl011_init(PL011 *s, const char *name, hwaddr base, Clock *clock, Irq irq, Chardev *chr);

/* Looks outside for input; for the main loop, whenever it has polled the host. Cheap when there is
 * none. */
void pl011_poll(PL011 *s);

extern const DeviceOps pl011_ops;

#endif
