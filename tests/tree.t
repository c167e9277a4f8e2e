#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
# needs: program iso clang-format git nm
#
# The project itself: form, layers, what the ISO build needs from its host, and make.
from lib import *

FILES = [f for f in subprocess.run(['git', 'ls-files', '-z'], stdout=subprocess.PIPE,
                                   check=True).stdout.decode().split('\0') if os.path.isfile(f)]
C_FILES = [f for f in FILES if f.endswith(('.c', '.h'))]
OF_THE_GUEST = ('firmware/src/', 'tests/', 'scripts/')
PROGRAM = [f for f in C_FILES if not f.startswith(OF_THE_GUEST)]
text = {f: slurp(f).decode('latin-1') for f in FILES}


def none(found, name):
    ok(not found, name, '\n'.join(map(str, found)))


# -- Form --

r = run(['clang-format', '--dry-run', '-Werror', *C_FILES])
ok(r.status == 0, 'C files are as clang-format has them (make format)', r.err)
sources = [f for f in FILES if f.endswith(('.c', '.h', '.S', '.ld', '.sh', '.py', '.pl', '.t')) or
           text[f].startswith('#!')]
none([f for f in sources if 'SPDX-License-Identifier: MIT' not in text[f][:200]],
     'sources begin with their licence')
none([f for f in sources if re.search(r'[ \t]$', text[f], re.M)], 'no space at the end of a line')
none([f for f in sources if f.endswith('.t') and not re.search(r'^(#|//) needs: \w', text[f], re.M)],
     'a test states its needs (tests/check.sh)')
none([f for f in FILES if re.search(r'\b(?<!# )(TO' r'DO|FIX' r'ME|X' r'XX)\b', text[f])],
     'no file has a note of work to do')
here = os.getcwd()
none([f for f in FILES if here + '/' in text[f]], 'no file has a path of this machine')
# A registry is known by its packages' client alone.
hosts = {m for f in FILES for m in re.findall(r'\b(?:https?|ftp)://([\w.-]+)', text[f])}
none([h for h in hosts if re.match(r'(deb|ftp|security|archive|registry|snapshot|proxy|pypi)\b', h)],
     'no file names the host of a package registry')

# -- Layers --

BELOW = {'util': [], 'bus': ['util'], 'tcg': ['bus', 'util'], 'tci': ['tcg', 'bus', 'util'],
         'cpu': ['tci', 'tcg', 'bus', 'util'], 'host': ['bus', 'util'],
         'serial': ['host', 'bus', 'util'], 'block': ['host', 'util'],
         'pci': ['block', 'bus', 'util'], 'virtio': ['pci', 'block', 'bus', 'util'],
         'scsi': ['pci', 'block', 'bus', 'util'],
         'machine': ['cpu', 'serial', 'virtio', 'scsi', 'pci', 'block', 'bus', 'util'],
         'boot': ['machine', 'bus', 'util'], 'firmware': [],
         'debug': ['machine', 'cpu', 'scsi', 'pci', 'block', 'bus', 'util'],
         'examples': [''],
         '': ['boot', 'debug', 'machine', 'cpu', 'serial', 'virtio', 'scsi', 'pci', 'block', 'firmware', 'host',
              'bus', 'util']}
# A board, and what makes a machine of it, know the CPU; a device raises a line.
KNOW_THE_CPU = r'machine/\w+\.[ch]'
ISO_HEADERS = '''assert complex ctype errno fenv float inttypes iso646 limits locale math setjmp signal
    stdalign stdarg stdatomic stdbool stddef stdint stdio stdlib stdnoreturn string tgmath threads
    time uchar wchar wctype'''.split()

includes = {f: re.findall(r'^\s*#\s*include\s*"([^"]+)"', text[f], re.M) for f in PROGRAM}
ok(sum(map(len, includes.values())) > 100, 'there are include directives')


def folder(path):
    """The top-level folder; '' for files beside the Makefile."""
    return path.rpartition('/')[0].partition('/')[0]


none(['%s includes %s' % (f, i) for f in PROGRAM for i in includes[f]
      if folder(i) not in BELOW[folder(f)] + [folder(f)]],
     'a folder includes only folders below it')
none(['%s includes %s' % (f, i) for f in PROGRAM for i in includes[f]
      if f.startswith('machine/') and i.startswith('cpu/') and not re.fullmatch(KNOW_THE_CPU, f)],
     'no device includes a header of the CPU directly')

r = run(['scripts/includes.py'])
ok(r.status == 0 and b'circles of files: 0' in r.out, 'no file includes itself by way of others', r.out)


def reaches(f, seen):
    """All headers that a file includes, also through others."""
    for i in includes.get(f, []):
        if i not in seen:
            seen.add(i)
            reaches(i, seen)
    return seen


devices = [f for f in PROGRAM if re.match(r'(machine|serial)/.*\.c$', f) and
           'DeviceType ' in text[f] and not re.fullmatch(KNOW_THE_CPU, f)]
ok(len(devices) >= 7, 'devices are recognised', devices)
none(['%s: %s' % (f, i) for f in devices for i in reaches(f, set()) if i.startswith('cpu/')],
     'no device includes a header of the CPU indirectly')
none(['%s: %s' % (f, i) for f in PROGRAM if f.startswith('boot/')
      for i in reaches(f, set()) if i.startswith('cpu/')],
     'boot/ includes no header of the CPU')
none(['%s includes <%s>' % (f, i) for f in PROGRAM
      for i in re.findall(r'^\s*#\s*include\s*<([^>]+)>', text[f], re.M)
      if i[:-2] not in ISO_HEADERS and not re.fullmatch(r'host/\w+\.c', f)],
     'only host/*.c include headers that are not ISO C\'s')
none([f for f in PROGRAM if not re.fullmatch(r'host/\w+\.c', f) and
      re.search(r'#\s*if(def|\s+defined)?\s*\(?_*(linux|unix|WIN|APPLE|GNUC|x86)', text[f])],
     'only host/*.c test macros of a host or a compiler')

# -- What the ISO build needs from its host --

iso = set(re.sub(r'#.*', '', slurp('tests/iso-c11-functions.txt').decode()).split())
# What glibc calls by other names, and what its start-up files and the compiler bring along.
ALIASES = {'__isoc99_sscanf': 'sscanf', '__sysv_signal': 'signal', '__errno_location': 'errno',
           '__assert_fail': 'assert', '__ctype_b_loc': 'ctype.h', '__ctype_tolower_loc': 'tolower',
           '__ctype_toupper_loc': 'toupper', 'fopen64': 'fopen'}
START_UP = {'__libc_start_main', '__gmon_start__', '__cxa_finalize', '__stack_chk_fail',
            '_ITM_deregisterTMCloneTable', '_ITM_registerTMCloneTable'}
asked = {line.split()[-1].split('@')[0] for line in
         run(['nm', '-u', program('iso')]).out.decode().splitlines()}
ok(len(asked & iso) > 20, 'the ISO build\'s undefined symbols are found', asked)
none(asked - iso - set(ALIASES) - START_UP, 'the ISO build uses functions of ISO C only')
posix = {line.split()[-1].split('@')[0] for line in
         run(['nm', '-u', program('tail')]).out.decode().splitlines()}
ok({'tcsetattr', 'poll'} & posix - iso, 'the POSIX build uses others')

# -- make --


def make(*argv):
    return run(['make', 'O=' + BUILD, 'CC=gcc', 'DISPATCH=tail', *argv])


make()  # another make may have had other settings
r = make('-q', 'all')
is_(r.status, 0, 'make -q: a built tree is up to date')
r = make()
is_((r.status, r.err), (0, b''), 'make in a built tree succeeds')
none(re.findall(r'.*-o.*', r.out.decode()), 'make in a built tree runs no compiler')
made = make('-n', '-W', 'tcg/tcg.h').out.decode()
like(made, r'-o \S+/tcg/optimize\.o ', 'a changed header rebuilds the files that include it')
ok('/util/log.o ' not in made.split('-o ' + BUILD + '/tqemu')[0], 'a changed header rebuilds no other file', made)
like(make('-n', 'CFLAGS=-DX').out, r'-DX .*\n.*-o \S+/util/log\.o ', 'a changed setting rebuilds everything')
for setting in 'HOST=nonsense', 'DISPATCH=nonsense':
    r = make(setting)
    ok(r.status == 2 and setting.encode() in r.err, setting + ' is an error', r.err)
root = temp('root')
r = make('install', 'DESTDIR=' + root, 'PREFIX=/opt')
installed = root + '/opt/bin/tqemu'
ok(os.access(installed, os.X_OK) and slurp(installed) == slurp(program('tail')),
   'make install puts the program into $(DESTDIR)$(PREFIX)/bin', r.err)
installed = sorted(os.path.relpath(os.path.join(path, name), root + '/opt')
                   for path, _, names in os.walk(root + '/opt') for name in names)
is_(installed, ['bin/tqemu', 'share/bash-completion/completions/tqemu', 'share/man/man1/tqemu.1',
                'share/zsh/site-functions/_tqemu'], 'make install installs nothing else')
shown = make('-s', 'show', 'HANDLER=add_rr_shl_f').out.decode()
like(shown, r'^static inline void add_rr_shl_f_body\(', 'make show prints the body of a handler')
like(shown, r'^TciSlot \*tci_op_add_rr_shl_f\(', 'make show prints the handler')
ok(shown and not re.search(r'\b(RD|RA|IMM|GO)\b', shown), 'make show expands the macros', shown)
r = make('show', 'HANDLER=none')
ok(r.status == 2 and b'none: no such handler' in r.err, 'make show reports an unknown handler', r.err)
help_text = make('help').out.decode()
targets = set(re.findall(r'^\.PHONY: (.*)', text['Makefile'], re.M)[0].split()) - {'FORCE', 'help', 'all'}
none([t for t in targets if not re.search(r'\bmake %s\b' % t, help_text)],
     'make help lists every target')
done()
