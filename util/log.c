/* SPDX-License-Identifier: MIT */
/* Error messages and the trace log. */
#include "util/log.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>

uint32_t log_mask;
static Output file;           /* of -D */
static const char *file_name; /* NULL: the log goes to stderr */
static bool failed, reported; /* some of the log could not be written */
static int error;             /* the errno of that, or 0 */

static const struct {
    const char *name;
    uint32_t item;
    const char *what;
} items[] = {
    { "in_asm", LOG_IN_ASM, "guest code of each block as it is translated" },
    { "op", LOG_OP, "TCG ops of each block as the translator made them" },
    { "op_opt", LOG_OP_OPT, "TCG ops after optimisation" },
    { "out_asm", LOG_OUT_ASM, "the interpreter's records made from them" },
    { "exec", LOG_EXEC, "each block as it is executed (slow: blocks are not chained)" },
    { "cpu", LOG_CPU, "CPU state before each block (slow: blocks are not chained)" },
    { "int", LOG_INT, "exceptions and interrupts" },
    { "mmu", LOG_MMU, "TLB fills and MMU faults" },
    { "guest_errors", LOG_GUEST_ERRORS, "the guest does what a manual forbids" },
    { "unimp", LOG_UNIMP, "the guest uses what is not modelled" },
    { "stats", LOG_STATS, "counters of the engine, printed at the end" },
};

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

void error_report(const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    fputs("tqemu: ", stderr);
    vfprintf(stderr, fmt, ap);
    fputc('\n', stderr);
    va_end(ap);
}
