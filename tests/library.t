#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
# needs: program lib linux gcc nm
#
# The library of tqemu.h: its examples in C and in Python, what is visible in it, and Linux in it.
# tests/unit/test_tqemu.c is about its functions.
import os
import sys

from lib import *

sys.path.insert(0, 'examples')
import boot  # noqa: E402

STATIC, SHARED = BUILD + '/libtqemu.a', BUILD + '/lib/libtqemu.so'

# -- The static library --

functions = re.findall(r'^(?!typedef)[\w ]+?[ *](tqemu_\w+)\(', slurp('tqemu.h').decode(), re.M)
defined = [line.split()[-1] for line in lines(run(['nm', '-g', '--defined-only', STATIC]).out) if ' T ' in line]
is_(sorted(defined), sorted(functions), 'only the functions of tqemu.h are visible in it')
ok(10 < len(functions) < 20, 'a few', functions)
fork = temp('fork')
r = run(['gcc', '-std=c11', '-pedantic-errors', '-Wall', '-Wextra', '-Werror', '-I.', '-o', fork, 'examples/fork.c',
         STATIC, '-lm'])
is_((r.status, r.err), (0, b''), 'examples/fork.c is compiled')
r = run([fork, '300'])
ok(r.status == 0 and re.fullmatch(rb'300 cases of 50000 instructions: \d+ a second; [\d.]+ us to go back\n', r.out),
   'and runs', r.status, r.out, r.err)
own = temp('own.c', b'''#include <stdio.h>
#include "tqemu.h"
int deflate(int n) { return n + 1; }
int main(void) { char why[9]; return tqemu_new(NULL, 0, why, 9) ? deflate(6) : 1; }
''')
r = run(['gcc', '-I.', '-o', temp('own'), own, STATIC, '-lm'])
is_((r.status, run([temp('own')]).status), (0, 7), 'a program may have functions of the same names')

# -- The shared library, in Python --

r = run([sys.executable, 'examples/boot.py', SHARED, XIP, ROOTFS], timeout=TIMEOUT)
like(r.out, r'\Abooted after \d{8} instructions, pc = 0x[0-9a-f]+\na snapshot of [23]\.\d MB\n'
     r'guest 0: Linux armv5tejl\nguest 1: Linux armv5tejl\nguest 2: Linux armv5tejl\noff: True, status 0\n\Z',
     'examples/boot.py')

library = boot.load(SHARED)
LINUX = [*linux(), '-icount', 'shift=0']
m = boot.Machine(library, *LINUX)
is_(m.run(text=b'\n~ # '), boot.TEXT, 'Linux boots')
m.output()
symbols = {line.split()[2]: int(line.split()[0], 16) for line in lines(slurp(GUEST + '/System.map-xip')) if line}
at = symbols['do_sys_openat2']
ok(library.tqemu_breakpoint(m.machine, at, True), 'a breakpoint in the kernel')
library.tqemu_send(m.machine, b'cat /proc/version\n', 18)
is_((m.run(), m.register('pc')), (boot.POINT, at), 'is hit')
path = boot.ctypes.create_string_buffer(64)
names = set()
while m.run() == boot.POINT and len(names) < 1:
    library.tqemu_read(m.machine, m.register('r1'), False, path, 32)
    names |= {path.raw.split(b'\0')[0]} & {b'/proc/version'}
is_(names, {b'/proc/version'}, 'by the open() of a file')
library.tqemu_breakpoint(m.machine, at, False)
ok(m.run(text=b'\n~ # ') == boot.TEXT and b'Linux version' in m.output(), 'the command goes on')

ok(library.tqemu_fork(m.machine), 'a fork')
instructions, seen = library.tqemu_instructions(m.machine), []
for n in range(20):
    text = m.command('cd /tmp; echo %d >x$RANDOM; ls | wc -l; cat *; cd' % (n % 4))
    seen.append((text, library.tqemu_instructions(m.machine)))
    ok(library.tqemu_rewind(m.machine) and library.tqemu_instructions(m.machine) == instructions, 'and back, %d' % n)
is_([t[0] for t in seen[:4]], [['1', str(n)] for n in range(4)], 'each begins anew')
is_(seen[4:], seen[:4] * 4, 'and the same input does the same')
ok(m.close(), 'the end')
try:
    boot.Machine(library, '-kernel', '/no/such')
    ok(False, 'no kernel')
except ValueError as e:
    like(str(e), '/no/such: cannot be opened', 'no kernel')
done()
