/* SPDX-License-Identifier: MIT */
/* SCSI targets: the commands of a disk, a CD-ROM drive, one without a disc and a write-protected
 * disk. What the tables expect is what QEMU 7.2 answered. */
#include "scsi/scsi.h"

#include <stdlib.h>
#include <string.h>

#include "tests/unit/fake_block.h"
#include "tests/unit/tap.h"

#define SIZE FAKE_BLOCK_SIZE

static Block block;
static ScsiDisk disk;
static ScsiRequest request;
static uint8_t reply[SIZE], sent[SIZE];

static void power_on(ScsiDisk value)
{
    fake_block_init(&block);
    memset(&request, 0, sizeof request);
    disk = value;
    scsi_power_on(&disk);
}

/* -- A command -- */

static size_t from_hex(const char *hex, uint8_t *bytes)
{
    size_t n = 0;
    for (; hex[0]; hex += 2) {
        bytes[n++] = (uint8_t)strtoul((char[]){ hex[0], hex[1], 0 }, NULL, 16);
    }
    return n;
}

/* Executes a command, its data in pieces of up to `piece` bytes; returns the bytes moved. */
static size_t execute(unsigned lun, const char *cdb, const uint8_t *out, size_t piece)
{
    uint8_t bytes[SCSI_CDB];
    size_t done = 0;
    scsi_start(&request, &disk, lun, bytes, from_hex(cdb, bytes));
    while (request.direction != SCSI_NO_DATA) {
        size_t n = request.left < piece ? (size_t)request.left : piece;
        bool good = request.direction == SCSI_DATA_IN
                        ? scsi_data_in(&request, &disk, reply + done, n)
                        : scsi_data_out(&request, &disk, out ? out + done : NULL, n);
        done += good ? n : 0;
    }
    return done;
}

/* The sense data of a command that has ended with CHECK CONDITION. */
static uint32_t sense(void)
{
    return request.status == SCSI_CHECK_CONDITION ? disk.sense : 0;
}

typedef struct Row {
    const char *name, *cdb;
    const char *out; /* "fill": a block of 0xa5 */
    uint32_t sense;
    size_t n; /* bytes of the reply; the table leaves out zeros at its end */
    const char *reply;
} Row;

#include "tests/unit/scsi_rows.h"

static void play(const Row *rows, size_t count)
{
    static uint8_t want[512];
    for (size_t i = 0; i < count; i++) {
        const Row *row = &rows[i];
        memset(want, 0, sizeof want);
        memset(sent, 0xa5, 512);
        if (row->out && strcmp(row->out, "fill") != 0) {
            from_hex(row->out, sent);
        }
        from_hex(row->reply, want);
        size_t n = execute(0, row->cdb, sent, i % 2 ? 512 : 7);
        if (!ok(sense() == row->sense && (!row->n || n == row->n) &&
                    memcmp(reply, want, row->n) == 0,
                "%s", row->name)) {
            printf("#   sense %x, %u bytes:", sense(), (unsigned)n);
            for (size_t j = 0; j < n && j < 64; j++) {
                printf(" %02x", reply[j]);
            }
            puts("");
        }
        disk.sense = 0;
    }
}

#define PLAY(rows) play(rows, sizeof(rows) / sizeof(rows)[0])

static void test_tables(void)
{
    power_on((ScsiDisk){ .id = "scsi0-hd0", .block = &block });
    PLAY(disk_rows);
    power_on((ScsiDisk){ .cdrom = true, .id = "scsi0-cd1", .block = &block });
    block.config.read_only = true;
    PLAY(cd_rows);
    power_on((ScsiDisk){ .cdrom = true, .id = "scsi0-cd2" });
    PLAY(empty_rows);
    power_on((ScsiDisk){ .id = "scsi0-hd3", .block = &block });
    block.config.read_only = true;
    disk.attention = 0;
    PLAY(protected_rows);
}

static void test_serial(void)
{
    power_on((ScsiDisk){ .id = "d0", .serial = "AB12", .block = &block });
    execute(0, "12010000ff00", NULL, 512);
    ok(memcmp(reply, "\0\0\0\6\0\x80\x83\xb0\xb1\xb2", 10) == 0, "VPD 00 with a serial number");
    execute(0, "12018000ff00", NULL, 512);
    ok(memcmp(reply,
              "\0\x80\0\4"
              "AB12",
              8) == 0,
       "VPD 80 has it");
    execute(0, "12018300ff00", NULL, 512);
    ok(memcmp(reply,
              "\0\x83\0\x8\2\0\0\4"
              "AB12",
              12) == 0,
       "so has VPD 83");
}

/* Reads and writes in all forms, in pieces of all sizes. */
static void test_data(void)
{
    static const char *const reads[] = { "080000050300", "28000000000500000300",
                                         "a80000000005000000030000",
                                         "88000000000000000005000000030000" };
    static const char *const writes[] = { "0a0000050300", "2a000000000500000300",
                                          "2e000000000500000300", "aa0000000005000000030000",
                                          "8a000000000000000005000000030000" };
    power_on((ScsiDisk){ .id = "d0", .block = &block });
    disk.attention = 0;
    for (unsigned i = 0; i < SIZE; i++) {
        block.bytes[i] = (uint8_t)(i * 7 + i / 512);
        sent[i] = (uint8_t)(i * 5 + i / 512);
    }
    for (size_t i = 0; i < sizeof reads / sizeof reads[0]; i++) {
        memset(reply, 0, 4096);
        size_t n = execute(0, reads[i], NULL, 1 + 700 * i);
        ok(n == 1536 && request.status == 0 && memcmp(reply, block.bytes + 5 * 512, n) == 0,
           "%s reads three blocks", reads[i]);
    }
    is_u64(execute(0, "080000010000", NULL, 9999), 256 * 512, "READ(6) of 0 blocks is of 256");
    for (size_t i = 0; i < sizeof writes / sizeof writes[0]; i++) {
        memset(block.bytes, 0, 5000);
        size_t n = execute(0, writes[i], sent, 1 + 700 * i);
        ok(n == 1536 && request.status == 0 && memcmp(sent, block.bytes + 5 * 512, n) == 0 &&
               block.bytes[5 * 512 - 1] == 0 && block.bytes[8 * 512] == 0,
           "%s writes three blocks", writes[i]);
    }
    memset(block.bytes, 1, SIZE);
    execute(0, "41000000000200000a00", sent, 100);
    bool same = block.bytes[1023] == 1 && block.bytes[12 * 512] == 1;
    for (unsigned i = 2; i < 12; i++) {
        same = same && memcmp(block.bytes + 512 * i, sent, 512) == 0;
    }
    ok(same, "WRITE SAME(10) writes ten blocks");
    execute(0, "93010000000000000002000000030000", NULL, 100);
    ok(block.bytes[1024] == 0 && block.bytes[5 * 512 - 1] == 0 && block.bytes[5 * 512 + 1] != 0,
       "WRITE SAME(16) without data writes zeros");
}

static void test_flushes(void)
{
    power_on((ScsiDisk){ .id = "d0", .block = &block });
    disk.attention = 0;
    execute(0, "2a000000000500000100", sent, 512);
    is_u32(block.flushes, 0, "a write stays in the cache");
    execute(0, "2a080000000500000100", sent, 512);
    is_u32(block.flushes, 1, "with FUA it does not");
    execute(0, "35000000000000000000", NULL, 512);
    is_u32(block.flushes, 2, "SYNCHRONIZE CACHE(10) flushes");
    execute(0, "91000000000000000000000000000000", NULL, 512);
    is_u32(block.flushes, 3, "so does SYNCHRONIZE CACHE(16)");
    from_hex("000000000812"
             "000000",
             sent);
    memset(sent + 6, 0, 18);
    execute(0, "151000001800", sent, 512);
    is_u32(block.flushes, 4, "so does turning the cache off");
    execute(0, "0a0000050100", sent, 512);
    is_u32(block.flushes, 5, "a write without a cache is on the disk");
    from_hex("00160010000000000000000000000014000000020000"
             "0000",
             sent);
    execute(0, "42000000000000001800", sent, 512);
    is_u32(block.discards, 1, "UNMAP discards");
    from_hex("00160010000000000000000000000000002000010000"
             "0000",
             sent);
    execute(0, "42000000000000001800", sent, 512);
    ok(sense() == 0x52600 || sense() == 0x52100, "more than it may is not unmapped");
}

static void test_errors(void)
{
    power_on((ScsiDisk){ .id = "d0", .block = &block });
    disk.attention = 0;
    fake_block_break(&block, true);
    is_u64(execute(0, "28000000000500000300", NULL, 512), 0, "a read that fails on the host");
    is_u32(sense(), 0x31100, "is a medium error: unrecovered read error");
    execute(0, "2a000000000500000300", sent, 512);
    is_u32(sense(), 0x30c00, "a write: write error");
    execute(0, "35000000000000000000", NULL, 512);
    is_u32(sense(), 0x30c00, "so is a flush");
    execute(0, "030000006000", NULL, 512);
    ok(request.status == 0 && memcmp(reply, "\x70\0\3\0\0\0\0\xa\0\0\0\0\x0c", 13) == 0,
       "REQUEST SENSE tells");
    execute(0, "030000006000", NULL, 512);
    ok(reply[2] == 0, "once");
    execute(0, "35000000000000000000", NULL, 512);
    execute(0, "030100006000", NULL, 512);
    ok(memcmp(reply, "\x72\3\x0c\0", 4) == 0, "REQUEST SENSE with descriptors");
    execute(0, "55100000000000200000", sent, 512);
    is_u32(sense(), 0x51a00, "a parameter list that is too long");
}

static void test_units_and_resets(void)
{
    power_on((ScsiDisk){ .id = "d0", .block = &block });
    execute(0, "030000001200", NULL, 512);
    ok(reply[2] == 6 && reply[12] == 0x29, "REQUEST SENSE tells a unit attention condition");
    execute(0, "000000000000", NULL, 512);
    is_u32(sense(), 0, "and clears it");
    scsi_reset(&disk);
    is_u64(execute(0, "120000002400", NULL, 512), 36, "INQUIRY after a reset");
    execute(0, "28000000000500000100", NULL, 512);
    is_u32(sense(), 0x62900, "the next command reports the reset");
    execute(0, "28000000000500000100", NULL, 512);
    is_u32(sense(), 0, "once");
    execute(1, "120000002400", NULL, 512);
    is_u32(reply[0], 0x7f, "INQUIRY of an absent unit");
    execute(1, "000000000000", NULL, 512);
    is_u32(sense(), 0x52500, "another command for it");
    execute(3, "030000001200", NULL, 512);
    ok(reply[2] == 5 && reply[12] == 0x25, "REQUEST SENSE for it");
    is_u64(execute(3, "a00000000000000000100000", NULL, 512), 16, "REPORT LUNS for it");
}

static void test_dvd(void)
{
    /* The block says how large it is; the drive takes more for a DVD than this medium has. */
    power_on((ScsiDisk){ .cdrom = true, .id = "c0", .block = &block });
    disk.attention = 0;
    execute(0, "ad0000000000000000400000", NULL, 512);
    is_u32(sense(), 0x53000, "a CD has no DVD structure");
}

static void test_state(void)
{
    power_on((ScsiDisk){ .id = "d0", .block = &block });
    ok(scsi_disk_valid(&disk) && scsi_request_valid(&request, &disk), "an initial state is valid");
    disk.attention = 0;
    uint8_t cdb[SCSI_CDB];
    scsi_start(&request, &disk, 0, cdb, from_hex("28000000000500000300", cdb));
    ok(scsi_request_valid(&request, &disk), "a read in progress is valid");
    ok(!scsi_request_valid(&request, NULL), "but not without a disk");
    request.offset = SIZE - 512;
    ok(!scsi_request_valid(&request, &disk), "nor beyond the medium");
    request.offset = UINT64_MAX - 10;
    ok(!scsi_request_valid(&request, &disk), "nor around the end of numbers");
    request.medium = 0;
    request.offset = SCSI_BUFFER - 10;
    request.left = 11;
    ok(!scsi_request_valid(&request, &disk), "nor beyond the buffer");
    request.left = 10;
    ok(scsi_request_valid(&request, &disk), "up to its end");
    disk.open = 1;
    ok(!scsi_disk_valid(&disk), "a disk has no tray");
}

int main(void)
{
    test_tables();
    test_serial();
    test_data();
    test_flushes();
    test_errors();
    test_units_and_resets();
    test_dvd();
    test_state();
    return done_testing();
}
