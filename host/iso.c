/* SPDX-License-Identifier: MIT */
/* The host is the ISO C11 library alone.
 *
 * ISO C cannot tell whether there is input, cannot wait for it with a timeout, and has no terminal
 * modes. A read blocks, so host_read_waits() is true: see input.h for when the main loop reads.
 * Input comes line by line, and no key is special. While a read blocks, the guest stands still (its
 * clock, too, beyond a second), even if it has a timer to wait for. A program that talks to the
 * guest through pipes must therefore not wait for output that depends on such a timer. Input from a
 * file, or from a pipe whose writer does not wait for us, is read at once and in full.
 *
 * Without thrd_sleep() a guest that waits for a timer keeps a host CPU busy. When the host's clock
 * is set, the guest sees a short gap.
 *
 * Windows needs code of its own: unless told otherwise, its C library translates line ends and ends
 * input at Ctrl-Z, and its fseek() is unspecified on a pipe. */
#include "host/host.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#ifdef _WIN32
#include <fcntl.h>
#include <io.h>
#include <sys/stat.h>
#endif

#ifdef __STDC_NO_THREADS__
#define NO_THREADS
#elif defined __has_include /* not every compiler defines the macro above */
#if !__has_include(<threads.h>)
#define NO_THREADS
#endif
#endif
#ifndef NO_THREADS
#include <threads.h>
#endif

#include "util/log.h"
#include "util/rand.h"
#include "util/timer.h"

#define LONGEST_SLEEP (86400 * NS_PER_SEC) /* more than 2^31 s overflows a time_t of 32 bits */

static bool seekable; /* standard input is a file: a read never blocks */
static volatile sig_atomic_t end_signal;
static volatile sig_atomic_t reading; /* in a read, which a signal does not interrupt */

void host_init(void)
{
#ifdef SIGXFSZ /* not ISO C; when ignored, a write beyond the file size limit fails */
    signal(SIGXFSZ, SIG_IGN);
#endif
}

/* Signals that end a program and mean no crash: ISO C's two, and common ones. */
static const int end_signals[] = {
    SIGINT,    SIGTERM,
#ifdef SIGHUP
    SIGHUP,
#endif
#ifdef SIGQUIT
    SIGQUIT,
#endif
#ifdef SIGALRM
    SIGALRM,
#endif
#ifdef SIGUSR1
    SIGUSR1,
#endif
#ifdef SIGUSR2
    SIGUSR2,
#endif
#ifdef SIGXCPU
    SIGXCPU,
#endif
#ifdef SIGVTALRM
    SIGVTALRM,
#endif
#ifdef SIGPROF
    SIGPROF,
#endif
#ifdef SIGPWR
    SIGPWR,
#endif
};

static void on_end_signal(int sig)
{
    if (end_signal || reading) {
        signal(sig, SIG_DFL);
        raise(sig);
        return;
    }
    end_signal = sig;
    signal(sig, on_end_signal);
}

/* Prepares standard input and output for the guest. */
static void take_streams(void)
{
#ifdef _WIN32
    struct _stat64 st;
    seekable = _fstat64(_fileno(stdin), &st) == 0 && (st.st_mode & _S_IFMT) == _S_IFREG;
    /* On a console text mode turns the two characters of a line end into one. */
    if (!_isatty(_fileno(stdin))) {
        _setmode(_fileno(stdin), _O_BINARY);
    }
    _setmode(_fileno(stdout), _O_BINARY);
#else
    seekable = fseek(stdin, 0, SEEK_CUR) == 0;
    clearerr(stdin);
#endif
}

bool host_check_streams(void)
{
    return true;
}

/* Names of devices, which hold no contents: those of Unix and Windows. */
bool host_same_file(const char *path, const char *other)
{
    return strcmp(path, other) == 0 && strncmp(path, "/dev/", 5) != 0 && strcmp(path, "NUL") != 0;
}

bool host_same_stream(const char *path, FILE *stream)
{
    (void)path;
    (void)stream;
    return false;
}

void host_rescue(FILE *file, const OutBuffer *b)
{
    (void)file;
    (void)b;
}

bool host_open(bool console, bool raw)
{
    (void)raw;
    for (size_t i = 0; i < sizeof end_signals / sizeof end_signals[0]; i++) {
        /* Respect the choice of whoever started us to ignore it. */
        if (signal(end_signals[i], on_end_signal) == SIG_IGN) {
            signal(end_signals[i], SIG_IGN);
        }
    }
#ifdef SIGPIPE /* not ISO C; where it exists it would end us silently */
    signal(SIGPIPE, SIG_IGN);
#endif
    if (console) {
        take_streams();
    }
    return true;
}

void host_close(void)
{
}

bool host_is_terminal(void)
{
    return false;
}

bool host_read_waits(void)
{
    return !seekable;
}

int host_read(uint8_t *bytes, size_t n)
{
    size_t got = 0;
    /* One line: reading on would block. */
    while (got < n) {
        reading = 1;
        int c = end_signal ? EOF : getc(stdin);
        reading = 0;
        if (c == EOF) {
            return got ? (int)got : HOST_EOF;
        }
        bytes[got++] = (uint8_t)c;
        if (c == '\n' && !seekable) {
            break;
        }
    }
    return (int)got;
}

int host_write(const uint8_t *bytes, size_t n, const char **why)
{
    errno = 0;
    size_t put = fwrite(bytes, 1, n, stdout);
    if (put < n || fflush(stdout) != 0) {
        *why = errno ? strerror(errno) : "it cannot be written";
        return HOST_EOF;
    }
    return (int)n;
}

int host_write_error(const uint8_t *bytes, size_t n)
{
    return (int)fwrite(bytes, 1, n, stderr);
}

bool host_is_tty(FILE *stream)
{
#ifdef _WIN32
    return _isatty(_fileno(stream)) != 0;
#else
    (void)stream;
    return false;
#endif
}

const char *host_temp_folder(void)
{
    const char *folder = getenv("TMPDIR");
    folder = folder ? folder : getenv("TEMP"); /* Windows */
    return folder ? folder : "/tmp";
}

Chardev *host_channel(unsigned port)
{
    (void)port;
    return NULL;
}

/* Does not wait for input: host_read() does that, and a file's input is always there. */
void host_wait(int64_t ns, unsigned what)
{
    if (seekable && what & HOST_INPUT) {
        return;
    }
#ifndef NO_THREADS
    if (ns > LONGEST_SLEEP) {
        ns = LONGEST_SLEEP;
    }
    struct timespec ts = { .tv_sec = (time_t)(ns / NS_PER_SEC),
                           .tv_nsec = (long)(ns % NS_PER_SEC) };
    thrd_sleep(&ts, NULL);
#else
    int64_t start = host_clock();
    while (!end_signal && host_clock() - start < ns) {
    }
#endif
}

int64_t host_clock(void)
{
    static int64_t last, ahead; /* `ahead`: by how much the host's clock was set back */
    static int64_t first;       /* second; 64 bits of ns since 1970 would end in 2262 */
    struct timespec ts;
    timespec_get(&ts, TIME_UTC);
    if (first == 0) {
        first = (int64_t)ts.tv_sec;
    }
    int64_t now = ((int64_t)ts.tv_sec - first) * NS_PER_SEC + ts.tv_nsec + ahead;
    if (now < last) {
        ahead += last - now;
        now = last;
    }
    last = now;
    return now;
}

int64_t host_wall_clock(void)
{
    struct timespec ts;
    timespec_get(&ts, TIME_UTC);
    return (int64_t)ts.tv_sec * MS_PER_SEC + ts.tv_nsec / NS_PER_MS;
}

/* ISO C has no source of randomness. Bytes made from the clocks and from where the program lies
 * differ from run to run, but can be guessed. */
bool host_random(uint8_t *bytes, size_t n)
{
    static Rand generator;
    static bool seeded;
    if (!seeded) {
        struct timespec ts = { 0 };
        timespec_get(&ts, TIME_UTC);
        rand_init(&generator, (uint64_t)ts.tv_sec << 30 ^ (uint64_t)ts.tv_nsec);
        generator.s[1] ^= (uint64_t)clock() ^ (uint64_t)(uintptr_t)&ts;
        generator.s[2] ^= (uint64_t)(uintptr_t)stdin ^ (uint64_t)(uintptr_t)&generator << 20;
        seeded = true;
    }
    rand_bytes(&generator, bytes, n);
    return true;
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
    if (end_signal) {
        signal(end_signal, SIG_DFL);
        raise(end_signal);
    }
    return status;
}
