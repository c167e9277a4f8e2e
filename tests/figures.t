#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
# needs: python3
#
# README's figures of speed are those of docs/performance.md, whose ratios and means are right.
import math

from lib import *

README = slurp('README.md').decode()
PERFORMANCE = slurp('docs/performance.md').decode()
STRAIGHT = 'alu', 'mul', 'loads', 'stores', 'ldrd', 'mixed', 'branches'


def table(heading):
    """The rows of a table: name, our seconds, the JIT's, their ratio; and the means that it states,
    each with the rows since the last one."""
    lines = iter(PERFORMANCE.split('\n'))
    for line in lines:
        if line.startswith('| ' + heading):
            break
    rows, means, since = {}, {}, []
    for line in lines:
        cells = [c.strip() for c in line.strip('|').split('|')]
        if not line.startswith('|'):
            return rows, means
        mean = re.fullmatch(r'\*\*(.*?),? ?geometric mean\*\*', cells[0])
        if mean:
            means[mean[1]] = (float(cells[-1].strip('*')), since)
            since = []
        elif not set(cells[0]) <= set('-: '):
            seconds = [float(c.split()[0]) for c in cells[1:-1] if re.match(r'[\d.]+ s\b', c)]
            rows[cells[0]] = (*seconds, float(cells[-1]))
            if not cells[0].endswith('VFP'):  # between two means, in neither
                since.append(cells[0])


def mean(rows, names):
    return math.exp(sum(math.log(rows[n][2]) for n in names) / len(names))


def span(rows, names):
    ratios = [rows[n][2] for n in names if n in rows]
    return min(ratios), max(ratios)


boot, _ = table('boot to the shell prompt')
guest, means = table('in the guest')
bare, bare_means = table('bare metal')
for name, (ours, theirs, ratio) in {**boot, **guest, **bare}.items():
    # The ratio was made of more digits than are shown.
    error = ratio * (0.0006 / ours + 0.0006 / theirs) + 0.006
    ok(abs(theirs / ours - ratio) <= error, name + ': the ratio is of the two times',
       ours, theirs, ratio)
for name, (stated, of) in {**means, **bare_means}.items():
    ok(abs(mean({**guest, **bare}, of) - stated) < 0.006, 'geometric mean, %s' % (name or 'loops'),
       stated, mean({**guest, **bare}, of))
ok(len(boot) == 3 and len(guest) == 23 and set(STRAIGHT) < set(bare), 'all rows are found',
   len(boot), len(guest), list(bare))

# -- README --

programs, system = means['programs'][1], means['system work'][1]
floating = [n for n in guest if n.endswith('VFP')]


def says(pattern, *want):
    found = re.search(pattern, README)
    ok(found and all(abs(float(x) - y) < 0.006 for x, y in zip(found.groups(), want)),
       'README: ' + ' '.join(pattern.split()), found and found.groups(), want)


for kernel in 'zImage-xip', 'zImage':
    says(r'start to shell prompt, %s \| ([\d.]+) s \| ([\d.]+) s' % kernel,
         *boot[kernel + ', wall'][:2])
says(r'geometric mean of nine \| ([\d.]+) times as fast', mean(guest, programs))
says(r'\(VFP\), five \| ([\d.]+) times as fast', mean(guest, floating))
says(r'nine kinds \| ([\d.]+) times as fast', mean(guest, system))
says(r'only compute, load, store and branch\s+run at ([\d.]+) to ([\d.]+) of the speed of '
     r'QEMU\'s JIT', *span(bare, STRAIGHT))
says(r'programs\s+(?:run )?at ([\d.]+) to ([\d.]+) of it', *span(guest, programs + floating))
done()
