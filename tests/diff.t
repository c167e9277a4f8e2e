#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
#
# A fixed set of random instructions on qemu-system-arm and on the program: the same state after
# each. `make fuzz-cpu` goes on from other seeds.
from lib import *

GROUPS = ['arm-dp', 'arm-ldst', 'mul-dsp', 'psr-modes', 'thumb', 'mmu-faults', 'exceptions']
WAYS = [([], 20000), (['-singlestep'], 5000), (['-accel', 'tcg,optimise=off,fusion=off'], 5000)]

for group in GROUPS:
    for options, count in WAYS:
        r = run(['tests/diff/run', '--group', group, '--count', str(count),
                 '--options=' + ' '.join(options)], timeout=300)
        found = re.search(r'^%s: (\d+) instructions of (\d+) kinds.*equal' % group,
                          r.out.decode(), re.M)
        ok(r.status == 0 and found and int(found[1]) >= count,
           '%s %s: %s' % (group, ' '.join(options), found[0] if found else 'not equal'), r.out,
           r.err)
done()
