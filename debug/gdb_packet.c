/* SPDX-License-Identifier: MIT */
/* Packets of the remote serial protocol, from bytes and to bytes. */
#include "debug/gdb_packet.h"

#define ESCAPE     '}'
#define ESCAPE_BIT 0x20
#define CTRL_C     0x03

static const char digits[] = "0123456789abcdef";

int gdb_digit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

static GdbEvent outside(GdbPacket *p, uint8_t byte)
{
    switch (byte) {
    case '$':
        p->state = GDB_DATA;
        p->sum = 0;
        p->length = 0;
        return GDB_NOTHING;
    case '+': return GDB_ACK;
    case '-': return GDB_NAK;
    case CTRL_C: return GDB_INTERRUPT;
    default: return GDB_NOTHING;
    }
}

static GdbEvent in_data(GdbPacket *p, uint8_t byte)
{
    if (byte == '$') { /* never data: the packet before it was cut off */
        return outside(p, byte);
    }
    if (byte == '#' && p->state == GDB_DATA) {
        p->state = GDB_SUM_HIGH;
        return GDB_NOTHING;
    }
    p->sum = (uint8_t)(p->sum + byte);
    if (byte == ESCAPE && p->state == GDB_DATA) {
        p->state = GDB_ESCAPED;
        return GDB_NOTHING;
    }
    if (p->length < GDB_PACKET_SIZE) {
        p->data[p->length] = (char)(p->state == GDB_ESCAPED ? byte ^ ESCAPE_BIT : byte);
    }
    p->length += p->length <= GDB_PACKET_SIZE;
    p->state = GDB_DATA;
    return GDB_NOTHING;
}

GdbEvent gdb_packet_take(GdbPacket *p, uint8_t byte)
{
    switch (p->state) {
    case GDB_OUTSIDE: return outside(p, byte);
    case GDB_SUM_HIGH:
        p->high = byte;
        p->state = GDB_SUM_LOW;
        return GDB_NOTHING;
    case GDB_SUM_LOW: {
        p->state = GDB_OUTSIDE;
        int high = gdb_digit((char)p->high), low = gdb_digit((char)byte);
        if (high < 0 || low < 0 || (high << 4 | low) != p->sum) {
            return GDB_DAMAGED;
        }
        if (p->length > GDB_PACKET_SIZE) {
            return GDB_TOO_LONG;
        }
        p->data[p->length] = '\0';
        return GDB_PACKET;
    }
    default: return in_data(p, byte);
    }
}

/* Room is kept for the sum. */
static void put_raw(GdbReply *r, uint8_t byte)
{
    if (r->used < sizeof r->bytes - 3) {
        r->bytes[r->used++] = byte;
        r->sum = (uint8_t)(r->sum + byte);
    }
}

void gdb_reply_start(GdbReply *r)
{
    r->bytes[0] = '$';
    r->used = 1;
    r->sum = 0;
}

void gdb_reply_put(GdbReply *r, uint8_t byte)
{
    if (byte == '#' || byte == '$' || byte == '*' || byte == ESCAPE) {
        put_raw(r, ESCAPE);
        byte ^= ESCAPE_BIT;
    }
    put_raw(r, byte);
}

void gdb_reply_text(GdbReply *r, const char *text)
{
    while (*text) {
        gdb_reply_put(r, (uint8_t)*text++);
    }
}

void gdb_reply_hex(GdbReply *r, const void *bytes, size_t n)
{
    const uint8_t *p = bytes;
    for (size_t i = 0; i < n; i++) {
        put_raw(r, (uint8_t)digits[p[i] >> 4]);
        put_raw(r, (uint8_t)digits[p[i] & 15]);
    }
}

void gdb_reply_end(GdbReply *r)
{
    uint8_t sum = r->sum;
    r->bytes[r->used++] = '#';
    r->bytes[r->used++] = (uint8_t)digits[sum >> 4];
    r->bytes[r->used++] = (uint8_t)digits[sum & 15];
}
