/* SPDX-License-Identifier: MIT */
/* Plays register accesses on the Versatile/PB board, whose CPU does not run, at virtual time 0: the
 * other side of what tests/board.t plays on QEMU. Reads lines in the words of QEMU's qtest protocol
 * on stdin ("readl ADDR", "writeb ADDR VALUE"), answers as it does ("OK", "OK 0xVALUE"). Arguments
 * are drives ("sd=FILE"), then options. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cards.h"
#include "entropy.h"
#include "machine/machine.h"
#include "tests/unit/bus_access.h"
#include "tests/unit/fake_clock.h"

static unsigned width(char suffix)
{
    return suffix == 'b' ? 1 : suffix == 'w' ? 2 : 4;
}

static MachineDrive list[2];
static MachineDrives drives = { list, 0 };

/* The argument "sd=FILE" is a drive. */
static bool add_drive(const char *arg)
{
    const char *file = strchr(arg, '=');
    if (!file || drives.count == sizeof list / sizeof list[0]) {
        return false;
    }
    list[drives.count] = (MachineDrive){
        .interface = strncmp(arg, "sd=", 3) == 0     ? DRIVE_SD
                     : strncmp(arg, "scsi=", 5) == 0 ? DRIVE_SCSI
                                                     : DRIVE_PFLASH,
        .id = "drive",
        .block = block_open(&(BlockConfig){ .option = "-drive", .path = file + 1, .raw = true }),
    };
    return list[drives.count++].block != NULL;
}

static bool no_input(void *opaque)
{
    (void)opaque;
    return false;
}

static bool get_nothing(void *opaque, uint8_t *byte)
{
    (void)opaque, (void)byte;
    return false;
}

static void discard(void *opaque, uint8_t byte)
{
    (void)opaque, (void)byte;
}

/* Makes the cards of the options, whose character devices are null or a file. */
static bool make_cards(MachineConfig *config, Options *o, int argc, char **argv)
{
    static Chardev file = { .get = get_nothing, .pending = no_input, .put = discard };
    static Chardev null = {
        .get = get_nothing, .pending = no_input, .put = discard, .connected = no_input
    };
    static Entropy entropy;
    Chardev *serial[OPTIONS_SERIAL];
    if (options_parse(o, argc, argv) != OPTIONS_RUN) {
        return false;
    }
    for (unsigned i = 0; i < OPTIONS_SERIAL; i++) {
        serial[i] = o->serial[i].kind == SERIAL_FILE ? &file : &null;
    }
    entropy_init(&entropy, o);
    return cards_make(config, o, &entropy, serial);
}

int main(int argc, char **argv)
{
    int i = 1;
    for (; i < argc && argv[i][0] != '-'; i++) {
        if (!add_drive(argv[i])) {
            return 1;
        }
    }
    Options options;
    FakeClock clk;
    fake_clock_init(&clk);
    MachineConfig config = { .ram_size = UINT64_C(128) << 20,
                             .clock = &clk.clock,
                             .drives = &drives,
                             .rtc_seconds = 1577836800 }; /* 2020-01-01 */
    const MachineType *type = machine_find("versatilepb");
    bool made = make_cards(&config, &options, argc - i + 1, argv + i - 1);
    Machine *m = made ? machine_new(type, &config) : NULL;
    cards_free(&config);
    if (!m) {
        return 1;
    }
    machine_reset(m);
    char line[256], op[16];
    uint32_t addr, value;
    while (fgets(line, sizeof line, stdin)) {
        int n = sscanf(line, "%15s %" SCNi32 " %" SCNi32, op, (int32_t *)&addr, (int32_t *)&value);
        if (n == 2 && strncmp(op, "read", 4) == 0) {
            value = bus_read(&m->bus, addr, width(op[4]));
            value &= UINT32_MAX >> (32 - 8 * width(op[4]));
            printf("OK 0x%016" PRIx32 "\n", value);
        } else if (n == 3 && strncmp(op, "write", 5) == 0) {
            bus_write(&m->bus, addr, value, width(op[5]));
            puts("OK");
        } else {
            printf("FAIL not understood: %s", line);
        }
    }
    machine_free(m);
    for (size_t n = 0; n < drives.count; n++) {
        block_close(list[n].block);
    }
    options_free(&options);
    return 0;
}
