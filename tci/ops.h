/* SPDX-License-Identifier: MIT */
/* The handlers as selection sees them: tables from op and form to the handler's number in
 * handlers.h, because numbers take a quarter of the bytes of addresses. */
#ifndef TCI_OPS_H
#define TCI_OPS_H

#include "tci/slot.h"

/* dump.c: handlers by number; NULL at 0, NO_HANDLER. */
extern TciFn *const tci_handlers[];

/* ops_alu.c: [opcode][form]; NO_HANDLER where the form does not exist. The F forms define flags:
 * all four for arithmetic that can, N and Z for the rest. */
enum { FORM_RR, FORM_RI, FORM_RR_F, FORM_RI_F, ALU_FORMS };
_Static_assert(FORM_RR + FORM_RR_F == FORM_RR_F && FORM_RI + FORM_RR_F == FORM_RI_F,
               "FORM_RR_F added to a form gives the one that defines flags");
extern const uint16_t tci_alu[TCG_NB_OPS][ALU_FORMS];

/* d = a OP (b shifted by c): [opcode, of those before the shifts][kind of shift][defines flags]. */
enum { SHIFT_SHL, SHIFT_SHR, SHIFT_SAR, SHIFT_ROTR, SHIFTS };
_Static_assert(TCG_shr - TCG_SHIFT_FIRST == SHIFT_SHR && TCG_sar - TCG_SHIFT_FIRST == SHIFT_SAR &&
                   TCG_rotr - TCG_SHIFT_FIRST == SHIFT_ROTR,
               "kinds of shift are in the order of the opcodes");
extern const uint16_t tci_alu_shift[TCG_SHIFT_FIRST][SHIFTS][2];

/* Immediate shifts that define C: [kind of shift][defines N and Z, too]. */
extern const uint16_t tci_shift_carry[SHIFTS][2];
/* d = a, then c = b. */
TciFn tci_op_move2;

/* ops_mem.c */
enum { MEM_LD8U, MEM_LD8S, MEM_LD16U, MEM_LD16S, MEM_LD32, MEM_ST8, MEM_ST16, MEM_ST32, MEM_KINDS };
_Static_assert(MEM_LD16U == MEM_LD8U + 2 * MO_16 && MEM_LD32 == MEM_LD8U + 2 * MO_32 &&
                   MEM_LD8S == MEM_LD8U + 1 && MEM_LD16S == MEM_LD16U + 1 &&
                   MEM_ST16 == MEM_ST8 + MO_16 && MEM_ST32 == MEM_ST8 + MO_32,
               "mem_kind() computes these from a memory operand's size and sign");
enum {
    ADDR_IMM,      /* a + imm */
    ADDR_REG,      /* a + b */
    ADDR_ABS,      /* imm */
    ADDR_POST,     /* a, then a += imm */
    ADDR_PRE,      /* a += imm, but only when the access has succeeded */
    ADDR_SHL,      /* a + (b << imm); this and what follows: of 32 bits and unsigned 8 bits alone */
    ADDR_USER_IMM, /* with user's rights */
    ADDR_USER_POST,
    ADDR_FORMS
};
extern const uint16_t tci_mem[MEM_KINDS][ADDR_FORMS];
/* The same without a fast path: for what none of those does. */
extern const uint16_t tci_slow_mem[MEM_KINDS][ADDR_FORMS];
/* d = the word at the second slot's `bytes`. */
TciFn tci_op_ld32_near;
/* Load and store multiple of d words: [store][form][words], or [0] for any number. */
#define MULTI_MAX_WORDS 10
enum { MULTI_IMM, MULTI_IA, MULTI_DB, MULTI_FORMS };
extern const uint16_t tci_multi[2][MULTI_FORMS][MULTI_MAX_WORDS + 1];
extern const uint16_t tci_slow_multi[2][MULTI_FORMS];

/* ops_fp.c: by TCGFp, with the helper in the record's second slot; without fast floating point
 * those that have a helper are all tci_op_fp_helper. */
extern const uint16_t tci_fp[TCG_FP_OPS];
/* A comparison that goes to the CPU's flags, too: [doubles][with zero]. */
extern const uint16_t tci_fp_cmp_flags[2][2];
/* Whether the host's float and double are IEEE 754's, computed as such. */
bool tci_fp_host_is_ieee(void);
/* Load or store multiple of a double's two words: [store][form]. */
extern const uint16_t tci_fp_pair[2][MULTI_FORMS];

/* ops_flow.c */
/* Forward branches inside a block, by slots: `imm` slots on the flags; c slots on a comparison. */
extern const uint16_t tci_skip[TCG_COND_ALWAYS];
/* What a fused comparison compares: the flags of a - b, of a - imm, the same with the difference
 * going to d, of a & b, of a & imm (EQ, NE, MI, PL only). All define them. */
enum { CMP_RR, CMP_RI, CMP_SUB_RI, CMP_TST_RR, CMP_TST_RI, CMP_FORMS };
extern const uint16_t tci_skip_cmp[CMP_FORMS][TCG_COND_ALWAYS];
/* Those that define no flags, where nobody reads them; NO_HANDLER for CMP_SUB_RI. */
extern const uint16_t tci_skip_cmp_only[CMP_FORMS][TCG_COND_ALWAYS];
/* Exits to a known pc; c = guest instructions executed. */
TciFn tci_op_goto_tb, tci_op_goto_tb_cross, tci_op_movi_goto_tb, tci_op_movi_goto_tb_cross,
    tci_op_exit_tb, tci_op_link, tci_op_stale;
/* For coverage: counts, and goes on; an exit that has not been executed yet. */
TciFn tci_op_count, tci_op_covered;
extern const uint16_t tci_exit_if[TCG_COND_ALWAYS];
extern const uint16_t tci_exit_cmp[CMP_FORMS][TCG_COND_ALWAYS];
TciFn tci_op_goto_ptr, tci_op_goto_ptr_even, tci_op_goto_ptr_odd, tci_op_lookup;
TciFn tci_op_call, tci_op_call_raises;

/* ops_slow.c: slow paths, entered by a tail call from the record's own handler. */
TciFn tci_op_out_of_budget, tci_op_find, tci_op_relink, tci_op_switch_isa, tci_op_raised;
/* Floating point: the helper alone; and its comparison's result to the flags. */
TciFn tci_op_fp_helper, tci_op_fp_flags_helper;

#if defined(TCI_DISPATCH_SWITCH)
/* switch.c: runs records until one leaves. */
void tci_execute(TciEnv *env, TciSlot *slot);
#endif

/* Makes a record one for this handler, which has no number, whatever it was for. */
static inline void tci_set_handler(TciSlot *slot, TciFn *fn)
{
    slot->fn = fn;
#if defined(TCI_DISPATCH_SWITCH)
    slot->number = 0;
#endif
#if defined(TCI_PROFILE)
    slot->unit = 0;
#endif
}

/* The same for the handler of a number. */
static inline void tci_set_number(TciSlot *slot, unsigned number)
{
    tci_set_handler(slot, tci_handlers[number]);
#if defined(TCI_DISPATCH_SWITCH)
    slot->number = (uint16_t)number;
#endif
}

/* superinstructions.c. A switch does without: its cases are one function already. */
#if defined(TCI_DISPATCH_SWITCH)
static inline void tci_init_superinstructions(void)
{
}
static inline void tci_combine(TciSlot *code, const uint16_t *records, unsigned count)
{
    (void)code, (void)records, (void)count;
}
static inline bool tci_parts(TciFn *both, TciFn **first, TciFn **second)
{
    (void)both, (void)first, (void)second;
    return false;
}
#else
void tci_init_superinstructions(void);
/* Gives records that follow each other a handler that executes them together. `records` has the
 * slots that each of the `count` records starts at. */
void tci_combine(TciSlot *code, const uint16_t *records, unsigned count);
/* Whether a handler is a superinstruction's, and of which two; the first may be one, too. */
bool tci_parts(TciFn *both, TciFn **first, TciFn **second);
#endif

#endif
