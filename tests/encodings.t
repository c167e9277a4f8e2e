#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
# needs: program bare qemu-system-arm
#
# Which coprocessor registers each CPU model has, for whom, and what they keep: tests/guest/encodings.c
# tries all encodings on tqemu and on QEMU. Where the two differ, a rule below says what tqemu does,
# and why.
from lib import *

IMAGE = BUILD + '/tests/guest/encodings.elf'
QEMU = ['qemu-system-arm', '-M', 'versatilepb', '-m', '128', '-display', 'none', '-monitor', 'none',
        '-serial', 'stdio', '-audiodev', 'none,id=none']
V6 = ['arm1136-r2', 'arm1136', 'arm1176']
V6K = V6[1:]
V5 = ['arm926', 'arm1026']
MODELS = [*V5, *V6, 'ti925t']
UNDEFINED = '----'

# A rule: the models; a regular expression for encodings (opcode_1, CRn, CRm, opcode_2); what tqemu
# finds (rights of privileged and user mode; the value after reset, after writes of all ones and of all
# zeros; None: anything); why that is not what QEMU has.
RULES = [
    # Encodings that the manuals leave out.
    (MODELS, r'cp15 \d c3 c\d+ \d', UNDEFINED, 'QEMU decodes CRn alone'),
    (MODELS, r'cp15 \d c8 c\d+ [0-3]', UNDEFINED, 'QEMU decodes CRn and opcode_2 alone'),
    (MODELS, r'cp15 \d c10 c[0148] \d', UNDEFINED, 'QEMU decodes CRn and half of CRm alone'),
    ([*V5, 'arm1136-r2', 'ti925t'], r'cp15 0 c10 c2 [01]', UNDEFINED, 'ARMv6K has memory region remap'),
    (MODELS, r'cp15 1 c0 c0 \d', UNDEFINED, 'ARMv7 has cache size registers'),
    (V5, r'cp15 0 c0 c[3-7] \d', UNDEFINED, 'ARMv6 has the CPUID scheme'),
    ([*V5, 'ti925t'], r'cp15 0 c2 c0 [12]', UNDEFINED, 'ARMv6 has TTBR1 and TTBCR'),
    (['ti925t'], r'cp15 \d c5 c\d+ \d', UNDEFINED, 'QEMU decodes CRn alone'),
    (['ti925t'], r'cp15 0 c13 c0 1', UNDEFINED, 'ARMv5 has the context ID'),
    (['ti925t'], r'cp15 0 c0 c[3-7] \d', '-w--', 'ARMv6 has the CPUID scheme'),

    # Encodings that QEMU leaves out.
    (['arm926', 'ti925t'], r'cp14 0 c1 c0 0', 'rwrw 00000000 00000000 00000000', 'ARM9 cores have a debug channel'),
    ([*V5, *V6], r'cp15 0 c9 c1 [01]', 'rw-- 00000000 fffff001 00000000', 'TCM regions of size 0'),
    (V6, r'cp15 0 c7 c12 5', '-w-w', 'the TRM lets user mode stop a prefetch'),

    # Identification.
    (V5, r'cp15 0 c0 c0 3', None, 'unused ID registers are the main ID'),
    (['ti925t'], r'cp15 0 c0 c0 [23]', None, 'unused ID registers are the main ID'),
    (V6, r'cp15 0 c0 c0 3', 'r--- 00000800', 'eight entries of the TLB can be locked'),

    # What registers keep.
    (['arm926'], r'cp15 0 c1 c0 0', 'rw-- 00050078 0005d37e 00050078', 'bits that are always 1 or always 0'),
    (['arm1026'], r'cp15 0 c1 c0 0', 'rw-- 00050078 0005db7e 00050078', 'the same'),
    (['arm1136-r2'], r'cp15 0 c1 c0 0', 'rw-- 00050078 01e5db7e 00050078', 'the same'),
    (V6K, r'cp15 0 c1 c0 0', 'rw-- 00050078 31e5db7e 00050078', 'the same'),
    (['ti925t'], r'cp15 0 c1 c0 0', 'rw-- 00000070 0000137e 00000070', 'the same'),
    (V6, r'cp15 0 c1 c0 1', 'rw-- 00000007 f000007f 00000000', 'auxiliary control: bits of the TRM'),
    (V6, r'cp15 0 c1 c0 2', 'rw-- 00000000 00f00000 00000000', 'CPACR has no ARMv7 bits'),
    ([*V5, 'ti925t'], r'cp15 0 c2 c0 0', 'rw-- 00000000 ffffc000 00000000', 'TTBR: the address'),
    ([*V5, 'ti925t'], r'cp15 0 c5 c0 [01]', 'rw-- 00000000 000000ff 00000000', 'fault status: bits of the TRM'),
    (V6, r'cp15 0 c5 c0 0', 'rw-- 00000000 00001cff 00000000', 'fault status: bits of the TRM'),
    (V6, r'cp15 0 c5 c0 1', 'rw-- 00000000 000014ff 00000000', 'fault status: bits of the TRM'),
    (V6, r'cp15 0 c6 c0 1', 'rw-- 00000000 ffffffff 00000000', 'the watchpoint fault address is kept'),
    (V5, r'cp15 0 c9 c0 [01]', 'rw-- 0000fff0 0000ffff 0000fff0', 'cache lockdown: four ways'),
    (V6, r'cp15 0 c9 c0 [01]', 'rw-- fffffff0 ffffffff fffffff0', 'cache lockdown: four ways'),
    ([*V5, *V6], r'cp15 0 c10 c0 0', 'rw-- 00000000 1c000001 00000000', 'TLB lockdown is kept'),
    (V6K, r'cp15 0 c10 c2 0', 'rw-- 00098aa4 ffffffff 00000000', 'memory region remap is kept'),
    (V6K, r'cp15 0 c10 c2 1', 'rw-- 44e048e0 ffffffff 00000000', 'memory region remap is kept'),
    (V5, r'cp15 0 c15 c[012] 0', 'rw-- 00000000 ffffffff 00000000', 'test registers are kept'),
    (V5, r'cp15 1 c15 c1 0', 'rw-- 00000000 ffffffff 00000000', 'trace control is kept'),
    (V6, r'cp15 0 c15 c12 0', 'rw-- 00000000 0ffff879 00000000', 'performance monitor: kept'),
    (V6, r'cp15 0 c15 c12 [123]', 'rw-- 00000000 ffffffff 00000000', 'counters are kept'),

    # Rights of user mode.
    (V5, r'cp15 0 c7 c1[04] 3', 'r--- 40000000', 'test and clean is privileged'),
    (MODELS, r'vfp (reset|full) 0', None, 'user mode has FPSID only while the VFP is enabled'),
    (V6K, r'vfp .* [67]', None, 'the feature registers cannot be written'),
    ([*V5, *V6], r'vfp on \w+ 9', None, 'FPINST is not 0 after a reset'),
]


def registers(argv, model):
    """What the image finds: encoding -> rights and values."""
    r = run([*argv, '-cpu', model, '-semihosting', '-kernel', IMAGE])
    found = re.findall(r'^# (cp\d+ \d c\d+ c\d+ \d|pair \d+ \d+ c\d+|vfp [a-z ]+ (?:\d+|fadds)) (.*)$',
                       '\n'.join(lines(r.out)), re.M)
    ok(r.status == 0 and re.search(rb'^ok 1 - all registers tried', r.out, re.M) and len(found) > 1000,
       '%s: %s finds %d registers' % (model, os.path.basename(argv[0]), len(found)),
       'status %s' % r.status, r.out[-300:], r.err)
    return dict(found)


used = [False] * len(RULES)
for model in MODELS:
    ours, theirs = registers([program('tail')], model), registers(QEMU, model)
    differences, bad = 0, []
    for encoding in sorted({*ours, *theirs}):
        mine, its = ours.get(encoding, UNDEFINED), theirs.get(encoding, UNDEFINED)
        if mine == its:
            continue
        differences += 1
        rules = [n for n, rule in enumerate(RULES)
                 if model in rule[0] and re.fullmatch(rule[1], encoding) and rule[2] in (None, mine)]
        for n in rules:
            used[n] = True
        if not rules:
            bad.append('%s: %s, QEMU: %s' % (encoding, mine, its))
    ok(not bad, '%s: %d encodings as QEMU has them, %d with a rule' %
       (model, len({*ours, *theirs}) - differences, differences), *bad[:20])
ok(all(used), 'every rule has a difference', *[RULES[n] for n, use in enumerate(used) if not use])
done()
