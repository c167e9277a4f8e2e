/* SPDX-License-Identifier: MIT */
/* Options of the machine, its CPU and memory. */
#include <stdio.h>
#include <string.h>

#include "options_table.h"
#include "util/log.h"
#include "util/optlist.h"

static void print_machines(bool as_qemu)
{
    puts("Supported machines are:");
    for (const MachineType *const *t = machine_types; *t; t++) {
        printf("%-20s %s%s\n", (*t)->name, (*t)->description,
               t == machine_types && !as_qemu ? " (default)" : "");
    }
}

/* Takes one of the accelerators: TCG is there, and what else is asked for must have it to fall back
 * on (finish() in options.c). */
static void take_accelerator(OptionsParser *p, const char *name)
{
    if (strcmp(name, "tcg") == 0) {
        p->tcg_given = true;
    } else {
        p->other_accel = name;
    }
}

/* The accelerators of accel=kvm:tcg. */
static void take_accelerators(OptionsParser *p, char *list)
{
    for (char *name = list; name;) {
        char *colon = strchr(name, ':');
        if (colon) {
            *colon++ = '\0';
        }
        take_accelerator(p, name);
        name = colon;
    }
}

static bool choose_machine(OptionsParser *p, const char *type)
{
    p->o->machine = machine_find(type);
    if (!p->o->machine) {
        error_report("%s: unknown machine '%s': %s help lists them", p->name, type, p->name);
        return false;
    }
    p->machine_given = true;
    return true;
}

bool parse_machine(OptionsParser *p, char *arg)
{
    typedef struct Values {
        const char *type;
        char *accel;
    } Values;
    static const OptProperty of_machine[] = {
        { "type=TYPE", OPT_STRING, offsetof(Values, type), 0 },
        { "accel=tcg", OPT_STRING, offsetof(Values, accel), 0 },
        { 0 },
    };
    static const OptProperty of_options[] = {
        { "dumpdtb=FILE", OPT_STRING, offsetof(Options, dumpdtb), 0 },
        { "kernel=FILE", OPT_STRING, offsetof(Options, kernel), 0 },
        { "initrd=FILE", OPT_STRING, offsetof(Options, initrd), 0 },
        { "append=STRING", OPT_STRING, offsetof(Options, append), 0 },
        { "dtb=FILE", OPT_STRING, offsetof(Options, dtb), 0 },
        { "firmware=FILE", OPT_STRING, offsetof(Options, bios), 0 },
        { "graphics=on|off", OPT_BOOL, OPT_NOWHERE, 0 },
        { "usb=off", OPT_CHOICE, OPT_NOWHERE, 0 },
        { "dump-guest-core=on|off", OPT_BOOL, OPT_NOWHERE, 0 },
        { "mem-merge=on|off", OPT_BOOL, OPT_NOWHERE, 0 },
        { "suppress-vmdesc=on|off", OPT_BOOL, OPT_NOWHERE, 0 },
        { 0 },
    };
    Values v = { 0 };
    const char *last = strrchr(arg, ',');
    if (option_asks_for_help(last ? last + 1 : arg)) {
        print_machines(p->as_qemu);
        p->done = true;
        return true;
    }
    const OptTable tables[] = { { of_machine, &v }, { of_options, p->o }, { 0 } };
    if (!optlist_parse_tables(p->name, tables, "type", arg)) {
        return false;
    }
    if (v.accel) {
        take_accelerators(p, v.accel);
    }
    return !v.type || choose_machine(p, v.type);
}

static void print_cpus(void)
{
    const char *name;
    puts("Available CPUs:");
    for (unsigned n = 0; (name = arm_cpu_model_name(n)) != NULL; n++) {
        printf("  %s\n", name);
    }
}

bool parse_cpu(OptionsParser *p, char *arg)
{
    static const OptProperty properties[] = {
        { "vfp=on|off", OPT_NOT, offsetof(Options, cpu.no_vfp), 0 },
        /* Values that QEMU takes for these models, too, and that are always so here. */
        { "cfgend=off", OPT_CHOICE, OPT_NOWHERE, 0 },
        { "has_el3=off", OPT_CHOICE, OPT_NOWHERE, 0 },
        { "reset-hivecs=off", OPT_CHOICE, OPT_NOWHERE, 0 },
        { "start-powered-off=off", OPT_CHOICE, OPT_NOWHERE, 0 },
        { 0 },
    };
    /* QEMU's other models, and what is on the way to them. */
    static const char other[] =
        "arm11mpcore|arm946|cortex-a15|cortex-a7|cortex-a8|cortex-a9|cortex-m0|cortex-m3|"
        "cortex-m33|cortex-m4|cortex-m55|cortex-m7|cortex-r5|cortex-r5f|max|pxa250|pxa255|pxa260|"
        "pxa261|pxa262|pxa270|pxa270-a0|pxa270-a1|pxa270-b0|pxa270-b1|pxa270-c0|pxa270-c5|sa1100|"
        "sa1110";
    const char *model = option_first_item(&arg);
    if (option_asks_for_help(model)) {
        print_cpus();
        p->done = true;
        return true;
    }
    const char *name = arm_cpu_model_named(model);
    if (!name) {
        error_report(option_is_one_of(other, model)
                         ? "-cpu: tqemu does not have QEMU's CPU '%s': -cpu help lists its own"
                         : "-cpu: unknown CPU '%s': -cpu help lists them",
                     model);
        return false;
    }
    p->cpu_model = name;
    return optlist_parse(p->name, properties, NULL, arg, p->o, NULL);
}

bool parse_ram(OptionsParser *p, char *arg)
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

bool parse_smp(OptionsParser *p, char *arg)
{
    char *value;
    bool first = true;
    for (char *item; (item = optlist_next(&arg, &value)); first = false) {
        const char *key = value || !first ? item : "cpus";
        const char *text = value ? value : item;
        uint64_t n;
        if (!option_is_one_of("cpus|maxcpus|sockets|dies|clusters|cores|threads", key)) {
            error_report("%s: unknown property '%s': use cpus=1", p->name, key);
            return false;
        }
        if (!opt_number(text, UINT32_MAX, &n) || n == 0) {
            error_report("%s: invalid value '%s' for '%s': use 1", p->name, text, key);
            return false;
        }
        if (n > 1) {
            error_report("%s: %s=%llu: no machine has more than one CPU: use 1", p->name, key,
                         (unsigned long long)n);
            return false;
        }
    }
    return true;
}

bool parse_accel(OptionsParser *p, char *arg)
{
    static const OptProperty properties[] = {
        { "thread=single|multi", OPT_CHOICE, OPT_NOWHERE, 0 },
        { "tb-size=MIB", OPT_NUMBER, OPT_NOWHERE, UINT32_MAX },
        { "split-wx=on|off", OPT_BOOL, OPT_NOWHERE, 0 },
        { "one-insn-per-tb=on|off", OPT_BOOL, offsetof(Options, cpu.singlestep), 0 },
        { "optimise=on|off", OPT_NOT, offsetof(Options, cpu.no_optimise), 0 },
        { "fusion=on|off", OPT_NOT, offsetof(Options, cpu.no_fusion), 0 },
        { "fastfp=on|off", OPT_NOT, offsetof(Options, cpu.no_fast_fp), 0 },
        { 0 },
    };
    const char *name = option_first_item(&arg);
    if (option_asks_for_help(name)) {
        puts("Accelerators supported in tqemu:\ntcg");
        p->done = true;
        return true;
    }
    take_accelerator(p, name);
    /* Another accelerator's properties mean nothing once TCG takes its place. */
    return strcmp(name, "tcg") != 0 || optlist_parse(p->name, properties, NULL, arg, p->o, NULL);
}

/* -global DRIVER.PROPERTY=VALUE: a default for each device of that kind. */
bool parse_global(OptionsParser *p, char *arg)
{
    static const OptProperty of_cpu[] = {
        { "vfp=on|off", OPT_NOT, offsetof(Options, cpu.no_vfp), 0 },
        { 0 },
    };
    char *dot = strchr(arg, '.'), *equals = strchr(arg, '=');
    static const char suffix[] = "-arm-cpu";
    if (dot && equals && dot < equals) {
        *dot = '\0';
        size_t length = strlen(arg), end = sizeof suffix - 1;
        if (length > end && strcmp(arg + length - end, suffix) == 0) {
            return optlist_parse(p->name, of_cpu, NULL, dot + 1, p->o, NULL);
        }
        error_report("%s: no device of tqemu's has properties by the name '%s': leave it out",
                     p->name, arg);
        return false;
    }
    error_report("%s: invalid value '%s': use CPU-arm-cpu.vfp=off", p->name, arg);
    return false;
}
