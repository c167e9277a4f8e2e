/* SPDX-License-Identifier: MIT */
/* What tqemu needs of its host: standard input and output, a terminal, a clock, and waiting.
 *
 * One host implements it: host/posix*.c (raw terminal, signals, sleeping, sockets), host/iso.c (the
 * ISO C library alone) or host/js.c (a browser or node); the latter two share host/bare.c. Nothing
 * else depends on the host. */
#ifndef HOST_HOST_H
#define HOST_HOST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "bus/chardev.h"
#include "util/output.h"

/* The first call in main(): notes whether standard input and output are open, and occupies the file
 * descriptors of those that are not, so that no file opened later gets them. */
void host_init(void);

/* Whether standard input and output are open, so that the guest can have them; false after an
 * error_report(). A host that cannot tell returns true. */
bool host_check_streams(void);

/* Whether writing to `path` would destroy the contents of the other file, because they are the
 * same; the other is a name, or stdin or stdout. False for character devices, pipes and the like. A
 * host that cannot tell compares the names. */
bool host_same_file(const char *path, const char *other);
bool host_same_stream(const char *path, FILE *stream);

/* Marks an open file as in use until it is closed: `exclusive` if this program writes to it. False:
 * another program has marked it, and one of the two is exclusive. A host that cannot tell returns
 * true. */
bool host_lock_file(FILE *file, bool exclusive);

/* Returns when all that was written to a file is on the disk, as far as the host can tell. False
 * (errno set): it may not be. The stream has no buffer. */
bool host_sync(FILE *file);

/* From now on a signal that ends the program at once first writes the rest of *b to `file`. Both
 * must outlive the run. A host that cannot do this does nothing. */
void host_rescue(FILE *file, const OutBuffer *b);

/* Prepares the host for a run. With `console` the guest gets standard input and output, and with
 * `raw` a terminal there is put into raw mode. False after an error_report(). */
bool host_open(bool console, bool raw);

/* Restores the terminal; may be called at any time. exit() does so, too. */
void host_close(void);

/* Whether standard input is a terminal in raw mode: keys come one by one, and Ctrl-A is ours. */
bool host_is_terminal(void);

/* Whether host_read() blocks until there is input: call it only when the guest has nothing else to
 * do. */
bool host_read_waits(void);

enum { HOST_EOF = -1 };

/* Reads up to n bytes of standard input. Returns their number, 0 if there are none now, or HOST_EOF
 * when there will never be more. */
int host_read(uint8_t *bytes, size_t n);

/* Writes up to n bytes to standard output. Returns how many were written, 0 if none can be now, or
 * HOST_EOF if none ever will be (a closed pipe, a full disk); *why then says what happened. */
int host_write(const uint8_t *bytes, size_t n, const char **why);

/* Writes n bytes to standard error. Returns how many were written (fewer: errno says why), or
 * HOST_EOF: this host has no standard error for a guest. */
int host_write_error(const uint8_t *bytes, size_t n);

/* Whether a stream is a terminal. A host that cannot tell returns false. */
bool host_is_tty(FILE *stream);

/* The folder for temporary files. */
const char *host_temp_folder(void);

/* The other end of serial port `port` (0..3) for -serial channel, or, with HOST_CHANNEL_GDB, of the
 * gdb server: input and output of its own. NULL: this host has none. */
#define HOST_CHANNEL_GDB (~0u)
Chardev *host_channel(unsigned port);

/* A socket or pseudo-terminal as the other end of a serial port. */
typedef struct HostSocket {
    const char *option;      /* "-serial", for messages */
    const char *label;       /* "serial0", as QEMU calls it */
    bool pty;                /* a pseudo-terminal; or else */
    const char *path;        /* a socket of this host by that name; NULL: TCP */
    const char *host, *port; /* of TCP; host "": this one */
    bool server;             /* peers connect to us, not we to them */
    bool wait;               /* the first peer must come before the guest starts */
    bool telnet;             /* they speak Telnet */
    bool nodelay;            /* small packets are sent at once */
} HostSocket;

/* Makes a character device of it, which host_sockets_open() connects. NULL: this host has no
 * sockets. The strings must outlive it. */
Chardev *host_socket(const HostSocket *what);

/* Connects all sockets, after output files were opened and before host_open(). False after an
 * error_report(). */
bool host_sockets_open(void);

/* Accepts peers, takes their input and writes what they accept. */
void host_sockets_poll(void);

enum { HOST_INPUT = 1, HOST_OUTPUT = 2, HOST_SOCKETS = 4 };

/* Waits until `ns` have passed (INT64_MAX: for ever), host_read() has input (if `what` contains
 * HOST_INPUT), host_write() can write (HOST_OUTPUT), host_sockets_poll() has something to do
 * (HOST_SOCKETS), or host_interrupted(). May return early. If host_yield() is true afterwards, it
 * has not waited: the host does so once it has control again. */
void host_wait(int64_t ns, unsigned what);

/* Nanoseconds on a clock that never goes back; its zero is arbitrary. */
int64_t host_clock(void);

/* The time of day: milliseconds since 1970-01-01 00:00 UTC. It jumps when the host's clock is set,
 * and advances while the program is stopped or the host sleeps. */
int64_t host_wall_clock(void);

/* Fills in n random bytes, as unpredictable as the host can make them. False: it has none now. */
bool host_random(uint8_t *bytes, size_t n);

/* The number of this process; 0: the host has none. */
unsigned long host_pid(void);

/* Whether the host has asked the program to end (a signal). Stays true. */
bool host_interrupted(void);

/* Whether the host's own event loop must run now. */
bool host_yield(void);

/* The program as the host calls it. */
typedef struct HostProgram {
    bool (*run)(void *opaque);       /* runs until host_yield(); true: it has ended */
    int (*finish)(void *opaque);     /* then: frees everything, returns the status */
    uint64_t (*insns)(void *opaque); /* guest instructions executed so far */
    /* Saves a snapshot to a file, between two calls of run(). False after an error_report(). */
    bool (*save)(void *opaque, const char *path);
    void *opaque;
} HostProgram;

/* The rest of main(): runs the program, finishes it and returns its status. A host whose own event
 * loop calls the program copies *p, returns 0 at once and runs it from there. */
int host_run(const HostProgram *p);

/* The end of the program: restores the terminal and returns the status for main(). If a signal
 * ended the run, the program dies by that signal, so that the shell sees it. */
int host_finish(int status);

#endif
