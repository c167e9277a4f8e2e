/* SPDX-License-Identifier: MIT */
/* Everyday work for the profiles that superinstructions are chosen by: settings looked up by name,
 * records sorted with qsort, sound in integers of 16 bits, checks by single bits. Compiled as A32
 * and as Thumb code. None of it is a benchmark, and none may become one. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static uint32_t seed = 17;
static uint32_t noise(void)
{
    seed = seed * 134775813 + 1;
    return seed >> 12;
}

/* -- Settings: lines of name=value, kept in order, looked up by halves and one after the other --
 */

typedef struct Setting {
    char name[20], value[20];
} Setting;

static const char *const names[] = { "address",  "alias",   "baudrate", "brightness", "cache",
                                     "cachedir", "channel", "contrast", "debug",      "display",
                                     "editor",   "gateway", "hostname", "interface",  "keymap" };
enum { NAMES = sizeof names / sizeof names[0] };

static int by_name(const void *a, const void *b)
{
    return strcmp(((const Setting *)a)->name, ((const Setting *)b)->name);
}

static unsigned settings(void)
{
    static Setting all[NAMES];
    char line[64];
    unsigned sum = 0;
    for (unsigned i = 0; i < NAMES; i++) {
        strcpy(line, names[(i * 7 + 3) % NAMES]);
        strcat(line, i % 2 ? "=enabled" : "=192.168.0.1");
        char *equals = strchr(line, '=');
        *equals = '\0';
        strcpy(all[i].name, line);
        strcpy(all[i].value, equals + 1);
    }
    qsort(all, NAMES, sizeof all[0], by_name);
    for (unsigned i = 0; i < 40; i++) {
        const char *wanted = names[noise() % NAMES];
        unsigned low = 0, high = NAMES, k = 0;
        while (low < high) {
            unsigned middle = (low + high) / 2;
            int order = strcmp(wanted, all[middle].name);
            if (order == 0) {
                break;
            }
            low = order > 0 ? middle + 1 : low;
            high = order > 0 ? high : middle;
        }
        while (strcmp(all[k].name, wanted) != 0) {
            k++;
        }
        sum += k * 3 + (low < high) + (unsigned)strlen(all[k].value);
        sum += strcmp(all[k].value, "enabled") == 0 || strcasecmp(wanted, "Keymap") == 0;
    }
    return sum;
}

/* -- Orders: by amount, then by date -- */

typedef struct Order {
    uint32_t amount, date;
    int16_t customer;
} Order;

static int by_amount(const void *a, const void *b)
{
    const Order *x = a, *y = b;
    if (x->amount != y->amount) {
        return x->amount < y->amount ? -1 : 1;
    }
    return x->date < y->date ? -1 : x->date > y->date;
}

static int numbers(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

static unsigned orders(void)
{
    static Order all[300];
    static int32_t totals[300];
    for (unsigned i = 0; i < 300; i++) {
        all[i].amount = noise() % 100;
        all[i].date = 20200101 + noise() % 365;
        all[i].customer = (int16_t)(noise() % 40);
        totals[i] = (int32_t)(noise() % 2000) - 1000;
    }
    qsort(all, 300, sizeof all[0], by_amount);
    qsort(totals, 300, sizeof totals[0], numbers);
    unsigned sum = (unsigned)totals[150];
    for (unsigned i = 1; i < 300; i++) { /* what follows with the same amount */
        sum += all[i].amount == all[i - 1].amount ? (unsigned)all[i].customer : 1;
    }
    return sum;
}

/* -- Sound: a tone, filtered, mixed with saturation, packed to 4 bits a sample and unpacked -- */

enum { SAMPLES = 512, TAPS = 12 };

static int16_t limited(int32_t v)
{
    return (int16_t)(v > 32767 ? 32767 : v < -32768 ? -32768 : v);
}

static unsigned sound(void)
{
    static const int16_t taps[TAPS] = { -60,   210,   -580, 1330, -3100, 18600,
                                        18600, -3100, 1330, -580, 210,   -60 };
    static int16_t tone[SAMPLES + TAPS], filtered[SAMPLES];
    static uint8_t packed[SAMPLES / 2];
    int32_t x = 12000, y = 0, guess = 0, step = 16;
    unsigned sum = 0;
    for (unsigned i = 0; i < SAMPLES + TAPS; i++) { /* a circle, whose height is a sine */
        x -= y >> 4;
        y += x >> 4;
        tone[i] = limited(y + (int32_t)(noise() & 1023));
    }
    for (unsigned i = 0; i < SAMPLES; i++) {
        int32_t total = 1 << 14;
        for (unsigned k = 0; k < TAPS; k++) {
            total += tone[i + k] * taps[k];
        }
        filtered[i] = limited(total >> 15);
    }
    for (unsigned i = 0; i < SAMPLES; i++) {
        int32_t gap = filtered[i] - guess, sign = gap < 0 ? 8 : 0;
        int32_t code = (sign ? -gap : gap) * 4 / step;
        code = (code > 7 ? 7 : code) | sign;
        packed[i / 2] = (uint8_t)(i % 2 ? packed[i / 2] | code << 4 : code);
        int32_t part = step * (2 * (code & 7) + 1) / 8;
        guess = limited(sign ? guess - part : guess + part);
        step = (code & 7) > 3 ? step * 3 / 2 : step - step / 16;
        step = step < 16 ? 16 : step > 8000 ? 8000 : step;
    }
    for (unsigned i = 0; i < SAMPLES / 2; i++) {
        sum = sum * 3 + packed[i] + (unsigned)limited(filtered[i] + tone[i]);
    }
    return sum;
}

/* -- Checks: by single bits, of bytes; a shift register; bits in reverse and counted -- */

static uint32_t crc32_bits(const uint8_t *p, unsigned n)
{
    uint32_t crc = 0xffffffff;
    while (n--) {
        crc ^= *p++;
        for (unsigned bit = 0; bit < 8; bit++) {
            crc = crc & 1 ? crc >> 1 ^ 0xedb88320 : crc >> 1;
        }
    }
    return ~crc;
}

static uint8_t crc8_bits(const uint8_t *p, unsigned n)
{
    uint8_t crc = 0;
    for (unsigned i = 0; i < n; i++) {
        crc ^= p[i];
        for (unsigned bit = 8; bit > 0; bit--) {
            crc = (uint8_t)(crc & 0x80 ? crc << 1 ^ 0x07 : crc << 1);
        }
    }
    return crc;
}

static unsigned checks(void)
{
    static uint8_t message[96];
    unsigned sum = 0, reversed = 0;
    uint16_t shifter = 0xace1;
    for (unsigned i = 0; i < sizeof message; i++) {
        unsigned bit = (shifter ^ shifter >> 2 ^ shifter >> 3 ^ shifter >> 5) & 1;
        shifter = (uint16_t)(shifter >> 1 | bit << 15);
        message[i] = (uint8_t)(shifter ^ noise());
    }
    for (unsigned i = 0; i < sizeof message; i++) {
        unsigned v = message[i];
        reversed = reversed * 2 + (v & 1);
        v = (v & 0x55) + (v >> 1 & 0x55);
        v = (v & 0x33) + (v >> 2 & 0x33);
        sum += (v & 15) + (v >> 4);
    }
    return sum + reversed + crc32_bits(message, sizeof message) + crc8_bits(message, 64);
}

int main(void)
{
    unsigned sum = 0;
    for (unsigned round = 0; round < 60; round++) {
        for (unsigned i = 0; i < 6; i++) {
            sum += settings() + checks();
        }
        sum += orders() + sound();
    }
    printf("%u\n", sum);
    return 0;
}
