#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
#
# usage: tests/soak.py [SECONDS [ROUNDS]]
#
# The guest Linux works for SECONDS (default: 1800): loops, forks, compression, much memory, sleep,
# floods on the console both ways. All results must be right, the emulator's memory must stay the
# same after a warm-up, the guest's clock must go as the host's, and the kernel must log no
# complaint. Then ROUNDS (default: 4) of the same work with counted time, twice: every byte of
# output and every digest of the machine must be equal. 0 leaves a part out. The environment's O names the build
# directory. `make soak` calls it.
import hashlib
import random

from lib import *

SECONDS = int(sys.argv[1]) if len(sys.argv) > 1 else 1800
ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 4
RAM = 64          # MiB
SHIFT = 3         # with counted time
DRIFT = 0.001     # of the time that has gone by
GROWTH = 1024     # KiB
TRACE = 20000000  # instructions from one digest to the next
COMPLAINTS = r'(?i)warning|\bbug\b|\boops|stall|hung|lockup|call trace|unstable|panic|segfault'

# What the guest's shell knows. Lines are short: the terminal has 80 columns. The shell may have read
# ahead a few bytes of what `take` is to read: they are empty lines.
WORK = r'''
loops() {
  i=0 t=0
  while [ $i -lt $1 ]; do i=$((i + 1)) t=$((t + i * i % 7)); done
  echo $t
}
forks() {
  i=0 t=0
  while [ $i -lt $1 ]; do i=$((i + 1)); (exit $((i % 5))); t=$((t + $?)); done
  echo $t
}
pack() {
  seq $1 $2 | tee /tmp/d | gzip >/tmp/z
  gunzip </tmp/z | md5sum
  md5sum </tmp/d
  rm /tmp/d /tmp/z
}
noise() {
  head -c $1 /dev/urandom >/tmp/n
  gzip </tmp/n | gunzip | cmp - /tmp/n && echo same
  rm /tmp/n
}
crowd() {
  (for i in 1 2 3 4 5; do seq 1 $1 | sort -n | md5sum >/tmp/p$i & done; wait)
  cat /tmp/p? | uniq -c
}
memory() { dd if=/dev/zero of=/dev/null bs=${1}M count=1 2>&1 | grep records; }
pause() { usleep $1; echo slept; }
show() { seq $1 $2; }
take() {
  while read -r l && [ "$l" != begin ]; do :; done
  head -c $1 | md5sum
}
quietly() { stty -echo; take $1; stty echo; }
'''


def md5(data):
    return hashlib.md5(data).hexdigest() + '  -'


def numbers(first, last):
    return b''.join(b'%d\n' % n for n in range(first, last + 1))


def text(size, seed):
    """So many bytes of text in lines."""
    letters = random.Random(seed)
    whole = b''
    while len(whole) < size:
        whole += bytes(letters.choices(range(0x23, 0x7f), k=59)) + b'\n'
    return whole[:size - 1] + b'\n'


def work(n):
    """The commands of round n: each with what it reads, and the lines it must print."""
    draw = random.Random(n)
    some = lambda most: draw.randint(most // 2, most)
    loops, forks, packed, crowd, shown = (some(most) for most in (4000, 80, 30000, 3000, 12000))
    first = draw.randint(1, 1000000)
    jobs = [
        ('loops %d' % loops, b'', [str(sum(i * i % 7 for i in range(1, loops + 1)))]),
        ('forks %d' % forks, b'', [str(sum(i % 5 for i in range(1, forks + 1)))]),
        ('pack %d %d' % (first, first + packed), b'', [md5(numbers(first, first + packed))] * 2),
        ('noise %d' % some(300000), b'', ['same']),
        ('crowd %d' % crowd, b'', ['      5 ' + md5(numbers(1, crowd))]),
        ('memory 28', b'', ['1+0 records in', '1+0 records out']),
        ('pause %d' % some(3000000), b'', ['slept']),
        ('show %d %d' % (first, first + shown), b'', lines(numbers(first, first + shown))[:-1]),
    ]
    for name in 'take', 'quietly':
        data = text(some(40000), n)
        jobs.append(('%s %d' % (name, len(data)), data, [md5(data)]))
    draw.shuffle(jobs)
    return jobs


def typed(command, data):
    """What is typed for a command."""
    return command.encode() + b'\n' + (b'\n' * 40 + b'begin\n' + data if data else b'')


def define(s):
    s.send(b"cat >/root/work <<'.'\n" + WORK.encode() + b'.\n. /root/work\n')
    s.send(b'echo de"fined"\n')
    s.expect(rb'\ndefined\b')
    s.prompt()


def resident(s):
    return int(re.search(rb'VmRSS:\s+(\d+) kB', slurp('/proc/%d/status' % s.p.pid))[1])


def clocks(s):
    """The guest's uptime, its date, and the host's time at that moment; the best of several."""
    best = None
    for _ in range(10):
        before = time.monotonic()
        uptime = float(s.command('cat /proc/uptime')[-1].split()[0])
        took = time.monotonic() - before
        if best is None or took < best[0]:
            best = took, uptime, before + took / 2
    return best[1], int(s.command('date +%s')[-1]), best[2], time.monotonic(), best[0]


def do(s, command, data, want):
    """Whether a command prints what it must."""
    start = s.seen
    s.send(typed(command, data))
    tail = ''.join(re.escape(line) + r'\r*\n' for line in want[-3:])
    s.expect(tail.encode() + rb'~ # ', 600)
    got = '\n'.join(lines(s.out[start:s.seen]))
    s.out, s.seen = b'', 0
    return printed(got, data, want) or (got[-2000:], want[-3:])


def printed(got, data, want):
    """Whether the lines are there, after nothing but prompts; what was typed for a command need not
    have ended a line."""
    before = '' if data else '(?m:^)(?:~ # )*'
    return bool(re.search(before + re.escape('\n'.join(want)) + '\n', got))


def host_time():
    wrong, memory, count = [], [], 0
    with Session([program('tail'), *linux(XIP, '-m', str(RAM))], terminal=False) as s:
        s.prompt()
        define(s)
        begin = clocks(s)
        start = time.monotonic()
        while time.monotonic() < start + SECONDS:
            for command, data, want in work(count):
                try:
                    good = do(s, command, data, want)
                except Timeout as e:
                    ok(False, 'round %d: %s' % (count, command), 'status %s' % s.p.poll(), e)
                    return
                if good is not True:
                    wrong.append((command, good))
            count += 1
            memory.append((time.monotonic() - start, resident(s)))
            print('# %.0f s, round %d: %d KiB resident' % (*memory[-1][:1], count, memory[-1][1]),
                  flush=True)
        end = clocks(s)
        complaints = [line for line in s.command('dmesg') if re.search(COMPLAINTS, line)]
        s.send(b'poweroff -f\n')
        status = s.wait()
        err = s.err
    ok(not wrong, '%d rounds of work, all results right' % count, *wrong[:3])
    host, guest = end[2] - begin[2], end[0] - begin[0]
    off = (guest - host) / host
    ok(abs(off) < DRIFT, 'in %.2f s of the host the guest has counted %.2f s: %+.4f %%' %
       (host, guest, 100 * off), 'questions took %.3f and %.3f s' % (begin[4], end[4]))
    host, guest = end[3] - begin[3], end[1] - begin[1]
    ok(abs(guest - host) < 1.2 + DRIFT * host, 'its date has moved by %d s in %.1f' % (guest, host))
    is_(complaints, [], 'no complaint of the kernel')
    warm = [kib for at, kib in memory if at < SECONDS / 4] or [0]
    later = [kib for at, kib in memory if at >= SECONDS / 4] or [0]
    ok(max(later) - max(warm) <= GROWTH,
       'resident memory: %d KiB at most in the first quarter, %d later' % (max(warm), max(later)))
    is_((status, err), (0, b''), 'status 0, nothing on stderr')


def counted_time():
    jobs = [job for n in range(ROUNDS) for job in work(n)]
    script = b"cat >/root/work <<'.'\n" + WORK.encode() + b'.\n. /root/work\n'
    # All is typed at once: an echo would come in the middle of what is printed. Without one the
    # shell reads by lines, but at first whatever the terminal has buffered: empty lines.
    script += b'stty -echo; stty() { :; }\n' + b'\n' * 5000
    script += b''.join(typed(command, data) for command, data, _ in jobs)
    script += b'dmesg\ncat /proc/interrupts /proc/uptime\npoweroff -f\n'
    runs = []
    for n in range(2):
        log = temp('digests')
        r = run([program('tail'), *linux(XIP, '-m', str(RAM), '-icount', 'shift=%d' % SHIFT, '-d',
                                         'digest:%d' % TRACE, '-D', log)], stdin=script,
                timeout=1200)
        r.digests = slurp(log)
        runs.append(r)
        is_((r.status, r.err), (0, b''), 'counted time: status 0, nothing on stderr')
        got = '\n'.join(lines(r.out))
        missing = [(command, want) for command, data, want in jobs if not printed(got, data, want)]
        ok(not missing, 'counted time: %d rounds of work in %.0f s, all results right' %
           (ROUNDS, r.seconds), *missing[:5], r.out[-1500:])
        found = [line for line in got.split('\n') if re.search(COMPLAINTS, line)]
        is_(found, [], 'counted time: no complaint of the kernel')
    count = len(runs[0].digests.splitlines())
    ok(runs[0].out == runs[1].out, 'counted time: twice the same %d bytes' % len(runs[0].out))
    ok(count > 5 and runs[0].digests == runs[1].digests, 'and the same %d digests' % count)


if ROUNDS:
    counted_time()
if SECONDS:
    host_time()
done()
