/* SPDX-License-Identifier: MIT */
/* The host is JavaScript: a page, a worker or node. Its event loop must never wait for us.
 *
 * main() parses the arguments, makes the machine and returns. Then JavaScript calls the functions
 * of host/js.h; one call of tqemu_slice() runs one slice and returns how long to wait. Standard
 * input and output and the channels are buffers in our memory, which JavaScript fills and empties
 * between slices. */
#include "host/js.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "host/host.h"
#include "util/timer.h"

/* Functions of Emscripten's C library beyond ISO C: milliseconds of a monotonic clock, and since
 * 1970; random bytes (not 0: there are none); more memory, zeroed, after the present end ((void
 * *)-1: there is none). */
double emscripten_get_now(void);
double emscripten_date_now(void);
int getentropy(void *bytes, size_t n);
void *sbrk(intptr_t increment);

#define OUT_START ((size_t)64 << 10)
#define RUNNING   (-1)

static HostProgram program;
static int status = RUNNING;

static int64_t slice_end;  /* host clock: when JavaScript wants control back */
static bool waits;         /* the guest is idle until wait_end or until input comes */
static int64_t wait_end;   /* host clock, or INT64_MAX */
static unsigned wait_what; /* HOST_INPUT, or 0 */
static bool news;          /* input has come since the last host_wait() */

/* bytes[done] to bytes[used - 1] are waiting. */
typedef struct Buffer {
    uint8_t *bytes;
    size_t size, used, done;
} Buffer;

enum { CONSOLE, CHANNELS, SERIAL_PORTS = 4, WAYS = CHANNELS + SERIAL_PORTS + 1 };

typedef struct Way {
    Buffer in, out;
} Way;

static Way ways[WAYS];

/* Makes room for n more bytes; false: no memory. */
static bool buffer_grow(Buffer *b, size_t n)
{
    if (b->done == b->used) {
        b->done = b->used = 0;
    }
    if (b->size - b->used >= n) {
        return true;
    }
    size_t kept = b->used - b->done;
    if (n > SIZE_MAX / 2 - kept) {
        return false;
    }
    size_t size = b->size > OUT_START ? b->size : OUT_START;
    while (size - kept < n) {
        size *= 2;
    }
    uint8_t *bytes = malloc(size);
    if (!bytes) {
        return false;
    }
    if (kept) {
        memcpy(bytes, b->bytes + b->done, kept);
    }
    free(b->bytes);
    *b = (Buffer){ bytes, size, kept, 0 };
    return true;
}

/* -- Memory -- */

/* The linker redirects calloc() and free() to the __wrap functions. Large blocks, the guest's
 * memory, come from sbrk(): that memory is zero already and costs nothing until it is touched,
 * while calloc() would write all of it. They are never freed. */
#define LARGE     ((size_t)1 << 20)
#define MAX_LARGE 8
#define PAGE      ((size_t)1 << 16)

static uintptr_t large[MAX_LARGE];
static unsigned large_count;

void *__real_calloc(size_t n, size_t size);
void *__wrap_calloc(size_t n, size_t size);
void __real_free(void *p);
void __wrap_free(void *p);

void *__wrap_calloc(size_t n, size_t size)
{
    if (size == 0 || n < LARGE / size || n > (SIZE_MAX / 2) / size || large_count == MAX_LARGE) {
        return __real_calloc(n, size);
    }
    size_t whole = (n * size + PAGE - 1) / PAGE * PAGE;
    char *p = sbrk((intptr_t)whole);
    if ((intptr_t)p == -1) {
        return NULL;
    }
    large[large_count++] = (uintptr_t)p;
    return p;
}

void __wrap_free(void *p)
{
    for (unsigned i = 0; i < large_count; i++) {
        if (large[i] == (uintptr_t)p) {
            return;
        }
    }
    __real_free(p);
}

/* -- What JavaScript calls -- */

uint8_t *tqemu_input(unsigned way, size_t n)
{
    if (way >= WAYS || !buffer_grow(&ways[way].in, n)) {
        return NULL;
    }
    Buffer *in = &ways[way].in;
    uint8_t *room = in->bytes + in->used;
    in->used += n;
    news = true;
    if (wait_what & HOST_INPUT || way != CONSOLE) {
        waits = false;
    }
    return room;
}

const uint8_t *tqemu_output(unsigned way)
{
    return way < WAYS ? ways[way].out.bytes : NULL;
}

size_t tqemu_output_size(unsigned way)
{
    return way < WAYS ? ways[way].out.used : 0;
}

double tqemu_slice(double ms)
{
    if (status != RUNNING) {
        return -1;
    }
    for (unsigned i = 0; i < WAYS; i++) {
        ways[i].out.used = 0;
    }
    int64_t now = host_clock();
    if (waits && now < wait_end) {
        return wait_end == INT64_MAX ? HUGE_VAL : (double)(wait_end - now) / NS_PER_MS;
    }
    waits = false;
    slice_end = now + (int64_t)(ms * NS_PER_MS);
    if (program.run(program.opaque)) {
        status = program.finish(program.opaque);
        return -1;
    }
    if (!waits) {
        return 0;
    }
    now = host_clock();
    return wait_end == INT64_MAX ? HUGE_VAL
           : wait_end > now      ? (double)(wait_end - now) / NS_PER_MS
                                 : 0;
}

int tqemu_status(void)
{
    return status;
}

int tqemu_save(const char *path)
{
    return status == RUNNING && program.save && program.save(program.opaque, path);
}

double tqemu_instructions(void)
{
    return status == RUNNING && program.insns ? (double)program.insns(program.opaque) : 0;
}

/* -- What the program calls -- */

void host_init(void)
{
}

bool host_check_streams(void)
{
    return true;
}

bool host_same_file(const char *path, const char *other)
{
    return strcmp(path, other) == 0;
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
    (void)console, (void)raw;
    return true;
}

void host_close(void)
{
}

/* No key is special: the page has buttons. */
bool host_is_terminal(void)
{
    return false;
}

bool host_read_waits(void)
{
    return false;
}

int host_read(uint8_t *bytes, size_t n)
{
    Buffer *in = &ways[CONSOLE].in;
    size_t left = in->used - in->done;
    if (n > left) {
        n = left;
    }
    if (n) {
        memcpy(bytes, in->bytes + in->done, n);
        in->done += n;
    }
    return (int)n;
}

int host_write(const uint8_t *bytes, size_t n, const char **why)
{
    Buffer *out = &ways[CONSOLE].out;
    if (!buffer_grow(out, n)) {
        *why = "there is no memory for more output";
        return HOST_EOF;
    }
    memcpy(out->bytes + out->used, bytes, n);
    out->used += n;
    return (int)n;
}

static bool channel_pending(void *opaque)
{
    const Way *way = opaque;
    return way->in.done < way->in.used;
}

static bool channel_get(void *opaque, uint8_t *byte)
{
    Buffer *in = &((Way *)opaque)->in;
    if (!channel_pending(opaque)) {
        return false;
    }
    *byte = in->bytes[in->done++];
    return true;
}

/* A byte is lost if there is no memory; the other end has a checksum. */
static void channel_put(void *opaque, uint8_t byte)
{
    Buffer *out = &((Way *)opaque)->out;
    if (buffer_grow(out, 1)) {
        out->bytes[out->used++] = byte;
    }
}

/* What a page shows of standard error are messages to its user. */
int host_write_error(const uint8_t *bytes, size_t n)
{
    (void)bytes, (void)n;
    return HOST_EOF;
}

bool host_is_tty(FILE *stream)
{
    (void)stream;
    return false;
}

const char *host_temp_folder(void)
{
    return "/tmp";
}

Chardev *host_channel(unsigned port)
{
    static Chardev channels[SERIAL_PORTS + 1];
    if (port == HOST_CHANNEL_GDB) {
        port = SERIAL_PORTS;
    } else if (port >= SERIAL_PORTS) {
        return NULL;
    }
    channels[port] = (Chardev){
        .get = channel_get,
        .pending = channel_pending,
        .put = channel_put,
        .opaque = &ways[CHANNELS + port],
    };
    return &channels[port];
}

void host_wait(int64_t ns, unsigned what)
{
    int64_t now = host_clock();
    /* Input that came between two slices of a busy guest ended no wait, and the program has not
     * read it. It reads after a wait, so this one must end at once. */
    waits = !news;
    news = false;
    wait_end = ns < INT64_MAX - now ? now + ns : INT64_MAX;
    wait_what = what;
}

bool host_yield(void)
{
    return waits || host_clock() >= slice_end;
}

int64_t host_clock(void)
{
    return (int64_t)(emscripten_get_now() * (double)NS_PER_MS);
}

int64_t host_wall_clock(void)
{
    return (int64_t)emscripten_date_now();
}

bool host_random(uint8_t *bytes, size_t n)
{
    for (size_t some; n; bytes += some, n -= some) {
        some = n < 256 ? n : 256; /* what one call gives at most */
        if (getentropy(bytes, some) != 0) {
            return false;
        }
    }
    return true;
}

bool host_interrupted(void)
{
    return false;
}

int host_run(const HostProgram *p)
{
    program = *p;
    return 0;
}

int host_finish(int result)
{
    return result;
}
