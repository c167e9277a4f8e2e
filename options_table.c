/* SPDX-License-Identifier: MIT */
/* The table of options, with the functions that parse their arguments. */
#include "options_table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "util/date.h"
#include "util/log.h"
#include "util/optlist.h"

#define VERSION "0.1"

static bool asks_for_help(const char *arg)
{
    return strcmp(arg, "help") == 0 || strcmp(arg, "?") == 0;
}

/* -- Parsers of several options -- */

/* Sets the bool at `offset`. */
static bool parse_flag(OptionsParser *p, char *arg)
{
    (void)arg;
    *(bool *)((char *)p->o + p->option->offset) = true;
    return true;
}

/* Sets the string at `offset`, which may be empty. */
static bool parse_string(OptionsParser *p, char *arg)
{
    *(const char **)((char *)p->o + p->option->offset) = arg;
    return true;
}

/* The same for a file name, which must not be empty. */
static bool parse_file(OptionsParser *p, char *arg)
{
    if (!*arg) {
        error_report("%s: the file name is empty: give one", p->name);
        return false;
    }
    return parse_string(p, arg);
}

/* Accepted without an effect. */
static bool parse_nothing(OptionsParser *p, char *arg)
{
    (void)p, (void)arg;
    return true;
}

/* For an option with a single supported value. */
static bool only(const OptionsParser *p, const char *arg, const char *value)
{
    if (strcmp(arg, value) != 0) {
        error_report("%s: unsupported value '%s': use %s", p->name, arg, value);
        return false;
    }
    return true;
}

static bool parse_none(OptionsParser *p, char *arg)
{
    return only(p, arg, "none");
}

/* A character device that discards its output, by either name. */
static bool is_null_chardev(const char *arg)
{
    return strcmp(arg, "null") == 0 || strcmp(arg, "/dev/null") == 0;
}

static bool parse_none_or_null(OptionsParser *p, char *arg)
{
    return is_null_chardev(arg) || only(p, arg, "none");
}

/* Takes the first item of a list, the driver: "none,id=snd0". */
static const char *first_item(char **arg)
{
    char *value;
    char *item = optlist_next(arg, &value);
    return value ? value : item;
}

static bool parse_audiodev(OptionsParser *p, char *arg)
{
    return only(p, first_item(&arg), "none");
}

/* -- The machine -- */

static void print_machines(void)
{
    puts("Supported machines are:");
    for (const MachineType *const *t = machine_types; *t; t++) {
        printf("%-20s %s%s\n", (*t)->name, (*t)->description,
               t == machine_types ? " (default)" : "");
    }
}

static bool parse_machine(OptionsParser *p, char *arg)
{
    typedef struct Values {
        const char *type, *dumpdtb;
    } Values;
    static const OptProperty properties[] = {
        { "type=TYPE", OPT_STRING, offsetof(Values, type), 0 },
        { "dumpdtb=FILE", OPT_STRING, offsetof(Values, dumpdtb), 0 },
        { 0 },
    };
    Values v = { NULL, p->o->dumpdtb };
    const char *last = strrchr(arg, ',');
    if (asks_for_help(last ? last + 1 : arg)) {
        print_machines();
        p->done = true;
        return true;
    }
    if (!optlist_parse(p->name, properties, "type", arg, &v, NULL)) {
        return false;
    }
    p->o->dumpdtb = v.dumpdtb;
    if (v.type) {
        p->o->machine = machine_find(v.type);
        if (!p->o->machine) {
            error_report("%s: unknown machine '%s': %s help lists them", p->name, v.type, p->name);
            return false;
        }
    }
    return true;
}

static bool parse_cpu(OptionsParser *p, char *arg)
{
    static const OptProperty properties[] = {
        { "vfp=on|off", OPT_NOT, offsetof(Options, cpu.no_vfp), 0 },
        { 0 },
    };
    const char *name, *model = first_item(&arg);
    if (asks_for_help(model)) {
        puts("Available CPUs:");
        for (unsigned n = 0; (name = arm_cpu_model_name(n)) != NULL; n++) {
            printf("  %s\n", name);
        }
        p->done = true;
        return true;
    }
    for (unsigned n = 0; (name = arm_cpu_model_name(n)) != NULL && strcmp(name, model) != 0;) {
        n++;
    }
    if (!name) {
        error_report("-cpu: unknown CPU '%s': -cpu help lists them", model);
        return false;
    }
    p->cpu_model = name;
    return optlist_parse(p->name, properties, NULL, arg, p->o, NULL);
}

static bool parse_ram(OptionsParser *p, char *arg)
{
    static const OptProperty properties[] = {
        { "size=N[KMG]", OPT_SIZE, offsetof(Options, ram_size), 0 },
        { 0 },
    };
    unsigned given = 0;
    bool ok = optlist_parse(p->name, properties, "size", arg, p->o, &given);
    p->ram_given = p->ram_given || given;
    return ok;
}

static bool parse_device(OptionsParser *p, char *arg)
{
    Options *o = p->o;
    LoaderDevice *devices = realloc(o->devices, (o->device_count + 1) * sizeof *devices);
    if (!devices) {
        error_report("-device: out of memory: close other programs");
        return false;
    }
    o->devices = devices;
    if (!options_parse_device(arg, &devices[o->device_count])) {
        return false;
    }
    o->device_count++;
    return true;
}

static bool parse_serial(OptionsParser *p, char *arg)
{
    if (p->serial_count == MACHINE_MAX_SERIAL) {
        error_report("-serial: given more than %u times: no machine has more ports",
                     (unsigned)MACHINE_MAX_SERIAL);
        return false;
    }
    SerialOption *s = &p->o->serial[p->serial_count];
    if (strcmp(arg, "stdio") == 0 || strcmp(arg, "mon:stdio") == 0) {
        s->kind = SERIAL_STDIO;
    } else if (strcmp(arg, "channel") == 0) {
        s->kind = SERIAL_CHANNEL;
    } else if (is_null_chardev(arg)) {
        s->kind = SERIAL_NULL;
    } else if (strcmp(arg, "none") == 0) {
        s->kind = SERIAL_NONE;
    } else if (strncmp(arg, "file:", 5) == 0 && arg[5]) {
        s->kind = SERIAL_FILE;
        s->path = arg + 5;
    } else {
        error_report("-serial: unsupported value '%s': use stdio, mon:stdio, null, none or "
                     "file:PATH",
                     arg);
        return false;
    }
    for (unsigned i = 0; i < p->serial_count; i++) {
        if (p->o->serial[i].kind == s->kind && s->kind == SERIAL_STDIO) {
            error_report("-serial: two ports on %s: give the second null or file:PATH", arg);
            return false;
        }
    }
    p->serial_count++;
    return true;
}

/* -- Time -- */

static bool parse_icount(OptionsParser *p, char *arg)
{
    static const OptProperty properties[] = {
        { "shift=0..10", OPT_NUMBER, offsetof(Options, icount_shift), 10 }, /* first */
        { "sleep=on|off", OPT_BOOL, offsetof(Options, icount_sleep), 0 },
        { "align=off", OPT_CHOICE, OPT_NOWHERE, 0 },
        { 0 },
    };
    unsigned given = 0;
    if (!optlist_parse(p->name, properties, "shift", arg, p->o, &given)) {
        return false;
    }
    if (!(given & 1)) {
        error_report("-icount: no shift: use shift=0 to shift=10, for 2^N ns per instruction");
        return false;
    }
    p->o->icount = true;
    return true;
}

static bool parse_rtc(OptionsParser *p, char *arg)
{
    typedef struct Values {
        const char *base;
        unsigned clock;
    } Values;
    static const OptProperty properties[] = {
        { "base=utc|localtime|DATE", OPT_STRING, offsetof(Values, base), 0 },
        { "clock=host|rt|vm", OPT_CHOICE, offsetof(Values, clock), 0 },
        /* No effect: the PL031 has no periodic interrupt. */
        { "driftfix=none|slew", OPT_CHOICE, OPT_NOWHERE, 0 },
        { 0 },
    };
    Options *o = p->o;
    Values v = { NULL, o->rtc_clock };
    if (!optlist_parse(p->name, properties, NULL, arg, &v, NULL)) {
        return false;
    }
    o->rtc_clock = (RtcClock)v.clock;
    const char *base = v.base;
    if (base && strcmp(base, "utc") == 0) {
        o->rtc = RTC_UTC;
    } else if (base && strcmp(base, "localtime") == 0) {
        o->rtc = RTC_LOCALTIME;
    } else if (base && date_parse(base, &o->rtc_date)) {
        o->rtc = RTC_DATE;
    } else if (base) {
        error_report("-rtc: invalid value '%s' for 'base': use utc, localtime, or a date like "
                     "2024-02-29T12:00:00",
                     base);
        return false;
    }
    return true;
}

/* -- Execution and debugging -- */

static bool parse_semihosting_config(OptionsParser *p, char *arg)
{
    static const OptProperty properties[] = {
        { "enable=on|off", OPT_BOOL, offsetof(Options, cpu.semihosting), 0 },
        { "target=native|auto", OPT_CHOICE, OPT_NOWHERE, 0 },
        { 0 },
    };
    p->o->cpu.semihosting = true;
    return optlist_parse(p->name, properties, "enable", arg, p->o, NULL);
}

static bool parse_accel(OptionsParser *p, char *arg)
{
    static const OptProperty properties[] = {
        { "thread=single", OPT_CHOICE, OPT_NOWHERE, 0 },
        { "one-insn-per-tb=on|off", OPT_BOOL, offsetof(Options, cpu.singlestep), 0 },
        { "optimise=on|off", OPT_NOT, offsetof(Options, cpu.no_optimise), 0 },
        { "fusion=on|off", OPT_NOT, offsetof(Options, cpu.no_fusion), 0 },
        { "fastfp=on|off", OPT_NOT, offsetof(Options, cpu.no_fast_fp), 0 },
        { 0 },
    };
    return only(p, first_item(&arg), "tcg") &&
           optlist_parse(p->name, properties, NULL, arg, p->o, NULL);
}

static bool parse_log_items(OptionsParser *p, char *arg)
{
    static const char digest[] = "digest:";
    char *value;
    for (char *item; (item = optlist_next(&arg, &value));) {
        if (asks_for_help(item)) {
            puts("Items of -d, comma separated:");
            log_print_items(stdout);
            printf("  %-13s %s\n", "digest:N",
                   "a digest of CPU, devices and RAM every N instructions (exact with -icount)");
            p->done = true;
        } else if (strncmp(item, digest, sizeof digest - 1) == 0) {
            if (!opt_number(item + sizeof digest - 1, UINT64_MAX, &p->o->digest_every) ||
                p->o->digest_every == 0) {
                error_report("-d: invalid item '%s': use digest:N, for one every N instructions",
                             item);
                return false;
            }
        } else if (value || !*item || log_set_items(item)) {
            error_report("-d: unknown item '%s': -d help lists them", item);
            return false;
        }
    }
    return true;
}

static bool parse_version(OptionsParser *p, char *arg)
{
    (void)arg;
    puts("tqemu version " VERSION);
    p->done = true;
    return true;
}

static bool parse_help(OptionsParser *p, char *arg)
{
    (void)arg;
    puts("usage: tqemu [options]\n"
         "Without -kernel, -bios and -device the built-in firmware runs.\n");
    for (const Option *row = option_table; row->name; row++) {
        char left[64];
        snprintf(left, sizeof left, "-%s%s%s", row->name, row->arg ? " " : "",
                 row->arg ? row->arg : "");
        printf("  %-28s %s\n", left, row->help ? row->help : "(the same)");
    }
    puts("\nKeys on a terminal: Ctrl-A x ends the run, Ctrl-A h lists the keys.\n"
         "\nExit status:\n"
         "  0    the guest powered off, or can never wake again; a reset with -no-reboot;\n"
         "       Ctrl-A x\n"
         "  N    the guest's own, from a semihosting exit\n"
         "  1    wrong usage, a bad file, or an error of the host\n"
         "  A signal that ends tqemu is passed on, so that a shell shows 128 + its number.");
    p->done = true;
    return true;
}

#define AT(member) offsetof(Options, member)

/* clang-format off */
const Option option_table[] = {
    { "M", "TYPE", parse_machine, "the machine (-M help lists them); dumpdtb=FILE writes its device tree", 0 },
    { "machine", "TYPE", parse_machine, NULL, 0 },
    { "cpu", "MODEL", parse_cpu, "the CPU (-cpu help lists them); vfp=off: without floating point", 0 },
    { "m", "SIZE", parse_ram, "RAM in MiB, or with a suffix K, M or G", 0 },
    { "kernel", "FILE", parse_file, "the guest: zImage, zImage-xip, ELF, uImage or raw", AT(kernel) },
    { "initrd", "FILE", parse_file, "its initial RAM disk", AT(initrd) },
    { "append", "STRING", parse_string, "its command line", AT(append) },
    { "dtb", "FILE", parse_file, "a device tree instead of the machine's own", AT(dtb) },
    { "bios", "FILE", parse_file, "a flash image to start from", AT(bios) },
    { "device", "loader,...", parse_device, "file=F,addr=A[,cpu-num=0][,force-raw=on]; data=V,data-len=N,addr=A", 0 },
    { "serial", "DEV", parse_serial, "the next serial port: stdio, mon:stdio, null, none, file:PATH, channel (JavaScript)", 0 },
    { "nographic", NULL, parse_nothing, "accepted, no effect: there are no graphics", 0 },
    { "display", "none", parse_none, "accepted, no effect: there is no display", 0 },
    { "monitor", "none", parse_none_or_null, "accepted (null, /dev/null as well), no effect: there is no monitor", 0 },
    { "parallel", "none", parse_none_or_null, "accepted (null, /dev/null as well), no effect: there is no parallel port", 0 },
    { "audio", "none", parse_none, "accepted, no effect: there is no sound", 0 },
    { "audiodev", "none,...", parse_audiodev, NULL, 0 },
    { "nic", "none", parse_none, "accepted, no effect: there is no network", 0 },
    { "net", "none", parse_none, NULL, 0 },
    { "no-reboot", NULL, parse_flag, "a reset by the guest ends the run", AT(no_reboot) },
    { "icount", "shift=N", parse_icount, "count time: 2^N ns an instruction; sleep=on: idle time is real", 0 },
    { "rtc", "base=BASE", parse_rtc, "the date: utc, localtime or a date; clock=host|rt|vm advances it", 0 },
    { "semihosting", NULL, parse_flag, "serve the guest's semihosting calls", AT(cpu.semihosting) },
    { "semihosting-config", "enable=on", parse_semihosting_config, "the same, as a list of properties", 0 },
    { "singlestep", NULL, parse_flag, "one guest instruction per translation block", AT(cpu.singlestep) },
    { "accel", "tcg", parse_accel, "for tests: optimise=off, fusion=off, fastfp=off", 0 },
    { "d", "ITEMS", parse_log_items, "log these items (-d help lists them)", 0 },
    { "D", "FILE", parse_file, "write the log to FILE instead of stderr", AT(log_file) },
    { "version", NULL, parse_version, "print the version", 0 },
    { "help", NULL, parse_help, "print this", 0 },
    { "h", NULL, parse_help, NULL, 0 },
    { 0 },
};
/* clang-format on */
