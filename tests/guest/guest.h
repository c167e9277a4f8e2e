/* SPDX-License-Identifier: MIT */
/* The runtime of the bare-metal tests: TAP over the first PL011, guarded calls, semihosting. */
#ifndef TESTS_GUEST_H
#define TESTS_GUEST_H

#include <stdbool.h>
#include <stdint.h>

#define UART0 0x101f1000u

enum {
    VECTOR_NONE = 0x00, /* for guarded(): no exception; nothing here resets */
    VECTOR_UNDEF = 0x04,
    VECTOR_SWI = 0x08,
    VECTOR_PREFETCH = 0x0c,
    VECTOR_DATA = 0x10,
    VECTOR_IRQ = 0x18,
    VECTOR_FIQ = 0x1c,
};

/* What an exception left behind, see start.S. */
struct caught {
    uint32_t r[13];
    uint32_t vector; /* its offset: 4 undefined ... 0x1c FIQ */
    uint32_t lr, spsr, cpsr;
    uint32_t dfsr, ifsr, far;
    uint32_t user_sp, user_lr;
};

extern volatile struct caught caught;
extern volatile uint32_t guarded_value;
extern const uint32_t vectors[16];

typedef uint32_t guest_fn(uint32_t a, uint32_t b);

/* Calls fn; the vector of the exception that ended it, or VECTOR_NONE and its result in
 * guarded_value. in_user() as fn goes to address a (bit 0: Thumb) in user mode with r0 = b and
 * comes back only by an exception. Not nested. */
unsigned guarded(guest_fn *fn, uint32_t a, uint32_t b);
uint32_t in_user(uint32_t fn, uint32_t a);
void install_vectors(const void *from, void *to);
uint32_t semihosting(uint32_t operation, const void *parameter);

void print(const char *text);
void print_hex(uint32_t value);
void print_dec(uint32_t value);

/* One test: "ok N - name", or "not ok" with both values. */
void is(uint32_t got, uint32_t want, const char *name);
void ok(bool holds, const char *name);
/* A test in which QEMU 7.2 is known not to do what the manual says (or what we chose where the
 * manual leaves it open): not held against it there. */
void is_not_qemu(uint32_t got, uint32_t want, const char *name, const char *reason);
/* True on QEMU: its control register has bit 19 where the ARM926EJ-S has bit 18. */
bool on_qemu(void);

/* Prints the plan and ends the machine; status 1 if a test has failed. main() returns to it. */
void guest_exit(void);

static inline uint32_t read32(uint32_t at)
{
    return *(volatile uint32_t *)at;
}

static inline void write32(uint32_t at, uint32_t value)
{
    *(volatile uint32_t *)at = value;
}

#define MRC15(opc1, crn, crm, opc2)                                                                \
    ({                                                                                             \
        uint32_t v_;                                                                               \
        __asm__ volatile("mrc p15, " #opc1 ", %0, " #crn ", " #crm ", " #opc2 : "=r"(v_));         \
        v_;                                                                                        \
    })
#define MCR15(opc1, crn, crm, opc2, value)                                                         \
    __asm__ volatile("mcr p15, " #opc1 ", %0, " #crn ", " #crm ", " #opc2                          \
                     :                                                                             \
                     : "r"((uint32_t)(value))                                                      \
                     : "memory")

#endif
