/* SPDX-License-Identifier: MIT */
/* Integer code of many kinds for the profiles that superinstructions are chosen by: text, tables,
 * trees, heaps, bits, 64-bit arithmetic. Compiled as A32 and as Thumb code. None of it is a
 * benchmark, and none may become one. */
#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint32_t seed = 1;
static uint32_t noise(void)
{
    seed ^= seed << 13;
    seed ^= seed >> 17;
    seed ^= seed << 5;
    return seed;
}

#define TEXT 60000
static char text[TEXT + 1];

static void make_text(void)
{
    static const char *const syllables[] = {
        "ka", "to", "mer", "in", "sol", "ve", "a", "ri", "nd"
    };
    size_t n = 0;
    while (n + 20 < TEXT) {
        for (unsigned i = 1 + noise() % 4; i > 0; i--) {
            const char *s = syllables[noise() % 9];
            memcpy(text + n, s, strlen(s));
            n += strlen(s);
        }
        text[n++] = noise() % 9 ? ' ' : '\n';
    }
    text[n] = '\0';
}

/* -- Words: counted in a hash table with chains, then sorted -- */

typedef struct Word {
    struct Word *next;
    unsigned count;
    char name[24];
} Word;
static Word *table[1024];

static unsigned hash(const char *s, size_t n)
{
    unsigned h = 5381;
    while (n--) {
        h = h * 33 ^ (unsigned char)*s++;
    }
    return h;
}

static Word *find(const char *s, size_t n)
{
    Word **w = &table[hash(s, n) % 1024];
    while (*w && (strncmp((*w)->name, s, n) != 0 || (*w)->name[n])) {
        w = &(*w)->next;
    }
    if (!*w) {
        *w = calloc(1, sizeof **w);
        memcpy((*w)->name, s, n);
    }
    return *w;
}

static int by_count(const void *a, const void *b)
{
    const Word *x = *(Word *const *)a, *y = *(Word *const *)b;
    return x->count != y->count ? (x->count < y->count) - (x->count > y->count)
                                : strcmp(x->name, y->name);
}

static unsigned words(void)
{
    static Word *all[8192];
    unsigned n = 0, sum = 0;
    for (const char *p = text; *p;) {
        const char *start = p;
        while (isalpha((unsigned char)*p)) {
            p++;
        }
        if (p > start) {
            find(start, p - start < 23 ? (size_t)(p - start) : 23)->count++;
        }
        p += *p != '\0';
    }
    for (unsigned i = 0; i < 1024; i++) {
        for (Word *w = table[i]; w && n < 8192; w = w->next) {
            all[n++] = w;
        }
    }
    qsort(all, n, sizeof all[0], by_count);
    for (unsigned i = 0; i < n; i++) {
        char line[64];
        sum +=
            (unsigned)snprintf(line, sizeof line, "%-12s %5u %x\n", all[i]->name, all[i]->count, i);
    }
    return sum;
}

/* -- Distances between strings, by a table of two rows -- */

static unsigned distance(const char *a, unsigned n, const char *b, unsigned m)
{
    static uint16_t rows[2][256];
    uint16_t *old = rows[0], *new = rows[1];
    for (unsigned j = 0; j <= m; j++) {
        old[j] = (uint16_t)j;
    }
    for (unsigned i = 1; i <= n; i++) {
        new[0] = (uint16_t)i;
        for (unsigned j = 1; j <= m; j++) {
            unsigned best = old[j - 1] + (a[i - 1] != b[j - 1]);
            best = old[j] + 1u < best ? old[j] + 1u : best;
            new[j] = (uint16_t)(new[j - 1] + 1u < best ? new[j - 1] + 1u : best);
        }
        uint16_t *swap = old;
        old = new;
        new = swap;
    }
    return old[m];
}

/* -- A balanced tree (treap), a heap, a list -- */

typedef struct Node {
    struct Node *child[2];
    uint32_t key, priority;
} Node;

static Node *insert(Node *t, uint32_t key)
{
    if (!t) {
        t = calloc(1, sizeof *t);
        t->key = key;
        t->priority = noise();
        return t;
    }
    unsigned right = key > t->key;
    t->child[right] = insert(t->child[right], key);
    if (t->child[right]->priority > t->priority) {
        Node *up = t->child[right];
        t->child[right] = up->child[!right];
        up->child[!right] = t;
        return up;
    }
    return t;
}

static unsigned tree(void)
{
    Node *root = NULL;
    unsigned hits = 0;
    for (unsigned i = 0; i < 4000; i++) {
        root = insert(root, noise() % 20000);
    }
    for (unsigned i = 0; i < 20000; i++) {
        const Node *t = root;
        while (t && t->key != i) {
            t = t->child[i > t->key];
        }
        hits += t != NULL;
    }
    return hits;
}

static unsigned shortest_ways(void)
{
    enum { SIDE = 48, NODES = SIDE * SIDE };
    static uint32_t cost[NODES], far[NODES], heap[NODES * 8];
    unsigned n = 0;
    for (unsigned i = 0; i < NODES; i++) {
        cost[i] = 1 + noise() % 9;
        far[i] = UINT32_MAX;
    }
    far[0] = 0;
    heap[n++] = 0;
    while (n) {
        uint32_t top = heap[0], last = heap[--n], at = top & 0xfff;
        unsigned i = 0;
        for (unsigned c; (c = 2 * i + 1) < n; i = c) {
            c += c + 1 < n && heap[c + 1] < heap[c];
            if (last <= heap[c]) {
                break;
            }
            heap[i] = heap[c];
        }
        heap[i] = last;
        if (top >> 12 != far[at]) {
            continue;
        }
        static const int step[] = { 1, -1, SIDE, -SIDE };
        for (unsigned k = 0; k < 4; k++) {
            int to = (int)at + step[k];
            if (to < 0 || to >= NODES || n >= NODES * 8 || far[at] + cost[to] >= far[to]) {
                continue;
            }
            far[to] = far[at] + cost[to];
            uint32_t value = far[to] << 12 | (uint32_t)to;
            unsigned j = n++;
            for (; j > 0 && heap[(j - 1) / 2] > value; j = (j - 1) / 2) {
                heap[j] = heap[(j - 1) / 2];
            }
            heap[j] = value;
        }
    }
    return far[NODES - 1];
}

/* -- Packing: matches found by a hash of three bytes, and base64 -- */

static unsigned pack(const uint8_t *in, unsigned n, uint8_t *out)
{
    static uint16_t head[4096];
    unsigned o = 0;
    memset(head, 0, sizeof head);
    for (unsigned i = 0; i + 3 < n;) {
        unsigned h = (in[i] << 8 ^ in[i + 1] << 4 ^ in[i + 2]) & 4095, from = head[h], length = 0;
        head[h] = (uint16_t)i;
        while (from < i && i + length < n && length < 255 && in[from + length] == in[i + length]) {
            length++;
        }
        if (length > 3) {
            out[o++] = 255;
            out[o++] = (uint8_t)length;
            out[o++] = (uint8_t)(i - from);
            out[o++] = (uint8_t)((i - from) >> 8);
            i += length;
        } else {
            out[o++] = in[i++];
        }
    }
    return o;
}

static unsigned base64(const uint8_t *in, unsigned n, char *out)
{
    static const char digit[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char *o = out;
    for (; n >= 3; n -= 3, in += 3) {
        uint32_t v = (uint32_t)in[0] << 16 | in[1] << 8 | in[2];
        *o++ = digit[v >> 18];
        *o++ = digit[v >> 12 & 63];
        *o++ = digit[v >> 6 & 63];
        *o++ = digit[v & 63];
    }
    return (unsigned)(o - out);
}

/* -- A parser by recursive descent, and what it calls through pointers -- */

static const char *source;
typedef int32_t Operation(int32_t, int32_t);
static int32_t plus(int32_t a, int32_t b)
{
    return (int32_t)((uint32_t)a + (uint32_t)b);
}
static int32_t minus(int32_t a, int32_t b)
{
    return (int32_t)((uint32_t)a - (uint32_t)b);
}
static int32_t times(int32_t a, int32_t b)
{
    return (int32_t)((uint32_t)a * (uint32_t)b);
}
static int32_t over(int32_t a, int32_t b)
{
    return b > 0 ? a / b : a;
}

static int32_t expression(int level)
{
    static const char *const signs[] = { "+-", "*/" };
    static Operation *const operations[][2] = { { plus, minus }, { times, over } };
    int32_t value = 0;
    if (level == 2) {
        if (*source == '(') {
            source++;
            value = expression(0);
            source += *source == ')';
        } else {
            while (isdigit((unsigned char)*source)) {
                value = value * 10 + (*source++ - '0');
            }
        }
        return value;
    }
    value = expression(level + 1);
    for (const char *s; *source && (s = strchr(signs[level], *source));) {
        source++;
        value = operations[level][s - signs[level]](value, expression(level + 1));
    }
    return value;
}

/* -- Numbers: of 64 bits and longer, bits, a transform of blocks of 8 by 8 -- */

static unsigned numbers(void)
{
    static uint32_t big[64], product[128];
    uint64_t state = 42, sum = 0;
    for (unsigned i = 0; i < 2000; i++) {
        state = state * UINT64_C(6364136223846793005) + 1442695040888963407;
        sum += state / (i + 3) ^ state % (i * 77 + 1);
        sum ^= sum << 23 | sum >> 41;
        big[i % 64] = (uint32_t)(state >> 32);
    }
    for (unsigned i = 0; i < 64; i++) {
        uint64_t carry = 0;
        for (unsigned j = 0; j < 64; j++) {
            carry += (uint64_t)big[i] * big[j] + product[i + j];
            product[i + j] = (uint32_t)carry;
            carry >>= 32;
        }
        product[i + 64] = (uint32_t)carry;
    }
    unsigned bits = 0;
    for (unsigned i = 0; i < 128; i++) {
        for (uint32_t v = product[i]; v; v &= v - 1) {
            bits++;
        }
    }
    return bits + (unsigned)sum;
}

static unsigned transform(void)
{
    static int16_t block[64];
    unsigned sum = 0;
    for (unsigned n = 0; n < 300; n++) {
        for (unsigned i = 0; i < 64; i++) {
            block[i] = (int16_t)((int)(noise() % 256) - 128);
        }
        for (unsigned pass = 0; pass < 2; pass++) {
            for (unsigned i = 0; i < 8; i++) {
                int16_t *p = pass ? block + i : block + 8 * i;
                unsigned s = pass ? 8 : 1;
                int a = p[0] + p[7 * s], b = p[s] + p[6 * s], c = p[2 * s] + p[5 * s],
                    d = p[3 * s] + p[4 * s], e = p[0] - p[7 * s], f = p[s] - p[6 * s];
                p[0] = (int16_t)(a + b + c + d);
                p[4 * s] = (int16_t)(a - b - c + d);
                p[2 * s] = (int16_t)(((a - d) * 139 + (b - c) * 58) >> 7);
                p[s] = (int16_t)((e * 126 + f * 106) >> 7);
                p[6 * s] = (int16_t)(p[6 * s] > 99 ? 99 : p[6 * s] < -99 ? -99 : p[6 * s]);
            }
        }
        sum += (unsigned)(block[0] + block[9] * 3);
    }
    return sum;
}

static unsigned sieve(void)
{
    static uint32_t composite[20000 / 32];
    unsigned primes = 0;
    memset(composite, 0, sizeof composite);
    for (unsigned i = 2; i < 20000; i++) {
        if (composite[i / 32] >> i % 32 & 1) {
            continue;
        }
        primes++;
        for (unsigned j = i * i; i < 142 && j < 20000; j += i) {
            composite[j / 32] |= UINT32_C(1) << j % 32;
        }
    }
    return primes;
}

int main(void)
{
    static uint8_t packed[TEXT * 2];
    static char coded[TEXT * 3];
    unsigned sum = 0;
    for (unsigned round = 0; round < 6; round++) {
        make_text();
        sum += words();
        for (unsigned i = 0; i < 20; i++) {
            sum += distance(text + 200 * i, 100, text + 300 * i, 110);
        }
        sum += tree() + shortest_ways() + numbers() + transform() + sieve();
        unsigned n = pack((const uint8_t *)text, TEXT, packed);
        sum += base64(packed, n, coded);
        for (unsigned i = 0; i < 500; i++) {
            source = "12*(3+4*(5-2))-100/7+(8*8-(3+1)*2)*6-45";
            sum += (unsigned)expression(0);
        }
    }
    printf("%u\n", sum);
    return 0;
}
