/* SPDX-License-Identifier: MIT */
/* PL011 UART (ARM DDI 0183; its ID registers say r1p3, as QEMU's do).
 *
 * The port pulls its input from a Chardev. A byte enters the receive FIFO only when the guest will
 * read it, because Linux discards the FIFO's contents while it opens a port. The port takes a byte
 * when the FIFO has room, the loopback is off, the guest's RTS allows it, and the guest listens:
 *
 *   (a) UART and receiver are enabled (UARTCR.UARTEN and RXE), and UARTIMSC has RXIM or RTIM set;
 *       or one of the two has been the case for 100 ms of virtual time: programs written on QEMU
 *       often only unmask the interrupt or only enable the UART; or
 *   (b) the guest polls: 4 or more reads of UARTFR, UARTRIS or UARTMIS in a row, with no access to
 *       another register in between; or
 *   (c) for 100 ms the guest has been reading UARTFR of a disabled UART.
 *
 * The port takes at most a batch of 16 characters, a full FIFO, in 100 us of virtual time, so that
 * the guest has time to consume what its interrupt handler has read. With RTSEn, which lets the
 * guest stop the sender, a batch is 256 characters: Linux reads that many in one interrupt. The
 * pause after it is at least a quarter of the time that the guest took for the batch. A guest that
 * does not poll gets no character within 100 us after it has set up the UART or emptied the FIFO:
 * many handlers read UARTDR first and clear the interrupt (UARTICR) last, and would clear the next
 * character's, too. Input that waits is never lost or reordered. Switching the FIFOs on or off
 * empties them; unread characters are given back and received again.
 *
 * RTS stops the input if the guest uses it: with RTSEn when the receive FIFO is at its trigger
 * level, without RTSEn when the guest has set UARTCR.RTS and cleared it again.
 *
 * A break does not wait: it is received at once, or lost if the receiver is disabled and its
 * interrupt masked.
 *
 * As in QEMU, unlike the manual: every received character raises the receive interrupt, whatever
 * the trigger level in UARTIFLS, and only an empty FIFO or UARTICR lowers it (guests tested on QEMU
 * unmask RXIM alone and never see the time-out interrupt). Transmission takes no time, and works
 * while the UART is disabled (logged under `-d guest_errors`).
 *
 * Unlike QEMU: there is a receive time-out interrupt, as in the manual. It also raises the receive
 * interrupt if the guest has read from the FIFO since the last time-out (a handler that reads one
 * character, then clears the interrupt, hangs on QEMU when several arrive at once). A port with a
 * Chardev has CTS, DSR and DCD asserted, as if a terminal were connected. Input waits as above.
 *
 * A character has 8 bits whatever UARTLCR_H.WLEN says, and CTSEn has no effect. There are no parity
 * or framing errors, no IrDA pulses and no DMA requests; UARTILPR and UARTDMACR only store. */
#ifndef SERIAL_PL011_H
#define SERIAL_PL011_H

#include <stdbool.h>
#include <stdint.h>

#include "bus/device.h"

#define PL011_FIFO_DEPTH 16

typedef struct PL011 {
    Device dev;     /* without a Chardev the modem inputs are deasserted */
    Timer timeout;  /* the receive time-out: 32 bit periods after the last character */
    Timer pull;     /* the next batch of input */
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
    uint16_t fifo[PL011_FIFO_DEPTH]; /* ring of characters as UARTDR reads them */
    uint8_t fifo_first;
    uint8_t fifo_count;
    uint8_t held[PL011_FIFO_DEPTH]; /* given back by the FIFO; received before other input */
    uint8_t held_count;
    uint8_t overrun;     /* the next character that fits carries DR.OE */
    uint8_t read_one;    /* the guest has read a character since the FIFO last timed out */
    uint8_t rts_used;    /* RTS has been set since reset: clearing it now stops input */
    uint8_t polls;       /* reads of UARTFR, UARTRIS and UARTMIS in a row, saturating */
    int64_t polled_at;   /* virtual ns of the first UARTFR read since the set-up; -1: none */
    int64_t enabled_at;  /* virtual ns when UARTEN and RXE were both set; -1: they are not */
    int64_t unmasked_at; /* virtual ns when RXIM or RTIM was set; -1: neither is */
    int64_t hold_until;  /* virtual ns: no input before then unless the guest polls */
    uint16_t batch_left; /* characters that may still be pulled before batch_end */
    int64_t batch_end;   /* virtual ns */
    bool tx_warned;      /* sending while disabled has been logged */
} PL011;

/* Output 0: UARTINTR. Device.hz is UARTCLK's. */
extern const DeviceType pl011_type;

#endif
