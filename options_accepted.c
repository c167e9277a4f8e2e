/* SPDX-License-Identifier: MIT */
/* Options of QEMU's that change nothing here: what they choose is not there, or is so anyway. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "options_table.h"
#include "util/log.h"
#include "util/optlist.h"

/* -nic, -net, -netdev, -redir: all but none is a network. */
bool parse_net(OptionsParser *p, char *arg)
{
    if (strcmp(arg, "none") != 0) {
        option_warn(p, WARN_NETWORK);
    }
    return true;
}

bool parse_usb(OptionsParser *p, char *arg)
{
    (void)arg;
    option_warn(p, WARN_USB);
    return true;
}

bool parse_audio(OptionsParser *p, char *arg)
{
    if (strcmp(option_first_item(&arg), "none") != 0) {
        option_warn(p, WARN_SOUND);
    }
    return true;
}

bool parse_display(OptionsParser *p, char *arg)
{
    static const char types[] = "none|gtk|sdl|cocoa|curses|vnc|egl-headless|spice-app|dbus|default";
    char *value; /* of "vnc=:1" and "type=gtk" */
    const char *type = optlist_next(&arg, &value);
    type = value && strcmp(type, "type") == 0 ? value : type;
    if (option_asks_for_help(type)) {
        puts("Available display backend types:\nnone");
        p->done = true;
        return true;
    }
    if (!option_is_one_of(types, type)) {
        error_report("%s: unknown display '%s': use none", p->name, type);
        return false;
    }
    if (strcmp(type, "none") != 0) {
        option_warn(p, WARN_WINDOW);
    }
    return true;
}

/* -vnc, -full-screen and the like. */
bool parse_window(OptionsParser *p, char *arg)
{
    if (!arg || strcmp(arg, "none") != 0) {
        option_warn(p, WARN_WINDOW);
    }
    return true;
}

bool parse_vga(OptionsParser *p, char *arg)
{
    if (!option_is_one_of("none|std|cirrus|vmware|qxl|xenfb|tcx|cg3|virtio", arg)) {
        error_report("%s: unknown type '%s': use none", p->name, arg);
        return false;
    }
    return true;
}

/* No default devices: no serial port either, unless it is asked for. */
bool parse_nodefaults(OptionsParser *p, char *arg)
{
    (void)arg;
    p->nodefaults = true;
    return true;
}

bool parse_nographic(OptionsParser *p, char *arg)
{
    (void)arg;
    p->nographic = true;
    return true;
}

bool parse_uuid(OptionsParser *p, char *arg)
{
    static const char form[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    size_t i = 0;
    while (form[i] && (form[i] == '-' ? arg[i] == '-' : isxdigit((unsigned char)arg[i]))) {
        i++;
    }
    if (form[i] || arg[i]) {
        error_report("%s: invalid value '%s': use the form %s", p->name, arg, form);
        return false;
    }
    return true;
}

bool parse_sandbox(OptionsParser *p, char *arg)
{
    const char *enable = option_first_item(&arg);
    if (!option_is_one_of("on|off", enable)) {
        error_report("%s: invalid value '%s': use on or off", p->name, enable);
        return false;
    }
    if (strcmp(enable, "on") == 0) {
        option_warn(p, WARN_SANDBOX);
    }
    return true;
}
