/* SPDX-License-Identifier: MIT */
/* The host is POSIX.1-2008: a terminal in raw mode, signals, pselect().
 *
 * The terminal is put back on every way out: host_close(), exit(), a signal that ends the program
 * (a clean one is left to the main loop first; a second one or a crash ends it on the spot), and
 * for as long as the program is stopped by SIGTSTP. Standard output is never made non-blocking,
 * because the setting would outlive us in whoever shares it. */
#define _POSIX_C_SOURCE 200809L
#include "serial/host.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "util/date.h"
#include "util/log.h"
#include "util/timer.h"

#ifndef PIPE_BUF
#define PIPE_BUF _POSIX_PIPE_BUF
#endif

static bool was_closed[3]; /* file descriptors 0 to 2 at the start */
static size_t write_limit; /* bytes that a writable stdout takes without blocking */

static volatile sig_atomic_t raw; /* the terminal is ours and in raw mode */
static struct termios cooked_mode, raw_mode;

static volatile sig_atomic_t end_signal; /* the signal that asked us to end, or 0 */

/* Signals that end a program; those that mean a crash of our own come last. */
static const int end_signals[] = { SIGHUP,  SIGINT, SIGQUIT, SIGTERM, SIGABRT,
                                   SIGSEGV, SIGBUS, SIGFPE,  SIGILL };
enum { END_SIGNALS = sizeof end_signals / sizeof end_signals[0], CLEAN_SIGNALS = 4 };
static struct sigaction old_actions[END_SIGNALS];

void host_init(void)
{
    for (int fd = 0; fd < 3; fd++) {
        if (fcntl(fd, F_GETFD) < 0) {
            was_closed[fd] = true;
            /* The lowest free number is taken: this one. Reading gives nothing, as it should. */
            if (open("/dev/null", O_RDWR) < 0) {
                exit(1);
            }
        }
    }
}

/* May we change the terminal without being stopped for it? Not in the background. */
static bool in_foreground(void)
{
    return tcgetpgrp(STDIN_FILENO) == getpgrp();
}

/* Safe in signal handlers, as are all functions it calls. */
static void restore_terminal(void)
{
    if (raw && in_foreground()) {
        tcsetattr(STDIN_FILENO, TCSANOW, &cooked_mode);
    }
}

void host_close(void)
{
    restore_terminal();
    raw = 0;
}

static void on_end_signal(int sig)
{
    int e = errno;
    int which = 0;
    while (which < END_SIGNALS - 1 && end_signals[which] != sig) {
        which++;
    }
    if (which < CLEAN_SIGNALS && !end_signal) {
        end_signal = sig;
    } else {
        restore_terminal();
        sigaction(sig, &old_actions[which], NULL);
        raise(sig); /* takes effect when this handler returns */
    }
    errno = e;
}

static void on_continue(int sig)
{
    int e = errno;
    (void)sig;
    if (raw && in_foreground()) {
        tcsetattr(STDIN_FILENO, TCSANOW, &raw_mode);
    }
    errno = e;
}

static void on_stop(int sig)
{
    int e = errno;
    restore_terminal();
    struct sigaction stop = { .sa_handler = SIG_DFL }, ours;
    sigemptyset(&stop.sa_mask);
    sigaction(sig, &stop, &ours);
    raise(sig);
    sigset_t only, before;
    sigemptyset(&only);
    sigaddset(&only, sig);
    sigprocmask(SIG_UNBLOCK, &only, &before); /* stops here until SIGCONT */
    sigprocmask(SIG_SETMASK, &before, NULL);
    sigaction(sig, &ours, NULL);
    on_continue(sig); /* nobody may have stopped: there is no shell to continue an orphan */
    errno = e;
}

static void take_signal(int sig, void (*handler)(int), int flags, struct sigaction *old)
{
    struct sigaction action = { .sa_handler = handler, .sa_flags = flags };
    sigemptyset(&action.sa_mask);
    sigaction(sig, NULL, old);
    /* Who started us may have chosen to ignore it (nohup). */
    if (old->sa_handler != SIG_IGN) {
        sigaction(sig, &action, NULL);
    }
}

static bool open_terminal(void)
{
    if (tcgetattr(STDIN_FILENO, &cooked_mode) < 0) {
        return true; /* not a terminal */
    }
    raw_mode = cooked_mode;
    raw_mode.c_iflag &=
        (tcflag_t) ~(IGNBRK | BRKINT | PARMRK | ISTRIP | INLCR | IGNCR | ICRNL | IXON);
    raw_mode.c_lflag &= (tcflag_t) ~(ECHO | ECHONL | ICANON | ISIG | IEXTEN);
    raw_mode.c_cflag &= (tcflag_t) ~(CSIZE | PARENB);
    raw_mode.c_cflag |= CS8;
    raw_mode.c_cc[VMIN] = 1;
    raw_mode.c_cc[VTIME] = 0;
    struct sigaction old;
    take_signal(SIGTSTP, on_stop, SA_RESTART, &old);
    take_signal(SIGCONT, on_continue, SA_RESTART, &old);
    atexit(host_close);
    raw = 1; /* first, so that a signal in between restores a mode that has not changed yet */
    if (tcsetattr(STDIN_FILENO, TCSANOW, &raw_mode) < 0) {
        error_report("stdin: the terminal cannot be put into raw mode: %s", strerror(errno));
        return false;
    }
    return true;
}

bool host_open(bool console)
{
    for (int i = 0; i < END_SIGNALS; i++) {
        take_signal(end_signals[i], on_end_signal, 0, &old_actions[i]);
    }
    struct sigaction ignore = { .sa_handler = SIG_IGN };
    sigemptyset(&ignore.sa_mask);
    sigaction(SIGPIPE, &ignore, NULL);
    if (!console) {
        return true;
    }
    if (was_closed[STDIN_FILENO]) {
        error_report("stdin: is closed: give the guest an empty input with </dev/null");
        return false;
    }
    if (was_closed[STDOUT_FILENO]) {
        error_report("stdout: is closed: throw the guest's output away with >/dev/null");
        return false;
    }
    struct stat st;
    bool stream = fstat(STDOUT_FILENO, &st) == 0 && (S_ISFIFO(st.st_mode) || S_ISSOCK(st.st_mode));
    write_limit = stream ? PIPE_BUF : INT_MAX;
    return open_terminal();
}

bool host_is_terminal(void)
{
    return raw;
}

bool host_read_waits(void)
{
    return false;
}

/* Is it worth calling read() or write() on fd? Also true for errors, which the call then names. */
static bool ready(int fd, short events)
{
    struct pollfd p = { .fd = fd, .events = events };
    return poll(&p, 1, 0) > 0;
}

int host_read(uint8_t *bytes, size_t n)
{
    if (!ready(STDIN_FILENO, POLLIN)) {
        return 0;
    }
    ssize_t got = read(STDIN_FILENO, bytes, n < INT_MAX ? n : INT_MAX);
    if (got > 0) {
        return (int)got;
    }
    return got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR) ? 0 : HOST_EOF;
}

int host_write(const uint8_t *bytes, size_t n, const char **why)
{
    if (!ready(STDOUT_FILENO, POLLOUT)) {
        return 0;
    }
    ssize_t put = write(STDOUT_FILENO, bytes, n < write_limit ? n : write_limit);
    if (put >= 0) {
        return (int)put;
    }
    if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR) {
        return 0;
    }
    *why = strerror(errno);
    return HOST_EOF;
}

Chardev *host_channel(void)
{
    return NULL;
}

void host_wait(int64_t ns, unsigned what)
{
    fd_set in, out;
    FD_ZERO(&in);
    FD_ZERO(&out);
    if (what & HOST_INPUT) {
        FD_SET(STDIN_FILENO, &in);
    }
    if (what & HOST_OUTPUT) {
        FD_SET(STDOUT_FILENO, &out);
    }
    struct timespec ts = { .tv_sec = (time_t)(ns / NS_PER_SEC),
                           .tv_nsec = (long)(ns % NS_PER_SEC) };
    /* A signal between the look at end_signal and the wait must end the wait. */
    sigset_t clean, before;
    sigemptyset(&clean);
    for (int i = 0; i < CLEAN_SIGNALS; i++) {
        sigaddset(&clean, end_signals[i]);
    }
    sigprocmask(SIG_BLOCK, &clean, &before);
    if (!end_signal) {
        pselect(STDOUT_FILENO + 1, &in, &out, NULL, ns == INT64_MAX ? NULL : &ts, &before);
    }
    sigprocmask(SIG_SETMASK, &before, NULL);
}

int64_t host_clock(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (int64_t)ts.tv_sec * NS_PER_SEC + ts.tv_nsec;
}

int64_t host_time_of_day(bool local)
{
    time_t now = time(NULL);
    return date_from_tm(local ? localtime(&now) : gmtime(&now));
}

bool host_random(uint8_t *bytes, size_t n)
{
    int fd = open("/dev/urandom", O_RDONLY | O_CLOEXEC);
    bool ok = fd >= 0 && read(fd, bytes, n) == (ssize_t)n;
    if (fd >= 0) {
        close(fd);
    }
    return ok;
}

bool host_interrupted(void)
{
    return end_signal != 0;
}

bool host_yield(void)
{
    return false;
}

int host_run(const HostProgram *p)
{
    p->run(p->opaque);
    return p->finish(p->opaque);
}

int host_finish(int status)
{
    host_close();
    if (end_signal) {
        struct sigaction die = { .sa_handler = SIG_DFL };
        sigemptyset(&die.sa_mask);
        sigaction(end_signal, &die, NULL);
        raise(end_signal);
    }
    return status;
}
