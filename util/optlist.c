/* SPDX-License-Identifier: MIT */
/* Parses option lists. */
#include "util/optlist.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "util/log.h"

char *optlist_next(char **list, char **value)
{
    char *item = *list;
    if (!item) {
        return NULL;
    }
    *value = NULL;
    char *to = item, *from = item;
    for (; *from; from++) {
        if (*from == ',') {
            if (from[1] != ',') {
                break;
            }
            from++;
        } else if (*from == '=' && !*value) {
            *to++ = '\0';
            *value = to;
            continue;
        }
        *to++ = *from;
    }
    *list = *from ? from + 1 : NULL;
    *to = '\0';
    return item;
}

/* strtoull(), but false for signs, blanks and overflow. */
static bool number(const char *text, int base, uint64_t *n, char **end)
{
    errno = 0;
    *n = isdigit((unsigned char)*text) ? strtoull(text, end, base) : 0;
    return isdigit((unsigned char)*text) && errno == 0;
}

bool opt_number(const char *text, uint64_t max, uint64_t *n)
{
    char *end;
    return number(text, 0, n, &end) && !*end && *n <= max;
}

static bool parse_size(const char *text, uint64_t *bytes)
{
    static const char suffixes[] = "BKMGT";
    char *end;
    uint64_t n;
    if (!number(text, 10, &n, &end)) {
        return false;
    }
    unsigned shift = 20;
    if (*end) {
        const char *suffix = strchr(suffixes, toupper((unsigned char)*end));
        if (!suffix || end[1]) {
            return false;
        }
        shift = 10 * (unsigned)(suffix - suffixes);
    }
    *bytes = n << shift;
    return n <= UINT64_MAX >> shift;
}

int opt_word(const char *words, const char *word, size_t length)
{
    for (int n = 0;; n++) {
        size_t end = strcspn(words, "|");
        if (end == length && memcmp(words, word, length) == 0) {
            return n;
        }
        if (!words[end]) {
            return -1;
        }
        words += end + 1;
    }
}

static int choice(const char *words, const char *word)
{
    return opt_word(words, word, strlen(word));
}

static bool parse_bool(const char *text, bool *on)
{
    int n = text ? choice("on|yes|true|off|no|false", text) : 0;
    *on = n < 3;
    return n >= 0;
}

static bool append(OptStrings *strings, const char *value)
{
    const char **list = realloc(strings->list, (strings->count + 1) * sizeof *list);
    if (!list) {
        error_report("options: out of memory: close other programs");
        return false;
    }
    strings->list = list;
    list[strings->count++] = value;
    return true;
}

/* Stores a value; false if it is invalid. */
static bool store(const OptProperty *p, const char *words, const char *value, void *target)
{
    void *member = p->offset == OPT_NOWHERE ? NULL : (char *)target + p->offset;
    bool on, ok = value != NULL;
    uint64_t n = 0;
    int word;
    switch (p->kind) {
    case OPT_BOOL:
    case OPT_NOT:
        ok = parse_bool(value, &on);
        if (ok && member) {
            *(bool *)member = on == (p->kind == OPT_BOOL);
        }
        return ok;
    case OPT_CHOICE:
        word = ok ? choice(words, value) : -1;
        if (word >= 0 && member) {
            *(unsigned *)member = (unsigned)word;
        }
        return word >= 0;
    case OPT_NUMBER:
    case OPT_SIZE:
        ok = ok && (p->kind == OPT_SIZE ? parse_size(value, &n) : opt_number(value, p->max, &n));
        if (ok && member) {
            *(uint64_t *)member = n;
        }
        return ok;
    case OPT_STRING:
        ok = ok && *value;
        if (ok && member) {
            *(const char **)member = value;
        }
        return ok;
    case OPT_EACH: return ok && append(member, value);
    }
    return false;
}

/* Lists the properties, for a message. */
static const char *list_of(const OptTable *tables, char *text, size_t size)
{
    size_t used = 0;
    for (; tables->props; tables++) {
        for (const OptProperty *p = tables->props; p->syntax && used < size; p++) {
            used += (size_t)snprintf(text + used, size - used, "%s%s", used ? ", " : "", p->syntax);
        }
    }
    return text;
}

static void report_value(const char *option, const OptProperty *p, const char *key,
                         const char *value)
{
    if (!value) {
        error_report("%s: '%s' has no value: use %s", option, key, p->syntax);
    } else if (p->kind == OPT_NUMBER) {
        error_report("%s: invalid value '%s' for '%s': use a number up to %llu", option, value, key,
                     (unsigned long long)p->max);
    } else {
        error_report("%s: invalid value '%s' for '%s': use %s", option, value, key, p->syntax);
    }
}

static bool parse_item(const char *option, const OptTable *tables, const char *key,
                       const char *value, unsigned *given)
{
    char known[512];
    size_t length = strlen(key);
    for (const OptTable *t = tables; t->props; t++) {
        for (unsigned n = 0; t->props[n].syntax; n++) {
            const OptProperty *p = &t->props[n];
            if (strncmp(p->syntax, key, length) != 0 || p->syntax[length] != '=') {
                continue;
            }
            if (given) {
                *given |= 1u << n;
            }
            if (!store(p, p->syntax + length + 1, value, t->target)) {
                report_value(option, p, key, value);
                return false;
            }
            return true;
        }
    }
    error_report("%s: unknown property '%s': use %s", option, key,
                 list_of(tables, known, sizeof known));
    return false;
}

static bool parse_list(const char *option, const OptTable *tables, const char *implied, char *list,
                       unsigned *given)
{
    char *value;
    for (char *key; (key = optlist_next(&list, &value)); implied = NULL) {
        bool bare = implied && !value;
        if (!parse_item(option, tables, bare ? implied : key, bare ? key : value, given)) {
            return false;
        }
    }
    return true;
}

bool optlist_parse(const char *option, const OptProperty *props, const char *implied, char *list,
                   void *target, unsigned *given)
{
    const OptTable tables[] = { { props, target }, { 0 } };
    return parse_list(option, tables, implied, list, given);
}

bool optlist_parse_tables(const char *option, const OptTable *tables, const char *implied,
                          char *list)
{
    return parse_list(option, tables, implied, list, NULL);
}
