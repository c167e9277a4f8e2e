#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
# needs: program loop clang iso linux
#
# Linux on every variant of the program, used as a person would use it: both kernels, commands in
# the shell, an editor, the clocks, and the ways to end.
from lib import *

# What is typed, and what must come back. On a terminal top may read keys; it would take what comes
# after it on a pipe.
SESSION = [
    ('uname -a', r'^Linux tqemu 6\.1\.\d+ .* armv5tejl GNU/Linux$'),
    ('cat /proc/cpuinfo', r'^model name\s*: ARM926EJ-S rev 5 \(v5l\)$'),
    ('cat /proc/cpuinfo', r'^Hardware\s*: ARM-Versatile \(Device Tree Support\)$'),
    ('ps', r'^ *1 root .* \{?init\}?'),
    ('top -n1 </dev/null', r'Mem: \d+K used, \d+K free'),
    ('for i in 1 2 3; do echo item $i; done', r'^item 1\nitem 2\nitem 3$'),
    ('seq 1 100 | grep 7 | wc -l', r'^19$'),
    ('echo $((6*7))', r'^42$'),
    ('hwclock -u', r'^\w+ \w+ .* 20\d\d .* seconds$'),
    ('dmesg | grep -ciE "warning|bug:|stall|oops|panic"', r'^0$'),
]

# Keys for vi, and what it shows after them. What follows Esc at once would not be a key of its own.
VI = [
    (b'vi /tmp/note\n', rb'- /tmp/note 1/1'),
    (b'ihello wrold', rb'\x1b\[1;12H'),
    (b'\x1b', rb'- /tmp/note \[Modified\]'),
    (b'0wcwworld', rb'\x1b\[1;12H'),
    (b'\x1b', rb'- /tmp/note \[Modified\]'),
    (b':wq\n', rb'~ # '),
]

TRIES = 5  # a host that stands still for a moment makes a sleep late


def shell(text):
    return '\n'.join(text)


def late(slept):
    """Whether `time sleep 2` says that it took too long."""
    seconds = re.search(r'^real\s+0m (\d+\.\d\d)s$', slept, re.M)
    return seconds and float(seconds[1]) >= 2.2


def check_clocks(name, date, at, slept, seconds):
    ok(abs(int(date) - at) < 5, name + ': the date is the host\'s', date, at)
    like(slept, r'^real\s+0m 2\.[01]\ds$', name + ': sleep 2 takes 2.0 s of the guest\'s time')
    ok(1.95 < seconds < 8, name + ': sleep 2 takes 2 s of the host\'s time', '%.2f s' % seconds)


def check_counters(name, kernel, log):
    n = counters(slurp(log))
    flash = n.get('translated from flash', 0)
    if kernel == XIP:
        ok(flash > 10000, name + ': the kernel executes from flash', n)
    else:
        is_(flash, 0, name + ': nothing executes from flash')
    executed = n['instructions executed']
    ok(executed > 5e6 and n['blocks translated'] < executed / 100, name + ': blocks are reused', n)
    chained = n['exits chained in a page'] + n['exits chained across pages']
    ok(chained > n['blocks translated'], name + ': blocks are chained', n)
    slow = n['slow loads'] + n['slow stores']
    ok(slow < executed / 50, name + ': loads and stores take the fast path', n)


def on_terminal(variant, kernel):
    name = '%s, %s' % (variant, os.path.basename(kernel))
    log = temp('log')
    with Session([program(variant), *linux(kernel, '-d', 'stats', '-D', log)]) as s:
        s.prompt()
        for command, answer in SESSION:
            command = command.replace(' </dev/null', '')
            like(shell(s.command(command)), answer, '%s: %s' % (name, command))
        for keys, answer in VI:
            s.send(keys)
            s.expect(answer)
        is_(s.command('cat /tmp/note'), ['hello world'], name + ': vi')
        date, at = s.command('date +%s')[0], time.time()
        for _ in range(TRIES):
            start = time.monotonic()
            slept = shell(s.command('time sleep 2'))
            seconds = time.monotonic() - start
            if not late(slept):
                break
        check_clocks(name, date, at, slept, seconds)
        s.send(b'poweroff -f\n')
        is_(s.wait(), 0, name + ': poweroff -f gives status 0')
        is_(s.modes(), s.cooked, name + ': the terminal is restored')
    check_counters(name, kernel, log)


def on_pipe(variant, kernel):
    """The same from a script: all input is there from the start."""
    name = '%s on a pipe, %s' % (variant, os.path.basename(kernel))
    keys = '\n'.join(c for c, _ in SESSION).encode() + b'\n'
    keys += b'date +%s\ntime sleep 2\npoweroff -f\n'
    log = temp('log')
    for _ in range(TRIES):
        r = run([program(variant), *linux(kernel, '-d', 'stats', '-D', log)], stdin=pipe_of(keys))
        # Commands are echoed twice: by the kernel as they come, by the shell as it reads them.
        parts = re.split(r'~ # (.*)\n', shell(lines(r.out)).replace('\x1b[6n', ''))
        answers = dict(zip(parts[1::2], parts[2::2]))
        if r.status != 0 or not late(answers.get('time sleep 2', '')):
            break
    is_(r.status, 0, name + ': poweroff -f gives status 0')
    for command, answer in SESSION:
        like(answers.get(command, '').rstrip('\n'), answer, '%s: %s' % (name, command))
    check_clocks(name, answers.get('date +%s', '0'), time.time(), answers.get('time sleep 2', ''),
                 r.seconds)
    check_counters(name, kernel, log)


def reboot(variant):
    with Session([program(variant), *linux()]) as s:
        s.prompt()
        s.command('touch /tmp/here')
        drawn = s.command('head -c 16 /dev/random | md5sum')
        s.send(b'reboot -f\n')
        s.prompt()
        like(shell(s.command('ls /tmp')), r'\A\Z', variant + ': reboot -f reboots')
        again = s.command('head -c 16 /dev/random | md5sum')
        ok(drawn[0] != again[0], variant + ': random numbers are ready at once and differ from run to run')
        s.send(b'poweroff -f\n')
        is_(s.wait(), 0, variant + ': poweroff after that')
    with Session([program(variant), *linux(XIP, '-no-reboot')]) as s:
        s.prompt()
        s.send(b'reboot -f\n')
        is_(s.wait(), 0, variant + ': reboot -f with -no-reboot ends with status 0')


for kernel in XIP, ZIMAGE:
    for variant in 'tail', 'loop', 'clang':
        on_terminal(variant, kernel)
    on_pipe('iso', kernel)
for variant in 'tail', 'loop', 'clang':
    reboot(variant)
done()
