/* SPDX-License-Identifier: MIT */
/* The image loader: the option -device loader,... (QEMU's "Generic Loader"). */
#include "boot/loader.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "util/log.h"

/* What was given, for the rules of what goes with what. */
enum {
    HAS_FILE = 1 << 0,
    HAS_ADDR = 1 << 1,
    HAS_DATA = 1 << 2,
    HAS_DATA_LEN = 1 << 3,
    HAS_DATA_BE = 1 << 4,
    HAS_FORCE_RAW = 1 << 5,
    HAS_CPU_NUM = 1 << 6,
};

static bool parse_number(const char *key, const char *s, uint64_t max, uint64_t *value)
{
    const char *end = s;
    unsigned long long v = 0;
    errno = 0;
    if (isdigit((unsigned char)*s)) {
        char *behind;
        v = strtoull(s, &behind, 0);
        end = behind;
    }
    if (end == s || *end || errno) {
        error_report("-device loader: %s=%s is not a number: give it as 1234 or 0x4d2", key, s);
        return false;
    }
    if (v > max) {
        error_report("-device loader: %s=%s is too large: give at most %llu", key, s,
                     (unsigned long long)max);
        return false;
    }
    *value = v;
    return true;
}

static bool parse_bool(const char *key, const char *s, bool *value)
{
    *value = strcmp(s, "on") == 0 || strcmp(s, "yes") == 0 || strcmp(s, "true") == 0;
    if (!*value && strcmp(s, "off") != 0 && strcmp(s, "no") != 0 && strcmp(s, "false") != 0) {
        error_report("-device loader: %s=%s is neither on nor off: give one of them", key, s);
        return false;
    }
    return true;
}

static bool parse_property(LoaderDevice *d, char *key, unsigned *has)
{
    uint64_t n;
    char *value = strchr(key, '=');
    if (!value) {
        error_report("-device loader: '%s' has no value: write property=value", key);
        return false;
    }
    *value++ = 0;
    if (strcmp(key, "file") == 0) {
        if (!*value) {
            error_report("-device loader: file= names no file: give one");
            return false;
        }
        free(d->file);
        size_t size = strlen(value) + 1;
        d->file = malloc(size);
        if (!d->file) {
            error_report("-device loader: no memory: close other programs");
            return false;
        }
        memcpy(d->file, value, size);
        *has |= HAS_FILE;
        return true;
    }
    if (strcmp(key, "addr") == 0) {
        *has |= HAS_ADDR;
        return parse_number(key, value, UINT64_MAX, &d->addr);
    }
    if (strcmp(key, "data") == 0) {
        *has |= HAS_DATA;
        return parse_number(key, value, UINT64_MAX, &d->data);
    }
    if (strcmp(key, "data-len") == 0) {
        if (!parse_number(key, value, 8, &n)) {
            return false;
        }
        d->data_len = (uint8_t)n;
        *has |= HAS_DATA_LEN;
        return true;
    }
    if (strcmp(key, "data-be") == 0) {
        *has |= HAS_DATA_BE;
        return parse_bool(key, value, &d->data_be);
    }
    if (strcmp(key, "force-raw") == 0) {
        *has |= HAS_FORCE_RAW;
        return parse_bool(key, value, &d->force_raw);
    }
    if (strcmp(key, "cpu-num") == 0) {
        *has |= HAS_CPU_NUM;
        return parse_number(key, value, 0, &n);
    }
    if (strcmp(key, "id") == 0) {
        return true; /* a name for monitors */
    }
    error_report("-device loader: there is no property '%s': use file, addr, cpu-num, force-raw, "
                 "data, data-len, data-be",
                 key);
    return false;
}

static const char *contradiction(const LoaderDevice *d, unsigned has)
{
    unsigned value = has & (HAS_DATA | HAS_DATA_LEN | HAS_DATA_BE);
    if (value && has & HAS_FILE) {
        return "loads either a file or data: leave one of them out";
    }
    if (value && has & HAS_FORCE_RAW) {
        return "force-raw is about files: leave it out";
    }
    if (value && (!(has & HAS_DATA) || d->data_len == 0)) {
        return "data needs its length: give data= and data-len=1 to 8";
    }
    if (value && !(has & HAS_ADDR)) {
        return "data needs an address: give addr=";
    }
    if (value || has & HAS_FILE) {
        return NULL;
    }
    if (has & HAS_FORCE_RAW) {
        return "force-raw is about a file: give file=";
    }
    if (!(has & HAS_ADDR) || !(has & HAS_CPU_NUM)) {
        return "has nothing to do: give file=, or data= with data-len= and addr=, or addr= with "
               "cpu-num=0";
    }
    return NULL;
}

bool loader_parse_device(const char *option, LoaderDevice *device)
{
    *device = (LoaderDevice){ 0 };
    size_t name = strcspn(option, ",");
    if (name != strlen("loader") || memcmp(option, "loader", name) != 0) {
        error_report("-device %.*s: there is no such device: only loader can be added",
                     (int)(name < 100 ? name : 100), option);
        return false;
    }
    char *word = malloc(strlen(option) + 1);
    if (!word) {
        error_report("-device loader: no memory: close other programs");
        return false;
    }
    bool ok = true;
    unsigned has = 0;
    const char *p = option + name;
    while (ok && *p == ',') {
        size_t n = 0;
        for (p++; *p && (*p != ',' || p[1] == ','); p++) {
            p += *p == ',';
            word[n++] = *p;
        }
        word[n] = 0;
        ok = parse_property(device, word, &has);
    }
    free(word);
    const char *why = ok ? contradiction(device, has) : NULL;
    if (why) {
        error_report("-device loader: %s", why);
        ok = false;
    }
    if (!ok) {
        loader_device_free(device);
        return false;
    }
    /* With data, cpu-num only says whose view of memory is meant. */
    device->set_pc = has & HAS_CPU_NUM && device->data_len == 0;
    return true;
}

void loader_device_free(LoaderDevice *device)
{
    free(device->file);
    *device = (LoaderDevice){ 0 };
}
