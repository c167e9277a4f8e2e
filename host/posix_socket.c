/* SPDX-License-Identifier: MIT */
/* Sockets and pseudo-terminals as the other end of a serial port or of the monitor.
 *
 * One peer at a time: a server accepts the next one when its peer has gone. What the guest sends
 * while nobody is connected is lost, as it is on a cable. A peer that does not read stops the
 * guest, which a signal ends; nothing is lost. */
#define _XOPEN_SOURCE 700
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <termios.h>
#include <unistd.h>

#include "host/host.h"
#include "host/posix.h"
#include "util/log.h"

#define MAX_STREAMS 24
#define NOTICE_MS   100 /* how often a blocked write looks for a signal */
#define FOR_EVER    UINT_MAX
#define LAST_WAITS  10u /* at the end of the run: a second */

/* Telnet commands (RFC 854) and options. */
enum { SE = 240, BREAK = 243, SB = 250, WILL = 251, DONT = 254, IAC = 255 };

typedef enum TelnetState {
    TELNET_DATA,
    TELNET_IAC,     /* after IAC */
    TELNET_OPTION,  /* after IAC WILL and the like */
    TELNET_SUB,     /* in a subnegotiation */
    TELNET_SUB_IAC, /* after IAC there */
} TelnetState;

typedef struct Stream {
    Chardev chr;
    HostSocket what;
    int listener, fd; /* -1: none */
    TelnetState telnet;
    bool brk;
    bool opened;         /* a peer has come, which take_open() has not told */
    size_t first, count; /* of `in` */
    size_t used;         /* of `out` */
    uint8_t in[4096], out[4096];
} Stream;

static Stream *streams[MAX_STREAMS];
static unsigned stream_count;

static void hang_up(Stream *s)
{
    if (!s->what.pty) {
        close(s->fd);
        s->fd = -1;
    }
    s->used = 0;
    s->telnet = TELNET_DATA;
}

/* Whether somebody has the pseudo-terminal's other side open, or a peer is connected. */
static bool connected(const Stream *s)
{
    struct pollfd p = { .fd = s->fd };
    return s->fd >= 0 && !(s->what.pty && poll(&p, 1, 0) > 0 && p.revents & POLLHUP);
}

/* Writes what is buffered; waits while some of it is left, `waits` times NOTICE_MS or until a
 * signal comes. */
static void write_out(Stream *s, unsigned waits)
{
    size_t done = 0;
    while (done < s->used && connected(s)) {
        ssize_t n = write(s->fd, s->out + done, s->used - done);
        if (n > 0) {
            done += (size_t)n;
        } else if (n < 0 && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR) {
            hang_up(s);
            return;
        } else {
            struct pollfd p = { .fd = s->fd, .events = POLLOUT };
            if (waits == 0 || host_interrupted()) {
                break;
            }
            waits -= waits != FOR_EVER;
            poll(&p, 1, NOTICE_MS);
        }
    }
    if (!connected(s)) {
        done = s->used;
    }
    memmove(s->out, s->out + done, s->used - done);
    s->used -= done;
}

static bool stream_pending(void *opaque)
{
    const Stream *s = opaque;
    return s->count != 0;
}

static bool stream_get(void *opaque, uint8_t *byte)
{
    Stream *s = opaque;
    if (s->count == 0) {
        return false;
    }
    *byte = s->in[s->first++];
    s->count--;
    return true;
}

static void put_raw(Stream *s, uint8_t byte)
{
    if (s->used == sizeof s->out) {
        write_out(s, FOR_EVER);
    }
    if (s->used < sizeof s->out) {
        s->out[s->used++] = byte;
    }
}

static void stream_put(void *opaque, uint8_t byte)
{
    Stream *s = opaque;
    if (s->fd < 0) {
        return;
    }
    put_raw(s, byte);
    if (s->what.telnet && byte == IAC) {
        put_raw(s, IAC);
    }
}

static bool stream_connected(void *opaque)
{
    return connected(opaque);
}

static bool stream_take_break(void *opaque)
{
    Stream *s = opaque;
    bool brk = s->brk;
    s->brk = false;
    return brk;
}

static bool stream_take_open(void *opaque)
{
    Stream *s = opaque;
    bool opened = s->opened;
    s->opened = false;
    return opened;
}

static bool stream_flush(void *opaque)
{
    write_out(opaque, 0);
    return true;
}

Chardev *host_socket(const HostSocket *what)
{
    Stream *s = stream_count < MAX_STREAMS ? calloc(1, sizeof *s) : NULL;
    if (!s) {
        return NULL;
    }
    s->chr = (Chardev){ .get = stream_get,
                        .pending = stream_pending,
                        .put = stream_put,
                        .connected = stream_connected,
                        .take_break = stream_take_break,
                        .take_open = stream_take_open,
                        .flush = stream_flush,
                        .opaque = s };
    s->what = *what;
    s->listener = s->fd = -1;
    streams[stream_count++] = s;
    return &s->chr;
}

static bool report(const Stream *s, const char *what, const char *why)
{
    error_report("%s: %s '%s%s%s': %s: choose another", s->what.option, what,
                 s->what.path ? s->what.path : s->what.host, s->what.path ? "" : ":",
                 s->what.path ? "" : s->what.port, why);
    return false;
}

static void set_up(int fd)
{
    fcntl(fd, F_SETFD, FD_CLOEXEC);
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
}

/* A peer has come. */
static void greet(Stream *s)
{
    /* We echo, suppress go-ahead, and send and take all bytes. */
    static const uint8_t options[] = { IAC, WILL, 1, IAC, WILL, 3, IAC, WILL, 0, IAC, 253, 0 };
    int on = 1;
    set_up(s->fd);
    s->opened = true;
    if (!s->what.path && s->what.nodelay) {
        setsockopt(s->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    }
    for (size_t i = 0; s->what.telnet && i < sizeof options; i++) {
        put_raw(s, options[i]);
    }
}

/* Binds or connects to one address; returns the socket, or -1 with errno set. */
static int try_address(const Stream *s, int family, const struct sockaddr *address, socklen_t len)
{
    int on = 1;
    int fd = socket(family, SOCK_STREAM, 0);
    if (fd < 0) {
        return -1;
    }
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (s->what.server ? bind(fd, address, len) == 0 && listen(fd, 1) == 0
                       : connect(fd, address, len) == 0) {
        return fd;
    }
    int error = errno;
    close(fd);
    errno = error;
    return -1;
}

static const char *action(const Stream *s)
{
    return s->what.server ? "cannot listen on" : "cannot connect to";
}

static bool open_unix(Stream *s, int *fd)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    struct stat st;
    if (strlen(s->what.path) >= sizeof address.sun_path) {
        return report(s, action(s), "the name is too long");
    }
    memcpy(address.sun_path, s->what.path, strlen(s->what.path));
    /* One that an earlier run has left is in the way. */
    if (s->what.server && lstat(s->what.path, &st) == 0 && S_ISSOCK(st.st_mode)) {
        unlink(s->what.path);
    }
    *fd = try_address(s, AF_UNIX, (struct sockaddr *)&address, sizeof address);
    return *fd >= 0 || report(s, action(s), strerror(errno));
}

static bool open_tcp(Stream *s, int *fd)
{
    struct addrinfo hints = { .ai_socktype = SOCK_STREAM,
                              .ai_flags = s->what.server ? AI_PASSIVE : 0 };
    struct addrinfo *list;
    int error = getaddrinfo(*s->what.host ? s->what.host : NULL, s->what.port, &hints, &list);
    if (error) {
        return report(s, action(s), gai_strerror(error));
    }
    *fd = -1;
    /* As QEMU: the first that works, IPv4 addresses before others. */
    for (int others = 0; others < 2 && *fd < 0; others++) {
        for (struct addrinfo *a = list; a && *fd < 0; a = a->ai_next) {
            if ((a->ai_family != AF_INET) == others) {
                *fd = try_address(s, a->ai_family, a->ai_addr, a->ai_addrlen);
            }
        }
    }
    error = errno;
    freeaddrinfo(list);
    return *fd >= 0 || report(s, action(s), strerror(error));
}

static bool open_pty(Stream *s)
{
    struct termios mode;
    s->fd = posix_openpt(O_RDWR | O_NOCTTY);
    const char *name =
        s->fd >= 0 && grantpt(s->fd) == 0 && unlockpt(s->fd) == 0 ? ptsname(s->fd) : NULL;
    int other = name ? open(name, O_RDWR | O_NOCTTY) : -1;
    if (other < 0 || tcgetattr(other, &mode) < 0) {
        error_report("%s: pty: %s: use another chardev", s->what.option, strerror(errno));
        return false;
    }
    mode.c_iflag &= (tcflag_t) ~(BRKINT | ICRNL | INPCK | ISTRIP | IXON);
    mode.c_oflag &= (tcflag_t)~OPOST;
    mode.c_lflag &= (tcflag_t) ~(ECHO | ICANON | IEXTEN | ISIG);
    tcsetattr(other, TCSANOW, &mode);
    close(other);
    set_up(s->fd);
    printf("char device redirected to %s (label %s)\n", name, s->what.label);
    fflush(stdout);
    return true;
}

/* Says where a peer can connect, and waits for it: no signal is handled yet, so one ends us. */
static void wait_for_peer(Stream *s)
{
    const char *protocol = s->what.path ? "unix" : s->what.telnet ? "telnet" : "tcp";
    char host[64] = "", port[8] = "";
    struct sockaddr_storage address;
    socklen_t len = sizeof address;
    if (!s->what.path && getsockname(s->listener, (struct sockaddr *)&address, &len) == 0) {
        getnameinfo((struct sockaddr *)&address, len, host, sizeof host, port, sizeof port,
                    NI_NUMERICHOST | NI_NUMERICSERV);
    }
    error_report("%s: info: QEMU waiting for connection on: disconnected:%s:%s%s%s,server=on",
                 s->what.option, protocol, s->what.path ? s->what.path : host,
                 s->what.path ? "" : ":", port);
    while (s->fd < 0) {
        s->fd = accept(s->listener, NULL, NULL);
    }
    greet(s);
}

static bool open_stream(Stream *s)
{
    int fd = -1;
    if (s->what.pty) {
        return open_pty(s);
    }
    if (s->what.path ? !open_unix(s, &fd) : !open_tcp(s, &fd)) {
        return false;
    }
    if (!s->what.server) {
        s->fd = fd;
        greet(s);
        return true;
    }
    s->listener = fd;
    if (s->what.wait) {
        wait_for_peer(s);
    }
    set_up(s->listener);
    return true;
}

bool host_sockets_open(void)
{
    for (unsigned i = 0; i < stream_count; i++) {
        if (!open_stream(streams[i])) {
            return false;
        }
    }
    return true;
}

/* Takes one byte of a Telnet connection; true: it is data. */
static bool telnet_byte(Stream *s, uint8_t byte)
{
    switch (s->telnet) {
    case TELNET_DATA:
        if (byte != IAC) {
            return true;
        }
        s->telnet = TELNET_IAC;
        return false;
    case TELNET_IAC:
        s->telnet = byte == SB                     ? TELNET_SUB
                    : byte >= WILL && byte <= DONT ? TELNET_OPTION
                                                   : TELNET_DATA;
        s->brk = s->brk || byte == BREAK;
        return byte == IAC;
    case TELNET_OPTION: s->telnet = TELNET_DATA; return false;
    case TELNET_SUB: s->telnet = byte == IAC ? TELNET_SUB_IAC : TELNET_SUB; return false;
    case TELNET_SUB_IAC: s->telnet = byte == SE ? TELNET_DATA : TELNET_SUB; return false;
    }
    return false;
}

/* Takes input, once the last is used up. */
static void read_in(Stream *s)
{
    if (s->count || !connected(s)) {
        return;
    }
    ssize_t n = read(s->fd, s->in, sizeof s->in);
    if (n == 0 || (n < 0 && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR)) {
        hang_up(s);
        return;
    }
    s->first = 0;
    for (ssize_t i = 0; i < n; i++) {
        if (!s->what.telnet || telnet_byte(s, s->in[i])) {
            s->in[s->count++] = s->in[i];
        }
    }
}

void host_sockets_poll(void)
{
    for (unsigned i = 0; i < stream_count; i++) {
        Stream *s = streams[i];
        if (s->fd < 0 && s->listener >= 0) {
            s->fd = accept(s->listener, NULL, NULL);
            if (s->fd >= 0) {
                greet(s);
            }
        }
        read_in(s);
        write_out(s, 0);
    }
}

bool posix_sockets_wait(void (*add)(void *opaque, int fd, bool out), void *opaque)
{
    bool ask = false;
    for (unsigned i = 0; i < stream_count; i++) {
        const Stream *s = streams[i];
        if (s->fd < 0 && s->listener >= 0) {
            add(opaque, s->listener, false);
        } else if (!connected(s)) {
            ask = ask || s->what.pty; /* nothing tells when its other side is opened */
        } else {
            if (s->count == 0) {
                add(opaque, s->fd, false);
            }
            if (s->used) {
                add(opaque, s->fd, true);
            }
        }
    }
    return ask;
}

void posix_sockets_close(void)
{
    for (unsigned i = 0; i < stream_count; i++) {
        Stream *s = streams[i];
        write_out(s, LAST_WAITS);
        if (s->listener >= 0 && s->what.path) {
            unlink(s->what.path);
        }
        if (s->fd >= 0) {
            close(s->fd);
        }
        if (s->listener >= 0) {
            close(s->listener);
        }
        free(s);
    }
    stream_count = 0;
}
