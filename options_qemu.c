/* SPDX-License-Identifier: MIT */
/* QEMU's options that tqemu does not have, and what to do instead. */
#include "options_table.h"

#define NO_DISPLAY "there is no display: leave it out"
#define NO_FLOPPY  "there is no floppy disk: leave it out"
#define NO_SHARE   "there are no shared folders: put the files into an image"
#define NO_XEN     "there is no Xen: leave it out"
#define ONLY_PC    "it is for PCs: leave it out"
#define NO_QMP     "there is no QMP: leave it out"

/* clang-format off */
const RefusedOption refused_options[] = {
    { "add-fd", "files are opened by name alone: name them" },
    { "async-teardown", "leave it out" },
    { "audio-help", "there is no sound: leave it out" },
    { "blockdev", "use -drive" },
    { "chroot", "use chroot(8) to start tqemu" },
    { "daemonize", "let the shell start it: tqemu ... & or nohup, with -pidfile" },
    { "debugcon", ONLY_PC },
    { "dump-vmstate", "use savevm or migrate of the monitor's" },
    { "enable-kvm", "the guest is always interpreted: leave it out" },
    { "enable-sync-profile", "use -d stats" },
    { "fda", NO_FLOPPY },
    { "fdb", NO_FLOPPY },
    { "fsdev", NO_SHARE },
    { "fw_cfg", "the board has no such device: use -append or -device loader" },
    { "g", NO_DISPLAY },
    { "iscsi", "there is no network: use a file" },
    { "mem-path", "RAM is tqemu's own memory: leave it out" },
    { "no-fd-bootchk", ONLY_PC },
    { "no-hpet", ONLY_PC },
    { "numa", "no machine has nodes of memory: leave it out" },
    { "old-param", "only kernels before 2.4 want it: leave it out" },
    { "one-insn-per-tb", "use -singlestep" },
    { "option-rom", "use -device loader" },
    { "overcommit", "memory is the host's to give: leave it out" },
    { "perfmap", "there is no generated code: use -d stats" },
    { "plugin", "there are no plugins: use -d" },
    { "portrait", NO_DISPLAY },
    { "preconfig", NO_QMP },
    { "prom-env", "there is no Open Firmware: use -append" },
    { "qmp", NO_QMP },
    { "qmp-pretty", NO_QMP },
    { "readconfig", "give the options themselves" },
    { "rotate", NO_DISPLAY },
    { "run-with", "leave it out" },
    { "runas", "use su or sudo to start tqemu" },
    { "set", "give the property with its device" },
    { "smbios", ONLY_PC },
    { "spice", "there is no window: use -serial" },
    { "tb-size", "use -accel tcg,tb-size=N" },
    { "tpmdev", "there is no TPM: leave it out" },
    { "trace", "use -d: -d help lists its items" },
    { "virtfs", NO_SHARE },
    { "watchdog", "there is no watchdog: leave it out" },
    { "win2k-hack", ONLY_PC },
    { "writeconfig", "keep the options in a script" },
    { "xen-attach", NO_XEN },
    { "xen-domid", NO_XEN },
    { "xen-domid-restrict", NO_XEN },
    { NULL, NULL },
};
/* clang-format on */
