/* SPDX-License-Identifier: MIT */
/* Exception handlers of a test: each does something and returns after the instruction that
 * caused it. */
#include "tests/diff/gen.h"

#define W(offset) ((offset) / 4)

#define VIC_SOFTINTCLEAR (DEVICES_VA + 0x4001c)

/* A stack for each handler, in the part of the buffer that is for pokes. */
#define STACK(vector) (BUFFER_VA + 0x700 + 0x60 * (vector))

static void emit(Seq *s, uint32_t insn)
{
    append(s, arm_decode(insn, cpu_features), insn);
}

/* Skips the instruction that caused the exception: lr - arm or lr - thumb, as the SPSR's T says. */
static void return_after(Seq *s, unsigned arm, unsigned thumb, unsigned scratch)
{
    if (arm != thumb) {
        emit(s, 0xe14f0000 | scratch << 12); /* mrs scratch, spsr */
        emit(s, 0xe3100020 | scratch << 16); /* tst scratch, #PSR_T */
        emit(s, 0x125ef000 | thumb);         /* subsne pc, lr, #thumb */
    }
    if (arm == 0 && chance(&s->rng, 50)) {
        emit(s, 0xe1b0f00e); /* movs pc, lr */
    } else {
        emit(s, 0xe25ef000 | arm); /* subs pc, lr, #arm */
    }
}

/* The same through a stack: the registers of the list come back as they were. */
static void push_return(Seq *s, unsigned arm, unsigned thumb, unsigned list)
{
    if (arm != thumb) {
        emit(s, 0xe92d0001); /* push {r0} */
        emit(s, 0xe14f0000); /* mrs r0, spsr */
        emit(s, 0xe3100020); /* tst r0, #PSR_T */
        emit(s, 0xe8bd0001); /* pop {r0} */
        emit(s, 0x124ee000 | thumb);
        emit(s, 0x024ee000 | arm);
    } else {
        emit(s, 0xe24ee000 | arm);
    }
    emit(s, 0xe92d4000 | list);
}

static void pop_return(Seq *s, unsigned list)
{
    emit(s, 0xe8fd8000 | list); /* ldmia sp!, {list, pc}^ */
}

static void make_handler(Seq *s, unsigned vector)
{
    static const struct {
        uint8_t mode, arm, thumb; /* what to subtract from lr */
    } kinds[8] = {
        [1] = { ARM_UND, 0, 0 }, [2] = { ARM_SVC, 0, 0 }, [3] = { ARM_ABT, 0, 2 },
        [4] = { ARM_ABT, 4, 6 }, [6] = { ARM_IRQ, 4, 4 }, [7] = { ARM_FIQ, 4, 4 },
    };
    unsigned arm = kinds[vector].arm, thumb = kinds[vector].thumb;
    uint32_t mode = s->mode, at = here(s);
    bool in_thumb = s->thumb, stack;
    unsigned list = rng32(&s->rng) & 0x000f;
    s->mode = kinds[vector].mode;
    s->thumb = false;
    stack = chance(&s->rng, 50) && reg_known(s, 13) == FREE;
    if (stack) {
        for (unsigned run = 0; run < s->runs; run++) {
            *reg_start(s, run, 13) = STACK(vector);
        }
        s->known[reg_word(s->mode, 13)] = LOST;
        s->kept |= UINT64_C(1) << reg_word(s->mode, 13);
        push_return(s, arm, thumb, list);
    }
    if (vector >= 6) {
        emit(s, 0xe59f2008); /* ldr r2, [pc, #8] */
        emit(s, 0xe3e03000); /* mvn r3, #0 */
        emit(s, 0xe5823000); /* str r3, [r2] */
        emit(s, 0xea000000); /* b over the literal */
        append_word(s, VIC_SOFTINTCLEAR);
        lose_reg(s, 2);
        lose_reg(s, 3);
    }
    /* With a stack pointer to take care of, only the instructions around. */
    s->in_handler = true;
    for (unsigned n = stack ? 0 : below(&s->rng, 3); n > 0; n--) {
        (void)arm_emit(s, false);
    }
    s->in_handler = false;
    if (stack) {
        pop_return(s, list);
    } else {
        return_after(s, arm, thumb, 1);
        if (arm != thumb) {
            lose_reg(s, 1);
        }
    }
    end_code(s);
    for (unsigned run = 0; run < s->runs; run++) {
        s->run[run].w[W(RUN_HOOKS) + vector] = at;
    }
    s->hooks |= 1u << vector;
    s->known[reg_word(s->mode, 14)] = LOST;
    s->known[spsr_word(s->mode)] = LOST;
    s->mode = mode;
    s->thumb = in_thumb;
}

void make_handlers(Seq *s)
{
    static const uint8_t vectors[] = { 1, 2, 3, 4, 6, 7 };
    for (unsigned i = 0; i < sizeof vectors; i++) {
        if (4u * vectors[i] != s->end && chance(&s->rng, 60)) {
            make_handler(s, vectors[i]);
        }
    }
    for (unsigned run = 0; run < s->runs; run++) {
        s->run[run].w[W(RUN_VICINT)] = chance(&s->rng, 40) ? below(&s->rng, 4) : 0;
    }
}
