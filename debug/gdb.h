/* SPDX-License-Identifier: MIT */
/* The gdb server: gdb's remote serial protocol over a character device, with QEMU's answers.
 *
 * Between two slices of the CPU it takes packets and answers them at once. gdb stops the run when
 * it comes; the run tells the server whenever it has stopped. */
#ifndef DEBUG_GDB_H
#define DEBUG_GDB_H

#include "debug/gdb_packet.h"
#include "debug/monitor.h"

/* gdb's numbers of signals, for gdb_stopped(). */
enum { GDB_SIGNAL_INT = 2, GDB_SIGNAL_QUIT = 3, GDB_SIGNAL_TRAP = 5 };

/* How single steps are made: bits, by QEMU's names. */
enum { GDB_STEP_ENABLE = 1, GDB_STEP_NO_IRQ = 2, GDB_STEP_NO_TIMER = 4 };

#define GDB_TEXT 1024u

/* Takes gdb's answer to gdb_call(): the result, and gdb's number of the error, or 0. */
typedef void GdbReturned(void *opaque, int64_t result, uint64_t error);

typedef struct Gdb {
    Machine *machine;
    Chardev *chr;
    const MonitorRun *run;
    Monitor monitor; /* executes gdb's "monitor" commands; prints to */
    Chardev capture;
    size_t text_used;
    uint8_t text[GDB_TEXT]; /* for gdb's user to read, not sent yet */
    bool attached;          /* a gdb has come and not gone */
    bool resumed;           /* it has let the CPU run and waits for the stop */
    bool no_ack, multiprocess, physical;
    bool stepping;         /* for one instruction */
    bool calling;          /* gdb executes a call for the guest, */
    bool interrupted;      /* and its user wants the guest to stop after it */
    GdbReturned *returned; /* takes the answer, with */
    void *returned_opaque;
    unsigned step;       /* GDB_STEP_* */
    const char *log_end; /* the run will have stopped at the log's "begin" or "end"; NULL: no */
    GdbPacket in;
    GdbReply out;
} Gdb;

/* Prepares a server. All must outlive it. */
void gdb_init(Gdb *g, Machine *machine, Chardev *chr, const MonitorRun *run);

/* Takes all input and answers it. */
void gdb_poll(Gdb *g);

/* The run has stopped, for GDB_SIGNAL_*, or at the CPU's breakpoint or watchpoint. */
void gdb_stopped(Gdb *g, unsigned signal);

/* The run ends with that status. */
void gdb_ended(Gdb *g, int status);

/* Whether gdb waits for the guest, and so can execute a call for it. */
bool gdb_can_call(const Gdb *g);

/* Sends gdb a request of its File-I/O protocol, "close,3" (gdb's manual, E.13), and stops the run
 * until the answer. Only if gdb_can_call(). If gdb has not answered the last request yet, which
 * must have been the same, only stops the run. */
void gdb_call(Gdb *g, const char *request, GdbReturned *returned, void *opaque);

/* Prints a byte of the guest's for gdb's user, while the guest runs; lost if there is no gdb. */
void gdb_print(Gdb *g, uint8_t byte);

#endif
