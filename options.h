/* SPDX-License-Identifier: MIT */
/* The command line: QEMU's option names and meanings. */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cpu/cpu.h"
#include "boot/loader.h"
#include "debug/replay.h"
#include "host/host.h"
#include "machine/machine.h"
#include "scsi/lsi53c895a.h"
#include "util/optlist.h"
#include "virtio/virtio.h"

typedef enum SerialKind {
    SERIAL_NONE,
    SERIAL_NULL,
    SERIAL_STDIO,
    SERIAL_CHANNEL,
    SERIAL_FILE,
    SERIAL_SOCKET,  /* or a pseudo-terminal */
    SERIAL_VC,      /* a console in a window, and */
    SERIAL_CHARDEV, /* a name: never after parsing */
} SerialKind;

/* A character device: the other end of a serial port. */
typedef struct SerialOption {
    SerialKind kind;
    const char *path;  /* for SERIAL_FILE */
    bool append;       /* the same: the file is not emptied */
    HostSocket socket; /* for SERIAL_SOCKET */
    const char *id;    /* of -chardev, if it comes from there */
    bool mux;          /* Ctrl-A is a key of tqemu's, also when input is not a terminal */
} SerialOption;

/* Serial ports, those of -device virtconsole and virtserialport, and semihosting, each with a
 * character device.
 */
#define OPTIONS_MAX_CHARDEVS 16
#define OPTIONS_SEMIHOSTING  (MACHINE_MAX_SERIAL + OPTIONS_MAX_CHARDEVS)
#define OPTIONS_SERIAL       (OPTIONS_SEMIHOSTING + 1)

/* -drive, -hda, ... */
typedef struct DriveOption {
    BlockConfig image; /* path NULL: no medium */
    DriveInterface interface;
    unsigned index; /* among the drives of its interface; also as */
    unsigned bus, unit;
    bool cdrom;
    const char *id;  /* NULL: not given; drive_option_id() */
    char own_id[24]; /* used then */
    bool index_given, bus_given, unit_given, snapshot_given;
} DriveOption;

/* -device of a PCI device */
typedef struct CardOption {
    const PciType *type;
    const char *id;    /* NULL: none */
    int slot;          /* -1: the first that is free */
    const char *drive; /* the id of its medium */
    const char *rng;   /* the id of its -object */
    VirtioProperties virtio;
    LsiTargets targets; /* of a SCSI adapter; cards_make() finds them */
} CardOption;

/* -device scsi-hd, scsi-cd */
typedef struct ScsiOption {
    bool cdrom;
    const char *bus;   /* of the adapter; NULL: the last one */
    size_t before;     /* so many of Options.cards come before it */
    const char *drive; /* the id of its medium; NULL: none */
    const char *serial;
    uint64_t target; /* LSI_TARGETS: the first that is free */
} ScsiOption;

/* -device virtconsole, virtserialport */
typedef struct PortOption {
    VirtioPort port; /* cards_make() finds its number, unless it is given, and connects it */
    bool nr_given;
    const char *bus; /* of the device; NULL: the last one */
    size_t before;   /* so many of Options.cards come before it */
    unsigned serial; /* its index in Options.serial; 0: it has no character device */
} PortOption;

typedef enum RtcBase { RTC_DEFAULT, RTC_UTC, RTC_LOCALTIME, RTC_DATE } RtcBase;
/* In the order of the words of -rtc clock= in its syntax. */
typedef enum RtcClock { RTC_CLOCK_HOST, RTC_CLOCK_RT, RTC_CLOCK_VM, RTC_CLOCK_DEFAULT } RtcClock;

/* Who serves semihosting calls: we, gdb, or gdb if one is there when the guest makes the first. */
typedef enum SemihostingTarget { SEMI_NATIVE, SEMI_AUTO, SEMI_GDB } SemihostingTarget;

typedef struct Options {
    const MachineType *machine;
    ARMCPUOptions cpu;
    uint64_t ram_size;   /* bytes */
    const char *dumpdtb; /* -M dumpdtb=FILE */
    const char *kernel, *initrd, *append, *dtb, *bios;
    LoaderDevice *devices; /* -device loader,... */
    size_t device_count;
    CardOption *cards; /* -device of PCI devices */
    size_t card_count;
    ScsiOption *scsi;
    size_t scsi_count;
    PortOption *ports;
    size_t port_count;
    DriveOption *drives; /* in the order of the command line */
    size_t drive_count;
    bool snapshot; /* -snapshot: snapshot=on unless the drive says otherwise */
    SerialOption serial[OPTIONS_SERIAL];
    unsigned semihosting_serial; /* semihosting's character device, among them: it may be a port's;
                                  * OPTIONS_SERIAL: it has none */
    OptStrings semihosting_args; /* its command line, in words */
    SemihostingTarget semihosting_target;
    SerialOption monitor; /* SERIAL_VC: Ctrl-A c on the console */
    SerialOption gdb;     /* SERIAL_NONE, _STDIO, _CHANNEL or _SOCKET */
    bool keys;            /* Ctrl-A is special also where standard input is no terminal */
    uint8_t echr;         /* the key in place of Ctrl-A, or 0 */
    const char *loadvm;   /* -loadvm: the name of a snapshot */
    const char *incoming; /* -incoming file:PATH: the path of one; at most one of the two */
    bool stopped;         /* -S: the monitor or gdb starts the CPU */
    bool no_reboot;
    bool no_shutdown; /* the run does not end when the guest has stopped for good */
    bool icount;
    uint64_t icount_shift; /* 0..10: an instruction takes 2^icount_shift ns */
    bool icount_sleep;
    ReplayMode rr; /* -icount rr= */
    const char *rrfile;
    bool seed_given;
    uint64_t seed; /* of the guest's random bytes; 0 unless given */
    RtcBase rtc;
    int64_t rtc_date;     /* for RTC_DATE: seconds since 1970 */
    RtcClock rtc_clock;   /* never RTC_CLOCK_DEFAULT after parsing */
    const char *coverage; /* -coverage: the file, */
    char *counts;         /* and that of counts=on, or NULL */
    const char *log_file; /* -D */
    const char *pidfile;
    uint64_t digest_every; /* -d digest:N, instructions; 0: off */
} Options;

typedef enum OptionsResult {
    OPTIONS_RUN,  /* run the machine */
    OPTIONS_DONE, /* -help and the like: printed, status 0 */
    OPTIONS_BAD,  /* reported, status 1 */
} OptionsResult;

/* Parses the command line and turns on the items of -d. Changes argv, into which the strings of *o
 * point.
 */
OptionsResult options_parse(Options *o, int argc, char **argv);

/* The name of a drive, for -device and the user. */
const char *drive_option_id(const DriveOption *d);
/* The word of -drive if= for an interface. */
const char *drive_interface_name(DriveInterface interface);

/* Frees what options_parse() has allocated. */
void options_free(Options *o);

#endif
