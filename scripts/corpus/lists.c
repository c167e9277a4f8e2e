/* SPDX-License-Identifier: MIT */
/* Lists, records, strings, tables and a small virtual machine for the profiles that
 * superinstructions are chosen by. Compiled as A32 and as Thumb code. None of it is a benchmark,
 * and none may become one. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint32_t seed = 99;
static uint32_t noise(void)
{
    seed = seed * 69069 + 1;
    return seed >> 8;
}

/* -- People, in a list that is sorted by merging and searched -- */

typedef struct Person {
    struct Person *next;
    uint32_t age, visits;
    char name[28], town[12];
} Person;

static const char *const names[] = { "Ada Lovelace",  "Alan Turing",    "Grace Hopper",
                                     "Donald Knuth",  "Barbara Liskov", "Edsger Dijkstra",
                                     "John McCarthy", "Frances Allen" };
static const char *const towns[] = { "London", "Leiden", "Boston", "Oslo" };

static Person *make_people(unsigned n)
{
    Person *list = NULL;
    while (n--) {
        Person *p = malloc(sizeof *p);
        strcpy(p->name, names[noise() % 8]);
        strcat(p->name, n % 3 ? " jr" : "");
        strcpy(p->town, towns[noise() % 4]);
        p->age = 20 + noise() % 60;
        p->visits = 0;
        p->next = list;
        list = p;
    }
    return list;
}

static int by_name(const Person *a, const Person *b)
{
    int order = strcmp(a->name, b->name);
    return order ? order : (int)a->age - (int)b->age;
}

static Person *merge(Person *a, Person *b)
{
    Person *head = NULL, **end = &head;
    while (a && b) {
        Person **from = by_name(a, b) <= 0 ? &a : &b;
        *end = *from;
        *from = (*from)->next;
        end = &(*end)->next;
    }
    *end = a ? a : b;
    return head;
}

static Person *sorted(Person *list)
{
    Person *slow = list, *fast;
    if (!list || !list->next) {
        return list;
    }
    for (fast = list->next; fast && fast->next; fast = fast->next->next) {
        slow = slow->next;
    }
    fast = slow->next;
    slow->next = NULL;
    return merge(sorted(list), sorted(fast));
}

static unsigned people(void)
{
    static Person best[16];
    unsigned n = 0, length = 0;
    Person *list = sorted(make_people(400));
    for (unsigned round = 0; round < 20; round++) {
        for (Person *p = list; p; p = p->next) {
            if (strcmp(p->town, towns[round % 4]) == 0 && p->age > 30) {
                p->visits += round;
                best[n++ % 16] = *p;
            }
            length += (unsigned)strlen(p->name);
        }
    }
    for (Person *p = list, *next; p; p = next) {
        next = p->next;
        free(p);
    }
    return length + best[3].visits + n;
}

/* -- Sets that are joined: a way through a maze -- */

static unsigned joined_sets(void)
{
    enum { N = 4096 };
    static struct {
        uint32_t parent, size;
    } set[N];
    unsigned joins = 0;
    for (uint32_t i = 0; i < N; i++) {
        set[i].parent = i;
        set[i].size = 1;
    }
    for (unsigned i = 0; i < 3 * N; i++) {
        uint32_t a = noise() % N, b = a + (noise() & 1 ? 1 : 64);
        b &= N - 1;
        while (set[a].parent != a) {
            a = set[a].parent = set[set[a].parent].parent;
        }
        while (set[b].parent != b) {
            b = set[b].parent;
        }
        if (a != b) {
            set[a].parent = b;
            set[b].size += set[a].size;
            joins++;
        }
    }
    return joins;
}

/* -- Tables of numbers: products, sums, orders, bits by the lowest -- */

static unsigned tables(void)
{
    enum { N = 24 };
    static int32_t a[N][N], b[N][N], c[N][N];
    static uint16_t keys[2000];
    static uint32_t counts[256] = { 0 };
    unsigned sum = 0;
    for (unsigned i = 0; i < N; i++) {
        for (unsigned j = 0; j < N; j++) {
            a[i][j] = (int32_t)(noise() % 100) - 50;
            b[i][j] = (int32_t)(noise() % 100) - 50;
        }
    }
    for (unsigned i = 0; i < N; i++) {
        for (unsigned j = 0; j < N; j++) {
            int32_t s = 0;
            for (unsigned k = 0; k < N; k++) {
                s += a[i][k] * b[k][j];
            }
            c[i][j] = s;
        }
    }
    for (unsigned i = 0; i < 2000; i++) {
        keys[i] = (uint16_t)noise();
        counts[keys[i] & 255]++;
    }
    for (unsigned gap = 701; gap > 0; gap = gap * 5 / 11) {
        for (unsigned i = gap; i < 2000; i++) {
            uint16_t key = keys[i];
            unsigned j = i;
            for (; j >= gap && keys[j - gap] > key; j -= gap) {
                keys[j] = keys[j - gap];
            }
            keys[j] = key;
        }
    }
    for (unsigned i = 1; i < 2000; i++) {
        unsigned low = 0, high = 2000;
        while (low < high) {
            unsigned middle = (low + high) / 2;
            if (keys[middle] < i * 30) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        sum += low;
    }
    return sum + (unsigned)c[3][5] + counts[7];
}

/* -- A scanner with states, and checks of what it copies -- */

static unsigned scanner(void)
{
    static const char source[] =
        "int main(void) { /* a comment */ return f(\"a \\\"text\\\"\", 0x1f) + 'c'; } "
        "// the end\nstatic double x = 1.5e3; #define Y (x * 2)\n";
    static char copy[sizeof source];
    enum { CODE, SLASH, LINE, BLOCK, STAR, TEXT, ESCAPED } state = CODE;
    unsigned n = 0, words = 0;
    uint32_t check = 1;
    for (const char *p = source; *p; p++) {
        char c = *p;
        switch (state) {
        case CODE: state = c == '/' ? SLASH : c == '"' ? TEXT : CODE; break;
        case SLASH: state = c == '/' ? LINE : c == '*' ? BLOCK : CODE; break;
        case LINE: state = c == '\n' ? CODE : LINE; break;
        case BLOCK: state = c == '*' ? STAR : BLOCK; break;
        case STAR: state = c == '/' ? CODE : c == '*' ? STAR : BLOCK; break;
        case TEXT: state = c == '\\' ? ESCAPED : c == '"' ? CODE : TEXT; break;
        case ESCAPED: state = TEXT; break;
        }
        if (state == CODE || state == TEXT) {
            copy[n++] = c >= 'a' && c <= 'z' ? (char)(c - 32) : c;
            words += c == ' ';
        }
    }
    for (unsigned i = 0; i < n; i++) {
        check = (check ^ (uint8_t)copy[i]) * 16777619u;
        check = check >> 1 ^ (check & 1 ? 0xa3000000u : 0);
    }
    return words + (check & 0xff);
}

/* -- A virtual machine with a stack: numbers whose divisors are summed -- */

enum { PUSH, LOAD, STORE, ADD, REMAINDER, LESS, IF_ZERO, GOTO, STOP };
/* clang-format off */
static const int8_t program[] = {
    PUSH, 0, STORE, 0, PUSH, 1, STORE, 1,               /* sum = 0, d = 1 */
    LOAD, 1, LOAD, 2, LESS, 0, IF_ZERO, 15,             /* while (d < n) */
    LOAD, 2, LOAD, 1, REMAINDER, 0, IF_ZERO, 2, GOTO, 5, /* if (n % d == 0) */
    LOAD, 0, LOAD, 1, ADD, 0, STORE, 0,                 /* sum += d */
    LOAD, 1, PUSH, 1, ADD, 0, STORE, 1,                 /* d++ */
    GOTO, -17, STOP, 0,
};
/* clang-format on */

static int32_t execute(int32_t n)
{
    int32_t stack[16], variable[4] = { 0, 0, n, 0 }, *sp = stack;
    for (const int8_t *pc = program;; pc += 2) {
        int argument = pc[1];
        switch (pc[0]) {
        case PUSH: *sp++ = argument; break;
        case LOAD: *sp++ = variable[argument]; break;
        case STORE: variable[argument] = *--sp; break;
        case ADD:
            sp--;
            sp[-1] += sp[0];
            break;
        case REMAINDER:
            sp--;
            sp[-1] -= sp[-1] / sp[0] * sp[0];
            break;
        case LESS:
            sp--;
            sp[-1] = sp[-1] < sp[0];
            break;
        case IF_ZERO:
            if (*--sp == 0) {
                pc += 2 * (argument - 1);
            }
            break;
        case GOTO: pc += 2 * (argument - 1); break;
        default: return variable[0];
        }
    }
}

int main(void)
{
    unsigned sum = 0;
    for (unsigned round = 0; round < 8; round++) {
        sum += people() + joined_sets() + tables();
        for (unsigned i = 0; i < 300; i++) {
            sum += scanner();
        }
        for (int32_t n = 2; n < 120; n++) {
            sum += (unsigned)execute(n) == (unsigned)n; /* 6, 28 */
        }
    }
    printf("%u\n", sum);
    return 0;
}
