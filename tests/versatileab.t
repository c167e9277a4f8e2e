#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
# needs: program linux
#
# The other board, and the program under QEMU's name.
from lib import *

r = run([program('tail'), *linux(XIP, '-M', 'versatileab')],
        stdin=b'cat /proc/device-tree/model; echo; poweroff -f\n')
ok(r.status == 0, 'Linux boots on versatileab and switches it off', r.err)
like('\n'.join(lines(r.out)), r'^ARM Versatile AB', 'which it knows by its device tree')

link = temp('qemu-system-arm')
os.symlink(os.path.abspath(program('tail')), link)
r = run([link, '--version'])
like(r.out, r'\AQEMU emulator version 7\.2\.\d+ \(tqemu \d[^ ]*\)\n\Z',
     'as qemu-system-arm: the version in the words that scripts look for')
r = run([link, '-m', '64'])
ok(r.status == 1 and b'No machine specified, and there is no default' in r.err,
   'as qemu-system-arm: no default machine', r.err)
r = run([link, *linux(XIP, '-M', 'versatilepb')], stdin=b'poweroff -f\n')
ok(r.status == 0, 'as qemu-system-arm: with a machine it runs', r.err)
done()
