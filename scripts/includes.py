#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
#
# usage: scripts/includes.py [ROOT]
#
# The include graph of the program in ROOT (default: the current directory): for each folder the
# folders that its files include, then the circles: of folders, of files, and of modules, where NAME.c
# and NAME.h are one. A module that is split makes one of these: its files share a private header,
# which includes the public one. Status 1 if there is a circle of files.
import glob
import os
import re
import sys

# tests/, scripts/ and firmware/src/ are programs of their own.
FOLDERS = ['', 'block', 'boot', 'bus', 'cpu', 'cpu/*', 'debug', 'host', 'machine', 'machine/*', 'pci', 'scsi',
           'serial', 'tcg', 'tci', 'util', 'virtio']


def includes(root):
    """{file: [the files that it includes]}, by paths from the root."""
    found = {}
    for folder in FOLDERS:
        for path in sorted(glob.glob(os.path.join(root, folder, '*.[ch]'))):
            with open(path, encoding='utf-8') as f:
                text = f.read()
            found[os.path.relpath(path, root)] = re.findall(r'^\s*#\s*include\s*"([^"]+)"', text,
                                                            re.M)
    return found


def merged(graph, name):
    """The graph with its nodes merged by name()."""
    result = {}
    for node, targets in graph.items():
        result.setdefault(name(node), set()).update(map(name, targets))
    for node, targets in result.items():
        targets.discard(node)
    return result


def circles(graph):
    """The sets of two and more nodes that all reach each other."""
    def reach(node, seen):
        for target in graph.get(node, ()):
            if target not in seen:
                seen.add(target)
                reach(target, seen)
        return seen

    reached = {node: reach(node, set()) for node in graph}
    found = {tuple(sorted(n for n in reached[node] if node in reached.get(n, ())))
             for node in graph if node in reached[node]}
    return sorted(found)


def folder(path):
    return os.path.dirname(path) or '.'


def module(path):
    return os.path.splitext(path)[0]


def main():
    graph = includes(sys.argv[1] if len(sys.argv) > 1 else '.')
    folders = merged(graph, folder)
    for name in sorted(folders):
        print('%-16s -> %s' % (name, ' '.join(sorted(folders[name]))))
    files = circles(graph)
    for what, found in (('folders', circles(folders)), ('files', files),
                        ('modules', circles(merged(graph, module)))):
        print('circles of %s: %d' % (what, len(found)))
        for circle in found:
            print('    ' + ' '.join(circle))
    return 1 if files else 0


if __name__ == '__main__':
    sys.exit(main())
