/* SPDX-License-Identifier: MIT */
/* A machine with a stack, whose programs are compiled from a small language to byte code: for the
 * profiles that superinstructions are chosen by. Compiled as A32 and as Thumb code. It is no
 * benchmark, and not to become one. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum {
    HALT,
    BYTE,  /* value */
    LOCAL, /* local */
    KEEP,  /* local */
    FETCH, /* array index: the element */
    PLACE, /* index value: into the array */
    PLUS,
    MINUS,
    TIMES,
    BELOW,
    SAME,
    NOT,
    DROP,
    OVER,
    UNLESS, /* address */
    JUMP,   /* address */
    CALL,   /* address, arguments */
    RETURN,
};

/* The language: numbers and locals (letters) are pushed, =x pops into a local; @ and ! read and
 * write the array. [ condition ? body ] is a loop, { condition ? body } an if. A function starts at
 * address 0: $ calls it with one argument, ; returns. */
static void compile(const char *source, uint8_t *code)
{
    static const char names[] = "@!+-*<#~.,";
    unsigned opened[8], left[8], depth = 0, n = 0;
    for (const char *s = source; *s; s++) {
        const char *name = strchr(names, *s);
        if (name) {
            code[n++] = (uint8_t)(FETCH + (name - names));
        } else if (*s >= '0' && *s <= '9') {
            unsigned value = 0;
            for (; *s >= '0' && *s <= '9'; s++) {
                value = value * 10 + (unsigned)(*s - '0');
            }
            code[n++] = BYTE;
            code[n++] = (uint8_t)value;
            s--;
        } else if (*s >= 'a' && *s <= 'z') {
            code[n++] = LOCAL;
            code[n++] = (uint8_t)(*s - 'a');
        } else if (*s == '=') {
            code[n++] = KEEP;
            code[n++] = (uint8_t)(*++s - 'a');
        } else if (*s == '[' || *s == '{') {
            opened[depth++] = n;
        } else if (*s == '?') {
            code[n++] = UNLESS;
            left[depth - 1] = n++;
        } else if (*s == ']' || *s == '}') {
            depth--;
            if (*s == ']') {
                code[n++] = JUMP;
                code[n++] = (uint8_t)opened[depth];
            }
            code[left[depth]] = (uint8_t)n;
        } else if (*s == '$') {
            code[n++] = CALL;
            code[n++] = 0;
            code[n++] = 1;
        } else if (*s == ';') {
            code[n++] = RETURN;
        }
    }
    code[n] = HALT;
}

/* Insertion sort; sums of divisors; powers of 3 by recursion. */
static const char sorting[] = "1=a [ a 48 < ? a@ =c a=b 1=d"
                              " [ 0 b < d * ? b1-@ =e 0=d { c e < ? b e ! b1-=b 1=d } ]"
                              " b c ! a1+=a ]";
static const char divisors[] = "2=a [ a 40 < ? 0=b 1=c"
                               " [ c a < ? a=d [ c d < ? d c - =d ] { d c # ? b c + =b } c1+=c ]"
                               " a b ! a1+=a ]";
static const char powers[] = "{ a ~ ? 1 ; } a1- $ 3 * ;";

/* Runs a function with an argument; returns its result, or what is on the stack at the end. */
static int32_t run_stack(const uint8_t *code, int32_t argument, int32_t *array)
{
    int32_t stack[128] = { argument }, *locals = stack;
    unsigned sp = 8, pc = 0, depth = 0;
    uint16_t frames[64];
    for (;;) {
        switch (code[pc++]) {
        case BYTE: stack[sp++] = code[pc++]; break;
        case LOCAL: stack[sp++] = locals[code[pc++]]; break;
        case KEEP: locals[code[pc++]] = stack[--sp]; break;
        case FETCH: stack[sp - 1] = array[stack[sp - 1]]; break;
        case PLACE:
            sp -= 2;
            array[stack[sp]] = stack[sp + 1];
            break;
        case PLUS:
            sp--;
            stack[sp - 1] = (int32_t)((uint32_t)stack[sp - 1] + (uint32_t)stack[sp]);
            break;
        case MINUS:
            sp--;
            stack[sp - 1] = (int32_t)((uint32_t)stack[sp - 1] - (uint32_t)stack[sp]);
            break;
        case TIMES:
            sp--;
            stack[sp - 1] = (int32_t)((uint32_t)stack[sp - 1] * (uint32_t)stack[sp]);
            break;
        case BELOW:
            sp--;
            stack[sp - 1] = stack[sp - 1] < stack[sp];
            break;
        case SAME:
            sp--;
            stack[sp - 1] = stack[sp - 1] == stack[sp];
            break;
        case NOT: stack[sp - 1] = !stack[sp - 1]; break;
        case DROP: sp--; break;
        case OVER:
            stack[sp] = stack[sp - 2];
            sp++;
            break;
        case UNLESS: pc = stack[--sp] ? pc + 1 : code[pc]; break;
        case JUMP: pc = code[pc]; break;
        case CALL:
            frames[depth++] = (uint16_t)(pc + 2);
            frames[depth++] = (uint16_t)(locals - stack);
            locals = &stack[sp - code[pc + 1]];
            pc = code[pc];
            break;
        case RETURN:
            if (depth == 0) {
                return stack[sp - 1];
            }
            locals[0] = stack[sp - 1];
            sp = (unsigned)(locals - stack) + 1;
            locals = stack + frames[--depth];
            pc = frames[--depth];
            break;
        default: return stack[sp - 1];
        }
    }
}

int main(void)
{
    static int32_t array[64];
    static uint8_t code[3][128];
    uint32_t sum = 0, seed = 3;
    compile(sorting, code[0]);
    compile(divisors, code[1]);
    compile(powers, code[2]);
    for (unsigned round = 0; round < 40; round++) {
        for (unsigned i = 0; i < 48; i++) {
            seed = seed * 1103515245 + 12345;
            array[i] = (int32_t)(seed >> 16 & 0xfff);
        }
        run_stack(code[0], 0, array);
        for (unsigned i = 1; i < 48; i++) {
            sum += array[i - 1] > array[i] ? 1000000u : 0;
        }
        sum += (uint32_t)array[20];
        run_stack(code[1], 0, array);
        sum += (uint32_t)(array[6] + array[28] + run_stack(code[2], 19, array));
    }
    printf("%u\n", (unsigned)sum);
    return 0;
}
