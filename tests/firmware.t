#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
# needs: program loop clang iso san debug qemu-system-arm
#
# The built-in firmware: its image is built from its sources, its self-test passes on every variant of
# the program and on QEMU, and its monitor's commands work.
from lib import *

TESTS = ['ram', 'timer', 'interrupts', 'exceptions', 'mmu', 'uart']
QEMU = ['qemu-system-arm', '-M', 'versatilepb', '-nographic', '-audiodev', 'none,id=none',
        '-semihosting', '-kernel', temp('firmware') + '/firmware.bin']


def text_of(out):
    return '\n'.join(lines(out))


def report(name, out):
    text = text_of(out)
    found = re.findall(r'^(\w+) +(ok|FAILED) ', text, re.M)
    is_(found, [(test, 'ok') for test in TESTS], name + ': every self-test passes')
    return text


def monitor(variant, *options):
    name = ' '.join((variant,) + options)
    keys = b'help\nmem 10000 6\nmem x\nnonsense\n\nabc\x7f\x7f\x7fhelp\ntest\nquit\n'
    r = run([program(variant), *options], stdin=keys)
    is_((r.status, r.err), (0, b''), name + ': quit ends it')
    text = text_of(r.out)
    like(text, r'^cpu +ARM926EJ-S r0p5,', name + ': the CPU')
    like(text, r'^board +ARM Versatile, ID 41007004,', name + ': the board')
    like(text, r'^memory +128 MiB at 00000000$', name + ': the memory')
    is_(len(re.findall(r'^quit  ', text, re.M)), 2, name + ': help, also with a corrected line')
    like(text, r'^00010000: e321f0d1( [0-9a-f]{8}){3}\n00010010:( [0-9a-f]{8}){2}\n',
         name + ': mem')
    like(text, r'^mem ADDRESS', name + ': mem says what it wants')
    like(text, r'^no such command', name + ': an unknown command')
    is_(len(re.findall(r'^\w+ +ok ', text, re.M)), 2 * len(TESTS), name + ': test tests again')


def reboot(variant):
    with Session([program(variant)], terminal=False) as s:
        s.expect(rb'\n> $')
        s.send(b'reboot\n')
        s.expect(rb'built-in firmware.*All is well.*\n> $')
        ok(True, variant + ': reboot starts it again')
        s.send(b'quit\n')
        is_(s.wait(), 0, variant + ': the monitor ends with status 0')
    is_(run([program(variant), '-no-reboot'], stdin=b'reboot\nquit\n').status, 0,
        variant + ': with -no-reboot that is the end')


def date():
    for options, day in ((['-rtc', 'base=2024-02-29T23:59:00'], '2024-02-29 23:59'),
                         (['-rtc', 'base=2100-03-01'], '2100-03-01 00:00'),
                         (['-icount', 'shift=3'], '2000-01-01 00:00')):
        r = run([program('tail'), *options], stdin=b'quit\n')
        like(text_of(r.out), '^rtc +%s UTC$' % day, ' '.join(options))


def sizes():
    for mib in 1, 2, 33, 256:
        r = run([program('tail'), '-m', str(mib)], stdin=b'quit\n')
        like(report('-m %d' % mib, r.out), '^memory +%d MiB' % mib, '-m %d: found' % mib)


built = subprocess.run(['firmware/build.sh', '--check', os.path.dirname(QEMU[-1])],
                       capture_output=True)
if built.returncode == 77:
    ok(True, 'image and sources # SKIP made by another compiler')
else:
    ok(built.returncode == 0, 'the image is what the sources give', built.stderr)

for variant in 'tail', 'loop', 'clang', 'iso', 'san', 'debug':
    monitor(variant)
monitor('tail', '-icount', 'shift=2')
monitor('tail', '-semihosting')
monitor('tail', '-singlestep')
monitor('tail', '-accel', 'tcg,optimise=off,fusion=off')
for variant in 'tail', 'loop', 'iso':
    reboot(variant)
date()
sizes()

r = run([program('tail')], stdin=b'bench\nquit\n')
is_(re.findall(r'^(\w+) +[1-9]\d*000 \w+/s$', text_of(r.out), re.M),
    ['arithmetic', 'crc32', 'sort', 'copy'], 'bench: four figures')

# The same bytes on the neighbour. It takes no input before its guest has enabled the port.
with Session(QEMU, terminal=False) as s:
    s.expect(rb'\n> $')
    report('QEMU', s.out)
    s.send(b'quit\n')
    is_(s.wait(), 0, 'QEMU: quit, by semihosting')
done()
