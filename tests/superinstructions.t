#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
# needs: python3
#
# scripts/superinstructions.py chooses what saves most, only what the engine can make of the records, the same each time;
# and the list in the tree is one that it can have made.
from lib import *

SCRIPT = 'scripts/superinstructions.py'
HELD_OUT = 'md5sum', 'sha512sum', 'bzip2', 'awk', 'sort', 'grep', 'sed', 'gunzip'


def profile(*blocks):
    """A profile of blocks; each is how often it runs and its records."""
    lines = ['records executed: 1, not counted: 0', 'profile of blocks:', '']
    for times, *records in blocks:
        for i, record in enumerate(records):
            counts = [times if n <= i else 0 for n in range(4)]
            lines.append('%s %s' % (record if ' ' in record else record + ' -', ' '.join(map(str, counts))))
        lines.append('')
    return temp('profile%d' % len(os.listdir(scratch)), '\n'.join(lines).encode())


def chosen(*arguments, limit=60000):
    r = run([SCRIPT, '-b', str(limit), *arguments])
    is_(r.status, 0, 'the program succeeds')
    return rows(r.out.decode())


def rows(text):
    """The rows of a list, as 'kind name kind name', with their weights."""
    found = re.findall(r'^    X([234])\((\d+), ([^)]*)\)', text, re.M)
    for n, _, parts in found:
        assert parts.count(',') == 2 * int(n) - 1, parts
    return {parts.replace(',', ''): int(weight) for _, weight, parts in found}


loop = 1000, 'ld32_post', 'add_rr a', 'sub_ri_f', 'exit_if_NE'
got = chosen(profile(loop))
is_(list(got), ['MEM ld32_post ALU_A add_rr', 'MEM ld32_post ALU_A add_rr ALU sub_ri_f',
                'MEM ld32_post ALU_A add_rr ALU sub_ri_f EXIT if_NE'],
    'a loop of four records becomes one superinstruction, with its beginnings')
ok(all(240000 <= weight <= 250000 for weight in got.values()), 'each saves a quarter of the dispatches', got)
is_(list(chosen(profile((1000, 'mov_ri', 'call', 'mov_rr', 'lookup', 'goto_tb')))), [],
    'what has no body to be a part of is in none')
is_(list(chosen(profile((1000, 'add_ri', 'goto_tb'), (1000, 'st32_imm', 'sub_rr')))),
    ['ALU add_ri JUMP goto_tb', 'MEM st32_imm ALU sub_rr'], 'nothing comes after a jump')
is_(list(chosen(profile((1000, 'mov_ri', 'sub_ri a'), (1000, 'mov_ri', 'mov_ri a'), (1000, 'skip_EQ', 'add_rr b')))),
    ['ALU mov_ri ALU mov_ri', 'ALU mov_ri ALU_A sub_ri', 'SKIPIF EQ ALU add_rr'],
    'an operand is known where the record before it defines one, and the record has it')
is_(list(chosen(profile((1000, 'skip_cmp_ri_EQ+mov_ri', 'exit_cmp_rr_NE a'), (900, 'skip_GT+mov_rr', 'ldm_ia_4')))),
    ['PREDICATED SKIP_cmp_ri_EQ_mov_ri EXIT cmp_rr_NE', 'PREDICATED SKIPIF_GT_mov_rr MULTI ldm_ia_4'],
    'built-in superinstructions are parts')
both = (9000, 'add_ri', 'add_rr'), (8000, 'ldm_ia_8', 'stm_ia_8'), (10, 'and_ri', 'or_ri')
is_(list(chosen(profile(*both))), ['ALU add_ri ALU add_rr', 'MULTI ldm_ia_8 MULTI stm_ia_8', 'ALU and_ri ALU or_ri'],
    'what saves more comes first')
is_(list(chosen(profile(*both), limit=100)), ['ALU add_ri ALU add_rr'], 'the handlers stay within the limit')
whole = temp('list', run([SCRIPT, profile(*both)]).out)
is_(list(chosen('-l', whole, profile((900, 'and_ri', 'or_ri'), (700, 'add_ri', 'add_rr')), limit=110)),
    ['ALU and_ri ALU or_ri', 'ALU add_ri ALU add_rr'], 'of a list those rows stay that save the most, with new weights')
whole = temp('longer list', run([SCRIPT, profile(loop)]).out)
is_(list(chosen('-l', whole, profile((1, 'mov_ri', 'or_ri')), limit=250)),
    ['MEM ld32_post ALU_A add_rr', 'MEM ld32_post ALU_A add_rr ALU sub_ri_f'], 'a row that begins another stays with it')
busy = profile((10**9, 'ld8u_imm', 'xor_rr'))
idle = profile((10, 'mul_rr', 'add_ri'))
got = chosen(busy, idle)
ok(len(got) == 2 and len(set(got.values())) == 1, 'a short profile counts as much as a long one', got)
is_(list(chosen(profile((1000, 'rsb_ri', 'xor_rr'), (999, 'ld8u_post', 'rsb_ri', 'xor_rr')))),
    ['ALU rsb_ri ALU xor_rr', 'MEM ld8u_post ALU rsb_ri', 'MEM ld8u_post ALU rsb_ri ALU xor_rr'],
    'what was joined already becomes part of a longer one where that saves more')
r = run([SCRIPT, temp('nothing', b'instructions executed 1\n')])
ok(r.status == 1 and b'has no profile' in r.err, 'a file without a profile is told', r.err)

# -- The list --

text = slurp('tci/superinstructions.h').decode()
listed = rows(text)
ok(len(listed) > 300 and len(listed) == len(re.findall(r'^    X\d\(', text, re.M)), 'the list has rows, each once',
   len(listed))
is_([row for row in listed if len(row.split()) > 4 and row.rsplit(' ', 2)[0] not in listed], [],
    'the beginning of each row is a row')
is_(list(listed.values()), sorted(listed.values(), reverse=True), 'the rows are in the order of their weights')
corpus = {name: slurp('scripts/corpus/' + name).decode() for name in os.listdir('scripts/corpus')}
is_([(name, word) for name, script in corpus.items() if not name.endswith('.c') for word in HELD_OUT
     if re.search(r'^[^#]*\b%s\b' % word, script, re.M)], [], 'no program that is held out is in the corpus')
done()
