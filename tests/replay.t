#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
# needs: program loop switch clang iso san linux
#
# -icount rr=record and rr=replay: what comes from outside, at any moment, is logged, and a replay has the same output and
# the same state of the machine at every step, in any variant of the program, whatever its own input.
import os
import random
import struct

os.environ['O'] = os.path.abspath(os.environ.get('O', 'build'))
from lib import *

os.chdir(scratch)
random.seed()
# A program that sleeps until a key comes on either port, and prints it and the time; after 'p' it polls for one. From 'B'
# to 'S' it is busy, and prints how far it has come.
IMAGE = compile_guest(r"""
#define UART1(offset) REG(0x101f2000 + (offset))
static volatile unsigned busy, rounds;
static void print(unsigned value)
{
    for (int shift = 28; shift >= 0; shift -= 4) {
        put("0123456789abcdef"[value >> shift & 15]);
    }
    put('\n');
}
static void text(const char *p)
{
    while (*p) {
        put(*p++);
    }
}
void setup(void)
{
    LCRH = UART1(0x2c) = 0x70;
    CR = UART1(0x30) = 0x301;
    IMSC = UART1(0x38) = RX | RT | 0x200; /* breaks, too */
    VICINTENABLE = 1 << 12 | 1 << 13;
    text("Welcome\n");
}
static void poll(void)
{
    while (UART1(0x18) & RXFE) {
    }
    print(UART1(0) | 0x20000000);
}
void irq(void)
{
    while (!(FR & RXFE)) {
        unsigned key = DR;
        print(key);
        print(REG(0x1000005c)); /* SYS_24MHZ */
        if (busy) {
            print(rounds | 0x80000000);
        }
        if (key == 'B' || key == 'S') {
            busy = key == 'B';
        } else if (key == 'q') {
            text("System halted");
            VICINTENABLE = 0;
            REG(0x10140014) = ~0u; /* VICINTENCLEAR */
        } else if (key == 'p') {
            poll();
        }
    }
    while (!(UART1(0x18) & RXFE)) {
        print(UART1(0) | 0x10000000);
        print(REG(0x1000005c));
    }
    ICR = UART1(0x44) = 0x7ff;
}
void program(void)
{
    for (;;) {
        if (busy) {
            rounds = (rounds + 1) & 0x7fffffff;
        } else {
            WFI;
        }
    }
}
""")
DIGESTS = ['-m', '1', '-d', 'digest:200000']
KERNEL = ['-kernel', IMAGE]


def options(mode, log='rr.log'):
    return ['-icount', 'shift=3,rr=%s,rrfile=%s' % (mode, log), *DIGESTS]


# -- A recording: keys at any moment, peers on a second port that come, talk and go, resets by the monitor --

PORT = port()
PEER = ['-serial', 'stdio', '-serial', 'telnet:127.0.0.1:%d,server=on,wait=off' % PORT]
g = Guest('-D', 'recorded', argv=[*KERNEL, *options('record'), *PEER])
g.s.expect(b'Welcome')
for n in range(3):
    peer = connect(('127.0.0.1', PORT))
    for m in range(29):  # after each 'p' there is more
        time.sleep(random.random() * 0.005)
        g.s.send(b'key p'[m % 5:m % 5 + 1])
        peer.sendall(b'line %d\r\n' % m)
        if m % 10 == 5:
            peer.sendall(b'\xff\xf3')  # a break
    g.s.send(b'B')
    for m in range(10):
        g.s.send(b'busy'[m % 4:m % 4 + 1])
        time.sleep(random.random() * 0.002)
    g.s.send(b'S')
    g.s.send(bytes(range(ord('r'), ord('z'))) * 20)
    g.s.expect(b'00000053\r?\n.*00000079\r?\n')
    peer.close()
    is_(g.ask('loadvm any'), ['Error: loadvm cannot be used with -icount rr='], 'loadvm is refused')
    g.ask('stop')
    if n == 1:
        g.ask('system_reset')
    g.ask('cont')
    if n == 2:
        g.ask('system_reset')
    if n:
        g.s.expect(b'Welcome')
g.s.send(b'q')
is_(g.end(), 0, 'a run is recorded')
output, digests = g.s.out, slurp('recorded')
ok(digests.count(b'\n') > 10 and output.count(b'Welcome') == 3, 'with digests, and resets', digests[-200:])
ok(b'\n1000006c' in output and b'\n200000' in output and b'\n10000400' in output,
   'with interrupts, polls and breaks', output[-300:])
ok(len(set(re.findall(rb'\n[89a-f][0-9a-f]{7}', output))) > 3, 'and with keys while it was busy', output[-300:])


def replay(variant, log='rr.log', *more):
    return run([program(variant), *KERNEL, *options('replay', log), *PEER, '-D', 'replayed', *more], stdin=b'mine')


for variant in 'tail', 'loop', 'switch', 'clang', 'iso', 'san':
    if variant == 'iso':  # it has no sockets: the log has what came
        r = run([program(variant), *KERNEL, *options('replay'), '-serial', 'stdio', '-serial', 'null', '-D', 'replayed'])
    else:
        r = replay(variant)
    is_((r.status, r.err), (0, b''), variant + ': replays it')
    is_(r.out, output, variant + ': with the same output')
    ok(slurp('replayed') == digests, variant + ': in the same state at every step')
r = replay('tail', 'rr.log', '-singlestep')
ok(r.out == output and slurp('replayed') == digests, 'an instruction at a time, too')
r = replay('tail', 'rr.log', '-d', 'digest:7777')
is_((r.status, r.out), (0, output), 'in slices of another length, too')

# -- The monitor stops a replay, which goes on --

g = Guest('-D', 'replayed', argv=[*KERNEL, *options('replay'), *PEER])
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
ok(output.startswith(r.out) and len(r.out) > 100, 'is replayed up to there', r.out[-300:])


def refused(why, argv):
    r = run([program('tail'), *argv])
    ok(r.status == 1 and why in r.err.decode() and not r.out, 'refused: ' + why, r.status, r.err, r.out[:100])


image = slurp(IMAGE)
refused('rrfile: %s: is the same file as -kernel %s' % (IMAGE, IMAGE), KERNEL + options('record', IMAGE))
refused('is the same file as -icount rrfile=rr.log', KERNEL + options('replay') + PEER + ['-D', 'rr.log'])
refused('none: cannot be opened', ['-kernel', 'none', *options('record')])
ok(slurp(IMAGE) == image and slurp('rr.log') == log, 'and the files are as they were')
temp('none.log', b'a text')
refused('rrfile: none.log: is no log of -icount rr=record', KERNEL + options('replay', 'none.log') + PEER)
temp('short.log', log[:30])
refused('rrfile: short.log: is no log', KERNEL + options('replay', 'short.log') + PEER)
refused('rrfile: no/such: No such file or directory', KERNEL + options('record', 'no/such'))
OTHER = 'is of another machine: give it the options and files that it was recorded with'
refused(OTHER, ['-kernel', temp('other.bin', slurp(IMAGE) + b'more'), *options('replay'), *PEER])
refused(OTHER, KERNEL + options('replay') + PEER + ['-m', '64'])
refused(OTHER, KERNEL + options('replay') + PEER + ['-cpu', 'arm1026'])
refused('was recorded with another shift', KERNEL + PEER + ['-icount', 'shift=2,rr=replay,rrfile=rr.log', '-m', '1'])
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
for n in range(20):
    damaged = bytearray(log)
    damaged[random.randrange(48, len(log))] ^= 1 << random.randrange(8)
    temp('damaged.log', bytes(damaged))
    r = run([program('tail'), *KERNEL, *options('replay', 'damaged.log'), *PEER, '-D', 'replayed'])
    good += r.status == 0 and not r.err or r.status == 1 and bool(re.fullmatch(
        rb'tqemu: -icount: rrfile: damaged.log: (does not fit|ends here)[^\n]*\n', r.err))
is_(good, 20, 'a log with a wrong bit is replayed, or the run ends where it does not fit')

# -- Linux --

LINUX = [*linux(), '-m', '32', '-d', 'digest:20000000', '-device', 'virtio-rng-pci']
r = run([program('tail'), *LINUX, '-icount', 'shift=0,rr=record,rrfile=linux.log', '-D', 'recorded'],
        stdin=b'head -c 16 /dev/urandom | md5sum; date; cat /proc/interrupts; poweroff -f\n')
ok(r.status == 0 and b'System halted' in r.out, 'Linux is recorded', r.err, r.out[-300:])
for variant in 'tail', 'loop':
    again = run([program(variant), *LINUX, '-icount', 'shift=0,rr=replay,rrfile=linux.log', '-D', 'replayed'])
    ok((again.status, again.out, slurp('replayed')) == (0, r.out, slurp('recorded')), variant + ': and replayed')
done()
