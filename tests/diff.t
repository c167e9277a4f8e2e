#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
# needs: program loop clang san debug diff qemu-system-arm
#
# A fixed set of random instructions: the same state after each test on qemu-system-arm and on the
# program, in all ways that it can be built and run. `make fuzz-cpu` goes on from other seeds.
from lib import *

GROUPS = ['arm-dp', 'arm-ldst', 'mul-dsp', 'psr-modes', 'thumb', 'mmu-faults', 'exceptions']
WAYS = ['tail', 'loop', 'clang', 'san', 'debug', 'singlestep', 'optimise=off', 'fusion=off',
        'plain', 'icount']

for group in GROUPS:
    r = run(['tests/diff/run', '--group', group, '--on', ','.join(WAYS), '--count', '10000'],
            timeout=300)
    found = re.search(r'^%s: (\d+) instructions of (\d+) kinds.*: equal' % group, r.out.decode(),
                      re.M)
    ok(r.status == 0 and found and int(found[1]) >= 10000,
       found[0] if found else group + ': not equal', r.out, r.err)
done()
