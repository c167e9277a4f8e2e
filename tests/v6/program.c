/* SPDX-License-Identifier: MIT */
/* What ARMv6K brings to a program of Linux: exclusive accesses, the thread register, unaligned and
 * big-endian data, memory that is not executable, address spaces with an ASID. Prints a line of TAP
 * for each. */
#define _GNU_SOURCE
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

enum { THREADS = 4, ROUNDS = 20000 };

static int count;

static void ok(int good, const char *name)
{
    printf("%sok %d - %s\n", good ? "" : "not ", ++count, name);
    fflush(stdout);
}

/* -- threads, interrupted all the time -- */

static uint8_t byte;
static uint16_t half;
static uint32_t word;
static uint64_t both;
static uint32_t locked, signals;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static __thread uint32_t own;

static void on_alarm(int number)
{
    (void)number;
    volatile double x = 1.5; /* the handler has the VFP's registers for itself */
    __atomic_fetch_add(&signals, (uint32_t)(x * 2 / 3), __ATOMIC_SEQ_CST);
}

/* The sum of 1/n^2, twice: the second one tells whether anybody has touched the registers. */
static double series(int n)
{
    double sum = 0;
    for (int i = 1; i <= n; i++) {
        sum += 1.0 / ((double)i * i);
    }
    return sum;
}

static void *thread(void *argument)
{
    uint32_t number = (uint32_t)(uintptr_t)argument;
    uintptr_t bad = 0;
    own = number;
    double first = series(100 + (int)number);
    for (uint32_t i = 0; i < ROUNDS; i++) {
        __atomic_fetch_add(&byte, 1, __ATOMIC_SEQ_CST);
        __atomic_fetch_add(&half, 1, __ATOMIC_SEQ_CST);
        __atomic_fetch_add(&word, 1, __ATOMIC_SEQ_CST);
        __atomic_fetch_add(&both, UINT64_C(0x100000001), __ATOMIC_SEQ_CST);
        if (i % 16 == 0) {
            pthread_mutex_lock(&mutex);
            uint32_t seen = locked;
            if (i % 256 == 0) {
                sched_yield(); /* the others come and wait in the kernel */
            }
            locked = seen + 1;
            pthread_mutex_unlock(&mutex);
            bad |= series(100 + (int)number) != first;
        }
        own++;
    }
    return (void *)(bad | (uintptr_t)(own != number + ROUNDS) << 1);
}

static void threads(void)
{
    const uint32_t sum = THREADS * ROUNDS;
    const struct itimerval every = { { 0, 10000 }, { 0, 10000 } }, never = { { 0, 0 }, { 0, 0 } };
    pthread_t id[THREADS];
    uintptr_t bad = 0;
    signal(SIGALRM, on_alarm);
    setitimer(ITIMER_REAL, &every, NULL);
    for (uintptr_t i = 0; i < THREADS; i++) {
        if (pthread_create(&id[i], NULL, thread, (void *)(i * 1000))) {
            ok(0, "a thread starts");
            return;
        }
    }
    for (int i = 0; i < THREADS; i++) {
        void *result;
        pthread_join(id[i], &result);
        bad |= (uintptr_t)result;
    }
    setitimer(ITIMER_REAL, &never, NULL);
    ok(byte == (uint8_t)sum && half == (uint16_t)sum, "LDREXB, LDREXH: threads lose no count");
    ok(word == sum && both == UINT64_C(0x100000001) * sum, "LDREX, LDREXD: threads lose no count");
    ok(locked == THREADS * ROUNDS / 16, "a lock that threads wait for");
    ok(!(bad & 1), "VFP: each thread has its own registers");
    ok(!(bad & 2), "the thread register: each thread has its own variable");
    ok(__atomic_load_n(&signals, __ATOMIC_SEQ_CST) > 0, "signals came in between");
}

/* The kernel's return to the program ends an exclusive access: somebody else may have had the CPU.
 */
static void interrupted(void)
{
    uint32_t kept = 5, alone, after_call;
    __asm__ volatile("ldrex r4, [%2]\n\tadd r4, r4, #1\n\tstrex %0, r4, [%2]\n\t"
                     "ldrex r4, [%2]\n\tmov r7, #20\n\tswi 0\n\tstrex %1, r4, [%2]" /* getpid */
                     : "=&r"(alone), "=&r"(after_call)
                     : "r"(&kept)
                     : "r0", "r4", "r7", "memory");
    ok(alone == 0 && kept == 6, "STREX after LDREX");
    ok(after_call == 1, "not after a system call");
}

/* -- data -- */

static uint32_t load_unaligned(const uint8_t *p)
{
    uint32_t v;
    __asm__ volatile("ldr %0, [%1]" : "=r"(v) : "r"(p) : "memory");
    return v;
}

static uint32_t load_half_unaligned(const uint8_t *p)
{
    uint32_t v;
    __asm__ volatile("ldrsh %0, [%1]" : "=r"(v) : "r"(p) : "memory");
    return v;
}

static void store_unaligned(uint8_t *p, uint32_t v)
{
    __asm__ volatile("str %0, [%1]\n\tstrh %0, [%1, #5]" : : "r"(v), "r"(p) : "memory");
}

static void data(void)
{
    static uint8_t page[8192] __attribute__((aligned(4096)));
    for (unsigned i = 0; i < sizeof page; i++) {
        page[i] = (uint8_t)(i * 7 + 129);
    }
    int bad = 0;
    for (unsigned at = 4096 - 8; at < 4096 + 8; at++) {
        uint32_t want =
            page[at] | page[at + 1] << 8 | page[at + 2] << 16 | (uint32_t)page[at + 3] << 24;
        bad |= load_unaligned(page + at) != want ||
               load_half_unaligned(page + at) != (uint32_t)(int16_t)want;
        uint8_t copy[8];
        uint32_t inverse = ~want;
        memcpy(copy, &inverse, 4);
        memcpy(copy + 5, &inverse, 2);
        copy[4] = page[at + 4];
        copy[7] = page[at + 7];
        store_unaligned(page + at, inverse);
        bad |= memcmp(page + at, copy, 8) != 0;
    }
    ok(!bad, "unaligned words and halfwords, also across pages");

    static uint32_t little = 0x01020304, stored;
    uint32_t loaded;
    /* The state survives a system call: getpid. */
    __asm__ volatile(
        "setend be\n\tldr %0, [%1]\n\tmov r7, #20\n\tswi 0\n\tstr %0, [%2]\n\tsetend le"
        : "=&r"(loaded)
        : "r"(&little), "r"(&stored)
        : "r0", "r7", "memory");
    ok(loaded == 0x04030201 && stored == 0x01020304, "big-endian data, also after a system call");
}

/* -- memory -- */

static sigjmp_buf after_fault;
static void *fault_address;

static void on_fault(int number, siginfo_t *info, void *context)
{
    (void)number, (void)context;
    fault_address = info->si_addr;
    siglongjmp(after_fault, 1);
}

static void no_execution(void)
{
    struct sigaction action = { .sa_sigaction = on_fault, .sa_flags = SA_SIGINFO | SA_NODEFER };
    sigaction(SIGSEGV, &action, NULL);
    uint32_t *code = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    code[0] = 0xe280002a; /* add r0, r0, #42 */
    code[1] = 0xe12fff1e; /* bx lr */
    __builtin___clear_cache((char *)code, (char *)(code + 2));
    int (*function)(int) = (int (*)(int))(uintptr_t)code;
    volatile int result = 0;
    if (!sigsetjmp(after_fault, 1)) {
        result = function(1);
    }
    ok(result == 0 && fault_address == code, "a page without PROT_EXEC does not execute");
    mprotect(code, 4096, PROT_READ | PROT_EXEC);
    if (!sigsetjmp(after_fault, 1)) {
        result = function(2);
    }
    ok(result == 44, "with PROT_EXEC it does");
    fault_address = NULL;
    if (!sigsetjmp(after_fault, 1)) {
        code[0] = 0;
    }
    ok(fault_address == code && code[0] == 0xe280002a, "and cannot be written");
}

/* More address spaces than there are ASIDs, each with the same address meaning something else. */
static void address_spaces(void)
{
    enum { CHILDREN = 300 };
    static volatile uint32_t value[1024] __attribute__((aligned(4096)));
    int bad = 0, there[2];
    value[0] = 0x1234;
    if (pipe(there)) {
        ok(0, "a pipe");
        return;
    }
    for (uint32_t i = 0; i < CHILDREN; i++) {
        pid_t child = fork();
        if (child == 0) {
            uint32_t seen = value[0];
            value[0] = i;
            write(there[1], "x", 1);
            sched_yield();
            _exit(seen != 0x1234 || value[0] != i);
        }
        char byte_read;
        int status;
        bad |= child < 0 || read(there[0], &byte_read, 1) != 1 || value[0] != 0x1234;
        bad |= waitpid(child, &status, 0) != child || status != 0;
    }
    ok(!bad, "300 processes, each with its own memory");
}

int main(void)
{
    threads();
    interrupted();
    data();
    no_execution();
    address_spaces();
    printf("1..%d\n", count);
    return 0;
}
