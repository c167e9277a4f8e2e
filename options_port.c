/* SPDX-License-Identifier: MIT */
/* -device of the ports of a virtio serial device. */
#include <string.h>

#include "options_table.h"
#include "util/log.h"
#include "util/optlist.h"

typedef struct Values {
    const char *bus, *chardev, *name;
    uint64_t nr;
} Values;

static const OptProperty properties[] = {
    { "bus=ID.0", OPT_STRING, offsetof(Values, bus), 0 },
    { "chardev=ID", OPT_STRING, offsetof(Values, chardev), 0 },
    { "name=TEXT", OPT_STRING, offsetof(Values, name), 0 },
    { "nr=N", OPT_NUMBER, offsetof(Values, nr), VIRTIO_MAX_PORTS - 1 },
    { "id=ID", OPT_STRING, OPT_NOWHERE, 0 },
    { 0 },
};

enum { HAS_NR = 1 << 3 };

bool options_parse_port(OptionsParser *p, const char *driver, char *arg)
{
    Options *o = p->o;
    bool console = strcmp(driver, "virtconsole") == 0;
    const char *option = console ? "-device virtconsole" : "-device virtserialport";
    Values v = { 0 };
    unsigned given = 0;
    if (!optlist_parse(option, properties, NULL, arg, &v, &given)) {
        return false;
    }
    if (v.chardev && p->port_serials == OPTIONS_MAX_CHARDEVS) {
        error_report("%s: more than %u ports have a chardev: leave it out", option,
                     (unsigned)OPTIONS_MAX_CHARDEVS);
        return false;
    }
    PortOption *ports = option_grow(p, o->ports, o->port_count, sizeof *ports);
    if (!ports) {
        return false;
    }
    o->ports = ports;
    PortOption *port = &ports[o->port_count++];
    *port = (PortOption){ .port = { .nr = (uint32_t)v.nr, .console = console, .name = v.name },
                          .nr_given = given & HAS_NR,
                          .bus = v.bus,
                          .before = o->card_count };
    if (v.chardev) {
        port->serial = MACHINE_MAX_SERIAL + p->port_serials++;
        o->serial[port->serial] = (SerialOption){ .kind = SERIAL_CHARDEV, .path = v.chardev };
    }
    return true;
}
