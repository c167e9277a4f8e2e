/* SPDX-License-Identifier: MIT */
/* PrimeCell MCI (PL181, DDI 0205).
 *
 * A command takes no time, and data moves between card and FIFO as soon as there is room for it, or
 * data. Only a card that sends or takes nothing is waited for: MCIDataTimer says how long.
 *
 * As in QEMU, whose versatilepb drivers know: a response without a valid CRC (R3) sets CmdRespEnd,
 * not CmdCrcFail; data that comes while the guest reads the FIFO is not seen before it has read
 * the status once more, as the driver of Linux 2.6 loses it. */
#include "machine/device/pl181.h"

#include <string.h>

#include "util/bytes.h"
#include "util/log.h"

/* MCICommand. */
#define COMMAND_RESPONSE 0x040u
#define COMMAND_LONG     0x080u
#define COMMAND_ENABLE   0x400u
#define COMMAND_MASK     0x7ffu

/* MCIClock. */
#define CLOCK_ENABLE 0x100u
#define CLOCK_BYPASS 0x400u

/* MCIDataCtrl. */
#define DATA_ENABLE    0x01u
#define DATA_FROM_CARD 0x02u

/* MCIStatus. */
#define DATA_CRC_FAIL     0x000002u
#define COMMAND_TIMEOUT   0x000004u
#define DATA_TIMEOUT      0x000008u
#define RESPONSE_END      0x000040u
#define COMMAND_SENT      0x000080u
#define DATA_END          0x000100u
#define BLOCK_END         0x000400u
#define STATIC_FLAGS      0x0007ffu
#define TX_ACTIVE         0x001000u
#define RX_ACTIVE         0x002000u
#define TX_HALF_EMPTY     0x004000u
#define RX_HALF_FULL      0x008000u
#define TX_FULL           0x010000u
#define RX_FULL           0x020000u
#define TX_EMPTY          0x040000u
#define RX_EMPTY          0x080000u
#define TX_DATA_AVAILABLE 0x100000u
#define RX_DATA_AVAILABLE 0x200000u
#define ALL_FLAGS         0x3fffffu

#define HALF (PL181_FIFO_LENGTH / 2)

static uint32_t full_status(const Pl181 *s)
{
    uint32_t flags = s->status;
    unsigned used = s->fifo_used;
    if (s->path == PL181_SENDING) {
        flags |= TX_ACTIVE;
        flags |= used ? TX_DATA_AVAILABLE : TX_EMPTY;
        flags |= used <= HALF ? TX_HALF_EMPTY : 0;
        flags |= used == PL181_FIFO_LENGTH ? TX_FULL : 0;
    } else if (s->path == PL181_RECEIVING) {
        flags |= RX_ACTIVE;
        flags |= used ? RX_DATA_AVAILABLE : RX_EMPTY;
        flags |= used >= HALF ? RX_HALF_FULL : 0;
        flags |= used == PL181_FIFO_LENGTH ? RX_FULL : 0;
    }
    return flags;
}

static void pl181_update_irq(const Pl181 *s)
{
    uint32_t flags = full_status(s);
    irq_set(&s->dev.out[0], (flags & s->mask[0]) != 0);
    irq_set(&s->dev.out[1], (flags & s->mask[1]) != 0);
}

static void fifo_push(Pl181 *s, uint32_t word)
{
    s->fifo[(s->fifo_first + s->fifo_used) % PL181_FIFO_LENGTH] = word;
    s->fifo_used++;
}

static uint32_t fifo_pop(Pl181 *s)
{
    uint32_t word = s->fifo[s->fifo_first];
    s->fifo_first = (s->fifo_first + 1) % PL181_FIFO_LENGTH;
    s->fifo_used--;
    return word;
}

/* -- The data path -- */

/* The data path is done, or gives up. */
static void path_end(Pl181 *s, uint32_t flags)
{
    s->status |= flags;
    s->path = PL181_IDLE;
    s->data_control &= ~DATA_ENABLE;
    timer_del(&s->timeout);
}

static void timed_out(void *opaque)
{
    Pl181 *s = opaque;
    path_end(s, DATA_TIMEOUT);
    s->fifo_used = 0;
    pl181_update_irq(s);
}

/* Waits for the card: MCIDataTimer cycles of its clock; for ever while that stands still. */
static void wait_for_card(Pl181 *s)
{
    uint32_t divisor = s->clock & CLOCK_BYPASS ? 1 : 2 * ((s->clock & 0xff) + 1);
    if (timer_pending(&s->timeout) || !(s->clock & CLOCK_ENABLE)) {
        return;
    }
    uint64_t ns = muldiv64((uint64_t)s->data_timer * divisor, (uint32_t)NS_PER_SEC, s->dev.hz);
    timer_mod(&s->timeout, deadline_after(clock_now(s->dev.clock), (int64_t)ns));
}

/* Takes words from the card while the FIFO has room. Words are whole: a card never stops within one
 * but at the end of its data. */
static void receive(Pl181 *s)
{
    uint8_t bytes[4 * PL181_FIFO_LENGTH] = { 0 };
    uint32_t room = 4 * (PL181_FIFO_LENGTH - s->fifo_used);
    uint32_t wanted = s->data_count < room ? s->data_count : room;
    uint32_t got = (uint32_t)sd_card_read(&s->card, bytes, wanted);
    uint32_t words = (got == s->data_count ? got + 3 : got) / 4;
    s->data_count -= got;
    for (uint32_t i = 0; i < words; i++) {
        fifo_push(s, ld32_p(bytes + (size_t)4 * i));
    }
    if (words) {
        timer_del(&s->timeout);
        s->status |= s->data_count ? 0 : DATA_END | BLOCK_END;
    }
    if (got < wanted) {
        wait_for_card(s);
    } else if (!s->data_count && !s->fifo_used) {
        path_end(s, 0);
    }
}

/* Gives the words of the FIFO to the card. */
static void send(Pl181 *s)
{
    while (s->data_count && s->fifo_used) {
        uint8_t bytes[4];
        uint32_t n = s->data_count < 4 ? s->data_count : 4;
        if (!sd_card_receiving(&s->card)) {
            wait_for_card(s);
            return;
        }
        st32_p(bytes, fifo_pop(s));
        s->data_count -= n;
        if (!sd_card_write(&s->card, bytes, n)) {
            s->fifo_used = 0;
            path_end(s, DATA_CRC_FAIL);
            return;
        }
        timer_del(&s->timeout);
        if (!s->data_count) {
            s->status |= DATA_END | BLOCK_END;
        }
    }
    if (!s->data_count) {
        s->fifo_used = 0;
        path_end(s, 0);
    }
}

static void run_path(Pl181 *s)
{
    if (s->path == PL181_RECEIVING) {
        receive(s);
    } else if (s->path == PL181_SENDING) {
        send(s);
    }
}

static void write_data_control(Pl181 *s, uint32_t value)
{
    s->data_control = value & 0xff;
    timer_del(&s->timeout);
    s->path = PL181_IDLE;
    s->fifo_used = s->fifo_read = 0;
    if (value & DATA_ENABLE) {
        s->path = value & DATA_FROM_CARD ? PL181_RECEIVING : PL181_SENDING;
        s->data_count = s->data_length;
        s->status |= s->data_length ? 0 : DATA_END | BLOCK_END;
        run_path(s);
    }
}

static uint32_t read_fifo(Pl181 *s)
{
    if (s->path == PL181_RECEIVING && !s->fifo_used) {
        receive(s);
    }
    if (s->path != PL181_RECEIVING || !s->fifo_used) {
        if (log_on(LOG_GUEST_ERRORS)) {
            log_printf("%s: read of a FIFO without data\n", s->dev.name);
        }
        return 0;
    }
    uint32_t word = fifo_pop(s);
    s->fifo_read = 1;
    if (!s->fifo_used && !s->data_count) {
        path_end(s, 0);
    }
    pl181_update_irq(s);
    return word;
}

static void write_fifo(Pl181 *s, uint32_t word)
{
    if (s->path != PL181_SENDING || s->fifo_used == PL181_FIFO_LENGTH) {
        if (log_on(LOG_GUEST_ERRORS)) {
            log_printf("%s: write to a FIFO without room\n", s->dev.name);
        }
        return;
    }
    fifo_push(s, word);
    send(s);
}

static uint32_t read_status(Pl181 *s)
{
    uint32_t flags = full_status(s);
    if (s->fifo_read) {
        s->fifo_read = 0;
        run_path(s);
        pl181_update_irq(s);
    }
    return flags;
}

/* -- Commands -- */

static void execute(Pl181 *s)
{
    uint8_t bytes[16];
    bool wants = s->command & COMMAND_RESPONSE;
    bool wants_long = s->command & COMMAND_LONG;
    unsigned length = sd_card_command(&s->card, s->command & 0x3f, s->argument, bytes);
    s->command &= ~COMMAND_ENABLE;
    if (!wants) {
        s->status |= COMMAND_SENT;
    } else if (length != (wants_long ? 16u : 4u)) {
        s->status |= COMMAND_TIMEOUT;
    } else {
        for (unsigned i = 0; i < 4; i++) {
            s->response[i] = 4 * i < length ? ld32_be_p(bytes + (size_t)4 * i) : 0;
        }
        if (wants_long) {
            s->response[3] &= ~UINT32_C(1); /* the end bit is not kept */
        }
        s->response_command = wants_long ? 0x3f : s->command & 0x3f;
        s->status |= RESPONSE_END;
    }
    run_path(s);
}

/* -- Registers -- */

static uint32_t pl181_read(void *dev, uint32_t offset)
{
    Pl181 *s = dev;
    if (offset >= 0x80 && offset < 0xc0) {
        return read_fifo(s);
    }
    switch (offset) {
    case 0x00: return s->power;            /* MCIPower */
    case 0x04: return s->clock;            /* MCIClock */
    case 0x08: return s->argument;         /* MCIArgument */
    case 0x0c: return s->command;          /* MCICommand */
    case 0x10: return s->response_command; /* MCIRespCmd */
    case 0x14:                             /* MCIResponse0 */
    case 0x18:
    case 0x1c:
    case 0x20: return s->response[(offset - 0x14) / 4];
    case 0x24: return s->data_timer;           /* MCIDataTimer */
    case 0x28: return s->data_length;          /* MCIDataLength */
    case 0x2c: return s->data_control;         /* MCIDataCtrl */
    case 0x30: return s->data_count;           /* MCIDataCnt */
    case 0x34: return read_status(s);          /* MCIStatus */
    case 0x38: return 0;                       /* MCIClear, write only */
    case 0x3c: return s->mask[0];              /* MCIMask0 */
    case 0x40: return s->mask[1];              /* MCIMask1 */
    case 0x44: return s->select;               /* MCISelect */
    case 0x48: return (s->data_count + 3) / 4; /* MCIFifoCnt, words */
    default: return device_default_read(&s->dev, offset);
    }
}

static void pl181_write(void *dev, uint32_t offset, uint32_t value)
{
    Pl181 *s = dev;
    if (offset >= 0x80 && offset < 0xc0) {
        write_fifo(s, value);
        pl181_update_irq(s);
        return;
    }
    switch (offset) {
    case 0x00: s->power = value & 0xff; break;
    case 0x04: s->clock = value & 0xfff; break;
    case 0x08: s->argument = value; break;
    case 0x0c:
        s->command = value & COMMAND_MASK;
        if (value & COMMAND_ENABLE) {
            execute(s);
        }
        break;
    case 0x24: s->data_timer = value; break;
    case 0x28: s->data_length = value & 0xffff; break;
    case 0x2c: write_data_control(s, value); break;
    case 0x38: s->status &= ~value; break;
    case 0x3c: s->mask[0] = value & ALL_FLAGS; break;
    case 0x40: s->mask[1] = value & ALL_FLAGS; break;
    case 0x44: s->select = value & 0xf; break;
    default: device_default_write(&s->dev, offset, value); return;
    }
    pl181_update_irq(s);
}

static uint32_t pl181_can_raise(const void *dev, uint32_t inputs, bool more_input)
{
    const Pl181 *s = dev;
    uint32_t flags = full_status(s) | (timer_pending(&s->timeout) ? DATA_TIMEOUT : 0);
    (void)inputs;
    (void)more_input;
    return (flags & s->mask[0] ? 1u : 0u) | (flags & s->mask[1] ? 2u : 0u);
}

static bool pl181_realize(void *dev)
{
    Pl181 *s = dev;
    timer_init(&s->timeout, s->dev.clock, timed_out, s);
    s->card.block = s->dev.block;
    s->card.name = s->dev.name;
    return !s->card.block || sd_card_check(s->card.block);
}

/* The card is switched off and on, too. */
static void pl181_reset(void *dev)
{
    Pl181 *s = dev;
    s->power = s->clock = s->argument = s->command = s->response_command = 0;
    memset(s->response, 0, sizeof s->response);
    s->data_timer = s->data_length = s->data_control = s->data_count = 0;
    s->status = s->mask[0] = s->mask[1] = s->select = 0;
    s->path = PL181_IDLE;
    s->fifo_first = s->fifo_used = s->fifo_read = 0;
    memset(s->fifo, 0, sizeof s->fifo);
    timer_del(&s->timeout);
    sd_card_reset(&s->card);
    irq_set(&s->dev.out[2], s->card.block != NULL);
    pl181_update_irq(s);
}

static const VMField pl181_state[] = {
    VM_FIELD(Pl181, power),
    VM_FIELD(Pl181, clock),
    VM_FIELD(Pl181, argument),
    VM_FIELD(Pl181, command),
    VM_FIELD(Pl181, response_command),
    VM_ARRAY(Pl181, response),
    VM_FIELD(Pl181, data_timer),
    VM_FIELD(Pl181, data_length),
    VM_FIELD(Pl181, data_control),
    VM_FIELD(Pl181, data_count),
    VM_FIELD(Pl181, status),
    VM_ARRAY(Pl181, mask),
    VM_FIELD(Pl181, select),
    VM_FIELD(Pl181, path),
    VM_FIELD(Pl181, fifo_first),
    VM_FIELD(Pl181, fifo_used),
    VM_FIELD(Pl181, fifo_read),
    VM_ARRAY(Pl181, fifo),
    VM_TIMER(Pl181, timeout),
    SD_CARD_STATE(Pl181, card),
    VM_END,
};

static bool pl181_loaded(void *dev)
{
    const Pl181 *s = dev;
    return s->path <= PL181_RECEIVING && s->fifo_first < PL181_FIFO_LENGTH &&
           s->fifo_used <= PL181_FIFO_LENGTH && s->data_count <= 0xffff &&
           !(s->status & ~STATIC_FLAGS) && sd_card_loaded(&s->card);
}

const DeviceType pl181_type = {
    .struct_size = sizeof(Pl181),
    .read = pl181_read,
    .write = pl181_write,
    .periphid = 0x00041181,
    .realize = pl181_realize,
    .reset = pl181_reset,
    .can_raise = pl181_can_raise,
    .state = pl181_state,
    .loaded = pl181_loaded,
    .drive = DRIVE_SD,
    .node = "mmc",
    .compatible = DEVICE_LIST("arm,pl180", "arm,primecell"),
    .clock_names = DEVICE_LIST("mclk", "apb_pclk"),
};
