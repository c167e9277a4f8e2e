#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
#
# How much of the program the tests execute.
#
#   tests/coverage.py DIR          prints lines and functions executed by folder
#   tests/coverage.py DIR FILE...  prints the lines of these files that were not executed
#
# DIR has the objects of one build or more, made with --coverage, and what their runs have left. A
# line that is made into code several times (a macro's, a header's) counts as executed if any of it
# was; a function made by a macro counts by itself, be it called or a case of DISPATCH=switch.
import glob
import gzip
import json
import os
import subprocess
import sys
import tempfile

GOALS = {'cpu': 95, 'tcg': 95, 'tci': 95, 'serial': 95, 'machine': 90}


def gcov(directory):
    """{source file: [{line: count}, {function: count}]} of all objects in the directory."""
    found = {}
    notes = [os.path.join(folder, name) for folder, _, names in os.walk(os.path.abspath(directory))
             for name in names if name.endswith('.gcno')]
    with tempfile.TemporaryDirectory() as work:
        for note in notes:
            # One at a time: files in two folders may have the same name.
            subprocess.run(['gcov', '--json-format', note], cwd=work, check=True,
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            for path in glob.glob(work + '/*.gz'):
                with gzip.open(path) as f:
                    report = json.load(f)
                os.unlink(path)
                for source in report['files']:
                    name = os.path.normpath(source['file'])
                    lines, functions = found.setdefault(name, [{}, {}])
                    for line in source['lines']:
                        n = line['line_number']
                        lines[n] = lines.get(n, 0) + line['count']
                    for function in source['functions']:
                        n = function['name'].removeprefix('in_switch_')
                        if name == 'tci/switch.c' and n.startswith('tci_op_'):
                            continue  # stands for its number alone
                        functions[n] = functions.get(n, 0) + function['execution_count']
    return {name: counts for name, counts in found.items()
            if not name.startswith(('tests/', 'firmware/', '/'))}


def percent(counts):
    return '%5.1f %% of %5d' % (100 * sum(n > 0 for n in counts) / max(len(counts), 1), len(counts))


def table(found):
    folders = {}
    for name, (lines, functions) in found.items():
        of_folder = folders.setdefault(os.path.dirname(name) or '.', ([], []))
        of_folder[0].extend(lines.values())
        of_folder[1].extend(functions.values())
    print('%-10s %-16s  %-16s' % ('folder', 'lines', 'functions'))
    short = []
    for folder, (lines, functions) in sorted(folders.items()):
        print('%-10s %s  %s' % (folder, percent(lines), percent(functions)))
        if 100 * sum(n > 0 for n in lines) < GOALS.get(folder, 0) * len(lines):
            short.append('%s (%d %%)' % (folder, GOALS[folder]))
    if short:
        print('coverage: below the goal: ' + ', '.join(short), file=sys.stderr)
    return not short


def missing(found, name):
    lines, functions = found.get(name, [{}, {}])
    with open(name) as f:
        text = f.read().split('\n')
    print('%s: %s lines' % (name, percent(lines.values())))
    for n in sorted(n for n, count in lines.items() if not count):
        print('%5d  %s' % (n, text[n - 1]))
    names = sorted(n for n, count in functions.items() if not count)
    if names:
        print('       never called: ' + ' '.join(names))


found = gcov(sys.argv[1])
if len(sys.argv) == 2:
    sys.exit(0 if table(found) else 1)
for name in sys.argv[2:]:
    missing(found, name)
