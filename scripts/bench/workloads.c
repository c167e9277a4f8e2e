/* SPDX-License-Identifier: MIT */
/* The benchmark's programs for the guest: `workloads NAME` runs one and checks its own result. Each
 * takes some hundreds of millions of instructions on an ARMv5TE. Compiled once as ARM and once as
 * Thumb code. */
#define _POSIX_C_SOURCE 200809L

#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static uint32_t seed;

static uint32_t random32(void)
{
    seed = seed * 1664525u + 1013904223u;
    return seed >> 8 | seed << 24;
}

static uint32_t fold(uint32_t sum, uint32_t v)
{
    return (sum << 5 | sum >> 27) ^ v;
}

/* -- integer mix: sort, matrix, CRC, list, state machine -- */

static int compare(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

static uint32_t crc16(const uint8_t *p, unsigned n)
{
    uint32_t crc = 0xffff;
    while (n--) {
        crc ^= *p++;
        for (int i = 0; i < 8; i++) {
            crc = crc & 1 ? crc >> 1 ^ 0xa001 : crc >> 1;
        }
    }
    return crc;
}

struct node {
    struct node *next;
    uint32_t key;
};

static uint32_t list_pass(struct node *nodes, unsigned n)
{
    struct node *head = NULL;
    for (unsigned i = 0; i < n; i++) { /* insertion into a sorted list */
        struct node **p = &head;
        nodes[i].key = random32() & 0xfff;
        while (*p && (*p)->key < nodes[i].key) {
            p = &(*p)->next;
        }
        nodes[i].next = *p;
        *p = &nodes[i];
    }
    uint32_t sum = 0;
    for (struct node *e = head; e; e = e->next) {
        sum = fold(sum, e->key);
    }
    return sum;
}

/* Numbers in text, as a state machine. */
static uint32_t scan(const char *s)
{
    enum { START, SIGN, INT, FRACTION, EXPONENT, BAD } state = START;
    uint32_t counts[6] = { 0 };
    for (; *s; s++) {
        switch (state) {
        case START:
            state = *s == '+' || *s == '-'   ? SIGN
                    : *s >= '0' && *s <= '9' ? INT
                    : *s == '.'              ? FRACTION
                                             : BAD;
            break;
        case SIGN: state = *s >= '0' && *s <= '9' ? INT : *s == '.' ? FRACTION : BAD; break;
        case INT:
            state = *s == '.'                ? FRACTION
                    : *s == 'e'              ? EXPONENT
                    : *s >= '0' && *s <= '9' ? INT
                                             : BAD;
            break;
        case FRACTION:
            state = *s == 'e' ? EXPONENT : *s >= '0' && *s <= '9' ? FRACTION : BAD;
            break;
        case EXPONENT: state = *s >= '0' && *s <= '9' ? EXPONENT : BAD; break;
        case BAD: state = *s == ',' ? START : BAD; break;
        }
        counts[state]++;
    }
    uint32_t sum = 0;
    for (int i = 0; i < 6; i++) {
        sum = fold(sum, counts[i]);
    }
    return sum;
}

static uint32_t mix(void)
{
    static uint32_t values[4096];
    static int16_t a[40][40], b[40][40];
    static int32_t c[40][40];
    static struct node nodes[256];
    uint32_t sum = 0;
    for (int round = 0; round < 160; round++) {
        for (int i = 0; i < 4096; i++) {
            values[i] = random32();
        }
        qsort(values, 4096, sizeof values[0], compare);
        sum = fold(sum, values[round * 25]);
        sum = fold(sum, crc16((const uint8_t *)values, sizeof values));
        for (int i = 0; i < 40; i++) {
            for (int j = 0; j < 40; j++) {
                a[i][j] = (int16_t)random32();
                b[i][j] = (int16_t)random32();
            }
        }
        for (int i = 0; i < 40; i++) {
            for (int j = 0; j < 40; j++) {
                int32_t t = 0;
                for (int k = 0; k < 40; k++) {
                    t += a[i][k] * b[k][j];
                }
                c[i][j] = t;
            }
        }
        sum = fold(sum, (uint32_t)c[round % 40][39 - round % 40]);
        sum = fold(sum, list_pass(nodes, 256));
        for (int i = 0; i < 100; i++) {
            sum = fold(
                sum,
                scan("5012,1.5e3,-.4e9,bad,+7,8.e2x,0.1,-12345,99e1,123456.789e12,+,..,1e1e1,42"));
        }
    }
    return sum;
}

/* -- strings and structs -- */

struct record {
    struct record *next;
    int kind, number;
    char name[32];
};

static int classify(const struct record *r, char c)
{
    return r->name[r->number % 20] == c ? r->kind : r->number;
}

static uint32_t strings(void)
{
    static struct record records[3];
    uint32_t sum = 0;
    records[0].next = &records[1];
    records[1].next = &records[2];
    records[2].next = &records[0];
    struct record *r = records;
    for (int i = 0; i < 1500000; i++) {
        strcpy(r->name, i & 1 ? "SOME STRING OF THE PROGRAM" : "ANOTHER STRING OF THE SAME");
        r->kind = i % 5;
        r->number = i;
        *r->next = *r;
        r->next = &records[(i + 1) % 3];
        sum = fold(sum, (uint32_t)classify(r, 'S') +
                            (uint32_t)(strcmp(r->name, "SOME STRING OF THE PROGRAM") < 0));
        r = r->next;
    }
    return sum;
}

/* -- memory -- */

static uint32_t memory(void)
{
    static uint8_t from[1 << 20], to[1 << 20];
    uint32_t sum = 0;
    for (unsigned i = 0; i < sizeof from; i++) {
        from[i] = (uint8_t)random32();
    }
    for (unsigned size = 1; size <= sizeof from; size *= 2) {
        unsigned times = (16u << 20) / (size + 64);
        for (unsigned i = 0; i < times; i++) {
            unsigned at = (i * 97) & (sizeof from - size);
            memcpy(to + at, from + (at ^ (size & 3)) % (sizeof from - size + 1), size);
            memset(to + at, (int)i, size / 2);
        }
        sum = fold(sum, to[size / 2] + to[size - 1]);
    }
    return sum;
}

static uint32_t chase(void)
{
    enum { N = 1 << 20 }; /* 8 MB of pairs */
    uint32_t(*cell)[2] = malloc(N * sizeof *cell);
    if (!cell) {
        return 0;
    }
    for (uint32_t i = 0; i < N; i++) {
        cell[i][0] = (i * 2654435761u + 12345u) & (N - 1);
        cell[i][1] = i;
    }
    uint32_t at = 0, sum = 0;
    for (int i = 0; i < 12000000; i++) {
        sum += cell[at][1];
        at = cell[at][0] + (sum & 1);
        at &= N - 1;
    }
    free(cell);
    return sum;
}

/* -- floating point, by the library's integer code -- */

static uint32_t softfloat(void)
{
    double x = 0.5, sum = 0;
    for (int i = 1; i < 700000; i++) {
        x = 3.9 * x * (1.0 - x);
        sum += x / i;
    }
    return (uint32_t)(sum * 1000000);
}

/* -- an interpreter with one big switch -- */

static uint32_t interpreter(void)
{
    enum { PUSH, ADD, SUB, MUL, DUP, SWAP, LOOP, XOR, STORE, LOAD, STOP };
    static const uint8_t code[] = { LOAD, PUSH, 7,   MUL, PUSH, 3,    ADD,  DUP,  STORE, PUSH,
                                    13,   XOR,  DUP, SUB, ADD,  SWAP, LOAD, SWAP, LOOP,  STOP };
    int32_t stack[16] = { 0 };
    uint32_t memory_cell = 1, count = 3500000;
    int sp = 1;
    for (const uint8_t *p = code;;) {
        switch (*p++) {
        case PUSH: stack[sp++] = *p++; break;
        case ADD:
            sp--;
            stack[sp - 1] += stack[sp];
            break;
        case SUB:
            sp--;
            stack[sp - 1] -= stack[sp];
            break;
        case MUL:
            sp--;
            stack[sp - 1] = (int32_t)((uint32_t)stack[sp - 1] * (uint32_t)stack[sp]);
            break;
        case XOR:
            sp--;
            stack[sp - 1] ^= stack[sp];
            break;
        case DUP:
            stack[sp] = stack[sp - 1];
            sp++;
            break;
        case SWAP: {
            int32_t t = stack[sp - 1];
            stack[sp - 1] = stack[sp - 2];
            stack[sp - 2] = t;
            break;
        }
        case STORE: memory_cell = (uint32_t)stack[--sp] & 0xffff; break;
        case LOAD: stack[sp++] = (int32_t)memory_cell; break;
        case LOOP:
            sp = 1;
            if (--count) {
                p = code;
            }
            break;
        case STOP: return memory_cell;
        }
    }
}

/* -- recursion -- */

static uint32_t fibonacci(uint32_t n)
{
    return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
}

static uint32_t recursion(void)
{
    return fibonacci(36);
}

/* -- the system -- */

/* A byte to and fro between two processes: two context switches a round. */
static uint32_t ping_pong(void)
{
    int there[2], back[2];
    uint8_t byte = 0;
    if (pipe(there) || pipe(back)) {
        return 0;
    }
    pid_t child = fork();
    if (child == 0) {
        while (read(there[0], &byte, 1) == 1) {
            byte++;
            if (write(back[1], &byte, 1) != 1) {
                break;
            }
        }
        _exit(0);
    }
    uint32_t sum = 0;
    for (int i = 0; i < 5000; i++) {
        byte = (uint8_t)(i & 0x7f);
        if (write(there[1], &byte, 1) != 1 || read(back[0], &byte, 1) != 1) {
            return 0;
        }
        sum = fold(sum, byte);
    }
    close(there[1]);
    close(there[0]);
    kill(child, 9);
    waitpid(child, NULL, 0);
    return sum;
}

static uint32_t sleeps(void)
{
    struct timespec ts = { 0, 20000 };
    uint32_t n = 0;
    for (int i = 0; i < 10000; i++) {
        n += nanosleep(&ts, NULL) == 0;
    }
    return n;
}

static const struct {
    const char *name;
    uint32_t (*run)(void);
    uint32_t result;
} workloads[] = {
    { "mix", mix, 0x7341a4bf },
    { "strings", strings, 0x37923b50 },
    { "memory", memory, 0x66830706 },
    { "chase", chase, 0xd9202a00 },
    { "softfloat", softfloat, 0x007fcc71 },
    { "interpreter", interpreter, 0x00004781 },
    { "recursion", recursion, 0x00e3d1b0 },
    { "ping_pong", ping_pong, 0x864218e0 },
    { "sleeps", sleeps, 10000 },
};

int main(int argc, char **argv)
{
    for (unsigned i = 0; argc == 2 && i < sizeof workloads / sizeof workloads[0]; i++) {
        if (strcmp(argv[1], workloads[i].name) == 0) {
            uint32_t result = workloads[i].run();
            printf("%s %08x\n", argv[1], (unsigned)result);
            return result == workloads[i].result ? 0 : 1;
        }
    }
    fprintf(stderr, "usage: workloads NAME\n");
    return 2;
}
