#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
# needs: program loop switch clang iso san debug bare qemu-system-arm
#
# The bare-metal tests of tests/guest on every variant of the program, and on QEMU, as a check of the
# tests themselves. Each image prints the Test Anything Protocol on its serial port.
import glob

from lib import *

QEMU = ['qemu-system-arm', '-M', 'versatilepb', '-m', '128', '-display', 'none', '-monitor', 'none',
        '-serial', 'stdio', '-audiodev', 'none,id=none']
RUNS = [('QEMU', QEMU)] + [(variant, [program(variant)])
                           for variant in ('tail', 'loop', 'switch', 'clang', 'iso', 'san', 'debug')]
RUNS += [('tail ' + ' '.join(more), [program('tail'), *more]) for more in (
    ['-singlestep'], ['-accel', 'tcg,optimise=off'], ['-accel', 'tcg,fusion=off'],
    ['-icount', 'shift=2'])]


def stem(image):
    return os.path.basename(image)[:-len('.elf')]


def bare_metal(name, argv, cpu, image):
    r = run([*argv, '-cpu', cpu, '-semihosting', '-kernel', image])
    text = '\n'.join(lines(r.out))
    good = re.findall(r'^ok \d+|^not ok \d+ .*# TODO', text, re.M)
    bad = re.findall(r'^(?:not ok \d+(?!.*# TODO)|Bail out!).*(?:\n#.*)*', text, re.M)
    plan = re.search(r'^1\.\.(\d+)$', text, re.M)
    ok(r.status == 0 and good and not bad and plan and int(plan[1]) == len(good),
       '%s: %d tests on %s, %s' % (stem(image), len(good), name, cpu),
       'status %s, plan %s' % (r.status, plan and plan[0]), *bad, text[-300:], r.err)


images = sorted(glob.glob(BUILD + '/tests/guest/*.elf'))
ok(len(images) == len(glob.glob('tests/guest/*.c')) - 1, 'every test is built', images)
for image in images:
    for cpu in ['arm1136', 'arm1176'] if stem(image).startswith('v6') else ['arm926']:
        for name, argv in RUNS:
            bare_metal(name, argv, cpu, image)
done()
