/* SPDX-License-Identifier: MIT */
/* -device loader,... (QEMU's "Generic Loader"). */
#include <string.h>

#include "options_table.h"
#include "util/log.h"
#include "util/optlist.h"

typedef struct Values {
    const char *file;
    uint64_t addr, data, data_len;
    bool data_be, force_raw;
} Values;

static const OptProperty properties[] = {
    { "file=FILE", OPT_STRING, offsetof(Values, file), 0 },
    { "addr=N", OPT_NUMBER, offsetof(Values, addr), UINT64_MAX },
    { "data=N", OPT_NUMBER, offsetof(Values, data), UINT64_MAX },
    { "data-len=N", OPT_NUMBER, offsetof(Values, data_len), 8 },
    { "data-be=on|off", OPT_BOOL, offsetof(Values, data_be), 0 },
    { "force-raw=on|off", OPT_BOOL, offsetof(Values, force_raw), 0 },
    { "cpu-num=0", OPT_NUMBER, OPT_NOWHERE, 0 },
    { "id=NAME", OPT_STRING, OPT_NOWHERE, 0 }, /* for a monitor */
    { 0 },
};

/* Which properties were given: bits in the order of the table. */
enum {
    HAS_FILE = 1 << 0,
    HAS_ADDR = 1 << 1,
    HAS_DATA = 1 << 2,
    HAS_DATA_LEN = 1 << 3,
    HAS_DATA_BE = 1 << 4,
    HAS_FORCE_RAW = 1 << 5,
    HAS_CPU_NUM = 1 << 6,
};

/* The error in this combination of properties, or NULL. */
static const char *contradiction(const Values *v, unsigned has)
{
    unsigned value = has & (HAS_DATA | HAS_DATA_LEN | HAS_DATA_BE);
    if (value && has & HAS_FILE) {
        return "both file and data given: leave one of them out";
    }
    if (value && has & HAS_FORCE_RAW) {
        return "force-raw applies to a file only: leave it out";
    }
    if (value && (!(has & HAS_DATA) || v->data_len == 0)) {
        return "data needs a length: give data= and data-len=1 to 8";
    }
    if (value && !(has & HAS_ADDR)) {
        return "data needs an address: give addr=";
    }
    if (value || has & HAS_FILE) {
        return NULL;
    }
    if (has & HAS_FORCE_RAW) {
        return "force-raw applies to a file only: give file=";
    }
    if (!(has & HAS_ADDR) || !(has & HAS_CPU_NUM)) {
        return "nothing to load: give file=, or data= with data-len= and addr=, or addr= with "
               "cpu-num=0";
    }
    return NULL;
}

bool options_parse_device(char *arg, LoaderDevice *device)
{
    char *unused;
    const char *driver = optlist_next(&arg, &unused);
    if (strcmp(driver, "loader") != 0 || unused) {
        error_report("-device: unknown device '%s': use loader,file=FILE,addr=ADDRESS", driver);
        return false;
    }
    Values v = { 0 };
    unsigned has = 0;
    if (!optlist_parse("-device loader", properties, NULL, arg, &v, &has)) {
        return false;
    }
    const char *why = contradiction(&v, has);
    if (why) {
        error_report("-device loader: %s", why);
        return false;
    }
    *device = (LoaderDevice){
        .file = v.file,
        .addr = v.addr,
        .data = v.data,
        .data_len = (uint8_t)v.data_len,
        .data_be = v.data_be,
        .force_raw = v.force_raw,
        /* With data, cpu-num only selects a CPU's view of memory. */
        .set_pc = has & HAS_CPU_NUM && v.data_len == 0,
    };
    return true;
}

bool parse_device(OptionsParser *p, char *arg)
{
    Options *o = p->o;
    if (strncmp(arg, "usb-", 4) == 0) {
        option_warn(p, WARN_USB);
        return true;
    }
    if (option_asks_for_help(arg)) {
        options_print_drivers();
        p->done = true;
        return true;
    }
    size_t length = strcspn(arg, ",=");
    char driver[48] = "";
    if (length < sizeof driver) {
        memcpy(driver, arg, length);
    }
    char *rest = arg[length] == ',' ? arg + length + 1 : NULL;
    if (strcmp(driver, "scsi-hd") == 0 || strcmp(driver, "scsi-cd") == 0) {
        return options_parse_scsi(p, driver, rest);
    }
    if (strcmp(driver, "virtconsole") == 0 || strcmp(driver, "virtserialport") == 0) {
        return options_parse_port(p, driver, rest);
    }
    if (options_is_card(driver)) {
        return options_parse_card(p, driver, rest);
    }
    LoaderDevice *devices = option_grow(p, o->devices, o->device_count, sizeof *devices);
    if (!devices) {
        return false;
    }
    o->devices = devices;
    if (!options_parse_device(arg, &devices[o->device_count])) {
        return false;
    }
    o->device_count++;
    return true;
}
