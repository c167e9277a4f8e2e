/* SPDX-License-Identifier: MIT */
/* QEMU's options that tqemu does not have: an error message names them as such. */
#include "options_table.h"

/* clang-format off */
const char *const options_of_qemu[] = {
    "L", "S", "action", "add-fd", "async-teardown", "audio-help", "blockdev", "boot", "cdrom",
    "chardev", "chroot", "compat", "daemonize", "debugcon", "dfilter", "drive", "dump-vmstate",
    "echr", "enable-kvm", "enable-sync-profile", "fda", "fdb", "fsdev", "full-screen", "fw_cfg",
    "g", "gdb", "global", "hda", "hdb", "hdc", "hdd", "incoming", "iscsi", "k", "loadvm",
    "mem-path", "mem-prealloc", "mon", "msg", "mtdblock", "name", "netdev", "no-acpi",
    "no-fd-bootchk", "no-hpet", "no-shutdown", "no-user-config", "nodefaults", "numa", "object",
    "old-param", "one-insn-per-tb", "only-migratable", "option-rom", "overcommit", "perfmap",
    "pflash", "pidfile", "plugin", "portrait", "preconfig", "prom-env", "qmp", "qmp-pretty",
    "readconfig", "rotate", "run-with", "runas", "s", "sandbox", "sd", "seed", "set", "smbios",
    "smp", "snapshot", "spice", "tb-size", "tpmdev", "trace", "usb", "usbdevice", "uuid", "vga",
    "virtfs", "vnc", "watchdog", "watchdog-action", "win2k-hack", "writeconfig", "xen-attach",
    "xen-domid",
    NULL,
};
/* clang-format on */
