/* SPDX-License-Identifier: MIT */
/* PL011 UART (ARM DDI 0183, revision r1p3 by its ID registers, as QEMU's).
 *
 * The outside is a Chardev, and the port pulls: a byte enters the receive FIFO only when the guest
 * will see it, because a real kernel empties the FIFO into nowhere while it opens a port. The port
 * takes a byte when the FIFO has room, the loopback is off, the guest's RTS allows it, and the
 * guest listens:
 *
 *   (a) UART and receiver are enabled (UARTCR.UARTEN and RXE), and UARTIMSC has RXIM or RTIM set;
 *       or one of the two has been so for 100 ms of virtual time without interruption: programs
 *       written on QEMU often only unmask the interrupt or only enable the UART; or
 *   (b) the guest polls: 4 or more reads of UARTFR, UARTRIS or UARTMIS in a row, with no other
 *       register in between; or
 *   (c) the guest reads UARTFR of a UART that is not enabled, and has done so for 100 ms.
 *
 * At most a FIFO's worth of characters, 16, is taken in 100 us of virtual time, so that whoever
 * empties the FIFO in the guest also gets to run what consumes the bytes. With RTSEn, which lets
 * the guest stop the sender, the batch is 256 characters: Linux reads that many in one interrupt.
 * The pause after such a batch is at least a quarter of the time that the guest took for it. A
 * guest that does not poll gets no character within 100 us after it has set the UART up or emptied
 * the FIFO: many handlers read UARTDR first and clear the interrupt (UARTICR) last, and would clear
 * that of the next character, too. Nothing that waits outside is lost or reordered; and what the
 * guest has not read when it switches the FIFOs on or off, which empties them, goes back outside.
 *
 * RTS holds the outside back when the guest uses it: with RTSEn the receive FIFO at its trigger
 * level does, without RTSEn a UARTCR.RTS that the guest has set and cleared again.
 *
 * A break from outside does not wait: it is received at once, or lost if the receiver is disabled
 * and its interrupt masked.
 *
 * As in QEMU and not as in the manual: every received character raises the receive interrupt,
 * whatever trigger level UARTIFLS selects, and only an empty FIFO (or UARTICR) lowers it. Guests
 * that were tested on QEMU unmask RXIM alone and never see the time-out interrupt. Transmission
 * takes no time, and works with the UART disabled (logged under `-d guest_errors`).
 *
 * Where this differs from QEMU: the receive time-out interrupt is there, as in the manual, and
 * raises the receive interrupt, too, if the guest has read from the FIFO since the last time-out (a
 * handler that reads one character, then clears the interrupt, is lost on QEMU when many come at
 * once); a port with a Chardev sees CTS, DSR and DCD asserted (a terminal is there); input waits as
 * above.
 *
 * A character is 8 bits whatever UARTLCR_H.WLEN says; CTSEn holds nothing back. There are no parity
 * and framing errors, no IrDA pulses (UARTILPR is storage) and no DMA requests (UARTDMACR is
 * storage). */
#ifndef SERIAL_PL011_H
#define SERIAL_PL011_H

#include <stdbool.h>
#include <stdint.h>

#include "bus/device.h"

#define PL011_FIFO_DEPTH 16

typedef struct PL011 {
    Device dev;     /* without a Chardev the modem inputs are deasserted */
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
    uint8_t held[PL011_FIFO_DEPTH]; /* given back by the FIFO: comes before what waits outside */
    uint8_t held_count;
    uint8_t overrun;     /* the next character that finds room carries DR.OE */
    uint8_t read_one;    /* the guest has read a character since the FIFO last timed out */
    uint8_t rts_used;    /* RTS has been set since reset: from then on clearing it holds */
    uint8_t polls;       /* reads of UARTFR, UARTRIS and UARTMIS in a row, saturating */
    int64_t polled_at;   /* virtual ns of the first UARTFR read since it was set up; -1: none */
    int64_t enabled_at;  /* virtual ns when UARTEN and RXE were both set; -1: they are not */
    int64_t unmasked_at; /* virtual ns when RXIM or RTIM was set; -1: neither is */
    int64_t hold_until;  /* virtual ns: no input before, unless the guest polls */
    uint16_t batch_left; /* characters that may still be pulled before batch_end */
    int64_t batch_end;   /* virtual ns */
    bool tx_warned;      /* the transmitter's misuse is logged; once is enough */
} PL011;

/* Output 0: UARTINTR. Device.hz is UARTCLK's. */
extern const DeviceType pl011_type;

#endif
