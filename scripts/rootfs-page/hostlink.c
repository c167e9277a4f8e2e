/* SPDX-License-Identifier: MIT */
/* The guest's end of the second serial port of a machine in a page: takes files from the page,
 * gives it files, and tells the console how large its window is. Runs until the guest ends.
 *
 * Lines of words go over the port; the last word may have spaces in it. The bytes of a file follow
 * a line `data`. ID is a number that the page gives a transfer.
 *
 *   from the page                          from the guest
 *   start KEY                              hello 2 KEY     it listens, with this protocol
 *   size ROWS COLUMNS                      offer SIZE PATH a file that the page may get
 *   put ID SIZE NAME   a file comes        got ID BYTES    so much of it has been written; 0: begin
 *   data ID N          N bytes of it       done ID PATH    all of it is there
 *   end ID CRC                             fail ID WHY     of a put or a get; ends it
 *   get ID PATH                            file ID SIZE NAME, data ID N, end ID CRC
 *   abort ID           ends a put or get
 *   wake SECONDS MS SEED                   (hello 2 KEY)   it goes on from a snapshot
 *
 * CRC is that of zlib, in hexadecimal. SIZE is what stat() says, which is a guess: `end` ends a
 * file. What comes before `start` with the KEY of `hello` is for another hostlink, one that was
 * killed. A file being received has another name until all of it is there. `download FILE` in the
 * guest writes the file's path into a named pipe, which hostlink reads and then makes an offer.
 * `wake` gives the date, and 32 random bytes in hexadecimal, because another machine may go on from
 * the same snapshot; what was under way is over, and hello is said again.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/random.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#define PORT     "/dev/ttyAMA1"
#define CONSOLE  "/dev/ttyAMA0"
#define PIPE     "/run/download"
#define RANDOM   "/dev/random"
#define FOLDER   "/root" /* of a received file whose name has no folder */
#define PARTIAL  ".part"
#define CHUNK    4096
#define BATCH    1024 /* bytes that are worth a read */
#define PAUSE_US 1000

static int port, fifo;

/* A file under way. */
typedef struct Transfer {
    int fd; /* -1: none */
    unsigned id;
    unsigned long left; /* bytes, of `in` */
    uint32_t crc;
    char path[1024];
} Transfer;

static Transfer in = { .fd = -1 }, out = { .fd = -1 };

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

/* Forgets the file that is coming, and what of it is there. */
static void drop_put(void)
{
    char partial[sizeof in.path + sizeof PARTIAL];
    if (in.fd >= 0) {
        close(in.fd);
        in.fd = -1;
        partial_name(partial, sizeof partial);
        unlink(partial);
    }
}

static void fail_put(const char *why)
{
    drop_put();
    say("fail %u %s: %s\n", in.id, in.path, why);
}

static void put(unsigned id, unsigned long size, const char *name)
{
    char partial[sizeof in.path + sizeof PARTIAL];
    struct stat st;
    drop_put();
    in.id = id;
    in.left = size;
    in.crc = 0;
    snprintf(in.path, sizeof in.path, "%s%s", *name == '/' ? "" : FOLDER "/", name);
    if (stat(in.path, &st) == 0 && S_ISDIR(st.st_mode)) {
        fail_put(strerror(EISDIR));
        return;
    }
    partial_name(partial, sizeof partial);
    in.fd = open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (in.fd < 0) {
        fail_put(strerror(errno));
        return;
    }
    say("got %u 0\n", id);
}

/* Takes n bytes from the port; those of a file that has failed are for nobody. */
static void take_data(unsigned id, size_t n)
{
    bool wanted = in.fd >= 0 && in.id == id;
    size_t all = n;
    while (n) {
        int there = 0;
        if (taken == used && ioctl(port, FIONREAD, &there) == 0 && (size_t)there < n &&
            there < BATCH) {
            usleep(PAUSE_US); /* being woken for each few bytes would take most of the time */
        }
        fill();
        size_t some = used - taken < n ? used - taken : n;
        if (wanted) {
            in.crc = crc32(in.crc, buffer + taken, some);
            if (!write_all(in.fd, buffer + taken, some)) {
                fail_put(strerror(errno));
                wanted = false;
            }
        }
        taken += some;
        n -= some;
    }
    if (wanted) {
        in.left -= all < in.left ? all : in.left;
        say("got %u %zu\n", id, all);
    }
}

static void end_put(unsigned id, uint32_t crc)
{
    char partial[sizeof in.path + sizeof PARTIAL];
    if (in.fd < 0 || in.id != id) {
        return;
    }
    partial_name(partial, sizeof partial);
    if (in.left || crc != in.crc) {
        fail_put("arrived damaged");
    } else if (rename(partial, in.path) != 0) {
        fail_put(strerror(errno));
    } else {
        close(in.fd);
        in.fd = -1;
        say("done %u %s\n", id, in.path);
    }
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

static void drop_get(void)
{
    if (out.fd >= 0) {
        close(out.fd);
        out.fd = -1;
    }
}

static void get(unsigned id, const char *path)
{
    struct stat st;
    const char *name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
    snprintf(out.path, sizeof out.path, "%s%s", *path == '/' ? "" : FOLDER "/", path);
    out.fd = open(out.path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (out.fd < 0 || fstat(out.fd, &st) != 0 || !S_ISREG(st.st_mode)) {
        say("fail %u %s: %s\n", id, path, out.fd < 0 ? strerror(errno) : "it is no ordinary file");
        drop_get();
        return;
    }
    out.id = id;
    out.crc = 0;
    say("file %u %lu %s\n", id, (unsigned long)st.st_size, name);
}

/* Reads on to the end, whatever the size: files of /proc say that they have none. */
static void send_some(void)
{
    uint8_t bytes[CHUNK];
    ssize_t n = read(out.fd, bytes, sizeof bytes);
    if (n > 0) {
        out.crc = crc32(out.crc, bytes, (size_t)n);
        say("data %u %zd\n", out.id, n);
        write_all(port, bytes, (size_t)n);
        return;
    }
    if (n < 0) {
        say("fail %u %s: %s\n", out.id, out.path, strerror(errno));
    } else {
        say("end %u %08lx\n", out.id, (unsigned long)out.crc);
    }
    drop_get();
}

static void offer(const char *path)
{
    struct stat st;
    if (stat(path, &st) == 0) {
        say("offer %lu %s\n", (unsigned long)st.st_size, path);
    }
}

/* -- Beginning, and going on -- */

/* Obeys `wake`; whether the line is that. */
static bool wake(const char *line)
{
    struct {
        int bits, size; /* as struct rand_pool_info has it */
        uint8_t bytes[32];
    } seed = { .bits = 256, .size = 32 };
    unsigned long seconds;
    unsigned ms;
    int at = -1;
    if (sscanf(line, "wake %lu %u %n", &seconds, &ms, &at) != 2 || at < 0) {
        return false;
    }
    struct timespec now = { .tv_sec = (time_t)seconds, .tv_nsec = (long)ms * 1000000 };
    clock_settime(CLOCK_REALTIME, &now);
    size_t n = 0;
    while (n < sizeof seed.bytes && sscanf(line + at + 2 * n, "%2hhx", &seed.bytes[n]) == 1) {
        n++;
    }
    int random = n == sizeof seed.bytes ? open(RANDOM, O_RDONLY | O_CLOEXEC) : -1;
    if (random >= 0) {
        ioctl(random, RNDADDENTROPY, &seed);
        ioctl(random, RNDRESEEDCRNG);
        close(random);
    }
    drop_put();
    drop_get();
    return true;
}

/* Says hello, with a key; gives the line that answers it. */
static void greet(char *answer, size_t size)
{
    struct timespec now;
    clock_gettime(CLOCK_BOOTTIME, &now);
    snprintf(answer, size, "start %lx%lx", (unsigned long)getpid(), (unsigned long)now.tv_nsec);
    say("\nhello 2 %s\n", answer + strlen("start "));
}

/* Says hello, and reads on to the line that answers it. */
static void say_hello(void)
{
    char line[1100], answer[40];
    greet(answer, sizeof answer);
    do {
        read_line(line, sizeof line);
        if (wake(line)) {
            greet(answer, sizeof answer);
        }
    } while (strcmp(line, answer) != 0);
}

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
    } else if (sscanf(line, "abort %u", &a) == 1) {
        if (a == in.id) {
            drop_put();
        }
        if (a == out.id) {
            drop_get();
        }
    } else if (wake(line)) {
        say_hello();
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

/* Another hostlink may have been killed in the middle of a file: that many bytes are lost. */
static void pad(void)
{
    static char padding[CHUNK];
    memset(padding, '\n', sizeof padding);
    write_all(port, padding, sizeof padding);
}

int main(void)
{
    static char line[1100], paths[4096];
    static size_t paths_used;
    open_port();
    if (mkfifo(PIPE, 0600) != 0) {
        pad();
    }
    say_hello();
    /* For writing, too, so that it never ends. */
    fifo = open(PIPE, O_RDWR | O_CLOEXEC);
    for (;;) {
        struct pollfd fds[] = { { .fd = port, .events = POLLIN },
                                { .fd = out.fd < 0 ? fifo : -1, .events = POLLIN } };
        if (taken == used && poll(fds, 2, out.fd < 0 ? -1 : 0) < 0 && errno != EINTR) {
            return 1;
        }
        if (taken != used || fds[0].revents) {
            read_line(line, sizeof line);
            obey(line);
        }
        if (fds[1].revents & POLLIN) {
            ssize_t n = read(fifo, paths + paths_used, 1);
            if (n == 1 && paths[paths_used] != '\n') {
                paths_used += paths_used < sizeof paths - 1;
            } else if (n == 1) {
                paths[paths_used] = 0;
                paths_used = 0;
                offer(paths);
            }
        } else if (out.fd >= 0) {
            send_some();
        }
    }
}
