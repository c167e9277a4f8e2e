#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
# needs: program iso san arm-linux-gnueabi-as
#
# Virtual time over centuries: counted time comes to its end with a message, and nothing overflows on
# the way there; nor does a wait for a timer that is years away.
from lib import *

END = 9200000000  # s, CLOCK_END of util/timer.h
OLD_END = (1 << 63) // 10 ** 9

# The wait is for the interrupt, masked: WFI goes on after it.
START = '''
        ldr     r4, =0x10140000         @ VIC: timer 0, RTC
        ldr     r0, =1 << 4 | 1 << 10
        str     r0, [r4, #0x10]
        ldr     r4, =0x101e2000         @ SP804
        ldr     r5, =0x101e8000         @ RTC
        mov     r7, #1
        str     r7, [r5, #0x10]         @ RTCIMSC
'''
# r0 seconds of the RTC.
RTC_WAIT = '''
        ldr     r1, [r5]
        add     r0, r0, r1
        str     r0, [r5, #4]            @ RTCMR
        mcr     p15, 0, r7, c7, c0, 4   @ WFI
        str     r7, [r5, #0x1c]         @ RTCICR
'''
TWO_ALARMS = START + ('mvn r0, #0' + RTC_WAIT) * 2
# r6 waits of the SP804, the longest that it has: 2^32 - 1 counts of 256 us.
TIMER_WAITS = '''
1:      mvn     r0, #0
        str     r0, [r4]                @ Timer1Load
        mov     r0, #0xab               @ enabled, interrupt, prescale 256, 32 bits, once
        str     r0, [r4, #8]
        mcr     p15, 0, r7, c7, c0, 4
        str     r7, [r4, #0xc]          @ Timer1IntClr
        subs    r6, r6, #1
        bne     1b
'''
# Some ten seconds at 1 us an instruction, in which the date must not jump.
BUSY = '''
        ldr     r6, =2500000
        ldr     r1, [r5]
2:      ldr     r0, [r5]
        sub     r2, r0, r1
        cmp     r2, #1
        bhi     bad
        mov     r1, r0
        subs    r6, r6, #1
        bne     2b
        b       good
'''
FINISH = '''
good:   mov     r0, #'.'
        b       3f
bad:    mov     r0, #'!'
3:      ldr     r1, =0x101f1000
        str     r0, [r1]
        mov     r0, #0x18
        ldr     r1, =0x20026
        swi     0x123456
'''


def guest(name, source):
    return assemble(source + FINISH, name)


def ends(name, image):
    for variant in 'tail', 'san':
        r = run([program(variant), '-icount', 'shift=10', '-semihosting', '-kernel', image])
        is_((r.status, r.out), (1, b''), '%s, %s: ends with status 1' % (name, variant))
        like(r.err, r'\Atqemu: virtual time: .*291 years.*\n\Z', 'and one line')


def works(name, image, *more):
    for variant in 'tail', 'san':
        r = run([program(variant), '-icount', 'shift=10', '-semihosting', *more, '-kernel', image])
        is_((r.status, r.out, r.err), (0, b'.', b''), '%s, %s' % (name, variant))


passed = 2 * (2 ** 32 - 1)
works('two alarms of 136 years each', guest('two', TWO_ALARMS + BUSY))
ends('a third one', guest('third', TWO_ALARMS + 'mvn r0, #0' + RTC_WAIT))
works('some of the longest waits of a timer', guest('some', TWO_ALARMS + 'ldr r6, =550' + TIMER_WAITS))
ends('too many of them', guest('many', TWO_ALARMS + 'ldr r6, =600' + TIMER_WAITS))
for end in END, OLD_END:
    # 2 s are left; an alarm may be a second late.
    ends('waits and then a busy loop, at %d s' % end,
         guest('busy', TWO_ALARMS + 'ldr r0, =%d' % (end - passed - 4) + RTC_WAIT + BUSY))

# With the host's time: how long the host is asked to wait at once, for an alarm in 136 years.
shim = temp('wait.so')
with open(temp('wait.c'), 'w') as f:
    f.write('''
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/select.h>
#include <threads.h>
static void done(const struct timespec *ts)
{
    fprintf(stderr, "wait %lld\\n", ts ? (long long)ts->tv_sec : -1);
    _Exit(42);
}
int pselect(int n, fd_set *in, fd_set *out, fd_set *err, const struct timespec *ts, const sigset_t *set)
{
    done(ts);
    return 0;
}
int thrd_sleep(const struct timespec *ts, struct timespec *left)
{
    done(ts);
    return 0;
}
''')
subprocess.run(['gcc', '-shared', '-fPIC', '-o', shim, temp('wait.c')], check=True)
alarm = guest('alarm', START + 'mvn r0, #0' + RTC_WAIT)
for variant in 'tail', 'iso':
    # The shim ends the program at its first wait; -serial null: no input is waited for.
    # By virtual time: an alarm by the host's clock is looked at once a second.
    r = run([program(variant), '-serial', 'null', '-rtc', 'clock=vm', '-kernel', alarm],
            env={**os.environ, 'LD_PRELOAD': shim})
    wait = re.fullmatch(rb'wait (-?\d+)\n', r.err)
    ok(r.status == 42 and wait and 0 < int(wait[1]) < 2 ** 31,
       '%s: a wait fits 32 bits of seconds' % variant, r.status, r.err)
done()
