#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
# needs: program loop switch clang iso debug linux
#
# -icount: time is counted instructions, so that runs with the same input are equal: in every byte
# of output and in the digests of the whole machine that -d digest:N logs, whatever executes the
# guest and however.
from lib import *

SHIFT = 3
INPUT = b'''uname -a
sleep 5
for i in 1 2 3; do seq 1 2000 | md5sum; done
usleep 12345
ls -lR /dev /etc
cat /proc/uptime /proc/interrupts
date
poweroff -f
'''


def boot(variant, *more, kernel=XIP, shift=SHIFT):
    log = temp('log')
    # Little memory: every digest is of all of it.
    r = run([program(variant), *linux(kernel, '-m', '32', '-icount', 'shift=%d' % shift, '-d',
                                      'digest:2000000', '-D', log, *more)], stdin=INPUT)
    ok(r.status == 0, '%s %s: status 0' % (variant, ' '.join(more)), r.err)
    r.digests = slurp(log)
    return r


def same(variant, *more, kernel=XIP):
    r = boot(variant, *more, kernel=kernel)
    name = ' '.join((variant, *more))
    is_(r.out, reference.out, name + ': the same output')
    theirs, ours = reference.digests.splitlines(), r.digests.splitlines()
    first = [(a, b) for a, b in zip(ours, theirs) if a != b][:1]
    ok(theirs == ours, name + ': the same digests',
       '%d, not %d; the first that differs: %s' % (len(ours), len(theirs), first))


reference = boot('tail')
shown = '\n'.join(lines(reference.out))
ok(len(reference.digests.splitlines()) > 10, 'there are digests', reference.digests)
like(reference.digests, r'\A(digest \d+ [0-9a-f]{16}\n)+\Z', 'in the form that is documented')
uptime = float(re.search(r'^(\d+\.\d\d) \d+\.\d\d$', shown, re.M)[1])
ok(5 < uptime < 12, 'five seconds of sleep have passed for the guest', uptime)
slept = run([program('tail'), *linux(XIP, '-icount', 'shift=3')], stdin=b'sleep 60\npoweroff -f\n')
ok(slept.seconds < 30 and slept.status == 0, 'sleeping takes none of the host\'s', slept.seconds)
like(shown, r'^Sat Jan  1 00:00:\d\d UTC 2000$', 'the date is 2000-01-01 in every run')

same('tail')
for variant in 'loop', 'switch', 'clang', 'iso', 'debug':
    same(variant)
for more in (['-singlestep'], ['-accel', 'tcg,optimise=off'], ['-accel', 'tcg,fusion=off'],
             ['-accel', 'tcg,optimise=off,fusion=off', '-singlestep']):
    for variant in 'tail', 'loop':
        same(variant, *more)

# Another time, another run; and it is slower by what the shift says.
other = boot('tail', shift=5)
ok(other.digests != reference.digests, 'another shift: another run')

# The guest's random bytes are there at once, and come from the seed.
RANDOM = b'dd if=/dev/random bs=512 count=1 2>/dev/null | md5sum\npoweroff -f\n'


def random(variant, *more):
    r = run([program(variant), *linux(XIP, *more)], stdin=RANDOM, timeout=60)
    found = re.search(rb'^([0-9a-f]{32})  -', r.out, re.M)
    ok(r.status == 0 and found, '%s %s: /dev/random does not block' % (variant, ' '.join(more)), r.out)
    return found and found[1]


counted = random('tail', '-icount', '3')
is_(random('loop', '-icount', '3'), counted, 'with counted time it gives the same in every run')
is_(random('tail', '-icount', '3', '-seed', '0'), counted, 'as for seed 0')
ok(random('tail', '-icount', '3', '-seed', '1') != counted, 'another seed: other bytes')
for variant in 'tail', 'iso':
    ok(random(variant) != random(variant), variant + ': without a seed no two runs give the same')

reference = boot('tail', kernel=ZIMAGE)
same('loop', kernel=ZIMAGE)

# Sleeping on the host, too, changes nothing but the host's time.
slept = run([program('tail'), *linux(XIP, '-icount', 'shift=%d,sleep=on' % SHIFT)],
            stdin=b'sleep 3\npoweroff -f\n')
ok(2.9 < slept.seconds < 12 and slept.status == 0, 'sleep=on: the host sleeps with the guest',
   slept.seconds)
done()
