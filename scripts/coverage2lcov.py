#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
#
# usage: scripts/coverage2lcov.py [-c COUNTS] [-p PREFIX] DRCOV ELF > OUT.info
#
# What tqemu's -coverage has written, as lcov's tracefile: the lines and functions of the ELF file that
# were executed, by its debugging information (-g). genhtml makes pages of it. COUNTS is the file of
# counts=on, beside DRCOV: then a line counts as often as the most executed of its instructions, else
# 0 or 1. PREFIX is that of binutils' names, arm-linux-gnueabi- unless given.
#
# An address is looked for in all modules alike, so code that ran elsewhere than it was linked for (a
# kernel before its MMU is on) is not found.
import argparse
import bisect
import re
import struct
import subprocess
import sys


def fail(text):
    sys.exit('coverage2lcov: ' + text)


def read_drcov(path):
    """The pieces of code of a drcov file of version 2: [(address, bytes)]."""
    with open(path, 'rb') as f:
        data = f.read()
    found = re.match(rb'DRCOV VERSION: 2\nDRCOV FLAVOR: .*\nModule Table: version 2, count (\d+)\n'
                     rb'Columns: id, base, end, entry.*\n', data)
    if not found:
        fail('%s: is no drcov file of version 2' % path)
    bases = {}
    at = found.end()
    for _ in range(int(found[1])):
        end = data.index(b'\n', at)
        module = data[at:end].split(b',')
        bases[int(module[0])] = int(module[1], 16)
        at = end + 1
    found = re.compile(rb'BB Table: (\d+) bbs\n').match(data, at)
    if not found or len(data) - found.end() != 8 * int(found[1]):
        fail('%s: is cut off' % path)
    return [(bases[module] + start, size)
            for start, size, module in struct.iter_unpack('<IHH', data[found.end():])]


def read_counts(path):
    """Those of a file of counts=on: [(address, bytes, count)]."""
    with open(path, encoding='ascii') as f:
        rows = [line.split() for line in f]
    return [(int(addr, 16), int(size, 16), int(count)) for addr, size, count in rows]


class Counts:
    """How often each address was executed."""

    def __init__(self, pieces):
        steps = {}
        for addr, size, count in pieces:
            steps[addr] = steps.get(addr, 0) + count
            steps[addr + size] = steps.get(addr + size, 0) - count
        self.starts, self.counts, now = [], [], 0
        for addr in sorted(steps):
            now += steps[addr]
            self.starts.append(addr)
            self.counts.append(now)

    def most(self, start, end):
        """The greatest count of an address in [start, end)."""
        i = bisect.bisect_right(self.starts, start) - 1
        best = self.counts[i] if i >= 0 else 0
        for i in range(i + 1, len(self.starts)):
            if self.starts[i] >= end:
                break
            best = max(best, self.counts[i])
        return best


def output_of(*argv, **more):
    return subprocess.run(argv, check=True, stdout=subprocess.PIPE, encoding='utf-8', errors='replace', **more).stdout


def rows_of(prefix, elf):
    """The rows of the table of lines: [(start, end)], as bytes of code that belong to one line."""
    sequence, rows = set(), []
    for line in output_of(prefix + 'objdump', '--dwarf=decodedline', elf).splitlines():
        found = re.search(r'\s(-|\d+)\s+(?:0x)?([0-9a-f]+)(\s+\d+)?(\s+x)?(\s+END)?\s*$', line)
        if not found:
            continue
        sequence.add(int(found[2], 16))
        if found[1] == '-' or found[5]:
            starts = sorted(sequence)
            rows += zip(starts, starts[1:])
            sequence = set()
    return sorted(set(rows))


def lines_of(prefix, elf, addresses):
    """The (file, line) of each address, or None."""
    text = output_of(prefix + 'addr2line', '-e', elf, input=''.join('%#x\n' % a for a in addresses))
    found = []
    for line in text.splitlines():
        match = re.match(r'(.*):(\d+)', line)
        found.append((match[1], int(match[2])) if match and match[2] != '0' and match[1] != '??' else None)
    return found


def functions_of(prefix, elf):
    """[(name, address)]"""
    table = output_of(prefix + 'objdump', '-t', elf)
    rows = re.findall(r'^(\w+) .{6}F \S+\s+\w+ (?:\.hidden )?(\S+)$', table, re.M)
    return [(name, int(addr, 16) & ~1) for addr, name in rows]


def main():
    parser = argparse.ArgumentParser(description="tqemu's -coverage as lcov's tracefile")
    parser.add_argument('-c', metavar='COUNTS')
    parser.add_argument('-p', metavar='PREFIX', default='arm-linux-gnueabi-')
    parser.add_argument('drcov', metavar='DRCOV')
    parser.add_argument('elf', metavar='ELF')
    options = parser.parse_args()
    pieces = read_drcov(options.drcov)
    if options.c:
        counts = Counts(read_counts(options.c))
    else:
        counts = Counts([(addr, size, 1) for addr, size in pieces])
    rows = rows_of(options.p, options.elf)
    if not rows:
        fail('%s: has no lines: compile it with -g' % options.elf)
    limit = None if options.c else 1  # pieces overlap
    functions = functions_of(options.p, options.elf)
    files = {}
    for row, place in zip(rows, lines_of(options.p, options.elf, [start for start, _ in rows])):
        if place:
            lines = files.setdefault(place[0], ({}, []))[0]
            count = counts.most(*row)
            lines[place[1]] = max(lines.get(place[1], 0), count if limit is None else min(count, limit))
    for (name, addr), place in zip(functions, lines_of(options.p, options.elf, [addr for _, addr in functions])):
        if place and place[0] in files:
            count = counts.most(addr, addr + 1)
            files[place[0]][1].append((place[1], name, count if limit is None else min(count, limit)))
    for path, (lines, called) in sorted(files.items()):
        print('TN:\nSF:%s' % path)
        for line, name, _ in called:
            print('FN:%d,%s' % (line, name))
        for _, name, count in called:
            print('FNDA:%d,%s' % (count, name))
        print('FNF:%d\nFNH:%d' % (len(called), sum(count > 0 for _, _, count in called)))
        for line, count in sorted(lines.items()):
            print('DA:%d,%d' % (line, count))
        print('LF:%d\nLH:%d\nend_of_record' % (len(lines), sum(count > 0 for count in lines.values())))


main()
