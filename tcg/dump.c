/* SPDX-License-Identifier: MIT */
/* Ops as text, for `-d op` and `-d op_opt`. */
#include <stdio.h>

#include "tcg/tcg.h"
#include "util/log.h"

static void print_temp(TCGTemp t, const char *const *names)
{
    if (t == TCG_NONE) {
        log_printf("-");
    } else if (t < TCG_GLOBALS) {
        if (names && names[t]) {
            log_printf("%s", names[t]);
        } else {
            log_printf("g%u", t);
        }
    } else {
        log_printf("tmp%u", t - TCG_GLOBALS);
    }
}

static void print_flags(uint8_t fset)
{
    static const char letters[] = "vczn";
    for (int bit = 3; bit >= 0; bit--) {
        if (fset >> bit & 1) {
            log_printf("%c", letters[bit]);
        }
    }
}

static void print_memop(unsigned memop)
{
    static const char *const align[] = { "rot", "down", "fault", "unaln" };
    log_printf("%s%u,%s%s%s", memop & MO_SIGN ? "s" : "", 8u << (memop & MO_SIZE),
               align[(memop & MO_ALIGN) >> 3], memop & MO_USER ? ",user" : "",
               memop & MO_BE ? ",be" : "");
}

static void print_list(const TCGContext *s, const TCGOp *op, const char *const *names)
{
    log_printf(" {");
    for (unsigned i = 0; i < op->n; i++) {
        log_printf(i ? "," : "");
        print_temp(s->list[op->list + i], names);
    }
    log_printf("}");
}

/* The operands that are there, in the order d, a, b or imm, c. */
static void print_operands(const TCGOp *op, const char *const *names)
{
    const TCGTemp temps[] = { op->d, op->a, op->b, op->c };
    const char *sep = " ";
    for (unsigned i = 0; i < 4; i++) {
        if (i == 2 && op->b_imm) {
            log_printf("%s$0x%x", sep, (unsigned)op->imm);
            sep = ",";
        } else if (temps[i] != TCG_NONE) {
            log_printf("%s", sep);
            print_temp(temps[i], names);
            sep = ",";
        }
    }
}

/* The starts of guest instructions from *insn on, below `end`. */
static void print_starts(const TCGContext *s, unsigned *insn, unsigned end)
{
    for (; *insn < end; ++*insn) {
        log_printf(" ---- %08x\n", (unsigned)s->insn_pc[*insn]);
    }
}

void tcg_dump(const TCGContext *s, const char *const *names)
{
    unsigned insn = 0;
    for (unsigned i = 0; i < s->count; i++) {
        const TCGOp *op = &s->ops[i];
        print_starts(s, &insn, op->insn + 1u);
        log_printf(" %s", tcg_op_names[op->opc]);
        if (op->fset) {
            log_printf(".");
            print_flags(op->fset);
        }
        switch (op->opc) {
        case TCG_label: log_printf(" L%u", (unsigned)op->imm); break;
        case TCG_brflags: log_printf(" %s,L%u", tcg_cond_names[op->cond], (unsigned)op->imm); break;
        case TCG_ld:
        case TCG_st:
            log_printf(" ");
            print_temp(op->opc == TCG_ld ? op->d : op->c, names);
            log_printf(",[");
            print_temp(op->a, names);
            if (op->b != TCG_NONE) {
                log_printf("+");
                print_temp(op->b, names);
                log_printf("<<%u", op->n);
            }
            log_printf("+0x%x],", (unsigned)op->imm);
            print_memop(op->memop);
            break;
        case TCG_ldm:
        case TCG_stm:
            log_printf(" [");
            print_temp(op->a, names);
            log_printf("+0x%x],", (unsigned)op->imm);
            print_memop(op->memop);
            print_list(s, op, names);
            break;
        case TCG_call:
            log_printf(" %s", s->callees[op->n].name);
            print_operands(op, names);
            log_printf(",$0x%x", (unsigned)op->imm);
            break;
        case TCG_fp:
            log_printf(" %s", tcg_fp_names[op->cond]);
            print_operands(op, names);
            log_printf(",$0x%x", (unsigned)op->imm);
            break;
        case TCG_add_sticky:
        case TCG_mul16:
        case TCG_exit_tb:
        case TCG_goto_tb:
        case TCG_ld_env:
        case TCG_st_env:
            print_operands(op, names);
            log_printf(" $0x%x", (unsigned)op->imm);
            break;
        default: print_operands(op, names); break;
        }
        log_printf("\n");
    }
    print_starts(s, &insn, s->insns);
}
