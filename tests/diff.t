#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
# needs: program loop clang san debug diff qemu-system-arm
#
# A fixed set of random instructions: the same state after each test on qemu-system-arm and on the
# program, in all ways that it can be built and run. `make fuzz-cpu` goes on from other seeds.
from lib import *

GROUPS = ['arm-dp', 'arm-ldst', 'mul-dsp', 'psr-modes', 'thumb', 'mmu-faults', 'exceptions']
V6_GROUPS = GROUPS + ['media', 'system', 'mmu-v6']
WAYS = ['tail', 'loop', 'clang', 'san', 'debug', 'singlestep', 'optimise=off', 'fusion=off',
        'plain', 'icount']


def compare(cpu, group, ways, count, *more):
    r = run(['tests/diff/run', '--cpu', cpu, '--group', group, '--on', ','.join(ways), '--count',
             str(count), *more], timeout=300)
    found = re.search(r'^%s, %s: (\d+) instructions of (\d+) kinds.*: equal' % (group, cpu),
                      r.out.decode(), re.M)
    ok(r.status == 0 and found and int(found[1]) >= count,
       found[0] if found else '%s, %s: not equal' % (group, cpu), r.out, r.err)


for group in GROUPS:
    compare('arm926', group, WAYS, 10000)
for group in V6_GROUPS:
    compare('arm1136', group, ['tail', 'san', 'plain', 'icount'], 2000, '--sequences', '400')
for group in 'media', 'system', 'mmu-v6':
    compare('arm1176', group, ['tail'], 2000, '--sequences', '400')
# The first ASID that a test writes is not that of the reset: a changed descriptor would stay cached.
compare('arm1136', 'mmu-v6', ['tail'], 1, '--seed', '1796022550', '--sequences', '33')
done()
