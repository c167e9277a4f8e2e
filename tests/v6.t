#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
# needs: program loop clang linux arm-linux-gnueabi-gcc
#
# Linux for ARMv6K on an ARM1176 and an ARM1136: what it says of the CPU, and a program that uses what is new in ARMv6K.
from lib import *

KERNEL = GUEST + '/zImage-v6'
# Of the two only the ARM1136 has an ID register that still knows SWP.
CPUS = {'arm1136': (3, 'swp half thumb fastmult vfp edsp java tls'),
        'arm1176': (7, 'half thumb fastmult vfp edsp java tls')}
MD5SUM = ['bf4fa7116e26846bba3502a134f9bcba  -']  # of `seq 1 300`


def boots(variant, cpu, *more):
    revision, features = CPUS[cpu]
    name = '%s, %s' % (variant, ' '.join([cpu, *more[:1]]))
    argv = ['-cpu', cpu, '-kernel', KERNEL, '-initrd', initrd, '-append', CMDLINE, *more]
    with Session([program(variant), *argv]) as s:
        s.prompt()
        is_(s.command('uname -m'), ['armv6l'], name + ': uname -m')
        info = dict(re.split(r'\s*: ', line, 1) for line in s.command('cat /proc/cpuinfo') if ': ' in line)
        is_(info.get('model name'), 'ARMv6-compatible processor rev %d (v6l)' % revision, name + ': the model')
        is_(info.get('Features', '').strip(), features, name + ': the features')
        tap = s.command('/program')
        good = [line for line in tap if line.startswith('ok ')]
        ok(tap[-1:] == ['1..%d' % len(good)] and len(good) == 14, name + ': /program', *tap)
        is_(s.command('seq 1 300 | md5sum'), MD5SUM, name + ': md5sum')
        is_(s.command('dmesg | grep -ciE "warning|bug:|stall|oops|panic"'), ['0'],
            name + ': the kernel complains of nothing')
        s.send(b'poweroff -f\n')
        is_(s.wait(), 0, name + ': poweroff -f gives status 0')


def on_arm1026():
    """The kernel for ARMv5 executes in place, so its bytes can be changed: of the CPUs it knows the ARM926EJ-S alone,
    by MIDR and a mask (__arm926_proc_info)."""
    kernel = slurp(XIP)
    known, arm1026 = b'\x60\x92\x06\x41\xf0\xff\x0f\xff', b'\x60\xa2\x06\x41\xf0\xff\x0f\xff'
    is_(kernel.count(known), 1, 'arm1026: where the kernel names the ARM926EJ-S')
    path = temp('zImage-1026', kernel.replace(known, arm1026))
    with Session([program('tail'), '-cpu', 'arm1026', *linux(path)]) as s:
        s.prompt()
        is_(s.command('uname -m'), ['armv5tejl'], 'arm1026: Linux for ARMv5: uname -m')
        like('\n'.join(s.command('cat /proc/cpuinfo')), r'^CPU part\s*: 0xa26$', 'arm1026: the CPU part')
        is_(s.command('seq 1 300 | md5sum'), MD5SUM, 'arm1026: md5sum')
        s.send(b'poweroff -f\n')
        is_(s.wait(), 0, 'arm1026: poweroff -f gives status 0')


def on_arm926():
    """The kernel for ARMv6 does not know the CPU and stops in head.S. From there on nothing changes: digests tell."""
    argv = ['-cpu', 'arm926', '-icount', 'shift=0', '-d', 'digest:20000000', '-kernel', KERNEL, '-initrd', initrd]
    with subprocess.Popen([program('tail'), *argv], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE) as p:
        digests = [p.stderr.readline().split()[-1:] for _ in range(5)]
        p.kill()
        is_(digests, [digests[0]] * 5, 'arm926: zImage-v6 loops')
        ok(digests[0] != [], 'arm926: there are digests')
        is_(p.stdout.read(), b'', 'arm926: zImage-v6 says nothing')


initrd = initrd_with('program', 'tests/v6/program.c', '-std=c11', '-Wall', '-Wextra', '-Werror', '-pthread',
                     '-march=armv6k', '-mfpu=vfp', '-mfloat-abi=softfp', '-mtp=cp15', rootfs=GUEST + '/rootfs-v6.cpio')
boots('tail', 'arm1176')
boots('tail', 'arm1136', '-dtb', GUEST + '/versatile-pb.dtb')
boots('loop', 'arm1136')
boots('clang', 'arm1176')
on_arm1026()
on_arm926()
done()
