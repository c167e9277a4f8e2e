/* SPDX-License-Identifier: MIT */
/* tqemu as a library: an ARM computer in the program that links libtqemu.a.
 *
 *   const char *const args[] = { "-kernel", "zImage-xip", "-initrd", "rootfs.cpio",
 *                                "-append", "console=ttyAMA0", "-icount", "shift=0" };
 *   Tqemu *t = tqemu_new(args, 8, why, sizeof why);
 *   tqemu_run(t, &(TqemuUntil){ .text = "~ # " });
 *   tqemu_send(t, "uname -a\n", 9);
 *
 * A machine is made from the options of the command line. Its console, the monitor on it and
 * semihosting's are tqemu_send() and tqemu_receive() instead of standard input and output. It runs
 * within tqemu_run(), and sleeps there while its guest waits for a timer.
 *
 * Machines are independent of each other, but for the log of -d, -D and -dfilter, which belongs to
 * the process, and a thread may have its own; tqemu_new() must not run in two threads at a time. */
#ifndef TQEMU_H
#define TQEMU_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct Tqemu Tqemu;

/* Makes a machine from n options, which are copied, and switches it on. NULL: `why`, of `size`
 * bytes, is the reason, shortened if it does not fit; -help and the like are no machine. */
Tqemu *tqemu_new(const char *const *options, int n, char *why, size_t size);

/* Switches the machine off and frees it; NULL is allowed. Files that it writes are complete then:
 * false if one could not be written. */
bool tqemu_free(Tqemu *t);

/* When tqemu_run() returns. All zeros: only when it must. */
typedef struct TqemuUntil {
    uint64_t instructions; /* that many more were executed; 0: any number */
    int64_t ns;            /* that much more virtual time has passed; 0: any */
    const char *text;      /* the output that tqemu_receive() has not taken contains it; or NULL */
} TqemuUntil;

typedef enum TqemuStop {
    TQEMU_ENDED, /* the machine is off: tqemu_status() */
    TQEMU_INSTRUCTIONS,
    TQEMU_TIME,
    TQEMU_TEXT,    /* soon after it was written */
    TQEMU_POINT,   /* at a breakpoint; the next run goes on from there */
    TQEMU_WAITING, /* the guest waits for input, and for no timer */
    TQEMU_STOPPED, /* -S, or the monitor, has stopped it; the next run goes on */
} TqemuStop;

/* Lets the machine run until one of these is the case. Until the text is found, 20,000 instructions
 * more may be executed, under -icount 65,536; counts of instructions are exact. */
TqemuStop tqemu_run(Tqemu *t, const TqemuUntil *until);

/* The status with which the program would have ended. */
int tqemu_status(const Tqemu *t);

/* Instructions executed, and nanoseconds of virtual time, since power-on. */
uint64_t tqemu_instructions(Tqemu *t);
int64_t tqemu_time(Tqemu *t);

/* Gives the console n more bytes of input. False: the host has no memory for them; none was given.
 */
bool tqemu_send(Tqemu *t, const void *bytes, size_t n);

/* Takes up to n bytes of the console's output; returns how many. */
size_t tqemu_receive(Tqemu *t, void *bytes, size_t n);

/* Reads or writes a register by gdb's name for it: "r0" to "r12", "sp", "lr", "pc", "cpsr", "d0",
 * "fpscr", "SCTLR" and so on. A write to "pc" keeps the instruction set; one to a system register
 * has no effect. False: there is no such register. */
bool tqemu_get_register(Tqemu *t, const char *name, uint64_t *value);
bool tqemu_set_register(Tqemu *t, const char *name, uint64_t value);

/* Read or write n bytes at a virtual address, with a privileged mode's rights, or, with `physical`,
 * at a physical one: memory, ROM, or devices' registers, which notice it. False: nothing is there,
 * or not at all of them; some may have been accessed. */
bool tqemu_read(Tqemu *t, uint32_t addr, bool physical, void *bytes, size_t n);
bool tqemu_write(Tqemu *t, uint32_t addr, bool physical, const void *bytes, size_t n);

/* Sets or removes a breakpoint at a virtual address. False: there are too many, or none is there.
 */
bool tqemu_breakpoint(Tqemu *t, uint32_t addr, bool set);

/* Makes a snapshot, which is what savevm writes to a file; the caller frees it. NULL: the host has
 * no memory for it. */
uint8_t *tqemu_save(Tqemu *t, size_t *n);

/* Goes on from a snapshot, of which a copy is kept. False: `why` as for tqemu_new(), and the
 * machine is as it was. It ends what tqemu_fork() began. */
bool tqemu_restore(Tqemu *t, const uint8_t *snapshot, size_t n, char *why, size_t size);

/* Keeps the present state, for any number of calls of tqemu_rewind(): each costs only as much as
 * the machine has changed. Another tqemu_fork() takes the place of the one before. The console's
 * bytes are no part of it. False: the host has no memory for it; or rewind: for what has changed,
 * or there is nothing to go back to. */
bool tqemu_fork(Tqemu *t);
bool tqemu_rewind(Tqemu *t);

#ifdef __cplusplus
}
#endif
#endif
