#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
# needs: program loop clang iso linux strip
#
# What the program may cost: size, memory, and processor time while the guest has nothing to do.
from lib import *

KIB = 1024


def cpu_seconds(pid):
    fields = slurp('/proc/%d/stat' % pid).rsplit(b')', 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf('SC_CLK_TCK')


def idle(name, s, seconds=5):
    time.sleep(1)
    before = cpu_seconds(s.p.pid)
    time.sleep(seconds)
    used = cpu_seconds(s.p.pid) - before
    ok(used < 0.02 * seconds, '%s uses less than 2 %% of a processor' % name,
       '%.2f s in %d s' % (used, seconds))


for variant in 'tail', 'loop', 'clang', 'iso':
    stripped = temp('stripped')
    subprocess.run(['strip', '-o', stripped, program(variant)], check=True)
    size = os.path.getsize(stripped)
    limit = 640 if variant == 'clang' else 580
    ok(size < limit * 1000, '%s: %d KB stripped, less than %d' % (variant, size / 1000, limit))

for kernel in XIP, ZIMAGE:
    with Session([program('tail'), *linux(kernel, '-m', '128')]) as s:
        s.prompt()
        name = os.path.basename(kernel)
        peak = int(re.search(rb'VmHWM:\s+(\d+) kB', slurp('/proc/%d/status' % s.p.pid))[1])
        ok(peak < 64 * KIB, '%s: %d KiB resident at the prompt, less than 65536' % (name, peak))
        idle(name + ' at the prompt', s)

with Session([program('tail'), *linux()], terminal=False) as s:
    s.prompt()
    s.p.stdin.close()
    idle('Linux with its input at the end', s)
with Session([program('tail')]) as s:
    s.expect(b'> $')
    idle('the firmware at its prompt', s)
# Without a way to ask whether there is input: it waits in the read.
for terminal in False, True:
    with Session([program('iso'), *linux()], terminal) as s:
        s.prompt()
        idle('iso, Linux at the prompt, %s,' % ('a terminal' if terminal else 'a pipe'), s, 3)
done()
