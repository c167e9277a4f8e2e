/* SPDX-License-Identifier: MIT */
/* Packets of gdb's remote serial protocol: "$data#sum", data with escapes (gdb's manual, E.1). */
#ifndef DEBUG_GDB_PACKET_H
#define DEBUG_GDB_PACKET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define GDB_PACKET_SIZE 4096u /* bytes of data, at most, in either direction */

/* What a byte has completed. */
typedef enum GdbEvent {
    GDB_NOTHING,
    GDB_ACK,
    GDB_NAK,
    GDB_INTERRUPT, /* Ctrl-C */
    GDB_PACKET,    /* in p->data, ended by a 0 that does not count */
    GDB_DAMAGED,   /* a packet with a wrong sum: ask for it again */
    GDB_TOO_LONG,  /* a packet of more than GDB_PACKET_SIZE */
} GdbEvent;

/* A packet on its way in; all zero at first. */
typedef struct GdbPacket {
    enum { GDB_OUTSIDE, GDB_DATA, GDB_ESCAPED, GDB_SUM_HIGH, GDB_SUM_LOW } state;
    uint8_t sum, high;
    size_t length; /* may exceed GDB_PACKET_SIZE: the rest is dropped */
    char data[GDB_PACKET_SIZE + 1];
} GdbPacket;

/* Takes the next byte, whatever it is. */
GdbEvent gdb_packet_take(GdbPacket *p, uint8_t byte);

/* A packet on its way out. */
typedef struct GdbReply {
    uint8_t sum;
    size_t used;
    uint8_t bytes[GDB_PACKET_SIZE + 8];
} GdbReply;

/* Start a packet, add to it, end it: then bytes[0..used-1] are to be sent. What is too long is
 * dropped. gdb_reply_put() escapes its byte where needed. */
void gdb_reply_start(GdbReply *r);
void gdb_reply_put(GdbReply *r, uint8_t byte);
void gdb_reply_text(GdbReply *r, const char *text);
void gdb_reply_hex(GdbReply *r, const void *bytes, size_t n);
void gdb_reply_end(GdbReply *r);

/* The value of a hexadecimal digit, or -1. */
int gdb_digit(char c);

#endif
