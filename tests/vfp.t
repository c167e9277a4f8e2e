#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
# needs: program switch unit linux arm-linux-gnueabi-gcc qemu-system-arm
#
# Floating point: random VFP instructions as on QEMU, and programs with hard float in Linux, whose
# results are the host's to the last bit, alone, interrupted by signals, and several at once.
from lib import *

# Never fused: the VFP rounds twice where a host may round once.
HOST_CC = ['gcc', '-O2', '-ffp-contract=off', '-frounding-math']
GUEST_CC = ['arm-linux-gnueabi-gcc', '-O2', '-frounding-math', '-static', '-s', '-march=armv5te']
HARD = ['-mfpu=vfp', '-mfloat-abi=softfp']
FLOATS = ('mandelbrot 2', 'nbody 10', 'matrix 8', 'solver 8', 'filter 10')
DOUBLES = ('text', 'signals', 'switch')
INIT = '''#!/bin/sh
export PATH=/bin:/sbin:/usr/bin:/usr/sbin
mount -t proc proc /proc
mount -t devtmpfs dev /dev
dmesg | grep VFP
grep Features /proc/cpuinfo
for check in $CHECKS; do /vfp/doubles $check 2>&1; done
/vfp/float mandelbrot 2 >/a 2>&1 &
/vfp/float nbody 10 >/b 2>&1
wait
cat /a /b
/vfp/float matrix 8 2>&1
/vfp/float solver 8 2>&1
/vfp/float filter 10 2>&1
poweroff -f
'''


def compile_for(cc, source, to):
    subprocess.run([*cc, source, '-o', to, '-lm'], check=True)
    return to


def host(program_and_arguments):
    return subprocess.run(program_and_arguments, check=True,
                          stdout=subprocess.PIPE).stdout.decode().strip()


def initrd(name, flags, checks):
    doubles = compile_for([*GUEST_CC, *flags], 'tests/vfp/doubles.c', temp(name + '-doubles'))
    floats = compile_for([*GUEST_CC, *flags], 'scripts/bench/float.c', temp(name + '-float'))
    init = temp(name + '-init', INIT.replace('$CHECKS', ' '.join(checks)).encode())
    contents = ('dir vfp 0755\nfile vfp/doubles 0755 %s\nfile vfp/float 0755 %s\n'
                'file vfp/init 0755 %s\n' % (doubles, floats, init))
    archive = subprocess.run(['scripts/mkcpio'], input=contents.encode(), check=True,
                             stdout=subprocess.PIPE).stdout
    return temp(name + '.cpio', slurp(ROOTFS) + archive)


def boot(name, image, *more):
    r = run([program('tail'), *linux(XIP, *more, append='console=ttyAMA0 rdinit=/vfp/init '
                                     'lpj=500000 loglevel=4'), '-initrd', image], timeout=300)
    ok(r.status == 0, name + ': status 0', r.out, r.err)
    return lines(r.out)


for seed, options in (1, []), (2, ['-accel tcg,fusion=off']), (3, ['-accel tcg,optimise=off']), (
        4, ['-singlestep']):
    r = run(['tests/vfp/run', '--seed', str(seed), '--count', '98304' if seed == 1 else '49152'] +
            ['--options=' + o for o in options], timeout=300)
    ok(r.status == 0, 'random instructions, seed %d %s: as on QEMU' % (seed, ' '.join(options)),
       r.out, r.err)

float_host = compile_for(HOST_CC, 'scripts/bench/float.c', temp('float'))
doubles_host = compile_for(HOST_CC, 'tests/vfp/doubles.c', temp('doubles'))
want = [host([doubles_host, check]) for check in DOUBLES]
want += [host([float_host, *each.split()]) for each in FLOATS]

hard = initrd('hard', HARD, DOUBLES)
for name, more in ('hard float', ()), ('without the fast path', ('-accel', 'tcg,fastfp=off')):
    out = boot(name, hard, *more)
    like('\n'.join(out), r'VFP support v0\.3: implementor 41 architecture 1 part 10 variant 9 rev 0',
         name + ': Linux finds the VFP')
    like('\n'.join(out), r'^Features\s*:.* vfp ', name + ': and says so')
    for line in want:
        ok(line in out, '%s: %s as on the host' % (name, line.split()[0]), line, *out[-30:])

# Without the unit: soft float, which rounds to nearest alone; hard float is an illegal instruction.
out = boot('vfp=off, soft float', initrd('soft', ['-mfloat-abi=soft'], ['text']), '-cpu',
           'arm926,vfp=off')
ok(not re.search(r' vfp ', '\n'.join(out)), 'vfp=off: Linux finds none', *out[:5])
for line in [want[0]] + want[3:]:
    ok(line in out, 'soft float: %s as on the host' % line.split()[0], line, *out[-30:])
out = boot('vfp=off, hard float', hard, '-cpu', 'arm926,vfp=off')
ok(not any(line in out for line in want), 'vfp=off: hard float does not run', *out)
done()
