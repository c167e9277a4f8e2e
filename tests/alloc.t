#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
# needs: program linux gcc arm-linux-gnueabi-as
#
# A host without memory: allocations fail from the n-th on, or the n-th alone, for every n that a
# run comes to (with CHECK_LONG=1; otherwise for some). Each run must end with one line and status 1,
# or be right, and no slower than one with memory: what it translates is counted.
from lib import *

NO_MEMORY = b'(no|not enough|out of|Cannot allocate) memory'
LONG = os.environ.get('CHECK_LONG')

SHIM = temp('alloc.so')
subprocess.run(['gcc', '-O2', '-shared', '-fPIC', '-Wall', '-Wextra', '-Werror', '-o', SHIM,
                'tests/preload/alloc.c'], check=True)


def without_memory(argv, stdin, first, times):
    """One run; r.calls is how many allocations it has made."""
    read, write = os.pipe()
    env = {**os.environ, 'LD_PRELOAD': SHIM, 'ALLOC_FD': str(write)}
    if first:
        env['ALLOC_FROM'] = str(first)
    if times:
        env['ALLOC_TIMES'] = str(times)
    r = run(argv, stdin=stdin, env=env, pass_fds=[write])
    os.close(write)
    with open(read, 'rb') as f:
        r.calls = int(f.read() or 0)
    return r


def translated(r):
    counted = counters(r.err)
    return counted.get('blocks translated'), counted.get('guest instructions translated')


def sweep(name, argv, stdin=b'', outputs=()):
    argv = [program('tail'), *argv, '-icount', 'shift=3', '-d', 'stats']
    reference = without_memory(argv, stdin, 0, 0)
    files = [slurp(f) for f in outputs]
    if not ok(reference.status == 0 and reference.calls > 5, '%s: %d allocations' % (
            name, reference.calls), reference.status, reference.err):
        return
    calls = range(1, reference.calls + 1)
    if not LONG:
        calls = sorted({*calls[::17], *calls[-12:]})
    for times, what in (0, 'from the n-th on'), (1, 'the n-th alone'):
        bad, right, ended = [], 0, 0
        for n in calls:
            r = without_memory(argv, stdin, n, times)
            if r.status == 1 and re.fullmatch(rb'tqemu: [^\n]*(%s)[^\n]*\n' % NO_MEMORY, r.err) and (
                    b'cells' not in r.err):  # nothing is wrong with the device tree
                ended += 1
            elif (r.status == 0 and r.out == reference.out and b'tqemu:' not in r.err and
                  [slurp(f) for f in outputs] == files and translated(r) == translated(reference)):
                right += 1
            else:
                bad.append((n, r.status, r.out[-200:], translated(r), r.err[:300]))
        ok(not bad and ended > 5, '%s: %s: %d runs end with one line, %d are right' % (
            name, what, ended, right), 'of %d, with %s:' % (reference.calls, translated(reference)),
           *bad[:5])


LINES = b'# nothing to do in this line, and there are many like it\n' * 600
WORK = b'seq 1 300 | md5sum\n' + LINES + b'ls -l / /dev\npoweroff -f\n'
sweep('Linux from flash', linux(XIP), WORK)
dtb, again = temp('board.dtb'), temp('again.dtb')
sweep('-M dumpdtb', ['-M', 'versatilepb,dumpdtb=' + dtb, '-kernel', XIP], outputs=[dtb])
sweep('-M dumpdtb with -dtb', ['-M', 'versatilepb,dumpdtb=' + again, '-kernel', XIP, '-dtb', dtb],
      outputs=[again])
sweep('the firmware', [], b'test\nquit\n')

# A program in every format, which prints a letter and ends.
SOURCE = '''
        ldr     r0, =0x101f1000
        mov     r1, #'.'
        strb    r1, [r0]
        mov     r0, #0x18
        ldr     r1, =0x20026
        swi     0x123456
'''
raw, port = assemble(SOURCE), temp('port')
objcopy = [ARM_TOOLS + 'objcopy', '-I', 'binary', '-O', 'ihex', '--change-addresses', '0x20000']
subprocess.run([*objcopy, raw, temp('image.hex')], check=True)
start = ['-semihosting', '-serial', 'file:' + port]
sweep('a program, raw', [*start, '-kernel', raw], outputs=[port])
sweep('a program, ELF', [*start, '-kernel', temp('image.elf')], outputs=[port])
sweep('a program in flash', [*start, '-bios', raw], outputs=[port])
sweep('-device loader', [*start, '-device', 'loader,cpu-num=0,addr=0x10000,file=' + raw,
                         '-device', 'loader,file=' + temp('image.hex'),
                         '-device', 'loader,addr=0x30000,data=1,data-len=4'], outputs=[port])
done()
