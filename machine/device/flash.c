/* SPDX-License-Identifier: MIT */
/* NOR flash, CFI, Intel command set.
 *
 * Commands and status bits: Intel 28FxxxJ3A data sheet, section 4; the query table: JESD68.01.
 * Identifiers, query table and the position of each value in a 32-bit word are those of the
 * cfi.pflash01 on QEMU's versatilepb, so that Linux sees the same device ("1 x32"). A blank flash
 * reads as 0, as in QEMU, and costs no memory until it is written. With a file (-pflash) the array
 * has its contents, and what is programmed or erased is in the file before the status says ready.
 *
 * What QEMU leaves out follows the data sheet: programming can only clear bits; an erase begins
 * when it is confirmed; query mode accepts commands, too; a buffer is programmed when it is
 * confirmed; blocks can be locked; without the programming voltage (the board's SYS_FLASH) nothing
 * changes and SR.3 is set; the status register reads ready after it has been cleared. */
#include "machine/device/flash.h"

#include <string.h>

#include "block/block.h"
#include "bus/fdt.h"
#include "bus/pages.h"
#include "util/log.h"

/* The status register, SR. */
#define SR_READY    0x80u /* SR.7, write state machine is ready: always, as nothing takes time */
#define SR_ERASE    0x20u /* SR.5, erasure or clearing of lock bits failed */
#define SR_PROGRAM  0x10u /* SR.4, programming or setting of a lock bit failed */
#define SR_VPP      0x08u /* SR.3, no programming voltage */
#define SR_LOCKED   0x02u /* SR.1, the block is locked */
#define SR_SEQUENCE (SR_ERASE | SR_PROGRAM) /* an invalid sequence of commands */

/* Commands. */
enum {
    CMD_PROGRAM_ALT = 0x10,
    CMD_ERASE = 0x20,
    CMD_PROGRAM = 0x40,
    CMD_CLEAR_STATUS = 0x50,
    CMD_LOCK = 0x60,
    CMD_READ_STATUS = 0x70,
    CMD_READ_ID = 0x90,
    CMD_QUERY = 0x98,
    CMD_CONFIRM = 0xd0,
    CMD_BUFFER = 0xe8,
    CMD_READ_ARRAY_AMD = 0xf0, /* of AMD's command set: Linux tries both */
    CMD_READ_ARRAY = 0xff,
    LOCK_SET = 0x01,
};

/* Identifiers, as QEMU's versatilepb sets them. */
#define ID_MAKER  UINT32_C(0x8918)
#define ID_DEVICE UINT32_C(0x0000)

/* The query table from offset 0x10 on. */
#define QUERY_FIRST 0x10u
static const uint8_t query[] = {
    'Q',  'R',  'Y',        /* 10 */
    0x01, 0x00,             /* 13 command set: Intel's */
    0x31, 0x00,             /* 15 offset of its extended table */
    0x00, 0x00, 0x00, 0x00, /* 17 no alternate command set */
    0x45, 0x55,             /* 1b Vcc 4.5 to 5.5 V */
    0x00, 0x00,             /* 1d Vpp not given */
    0x07, 0x07, 0x0a, 0x00, /* 1f 2^n us a word, 2^n us a buffer, 2^n ms a block, no chip erase */
    0x04, 0x04, 0x04, 0x00, /* 23 at most 2^n times that */
    0x1a,                   /* 27 2^26 bytes */
    0x02, 0x00,             /* 28 x8 and x16 */
    0x0b, 0x00,             /* 2a buffer of 2^11 bytes */
    0x01,                   /* 2c one erase region: */
    0xff, 0x00, 0x00, 0x04, /* 2d 255 + 1 blocks of 0x0400 * 256 bytes */
    'P',  'R',  'I',        /* 31 */
    '1',  '0',              /* 34 version 1.0 */
    0x00, 0x00, 0x00, 0x00, /* 36 no optional features */
    0x00,                   /* 3a nothing allowed while suspended */
    0x00, 0x00,             /* 3b no block status */
    0x00, 0x00,             /* 3d Vcc, Vpp not given */
    0x01,                   /* 3f one protection field */
};

static void set_mode(Flash *s, FlashMode mode)
{
    bool direct = mode == FLASH_READ_ARRAY;
    s->mode = (uint8_t)mode;
    if (s->dev.region.direct != direct) {
        s->dev.region.direct = direct;
        bus_remapped(s->dev.bus, &s->dev.region);
    }
}

/* The command sequence is over. */
static void finish(Flash *s, uint8_t errors)
{
    s->status |= SR_READY | errors;
    s->step = FLASH_IDLE;
    set_mode(s, FLASH_READ_STATUS);
}

/* Returns 0 if the block may be changed, else the errors. */
static uint8_t protection(const Flash *s, uint32_t block, uint8_t error)
{
    bool read_only = s->dev.block && block_read_only(s->dev.block);
    if (!s->vpp) {
        return (uint8_t)(error | SR_VPP);
    }
    return s->locked[block] || read_only ? (uint8_t)(error | SR_LOCKED) : 0;
}

/* Whether the file, which is written before the array, has what was written to a block. If the host
 * failed, the array is what the file is. */
static bool is_written(Flash *s, uint32_t block, bool written)
{
    if (!written) {
        uint32_t offset = block * FLASH_BLOCK_SIZE;
        pages_write(&s->dev.region, offset, FLASH_BLOCK_SIZE);
        (void)block_read(s->dev.block, offset, s->dev.region.host + offset, FLASH_BLOCK_SIZE);
        bus_changed(s->dev.bus, &s->dev.region, offset, FLASH_BLOCK_SIZE);
    }
    return written;
}

/* Clears the bits that are 0 in `bytes`, all in one block. */
static void program(Flash *s, uint32_t offset, const uint8_t *bytes, uint32_t n)
{
    uint32_t block = offset / FLASH_BLOCK_SIZE;
    uint8_t errors = protection(s, block, SR_PROGRAM);
    uint8_t programmed[FLASH_BUFFER_SIZE];
    pages_write(&s->dev.region, offset, n);
    for (uint32_t i = 0; i < n; i++) {
        programmed[i] = s->dev.region.host[offset + i] & bytes[i];
    }
    if (!errors && s->dev.block &&
        !is_written(s, block, block_write(s->dev.block, offset, programmed, n))) {
        errors = SR_PROGRAM;
    }
    if (!errors) {
        memcpy(s->dev.region.host + offset, programmed, n);
        s->changed[block] = 1;
        bus_changed(s->dev.bus, &s->dev.region, offset, n);
    }
    finish(s, errors);
}

static void erase(Flash *s, uint32_t offset)
{
    uint32_t block = offset / FLASH_BLOCK_SIZE;
    uint8_t errors = protection(s, block, SR_ERASE);
    offset = block * FLASH_BLOCK_SIZE;
    if (!errors && s->dev.block &&
        !is_written(s, block, block_fill(s->dev.block, offset, FLASH_BLOCK_SIZE, 0xff))) {
        errors = SR_ERASE;
    }
    if (!errors) {
        pages_write(&s->dev.region, offset, FLASH_BLOCK_SIZE);
        memset(s->dev.region.host + offset, 0xff, FLASH_BLOCK_SIZE);
        s->changed[block] = 1;
        bus_changed(s->dev.bus, &s->dev.region, offset, FLASH_BLOCK_SIZE);
    }
    finish(s, errors);
}

/* A write to the buffer: the aligned FLASH_BUFFER_SIZE bytes around the first write. */
static void fill_buffer(Flash *s, uint32_t offset, uint32_t value, unsigned size)
{
    if (!s->at_known) {
        s->at = offset & ~(FLASH_BUFFER_SIZE - 1);
        s->at_known = 1;
    }
    if (offset - s->at >= FLASH_BUFFER_SIZE) {
        finish(s, SR_SEQUENCE);
        return;
    }
    for (unsigned i = 0; i < size; i++) {
        s->buffer[offset - s->at + i] = (uint8_t)(value >> 8 * i);
    }
    if (s->count-- == 0) {
        s->step = FLASH_CONFIRM;
    }
}

/* A write at the start of a sequence. */
static void command(Flash *s, uint8_t cmd)
{
    switch (cmd) {
    case 0x00: /* as in QEMU */
    case CMD_READ_ARRAY_AMD:
    case CMD_READ_ARRAY: set_mode(s, FLASH_READ_ARRAY); break;
    case CMD_PROGRAM_ALT:
    case CMD_PROGRAM:
        s->step = FLASH_PROGRAM;
        set_mode(s, FLASH_READ_STATUS);
        break;
    case CMD_ERASE:
        s->step = FLASH_ERASE;
        set_mode(s, FLASH_READ_STATUS);
        break;
    case CMD_LOCK:
        s->step = FLASH_LOCK;
        set_mode(s, FLASH_READ_STATUS);
        break;
    case CMD_BUFFER:
        s->step = FLASH_COUNT;
        set_mode(s, FLASH_READ_STATUS);
        break;
    case CMD_CLEAR_STATUS:
        s->status = SR_READY;
        set_mode(s, FLASH_READ_ARRAY);
        break;
    case CMD_READ_STATUS: set_mode(s, FLASH_READ_STATUS); break;
    case CMD_READ_ID: set_mode(s, FLASH_READ_ID); break;
    case CMD_QUERY: set_mode(s, FLASH_READ_QUERY); break;
    default:
        if (log_on(LOG_GUEST_ERRORS)) {
            log_printf("%s: unknown command 0x%02x\n", s->dev.name, (unsigned)cmd);
        }
        set_mode(s, FLASH_READ_ARRAY);
        break;
    }
}

static void lock_command(Flash *s, uint32_t offset, uint8_t cmd)
{
    switch (cmd) {
    case LOCK_SET:
        if (s->vpp) {
            s->locked[offset / FLASH_BLOCK_SIZE] = 1;
        }
        finish(s, s->vpp ? 0 : SR_PROGRAM | SR_VPP);
        break;
    case CMD_CONFIRM: /* clears the lock bits of all blocks */
        if (s->vpp) {
            memset(s->locked, 0, sizeof s->locked);
        }
        finish(s, s->vpp ? 0 : SR_ERASE | SR_VPP);
        break;
    case CMD_READ_ARRAY:
        s->step = FLASH_IDLE;
        set_mode(s, FLASH_READ_ARRAY);
        break;
    default: finish(s, SR_SEQUENCE); break;
    }
}

static void flash_write(void *opaque, uint32_t offset, uint32_t value, unsigned size)
{
    Flash *s = opaque;
    uint8_t cmd = (uint8_t)value;
    uint8_t bytes[4];
    switch ((FlashStep)s->step) {
    case FLASH_IDLE: command(s, cmd); break;
    case FLASH_PROGRAM:
        st32_p(bytes, value);
        program(s, offset, bytes, size);
        break;
    case FLASH_ERASE:
        if (cmd == CMD_CONFIRM) {
            erase(s, offset);
        } else if (cmd == CMD_READ_ARRAY) {
            s->step = FLASH_IDLE;
            set_mode(s, FLASH_READ_ARRAY);
        } else {
            finish(s, SR_SEQUENCE);
        }
        break;
    case FLASH_LOCK: lock_command(s, offset, cmd); break;
    case FLASH_COUNT: /* the number of writes less one */
        if (value >= FLASH_BUFFER_SIZE / size) {
            finish(s, SR_SEQUENCE);
            break;
        }
        s->count = value;
        s->at_known = 0;
        memset(s->buffer, 0xff, sizeof s->buffer);
        s->step = FLASH_BUFFER;
        break;
    case FLASH_BUFFER: fill_buffer(s, offset, value, size); break;
    case FLASH_CONFIRM:
        if (cmd == CMD_CONFIRM) {
            program(s, s->at, s->buffer, FLASH_BUFFER_SIZE);
        } else {
            finish(s, SR_SEQUENCE);
        }
        break;
    }
}

static uint32_t read_id(const Flash *s, uint32_t offset)
{
    switch (offset >> 2 & 0x3f) {
    case 0: return ID_MAKER;
    case 1: return ID_DEVICE;
    case 2: return s->locked[offset / FLASH_BLOCK_SIZE];
    default: return 0;
    }
}

/* Called in all modes except read array. */
static uint32_t flash_read(void *opaque, uint32_t offset, unsigned size)
{
    const Flash *s = opaque;
    uint32_t index = offset >> 2 & 0x3f; /* the device is a word wide */
    switch ((FlashMode)s->mode) {
    case FLASH_READ_ID: return read_id(s, offset);
    case FLASH_READ_QUERY:
        return index - QUERY_FIRST < sizeof query ? query[index - QUERY_FIRST] : 0;
    case FLASH_READ_STATUS: break;
    case FLASH_READ_ARRAY: break;
    }
    return s->status | (size == 4 ? (uint32_t)s->status << 16 : 0);
}

static void flash_input(void *dev, unsigned n, bool level)
{
    Flash *s = dev;
    (void)n;
    s->vpp = level;
}

/* Folds the blocks that the guest has changed. */
static uint64_t flash_digest(void *dev, uint64_t digest)
{
    Flash *s = dev;
    for (uint32_t i = 0; i < s->dev.region.size / FLASH_BLOCK_SIZE; i++) {
        if (s->changed[i]) {
            pages_read(&s->dev.region, (hwaddr)i * FLASH_BLOCK_SIZE, FLASH_BLOCK_SIZE);
            digest = vmstate_digest_bytes(digest, s->dev.region.host + (size_t)i * FLASH_BLOCK_SIZE,
                                          FLASH_BLOCK_SIZE);
        }
    }
    return digest;
}

/* Takes the array from the file. Memory for blocks of zeros is not touched. */
static bool load_file(Flash *s)
{
    const uint8_t zeros[BUS_PAGE_SIZE] = { 0 };
    const BlockConfig *c = block_config(s->dev.block);
    uint64_t size = s->dev.region.size;
    if (block_size(s->dev.block) != size) {
        error_report("%s: %s: has %llu bytes: the flash has %llu: make it so with 'truncate -s "
                     "%lluM'",
                     c->option, c->path, (unsigned long long)block_size(s->dev.block),
                     (unsigned long long)size, (unsigned long long)(size >> 20));
        return false;
    }
    for (uint64_t at = 0; at < size; at += sizeof zeros) {
        uint8_t bytes[sizeof zeros];
        if (!block_read(s->dev.block, at, bytes, sizeof bytes)) {
            return false;
        }
        if (memcmp(bytes, zeros, sizeof bytes) != 0) {
            memcpy(s->dev.region.host + at, bytes, sizeof bytes);
        }
    }
    return true;
}

/* Sets its own access functions: any size is allowed, and any offset is a command. */
static bool flash_realize(void *dev)
{
    Flash *s = dev;
    s->dev.region.read = flash_read;
    s->dev.region.write = flash_write;
    return !s->dev.block || load_file(s);
}

/* Cells and lock bits survive. */
static void flash_reset(void *dev)
{
    Flash *s = dev;
    s->step = FLASH_IDLE;
    s->status = SR_READY;
    s->count = s->at = 0;
    s->at_known = 0;
    memset(s->buffer, 0, sizeof s->buffer);
    set_mode(s, FLASH_READ_ARRAY);
}

static void flash_fdt(const void *dev, Fdt *fdt)
{
    (void)dev;
    fdt_prop_u32(fdt, "bank-width", 4);
}

static const VMField flash_state[] = {
    VM_FIELD(Flash, vpp),
    VM_FIELD(Flash, mode),
    VM_FIELD(Flash, step),
    VM_FIELD(Flash, status),
    VM_FIELD(Flash, count),
    VM_FIELD(Flash, at),
    VM_FIELD(Flash, at_known),
    VM_ARRAY(Flash, buffer),
    VM_ARRAY(Flash, locked),
    VM_ARRAY(Flash, changed),
    VM_END,
};

static bool flash_loaded(void *dev)
{
    Flash *s = dev;
    if (s->mode > FLASH_READ_QUERY || s->step > FLASH_CONFIRM || s->at % FLASH_BUFFER_SIZE ||
        s->at >= s->dev.region.size) {
        return false;
    }
    set_mode(s, (FlashMode)s->mode);
    return true;
}

const DeviceType flash_type = {
    .struct_size = sizeof(Flash),
    .memory = true,
    .realize = flash_realize,
    .reset = flash_reset,
    .input = flash_input,
    .state = flash_state,
    .loaded = flash_loaded,
    .digest = flash_digest,
    .node = "flash",
    .compatible = DEVICE_LIST("arm,versatile-flash", "cfi-flash"),
    .fdt = flash_fdt,
    .drive = DRIVE_PFLASH,
};
