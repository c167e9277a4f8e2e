/* SPDX-License-Identifier: MIT */
/* The SCSI bus of the 53C895A: selection, and what a target does in each phase. It stays connected
 * from selection to COMMAND COMPLETE, so there is never a reselection. */
#include "scsi/lsi.h"

#define MESSAGES_MAX 64u /* bytes that a target takes in one message-out phase */

/* Messages (SPI-3, 16; SCSI-2, 6.6). */
enum {
    COMMAND_COMPLETE = 0x00,
    EXTENDED_MESSAGE = 0x01,
    ABORT_TASK_SET = 0x06,
    MESSAGE_REJECT = 0x07,
    NO_OPERATION = 0x08,
    TARGET_RESET = 0x0c,
    ABORT_TASK = 0x0d,
    CLEAR_TASK_SET = 0x0e,
    SIMPLE_QUEUE = 0x20,
    HEAD_OF_QUEUE = 0x21,
    ORDERED_QUEUE = 0x22,
    IDENTIFY = 0x80,
    EXTENDED_SDTR = 0x01,
    EXTENDED_WDTR = 0x03,
    EXTENDED_PPR = 0x04,
};

static void set_phase(Lsi53c895a *s, unsigned phase)
{
    s->regs[SSTAT1] = (uint8_t)((s->regs[SSTAT1] & ~SSTAT1_PHASE) | phase);
}

void lsi_disconnect(Lsi53c895a *s)
{
    s->regs[SOCL] = 0;
    s->target = LSI_NOBODY;
    s->busy = 0;
    set_phase(s, 0);
}

void lsi_attention(Lsi53c895a *s)
{
    if (lsi_connected(s)) {
        set_phase(s, PHASE_MESSAGE_OUT);
    }
}

void lsi_select(Lsi53c895a *s, unsigned id, bool attention)
{
    s->regs[SDID] = (uint8_t)id;
    s->regs[SSTAT0] |= SSTAT0_WOA;
    if (id >= LSI_TARGETS || !s->targets.present[id]) {
        lsi_scsi_interrupt(s, 0, SIST1_STO);
        lsi_disconnect(s);
        return;
    }
    s->regs[SOCL] = attention ? SOCL_ATN : 0;
    s->target = (uint8_t)id;
    s->lun = 0;
    s->busy = 0;
    set_phase(s, attention ? PHASE_MESSAGE_OUT : PHASE_COMMAND);
}

/* The target goes to message-in phase. */
static void send_message(Lsi53c895a *s, uint8_t message, bool leaves)
{
    s->message = message;
    s->leaves = leaves;
    set_phase(s, PHASE_MESSAGE_IN);
}

/* The phase that the command is in now. */
static void follow_request(Lsi53c895a *s)
{
    s->budget -= (int64_t)(s->request.work < INT64_MAX / 2 ? s->request.work : INT64_MAX / 2);
    s->request.work = 0;
    switch (s->request.direction) {
    case SCSI_DATA_IN: set_phase(s, PHASE_DATA_IN); break;
    case SCSI_DATA_OUT: set_phase(s, PHASE_DATA_OUT); break;
    default: set_phase(s, PHASE_STATUS);
    }
}

/* Gives bytes to the initiator. False: it has no such memory, or they have reset the bus, as the
 * memory may be the adapter's registers. */
static bool give(Lsi53c895a *s, uint64_t addr, const uint8_t *bytes, size_t n)
{
    return lsi_dma_write(s, addr, bytes, n) && lsi_connected(s);
}

/* Counts n bytes as moved. */
static void moved(Lsi53c895a *s, uint32_t n)
{
    s->budget -= n;
    lsi_set_count(s, lsi_count(s) - n);
    lsi_set(s, SBC, lsi_get(s, SBC) + n);
}

/* -- Message out -- */

/* An extended message of n bytes after its first. Returns its length; 0: it is rejected. An offer
 * to negotiate is taken without an answer, as by QEMU: transfers remain asynchronous. */
static uint32_t take_extended(const uint8_t *m, uint32_t n)
{
    if (n < 2 || m[0] < 1 || m[0] > n - 1) {
        return 0;
    }
    bool known = m[1] == EXTENDED_SDTR || m[1] == EXTENDED_WDTR || m[1] == EXTENDED_PPR;
    return known ? 1u + m[0] : 0;
}

/* The messages are the initiator's. Returns whether the target remains connected. */
static bool take_messages(Lsi53c895a *s, const uint8_t *m, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        uint32_t more = 0;
        switch (m[i]) {
        case NO_OPERATION:
        case MESSAGE_REJECT: break;
        case EXTENDED_MESSAGE:
            more = take_extended(m + i + 1, n - i - 1);
            if (!more) {
                send_message(s, MESSAGE_REJECT, false);
                return true;
            }
            break;
        case SIMPLE_QUEUE:
        case HEAD_OF_QUEUE:
        case ORDERED_QUEUE: more = 1; break; /* the tag: there is one command at a time */
        case TARGET_RESET: scsi_reset(&s->targets.disks[s->target]); return false;
        case ABORT_TASK_SET:
        case ABORT_TASK:
        case CLEAR_TASK_SET: return false;
        default:
            if (!(m[i] & IDENTIFY)) {
                send_message(s, MESSAGE_REJECT, false);
                return true;
            }
            s->lun = m[i] & 7;
        }
        i += more;
    }
    set_phase(s, PHASE_COMMAND);
    return true;
}

static bool message_out(Lsi53c895a *s, uint64_t addr)
{
    uint8_t m[MESSAGES_MAX];
    uint32_t n = lsi_count(s) < sizeof m ? lsi_count(s) : (uint32_t)sizeof m;
    if (!lsi_dma_read(s, addr, m, n)) {
        return false;
    }
    moved(s, n);
    s->regs[SOCL] &= (uint8_t)~SOCL_ATN; /* with the last byte */
    if (!take_messages(s, m, n)) {
        lsi_disconnect(s);
    } else if (lsi_phase(s) == PHASE_COMMAND && s->busy) {
        follow_request(s); /* it goes on with its command */
    }
    return true;
}

/* -- Command, data, status, message in -- */

static bool command(Lsi53c895a *s, uint64_t addr)
{
    uint8_t cdb[SCSI_CDB];
    uint32_t n = lsi_count(s) < sizeof cdb ? lsi_count(s) : (uint32_t)sizeof cdb;
    if (!lsi_dma_read(s, addr, cdb, n)) {
        return false;
    }
    moved(s, n);
    s->busy = 1;
    scsi_start(&s->request, &s->targets.disks[s->target], s->lun, cdb, n);
    follow_request(s);
    return true;
}

static bool data(Lsi53c895a *s, uint64_t addr, bool in)
{
    ScsiDisk *d = &s->targets.disks[s->target];
    ScsiRequest *r = &s->request;
    while (lsi_count(s) && r->direction != SCSI_NO_DATA) {
        uint32_t n = lsi_count(s) < LSI_BOUNCE ? lsi_count(s) : LSI_BOUNCE;
        n = n < r->left ? n : (uint32_t)r->left;
        if (in) {
            if (!scsi_data_in(r, d, s->bounce, n)) {
                break;
            }
            if (lsi_get(s, SBC) == 0) {
                s->regs[SFBR] = s->bounce[0];
            }
            if (!give(s, addr, s->bounce, n)) {
                return false;
            }
        } else if (!lsi_dma_read(s, addr, s->bounce, n)) {
            return false;
        } else if (!scsi_data_out(r, d, s->bounce, n)) {
            break;
        }
        moved(s, n);
        lsi_set(s, CSBC, lsi_get(s, CSBC) + n);
        addr += n;
    }
    follow_request(s);
    return true;
}

static bool status(Lsi53c895a *s, uint64_t addr)
{
    uint8_t byte = s->request.status;
    if (!give(s, addr, &byte, 1)) {
        return false;
    }
    s->regs[SFBR] = byte;
    moved(s, 1);
    s->busy = 0;
    send_message(s, COMMAND_COMPLETE, true);
    return true;
}

static bool message_in(Lsi53c895a *s, uint64_t addr)
{
    uint8_t byte = s->message;
    if (!give(s, addr, &byte, 1)) {
        return false;
    }
    s->regs[SFBR] = s->regs[SIDL] = byte;
    moved(s, 1);
    if (s->leaves) {
        lsi_disconnect(s);
    } else if (s->busy) {
        follow_request(s);
    } else {
        set_phase(s, PHASE_COMMAND);
    }
    return true;
}

bool lsi_move(Lsi53c895a *s, uint64_t addr)
{
    if (!lsi_count(s)) {
        return true;
    }
    switch (lsi_phase(s)) {
    case PHASE_DATA_OUT: return data(s, addr, false);
    case PHASE_DATA_IN: return data(s, addr, true);
    case PHASE_COMMAND: return command(s, addr);
    case PHASE_STATUS: return status(s, addr);
    case PHASE_MESSAGE_OUT: return message_out(s, addr);
    case PHASE_MESSAGE_IN: return message_in(s, addr);
    default: return true;
    }
}
