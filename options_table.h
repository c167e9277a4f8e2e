/* SPDX-License-Identifier: MIT */
/* Private to options*.c: the table of options, the functions that parse their arguments, and the
 * parser's state. */
#ifndef OPTIONS_TABLE_H
#define OPTIONS_TABLE_H

#include "options.h"

/* What is asked for and not there: one warning for each in a run. */
typedef enum OptionsWarning {
    WARN_NETWORK,
    WARN_USB,
    WARN_SOUND,
    WARN_WINDOW,
    WARN_SANDBOX,
    WARN_COUNT
} OptionsWarning;

#define OPTIONS_MAX_OBJECTS 16

/* The parser's state. */
typedef struct OptionsParser {
    Options *o;
    bool done;              /* -help or the like was printed */
    bool as_qemu;           /* called qemu-system-arm: -M must be given, as there */
    bool ram_given;         /* -m */
    bool machine_given;     /* -M TYPE */
    bool nographic;         /* -nographic */
    bool nodefaults;        /* -nodefaults */
    unsigned serial_count;  /* -serial options so far */
    unsigned chardev_count; /* -chardev options so far */
    unsigned port_serials;  /* of Options.serial, those of virtconsole and virtserialport */
    struct {
        const char *id;
        SerialOption what;
    } chardevs[OPTIONS_MAX_CHARDEVS];
    unsigned object_count;                    /* -object options so far */
    const char *objects[OPTIONS_MAX_OBJECTS]; /* their ids */
    const char *cpu_model;                    /* -cpu */
    const char *other_accel;     /* an accelerator that is not there; NULL once tcg is given */
    bool tcg_given;              /* -accel tcg */
    unsigned warned;             /* bits of OptionsWarning: given already */
    const char *name;            /* the present option, with its dash, */
    const struct Option *option; /* and its row */
} OptionsParser;

/* Parses the argument of p->option, whose text it may change. False after an error_report(). */
typedef bool OptionParse(OptionsParser *p, char *arg);

typedef struct Option {
    const char *name; /* "": a heading, which is `help` */
    const char *arg;  /* its argument in -help; NULL: it has none */
    OptionParse *parse;
    const char *help; /* NULL: another name for the row before */
    size_t offset;    /* in Options, for parsers of several rows */
} Option;

/* All options, ended by a NULL name. */
extern const Option option_table[];

/* An option of QEMU's that tqemu does not have. */
typedef struct RefusedOption {
    const char *name;
    const char *advice; /* why, and what to do instead */
} RefusedOption;

/* All of them, ended by a NULL name. */
extern const RefusedOption refused_options[];

/* -- For parsers -- */

/* Whether the argument asks for a list: "help" or "?". */
bool option_asks_for_help(const char *arg);

/* Takes the first item of a list, the driver: "none,id=snd0", "driver=none". */
const char *option_first_item(char **arg);

/* Whether the argument is the option's only supported value; reports it if not. */
bool option_only(const OptionsParser *p, const char *arg, const char *value);

/* Whether `word` is one of the words of "a|b|c". */
bool option_is_one_of(const char *words, const char *word);

/* Makes room for one element more, of `size` bytes, at the end of a list of `count`. Returns the
 * list; NULL after an error_report(). */
void *option_grow(const OptionsParser *p, void *list, size_t count, size_t size);

/* Reports, once in a run, that the guest runs without what the present option asks for. */
void option_warn(OptionsParser *p, OptionsWarning what);

/* Parsers of several rows: set the bool, the string, or the file name (not empty) at `offset`; and
 * do nothing. */
OptionParse parse_flag, parse_string, parse_file, parse_nothing;
/* options_drive.c */
OptionParse parse_drive, parse_hd, parse_cdrom, parse_sd, parse_pflash, parse_mtdblock;

/* Finds the place and the name of each drive once -M is known. False after an error_report(). */
bool options_finish_drives(Options *o);

/* options_machine.c */
OptionParse parse_machine, parse_cpu, parse_ram, parse_smp, parse_accel, parse_global;
/* options_chardev.c */
OptionParse parse_serial, parse_chardev, parse_monitor, parse_mon, parse_gdb, parse_gdb_port,
    parse_parallel, parse_echr;
/* options_time.c */
OptionParse parse_icount, parse_rtc, parse_seed;
/* options_debug.c */
OptionParse parse_semihosting_config, parse_log_items, parse_action, parse_incoming, parse_coverage,
    parse_dfilter;
/* options_accepted.c */
OptionParse parse_net, parse_usb, parse_display, parse_vga, parse_audio, parse_window,
    parse_nodefaults, parse_nographic, parse_uuid, parse_sandbox;
/* options_device.c */
OptionParse parse_device;
/* options_pci.c */
OptionParse parse_object;

/* Parses what -serial names: "stdio", "mon:stdio", "tcp:HOST:PORT,server=on", "chardev:ID". False
 * after an error_report(). */
bool options_parse_chardev(OptionsParser *p, char *arg, SerialOption *s);

/* Once all options are parsed: finds the character devices that others name. False as above. */
bool options_finish_chardevs(OptionsParser *p);

/* Parses the argument of -device: "loader,file=F,addr=A,cpu-num=0,force-raw=on",
 * "loader,data=V,data-len=N,addr=A,data-be=on" or "loader,addr=A,cpu-num=0" (QEMU's generic
 * loader), which is changed and must outlive *device. False after an error_report(). */
bool options_parse_device(char *arg, LoaderDevice *device);

/* options_pci.c: whether a driver is a PCI device; parses its properties; and once the command line
 * is known, checks what they name. False after an error_report(). */
bool options_is_card(const char *driver);
/* -device help: prints the names of all devices. */
void options_print_drivers(void);
bool options_parse_card(OptionsParser *p, const char *driver, char *arg);
/* options_scsi.c: -device scsi-hd and scsi-cd, after the driver's name. */
bool options_parse_scsi(OptionsParser *p, const char *driver, char *arg);
/* options_port.c: the same for virtconsole and virtserialport. */
bool options_parse_port(OptionsParser *p, const char *driver, char *arg);
bool options_check_cards(const OptionsParser *p);
/* Whether a disk of -device DRIVER has a drive, and its serial number no more than `longest`
 * bytes. False after an error_report(). */
bool options_check_disk(const char *driver, bool has_drive, const char *serial, size_t longest);

#endif
