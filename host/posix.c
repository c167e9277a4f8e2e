/* SPDX-License-Identifier: MIT */
/* The host is POSIX.1-2008: a terminal in raw mode, signals, pselect().
 *
 * The terminal is restored on every way out: host_close(), exit(), and any signal that ends the
 * program or stops it. After a first signal the main loop ends the run; a second one, or a crash,
 * ends the program at once. Standard output is never made non-blocking: the setting would outlive
 * us in the processes that share it. */
#define _POSIX_C_SOURCE 200809L
#include "host/host.h"

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

#include "host/posix.h"
#include "util/log.h"
#include "util/timer.h"

#ifndef PIPE_BUF
#define PIPE_BUF _POSIX_PIPE_BUF
#endif

#define ASK_NS (NS_PER_SEC / 10) /* between two looks at what gives no notice */

static bool was_closed[3]; /* file descriptors 0 to 2 at the start */
static size_t write_limit; /* bytes that a ready stdout accepts without blocking */

static volatile sig_atomic_t raw; /* the terminal is in raw mode */
static struct termios cooked_mode, raw_mode;

static volatile sig_atomic_t end_signal; /* the signal that asked us to end, or 0 */

static sigset_t clean_signals; /* those after which the main loop ends the run */

/* Signals that mean a crash of our own, and their former actions. */
static const int crash_signals[] = { SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGSYS, SIGTRAP };
enum { CRASH_SIGNALS = sizeof crash_signals / sizeof crash_signals[0] };
static struct sigaction crash_actions[CRASH_SIGNALS];

#ifdef SIGRTMAX
#define LAST_SIGNAL SIGRTMAX
#else
#define LAST_SIGNAL 31
#endif

/* Buffers to be written when a signal ends the program at once. */
#define MAX_RESCUED 8
static struct {
    int fd;
    const OutBuffer *buffer;
} rescued[MAX_RESCUED];
static volatile sig_atomic_t rescued_count;

static void ignore_signal(int sig)
{
    struct sigaction ignore = { .sa_handler = SIG_IGN };
    sigemptyset(&ignore.sa_mask);
    sigaction(sig, &ignore, NULL);
}

void host_init(void)
{
    ignore_signal(SIGXFSZ); /* a write beyond the file size limit then fails with EFBIG */
    for (int fd = 0; fd < 3; fd++) {
        if (fcntl(fd, F_GETFD) < 0) {
            was_closed[fd] = true;
            /* open() returns the lowest free descriptor: this one. Standard input becomes empty;
             * standard output becomes a directory, which cannot be written to, not even when it is
             * opened as /dev/stdout. */
            if (open(fd == STDOUT_FILENO ? "/" : "/dev/null",
                     fd == STDOUT_FILENO ? O_RDONLY : O_RDWR) < 0) {
                exit(1);
            }
        }
    }
}

/* Whether we may change the terminal without being stopped: not in the background. On a terminal
 * that is not our controlling one tcgetpgrp() fails, and there is no background. */
static bool in_foreground(void)
{
    pid_t foreground = tcgetpgrp(STDIN_FILENO);
    return foreground < 0 || foreground == getpgrp();
}

/* Async-signal-safe, as are all functions it calls. */
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

/* Whether read() or write() on fd would not block; true for errors, which the call reports. */
static bool ready(int fd, short events)
{
    struct pollfd p = { .fd = fd, .events = events };
    return poll(&p, 1, 0) > 0;
}

/* Writes the rest of the buffers as far as it can without blocking. */
static void rescue(void)
{
    for (int i = 0; i < rescued_count; i++) {
        const OutBuffer *b = rescued[i].buffer;
        size_t done = b->done, used = b->used;
        while (done < used && ready(rescued[i].fd, POLLOUT)) {
            size_t n = used - done;
            ssize_t put =
                write(rescued[i].fd, b->bytes + done, n < PIPE_BUF ? n : (size_t)PIPE_BUF);
            if (put <= 0) {
                break;
            }
            done += (size_t)put;
        }
    }
    rescued_count = 0;
}

/* Ends the program by a signal with that action, from the signal's handler when it returns. */
static void die(int sig, const struct sigaction *action)
{
    restore_terminal();
    rescue();
    sigaction(sig, action, NULL);
    raise(sig);
}

static void die_by_default(int sig)
{
    struct sigaction action = { .sa_handler = SIG_DFL };
    sigemptyset(&action.sa_mask);
    die(sig, &action);
}

static void on_clean_signal(int sig)
{
    int e = errno;
    if (end_signal) {
        die_by_default(sig);
    }
    end_signal = sig;
    errno = e;
}

static void on_crash_signal(int sig)
{
    int e = errno;
    int which = 0;
    while (which < CRASH_SIGNALS - 1 && crash_signals[which] != sig) {
        which++;
    }
    die(sig, &crash_actions[which]);
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
    on_continue(sig); /* perhaps it did not stop: no shell would continue an orphan */
    errno = e;
}

/* Handles a signal, unless it is ignored since we were started (nohup) or, with `only_default`, has
 * another handler (a profiler's). Returns whether it does: the C library keeps some signals to
 * itself. *old is the former action. */
static bool take_signal(int sig, void (*handler)(int), int flags, bool only_default,
                        struct sigaction *old)
{
    struct sigaction action = { .sa_handler = handler, .sa_flags = flags };
    sigemptyset(&action.sa_mask);
    if (sigaction(sig, NULL, old) < 0 || old->sa_handler == SIG_IGN ||
        (only_default && old->sa_handler != SIG_DFL)) {
        return false;
    }
    return sigaction(sig, &action, NULL) == 0;
}

/* Whether a signal ends the program by default and means no crash. */
static bool is_clean_signal(int sig)
{
    switch (sig) {
    case SIGKILL:
    case SIGSTOP: /* cannot be handled */
    case SIGTSTP:
    case SIGTTIN:
    case SIGTTOU: /* stop a program */
    case SIGCHLD:
    case SIGCONT:
    case SIGURG:
#ifdef SIGWINCH
    case SIGWINCH:
#endif
#if defined SIGINFO && !defined SIGPWR /* a BSD, where these two are ignored by default */
    case SIGINFO:
    case SIGIO:
#endif
        return false;
    default: break;
    }
    for (int i = 0; i < CRASH_SIGNALS; i++) {
        if (crash_signals[i] == sig) {
            return false;
        }
    }
    return true;
}

static void take_signals(void)
{
    struct sigaction old;
    ignore_signal(SIGPIPE);
    sigemptyset(&clean_signals);
    for (int sig = 1; sig <= LAST_SIGNAL; sig++) {
        if (is_clean_signal(sig) && take_signal(sig, on_clean_signal, 0, true, &old)) {
            sigaddset(&clean_signals, sig);
        }
    }
    for (int i = 0; i < CRASH_SIGNALS; i++) {
        take_signal(crash_signals[i], on_crash_signal, 0, false, &crash_actions[i]);
    }
}

static bool open_terminal(void)
{
    if (isatty(STDIN_FILENO) && !in_foreground()) {
        /* Stops us (SIGTTOU) until we are: now the modes are those of a shell's line editor. */
        tcdrain(STDIN_FILENO);
    }
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
    take_signal(SIGTSTP, on_stop, SA_RESTART, true, &old);
    take_signal(SIGTTIN, on_stop, SA_RESTART, true, &old);
    take_signal(SIGTTOU, on_stop, SA_RESTART, true, &old);
    take_signal(SIGCONT, on_continue, SA_RESTART, true, &old);
    atexit(host_close);
    raw = 1; /* first: a signal in between restores the mode, which is harmless */
    if (tcsetattr(STDIN_FILENO, TCSANOW, &raw_mode) < 0) {
        error_report("stdin: the terminal cannot be put into raw mode: %s", strerror(errno));
        return false;
    }
    return true;
}

bool host_check_streams(void)
{
    if (was_closed[STDIN_FILENO]) {
        error_report("stdin: is closed: give the guest an empty input with </dev/null");
        return false;
    }
    if (was_closed[STDOUT_FILENO]) {
        error_report("stdout: is closed: throw the guest's output away with >/dev/null");
        return false;
    }
    return true;
}

static bool same(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino &&
           (S_ISREG(a->st_mode) || S_ISBLK(a->st_mode));
}

bool host_same_file(const char *path, const char *other)
{
    struct stat a, b;
    if (stat(path, &a) < 0 || stat(other, &b) < 0) {
        return strcmp(path, other) == 0;
    }
    return same(&a, &b);
}

bool host_same_stream(const char *path, FILE *stream)
{
    struct stat a, b;
    return stat(path, &a) == 0 && fstat(fileno(stream), &b) == 0 && same(&a, &b);
}

/* The bytes that QEMU locks in a raw image: one says that its owner writes, one that it cannot bear
 * another who does. A program locks those that apply to it, shared, then looks whether another has
 * locked what it cannot bear. */
enum { LOCK_READS = 100, LOCK_WRITES = 101, LOCK_NO_WRITER = 201 };

static bool lock_byte(int fd, off_t byte)
{
    struct flock lock = { .l_type = F_RDLCK, .l_whence = SEEK_SET, .l_start = byte, .l_len = 1 };
    /* A file system without locks does not keep us from using its files. */
    return fcntl(fd, F_SETLK, &lock) == 0 || (errno != EAGAIN && errno != EACCES);
}

static bool is_locked(int fd, off_t byte)
{
    struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = byte, .l_len = 1 };
    return fcntl(fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
}

bool host_lock_file(FILE *file, bool exclusive)
{
    int fd = fileno(file);
    return lock_byte(fd, LOCK_READS) && lock_byte(fd, LOCK_NO_WRITER) &&
           (!exclusive || lock_byte(fd, LOCK_WRITES)) && !is_locked(fd, LOCK_WRITES) &&
           !(exclusive && is_locked(fd, LOCK_NO_WRITER));
}

bool host_sync(FILE *file)
{
#if defined _POSIX_SYNCHRONIZED_IO && _POSIX_SYNCHRONIZED_IO > 0
    int result = fdatasync(fileno(file));
#else
    int result = fsync(fileno(file));
#endif
    return result == 0 || errno == EINVAL; /* EINVAL: it is not a file that can be synchronised */
}

void host_rescue(FILE *file, const OutBuffer *b)
{
    if (rescued_count < MAX_RESCUED) {
        rescued[rescued_count].fd = fileno(file);
        rescued[rescued_count].buffer = b;
        rescued_count++;
    }
}

bool host_open(bool console, bool raw_terminal)
{
    take_signals();
    if (!console) {
        return true;
    }
    struct stat st;
    bool stream = fstat(STDOUT_FILENO, &st) == 0 && (S_ISFIFO(st.st_mode) || S_ISSOCK(st.st_mode));
    write_limit = stream ? PIPE_BUF : INT_MAX;
    return !raw_terminal || open_terminal();
}

bool host_is_terminal(void)
{
    return raw;
}

bool host_read_waits(void)
{
    return false;
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

int host_write_error(const uint8_t *bytes, size_t n)
{
    return (int)fwrite(bytes, 1, n, stderr);
}

bool host_is_tty(FILE *stream)
{
    return isatty(fileno(stream)) == 1;
}

const char *host_temp_folder(void)
{
    const char *folder = getenv("TMPDIR");
    return folder && *folder ? folder : "/tmp";
}

Chardev *host_channel(unsigned port)
{
    (void)port;
    return NULL;
}

/* The descriptors that host_wait() waits for. */
typedef struct WaitSet {
    fd_set in, out;
    int max;
} WaitSet;

static void wait_for(void *opaque, int fd, bool out)
{
    WaitSet *set = opaque;
    if (fd < FD_SETSIZE) {
        FD_SET(fd, out ? &set->out : &set->in);
        set->max = fd > set->max ? fd : set->max;
    }
}

void host_wait(int64_t ns, unsigned what)
{
    WaitSet set = { .max = -1 };
    FD_ZERO(&set.in);
    FD_ZERO(&set.out);
    if (what & HOST_INPUT) {
        wait_for(&set, STDIN_FILENO, false);
    }
    if (what & HOST_OUTPUT) {
        wait_for(&set, STDOUT_FILENO, true);
    }
    if (what & HOST_SOCKETS && posix_sockets_wait(wait_for, &set) && ns > ASK_NS) {
        ns = ASK_NS;
    }
    struct timespec ts = { .tv_sec = (time_t)(ns / NS_PER_SEC),
                           .tv_nsec = (long)(ns % NS_PER_SEC) };
    /* A signal between the test of end_signal and the wait must end the wait. */
    sigset_t before;
    sigprocmask(SIG_BLOCK, &clean_signals, &before);
    if (!end_signal) {
        pselect(set.max + 1, &set.in, &set.out, NULL, ns == INT64_MAX ? NULL : &ts, &before);
    }
    sigprocmask(SIG_SETMASK, &before, NULL);
}

int64_t host_clock(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (int64_t)ts.tv_sec * NS_PER_SEC + ts.tv_nsec;
}

int64_t host_wall_clock(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_REALTIME, &ts);
    return (int64_t)ts.tv_sec * MS_PER_SEC + ts.tv_nsec / NS_PER_MS;
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

unsigned long host_pid(void)
{
    return (unsigned long)getpid();
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
    posix_sockets_close();
    host_close();
    if (end_signal) {
        die_by_default(end_signal);
    }
    return status;
}
