/* SPDX-License-Identifier: MIT */
/* An SD memory card.
 *
 * Up to 2 GiB it is a standard capacity card, with byte addresses; above a high capacity card, with
 * block addresses. What can be seen of it (identification, address, speed) is as with QEMU's card.
 * Unlike there, no command class is announced that the card does not have (write protection of
 * groups, passwords), an erased block reads as 0, as the SCR says, and a read-only image is a card
 * that is write-protected by its CSD. */
#include "machine/device/sd_card.h"

#include <string.h>

#include "util/bytes.h"
#include "util/log.h"

/* The card status, section 4.10.1: error bits, which last until a response has shown them. */
#define OUT_OF_RANGE    (UINT32_C(1) << 31)
#define ADDRESS_ERROR   (UINT32_C(1) << 30)
#define BLOCK_LEN_ERROR (UINT32_C(1) << 29)
#define ERASE_SEQ_ERROR (UINT32_C(1) << 28)
#define ERASE_PARAM     (UINT32_C(1) << 27)
#define WP_VIOLATION    (UINT32_C(1) << 26)
#define ILLEGAL_COMMAND (UINT32_C(1) << 22)
#define CARD_ECC_FAILED (UINT32_C(1) << 21)
#define CARD_ERROR      (UINT32_C(1) << 19)
#define ERASE_RESET     (UINT32_C(1) << 13)
#define READY_FOR_DATA  (UINT32_C(1) << 8)
#define APP_COMMAND     (UINT32_C(1) << 5)

/* The OCR, section 5.1. */
#define OCR_VOLTAGES   UINT32_C(0x00ffff00) /* 2.7 to 3.6 V, and what QEMU's card has below */
#define OCR_CAPACITY   (UINT32_C(1) << 30)  /* a high capacity card */
#define OCR_POWERED_UP (UINT32_C(1) << 31)

#define STANDARD_MAX (UINT64_C(2) << 30) /* bytes of a standard capacity card */
#define SMALLEST     2048u               /* bytes, as the CSD tells a size */

static bool high_capacity(const SdCard *s)
{
    return block_size(s->block) > STANDARD_MAX;
}

bool sd_card_check(Block *block)
{
    uint64_t size = block_size(block);
    const BlockConfig *c = block_config(block);
    if (size < SMALLEST || (size & (size - 1)) != 0) {
        error_report("%s: %s: %llu bytes: a card's size must be a power of two, at least %u: "
                     "enlarge it with 'truncate -s SIZE'",
                     c->option, c->path, (unsigned long long)size, SMALLEST);
        return false;
    }
    return true;
}

/* -- Registers -- */

/* The CRC of a CID or a CSD, section 4.5: x^7 + x^3 + 1. */
static uint8_t crc7(const uint8_t *bytes, unsigned n)
{
    unsigned crc = 0;
    for (unsigned i = 0; i < n; i++) {
        crc ^= bytes[i];
        for (unsigned bit = 0; bit < 8; bit++) {
            crc = crc & 0x80 ? crc << 1 ^ 0x89 << 1 : crc << 1;
        }
    }
    return (uint8_t)(crc & 0xfe);
}

/* Sets a field of a register of 16 bytes: `width` bits from bit `low` on, bit 127 being the first.
 */
static void set_field(uint8_t reg[16], unsigned low, unsigned width, uint32_t value)
{
    for (unsigned i = 0; i < width; i++) {
        unsigned bit = low + i;
        reg[15 - bit / 8] |= (uint8_t)((value >> i & 1) << bit % 8);
    }
}

/* Section 5.2. */
static void make_cid(uint8_t cid[16])
{
    static const uint8_t bytes[15] = {
        0xaa,                        /* manufacturer */
        'X',  'Y',                   /* its application */
        'Q',  'E',  'M',  'U',  '!', /* product name */
        0x01,                        /* revision 0.1 */
        0xde, 0xad, 0xbe, 0xef,      /* serial number */
        0x00, 0x62,                  /* February 2006 */
    };
    memcpy(cid, bytes, sizeof bytes);
    cid[15] = crc7(cid, 15) | 1;
}

/* The size in the CSD of a standard card: (C_SIZE + 1) << (C_SIZE_MULT + 2) blocks of
 * 1 << READ_BL_LEN bytes. */
static void set_standard_size(uint8_t csd[16], uint64_t size)
{
    uint32_t length = size == STANDARD_MAX ? 10 : 9;
    uint32_t mult = 7;
    while (size >> (length + mult + 2) == 0) {
        mult--;
    }
    set_field(csd, 80, 4, length);                                       /* READ_BL_LEN */
    set_field(csd, 62, 12, (uint32_t)(size >> (length + mult + 2)) - 1); /* C_SIZE */
    set_field(csd, 47, 3, mult);                                         /* C_SIZE_MULT */
    set_field(csd, 22, 4, length);                                       /* WRITE_BL_LEN */
}

/* Section 5.3. */
static void make_csd(const SdCard *s, uint8_t csd[16])
{
    uint64_t size = block_size(s->block);
    bool high = high_capacity(s);
    memset(csd, 0, 16);
    set_field(csd, 126, 2, high);                     /* CSD_STRUCTURE */
    set_field(csd, 112, 8, high ? 0x0e : 0x26);       /* TAAC: 1 ms, or 1.5 ms */
    set_field(csd, 96, 8, 0x32);                      /* TRAN_SPEED: 25 MHz */
    set_field(csd, 84, 12, 0x535);                    /* CCC: classes 0, 2, 4, 5, 8, 10 */
    set_field(csd, 46, 1, 1);                         /* ERASE_BLK_EN */
    set_field(csd, 39, 7, high ? 0x7f : 0x3f);        /* SECTOR_SIZE: no meaning then */
    set_field(csd, 26, 3, high ? 2 : 4);              /* R2W_FACTOR */
    set_field(csd, 12, 1, block_read_only(s->block)); /* TMP_WRITE_PROTECT */
    if (high) {
        set_field(csd, 80, 4, 9);                           /* READ_BL_LEN */
        set_field(csd, 48, 22, (uint32_t)(size >> 19) - 1); /* C_SIZE, 512 KiB each */
        set_field(csd, 22, 4, 9);                           /* WRITE_BL_LEN */
    } else {
        set_field(csd, 77, 3, 7);      /* READ_BL_PARTIAL, blocks may be misaligned */
        set_field(csd, 32, 7, 0x7f);   /* WP_GRP_SIZE: there are no groups */
        set_field(csd, 50, 12, 0xfff); /* currents: the largest */
        set_field(csd, 21, 1, 1);      /* WRITE_BL_PARTIAL */
        set_standard_size(csd, size);
    }
    csd[15] = crc7(csd, 15) | 1;
}

/* -- Commands -- */

/* A response without one. */
#define NO_RESPONSE 0u

/* The card status as a command found it; showing errors clears them. */
static uint32_t take_status(SdCard *s, SdState state)
{
    uint32_t status =
        s->status | (uint32_t)state << 9 | READY_FOR_DATA | (s->app_command ? APP_COMMAND : 0);
    s->status = 0;
    return status;
}

static unsigned respond(SdCard *s, SdState state, uint8_t response[16])
{
    st32_be_p(response, take_status(s, state));
    return 4;
}

static unsigned illegal(SdCard *s, const char *kind, unsigned index)
{
    s->status |= ILLEGAL_COMMAND;
    if (log_on(LOG_GUEST_ERRORS)) {
        log_printf("%s: %sCMD%u: not in state %u, or unknown\n", s->name, kind, index,
                   (unsigned)s->state);
    }
    return NO_RESPONSE;
}

/* Sends the first n bytes of the buffer. */
static void send_register(SdCard *s, unsigned n)
{
    s->data = SD_DATA_REGISTER;
    s->state = SD_SENDING;
    s->filled = n;
    s->sent = 0;
}

/* The byte address in an argument. */
static uint64_t address(const SdCard *s, uint32_t arg)
{
    return high_capacity(s) ? (uint64_t)arg * SD_BLOCK : arg;
}

/* The length of the blocks that are read and written. */
static uint32_t data_length(const SdCard *s)
{
    return high_capacity(s) ? SD_BLOCK : s->block_length;
}

/* Whether a block at `at` is on the card; else an error. */
static bool valid_address(SdCard *s, uint64_t at)
{
    uint32_t length = data_length(s);
    if (at >= block_size(s->block) || length > block_size(s->block) - at) {
        s->status |= OUT_OF_RANGE;
        return false;
    }
    return true;
}

/* Reads the next block of the image; a card that cannot sends nothing until CMD12. */
static bool load_block(SdCard *s)
{
    uint32_t length = data_length(s);
    bool ok = valid_address(s, s->at);
    if (ok && !block_read(s->block, s->at, s->buffer, length)) {
        s->status |= CARD_ECC_FAILED;
        ok = false;
    }
    s->sent = 0;
    s->filled = ok ? length : 0;
    s->at += length;
    s->data = (uint8_t)(ok ? s->data : SD_DATA_FAILED);
    return ok;
}

/* CMD17, CMD18, CMD24, CMD25. */
static unsigned start_transfer(SdCard *s, SdState to, SdData data, uint32_t arg,
                               uint8_t response[16])
{
    s->at = address(s, arg);
    if (!valid_address(s, s->at)) {
        return respond(s, SD_TRANSFER, response);
    }
    unsigned length = respond(s, SD_TRANSFER, response);
    s->state = (uint8_t)to;
    s->data = (uint8_t)data;
    s->filled = s->sent = 0;
    s->written = to == SD_RECEIVING ? 0 : s->written;
    return length;
}

/* CMD6, section 4.3.10: group 1 has default and high speed, the others the default. */
static void switch_function(SdCard *s, uint32_t arg)
{
    uint32_t wanted = arg & 0xf;
    bool set = arg >> 31;
    uint32_t result = wanted == 0xf ? s->functions : wanted <= 1 ? wanted : 0xf;
    memset(s->buffer, 0, 64);
    s->buffer[1] = 1; /* mA */
    for (unsigned i = 2; i < 14; i += 2) {
        s->buffer[i] = 0x80;
        s->buffer[i + 1] = 0x01;
    }
    s->buffer[13] = 0x03;
    for (unsigned group = 2; group <= 6; group++) {
        uint32_t other = arg >> 4 * (group - 1) & 0xf;
        uint8_t chosen = other == 0 || other == 0xf ? 0 : 0xf;
        s->buffer[16 - (group - 1) / 2] |= (uint8_t)(chosen << 4 * ((group - 1) % 2));
    }
    s->buffer[16] |= (uint8_t)result;
    if (set && result != 0xf) {
        s->functions = (uint8_t)result;
    }
    send_register(s, 64);
}

/* CMD38: the blocks from erase_first to erase_last become 0. */
static void erase(SdCard *s)
{
    uint64_t first = s->erase_first, last = s->erase_last;
    s->erase_first = s->erase_last = SD_ERASE_NONE;
    if (first == SD_ERASE_NONE || last == SD_ERASE_NONE) {
        s->status |= ERASE_SEQ_ERROR;
        return;
    }
    first -= first % SD_BLOCK;
    last -= last % SD_BLOCK;
    if (first > last) {
        s->status |= ERASE_PARAM;
        return;
    }
    if (last >= block_size(s->block)) {
        s->status |= OUT_OF_RANGE;
        return;
    }
    if (block_read_only(s->block)) {
        s->status |= WP_VIOLATION;
        return;
    }
    if (!block_fill(s->block, first, last - first + SD_BLOCK, 0)) {
        s->status |= CARD_ERROR;
    }
}

/* CMD12. A block that is not complete is lost. */
static void stop_transfer(SdCard *s)
{
    s->state = SD_TRANSFER;
    s->data = SD_DATA_NONE;
    s->filled = s->sent = 0;
}

static void to_idle(SdCard *s)
{
    s->state = SD_IDLE;
    s->data = SD_DATA_NONE;
    s->app_command = 0;
    s->powered_up = 0;
    s->bus_width = 0;
    s->functions = 0;
    s->rca = 0;
    s->status = 0;
    s->block_length = SD_BLOCK;
    s->written = 0;
    s->at = 0;
    s->erase_first = s->erase_last = SD_ERASE_NONE;
    s->filled = s->sent = 0;
    memset(s->buffer, 0, sizeof s->buffer);
}

/* CMD2, CMD9, CMD10: a register of 16 bytes. */
static unsigned respond_register(SdCard *s, SdState to, bool csd, uint8_t response[16])
{
    if (csd) {
        make_csd(s, response);
    } else {
        make_cid(response);
    }
    s->state = (uint8_t)to;
    return 16;
}

/* CMD3: a new address, and the bits of the card status that R6 has. */
static unsigned publish_address(SdCard *s, uint8_t response[16])
{
    SdState state = (SdState)s->state;
    s->rca = (uint16_t)(s->rca + 0x4567);
    s->state = SD_STANDBY;
    uint32_t status = take_status(s, state);
    uint32_t bits =
        (status >> 8 & 0xc000) | (status >> 6 & 0x2000) | (status & 0x1fff); /* 23, 22; 19; 12:0 */
    st32_be_p(response, (uint32_t)s->rca << 16 | bits);
    return 4;
}

/* CMD7: selects this card, or another one. */
static unsigned select_card(SdCard *s, bool mine, uint8_t response[16])
{
    SdState state = (SdState)s->state;
    if (!mine) {
        if (state == SD_TRANSFER || state == SD_SENDING) {
            stop_transfer(s);
            s->state = SD_STANDBY;
        }
        return NO_RESPONSE;
    }
    s->state = SD_TRANSFER;
    return respond(s, state, response);
}

/* Commands of a card that has no address yet; *length is the response's. Returns whether it is one
 * of them. */
static bool identify(SdCard *s, unsigned index, uint32_t arg, uint8_t response[16],
                     unsigned *length)
{
    SdState state = (SdState)s->state;
    *length = NO_RESPONSE;
    switch (index) {
    case 0: to_idle(s); return true;
    case 2:
        if (state != SD_READY) {
            return false;
        }
        *length = respond_register(s, SD_IDENTIFICATION, false, response);
        return true;
    case 3:
        if (state != SD_IDENTIFICATION && state != SD_STANDBY) {
            return false;
        }
        *length = publish_address(s, response);
        return true;
    case 8: /* the pattern, if the voltage is ours */
        if (state != SD_IDLE) {
            return false;
        }
        if ((arg >> 8 & 0xf) == 1) {
            st32_be_p(response, arg & 0xfff);
            *length = 4;
        }
        return true;
    default: return false;
    }
}

/* Commands of a card that is not selected, or for any that has an address. */
static bool address_command(SdCard *s, unsigned index, uint32_t arg, uint8_t response[16],
                            unsigned *length)
{
    SdState state = (SdState)s->state;
    bool mine = arg >> 16 == s->rca;
    bool addressed = state >= SD_STANDBY && state <= SD_DISCONNECTED;
    *length = NO_RESPONSE;
    switch (index) {
    case 4: return state == SD_STANDBY;
    case 7:
        if (!addressed || (mine && state != SD_STANDBY && state != SD_DISCONNECTED)) {
            return false;
        }
        *length = select_card(s, mine && s->rca, response);
        return true;
    case 9:
    case 10:
        if (state != SD_STANDBY) {
            return false;
        }
        if (mine) {
            *length = respond_register(s, SD_STANDBY, index == 9, response);
        }
        return true;
    case 13:
        if (!addressed) {
            return false;
        }
        if (mine) {
            *length = respond(s, state, response);
        }
        return true;
    case 15:
        if (!addressed) {
            return false;
        }
        if (mine) {
            stop_transfer(s);
            s->state = SD_INACTIVE;
        }
        return true;
    case 55:
        if (state > SD_DISCONNECTED || state == SD_READY || state == SD_IDENTIFICATION) {
            return false;
        }
        if (mine) {
            s->app_command = 1;
            *length = respond(s, state, response);
        }
        return true;
    default: return false;
    }
}

/* Commands of a card that is selected. */
static bool transfer_command(SdCard *s, unsigned index, uint32_t arg, uint8_t response[16],
                             unsigned *length)
{
    SdState state = (SdState)s->state;
    if (index == 12) {
        if (state != SD_SENDING && state != SD_RECEIVING) {
            return false;
        }
        *length = respond(s, state, response);
        stop_transfer(s);
        return true;
    }
    if (state != SD_TRANSFER) {
        return false;
    }
    switch (index) {
    case 6:
        *length = respond(s, state, response);
        switch_function(s, arg);
        return true;
    case 16:
        if (arg == 0 || arg > SD_BLOCK) {
            s->status |= BLOCK_LEN_ERROR;
        } else {
            s->block_length = arg;
        }
        break;
    case 17: *length = start_transfer(s, SD_SENDING, SD_DATA_BLOCK, arg, response); return true;
    case 18: *length = start_transfer(s, SD_SENDING, SD_DATA_BLOCKS, arg, response); return true;
    case 24: *length = start_transfer(s, SD_RECEIVING, SD_DATA_BLOCK, arg, response); return true;
    case 25: *length = start_transfer(s, SD_RECEIVING, SD_DATA_BLOCKS, arg, response); return true;
    case 27: /* the CSD, of which nothing can be changed */
        *length = respond(s, state, response);
        s->state = SD_RECEIVING;
        s->data = SD_DATA_IGNORED;
        s->filled = s->sent = 0;
        return true;
    case 32: s->erase_first = address(s, arg); break;
    case 33: s->erase_last = address(s, arg); break;
    case 38: erase(s); break;
    default: return false;
    }
    *length = respond(s, state, response);
    return true;
}

/* ACMD41: the card starts unless the host only asks (no voltage). */
static unsigned operating_condition(SdCard *s, uint32_t arg, uint8_t response[16])
{
    uint32_t ocr = OCR_VOLTAGES;
    if (arg & OCR_VOLTAGES) {
        s->powered_up = 1;
        s->state = SD_READY;
    }
    if (s->powered_up) {
        ocr |= OCR_POWERED_UP | (high_capacity(s) ? OCR_CAPACITY : 0);
    }
    st32_be_p(response, ocr);
    s->status = 0;
    return 4;
}

/* Commands after CMD55. */
static bool app_command(SdCard *s, unsigned index, uint32_t arg, uint8_t response[16],
                        unsigned *length)
{
    SdState state = (SdState)s->state;
    if (index == 41) {
        if (state != SD_IDLE) {
            return false;
        }
        *length = operating_condition(s, arg, response);
        return true;
    }
    if (state != SD_TRANSFER) {
        return false;
    }
    switch (index) {
    case 6: s->bus_width = arg & 3; break;
    case 13: /* the SD status, section 4.10.2 */
        memset(s->buffer, 0, 64);
        s->buffer[0] = (uint8_t)(s->bus_width << 6);
        *length = respond(s, state, response);
        send_register(s, 64);
        return true;
    case 22:
        st32_be_p(s->buffer, s->written);
        *length = respond(s, state, response);
        send_register(s, 4);
        return true;
    case 23: break; /* blocks need not be erased before they are written */
    case 42: break; /* nothing is attached to the line */
    case 51:        /* the SCR, section 5.6: version 2.00, security 1.01, 1 and 4 bits */
        memset(s->buffer, 0, 8);
        s->buffer[0] = 0x02;
        s->buffer[1] = 0x25;
        *length = respond(s, state, response);
        send_register(s, 8);
        return true;
    default: return false;
    }
    *length = respond(s, state, response);
    return true;
}

unsigned sd_card_command(SdCard *s, unsigned index, uint32_t arg, uint8_t response[16])
{
    unsigned length = NO_RESPONSE;
    if (!s->block || s->state == SD_INACTIVE) {
        return NO_RESPONSE;
    }
    if (s->app_command && app_command(s, index, arg, response, &length)) {
        s->app_command = 0;
        return length;
    }
    const char *kind = s->app_command ? "A" : "";
    s->app_command = 0;
    if (index != 32 && index != 33 && index != 38 && index != 13 &&
        (s->erase_first != SD_ERASE_NONE || s->erase_last != SD_ERASE_NONE)) {
        s->erase_first = s->erase_last = SD_ERASE_NONE;
        s->status |= ERASE_RESET;
    }
    if (identify(s, index, arg, response, &length) ||
        address_command(s, index, arg, response, &length) ||
        transfer_command(s, index, arg, response, &length)) {
        return length;
    }
    return illegal(s, kind, index);
}

/* -- Data -- */

bool sd_card_sending(const SdCard *s)
{
    return s->state == SD_SENDING && s->data != SD_DATA_FAILED;
}

bool sd_card_receiving(const SdCard *s)
{
    return s->state == SD_RECEIVING;
}

size_t sd_card_read(SdCard *s, uint8_t *bytes, size_t n)
{
    size_t got = 0;
    while (got < n && sd_card_sending(s)) {
        /* Read when it is asked for: beyond the last block of the card there is none. */
        if (s->sent == s->filled && !load_block(s)) {
            break;
        }
        size_t left = s->filled - s->sent;
        size_t part = n - got < left ? n - got : left;
        memcpy(bytes + got, s->buffer + s->sent, part);
        got += part;
        s->sent += (uint32_t)part;
        if (s->sent == s->filled && s->data != SD_DATA_BLOCKS) {
            stop_transfer(s);
        }
    }
    return got;
}

/* A block is complete. */
static bool keep_block(SdCard *s, uint32_t length)
{
    SdData data = (SdData)s->data;
    uint64_t at = s->at;
    s->filled = 0;
    if (data != SD_DATA_BLOCKS) {
        stop_transfer(s);
    }
    if (data == SD_DATA_IGNORED) {
        return true;
    }
    if (!valid_address(s, at)) {
        return false;
    }
    if (block_read_only(s->block)) {
        s->status |= WP_VIOLATION;
        return false;
    }
    if (!block_write(s->block, at, s->buffer, length)) {
        s->status |= CARD_ERROR;
        return false;
    }
    s->at += length;
    s->written++;
    return true;
}

bool sd_card_write(SdCard *s, const uint8_t *bytes, size_t n)
{
    while (n > 0 && sd_card_receiving(s)) {
        uint32_t length = s->data == SD_DATA_IGNORED ? 16 : data_length(s);
        size_t left = length - s->filled;
        size_t part = n < left ? n : left;
        memcpy(s->buffer + s->filled, bytes, part);
        bytes += part;
        n -= part;
        s->filled += (uint32_t)part;
        if (s->filled == length && !keep_block(s, length)) {
            return false;
        }
    }
    return true;
}

/* -- Power-on and saved state -- */

void sd_card_reset(SdCard *s)
{
    to_idle(s);
}

bool sd_card_loaded(const SdCard *s)
{
    bool receiving = s->state == SD_RECEIVING;
    bool moving = receiving || s->state == SD_SENDING;
    if (s->state > SD_INACTIVE || s->data > SD_DATA_FAILED || s->functions > 1 ||
        s->bus_width > 3 || s->block_length == 0 || s->block_length > SD_BLOCK ||
        (s->data != SD_DATA_NONE) != moving || s->filled > SD_BLOCK || s->sent > s->filled ||
        (!s->block && s->state != SD_IDLE)) {
        return false;
    }
    uint32_t length = s->data == SD_DATA_IGNORED || !s->block ? 16 : data_length(s);
    return !receiving || s->filled < length;
}
