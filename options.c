/* SPDX-License-Identifier: MIT */
/* The command line. One table has every option that there is, with its help; another the names that
 * only QEMU knows. */
#include "options.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "util/date.h"
#include "util/log.h"

#define VERSION "0.1"

/* State of one parse, beside its result. */
typedef struct Parser {
    Options *o;
    bool done;             /* something like -help was printed */
    bool ram_given;        /* -m */
    unsigned serial_count; /* -serial given so often */
    const char *cpu_model; /* -cpu */
    const char *name;      /* of the option that is being parsed, with its dash */
} Parser;

typedef struct Option {
    const char *name;
    const char *arg; /* what -help calls its argument; NULL: it has none */
    bool (*parse)(Parser *p, char *arg);
    const char *help; /* NULL: another name of the one before */
} Option;

/* Cuts the next part off a comma-separated list; ",," is a comma in a value. Returns the part, with
 * *value at what follows its '=' (NULL without one), or NULL at the end. The list is changed. */
static char *next_part(char **list, char **value)
{
    char *part = *list;
    if (!part) {
        return NULL;
    }
    *value = NULL;
    char *to = part, *from = part;
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
    return part;
}

static bool bad_value(const Parser *p, const char *key, const char *value, const char *remedy)
{
    error_report("%s: %s%s%s%s: %s", p->name, key, value ? "=" : "", value ? value : "",
                 value ? " is no good" : " has no value", remedy);
    return false;
}

static bool unknown_key(const Parser *p, const char *key, const char *known)
{
    error_report("%s: unknown property '%s': there is %s", p->name, key, known);
    return false;
}

static bool parse_on_off(const Parser *p, const char *key, const char *value, bool *on)
{
    if (!value || strcmp(value, "on") == 0 || strcmp(value, "yes") == 0) {
        *on = true;
        return true;
    }
    if (strcmp(value, "off") == 0 || strcmp(value, "no") == 0) {
        *on = false;
        return true;
    }
    return bad_value(p, key, value, "say on or off");
}

/* A decimal number; false if `text` is anything else or too large. */
static bool parse_number(const char *text, uint64_t *n, const char **end)
{
    if (*text < '0' || *text > '9') {
        return false;
    }
    char *after;
    errno = 0;
    *n = strtoull(text, &after, 10);
    *end = after;
    return errno == 0;
}

static void print_machines(void)
{
    puts("Supported machines are:");
    for (const MachineType *const *t = machine_types; *t; t++) {
        printf("%-20s %s%s\n", (*t)->name, (*t)->description,
               t == machine_types ? " (default)" : "");
    }
}

static bool parse_machine(Parser *p, char *arg)
{
    char *value;
    for (char *key; (key = next_part(&arg, &value));) {
        if (!value && (strcmp(key, "help") == 0 || strcmp(key, "?") == 0)) {
            print_machines();
            p->done = true;
        } else if (!value || strcmp(key, "type") == 0) {
            const char *name = value ? value : key;
            const MachineType *type = machine_find(name);
            if (!type) {
                error_report("%s: unknown machine '%s': %s help lists the machines", p->name, name,
                             p->name);
                return false;
            }
            p->o->machine = type;
        } else if (strcmp(key, "dumpdtb") == 0) {
            if (!*value) {
                return bad_value(p, key, value, "name the file to write");
            }
            p->o->dumpdtb = value;
        } else {
            return unknown_key(p, key, "dumpdtb=FILE");
        }
    }
    return true;
}

static bool parse_cpu(Parser *p, char *arg)
{
    char *value;
    char *model = next_part(&arg, &value);
    if (strcmp(model, "help") == 0 || strcmp(model, "?") == 0) {
        puts("Available CPUs:");
        for (unsigned n = 0; arm_cpu_model_name(n); n++) {
            printf("  %s\n", arm_cpu_model_name(n));
        }
        p->done = true;
        return true;
    }
    const char *name;
    for (unsigned n = 0; (name = arm_cpu_model_name(n)) != NULL; n++) {
        if (!value && strcmp(name, model) == 0) {
            p->cpu_model = name;
        }
    }
    if (!p->cpu_model) {
        error_report("-cpu: unknown CPU '%s': -cpu help lists the models", model);
        return false;
    }
    for (char *property; (property = next_part(&arg, &value));) {
        bool vfp;
        if (strcmp(property, "vfp") != 0) {
            return unknown_key(p, property, "vfp=on|off");
        }
        if (!parse_on_off(p, property, value, &vfp)) {
            return false;
        }
        p->o->cpu.no_vfp = !vfp;
    }
    return true;
}

/* A size as QEMU has it: a number of MiB, or with a suffix B, K, M, G or T. */
static bool parse_size(const char *text, uint64_t *bytes)
{
    static const char suffixes[] = "BKMGT";
    const char *end;
    uint64_t n;
    if (!parse_number(text, &n, &end)) {
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
    if (n > UINT64_MAX >> shift) {
        return false;
    }
    *bytes = n << shift;
    return true;
}

static bool parse_ram(Parser *p, char *arg)
{
    char *value;
    for (char *key; (key = next_part(&arg, &value));) {
        if (value && strcmp(key, "size") != 0) {
            return unknown_key(p, key, "size=N[KMG]");
        }
        const char *size = value ? value : key;
        if (!parse_size(size, &p->o->ram_size)) {
            error_report("-m: '%s' is no size: say a number of MiB, or one with K, M or G", size);
            return false;
        }
        p->ram_given = true;
    }
    return true;
}

static bool check_ram(const Options *o)
{
    uint64_t mib = UINT64_C(1) << 20;
    if (o->ram_size == 0 || o->ram_size % mib) {
        error_report("-m: %llu bytes is not a number of whole MiB: take 1 to %llu MiB",
                     (unsigned long long)o->ram_size,
                     (unsigned long long)(o->machine->ram_max / mib));
        return false;
    }
    if (o->ram_size > o->machine->ram_max) {
        error_report("-m: %llu MiB is more than %s has room for: take at most %llu MiB",
                     (unsigned long long)(o->ram_size / mib), o->machine->name,
                     (unsigned long long)(o->machine->ram_max / mib));
        return false;
    }
    return true;
}

static bool parse_file(const Parser *p, const char **file, char *arg)
{
    if (!*arg) {
        error_report("%s: the file's name is empty: name a file", p->name);
        return false;
    }
    *file = arg;
    return true;
}

static bool parse_kernel(Parser *p, char *arg)
{
    return parse_file(p, &p->o->kernel, arg);
}

static bool parse_initrd(Parser *p, char *arg)
{
    return parse_file(p, &p->o->initrd, arg);
}

static bool parse_append(Parser *p, char *arg)
{
    p->o->append = arg;
    return true;
}

static bool parse_dtb(Parser *p, char *arg)
{
    return parse_file(p, &p->o->dtb, arg);
}

static bool parse_bios(Parser *p, char *arg)
{
    return parse_file(p, &p->o->bios, arg);
}

static bool parse_log_file(Parser *p, char *arg)
{
    return parse_file(p, &p->o->log_file, arg);
}

static bool parse_device(Parser *p, char *arg)
{
    Options *o = p->o;
    if (strncmp(arg, "loader", 6) != 0 || (arg[6] != ',' && arg[6] != '\0')) {
        error_report("-device: unknown device '%.*s': there is loader,file=FILE,addr=ADDRESS",
                     (int)strcspn(arg, ","), arg);
        return false;
    }
    LoaderDevice *devices = realloc(o->devices, (o->device_count + 1) * sizeof *devices);
    if (!devices) {
        error_report("-device: out of memory: free some");
        return false;
    }
    o->devices = devices;
    if (!loader_parse_device(arg, &devices[o->device_count])) {
        return false;
    }
    o->device_count++;
    return true;
}

/* A character device that nobody is at the other end of, by any of its names. */
static bool is_nobody(const char *arg)
{
    return strcmp(arg, "null") == 0 || strcmp(arg, "/dev/null") == 0;
}

static bool parse_serial(Parser *p, char *arg)
{
    if (p->serial_count == MACHINE_MAX_SERIAL) {
        error_report("-serial: given more than %u times: that many ports is all there are",
                     (unsigned)MACHINE_MAX_SERIAL);
        return false;
    }
    SerialOption *s = &p->o->serial[p->serial_count];
    if (strcmp(arg, "stdio") == 0 || strcmp(arg, "mon:stdio") == 0) {
        s->kind = SERIAL_STDIO;
    } else if (strcmp(arg, "channel") == 0) {
        s->kind = SERIAL_CHANNEL;
    } else if (is_nobody(arg)) {
        s->kind = SERIAL_NULL;
    } else if (strcmp(arg, "none") == 0) {
        s->kind = SERIAL_NONE;
    } else if (strncmp(arg, "file:", 5) == 0 && arg[5]) {
        s->kind = SERIAL_FILE;
        s->path = arg + 5;
    } else {
        error_report("-serial: '%s' is not supported: say stdio, mon:stdio, null, none or "
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

/* Options whose only value is the one that is true of us anyway. */
static bool only(const Parser *p, const char *arg, const char *value)
{
    if (strcmp(arg, value) != 0) {
        error_report("%s: '%s' is not supported: only '%s' is", p->name, arg, value);
        return false;
    }
    return true;
}

static bool parse_none(Parser *p, char *arg)
{
    return only(p, arg, "none");
}

static bool parse_none_or_null(Parser *p, char *arg)
{
    return is_nobody(arg) || only(p, arg, "none");
}

static bool parse_audiodev(Parser *p, char *arg)
{
    char *value;
    char *driver = next_part(&arg, &value);
    return only(p, value ? value : driver, "none");
}

static bool parse_nothing(Parser *p, char *arg)
{
    (void)p;
    (void)arg;
    return true;
}

static bool parse_no_reboot(Parser *p, char *arg)
{
    (void)arg;
    p->o->no_reboot = true;
    return true;
}

static bool parse_icount(Parser *p, char *arg)
{
    Options *o = p->o;
    char *value;
    bool on;
    bool shift_given = false;
    for (char *key; (key = next_part(&arg, &value));) {
        const char *end;
        uint64_t shift;
        if (!value || strcmp(key, "shift") == 0) {
            const char *n = value ? value : key;
            if (!parse_number(n, &shift, &end) || *end || shift > 10) {
                return bad_value(p, "shift", n, "say 0 to 10, for 2^N ns per instruction");
            }
            o->icount_shift = (unsigned)shift;
            shift_given = true;
        } else if (strcmp(key, "sleep") == 0) {
            if (!parse_on_off(p, key, value, &o->icount_sleep)) {
                return false;
            }
        } else if (strcmp(key, "align") == 0) {
            if (!parse_on_off(p, key, value, &on)) {
                return false;
            }
            if (on) {
                return bad_value(p, key, value, "only align=off is supported");
            }
        } else {
            return unknown_key(p, key, "shift=N, sleep=on|off and align=off");
        }
    }
    if (!shift_given) {
        error_report("-icount: no shift: say shift=0 to shift=10, for 2^N ns per instruction");
        return false;
    }
    o->icount = true;
    return true;
}

static bool parse_rtc(Parser *p, char *arg)
{
    Options *o = p->o;
    char *value;
    for (char *key; (key = next_part(&arg, &value));) {
        if (!value) {
            return bad_value(p, key, value, "say base=utc, base=localtime or base=DATE");
        }
        if (strcmp(key, "base") == 0) {
            if (strcmp(value, "utc") == 0) {
                o->rtc = RTC_UTC;
            } else if (strcmp(value, "localtime") == 0) {
                o->rtc = RTC_LOCALTIME;
            } else if (date_parse(value, &o->rtc_date)) {
                o->rtc = RTC_DATE;
            } else {
                return bad_value(p, key, value,
                                 "say utc, localtime, or a date like 2024-02-29T12:00:00");
            }
        } else if (strcmp(key, "clock") == 0) {
            if (strcmp(value, "host") == 0) {
                o->rtc_clock = RTC_CLOCK_HOST;
            } else if (strcmp(value, "rt") == 0) {
                o->rtc_clock = RTC_CLOCK_RT;
            } else if (strcmp(value, "vm") == 0) {
                o->rtc_clock = RTC_CLOCK_VM;
            } else {
                return bad_value(p, key, value, "say host, rt or vm");
            }
        } else if (strcmp(key, "driftfix") == 0) {
            /* For RTCs whose periodic interrupt may be lost: this one has none. */
            if (strcmp(value, "none") != 0 && strcmp(value, "slew") != 0) {
                return bad_value(p, key, value, "say none or slew");
            }
        } else {
            return unknown_key(p, key,
                               "base=utc|localtime|DATE, clock=host|rt|vm and driftfix=none|slew");
        }
    }
    return true;
}

static bool parse_semihosting(Parser *p, char *arg)
{
    (void)arg;
    p->o->cpu.semihosting = true;
    return true;
}

static bool parse_semihosting_config(Parser *p, char *arg)
{
    char *value;
    p->o->cpu.semihosting = true;
    for (char *key; (key = next_part(&arg, &value));) {
        if (strcmp(key, "enable") == 0 || !value) {
            if (!parse_on_off(p, "enable", value ? value : key, &p->o->cpu.semihosting)) {
                return false;
            }
        } else if (strcmp(key, "target") == 0) {
            if (strcmp(value, "native") != 0 && strcmp(value, "auto") != 0) {
                return bad_value(p, key, value, "say native: there is no gdb to ask");
            }
        } else {
            return unknown_key(p, key, "enable=on|off and target=native");
        }
    }
    return true;
}

static bool parse_singlestep(Parser *p, char *arg)
{
    (void)arg;
    p->o->cpu.singlestep = true;
    return true;
}

static bool parse_accel(Parser *p, char *arg)
{
    ARMCPUOptions *cpu = &p->o->cpu;
    char *value;
    char *accel = next_part(&arg, &value);
    if (!only(p, value ? value : accel, "tcg")) {
        return false;
    }
    for (char *key; (key = next_part(&arg, &value));) {
        bool on;
        if (strcmp(key, "thread") == 0 && value && strcmp(value, "single") == 0) {
            continue;
        }
        if (!parse_on_off(p, key, value, &on)) {
            return false;
        }
        if (strcmp(key, "one-insn-per-tb") == 0) {
            cpu->singlestep = on;
        } else if (strcmp(key, "optimise") == 0) {
            cpu->no_optimise = !on;
        } else if (strcmp(key, "fusion") == 0) {
            cpu->no_fusion = !on;
        } else if (strcmp(key, "fastfp") == 0) {
            cpu->no_fast_fp = !on;
        } else {
            return unknown_key(p, key,
                               "thread=single, and with on or off one-insn-per-tb, optimise, "
                               "fusion, fastfp");
        }
    }
    return true;
}

static bool parse_log_items(Parser *p, char *arg)
{
    static const char digest[] = "digest:";
    char *value;
    for (char *item; (item = next_part(&arg, &value));) {
        const char *end;
        if (strcmp(item, "help") == 0 || strcmp(item, "?") == 0) {
            puts("Items of -d, comma separated:");
            log_print_items(stdout);
            printf("  %-13s %s\n", "digest:N",
                   "a digest of CPU, devices and RAM every N instructions (exact with -icount)");
            p->done = true;
        } else if (strncmp(item, digest, sizeof digest - 1) == 0) {
            if (!parse_number(item + sizeof digest - 1, &p->o->digest_every, &end) || *end ||
                p->o->digest_every == 0) {
                error_report("-d: '%s' is no digest: say digest:N with a number of instructions",
                             item);
                return false;
            }
        } else if (value || !*item || log_set_items(item)) {
            error_report("-d: unknown item '%s': -d help lists the items", item);
            return false;
        }
    }
    return true;
}

static bool parse_version(Parser *p, char *arg)
{
    (void)arg;
    puts("tqemu version " VERSION);
    p->done = true;
    return true;
}

static bool parse_help(Parser *p, char *arg);

static const Option option_table[] = {
    { "M", "TYPE", parse_machine, "the machine (-M help); dumpdtb=FILE writes its device tree" },
    { "machine", "TYPE", parse_machine, NULL },
    { "cpu", "MODEL", parse_cpu, "the CPU (-cpu help); vfp=off takes its floating point away" },
    { "m", "SIZE", parse_ram, "RAM in MiB, or with a suffix K, M or G" },
    { "kernel", "FILE", parse_kernel, "the guest: zImage, zImage-xip, ELF, uImage or raw" },
    { "initrd", "FILE", parse_initrd, "its initial RAM disk" },
    { "append", "STRING", parse_append, "its command line" },
    { "dtb", "FILE", parse_dtb, "a device tree in place of our own" },
    { "bios", "FILE", parse_bios, "a flash image to start from" },
    { "device", "loader,...", parse_device,
      "file=F,addr=A[,cpu-num=0][,force-raw=on]; data=V,data-len=N,addr=A" },
    { "serial", "DEV", parse_serial,
      "next serial port: stdio, mon:stdio, null, none, file:PATH, channel (in JavaScript)" },
    { "nographic", NULL, parse_nothing, "accepted: there are no graphics" },
    { "display", "none", parse_none, "accepted: there is no display" },
    { "monitor", "none", parse_none_or_null,
      "accepted, as null and /dev/null: there is no monitor" },
    { "parallel", "none", parse_none_or_null, "the same: there is no parallel port" },
    { "audio", "none", parse_none, "accepted: there is no sound" },
    { "audiodev", "none,...", parse_audiodev, NULL },
    { "nic", "none", parse_none, "accepted: there is no network" },
    { "net", "none", parse_none, NULL },
    { "no-reboot", NULL, parse_no_reboot, "a reset of the guest ends the run" },
    { "icount", "shift=N", parse_icount,
      "time is counted: 2^N ns an instruction; sleep=on: idle time is real" },
    { "rtc", "base=BASE", parse_rtc,
      "utc, localtime or a date; clock=host|rt|vm is what it goes by from there" },
    { "semihosting", NULL, parse_semihosting, "semihosting calls of the guest are served" },
    { "semihosting-config", "enable=on", parse_semihosting_config, "the same, in full" },
    { "singlestep", NULL, parse_singlestep, "one guest instruction per block" },
    { "accel", "tcg", parse_accel,
      "with optimise=off, fusion=off, fastfp=off: plainer, for tests" },
    { "d", "ITEMS", parse_log_items, "log (-d help)" },
    { "D", "FILE", parse_log_file, "the log goes there and not to stderr" },
    { "version", NULL, parse_version, "print the version" },
    { "help", NULL, parse_help, "print this" },
    { "h", NULL, parse_help, NULL },
};

/* Options of QEMU's that we have not. */
static const char *const qemu_only[] = {
    "L",
    "S",
    "action",
    "add-fd",
    "async-teardown",
    "audio-help",
    "blockdev",
    "boot",
    "cdrom",
    "chardev",
    "chroot",
    "compat",
    "daemonize",
    "debugcon",
    "dfilter",
    "drive",
    "dump-vmstate",
    "echr",
    "enable-kvm",
    "enable-sync-profile",
    "fda",
    "fdb",
    "fsdev",
    "full-screen",
    "fw_cfg",
    "g",
    "gdb",
    "global",
    "hda",
    "hdb",
    "hdc",
    "hdd",
    "incoming",
    "iscsi",
    "k",
    "loadvm",
    "mem-path",
    "mem-prealloc",
    "mon",
    "msg",
    "mtdblock",
    "name",
    "netdev",
    "no-acpi",
    "no-fd-bootchk",
    "no-hpet",
    "no-shutdown",
    "no-user-config",
    "nodefaults",
    "numa",
    "object",
    "old-param",
    "one-insn-per-tb",
    "only-migratable",
    "option-rom",
    "overcommit",
    "perfmap",
    "pflash",
    "pidfile",
    "plugin",
    "portrait",
    "preconfig",
    "prom-env",
    "qmp",
    "qmp-pretty",
    "readconfig",
    "rotate",
    "run-with",
    "runas",
    "s",
    "sandbox",
    "sd",
    "seed",
    "set",
    "smbios",
    "smp",
    "snapshot",
    "spice",
    "tb-size",
    "tpmdev",
    "trace",
    "usb",
    "usbdevice",
    "uuid",
    "vga",
    "virtfs",
    "vnc",
    "watchdog",
    "watchdog-action",
    "win2k-hack",
    "writeconfig",
    "xen-attach",
    "xen-domid",
};

enum { OPTION_COUNT = sizeof option_table / sizeof option_table[0] };

static bool parse_help(Parser *p, char *arg)
{
    (void)arg;
    puts("usage: tqemu [options]\n"
         "Without -kernel, -bios and -device the built-in firmware runs.\n");
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        const Option *opt = &option_table[i];
        char left[64];
        snprintf(left, sizeof left, "-%s%s%s", opt->name, opt->arg ? " " : "",
                 opt->arg ? opt->arg : "");
        printf("  %-28s %s\n", left, opt->help ? opt->help : "(the same)");
    }
    puts("\nKeys on a terminal: Ctrl-A x ends the run, Ctrl-A h lists the keys.\n"
         "\nExit status:\n"
         "  0    the guest switched itself off, or can never wake again; a reset with -no-reboot;\n"
         "       Ctrl-A x\n"
         "  N    the guest's own, from a semihosting exit\n"
         "  1    wrong usage, bad file, or an error of the host\n"
         "  A signal that ends tqemu is passed on, so that a shell shows 128 + its number.");
    p->done = true;
    return true;
}

static const Option *find_option(const char *name)
{
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        if (strcmp(option_table[i].name, name) == 0) {
            return &option_table[i];
        }
    }
    return NULL;
}

static void report_unknown(const char *arg, const char *name)
{
    for (size_t i = 0; i < sizeof qemu_only / sizeof qemu_only[0]; i++) {
        if (strcmp(qemu_only[i], name) == 0) {
            error_report("-%s: QEMU has this option, tqemu has not: -help lists what there is",
                         name);
            return;
        }
    }
    error_report("%s: unknown option: -help lists what there is", arg);
}

/* What the RTC goes by: with counted time that, so that runs are equal, unless another clock is
 * asked for. For that one an idle guest must sleep: skipping to the next look at an alarm would let
 * virtual time run away. */
static void finish_rtc(Options *o)
{
    if (o->rtc_clock == RTC_CLOCK_DEFAULT) {
        o->rtc_clock = o->icount ? RTC_CLOCK_VM : RTC_CLOCK_HOST;
    }
    if (o->rtc_clock != RTC_CLOCK_VM) {
        o->icount_sleep = true;
    }
}

/* What only the options together can tell. */
static bool finish(Parser *p)
{
    Options *o = p->o;
    if (!p->ram_given) {
        o->ram_size = o->machine->ram_default;
    }
    o->cpu.model = p->cpu_model ? p->cpu_model : o->machine->default_cpu;
    o->cpu.exact = o->icount;
    finish_rtc(o);
    if (p->serial_count == 0) {
        o->serial[0].kind = SERIAL_STDIO;
    }
    if (p->serial_count > o->machine->serial_count) {
        error_report("-serial: given %u times: %s has %u serial ports", p->serial_count,
                     o->machine->name, o->machine->serial_count);
        return false;
    }
    return check_ram(o);
}

OptionsResult options_parse(Options *o, int argc, char **argv)
{
    *o = (Options){ .machine = machine_types[0] };
    Parser p = { .o = o };
    for (int i = 1; i < argc; i++) {
        char *arg = argv[i];
        if (arg[0] != '-' || !arg[1]) {
            error_report("%s: not an option: a kernel is given with -kernel FILE", arg);
            return OPTIONS_BAD;
        }
        const char *name = arg + (arg[1] == '-' ? 2 : 1);
        const Option *opt = find_option(name);
        if (!opt) {
            report_unknown(arg, name);
            return OPTIONS_BAD;
        }
        char *value = NULL;
        if (opt->arg) {
            if (i + 1 == argc) {
                error_report("%s: no argument: give %s", arg, opt->arg);
                return OPTIONS_BAD;
            }
            value = argv[++i];
        }
        p.name = arg;
        if (!opt->parse(&p, value)) {
            return OPTIONS_BAD;
        }
        if (p.done) {
            return OPTIONS_DONE;
        }
    }
    return finish(&p) ? OPTIONS_RUN : OPTIONS_BAD;
}

void options_free(Options *o)
{
    for (size_t i = 0; i < o->device_count; i++) {
        loader_device_free(&o->devices[i]);
    }
    free(o->devices);
    o->devices = NULL;
    o->device_count = 0;
}
