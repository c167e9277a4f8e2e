#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
# needs: program loop switch clang iso san linux
#
# -icount rr=record and rr=replay: what comes from outside, at any moment, is logged, and a replay has the same output and
# the same state of the machine at every step, in any variant of the program, whatever its own input.
import os
import random
import socket
import struct

os.environ['O'] = os.path.abspath(os.environ.get('O', 'build'))
from lib import *

os.chdir(scratch)
random.seed()
DIGESTS = ['-m', '32', '-d', 'digest:3000000']


def options(mode, log='rr.log'):
    return ['-icount', 'shift=3,rr=%s,rrfile=%s' % (mode, log), *DIGESTS]


# -- A recording: keys at any moment, a peer on a second port that comes, talks and goes, a reset by the monitor --

PEER = ['-serial', 'stdio', '-serial', 'unix:peer,server=on,wait=off']
g = Guest('-D', 'recorded', argv=[*linux(), *options('record'), *PEER])
g.s.prompt()
for n in range(4):
    time.sleep(random.random() * 0.05)
    for key in 'seq 1 %d | md5sum; cat /proc/uptime\n' % (100 * n):
        g.s.send(key.encode())
    g.s.prompt()
g.s.send(b'cat /dev/ttyAMA1 &\n')
peer = socket.socket(socket.AF_UNIX)
peer.connect('peer')
for n in range(3):
    peer.sendall(b'line %d\n' % n)
    time.sleep(random.random() * 0.05)
g.s.expect(b'line 2')
peer.close()
g.s.send(b''.join(b'echo %d\n' % n for n in range(99)))
g.s.expect(b'\n98\r\n')
is_(g.ask('loadvm any'), ['Error: loadvm cannot be used with -icount rr='], 'loadvm is refused')
is_(g.ask('stop') + g.ask('cont'), [], 'the machine stops and goes on')
g.ask('system_reset')
g.s.expect(b'Welcome')
g.s.prompt()
g.s.command('head -c 16 /dev/urandom | md5sum; date')
g.s.send(b'sleep 3; cat /proc/interrupts; poweroff -f\n')
is_(g.end(), 0, 'a run is recorded')
output, digests = g.s.out, slurp('recorded')
ok(digests.count(b'\n') > 10 and output.count(b'Welcome') == 2, 'with digests, and a reset', digests[-200:])


def replay(variant, log='rr.log', *more):
    return run([program(variant), *linux(), *options('replay', log), *PEER, '-D', 'replayed', *more], stdin=b'echo mine\n')


for variant in 'tail', 'loop', 'switch', 'clang', 'iso', 'san':
    if variant == 'iso':
        argv = [a for a in PEER if not a.startswith('unix:')]  # it has no sockets: the log has what came
        r = run([program(variant), *linux(), *options('replay'), *argv[:-1], '-serial', 'null', '-D', 'replayed'])
    else:
        r = replay(variant)
    is_((r.status, r.err), (0, b''), variant + ': replays it')
    is_(r.out, output, variant + ': with the same output')
    ok(slurp('replayed') == digests, variant + ': in the same state at every step')
r = replay('tail', 'rr.log', '-singlestep')
ok(r.out == output and slurp('replayed') == digests, 'an instruction at a time, too')

# -- The monitor stops a replay, which goes on --

g = Guest('-D', 'replayed', argv=[*linux(), *options('replay'), *PEER])
for n in range(5):
    g.ask('stop')
    time.sleep(0.02)
    g.ask('savevm at%d' % n)
    g.ask('cont')
status = g.s.wait()
is_((status, g.s.out), (0, output), 'stopped and saved, a replay stays the same')
g.close()

# -- Logs that end early, are damaged, or are of another machine --

log = slurp('rr.log')
ok(len(log) > 8000 and len(log) % 32 == 16, 'the log has an event for each byte', len(log))
temp('cut.log', log[:len(log) // 2])
r = replay('tail', 'cut.log')
is_((r.status, r.err), (1, b'tqemu: -icount: rrfile: cut.log: ends here, where the recording was cut off\n'),
    'a log that ends early')
ok(output.startswith(r.out) and len(r.out) > 500, 'is replayed up to there', r.out[-300:])


def refused(why, argv):
    r = run([program('tail'), *argv])
    ok(r.status == 1 and why in r.err.decode() and not r.out, 'refused: ' + why, r.status, r.err, r.out[:100])


temp('none.log', b'a text')
refused('rrfile: none.log: is no log of -icount rr=record', linux() + options('replay', 'none.log') + PEER)
temp('short.log', log[:30])
refused('rrfile: short.log: is no log', linux() + options('replay', 'short.log') + PEER)
refused('rrfile: no/such: No such file or directory', linux() + options('record', 'no/such'))
OTHER = 'is of another machine: give it the options and files that it was recorded with'
refused(OTHER, linux(append=CMDLINE + ' more') + options('replay') + PEER)
refused(OTHER, linux() + options('replay') + PEER + ['-m', '64'])
refused(OTHER, linux(ZIMAGE) + options('replay') + PEER)
refused('was recorded with another shift', linux() + PEER + ['-icount', 'shift=2,rr=replay,rrfile=rr.log', '-m', '32'])
refused('rr: has no file: add rrfile=FILE', ['-icount', 'shift=0,rr=record'])
for what, argv in ('sleep=on', ['-icount', 'shift=0,sleep=on,rr=record,rrfile=x']), \
        ('-rtc clock=host', options('record', 'x') + ['-rtc', 'clock=host']), \
        ('-semihosting', options('record', 'x') + ['-semihosting']), \
        ('-loadvm', options('record', 'x') + ['-loadvm', 'at0']), \
        ('-incoming', options('record', 'x') + ['-incoming', 'file:at0']), \
        ('a drive that is written', options('record', 'x') + ['-drive', 'if=sd,format=raw,file=rr.log']):
    refused('rr: cannot be used with ' + what, argv)
ok(not os.path.exists('x'), 'and no log is begun')
good = 0
for n in range(5):
    damaged = bytearray(log)
    damaged[random.randrange(48, len(log))] ^= 1 << random.randrange(8)
    temp('damaged.log', bytes(damaged))
    r = run([program('tail'), *linux(), *options('replay', 'damaged.log'), *PEER, '-D', 'replayed'])
    good += r.status == 0 and not r.err or r.status == 1 and bool(re.fullmatch(
        rb'tqemu: -icount: rrfile: damaged.log: (does not fit|ends here)[^\n]*\n', r.err))
is_(good, 5, 'a log with a wrong bit is replayed, or the run ends where it does not fit')
done()
