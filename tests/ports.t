#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
# needs: program iso disks
#
# Linux on a virtio serial device: a console on standard input and output, one in a file, a port whose
# peer is a socket.

from lib import *

KERNEL, DTB = GUEST + '/zImage-disk', GUEST + '/versatile-pb.dtb'


def guest(variant, console, *more, terminal=False):
    return Session([program(variant), '-M', 'versatilepb', '-kernel', KERNEL, '-dtb', DTB, '-initrd', ROOTFS,
                    '-append', 'console=%s quiet lpj=500000' % console, *more], terminal=terminal)


for variant in 'tail', 'iso':
    with guest(variant, 'hvc0', '-serial', 'null', '-chardev', 'stdio,id=c', '-device', 'virtio-serial-pci',
               '-device', 'virtconsole,chardev=c') as g:
        g.prompt()
        out = ' '.join(g.command('seq 1 20000 | md5sum; cat /proc/consoles'))
        want = run(['md5sum'], stdin=b''.join(b'%d\n' % n for n in range(1, 20001))).out.split()[0].decode()
        ok(want in out and 'hvc0' in out, variant + ': a shell on hvc0', out)
        g.send(b'poweroff -f\n')
        is_(g.wait(), 0, variant + ': which switches off')

path, second = temp('socket'), temp('second')
with guest('tail', 'ttyAMA0', '-nographic', '-device', 'virtio-serial,id=v', '-chardev', 'file,id=f,path=' + second,
           '-device', 'virtconsole,bus=v.0,chardev=f', '-chardev', 'socket,id=s,path=%s,server=on,wait=off' % path,
           '-device', 'virtserialport,chardev=s,name=org.x,nr=5') as g:
    g.prompt()
    g.command('mkdir -p /sys; mount -t sysfs s /sys; mount -t devtmpfs d /dev')
    out = ' '.join(g.command('cat /sys/class/virtio-ports/*/name; ls /sys/class/virtio-ports; echo hello > /dev/hvc0'))
    ok('org.x' in out and 'vport0p5' in out, 'a port has its name and number', out)
    ok(g.until(lambda: b'hello' in slurp(second)), 'a second console in a file', slurp(second))
    with connect(path) as s:
        data = os.urandom(1 << 20)
        g.send(b'head -c %d /dev/vport0p5 | md5sum\n' % len(data))
        g._read(1)  # what has no buffer yet waits
        s.sendall(data)
        g.expect(run(['md5sum'], stdin=data).out.split()[0])
        ok(True, 'a megabyte for the guest: nothing is lost')
        g.prompt()
        g.send(b'seq 1 100000 > /dev/vport0p5\n')
        want, got = b''.join(b'%d\n' % n for n in range(1, 100001)), b''
        time.sleep(1)
        while len(got) < len(want):
            some = s.recv(1 << 16)
            if not some:
                break
            got += some
        g.prompt()
        ok(got == want, 'and from it, to a peer that reads late', len(got), len(want))
    out = ' '.join(g.command('timeout 1 cat /dev/vport0p5; echo "status $?"'))
    ok('status 0' in out, 'a peer that has gone is the end of the input', out)
    g.send(b'poweroff -f\n')
    is_(g.wait(), 0, 'the guest switches off')
done()
