#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
# needs: unit san-unit
#
# One process saves its state, another loads it, also one of another build, and continues with the same
# digests.
from lib import *

BUILDS = ['tail', 'san']
POINTS = [1, 77777, 1234567, 2345678]
if os.environ.get('CHECK_LONG'):
    POINTS += range(100003, 3000000, 100003)


def test(variant, *args):
    path = BUILD + ('' if variant == 'tail' else '/' + variant) + '/tests/unit/test_machine_state'
    return run([path, *args])


for n, at in enumerate(POINTS):
    saver = BUILDS[n % 2]
    saved = temp('state-%d' % at)
    first = test(saver, 'save', saved, str(at))
    ok(first.status == 0 and len(set(first.out.split())) > 1,
       'saved after %d instructions (%s)' % (at, saver), first.out, first.err)
    for variant in BUILDS:
        second = test(variant, 'resume', saved)
        is_(second.out, first.out, 'goes on in a process of the build "%s"' % variant)
done()
