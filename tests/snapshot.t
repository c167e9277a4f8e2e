#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
# needs: program loop switch iso san lib linux disks
#
# Snapshots: savevm, loadvm, delvm, info snapshots, migrate, -loadvm and -incoming. A state that is loaded goes on as the
# one that was saved, in any variant of the program; whatever does not fit is refused and changes nothing.
import functools
import os
import random
import struct
import zlib

os.environ['O'] = os.path.abspath(os.environ.get('O', 'build'))
from lib import *

sys.path.insert(0, 'examples')
import boot  # noqa: E402

HEADER = 64
VARIANTS = ['tail', 'loop', 'switch', 'iso', 'san']
os.chdir(scratch)


def refused(why, *argv):
    """The program ends with that error before the guest runs."""
    r = run([program('tail'), *argv])
    ok(r.status == 1 and why in r.err.decode() and not r.out, 'refused: ' + why, argv, r.status, r.err, r.out[:200])


def sections_of(data):
    """What is unpacked of a file's sections, and the packed memory behind them."""
    z = zlib.decompressobj(-15)
    return z.decompress(data[HEADER:]), z.unused_data


def zlib_length(data):
    z = zlib.decompressobj(-15)
    z.decompress(data)
    return len(data) - len(z.unused_data)


# -- In one run --

g = Guest()
g.s.prompt()
is_(g.ask('info snapshots'), ['There is no snapshot available.'], 'there is no snapshot at first')
is_(g.s.command('echo before >/tmp/file; cat /tmp/file'), ['before'], 'a guest with a file')
is_(g.ask('savevm one'), [], 'savevm')
state = slurp('one.snapshot')
ok(len(state) <= 3 << 20, 'a booted Linux takes at most 3 MiB', len(state))
unpacked, memory = sections_of(state)
is_(struct.unpack_from('<QQ', state, 40), (len(state), len(unpacked)), 'zlib unpacks it, too')
is_(len(zlib.decompress(memory[:zlib_length(memory)], -15)), 8192, 'and a group of pages of its memory')
g.s.command('rm /tmp/file; cat /tmp/file')
is_(g.ask('loadvm one'), [], 'loadvm')
is_(g.s.command('cat /tmp/file'), ['before'], 'the file is there again')
like('\n'.join(g.ask('info snapshots')).encode(),
     r'^List of snapshots of this run:\nID +TAG +VM SIZE +DATE +VM CLOCK +ICOUNT\n'
     r'-- +one +\d+ MiB \d{4}-\d\d-\d\d \d\d:\d\d:\d\d 00:0\d:\d\d\.\d{3} *$', 'info snapshots')
is_(g.ask('stop') + g.ask('loadvm one') + g.ask('info status'), ['VM status: paused'], 'a stopped machine stays stopped')
g.ask('cont')
is_(g.s.command('cat /tmp/file'), ['before'], 'and goes on from there')

is_(g.ask('savevm one'), [], 'savevm again replaces it')
is_(g.ask('loadvm two'), ['Error: two.snapshot: No such file or directory'], 'loadvm of what is not there')
is_(g.ask('delvm two'), ['Error: two.snapshot: No such file or directory'], 'delvm, too')
temp('mine.snapshot', b'a text')
is_(g.ask('savevm mine'), ['Error: mine.snapshot: is no snapshot of tqemu\'s'], 'savevm over another file')
is_(g.ask('delvm mine'), ['Error: mine.snapshot: is no snapshot of tqemu\'s'], 'delvm of one')
is_(slurp('mine.snapshot'), b'a text', 'which stays as it is')
is_(g.ask('savevm no/such'), ['Error: no/such.snapshot.part: No such file or directory'], 'savevm into no folder')
temp('broken.snapshot', state[:len(state) // 2])
is_(g.ask('loadvm broken'), ['Error: broken.snapshot: is cut off'], 'loadvm of half a file')
is_(g.s.command('cat /tmp/file'), ['before'], 'and the guest goes on')
like('\n'.join(g.ask('savevm')).encode(), '^$', 'savevm without a name')
ok(re.search(r'^-- +vm-\d{14} ', '\n'.join(g.ask('info snapshots')), re.M), 'gives it one by the time')
is_(g.ask('delvm one'), [], 'delvm')
ok(not os.path.exists('one.snapshot') and ' one ' not in '\n'.join(g.ask('info snapshots')), 'it is gone')
is_(g.ask('migrate tcp:host:1'), ['Error: tcp:host:1: only file:PATH is there'], 'migrate elsewhere')
is_(g.ask('migrate file:moved'), [], 'migrate')
is_(g.ask('info status'), ['VM status: paused (postmigrate)'], 'stops the machine')
uptime = float(struct.unpack_from('<q', slurp('moved'), 24)[0]) / 1e9
g.ask('cont')
is_(g.s.command('cat /tmp/file'), ['before'], 'which can go on')
is_(g.off(), 0, 'to its end')

# -- In another run --

g = Guest('-incoming', 'file:moved', argv=[])
is_(g.s.command('cat /tmp/file'), ['before'], '-incoming, without the kernel')
now = float(g.s.command('cat /proc/uptime')[0].split()[0])
ok(uptime < now < uptime + TIMEOUT, 'time goes on where it was', uptime, now)
like('\n'.join(g.s.command('dmesg | tail -1')).encode(), '.', 'there is a log')
is_(g.s.command('dmesg | grep -ci "unstable\\|stall\\|lockup\\|jump"'), ['0'], 'in which the kernel complains of nothing')
g.ask('savevm three')
g.close()
g = Guest('-loadvm', 'three')
is_(g.s.command('cat /tmp/file'), ['before'], '-loadvm, with the kernel')
ok(' three ' in '\n'.join(g.ask('info snapshots')), 'info snapshots shows it')
g.s.send(b'reboot -f\n')
g.s.prompt()
is_(g.s.command('ls /tmp/file 2>&1')[-1][:3], 'ls:', 'a reset starts the kernel anew')
is_(g.off(), 0, 'to the end')
g = Guest('-S', '-loadvm', 'three')
is_(g.ask('info status'), ['VM status: paused (prelaunch)'], '-S -loadvm waits')
g.ask('cont')
is_(g.s.command('cat /tmp/file'), ['before'], 'for cont')
g.close()

refused('-loadvm: none.snapshot: No such file or directory', '-loadvm', 'none')
refused('-incoming: tcp::1: only a file can be given: use file:PATH', '-incoming', 'tcp::1')
before = slurp('three.snapshot')
refused('-D: three.snapshot: is the same file as -loadvm three.snapshot', '-loadvm', 'three', '-D', 'three.snapshot')
ok(slurp('three.snapshot') == before, 'and it is as it was')
refused('-loadvm: three.snapshot: -m is 128 MiB there, 64 here', '-loadvm', 'three', '-m', '64')
refused('-loadvm: three.snapshot: -M is versatilepb there, versatileab here', '-loadvm', 'three', '-M', 'versatileab')
refused('-loadvm: three.snapshot: -cpu is arm926 there, arm1176 here', '-loadvm', 'three', '-cpu', 'arm1176')
refused('1 PCI devices are there, 2 here', '-loadvm', 'three', '-device', 'virtio-rng-pci')
refused('-rtc clock= must be the same', '-loadvm', 'three', '-rtc', 'clock=vm')

# -- Files that are damaged: in the header, in the packed state, at the end --

state = slurp('three.snapshot')


def load(data):
    temp('bad.snapshot', data)
    r = run([program('san'), '-loadvm', 'bad'])
    return r.status == 1 and re.fullmatch(rb'tqemu: -loadvm: bad\.snapshot: [^\n]+\n', r.err) and not r.out


random.seed(1)
for n in [0, 1, 14, 15, 16, HEADER - 1, HEADER, HEADER + 1, len(state) // 3, len(state) - 1]:
    ok(load(state[:n]), 'refused: the first %d bytes' % n)
ok(load(state + b'x'), 'refused: a byte more')
good = 0
AT = [*range(0, HEADER, 7), *(random.randrange(HEADER, len(state)) for _ in range(6))]
for at in AT:
    damaged = bytearray(state)
    damaged[at] ^= 1 << random.randrange(8)
    good += bool(load(bytes(damaged)))
is_(good, len(AT), 'refused: one bit that is wrong, in each of several places')


def checksum(total, data):
    def fold(a, b):
        a = (a ^ b) * 0x100000001b3 & (1 << 64) - 1
        return a ^ a >> 32
    whole = len(data) // 32 * 32
    words = struct.unpack('<%dQ' % (whole // 8), data[:whole])
    sums = [functools.reduce(fold, words[i::4], total + i) for i in range(4)]
    total = functools.reduce(fold, sums)
    for byte in data[whole:]:
        total = (total ^ byte) * 0x100000001b3 & (1 << 64) - 1
    return total


def packed(raw, memory=None):
    """A file whose header and checksum are right."""
    pack = zlib.compressobj(1, wbits=-15)
    rest = pack.compress(raw) + pack.flush() + (MEMORY if memory is None else memory)
    header = state[:40] + struct.pack('<QQ', HEADER + len(rest), len(raw))
    return header + struct.pack('<Q', checksum(checksum(0xcbf29ce484222325, header), rest)) + rest


raw, MEMORY = sections_of(state)
temp('again.snapshot', packed(raw))
g = Guest('-loadvm', 'again')
is_(g.s.command('cat /tmp/file'), ['before'], 'a file with a right checksum is loaded')
g.close()
good = 0
LISTS = raw.index(b'\x03\0ram')  # where the lists of the memory's pages begin
AT = [random.randrange(LISTS) for _ in range(16)] + [random.randrange(LISTS, len(raw)) for _ in range(6)]
for at in AT:
    damaged = bytearray(raw)
    damaged[at] = random.randrange(256)
    temp('bad.snapshot', packed(bytes(damaged)))
    r = run([program('san'), '-S', '-loadvm', 'bad', '-monitor', 'stdio', '-serial', 'null'], stdin=b'quit\n')
    good += r.status == 1 and r.err.startswith(b'tqemu: -loadvm: bad.snapshot: ') and r.err.count(b'\n') == 1 or \
        r.status == 0 and not r.err
is_(good, len(AT), 'a state of random bytes, with a right checksum, is loaded or refused')

at = raw.index(b'\x03\0cpu') + 5
temp('bad.snapshot', packed(raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1:]))
refused('-loadvm: bad.snapshot: cpu is of another version of tqemu', '-loadvm', 'bad')
g = Guest('-loadvm', 'again')
g.s.command('rm /tmp/file; touch /tmp/new')
temp('bad.snapshot', packed(raw[:-4] + b'\0\0\0\x80'))  # the length of the last group of pages
is_(g.ask('loadvm bad'), ['Error: bad.snapshot: is damaged'], 'loadvm of a state whose last bytes are wrong')
is_(g.s.command('ls /tmp'), ['new'], 'leaves the guest as it was')
g.close()
temp('bad.snapshot', packed(raw, MEMORY + b'x'))
refused('-loadvm: bad.snapshot: is longer than it should be', '-loadvm', 'bad')
temp('bad.snapshot', packed(raw, bytes(len(MEMORY))))
r = run([program('san'), '-S', '-loadvm', 'bad', '-monitor', 'stdio', '-serial', 'null'],
        stdin=b'xp/1wx 0x8000\nquit\n')
ok(r.status == 0 and b'00008000: 0x00000000' in r.out and
   re.fullmatch(rb'tqemu: snapshot: ram: a part is [a-z ]+, and is zero instead: save it again\n', r.err),
   'memory that is no DEFLATE, with a right checksum: it is zero', r.status, r.out, r.err)

# -- The same file again and again: only what has changed is put back --

g = Guest('-loadvm', 'three')
for n in range(6):
    text = str(n)
    g.s.command('echo %s >/tmp/new; dd if=/dev/urandom of=/tmp/more bs=64k count=%d 2>/dev/null' % (text, n))
    is_(g.s.command('cat /tmp/new; ls -1 /tmp'), [text, 'file', 'more', 'new'], 'the guest works, %d' % n)
    is_(g.ask('loadvm three'), [], 'loadvm')
    is_(g.s.command('ls /tmp'), ['file'], 'and is what it was')
g.ask('savevm three')
g.s.command('rm /tmp/file')
is_(g.ask('loadvm three'), [], 'loadvm of another file of that name')
is_(g.s.command('ls /tmp'), ['file'], 'and is what this one was')
g.close()

# -- Counted time: at any instant, and in any variant --

COUNTED = ['-kernel', XIP, '-initrd', initrd_with_job(), '-append', CMDLINE + ' rdinit=/job', '-m', '32',
           '-icount', 'shift=0', '-d', 'digest:5000000', '-device', 'virtio-rng-pci']
SAVES = 8


def counted(variant, name):
    """The rest of a run: its output and its digests."""
    r = run([program(variant), *COUNTED, '-D', 'log', '-loadvm', name])
    return r.out, slurp('log'), r.status


whole = run([program('tail'), *COUNTED, '-D', 'whole'])
digests = slurp('whole')
ok(whole.status == 0 and digests.count(b'\n') > 20, 'a run with counted time', whole.err, whole.out[-300:])
g = Guest('-D', 'saving', argv=COUNTED)
for n in range(SAVES):
    if n == SAVES // 2:
        g.s.expect(b'  -\r\n')  # some are in the boot, the others after it
    time.sleep(random.random() * 0.02)
    g.ask('savevm at%d' % n)
g.end()
ok(g.s.out == whole.out and slurp('saving') == digests, 'saving changes nothing')
good = middle = 0
for n in range(SAVES):
    variant = VARIANTS[n % len(VARIANTS)] if n % len(VARIANTS) else random.choice(VARIANTS[:4])
    out, rest, status = counted(variant, 'at%d' % n)
    same = status == 0 and whole.out.endswith(out) and digests.endswith(rest)
    ok(same, 'saved at instruction %d, it goes on as the whole run, on %s' % (struct.unpack_from('<Q', slurp(
        'at%d.snapshot' % n), 32)[0], variant), out[-300:], rest[-100:])
    middle += 0 < len(out) < len(whole.out)
ok(middle > 1, 'some of them in the middle', middle)

# The same a thousand times, exactly at any instruction: the library saves.
if os.environ.get('CHECK_LONG'):
    machine = boot.Machine(boot.load(BUILD + '/lib/libtqemu.so'), *[word for word in COUNTED if 'digest' not in word
                                                                    and word != '-d'])
    last = int(digests.split()[-2])
    done_so_far = good = 0
    for n, at in enumerate(sorted(random.sample(range(1, last), 1000))):
        machine.run(instructions=at - done_so_far)
        done_so_far = at
        temp('exact.snapshot', machine.save())
        out, rest, status = counted(VARIANTS[n % 4], 'exact')
        same = status == 0 and whole.out.endswith(out) and digests.endswith(rest)
        good += same
        if not same:
            ok(False, 'saved at instruction %d, it goes on as the whole run, on %s' % (at, VARIANTS[n % 4]))
    is_(good, 1000, 'saved at a thousand instructions, it goes on as the whole run')
    machine.close()

# -- Random bytes: without -icount each that goes on gets bytes of its own --

DISKS = linux(GUEST + '/zImage-disk') + ['-device', 'virtio-rng-pci']
g = Guest(argv=DISKS)
g.s.prompt()
g.ask('savevm clone')
g.close()


def clone(*more):
    with Guest('-loadvm', 'clone', *more, argv=DISKS).s as s:
        return s.command('head -c 4096 /dev/hwrng | md5sum')


first = clone()
like(first[0].encode(), '^[0-9a-f]{32}  -$', 'a guest with a random number generator')
ok(first != clone(), 'two clones get different random bytes')
ok(clone('-seed', '1') != clone('-seed', '2'), 'with two seeds, too')

# -- Drives --

IMAGE = temp('image', bytes(8 << 20))
DISKS = linux(GUEST + '/zImage-disk') + ['-drive', 'if=virtio,format=raw,id=disk,file=image']
READ = 'head -c 4m /dev/vda | md5sum'
g = Guest('-snapshot', argv=DISKS)
g.s.prompt()
g.s.command('dd if=/bin/busybox of=/dev/vda bs=64k seek=3; sync; echo 3 >/proc/sys/vm/drop_caches')
sums = g.s.command(READ)
is_(g.ask('savevm disk'), [], 'savevm with -snapshot')
g.close()
is_(slurp('image'), bytes(8 << 20), 'the image is as it was')
g = Guest('-snapshot', '-loadvm', 'disk', argv=DISKS)
is_(g.s.command('echo 3 >/proc/sys/vm/drop_caches; ' + READ), sums, 'what was written goes on with the snapshot')
g.close()
refused('disk.snapshot: image was used with snapshot=on', *DISKS, '-loadvm', 'disk')
refused('disk.snapshot: disk is there, other here', *[a.replace('id=disk', 'id=other') for a in DISKS], '-snapshot',
        '-loadvm', 'disk')
refused('disk.snapshot: more drives are there than here', *DISKS[:-2], '-loadvm', 'disk')
g = Guest(argv=DISKS)
g.s.prompt()
is_(g.ask('savevm disk'), ["Error: Device 'disk' is writable but does not support snapshots: start with -snapshot"],
    'savevm, but the image is written')
is_(g.ask('migrate file:moved'), [], 'migrate')
g.close()
g = Guest('-incoming', 'file:moved', argv=DISKS)
g.s.send(b'echo ans""wer >/dev/vda; sync; echo wr""itten\n')
g.s.expect(b'written')
g.close()
is_(slurp('image')[:7], b'answer\n', '-incoming goes on with the same image')
refused('moved: image is another image or has been written since', *DISKS, '-incoming', 'file:moved')
done()
