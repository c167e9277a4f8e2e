/* SPDX-License-Identifier: MIT */
/* Text for the profiles that superinstructions are chosen by: JSON is parsed and written, patterns
 * are matched, numbers become text and text numbers, what was packed is unpacked. Compiled as A32
 * and as Thumb code. None of it is a benchmark, and none may become one. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static uint32_t seed = 5;
static uint32_t noise(void)
{
    seed = seed * 22695477 + 1;
    return seed >> 16;
}

/* -- JSON: a tree of values in a pool -- */

enum { NUL, TRUE, FALSE, NUMBER, STRING, ARRAY, OBJECT, ERROR };
typedef struct Value {
    uint8_t kind;
    int32_t number;   /* in thousandths */
    const char *text; /* of a string */
    unsigned length;
    const char *key; /* in an object */
    unsigned key_length;
    struct Value *child, *next;
} Value;

static Value pool[4096];
static unsigned used;
static const char *at;

static void skip_space(void)
{
    while (*at == ' ' || *at == '\n' || *at == '\t' || *at == '\r') {
        at++;
    }
}

static int keyword(const char *word)
{
    size_t n = strlen(word);
    if (strncmp(at, word, n) != 0) {
        return 0;
    }
    at += n;
    return 1;
}

static const char *string(unsigned *length)
{
    const char *start = ++at;
    while (*at && *at != '"') {
        at += *at == '\\' && at[1] ? 2 : 1;
    }
    *length = (unsigned)(at - start);
    at += *at == '"';
    return start;
}

static int32_t number(void)
{
    int minus = *at == '-', places = 0;
    int32_t value = 0;
    at += minus;
    for (; *at >= '0' && *at <= '9'; at++) {
        value = value * 10 + (*at - '0');
    }
    if (*at == '.') {
        for (at++; *at >= '0' && *at <= '9'; at++) {
            if (places < 3) {
                value = value * 10 + (*at - '0');
                places++;
            }
        }
    }
    for (; places < 3; places++) {
        value *= 10;
    }
    return minus ? -value : value;
}

static Value *parse(void)
{
    Value *v = &pool[used++], **end = &v->child;
    memset(v, 0, sizeof *v);
    skip_space();
    char close = *at == '{' ? '}' : ']';
    switch (*at) {
    case 'n': v->kind = keyword("null") ? NUL : ERROR; return v;
    case 't': v->kind = keyword("true") ? TRUE : ERROR; return v;
    case 'f': v->kind = keyword("false") ? FALSE : ERROR; return v;
    case '"':
        v->kind = STRING;
        v->text = string(&v->length);
        return v;
    case '[':
    case '{':
        v->kind = *at == '{' ? OBJECT : ARRAY;
        do {
            unsigned length = 0;
            const char *key = NULL;
            at++;
            skip_space();
            if (*at == close) {
                break;
            }
            if (v->kind == OBJECT) {
                key = string(&length);
                skip_space();
                at += *at == ':';
            }
            *end = parse();
            (*end)->key = key;
            (*end)->key_length = length;
            end = &(*end)->next;
            skip_space();
        } while (*at == ',');
        at += *at == close;
        return v;
    default:
        v->kind = NUMBER;
        v->number = number();
        return v;
    }
}

static char *put(char *out, const char *s, unsigned n)
{
    while (n--) {
        *out++ = *s++;
    }
    return out;
}

static char *put_number(char *out, uint32_t value)
{
    char digits[12];
    unsigned n = 0;
    do {
        digits[n++] = (char)('0' + value % 10);
        value /= 10;
    } while (value);
    while (n) {
        *out++ = digits[--n];
    }
    return out;
}

static char *write_json(char *out, const Value *v)
{
    static const char *const words[] = { "null", "true", "false" };
    if (v->key) {
        *out++ = '"';
        out = put(out, v->key, v->key_length);
        *out++ = '"';
        *out++ = ':';
    }
    switch (v->kind) {
    case NUMBER:
        if (v->number < 0) {
            *out++ = '-';
        }
        out = put_number(out, (uint32_t)(v->number < 0 ? -v->number : v->number) / 1000);
        break;
    case STRING:
        *out++ = '"';
        out = put(out, v->text, v->length);
        *out++ = '"';
        break;
    case ARRAY:
    case OBJECT:
        *out++ = v->kind == ARRAY ? '[' : '{';
        for (const Value *c = v->child; c; c = c->next) {
            out = write_json(out, c);
            if (c->next) {
                *out++ = ',';
            }
        }
        *out++ = v->kind == ARRAY ? ']' : '}';
        break;
    default: out = put(out, words[v->kind % 3], (unsigned)strlen(words[v->kind % 3])); break;
    }
    return out;
}

static const Value *member(const Value *object, const char *name)
{
    size_t n = strlen(name);
    for (const Value *v = object->child; v; v = v->next) {
        if (v->key_length == n && memcmp(v->key, name, n) == 0) {
            return v;
        }
    }
    return NULL;
}

static unsigned json(void)
{
    static const char text[] =
        "{\"name\": \"measurements\", \"version\": 12, \"public\": true, \"owner\": null,\n"
        " \"series\": [\n"
        "  {\"id\": 1, \"unit\": \"V\", \"values\": [1.5, 2.25, -3.125, 4, 5.0, 60, 700.5]},\n"
        "  {\"id\": 2, \"unit\": \"mA\", \"values\": [10, -20, 30.75, 40, 0.001, 0]},\n"
        "  {\"id\": 30, \"unit\": \"\\u00b0C\", \"values\": [], \"note\": \"say \\\"none\\\"\"}\n"
        " ],\n"
        " \"limits\": {\"low\": -273.15, \"high\": 1000, \"strict\": false}\n"
        "}\n";
    static char out[sizeof text];
    unsigned sum = 0;
    at = text;
    used = 0;
    const Value *root = parse();
    for (const Value *s = member(root, "series")->child; s; s = s->next) {
        const Value *values = member(s, "values");
        for (const Value *v = values->child; v; v = v->next) {
            sum += (unsigned)v->number;
        }
        sum += (unsigned)member(s, "id")->number;
    }
    sum += (unsigned)member(member(root, "limits"), "high")->number;
    for (const char *end = write_json(out, root), *p = out; p < end; p++) {
        sum = sum * 33 + (uint8_t)*p;
    }
    return sum;
}

/* -- Patterns: of a set [a-z], a dot, or a character, each with *, + or ? behind it -- */

static int in_set(const char *set, char c, const char **behind)
{
    int found = 0, inverted = *set == '^';
    for (set += inverted; *set && *set != ']'; set++) {
        if (set[1] == '-' && set[2] != ']') {
            found |= c >= set[0] && c <= set[2];
            set += 2;
        } else {
            found |= c == *set;
        }
    }
    *behind = set + (*set == ']');
    return found != inverted;
}

static int one(const char *pattern, char c, const char **behind)
{
    int fits;
    switch (*pattern) {
    case '.': fits = 1; break;
    case '[': fits = in_set(pattern + 1, c, behind); return fits && c;
    case '\\':
        pattern++;
        fits = *pattern == 'd' ? c >= '0' && c <= '9' : *pattern == c;
        break;
    default: fits = *pattern == c; break;
    }
    *behind = pattern + 1;
    return fits && c;
}

/* The length of what matches at the beginning; -1: nothing does. */
static int match(const char *pattern, const char *text)
{
    const char *behind, *start = text;
    while (*pattern) {
        int fits = one(pattern, *text, &behind);
        if (*behind == '*' || *behind == '+') {
            unsigned n = 0, least = *behind == '+';
            const char *ignored;
            while (one(pattern, text[n], &ignored)) {
                n++;
            }
            for (;; n--) {
                int rest = n >= least ? match(behind + 1, text + n) : -1;
                if (rest >= 0) {
                    return (int)(text - start) + (int)n + rest;
                }
                if (n == 0) {
                    return -1;
                }
            }
        }
        if (*behind == '?') {
            text += fits;
            pattern = behind + 1;
        } else if (fits) {
            text++;
            pattern = behind;
        } else {
            return -1;
        }
    }
    return (int)(text - start);
}

static unsigned patterns(void)
{
    static const char *const all[] = { "[a-z]+@[a-z]+\\.[a-z]+", "\\d+-\\d+-\\d+", "x?yz*",
                                       "[^ ]*ing", "<.*>" };
    static const char text[] = "Writing to anna@example.org on 2024-03-17 about <b>nothing</b>; "
                               "see yzzz, item 12-3, or xy and 127-0-0-1 during the evening.";
    unsigned sum = 0;
    for (unsigned i = 0; i < sizeof all / sizeof all[0]; i++) {
        for (const char *p = text; *p; p++) {
            int n = match(all[i], p);
            if (n > 0) {
                sum = sum * 17 + (unsigned)n;
                p += n - 1;
            }
        }
    }
    return sum;
}

/* -- Words of a program: names, numbers, operators, with a checksum of each -- */

static unsigned tokens(void)
{
    static const char source[] = "for (i = 0; i != 0x1F && count[i] <= 4095; i += 2) "
                                 "{ total = (total << 3) ^ table[i & 7] + 'a'; }\n";
    static const uint16_t polynomial[16] = { 0x0000, 0x1021, 0x2042, 0x3063, 0x4084, 0x50a5,
                                             0x60c6, 0x70e7, 0x8108, 0x9129, 0xa14a, 0xb16b,
                                             0xc18c, 0xd1ad, 0xe1ce, 0xf1ef };
    unsigned counts[4] = { 0 };
    uint16_t check = 0xffff;
    for (const char *p = source; *p;) {
        const char *start = p;
        char lower = (char)(*p | 0x20);
        if ((lower >= 'a' && lower <= 'z') || *p == '_') {
            while ((*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') || *p == '_') {
                p++;
            }
            counts[0]++;
        } else if (*p >= '0' && *p <= '9') {
            unsigned base = p[0] == '0' && p[1] == 'x' ? 16 : 10, value = 0, digit;
            for (p += base == 16 ? 2 : 0;; p++) {
                digit = *p >= '0' && *p <= '9' ? (unsigned)*p - '0' : (*p | 0x20u) - 'a' + 10u;
                if (digit >= base) {
                    break;
                }
                value = value * base + digit;
            }
            counts[1] += value;
        } else if (*p == ' ' || *p == '\n') {
            p++;
            continue;
        } else {
            counts[2]++;
            p += p[1] == '=' || (p[1] == p[0] && *p != '(' && *p != ')') ? 2 : 1;
        }
        for (; start < p; start++) { /* by half a byte */
            check = (uint16_t)(check << 4 ^ polynomial[(check >> 12 ^ *start >> 4) & 15]);
            check = (uint16_t)(check << 4 ^ polynomial[(check >> 12 ^ *start) & 15]);
        }
    }
    return counts[0] + counts[1] + counts[2] + check;
}

/* -- Bits of variable length: codes by length, then what they stand for, and runs from before -- */

static const uint8_t lengths[16] = { 2, 3, 3, 4, 4, 4, 5, 5, 5, 5, 5, 5, 6, 6, 6, 6 };

static unsigned unpack(void)
{
    static uint8_t bits[2048], out[8192];
    uint16_t counts[8] = { 0 }, symbols[16], offsets[8] = { 0 };
    unsigned n = 0, bit = 0, sum = 0;
    for (unsigned i = 0; i < sizeof bits; i++) {
        bits[i] = (uint8_t)noise();
    }
    for (unsigned i = 0; i < 16; i++) {
        counts[lengths[i]]++;
    }
    for (unsigned i = 1; i < 7; i++) {
        offsets[i + 1] = (uint16_t)(offsets[i] + counts[i]);
    }
    for (unsigned i = 0; i < 16; i++) {
        symbols[offsets[lengths[i]]++] = (uint16_t)i;
    }
    while (bit < 8 * sizeof bits - 32 && n < sizeof out - 32) {
        int code = 0, first = 0, index = 0;
        unsigned length = 1, symbol = 0;
        for (; length < 7; length++) {
            code |= bits[bit >> 3] >> (bit & 7) & 1;
            bit++;
            if (code - counts[length] < first) {
                symbol = symbols[index + (code - first)];
                break;
            }
            index += counts[length];
            first = (first + counts[length]) << 1;
            code <<= 1;
        }
        if (symbol < 10 || n < 64) {
            out[n++] = (uint8_t)(symbol * 11 + length);
        } else {
            unsigned back = (bits[bit >> 3] & 31) + 3u;
            bit += 5;
            for (unsigned i = 0; i < symbol; i++, n++) {
                out[n] = out[n - back];
            }
        }
    }
    uint32_t a = 1, b = 0;
    for (unsigned i = 0; i < n; i++) {
        a += out[i];
        b += a;
        a -= a >= 65521 ? 65521 : 0;
        b %= 65521;
    }
    sum = b << 16 | a;
    return sum + n;
}

/* -- Bytes of one to four that stand for a character -- */

static unsigned characters(void)
{
    static const uint8_t text[] = "na\xc3\xafve caf\xc3\xa9 \xe2\x82\xac 20, \xf0\x9f\x99\x82 "
                                  "\xce\xb1\xce\xb2\xce\xb3 and plain words behind them";
    unsigned count = 0, sum = 0;
    for (const uint8_t *p = text; *p; count++) {
        uint32_t c = *p++;
        unsigned more = c < 0x80 ? 0 : c < 0xe0 ? 1 : c < 0xf0 ? 2 : 3;
        c &= more ? 0x3fu >> more : 0x7fu;
        for (; more; more--) {
            if ((*p & 0xc0) != 0x80) {
                break;
            }
            c = c << 6 | (*p++ & 0x3f);
        }
        sum = sum * 5 + c;
    }
    return sum + count;
}

int main(void)
{
    unsigned sum = 0;
    for (unsigned round = 0; round < 100; round++) {
        char line[80];
        for (unsigned i = 0; i < 4; i++) {
            sum += json() + tokens() + characters();
        }
        sum += patterns() + unpack();
        for (unsigned i = 0; i < 20; i++) {
            int value = (int)noise() - 9000;
            sum += (unsigned)snprintf(line, sizeof line, "%-8s|%6d|%04x|%c\n", "name", value,
                                      (unsigned)noise(), 'a' + (int)i);
            sum += (uint8_t)line[i];
        }
    }
    printf("%u\n", sum);
    return 0;
}
