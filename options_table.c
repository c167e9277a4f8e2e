/* SPDX-License-Identifier: MIT */
/* The table of options. */
#include "options_table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "util/log.h"
#include "util/optlist.h"
#include "util/version.h"

bool option_asks_for_help(const char *arg)
{
    return strcmp(arg, "help") == 0 || strcmp(arg, "?") == 0;
}

const char *option_first_item(char **arg)
{
    char *value;
    char *item = optlist_next(arg, &value);
    return value ? value : item;
}

bool option_only(const OptionsParser *p, const char *arg, const char *value)
{
    if (strcmp(arg, value) != 0) {
        error_report("%s: unsupported value '%s': use %s", p->name, arg, value);
        return false;
    }
    return true;
}

bool option_is_one_of(const char *words, const char *word)
{
    return opt_word(words, word, strlen(word)) >= 0;
}

void *option_grow(const OptionsParser *p, void *list, size_t count, size_t size)
{
    void *longer = realloc(list, (count + 1) * size);
    if (!longer) {
        error_report("%s: out of memory: close other programs", p->name);
    }
    return longer;
}

void option_warn(OptionsParser *p, OptionsWarning what)
{
    static const char *const texts[WARN_COUNT] = {
        [WARN_NETWORK] = "there is no network: the guest runs without one",
        [WARN_USB] = "there is no USB: the guest runs without it",
        [WARN_SOUND] = "there is no sound: the guest runs without it",
        [WARN_WINDOW] = "there is no window: the guest has its serial ports alone",
        [WARN_SANDBOX] = "there is no sandbox: tqemu runs without one",
    };
    if (!(p->warned & 1u << what)) {
        error_report("%s: %s", p->name, texts[what]);
    }
    p->warned |= 1u << what;
}

bool parse_flag(OptionsParser *p, char *arg)
{
    (void)arg;
    *(bool *)((char *)p->o + p->option->offset) = true;
    return true;
}

bool parse_string(OptionsParser *p, char *arg)
{
    *(const char **)((char *)p->o + p->option->offset) = arg;
    return true;
}

bool parse_file(OptionsParser *p, char *arg)
{
    if (!*arg) {
        error_report("%s: the file name is empty: give one", p->name);
        return false;
    }
    return parse_string(p, arg);
}

bool parse_nothing(OptionsParser *p, char *arg)
{
    (void)p, (void)arg;
    return true;
}

static bool parse_version(OptionsParser *p, char *arg)
{
    (void)arg;
    puts(p->as_qemu ? "QEMU emulator version " QEMU_VERSION " (tqemu " TQEMU_VERSION ")"
                    : "tqemu version " TQEMU_VERSION);
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
        if (!row->parse) {
            printf("%s%s:\n", row == option_table ? "" : "\n", row->help);
            continue;
        }
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

#define NO_EFFECT "accepted, no effect"

/* clang-format off */
const Option option_table[] = {
    { "", NULL, NULL, "The machine", 0 },
    { "M", "TYPE", parse_machine, "the machine (-M help lists them); dumpdtb=FILE writes its device tree", 0 },
    { "machine", "TYPE", parse_machine, NULL, 0 },
    { "cpu", "MODEL", parse_cpu, "the CPU (-cpu help lists them); vfp=off: without floating point", 0 },
    { "m", "SIZE", parse_ram, "RAM in MiB, or with a suffix K, M or G", 0 },
    { "smp", "1", parse_smp, "the number of CPUs, which is 1", 0 },
    { "accel", "tcg", parse_accel, "for tests: optimise=off, fusion=off, fastfp=off", 0 },
    { "global", "CPU-arm-cpu.vfp=off", parse_global, "as -cpu CPU,vfp=off", 0 },
    { "device", "loader,...", parse_device, "file=F,addr=A[,cpu-num=0][,force-raw=on]; data=V,data-len=N,addr=A (-device help lists the others)", 0 },

    { "", NULL, NULL, "The guest", 0 },
    { "kernel", "FILE", parse_file, "the guest: zImage, zImage-xip, ELF, uImage or raw", AT(kernel) },
    { "initrd", "FILE", parse_file, "its initial RAM disk", AT(initrd) },
    { "append", "STRING", parse_string, "its command line", AT(append) },
    { "object", "rng-random,id=ID", parse_object, "a source of random bytes, for virtio-rng-pci,rng=ID; or rng-builtin", 0 },
    { "dtb", "FILE", parse_file, "a device tree instead of the machine's own", AT(dtb) },
    { "bios", "FILE", parse_file, "a flash image to start from", AT(bios) },
    { "semihosting", NULL, parse_flag, "serve the guest's semihosting calls: console, files, time, exit", AT(cpu.semihosting) },
    { "semihosting-config", "enable=on", parse_semihosting_config, "the same; arg=TEXT,...: the guest's command line; chardev=ID: its console; userspace=on: for user mode, too; target=gdb|auto: gdb executes them", 0 },

    { "", NULL, NULL, "Disks, cards and flash: raw images", 0 },
    { "drive", "file=FILE,...", parse_drive, "if=scsi|sd|pflash|virtio|none,index=N,id=ID,media=disk|cdrom,readonly=on,snapshot=on", 0 },
    { "hda", "FILE", parse_hd, "the first disk", 0 },
    { "hdb", "FILE", parse_hd, "the second", 0 },
    { "hdc", "FILE", parse_hd, "the third", 0 },
    { "hdd", "FILE", parse_hd, "the fourth", 0 },
    { "cdrom", "FILE", parse_cdrom, "a CD-ROM in place of the third disk", 0 },
    { "sd", "FILE", parse_sd, "the next SD card", 0 },
    { "pflash", "FILE", parse_pflash, "the flash, which is written back", 0 },
    { "mtdblock", "FILE", parse_mtdblock, "as -drive if=mtd,file=FILE: for boards that have it", 0 },
    { "snapshot", NULL, parse_flag, "drives are not written: changes are kept in memory", AT(snapshot) },

    { "", NULL, NULL, "Input and output", 0 },
    { "serial", "DEV", parse_serial, "the next serial port: stdio, mon:stdio, null, none, file:PATH, tcp:HOST:PORT, telnet:HOST:PORT, unix:PATH, pty, vc, chardev:ID, channel (JavaScript); server=on,wait=off", 0 },
    { "chardev", "KIND,id=ID", parse_chardev, "a character device for -serial chardev:ID or -device virtconsole,chardev=ID (-chardev help lists the kinds)", 0 },
    { "monitor", "DEV", parse_monitor, "the monitor: vc (Ctrl-A c on the console, the default), stdio, tcp:HOST:PORT, telnet:HOST:PORT, unix:PATH, pty, chardev:ID, none", 0 },
    { "mon", "chardev=ID", parse_mon, "the same as -monitor chardev:ID", 0 },
    { "echr", "CODE", parse_echr, "the key in place of Ctrl-A: 1 for Ctrl-A to 26 for Ctrl-Z", 0 },
    { "nodefaults", NULL, parse_nodefaults, "no serial port but those of -serial", 0 },
    { "pidfile", "FILE", parse_file, "write the process's number to FILE, which goes when the run ends", AT(pidfile) },

    { "", NULL, NULL, "Time and chance", 0 },
    { "icount", "shift=N", parse_icount, "count time: 2^N ns an instruction; sleep=on: idle time is real; auto: 3,sleep=on; rr=record|replay,rrfile=FILE: logs what comes from outside, or takes it from there", 0 },
    { "rtc", "base=BASE", parse_rtc, "the date: utc, localtime or a date; clock=host|rt|vm advances it", 0 },
    { "seed", "N", parse_seed, "the guest's random bytes come from this number", 0 },

    { "", NULL, NULL, "The run", 0 },
    { "loadvm", "NAME", parse_string, "go on from the snapshot that the monitor's savevm made", AT(loadvm) },
    { "incoming", "file:PATH", parse_incoming, "go on from the snapshot that the monitor's migrate made", 0 },
    { "S", NULL, parse_flag, "the monitor (cont) or gdb (continue) starts the CPU", AT(stopped) },
    { "gdb", "DEV", parse_gdb, "serve gdb: tcp::1234, unix:PATH, pty, chardev:ID, or stdio, where gdb starts tqemu: target remote | tqemu -S -gdb stdio", 0 },
    { "s", NULL, parse_gdb_port, "as -gdb tcp::1234", 0 },
    { "no-reboot", NULL, parse_flag, "a reset by the guest ends the run", AT(no_reboot) },
    { "no-shutdown", NULL, parse_flag, "the run goes on when the guest has stopped for good", AT(no_shutdown) },
    { "action", "EVENT=ACTION", parse_action, "reboot=shutdown: -no-reboot; shutdown=pause: -no-shutdown", 0 },
    { "singlestep", NULL, parse_flag, "one guest instruction per translation block", AT(cpu.singlestep) },
    { "d", "ITEMS", parse_log_items, "log these items (-d help lists them)", 0 },
    { "dfilter", "RANGE,...", parse_dfilter, "log in_asm, op, op_opt, out_asm, exec and cpu for code there alone: START+SIZE, START-SIZE (down from START), START..END", 0 },
    { "D", "FILE", parse_file, "write the log to FILE instead of stderr", AT(log_file) },
    { "coverage", "FILE", parse_coverage, "write the code that was executed to FILE, as drcov does; counts=on: and how often to FILE.counts", 0 },
    { "version", NULL, parse_version, "print the version", 0 },
    { "help", NULL, parse_help, "print this", 0 },
    { "h", NULL, parse_help, NULL, 0 },

    { "", NULL, NULL, "Options of QEMU's for hardware that is not there: one warning, and the guest runs", 0 },
    { "nic", "NET", parse_net, "no network; none: no warning", 0 },
    { "net", "NET", parse_net, NULL, 0 },
    { "netdev", "NET", parse_net, NULL, 0 },
    { "redir", "NET", parse_net, NULL, 0 },
    { "usb", NULL, parse_usb, "no USB", 0 },
    { "usbdevice", "DEVICE", parse_usb, NULL, 0 },
    { "audio", "DRIVER", parse_audio, "no sound; none: no warning", 0 },
    { "audiodev", "DRIVER", parse_audio, NULL, 0 },
    { "display", "TYPE", parse_display, "no window; none: no warning", 0 },
    { "vnc", "DISPLAY", parse_window, NULL, 0 },
    { "full-screen", NULL, parse_window, NULL, 0 },
    { "sandbox", "on|off", parse_sandbox, "no sandbox; off: no warning", 0 },

    { "", NULL, NULL, "Options of QEMU's without an effect", 0 },
    { "nographic", NULL, parse_nographic, "without -serial: Ctrl-A is a key, also without a terminal", 0 },
    { "vga", "TYPE", parse_vga, NO_EFFECT ": there are no graphics", 0 },
    { "parallel", "none", parse_parallel, NO_EFFECT ": there is no parallel port; also null, /dev/null, vc", 0 },
    { "boot", "ORDER", parse_nothing, NO_EFFECT ": -kernel or -bios says what starts", 0 },
    { "name", "NAME", parse_nothing, NO_EFFECT, 0 },
    { "uuid", "UUID", parse_uuid, NO_EFFECT, 0 },
    { "k", "LAYOUT", parse_nothing, NO_EFFECT ": there is no keyboard", 0 },
    { "L", "DIR", parse_nothing, NO_EFFECT ": tqemu needs no files of its own", 0 },
    { "msg", "timestamp=on", parse_nothing, NO_EFFECT, 0 },
    { "compat", "POLICY", parse_nothing, NO_EFFECT, 0 },
    { "mem-prealloc", NULL, parse_nothing, NO_EFFECT, 0 },
    { "watchdog-action", "ACTION", parse_nothing, NO_EFFECT ": there is no watchdog", 0 },
    { "no-acpi", NULL, parse_nothing, NO_EFFECT ": there is no ACPI", 0 },
    { "no-user-config", NULL, parse_nothing, NO_EFFECT ": there are no such files", 0 },
    { "only-migratable", NULL, parse_nothing, NO_EFFECT ": all can be migrated", 0 },
    { 0 },
};
/* clang-format on */
