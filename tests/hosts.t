#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
# needs: program bare linux tcc musl-gcc powerpc-linux-gnu-gcc qemu-ppc
#
# usage: tests/hosts.t [all | HOST...]
#
# tqemu on other hosts than the one at hand: built by other compilers, against other C libraries, for
# other processors, of either byte order and of 32 and 64 bits; run natively, or by qemu-user, wine
# or node, or in the Linux that tqemu itself runs. On each of them:
#   - Linux boots to a shell, which computes, and switches itself off;
#   - with counted time the whole machine is at every step in the state that it has on x86-64 (-d digest);
#   - it goes on from a snapshot that was made on x86-64, in the same states;
#   - every byte comes in and goes out as it is;
#   - the bare-metal tests of tests/guest pass, and where it says so the unit tests.
# Without arguments some hosts, quickly, and without unit tests. The time to the prompt and that of a
# fixed piece of work are shown with their ratio to the native ones: with all or HOST medians of
# three runs, each next to a native one.
import glob
import hashlib
import statistics

from lib import *

WINE = '/usr/lib/wine/'
MINGW = ['HOST=iso', 'CC=x86_64-w64-mingw32-gcc', 'CFLAGS=-D_UCRT', 'LDFLAGS=-nodefaultlibs',
         'LDLIBS=-lmingw32 -lmingwex -lgcc -lucrt -lkernel32']


class Host:
    """A host: what make needs to know, what runs the program there, and what else is done."""

    def __init__(self, name, make, emulator=(), build=None, program='tqemu', units=False,
                 quick=False):
        self.name = name
        self.build = build or '%s/hosts/%s' % (BUILD, name)
        self.make = ['O=' + self.build, *make]
        self.program = '%s/%s' % (self.build, program)
        self.emulator = list(emulator)
        self.units, self.quick = units, quick
        self.env = None

    @property
    def argv(self):
        return [*self.emulator, self.program]


def cross(name, triplet, processor, **more):
    return Host(name, ['CC=%s-gcc' % triplet, 'LDFLAGS=-static'], ['qemu-' + processor],
                units=True, **more)


HOSTS = [
    Host('gcc', ['CC=gcc', 'DISPATCH=tail'], build=BUILD, units=True),
    Host('clang', ['CC=clang', 'DISPATCH=tail'], build=BUILD + '/clang', units=True),
    Host('tcc', ['CC=tcc'], units=True, quick=True),
    Host('musl', ['CC=musl-gcc'], units=True, quick=True),
    cross('i686', 'i686-linux-gnu', 'i386'),
    cross('armhf', 'arm-linux-gnueabihf', 'arm'),
    cross('arm64', 'aarch64-linux-gnu', 'aarch64'),
    cross('riscv64', 'riscv64-linux-gnu', 'riscv64'),
    cross('s390x', 's390x-linux-gnu', 's390x'),
    cross('powerpc', 'powerpc-linux-gnu', 'ppc', quick=True),
    Host('windows', MINGW, [WINE + 'wine64'], program='tqemu.exe'),
    Host('node', ['web', 'CC=gcc'], ['node', 'tests/node-console.js'], build=BUILD, program='web'),
    Host('tqemu', ['CC=arm-linux-gnueabi-gcc', 'LDFLAGS=-static']),
]
native = HOSTS[0]

# What is done at the prompt, and what comes out.
WORK = 'i=0; while [ $i -lt 3000 ]; do i=$((i+1)); done; seq 3000 | md5sum'
WORK_DONE = hashlib.md5(b''.join(b'%d\n' % n for n in range(1, 3001))).hexdigest() + '  -'

# For the digests: little memory, because each is of all of it, and the serial ports named, because
# the page's package has two.
COUNTED = ['-m', '32', '-icount', 'shift=3', '-d', 'digest:2000000',
           '-serial', 'stdio', '-serial', 'null']
INPUT = temp('input', b'''uname -a
for i in 1 2 3; do seq 1 2000 | md5sum; done
sleep 5; usleep 12345
ls -lR /dev /etc
cat /proc/uptime /proc/interrupts
date
poweroff -f
''')

SNAPSHOT = temp('snapshot')

# Sends back what comes; 255 is the last, and ends it, by semihosting.
BYTES = '''
        ldr     r0, =0x101f1000
        ldr     r1, =0x301
        str     r1, [r0, #0x30]
1:      ldr     r1, [r0, #0x18]
        tst     r1, #0x10
        bne     1b
        ldr     r1, [r0]
        strb    r1, [r0]
        cmp     r1, #255
        bne     1b
        mov     r0, #0x18
        ldr     r1, =0x20026
        swi     0x123456
'''

# -- The shell --


class Native:
    """A machine at its prompt, which is left by switching it off."""

    def __init__(self, host):
        self.start = time.monotonic()
        self.s = Session([*host.argv, *linux()], terminal=False, env=host.env)
        self.s.prompt()
        self.seconds = time.monotonic() - self.start

    def off(self):
        self.s.send(b'poweroff -f\n')
        return self.s.wait()


class Nested:
    """The same in a machine of ours, where /boot starts another."""

    def __init__(self, host):
        self.s = Session([*native.argv, *linux(XIP, '-m', '256', '-initrd', nested_initrd(host))],
                         terminal=False)
        self.s.prompt()
        self.start = time.monotonic()
        self.s.send(b'/boot\n')
        self.s.expect(b'Welcome')
        self.s.prompt()
        self.seconds = time.monotonic() - self.start

    def off(self):
        self.s.send(b'poweroff -f\n')
        self.s.prompt()
        inner = self.s.command('echo $?')
        self.s.send(b'poweroff -f\n')
        return int(inner[0]) or self.s.wait()


def nested_initrd(host):
    """Our guest's root file system, and after it what it needs to be a host."""
    script = '#!/bin/sh\nexec /tqemu -kernel /kernel -initrd /root.cpio -append "%s" "$@"\n' % CMDLINE
    files = {'tqemu': host.program, 'kernel': XIP, 'root.cpio': ROOTFS, 'input': INPUT,
             'boot': temp('boot', script.encode())}
    listed = ''.join('file %s 755 %s\n' % item for item in files.items())
    more = subprocess.run(['scripts/mkcpio'], input=listed.encode(), stdout=subprocess.PIPE,
                          check=True).stdout
    return temp('nested.cpio', slurp(ROOTFS) + more)


def boot(host):
    return (Nested if host.name == 'tqemu' else Native)(host)


def talk(host):
    """A whole session in the shell. Returns the seconds to the prompt and those of the work."""
    m = boot(host)
    with m.s as s:
        start = time.monotonic()
        done = s.command(WORK)
        work = time.monotonic() - start
        answers = [s.command('uname -m'), s.command('echo $((6*7))'), done]
        return answers, m.off(), m.seconds, work


def check_shell(host, rounds):
    """Every round must be right; returns the medians of its times and those of the native one."""
    ours, theirs = [], []
    for _ in range(rounds):
        answers, status, *seconds = talk(host)
        is_((answers, status), ([['armv5tejl'], ['42'], [WORK_DONE]], 0),
            '%s: boots, computes, and is switched off' % host.name)
        ours.append(seconds)
        theirs.append(talk(native)[2:])
    return [[statistics.median(column) for column in zip(*rows)] for rows in (ours, theirs)]


# -- The state of the machine, bare metal, units --


def counted(host):
    """The output and the digests of a run with counted time; in a guest of ours their hashes."""
    if host.name != 'tqemu':
        with open(INPUT, 'rb') as stdin:
            r = run([*host.argv, *linux(XIP, *COUNTED)], stdin=stdin, env=host.env)
        return r.status, r.out, b'\n'.join(r.err.splitlines())
    with Session([*native.argv, *linux(XIP, '-m', '256', '-initrd', nested_initrd(host))],
                 terminal=False) as s:
        s.prompt()
        # In lines that fit the terminal: it would come back wrapped otherwise.
        s.command('exec 8>/out 9>/digests')
        s.command("options='%s'" % ' '.join(COUNTED))
        status = s.command('/boot $options </input >&8 2>&9; echo $?')
        hashes = s.command('md5sum /out /digests')
    return int(status[0]), *(line.split()[0] for line in hashes)


def check_counted(host):
    status, out, digests = expected
    if host.name == 'tqemu':
        out, digests = (hashlib.md5(data).hexdigest() for data in (out, digests + b'\n'))
    got = counted(host)
    is_(got[:2], (status, out), host.name + ': with counted time the same output')
    is_(got[2], digests, host.name + ': and the same state of the machine at every step')


def save_snapshot():
    """Saves a machine at its work; returns what it does from there."""
    g = Guest(argv=['-kernel', XIP, '-initrd', initrd_with_job(), '-append', CMDLINE + ' rdinit=/job', *COUNTED])
    g.s.expect(rb'  -\r\n')
    g.ask('migrate file:' + SNAPSHOT)
    g.close()
    return go_on(native)


def go_on(host):
    r = run([*host.argv, *COUNTED, '-incoming', 'file:' + SNAPSHOT], env=host.env, timeout=300)
    return r.status, r.out, b'\n'.join(r.err.splitlines())


def check_snapshot(host):
    status, out, digests = go_on(host)
    is_((status, out), saved[:2], host.name + ': goes on from a snapshot with the same output')
    is_(digests, saved[2], host.name + ': and in the same state at every step')


def check_bytes(host):
    data = bytes(range(256))
    r = run([*host.argv, '-semihosting', '-kernel', assemble(BYTES, 'bytes')], stdin=data,
            env=host.env)
    is_((r.status, r.out), (0, data), host.name + ': every byte comes in and goes out as it is')


def check_tap(name, argv, env):
    r = run(argv, timeout=300, env=env)  # qemu-user takes its time
    text = '\n'.join(lines(r.out))
    good = re.findall(r'^ok \d+|^not ok \d+ .*# TO' 'DO', text, re.M)
    plan = re.search(r'^1\.\.(\d+)$', text, re.M)
    ok(r.status == 0 and plan and int(plan[1]) == len(good) > 0, '%s: %d tests' % (name, len(good)),
       'status %s, plan %s' % (r.status, plan and plan[0]),
       *re.findall(r'^(?:not ok|Bail out!).*(?:\n#.*)*', text, re.M), r.err)


def check_images(host):
    is_(make('O=' + os.path.abspath(BUILD + '/tests/guest'), '-C', 'tests/guest').status, 0,
        host.name + ': the bare-metal tests are built')
    for image in sorted(glob.glob(BUILD + '/tests/guest/*.elf')):
        name = os.path.basename(image)[:-4]
        cpu = 'arm1176' if name.startswith('v6') else 'arm926'
        check_tap('%s: %s on it' % (host.name, name),
                  [*host.argv, '-cpu', cpu, '-semihosting', '-kernel', image], host.env)


def check_units(host):
    units = sorted(glob.glob(host.build + '/tests/unit/test_*'))
    is_(len(units), len(glob.glob('tests/unit/test_*.c')), host.name + ': the unit tests are built')
    for unit in units:
        check_tap('%s: %s' % (host.name, os.path.basename(unit)), [*host.emulator, unit], host.env)


# -- One host --


def make(*argv):
    env = {name: value for name, value in os.environ.items()
           if name not in ('MAKEFLAGS', 'MFLAGS', 'MAKELEVEL')}
    return run(['make', '-j2', *argv], timeout=600, env=env, stderr=subprocess.STDOUT)


def prepare(host):
    """Builds the program, and sees to what it needs there."""
    r = make(*host.make, *(['all', 'unit'] if host.units and thorough else []))
    if not ok(r.status == 0, host.name + ': is built', r.out):
        return False
    if host.name == 'windows':
        host.env = dict(os.environ, WINEPREFIX=os.path.abspath(host.build + '/wine'),
                        WINEDEBUG='-all', WINEDLLOVERRIDES='mscoree,mshtml=')
        atexit.register(subprocess.run, [WINE + 'wineserver64', '-k'], env=host.env)
        run([*host.argv, '-version'], env=host.env, timeout=300)  # wine sets itself up
    elif host.name == 'i686':
        try:  # most kernels of x86-64 run it themselves
            run([host.program, '-version'])
            host.emulator = []
        except OSError:
            pass
    return True


def show(host, ours, theirs):
    print('# %-8s prompt %6.2f s, %6.1f times native; work %6.2f s, %6.1f times native' % (
        host.name, ours[0], ours[0] / theirs[0], ours[1], ours[1] / theirs[1]))
    sys.stdout.flush()


def check(host):
    if not prepare(host):
        return
    show(host, *check_shell(host, 3 if thorough else 1))
    if host is not native:
        check_counted(host)
    if host.name not in ('gcc', 'node', 'tqemu'):
        check_snapshot(host)
    if host.name != 'tqemu':
        check_bytes(host)
        check_images(host)
    if host.units and thorough:
        check_units(host)


names = sys.argv[1:]
thorough = bool(names)
chosen = [host for host in HOSTS
          if (host.name in names or 'all' in names if names else host.quick)]
if not chosen or set(names) - {'all'} - {host.name for host in HOSTS}:
    sys.exit('hosts.t: no such host: %s: they are %s' % (
        ' '.join(names), ' '.join(host.name for host in HOSTS)))
if prepare(native):
    expected = counted(native)
    is_((expected[0], expected[1].count(b'md5sum') > 0, len(expected[2].splitlines()) > 10),
        (0, True, True), 'there is a native run to compare with')
    saved = save_snapshot()
    is_((saved[0], saved[1].count(b'  -') > 0, len(saved[2].splitlines()) > 10), (0, True, True),
        'and a snapshot that the native program goes on from')
    for host in chosen:
        try:
            check(host)
        except Timeout as e:
            ok(False, host.name + ': it answers in time', e)
done()
