#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
# needs: program linux arm-linux-gnueabi-as
#
# On a terminal: raw mode, restored on every way out; the keys of Ctrl-A; job control.
from lib import *

busy = [program('tail'), '-kernel', assemble(ECHO, 'busy')]
idle = [program('tail'), *linux()]


def is_raw(s):
    iflag, _, _, lflag = s.modes()[:4]
    return not lflag & (termios.ICANON | termios.ECHO | termios.ISIG | termios.IEXTEN) and \
        not iflag & (termios.ICRNL | termios.IXON)


def start(name, argv, **session):
    s = Session(argv, **session)
    s.expect(b'>$' if argv is busy else PROMPT)
    ok(is_raw(s), name + ': raw mode')
    return s


def ended(name, s, status):
    is_(s.wait(20), status, '%s: status %d' % (name, status))
    is_(s.modes(), s.cooked, name + ': the terminal as it was')
    s.close()


for argv, guest in (busy, 'busy'), (idle, 'idle'):
    name = 'Ctrl-A x, %s guest' % guest
    s = start(name, argv)
    s.send(CTRL_A + b'x')
    ended(name, s, 0)
    for sig in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT, signal.SIGABRT,
                signal.SIGSEGV):
        name = '%s, %s guest' % (sig.name, guest)
        s = start(name, argv)
        os.kill(s.p.pid, sig)
        ended(name, s, -sig)

# Every other signal that would end a program, by name and by number.
NO_END = {'SIGCHLD', 'SIGCONT', 'SIGURG', 'SIGWINCH', 'SIGPIPE', 'SIGXFSZ'}
STOPS = {'SIGTSTP', 'SIGTTIN', 'SIGTTOU'}
names = {sig: sig.name if isinstance(sig, signal.Signals) else 'signal %d' % sig
         for sig in sorted(signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP})}
for sig, name in names.items():
    if name not in NO_END | STOPS:
        s = start(name, busy)
        os.kill(s.p.pid, sig)
        ended(name, s, -sig)
s = start('signals that end nothing', busy)
for sig, name in names.items():
    if name in NO_END:
        os.kill(s.p.pid, sig)
        s.send(b'.')
        s.expect(rb'\.')
        ok(is_raw(s), name + ' changes nothing')
s.send(CTRL_A + b'x')
ended('signals that end nothing', s, 0)

# A terminal that is not the controlling one: a container's, a serial line's.
for name, end, status in (('Ctrl-A x', lambda s: s.send(CTRL_A + b'x'), 0),
                          ('SIGTERM', lambda s: os.kill(s.p.pid, signal.SIGTERM), -signal.SIGTERM),
                          ('SIGABRT', lambda s: os.kill(s.p.pid, signal.SIGABRT), -signal.SIGABRT)):
    name += ', not the controlling terminal'
    s = start(name, busy, controlling=False)
    end(s)
    ended(name, s, status)

# The terminal itself goes away.
s = start('hang-up', busy)
os.close(s.slave)
os.close(s.master)
s.slave = None
is_(s.p.wait(20), -signal.SIGHUP, 'hang-up: ends')
s.close()

s = Session(['sh', '-c', 'trap "" HUP; exec "$@"', 'sh', *busy])
s.expect(b'>$')
os.kill(s.p.pid, signal.SIGHUP)
s.send(b'z')
s.expect(b'z')
ok(s.p.poll() is None, 'SIGHUP is ignored if it was (nohup)')
s.send(CTRL_A + b'x')
ended('Ctrl-A x after an ignored SIGHUP', s, 0)

# Errors: before the run, and while it runs.
s = Session([program('tail'), '-kernel', '/nowhere'])
ended('an error at the start', s, 1)
like(s.out, r'\Atqemu: /nowhere: .*\r\n\Z', 'an error at the start: the message')
s = Session([*busy, '-serial', 'stdio', '-d', 'in_asm', '-D', '/dev/full'])
ended('an error while it runs', s, 1)
like(s.out, r'^tqemu: -D: /dev/full: .*\r$', 'an error while it runs: the message')
s = Session(['sh', '-c', '"$@" | head -c 1', 'sh', *busy])
s.expect(b'>')
ok(is_raw(s), 'output into a pipe: raw mode')
s.send(b'xxx')
s.wait()
is_(s.modes(), s.cooked, 'a closed pipe: the terminal is restored')
like(s.out, r'\A>tqemu: stdout: Broken pipe: .*\n\Z', 'a closed pipe: the message')
s.close()

# Keys. What means something to a terminal in its usual modes goes to the guest.
with Session(busy) as s:
    s.expect(b'>$')
    for keys, answer, name in [
            (CTRL_A + CTRL_A, b'\x01', 'Ctrl-A Ctrl-A sends one Ctrl-A'),
            (CTRL_A + b'b', b'\0', 'Ctrl-A b sends a break'),
            (CTRL_A + b'qy', b'y', 'Ctrl-A and another key sends nothing'),
            (b'\x03\x1a\x1c\x13\x11\x04\x0f\x16\x7f', b'\x03\x1a\x1c\x13\x11\x04\x0f\x16\x7f',
             'Ctrl-C, Ctrl-Z, Ctrl-\\ and the like go to the guest'),
            (b'\r', b'\r', 'Enter sends a carriage return'),
            (b'\xc3\xa4', b'\xc3\xa4', 'bytes above 127')]:
        before = len(s.out)
        s.send(keys)
        s.until(lambda: len(s.out) >= before + len(answer), 10)
        s.until(lambda: False, 0.2)
        is_(s.out[before:], answer, name)
    before = len(s.out)
    s.send(CTRL_A + b'h')
    s.until(lambda: len(s.out) > before + 100, 10)
    shown = s.out[before:]
    for key in 'x', 'h', 'b', 'Ctrl-A':
        like(shown, r'^Ctrl-A %s +\w' % key, 'Ctrl-A h shows Ctrl-A ' + key)
    s.send(CTRL_A + b'x')
    is_(s.wait(20), 0, 'Ctrl-A x after all other keys ends the run')

# Started in the background by a shell whose line editor has the terminal in modes of its own:
# the modes to put back are those of the time when it comes to the foreground.
SHELL = '''
import os, signal, sys, termios
signal.signal(signal.SIGTTOU, signal.SIG_IGN)
cooked = termios.tcgetattr(0)
editing = termios.tcgetattr(0)
editing[3] &= ~(termios.ICANON | termios.ECHO)
termios.tcsetattr(0, termios.TCSANOW, editing)
pid = os.fork()
if pid == 0:
    os.setpgid(0, 0)
    signal.signal(signal.SIGTTOU, signal.SIG_DFL)
    os.execv(sys.argv[1], sys.argv[1:])
os.waitpid(pid, os.WUNTRACED)
termios.tcsetattr(0, termios.TCSANOW, cooked)
os.tcsetpgrp(0, pid)
os.kill(pid, signal.SIGCONT)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
'''
s = Session([sys.executable, '-c', SHELL, *busy])
s.expect(b'>$')
ok(is_raw(s), 'from the background to the foreground: raw mode')
s.send(CTRL_A + b'x')
ended('from the background to the foreground, and Ctrl-A x', s, 0)

# Job control, by a shell as a person has it.
with Session(['sh', '-i'], env={**os.environ, 'PS1': 'host$ '}) as s:
    s.expect(rb'host\$ $')
    shell_modes = s.modes()
    s.send(' '.join("'%s'" % word for word in busy).encode() + b'\n')
    s.expect(b'>$')
    ok(is_raw(s), 'under a shell: raw mode')
    pid = int(slurp('/proc/%d/task/%d/children' % (s.p.pid, s.p.pid)))
    for sig in signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU:
        os.kill(pid, sig)
        ok(s.until(lambda: not is_raw(s), 20), sig.name + ': the terminal is no longer raw')
        s.expect(rb'host\$ $')
        is_(s.modes(), shell_modes, sig.name + ': stopped, the terminal is restored')
        s.send(b'fg\n')
        ok(s.until(lambda: is_raw(s), 20), 'fg: raw mode again')
        s.send(b'@')
        s.expect(b'@')
        ok(True, 'fg: the guest continues')
    os.kill(pid, signal.SIGSTOP)
    s.expect(rb'host\$ $')
    s.send(b'stty sane\n')
    s.expect(rb'host\$ $')
    ok(not is_raw(s), 'SIGSTOP: the shell can set the terminal')
    s.send(b'fg\n')
    ok(s.until(lambda: is_raw(s), 20), 'fg after that: raw mode again')
    s.send(CTRL_A + b'x')
    s.expect(rb'host\$ $')
    s.send(b'echo status $?\n')
    s.expect(rb'status (\d+)\r\n')
    like(s.out, r'^status 0\r$', 'back in the shell with status 0')
    is_(s.modes()[:4], shell_modes[:4], 'back in the shell with the terminal restored')

# While the monitor has stopped the CPU, the guest's time stands still.
for more in [], ['-icount', '3,sleep=on']:
    with Session([program('tail'), *linux(XIP, *more)]) as g:
        g.prompt()
        before = float(g.command('cat /proc/uptime')[0].split()[0])
        g.send(CTRL_A + b'cstop\r')
        g.expect(rb'stop\r+\n\(qemu\) ')
        time.sleep(3)
        g.send(b'cont\r' + CTRL_A + b'c')
        g.expect(rb'cont\r+\n\(qemu\) ')
        after = float(g.command('cat /proc/uptime')[0].split()[0])
        ok(after - before < 1, 'stop in the monitor stops virtual time %s' % ' '.join(more), after - before)
        is_(g.command('sleep 1; echo slept'), ['slept'], 'and cont starts it')
        g.send(b'poweroff -f\n')
        is_(g.wait(), 0, 'the guest ends as ever')
done()
