/* SPDX-License-Identifier: MIT */
/* The guest's end of the second serial port of a machine in a page: takes files from the page,
 * gives it files, and tells the console how large its window is. Runs until the guest ends.
 *
 * What goes over the port is lines of words, the last of which may have spaces in it, and bytes of
 * files behind some of them. ID is a number that the page gives a transfer; 0: the guest began it.
 *
 *   from the page                          from the guest
 *   size ROWS COLUMNS                      hello 1         it listens, with this protocol
 *   put ID SIZE NAME   a file comes        got ID BYTES    so much of it has been written
 *   data ID N          N bytes of it       done ID PATH    all of it is there
 *   end ID CRC                             fail ID WHY     of a put or a get
 *   get ID PATH                            file ID SIZE NAME, data ID N, end ID CRC
 *
 * CRC is that of zlib, in hexadecimal. A file being received has another name until all of it is
 * there. `download FILE` in the guest writes the file's path into a named pipe that is read here.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#define PORT     "/dev/ttyAMA1"
#define CONSOLE  "/dev/ttyAMA0"
#define PIPE     "/run/download"
#define FOLDER   "/root" /* of a received file whose name has no folder */
#define PARTIAL  ".part"
#define CHUNK    4096
#define BATCH    1024 /* bytes that are worth a read */
#define PAUSE_US 3000

static int port, fifo;

/* A file under way. */
typedef struct Transfer {
    int fd; /* -1: none */
    unsigned id;
    unsigned long left; /* bytes */
    uint32_t crc;
    char path[1024];
} Transfer;

static Transfer in = { .fd = -1 }, out = { .fd = -1 };
static char failed[128]; /* why the file that is coming cannot be written; "": it can */

static uint32_t crc32(uint32_t crc, const uint8_t *bytes, size_t n)
{
    static uint32_t table[256];
    if (!table[1]) {
        for (uint32_t i = 0; i < 256; i++) {
            uint32_t c = i;
            for (int bit = 0; bit < 8; bit++) {
                c = c >> 1 ^ (c & 1 ? 0xedb88320u : 0);
            }
            table[i] = c;
        }
    }
    crc = ~crc;
    while (n--) {
        crc = crc >> 8 ^ table[(crc ^ *bytes++) & 0xff];
    }
    return ~crc;
}

static bool write_all(int fd, const void *bytes, size_t n)
{
    const char *p = bytes;
    while (n) {
        ssize_t some = write(fd, p, n);
        if (some < 0 && errno == EINTR) {
            continue;
        }
        if (some <= 0) {
            return false;
        }
        p += some;
        n -= (size_t)some;
    }
    return true;
}

#define say(...) dprintf(port, __VA_ARGS__)

/* -- From the page -- */

static uint8_t buffer[CHUNK];
static size_t used, taken;

/* Waits for bytes from the port, of which there are then some. */
static void fill(void)
{
    while (taken == used) {
        ssize_t n = read(port, buffer, sizeof buffer);
        if (n == 0 || (n < 0 && errno != EINTR)) {
            exit(1); /* the port is gone */
        }
        taken = 0;
        used = n > 0 ? (size_t)n : 0;
    }
}

static void read_line(char *line, size_t size)
{
    size_t n = 0;
    for (;;) {
        fill();
        char c = (char)buffer[taken++];
        if (c == '\n') {
            break;
        }
        if (n < size - 1) {
            line[n++] = c;
        }
    }
    line[n] = 0;
}

static void partial_name(char *to, size_t size)
{
    snprintf(to, size, "%s" PARTIAL, in.path);
}

static void put(unsigned id, unsigned long size, const char *name)
{
    char partial[sizeof in.path + sizeof PARTIAL];
    if (in.fd >= 0) {
        close(in.fd);
    }
    in.id = id;
    in.left = size;
    in.crc = 0;
    failed[0] = 0;
    snprintf(in.path, sizeof in.path, "%s%s", *name == '/' ? "" : FOLDER "/", name);
    partial_name(partial, sizeof partial);
    in.fd = open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (in.fd < 0) {
        snprintf(failed, sizeof failed, "%s", strerror(errno));
    }
}

static void take_data(unsigned id, size_t n)
{
    size_t all = n;
    while (n) {
        int there = 0;
        if (taken == used && ioctl(port, FIONREAD, &there) == 0 && (size_t)there < n &&
            there < BATCH) {
            usleep(PAUSE_US); /* being woken for each few bytes would take most of the time */
        }
        fill();
        size_t some = used - taken < n ? used - taken : n;
        in.crc = crc32(in.crc, buffer + taken, some);
        if (!failed[0] && !write_all(in.fd, buffer + taken, some)) {
            snprintf(failed, sizeof failed, "%s", strerror(errno));
        }
        taken += some;
        n -= some;
    }
    in.left -= all < in.left ? all : in.left;
    say("got %u %zu\n", id, all);
}

static void end_put(unsigned id, uint32_t crc)
{
    char partial[sizeof in.path + sizeof PARTIAL];
    partial_name(partial, sizeof partial);
    if (in.fd >= 0 && close(in.fd) != 0 && !failed[0]) {
        snprintf(failed, sizeof failed, "%s", strerror(errno));
    }
    if (!failed[0] && (in.left || crc != in.crc)) {
        snprintf(failed, sizeof failed, "it arrived damaged");
    }
    if (!failed[0] && rename(partial, in.path) != 0) {
        snprintf(failed, sizeof failed, "%s", strerror(errno));
    }
    if (failed[0]) {
        if (in.fd >= 0) {
            unlink(partial);
        }
        say("fail %u %s: %s\n", id, in.path, failed);
    } else {
        say("done %u %s\n", id, in.path);
    }
    in.fd = -1;
}

static void set_size(unsigned rows, unsigned columns)
{
    struct winsize size = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns };
    int fd = open(CONSOLE, O_RDONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (fd >= 0) {
        ioctl(fd, TIOCSWINSZ, &size); /* which sends SIGWINCH if it has changed */
        close(fd);
    }
}

/* -- To the page -- */

static void get(unsigned id, const char *path)
{
    struct stat st;
    const char *name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
    snprintf(out.path, sizeof out.path, "%s%s", *path == '/' ? "" : FOLDER "/", path);
    out.fd = open(out.path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (out.fd < 0 || fstat(out.fd, &st) != 0 || !S_ISREG(st.st_mode)) {
        say("fail %u %s: %s\n", id, path, out.fd < 0 ? strerror(errno) : "it is no ordinary file");
        if (out.fd >= 0) {
            close(out.fd);
        }
        out.fd = -1;
        return;
    }
    out.id = id;
    out.left = (unsigned long)st.st_size;
    out.crc = 0;
    say("file %u %lu %s\n", id, out.left, name);
}

static void send_some(void)
{
    uint8_t bytes[CHUNK];
    size_t want = out.left < sizeof bytes ? out.left : sizeof bytes;
    ssize_t n = read(out.fd, bytes, want);
    if (n > 0) {
        out.crc = crc32(out.crc, bytes, (size_t)n);
        out.left -= (size_t)n;
        say("data %u %zd\n", out.id, n);
        write_all(port, bytes, (size_t)n);
        return;
    }
    if (out.left) {
        say("fail %u %s: %s\n", out.id, out.path, n ? strerror(errno) : "it has become shorter");
    } else {
        say("end %u %08lx\n", out.id, (unsigned long)out.crc);
    }
    close(out.fd);
    out.fd = -1;
}

/* -- */

static void obey(const char *line)
{
    unsigned a, b;
    unsigned long n;
    int at = -1;
    if (sscanf(line, "size %u %u", &a, &b) == 2) {
        set_size(a, b);
    } else if (sscanf(line, "put %u %lu %n", &a, &n, &at) == 2 && at > 0) {
        put(a, n, line + at);
    } else if (sscanf(line, "data %u %lu", &a, &n) == 2) {
        take_data(a, n);
    } else if (sscanf(line, "end %u %lx", &a, &n) == 2) {
        end_put(a, (uint32_t)n);
    } else if (sscanf(line, "get %u %n", &a, &at) == 1 && at > 0) {
        while (out.fd >= 0) {
            send_some(); /* one at a time */
        }
        get(a, line + at);
    }
}

static void open_port(void)
{
    struct termios mode;
    port = open(PORT, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (port < 0 || tcgetattr(port, &mode) != 0) {
        exit(0); /* not in this kernel */
    }
    cfmakeraw(&mode);
    /* The UART stops the sender when the tty's buffer is full. */
    mode.c_cflag |= CLOCAL | CREAD | CRTSCTS;
    mode.c_cc[VMIN] = 1;
    mode.c_cc[VTIME] = 0;
    tcsetattr(port, TCSANOW, &mode);
    fcntl(port, F_SETFL, fcntl(port, F_GETFL) & ~O_NONBLOCK);
}

int main(void)
{
    static char line[1100], paths[4096];
    static size_t paths_used;
    open_port();
    mkfifo(PIPE, 0600);
    /* For writing, too, so that it never ends. */
    fifo = open(PIPE, O_RDWR | O_CLOEXEC);
    say("hello 1\n");
    for (;;) {
        struct pollfd fds[] = { { .fd = port, .events = POLLIN },
                                { .fd = out.fd < 0 ? fifo : -1, .events = POLLIN } };
        if (taken == used && poll(fds, 2, out.fd < 0 ? -1 : 0) < 0 && errno != EINTR) {
            return 1;
        }
        if (taken != used || fds[0].revents) {
            read_line(line, sizeof line);
            obey(line);
        } else if (fds[1].revents & POLLIN) {
            ssize_t n = read(fifo, paths + paths_used, 1);
            if (n == 1 && paths[paths_used] != '\n') {
                paths_used += paths_used < sizeof paths - 1;
            } else if (n == 1) {
                paths[paths_used] = 0;
                paths_used = 0;
                get(0, paths);
            }
        } else if (out.fd >= 0) {
            send_some();
        }
    }
}
