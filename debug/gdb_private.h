/* SPDX-License-Identifier: MIT */
/* Private to debug/gdb*.c. */
#ifndef DEBUG_GDB_PRIVATE_H
#define DEBUG_GDB_PRIVATE_H

#include "debug/gdb.h"

#define GDB_INVALID "E22" /* a request that is malformed, or of something that is not there */
#define GDB_FAULT   "E14" /* no such memory or register */

/* gdb.c: sends an answer that is a text; what gdb_reply_*() have put into g->out; what was printed
 * for the user. */
void gdb_send_text(Gdb *g, const char *text);
void gdb_send(Gdb *g);
void gdb_flush_text(Gdb *g);
/* gdb.c: tells why the CPU is stopped. */
void gdb_send_stop(Gdb *g, unsigned signal);
/* gdb.c: this gdb goes: no point is left. */
void gdb_detach(Gdb *g);

/* gdb_parse.c: a hexadecimal number at *p, which moves past it. False: there is none, or it has
 * more than 64 bits. */
bool gdb_number(const char **p, uint64_t *value);
/* A character at *p, which moves past it. False: it is another. */
bool gdb_char(const char **p, char c);
/* n bytes in hexadecimal digits. False: they are not that many. */
bool gdb_bytes(const char **p, uint8_t *bytes, size_t n);
/* A thread, "1", "-1" (all), "0" (any), "p1.1" with multiprocess. False: it is not ours. */
bool gdb_thread(const char **p);

typedef struct GdbCommand {
    const char *name;
    bool whole; /* nothing may follow it */
    void (*execute)(Gdb *g, const char *args);
} GdbCommand;

/* gdb_commands.c: executes the first command of a list, ended by a NULL name, that the packet
 * begins with. False: there is none. */
bool gdb_dispatch(Gdb *g, const GdbCommand *list, const char *packet);

/* gdb_commands.c: answers a packet, whose length is g->in.length. */
void gdb_execute(Gdb *g, const char *packet);

/* gdb.c: the GDB_STEP_* that may be set. */
unsigned gdb_step_bits(const Gdb *g);

/* gdb_query.c: answers a query or setting: "q..." or "Q...". */
void gdb_query(Gdb *g, const char *packet);

/* gdb_xml.c: the answer to a request for `length` bytes from `offset` on of the target's
 * description. */
void gdb_send_description(Gdb *g, uint64_t offset, uint64_t length);

#endif
