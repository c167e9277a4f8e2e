/* SPDX-License-Identifier: MIT */
/* Error messages and the trace log. */
#include "util/log.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "util/escape.h"

uint32_t log_mask;
static Output file;           /* -D */
static const char *file_name; /* NULL: the log goes to stderr */
static char *diverted;        /* where the first message goes; NULL: all go to stderr */
static size_t diverted_size;
static bool failed, reported; /* some of the log could not be written */
static int error;             /* its errno, or 0 */

static struct {
    uint64_t first, last;
} ranges[LOG_RANGES]; /* of -dfilter */
static unsigned range_count;

static const struct {
    const char *name;
    uint32_t item;
    const char *what;
} items[] = {
#define ROW(item, name, what) { name, item, what },
    LOG_ITEMS(ROW)
#undef ROW
};

bool log_filter(uint64_t first, uint64_t last)
{
    if (first > last) {
        range_count = 0;
        return true;
    }
    if (range_count == LOG_RANGES) {
        return false;
    }
    ranges[range_count].first = first;
    ranges[range_count++].last = last;
    return true;
}

bool log_on_at(uint32_t wanted, uint32_t addr)
{
    if (!log_on(wanted)) {
        return false;
    }
    for (unsigned i = 0; i < range_count; i++) {
        if (addr >= ranges[i].first && addr <= ranges[i].last) {
            return true;
        }
    }
    return range_count == 0;
}

const char *log_set_items(const char *list)
{
    while (*list) {
        size_t len = strcspn(list, ",");
        bool found = false;
        for (size_t i = 0; i < sizeof items / sizeof items[0]; i++) {
            if (strlen(items[i].name) == len && memcmp(items[i].name, list, len) == 0) {
                log_mask |= items[i].item;
                found = true;
            }
        }
        if (!found) {
            return list;
        }
        list += len;
        if (*list == ',') {
            list++;
        }
    }
    return NULL;
}

const char *log_item(unsigned n, const char **what)
{
    if (n >= sizeof items / sizeof items[0]) {
        return NULL;
    }
    *what = items[n].what;
    return items[n].name;
}

void log_print_items(FILE *out)
{
    for (size_t i = 0; i < sizeof items / sizeof items[0]; i++) {
        fprintf(out, "  %-13s %s\n", items[i].name, items[i].what);
    }
}

bool log_open(const char *path)
{
    file_name = path;
    return output_open(&file, path, "w");
}

Output *log_output(void)
{
    return &file;
}

static bool check(bool written)
{
    if (!written && !reported) {
        reported = true;
        error_report("-D: %s: %s: the run ends here", file_name ? file_name : "stderr",
                     output_error(error ? error : file.error));
    }
    return written;
}

bool log_flush(void)
{
    return check(output_flush(&file) && !failed);
}

bool log_close(void)
{
    bool ok = check(output_close(&file) && !failed);
    file_name = NULL;
    failed = reported = false;
    error = 0;
    return ok;
}

void log_printf(const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    if (file_name) {
        output_vprintf(&file, fmt, ap);
    } else {
        errno = 0;
        if (vfprintf(stderr, fmt, ap) < 0 && !failed) {
            failed = true;
            error = errno;
        }
    }
    va_end(ap);
}

/* Prints text as one line, escaped; in one call unless it is long. */
static void print_line(const char *text)
{
    char line[1024] = "tqemu: ";
    size_t used = strlen(line);
    while (*text) {
        char shown[ESCAPE_SIZE];
        text += escape_next(text, shown);
        size_t length = strlen(shown);
        if (used + length + sizeof "\n" > sizeof line) {
            fputs(line, stderr);
            used = 0;
        }
        memcpy(line + used, shown, length + 1);
        used += length;
    }
    memcpy(line + used, "\n", sizeof "\n");
    fputs(line, stderr);
}

void error_divert(char *text, size_t size)
{
    diverted = text;
    diverted_size = text ? size : 0;
    if (diverted_size) {
        text[0] = '\0';
    }
}

void error_report(const char *fmt, ...)
{
    char usual[1024];
    char *all = NULL;
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    int n = vsnprintf(usual, sizeof usual, fmt, ap);
    if (n >= (int)sizeof usual) {
        all = malloc((size_t)n + 1); /* without memory the message is truncated */
    }
    if (all) {
        vsnprintf(all, (size_t)n + 1, fmt, again);
    }
    va_end(again);
    va_end(ap);
    const char *text = all ? all : usual;
    if (!diverted) {
        print_line(text);
    } else if (diverted_size && !diverted[0]) {
        snprintf(diverted, diverted_size, "%s", text);
    }
    free(all);
}
