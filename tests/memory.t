#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
# needs: program san linux valgrind
#
# Linux from power-on to poweroff under the address and undefined-behaviour sanitizers and under
# valgrind: no error, no leak. The same for the firmware, for reboots and for errors.
from lib import *

INPUT = b'''uname -a
for i in 1 2 3; do ps | wc -l; done
seq 1 3000 | md5sum
top -b -n1
cat /proc/interrupts
dd if=/dev/zero of=/tmp/file bs=1M count=40; rm /tmp/file
echo $((6*7)) from the guest
%s
'''
OFF, AGAIN = INPUT % b'poweroff -f', INPUT % b'reboot -f'

MEMCHECK = ['valgrind', '-q', '--error-exitcode=99', '--leak-check=full', '--show-leak-kinds=all',
            '--errors-for-leak-kinds=all']
everything = ['-d', 'in_asm,op,op_opt,out_asm,int,mmu,guest_errors,unimp,stats', '-D',
              temp('log')]


def clean(name, argv, stdin=OFF, status=0, shows=r'^42 from the guest$', err=r'\A\Z'):
    r = run(argv, stdin=stdin, timeout=300)
    is_(r.status, status, name + ': status %d' % status)
    like(r.err, err, name + ': no report')
    if shows:
        like('\n'.join(lines(r.out)), shows, name + ': it has run')


def common(name, *argv):
    for kernel in XIP, ZIMAGE:
        clean('%s, %s' % (name, os.path.basename(kernel)), [*argv, *linux(kernel)])
    clean(name + ', firmware', argv, stdin=b'test\nreboot\nhelp\nquit\n', shows=r'^All is well')
    clean(name + ', a bad option', [*argv, '-m', 'x'], status=1, shows=None, err=r'\Atqemu: -m')
    clean(name + ', a bad initrd', [*argv, '-kernel', XIP, '-initrd', scratch], status=1,
          shows=None, err=r'\Atqemu: /')


common('valgrind', *MEMCHECK, program('tail'))
common('sanitizers', program('san'))
for name, argv, stdin in [
        ('-no-reboot', ['-no-reboot'], AGAIN),
        ('logging', everything, OFF),
        ('-icount -singlestep', ['-icount', 'shift=2', '-singlestep'], OFF),
        ('for a while', [], b'sleep 3; cat /proc/uptime; ' + OFF)]:
    clean('sanitizers, ' + name, [program('san'), *linux(XIP, *argv)], stdin)
done()
