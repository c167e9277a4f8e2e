/* SPDX-License-Identifier: MIT */
/* Parses the command line: finds the option of each argument, then checks all of them together. */
#include "options.h"

#include <stdlib.h>
#include <string.h>

#include "options_table.h"
#include "util/log.h"

static const Option *find_option(const char *name)
{
    for (const Option *row = option_table; row->name; row++) {
        if (row->parse && strcmp(row->name, name) == 0) {
            return row;
        }
    }
    return NULL;
}

static void report_unknown(const char *arg, const char *name)
{
    for (const RefusedOption *row = refused_options; row->name; row++) {
        if (strcmp(row->name, name) == 0) {
            error_report("%s: tqemu does not have this option of QEMU's: %s", arg, row->advice);
            return;
        }
    }
    error_report("%s: unknown option: -help lists them", arg);
}

static bool check_ram(const Options *o)
{
    const uint64_t mib = UINT64_C(1) << 20;
    unsigned long long most = o->machine->ram_max / mib;
    if (o->ram_size == 0 || o->ram_size % mib) {
        error_report("-m: %llu bytes is not a whole number of MiB: use 1 to %llu MiB",
                     (unsigned long long)o->ram_size, most);
        return false;
    }
    if (o->ram_size > o->machine->ram_max) {
        error_report("-m: %llu MiB is more than %s has room for: use at most %llu MiB",
                     (unsigned long long)(o->ram_size / mib), o->machine->name, most);
        return false;
    }
    return true;
}

/* Under -icount the real-time clock follows virtual time, so that runs are equal, unless clock=
 * says otherwise. With another clock an idle guest must sleep: it checks the alarm every second,
 * and skipping from check to check would make virtual time run away. */
static void finish_rtc(Options *o)
{
    if (o->rtc_clock == RTC_CLOCK_DEFAULT) {
        o->rtc_clock = o->icount ? RTC_CLOCK_VM : RTC_CLOCK_HOST;
    }
    if (o->rtc_clock != RTC_CLOCK_VM) {
        o->icount_sleep = true;
    }
}

static bool finish(OptionsParser *p)
{
    Options *o = p->o;
    if (p->as_qemu && !p->machine_given) {
        error_report("-M: No machine specified, and there is no default: use -machine help to list "
                     "supported machines");
        return false;
    }
    if (!p->ram_given) {
        o->ram_size = o->machine->ram_default;
    }
    o->cpu.model = p->cpu_model ? p->cpu_model : o->machine->default_cpu;
    o->cpu.exact = o->icount;
    finish_rtc(o);
    if (p->other_accel && !p->tcg_given) {
        error_report("-accel: unsupported value '%s': use tcg", p->other_accel);
        return false;
    }
    if (p->serial_count == 0 && !p->nodefaults) {
        /* As QEMU has it: serial port and monitor share stdio; unless gdb has it. */
        bool shared = p->nographic && o->gdb.kind != SERIAL_STDIO;
        o->serial[0].kind = shared ? SERIAL_STDIO : SERIAL_VC;
        o->keys = shared;
    }
    if (p->serial_count > o->machine->serial_count) {
        error_report("-serial: given %u times: %s has %u serial ports", p->serial_count,
                     o->machine->name, o->machine->serial_count);
        return false;
    }
    return options_finish_chardevs(p) && options_check_cards(p) && check_ram(o) &&
           options_finish_drives(o);
}

/* Whether the program is called by QEMU's name, from wherever. */
static bool called_as_qemu(const char *path)
{
    static const char name[] = "qemu-system-arm";
    size_t length = path ? strlen(path) : 0, end = sizeof name - 1;
    return length >= end && strcmp(path + length - end, name) == 0;
}

OptionsResult options_parse(Options *o, int argc, char **argv)
{
    *o = (Options){ .machine = machine_types[0],
                    .rtc_clock = RTC_CLOCK_DEFAULT,
                    .monitor = { .kind = SERIAL_VC } };
    OptionsParser p = { .o = o, .as_qemu = argc && called_as_qemu(argv[0]) };
    for (int i = 1; i < argc; i++) {
        char *arg = argv[i];
        if (arg[0] != '-' || !arg[1]) {
            error_report("%s: not an option: name a kernel with -kernel FILE", arg);
            return OPTIONS_BAD;
        }
        const char *name = arg + (arg[1] == '-' ? 2 : 1);
        const Option *option = find_option(name);
        if (!option) {
            report_unknown(arg, name);
            return OPTIONS_BAD;
        }
        char *value = NULL;
        if (option->arg) {
            if (i + 1 == argc) {
                error_report("%s: no argument: give %s", arg, option->arg);
                return OPTIONS_BAD;
            }
            value = argv[++i];
        }
        p.name = arg;
        p.option = option;
        if (!option->parse(&p, value)) {
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
    free(o->drives);
    o->drives = NULL;
    o->drive_count = 0;
    free(o->scsi);
    free(o->ports);
    free(o->cards);
    o->cards = NULL;
    o->card_count = 0;
    free(o->semihosting_args.list);
    o->semihosting_args = (OptStrings){ 0 };
    free(o->devices);
    o->devices = NULL;
    o->device_count = 0;
    free(o->counts);
    o->counts = NULL;
}
