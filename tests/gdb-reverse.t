#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
# needs: program iso linux gdb-multiarch arm-linux-gnueabi-gcc
#
# Reverse execution: gdb goes back in a replay of a bare-metal program (tests/gdb/reverse.c) and finds what it looks for;
# at any instruction that it goes to, registers and memory are those of the first time; then the same with Linux.
import os
import random

from rsp import *

ELF = temp('reverse.elf')
subprocess.run(['arm-linux-gnueabi-gcc', '-march=armv5te', '-marm', '-mfloat-abi=soft', '-ffreestanding', '-g', '-O1',
                '-fno-inline', '-nostdlib', '-static', '-no-pie', '-Wl,--build-id=none,-Ttext=0x10000,-z,noexecstack', '-o',
                ELF, 'tests/gdb/reverse.c'], check=True)
LOG = temp('reverse.log')
MACHINE = ['-m', '1', '-monitor', 'none', '-kernel', ELF, '-d', 'digest:1000000']
random.seed(int(os.environ.get('SEED', time.time())))


def counted(mode, log=LOG):
    return ['-icount', 'shift=0,rr=%s,rrfile=%s' % (mode, log)]


r = run([program('tail'), *MACHINE, *counted('record'), '-D', temp('digests')], stdin=b'keys that were typed')
OUTPUT, DIGESTS = r.out, slurp(temp('digests'))
ok(r.status == 0 and OUTPUT.endswith(b'00000bad\n') and len(DIGESTS.split(b'\n')) > 20, 'a program is recorded',
   r.err, OUTPUT[-50:])

# -- gdb --

SCENARIOS = [
    ('the end', 'continue\nx/i $pc', r'No more reverse-execution history.*<end\+4>'),
    ('who wrote this word?', 'watch victim\nreverse-continue\nx/i $pc\nprint victim\nbacktrace 2\nprint/x *p',
     r'Old value = 2989\nNew value = 7\n.*wild.*str\t.*= 7\n#0.*wild \(p=.*#1.*one \(.*=123\).*= 0x7\n'),
    ('and who before?', 'reverse-continue\np/x $pc', r'No more reverse-execution history.*= 0x10000\n'),
    ('forwards to the same', 'continue\nprint rounds', r'Old value = 7\nNew value = 2989\n.*= 123\n'),
    ('back over it', 'reverse-continue\nprint rounds\nprint victim', r'Old value = 2989\nNew value = 7\n.*= 123\n.*= 7\n'),
    ('a breakpoint', 'delete\nbreak service\nreverse-continue\nprint n\nprint rounds',
     r'Breakpoint \d+, service \(.*=123\).*= 123\n.*= 123\n'),
    ('the one before', 'reverse-continue\nprint n', r'Breakpoint \d+, service \(.*=122\).*= 122\n'),
    ('a condition', 'delete\nbreak service if n == 5\nreverse-continue\nprint rounds', r'service \(.*=5\).*= 5\n'),
    ('the way out of a function', 'reverse-finish\nx/i $pc', r'bl\t0x.*<service>'),
    ('steps back over a call of the system',
     'delete\ntbreak *svc_entry+4\ncontinue\nx/i $pc\nreverse-stepi\nx/i $pc\nreverse-stepi\nreverse-stepi\nx/i $pc\n'
     'p/x $cpsr & 0x1f',
     r'movs\tpc, lr.*add\tr0, r0, #100.*svc\t0x00000001.*= 0x1f\n'),
    ('and forwards again', 'stepi\nx/i $pc\nstepi\nstepi\nx/i $pc', r'=> 0x8:.*svc_entry\+4>:\tmovs\tpc, lr'),
    ('Thumb code: back to a BL',
     'tbreak twice\ncontinue\np n\nreverse-stepi\nx/i $pc\nreverse-stepi\nx/i $pc\np/x $cpsr & 0x20\nstepi\nstepi\nx/i $pc',
     r'twice \(.*=6\).*= 6\n.*=> .*<thumb\+\d>:\tbl\t.*<twice>.*=> .*<thumb.*= 0x20\n.*=> .*<twice>'),
    ('lines back', 'tbreak one if n == 20\ncontinue\nnext\nnext\nreverse-next\nreverse-step\ninfo symbol $pc\nreverse-finish',
     r'Temporary breakpoint.*thumb.*twice|thumb.*in section'),
    ('an interrupt, and back out of it',
     'tbreak *irq_entry+4\ncontinue\np/x $cpsr & 0x1f\nreverse-stepi\np/x $cpsr & 0x1f\nreverse-stepi\np/x $cpsr & 0x1f\n'
     'stepi\nstepi\nx/i $pc\np/x $cpsr & 0x1f',
     r'= 0x12\n.*= 0x1.\n.*= 0x1f\n'),
    ('a breakpoint on the vector of interrupts', 'tbreak *0x18\ncontinue\np/x $pc\np irqs\nset $n = irqs\ntbreak *0x18\n'
     'reverse-continue\np/x $pc\np $n - irqs', r'= 0x18\n.*= 0x18\n.*= 1\n'),
    ('a read', 'rwatch victim\ncontinue\nx/i $pc\ncontinue\nreverse-continue\nx/i $pc\ninfo symbol $pc',
     r'read watchpoint.*Value = 2989.*<finished\+16>.*No more.*Value = 2989\n.*<finished\+12>:\tldr\t'),
    ('to the beginning', 'delete\nreverse-continue\np/x $pc\np rounds\nreverse-stepi\np/x $pc',
     r'No more reverse-execution history.*= 0x10000\n.*= 0\n.*No more.*= 0x10000\n'),
    ('a write of gdb\'s, gone when it goes back', 'tbreak one if n == 2\ncontinue\nset var keys = 99\nstepi\np keys\n'
     'reverse-stepi\nreverse-stepi\np keys', r'= 99\n.*= 0\n'),
    ('to the end again', 'continue\np/x victim\nmonitor info replay', r'No more.*= 0xbad\n.*Replaying execution .*count = '),
    ('a detach in the past', 'tbreak one if n == 300\nreverse-continue\np rounds\ndetach', r'rounds.*one|= 299\n'),
]
GDB = ['gdb-multiarch', '-q', '-nx', '-batch', '-ex', 'set confirm off', '-ex', 'set pagination off', '-ex',
       'set style enabled off', '-ex', 'set width 0']


def keep_on(commands):
    """An error ends the commands of a file: each is tried by itself."""
    return ''.join('python\ntry:\n  gdb.execute(%r)\nexcept gdb.error as e:\n  print(e)\nend\n' % c
                   for c in commands.split('\n'))


def debug(variant):
    """What gdb says in each scenario; the serial port's output; the digests."""
    text, digests = temp('text'), temp('replayed')
    for path in text, digests:
        temp(path, b'')
    argv = [program(variant), *MACHINE, *counted('replay'), '-D', digests, '-serial', 'file:' + text, '-S', '-gdb', 'stdio']
    script = temp('commands', ('target remote | exec %s 2>%s\n' % (' '.join("'%s'" % a for a in argv), temp('errors')) + ''.join(
        'echo \\001\\n\n' + keep_on(commands) for _, commands, _ in SCENARIOS)).encode())
    out = run([*GDB, '-x', script, ELF], stderr=subprocess.STDOUT, timeout=100).out.decode('latin-1')
    for _ in range(200):  # detached, it runs on to its end
        if slurp(text) == OUTPUT:
            break
        time.sleep(0.05)
    return out.split('\1')[1:], slurp(text), slurp(digests)


for variant in 'tail', 'iso':
    said, text, digests = debug(variant)
    is_(len(said), len(SCENARIOS), variant + ': gdb goes through all scenarios')
    for (name, commands, pattern), answer in zip(SCENARIOS, said):
        like(answer, '(?s)' + pattern, variant + ': ' + name)
    is_(text, OUTPUT, variant + ': what the program wrote has come once')
    is_(set(digests.split(b'\n')), set(DIGESTS.split(b'\n')), variant + ': and it was in the same states all the time')
    is_(slurp(temp('errors')), b'', variant + ': without an error')

# -- Packets --


class Server(Rsp):
    """A program with a gdb server on a socket of this host, and a client of it, which may ask its monitor."""

    def __init__(self, argv, out=None):
        path = temp('gdb-socket')
        if os.path.exists(path):
            os.remove(path)
        self.process = subprocess.Popen([program('tail'), *argv, '-S', '-gdb', 'unix:%s,server=on,wait=off' % path],
                                        stdin=subprocess.DEVNULL, stdout=open(out or os.devnull, 'wb'),
                                        stderr=open(temp('server-errors'), 'wb'))
        super().__init__(path)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
        self.process.kill()
        self.process.wait()

    def monitor(self, command):
        self.send('qRcmd,' + command.encode().hex())
        text = b''
        while (answer := self.take()) not in (b'OK', None) and answer[:1] == b'O':
            text += bytes.fromhex(answer[1:].decode())
        return text.decode('latin-1')

    def at(self):
        return int(self.monitor('info replay').split('count = ')[1])

    def state(self, *ranges):
        """Registers and memory."""
        return self.ask('g'), self.monitor('info registers'), [self.ask('m%x,%x' % r) for r in ranges]


def symbol(name):
    text = subprocess.run(['arm-linux-gnueabi-nm', ELF], check=True, stdout=subprocess.PIPE).stdout.decode()
    return int(re.search(r'(\w+) \w %s\n' % name, text)[1], 16)


BEGIN, END = 'T05thread:01;replaylog:begin;', 'T05thread:01;replaylog:end;'
with Server(MACHINE) as g:
    ok('Reverse' not in g.ask('qSupported'), 'without a log nothing goes back')
    is_((g.ask('bs'), g.ask('bc')), ('E22', 'E22'), 'and the answer is an error')
    is_([g.monitor(c) for c in ('info replay', 'replay_seek 5', 'replay_break 5', 'replay_delete_break')],
        ['Record/replay is not active\r\n', 'replay must be enabled to seek\r\n',
         'setting the breakpoint is allowed only in play mode\r\n',
         'replay breakpoints are allowed only in play mode\r\n'], 'nor does the monitor')


def there_and_back(argv, ranges, count, steps, name):
    """States at random instructions, on the way up, then in any order, each with steps back and forth; the digests."""
    with Server([*argv, '-D', temp('replayed')], out=temp('text')) as g:
        ok(g.ask('qSupported').endswith(';ReverseStep+;ReverseContinue+'), name + ': a replay goes back')
        is_((g.ask('bs'), g.ask('bc'), g.at()), (BEGIN, BEGIN, 0), name + ': not from its beginning')
        is_((g.ask('c'), g.ask('c'), g.ask('s')), (END, END, END), name + ': to its end')
        last = g.at()
        places = sorted(random.sample(range(100, last), count))
        is_((g.ask('bc'), g.at()), (BEGIN, 0), name + ': and back to its beginning')
        states = []
        for n in places:
            is_((g.monitor('replay_seek %d' % n), g.at()), ('', n), name + ': to %d' % n)
            states.append(g.state(*ranges))
        order = list(zip(places, states))
        random.shuffle(order)
        bad = []
        for n, state in order:
            g.monitor('replay_seek %d' % n)
            back = random.randrange(1, steps)
            good = g.at() == n and g.state(*ranges) == state
            good = good and [g.ask('bs') for _ in range(back)] == ['T05thread:01;'] * back and n - 2 * back <= g.at() <= n - back
            while g.at() < n:
                g.ask('s')
            if not good or g.at() != n or g.state(*ranges) != state:
                bad.append((n, back, g.at()))
        is_(bad, [], name + ': the states are those of the first time')
        is_((g.monitor('replay_break %d' % (last - 1)), g.ask('c'), g.at()), ('', 'T02thread:01;', last - 1), name + ': replay_break')
        like(g.monitor('replay_break 10'), 'cannot set breakpoint at the instruction in the past', name + ': not in the past')
        is_((g.ask('c'), g.ask('D')), (END, 'OK'), name + ': to the end, and left')
        is_(g.process.wait(timeout=TIMEOUT), 0, name + ': which ends the run')
    return set(slurp(temp('replayed')).split(b'\n')), slurp(temp('text'))


is_(there_and_back([*MACHINE, *counted('replay')], [(0, 0x40), (symbol('irqs') & ~0xff, 0x200), (0x9ff00, 0x100)], 25, 300,
                   'a program'), (set(DIGESTS.split(b'\n')), OUTPUT), 'with the same output and digests')

with Server([*MACHINE, *counted('replay')]) as g:
    # A breakpoint that is hit all the time, and searches that gdb stops.
    for address in symbol('one'), symbol('twice'), 0x18:
        g.ask('Z0,%x,4' % address)
    stops = []
    while (answer := g.ask('c')) == 'T05thread:01;' and len(stops) < 2000:
        stops.append((g.at(), g.word(15)))
        g.ask('s')  # gets past it
    is_(answer, END, 'all stops of a run')
    back = []
    while (answer := g.ask('bc')) == 'T05thread:01;' and len(back) < 2000:
        back.append((g.at(), g.word(15)))
    is_((answer, back[::-1] == stops, len(stops) > 800), (BEGIN, True, True), 'are met on the way back')
    g.ask('?')  # takes the points away
    g.ask('Z2,%x,4' % symbol('rounds'))
    g.ask('Z0,%x,4' % symbol('finished'))
    while g.ask('c') != 'T05thread:01;':
        g.ask('z2,%x,4' % symbol('rounds'))
    is_(g.word(15), symbol('finished'), 'to the last function')
    g.ask('Z2,%x,4' % symbol('rounds'))
    answers = [(g.ask('bc'), g.ask('bs'), g.ask('m%x,4' % symbol('rounds'))) for _ in range(3)]
    is_(answers, [('T05thread:01;watch:%08x;' % symbol('rounds'), 'T05thread:01;', '%02x%02x0000' % (n & 255, n >> 8))
                  for n in (399, 398, 397)], 'writes, and a step back over each')
    is_((g.ask('bc'), g.ask('bc')), ('T05thread:01;watch:%08x;' % symbol('rounds'),) * 2, 'without the step')
    is_(g.ask('m%x,4' % symbol('rounds')), '8c010000', 'the next one is found, too')
    g.ask('?')
    g.send('bc')
    g.raw(b'\x03')
    ok(g.take() in (b'T02thread:01;', BEGIN.encode()), 'Ctrl-C in a search')
    is_(g.ask('c'), END, 'and on')
    is_(g.ask('vCont;s'), END, 'no step leads past the end')

# -- Steps of a run that is recorded --

LOG2 = temp('stepped.log')
with Server([*MACHINE, *counted('record', LOG2), '-D', temp('stepped')], out=temp('recorded-text')) as g:
    is_((g.ask('qqemu.sstepbits'), g.ask('qqemu.sstep'), g.ask('Qqemu.sstep=7')), ('ENABLE=1', '0x1', 'E22'),
        'steps take interrupts where they are')
    g.ask('Z0,18,4')
    for _ in range(5):
        is_(g.ask('c'), 'T05thread:01;', 'an interrupt')
        is_(set(g.ask('s') for _ in range(50)), {'T05thread:01;'}, 'steps')
    g.ask('?')
    g.send('vCont;c')
    for _ in range(400):
        time.sleep(0.02)
        if slurp(temp('recorded-text')).endswith(b'bad\n'):
            break
    g.ask('vKill;1')
    g.process.wait()
r = run([program('tail'), *MACHINE, *counted('replay', LOG2), '-D', temp('replayed')])
is_((r.status, r.out), (0, slurp(temp('recorded-text'))), 'a run with steps is replayed')
ok(slurp(temp('replayed')) == slurp(temp('stepped')), 'in the same states')

# -- A log that was cut off: its end is one, too --

cut = temp('cut.log', slurp(LOG)[:48 + 32 * 5])
with Server([*MACHINE, *counted('replay', cut)]) as g:
    is_((g.ask('c'), g.ask('bc'), g.at(), g.ask('c')), (END, BEGIN, 0, END), 'a log that was cut off')
like(slurp(temp('server-errors')).decode(), 'rrfile: .*ends here, where the recording was cut off', 'with a message')

# -- Linux --

LINUX = [*linux(), '-m', '32', '-d', 'digest:20000000', '-monitor', 'none', '-device', 'virtio-rng-pci']
r = run([program('tail'), *LINUX, *counted('record', temp('linux.log')), '-D', temp('linux.digests')],
        stdin=b'head -c 16 /dev/urandom | md5sum; poweroff -f\n')
ok(r.status == 0 and b'System halted' in r.out, 'Linux is recorded', r.err, r.out[-300:])
ranges = [(a, 0x100) for a in (0xc0008000, 0xc0400000, 0xc0500000)]
is_(there_and_back([*LINUX, *counted('replay', temp('linux.log'))], ranges, 5, 100, 'Linux'),
    (set(slurp(temp('linux.digests')).split(b'\n')), r.out), 'with the same output and digests')
done()
