/* SPDX-License-Identifier: MIT */
/* Linked into the program that is measured by tests/coverage.sh, with -Wl,--wrap=raise: what has
 * been counted is written down before a signal ends or stops the process. */
#include <signal.h>

void __gcov_dump(void);
void __gcov_reset(void);
int __real_raise(int sig);
int __wrap_raise(int sig);

int __wrap_raise(int sig)
{
    __gcov_dump();
    __gcov_reset();
    return __real_raise(sig);
}
