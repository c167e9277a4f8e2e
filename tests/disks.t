#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
# needs: program linux disks mkfs.ext4 e2fsck
#
# Linux with an ext4 on a disk of each kind and a jffs2 in the flash: what the guest has written is
# there when it starts again, also after tqemu was killed; a card that cannot be written is an I/O
# error. CHECK_LONG: many runs are killed, at random instants.
import random

from lib import *

os.environ['PATH'] += ':/usr/sbin:/sbin'
DISK_KERNEL = GUEST + '/zImage-disk'
MIB = 1 << 20
LONG = bool(os.environ.get('CHECK_LONG'))
SUMS = '(cd /mnt; md5sum x bin/*) 2>&1 | md5sum'
card, flash = temp('card'), temp('flash')


def make_card(size=64 * MIB):
    with open(card, 'wb') as f:
        f.truncate(size)
    r = run(['mkfs.ext4', '-q', '-F', card])
    ok(r.status == 0, 'an ext4 on an image', r.err)


def fsck(name):
    """Replays the journal, then looks for errors."""
    r = run(['e2fsck', '-p', card])
    ok(r.status in (0, 1), name + ': the journal is replayed', r.out)
    r = run(['e2fsck', '-f', '-n', card])
    is_(r.status, 0, name + ': e2fsck finds no error')


def boot(*drives, prefix=()):
    s = Session([*prefix, program('tail'), *linux(DISK_KERNEL, *drives), '-no-reboot'], terminal=False)
    s.prompt()
    s.command('mkdir -p /mnt')
    return s


def off(s, name):
    s.send(b'sync; poweroff -f\n')
    is_(s.wait(), 0, name + ': powers off')


def on_card():
    make_card()
    with boot('-sd', card) as s:
        is_(s.command('mount -t ext4 /dev/mmcblk0 /mnt && echo mounted'), ['mounted'], 'a card: mounted')
        s.command('dd if=/dev/urandom of=/mnt/x bs=64k count=100 2>/dev/null')
        s.command('cp -r /bin /mnt/bin; sync')
        sums = s.command(SUMS)
        r = run([program('tail'), *linux(DISK_KERNEL, '-sd', card)])
        ok(r.status == 1 and b'another program uses it' in r.err, 'a second tqemu is refused', r.err)
        s.command('umount /mnt')
        off(s, 'a card')
    fsck('a card')
    with boot('-sd', card) as s:
        s.command('mount -t ext4 /dev/mmcblk0 /mnt')
        is_(s.command(SUMS), sums, 'a card: another run reads what was written')
        s.command('umount /mnt')
        off(s, 'a card again')


def unwritten():
    before = slurp(card)
    with boot('-drive', 'if=sd,format=raw,readonly=on,file=' + card) as s:
        is_(s.command('mount -o ro -t ext4 /dev/mmcblk0 /mnt && ls -d /mnt/x'), ['/mnt/x'],
            'readonly=on: can be read')
        s.command('umount /mnt')
        s.command('dd if=/dev/zero of=/dev/mmcblk0 bs=4k count=4 conv=fsync')
        like('\n'.join(s.command('dmesg | grep -i mmcblk0')), 'error', 'readonly=on: cannot be written')
        off(s, 'readonly=on')
    ok(slurp(card) == before, 'readonly=on: the image is as it was')
    with boot('-sd', card, '-snapshot') as s:
        s.command('mount -t ext4 /dev/mmcblk0 /mnt')
        s.command('rm -r /mnt/*; echo new > /mnt/new; umount /mnt')
        s.command('echo 3 > /proc/sys/vm/drop_caches')
        s.command('mount -t ext4 /dev/mmcblk0 /mnt')
        is_(s.command('ls /mnt'), ['new'], '-snapshot: the guest reads what it wrote')
        off(s, '-snapshot')
    ok(slurp(card) == before, '-snapshot: the image is as it was')


def full():
    """The host has room for the first 32 MiB of a card only."""
    with open(card, 'wb') as f:
        f.truncate(64 * MIB)
    with boot('-sd', card, prefix=['prlimit', '--fsize=%d' % (32 * MIB)]) as s:
        s.command('D="dd if=/dev/zero of=/dev/mmcblk0 bs=4k conv=fsync"')
        s.command('$D count=256 seek=4096')
        is_(s.command('dmesg | grep -c "I/O error"'), ['0'], 'a full host: a write where there is room')
        s.command('$D count=8 seek=12000')
        like('\n'.join(s.command('dmesg | grep "I/O error"')), 'mmcblk0', 'an I/O error where there is none')
        off(s, 'a full host')
        like(s.err, r'\Atqemu: -sd: [^\n]*card: cannot be written: [^\n]*\n\Z', 'one line tells the user')


def killed(kind, drives, mount, rounds):
    """The guest writes files and says of each that it is flushed; then tqemu is killed."""
    rng = random.Random(1)
    expected = {}
    for n in range(rounds + 1):
        with boot(*drives) as s:
            is_(s.command(mount + ' && echo mounted'), ['mounted'], '%s, run %d: mounted' % (kind, n))
            if expected:
                got = s.command('(cd /mnt; md5sum f*)')
                there = dict(reversed(line.split()) for line in got if len(line.split()) == 2)
                lost = {f: (h, there.get(f)) for f, h in expected.items() if there.get(f) != h}
                ok(not lost, '%s, run %d: the %d files that were flushed are there' % (kind, n, len(expected)),
                   lost)
            if n == rounds:
                off(s, kind)
                break
            s.command('rm -f /mnt/*; sync')
            expected = {}
            s.command('make() { dd if=/dev/urandom of=/mnt/f$1 bs=1k count=$(($1%7*9+1)); }')
            s.command('sum() { md5sum < /mnt/f$1; }')
            s.send(b'for i in $(seq 99); do make $i; h=$(sum $i); sync; echo flushed $i $h; done\n')
            end = time.monotonic() + rng.uniform(0.05, 1.5)
            while time.monotonic() < end:
                s._read(0.02)
            s.p.kill()
            s.p.wait()
            while s._ready():
                pass
            for i, h in re.findall(rb'flushed (\d+) ([0-9a-f]{32})', s.out):
                expected['f' + i.decode()] = h.decode()
        if kind != 'jffs2':
            fsck('%s, run %d' % (kind, n))


on_card()
unwritten()
full()
for interface, device in ('sd', 'mmcblk0'), ('scsi', 'sda'), ('virtio', 'vda'):
    make_card()
    killed('ext4 on ' + interface, ['-drive', 'format=raw,if=%s,file=%s' % (interface, card)],
           'mount -t ext4 /dev/%s /mnt' % device, 50 if LONG else 2)
temp('flash', b'\xff' * (64 * MIB))
killed('jffs2', ['-pflash', flash], 'mount -t jffs2 /dev/mtdblock0 /mnt', 50 if LONG else 3)
done()
