#!/usr/bin/python3
# SPDX-License-Identifier: MIT
#
# usage: superinstructions.py [-b BYTES] [-l LIST] PROFILE... > tci/superinstructions.h
#
# Chooses superinstructions from profiles, which a program built with PROFILE=1 writes (-d stats; see
# tci/profile.c). Every profile counts the same, however long it ran. The program takes the rows that save the most
# dispatches for their size, until all handlers together take BYTES (estimated). With -l it keeps those of a list that
# save the most.
#
# In the engine each record joins the ones before it while the list has a row for all of them (tci_combine()). This
# program does the same to the blocks of the profiles, finds what one more row would save, takes the best few rows, and
# starts over.
import argparse
import collections
import functools
import heapq
import math
import re
import sys

LONGEST = 4
BYTES = 91000
STEP = 12  # rows taken before the rest is ranked again
# What a joined record saves, in tenths of a dispatch, and what it saves more if one of its operands is known to be the
# result before it, which then stays in a host register.
JOINED, KNOWN = 10, 7
ALL = 10**12  # the records that all profiles execute; counts are scaled to it
LEAST = ALL // 10**6 * 2 * JOINED  # a row that saves less is not taken
RARE = 1e-7  # a block with a smaller share of its profile is ignored

# Estimated bytes of a handler's parts, without their dispatch: the mean of what gcc makes of them.
DISPATCH = 10
SIZES = [('JUMP', 'goto_ptr_', 120), ('JUMP', 'goto_ptr', 97), ('JUMP', 'movi_goto_tb_cross', 56), ('JUMP', 'movi', 32),
         ('JUMP', '', 22), ('EXIT', 'if_(GE|GT|LE)', 72), ('EXIT', 'if', 43), ('EXIT', 'tst', 60), ('EXIT', '', 83),
         ('SKIP$', 'only|tst', 42), ('SKIP$', '', 72), ('SKIPIF', 'GT|LE', 58), ('SKIPIF', '', 26),
         ('PREDICATED', 'SKIPIF_(GT|LE)', 63), ('PREDICATED', 'SKIPIF', 30), ('PREDICATED', '', 55), ('MULTI', 'fp', 40),
         ('MULTI', '(ld|st)m_ia_[89]', 46), ('MULTI', '_2', 95), ('MULTI', '', 122),
         ('FP', '(add|sub)_', 60), ('FP', 'mac', 147), ('FP', '', 120), ('NEAR', '', 13), ('MEM', 'abs', 36),
         ('MEM', 'imm', 43), ('MEM', 'post', 60), ('MEM', '', 50),
         ('ALU', 'clz', 87), ('ALU', '(adc|sbc)_.*_f$', 100), ('ALU', 'ld_env|setflags', 55),
         ('ALU', '(add|sub|rsb)_.*_f$|_cf$', 57), ('ALU', '_ri_c$', 42), ('ALU', 'sticky|16|2(_rr)?$', 39),
         ('ALU', '(sh|sa|rot)[lr]_rr$|(or|xor|c)_rr_f$', 34), ('ALU', '(adc|sbc)_rr$|_rr_(sh|sa|rot)[lr]$', 29),
         ('ALU', 'mov_ri$', 10), ('ALU', '', 18)]
CONDITIONS = 'EQ|NE|CS|CC|MI|PL|VS|VC|HI|LS|GE|LT|GT|LE'


@functools.lru_cache(maxsize=None)
def kind_of(name):
    """The kind of a handler and its name in a row of the list; None if it can't be part of a superinstruction."""
    if '+' in name:
        m = re.fullmatch(r'skip_(\w+)\+(\w+)', name)
        if not m:
            return None
        return 'PREDICATED', '%s_%s_%s' % ('SKIPIF' if re.fullmatch(CONDITIONS, m[1]) else 'SKIP', m[1], m[2])
    for pattern, kind in (
            (r'count|covered', None),
            (r'(call|lookup|exit_tb|link|stale|raised|\w*_user_|fp_helper|(ld|st)m_\w+_0|(ld|st)m_(imm|ia|db)$).*', None),
            (r'(movi_)?goto_\w+', 'JUMP'),
            (r'skip_(%s)' % CONDITIONS, 'SKIPIF'), (r'skip_\w+', 'SKIP'), (r'exit_\w+', 'EXIT'),
            (r'ld32_near', 'NEAR'), (r'(fp_)?(ld|st)m_\w+', 'MULTI'), (r'(ld|st)\d+[us]?_\w+', 'MEM'),
            (r'fp_\w+', 'FP'), (r'\w+', 'ALU')):
        if re.fullmatch(pattern, name):
            return kind and (kind, re.sub(r'^(skip|exit)_', '', name))
    return None


@functools.lru_cache(maxsize=None)
def operands(kind, name):
    """Which of a record's operands a superinstruction can know to be the result before it."""
    if kind == 'ALU':
        return '' if name.startswith('mov_ri') else 'a' if '_ri' in name or name.startswith('mov') else 'ab'
    if kind == 'MEM':
        return '' if name.endswith('_abs') else 'ab' if name.endswith(('_reg', '_shl')) else 'a'
    if kind == 'EXIT':
        return '' if name.startswith('if_') else 'ab' if '_rr' in name else 'a'
    if kind == 'SKIP' or kind == 'JUMP' and name.startswith('goto_ptr'):
        return 'a'
    return ''


def defines(kind):
    """Whether a part of this kind leaves a result for the next to know."""
    return kind[:3] in ('ALU', 'MEM', 'NEA')


@functools.lru_cache(maxsize=None)
def size_of(part):
    kind, _, known = part[0].partition('_')
    for of_kind, pattern, size in SIZES:
        if re.match(of_kind, kind) and re.search(pattern, part[1]):
            return size - (6 if known else 0)
    raise AssertionError(part)


class Block:
    """The records of a block: for each its part with a known operand and without (None if it can't be one), and how
    often it is executed after 0 to 3 others in order."""
    def __init__(self, units):
        self.plain, self.known = [], []
        for name, relation in units:
            part = kind_of(name)
            known = part
            if part and relation in operands(*part) and self.plain and self.plain[-1] and defines(self.plain[-1][0]):
                known = (part[0] + '_' + relation.upper(), part[1])
            self.plain.append(part)
            self.known.append(known)
        self.counts = [[0] * LONGEST for _ in units]


def read_profile(path):
    """The blocks of a profile: for each the names and relations of its records, and their counts; and how many records
    were executed."""
    found, units, total = [], [], 0
    with open(path) as f:
        for line in f:
            if line.startswith('profile of blocks:'):
                break
        for line in [*f, '']:
            fields = line.split()
            if len(fields) == 2 + LONGEST:
                units.append((fields[0], fields[1], [int(n) for n in fields[2:]]))
                total += int(fields[2])
            elif units:
                found.append((tuple(unit[:2] for unit in units), [unit[2] for unit in units]))
                units = []
    if not total:
        sys.exit('%s: has no profile' % path)
    return found, total


def damped(count):
    """A count to the power of 3/4: a loop that is hot in one program weighs less."""
    return math.isqrt(count * math.isqrt(count))


def read(paths):
    """The blocks of all profiles but those that are hardly ever executed."""
    blocks = {}
    for path in paths:
        found, total = read_profile(path)
        found = [(key, counts, max(unit[0] for unit in counts)) for key, counts in found]
        found = [block for block in found if block[2] >= total * RARE]
        sum_of_damped = sum(damped(most) * len(counts) for _, counts, most in found)
        for key, counts, most in found:
            if key not in blocks:
                blocks[key] = Block(key)
            for sums, unit in zip(blocks[key].counts, counts):
                for n, count in enumerate(unit):
                    sums[n] += ALL * count * damped(most) // (most * sum_of_damped * len(paths))
    return list(blocks.values())


class List:
    """Rows, and what the blocks are with them."""
    def __init__(self, blocks, rows=()):
        self.blocks = blocks
        self.rows = set(rows)  # tuples of parts
        self.segments = [None] * len(blocks)
        self.gains = collections.Counter()
        self.users = collections.defaultdict(list)  # by the names of two adjacent parts: blocks
        for i, block in enumerate(blocks):
            self.change(i, self.combine(block))
            for pair in {(a[1], b[1]) for a, b in zip(block.plain, block.plain[1:]) if a and b}:
                self.users[pair].append(i)

    def combine(self, block):
        """As tci_combine(): the start of each segment, its row, what it saves."""
        segments, row, start, saved = [], None, 0, 0
        for k, plain in enumerate(block.plain):
            if row and plain:
                known = block.known[k]
                if row + (known,) in self.rows:
                    row += (known,)
                    saved += block.counts[k][k - start] * (JOINED if known is plain else JOINED + KNOWN)
                    continue
                if row + (plain,) in self.rows:
                    row += (plain,)
                    saved += block.counts[k][k - start] * JOINED
                    continue
            if k:
                segments.append((start, row, saved))
            row, start, saved = (plain,) if plain else None, k, 0
        segments.append((start, row, saved))
        return segments

    @staticmethod
    def candidates(block, segments):
        """What longer rows would save, as far as can be seen without trying them."""
        counts = block.counts
        for (start, row, _), (k, after, _) in zip(segments, segments[1:]):
            if not row or not after or row[-1][0].startswith('JUMP'):
                continue
            longer, gain = row, 0
            # The row takes the first parts of what follows: these were joined before, and so was the next with them.
            for n in range(min(len(after), LONGEST - len(row))):
                part = block.known[k] if n == 0 else after[n]
                known = KNOWN if n == 0 and part is not block.plain[k] else 0
                gain += counts[k + n][k + n - start] * (JOINED + known)
                gain -= counts[k + n][n] * JOINED if n else 0
                lost = counts[k + n + 1][n + 1] * JOINED if n + 1 < len(after) else 0
                if known:
                    yield row + (block.plain[k],), counts[k][k - start] * JOINED - lost
                longer += (part,)
                yield longer, gain - lost
        # A record that is joined already may become one with a known operand.
        for start, row, _ in segments:
            for n in range(1, len(row or ())):
                known = block.known[start + n]
                if known != row[n]:
                    yield row[:n] + (known,), counts[start + n][n] * KNOWN

    def change(self, i, segments):
        """Gives block i new segments, and replaces the candidates that its old ones gave."""
        for row, gain in self.candidates(self.blocks[i], self.segments[i] or ()):
            self.gains[row] -= gain
        for row, gain in self.candidates(self.blocks[i], segments):
            self.gains[row] += gain
        self.segments[i] = segments

    def missing(self, row):
        """The row and its beginnings that are not in the list yet."""
        return [row[:n] for n in range(2, len(row) + 1) if row[:n] not in self.rows]

    def add(self, row):
        """Adds a row and its beginnings if that is worth it; returns whether it was."""
        new = self.missing(row)
        self.rows.update(new)
        gain, changed = 0, {}
        for i in self.users[new[0][-2][1], new[0][-1][1]]:
            segments = self.combine(self.blocks[i])
            if segments != self.segments[i]:
                gain += sum(s[2] for s in segments) - sum(s[2] for s in self.segments[i])
                changed[i] = segments
        if gain < LEAST:
            self.rows.difference_update(new)
            return False
        for i, segments in changed.items():
            self.change(i, segments)
        return True

    def best(self, refused):
        """The next rows to try."""
        worth = [(-gain / sum(map(size, self.missing(row))), row) for row, gain in self.gains.items()
                 if gain >= LEAST and row not in self.rows and row not in refused]
        return [row for _, row in heapq.nsmallest(STEP, worth)]

    def saved(self):
        """How many dispatches each row saves: of a longer one its last part."""
        saved = collections.Counter()
        for block, segments in zip(self.blocks, self.segments):
            for start, row, _ in segments:
                for n in range(1, len(row or ())):
                    saved[row[:n + 1]] += block.counts[start + n][n]
        return saved


def size(row):
    return sum(map(size_of, row)) + DISPATCH


def last(rows):
    """The rows that begin no other: these can go."""
    return rows - {row[:-1] for row in rows}


def choose(blocks, limit):
    chosen, refused, used = List(blocks), set(), 0
    while used < limit and (best := chosen.best(refused)):
        for row in best:
            new = chosen.missing(row)
            if used + sum(map(size, new)) > limit:
                used = limit
                break
            if new and chosen.add(row):
                used += sum(map(size, new))
            else:
                refused.add(row)
    saved = chosen.saved()
    # A row that other rows have made useless goes.
    while useless := {row for row in last(chosen.rows) if saved[row] * JOINED < LEAST}:
        chosen.rows -= useless
    return {row: saved[row] for row in chosen.rows}


def read_list(path):
    """The rows of a list that this program has printed."""
    with open(path) as f:
        rows = [parts.split(', ') for parts in re.findall(r'^ *X\d\(\d+, (.*)\)', f.read(), re.M)]
    return [tuple(zip(row[::2], row[1::2])) for row in rows]


def prune(blocks, rows, limit):
    """Leaves out the rows that save the least for their size, until the rest takes no more than so many bytes."""
    chosen = List(blocks, rows)
    rows, saved = chosen.rows, chosen.saved()
    used = sum(map(size, rows))
    while used > limit:
        row = min(last(rows), key=lambda row: (saved[row] / size(row), row))
        rows.remove(row)
        used -= size(row)
    return {row: saved[row] for row in rows}


HEAD = '''/* SPDX-License-Identifier: MIT */
/* The list of superinstructions, made by scripts/superinstructions.sh from profiles: do not edit.
 *
 * Xn(weight, kind and name of each of its n parts). The weight is how many of a million dispatches
 * the row saves in the profiles; of a longer row, its last part alone. A kind with _A or _B: the
 * part's operand a or b is the temp that the part before defines. The beginning of a row of three
 * or four parts is in the list, too. PREDICATED is a conditional instruction without a branch. */
#ifndef TCI_SUPERINSTRUCTIONS_H
#define TCI_SUPERINSTRUCTIONS_H

/* clang-format off */
#define SUPERINSTRUCTIONS(X2, X3, X4)'''
TAIL = '''
/* clang-format on */

#endif'''


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('-b', type=int, default=BYTES, metavar='BYTES', dest='limit')
    parser.add_argument('-l', metavar='LIST', dest='list')
    parser.add_argument('profiles', nargs='+', metavar='PROFILE')
    args = parser.parse_args()
    blocks = read(args.profiles)
    rows = prune(blocks, read_list(args.list), args.limit) if args.list else choose(blocks, args.limit)
    dispatches = sum(unit[0] for block in blocks for unit in block.counts)
    print('%d rows, %d bytes, %.2f %% of the dispatches saved' %
          (len(rows), sum(map(size, rows)), 100 * sum(rows.values()) / dispatches), file=sys.stderr)
    lines = [HEAD]
    for row, saved in sorted(rows.items(), key=lambda item: (-item[1], item[0])):
        lines.append('    X%d(%d, %s)' % (len(row), saved * 10**6 // ALL, ', '.join('%s, %s' % part for part in row)))
    print(' \\\n'.join(lines) + '\n' + TAIL)


if __name__ == '__main__':
    main()
