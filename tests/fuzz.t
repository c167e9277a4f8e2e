#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
# needs: san-unit
#
# Replays every input of tests/fuzz/corpus, seeds and what fuzzing found, under ASan and UBSan.
import glob

from lib import *

for target in sorted(glob.glob('tests/fuzz/fuzz_*.c')):
    name = target[len('tests/fuzz/fuzz_'):-2]
    inputs = sorted(glob.glob('tests/fuzz/corpus/%s/*' % name))
    binary = temp('fuzz_' + name)
    built = run(['gcc', '-std=c11', '-g', '-O1', '-Wall', '-Wextra', '-Werror', '-I.',
                 '-DTCI_DISPATCH_LOOP', '-fsanitize=address,undefined', '-fno-sanitize-recover=all',
                 '-o', binary, 'tests/fuzz/replay.c', target, BUILD + '/san/obj/core.a', '-lm'],
                timeout=300)
    if is_((built.status, built.err), (0, b''), name + ': built'):
        r = run([binary, *inputs], timeout=300)
        ok(r.status == 0 and inputs, '%s: %d inputs' % (name, len(inputs)), r.out[-200:], r.err)
done()
