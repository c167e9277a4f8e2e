#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
# needs: program iso san arm-linux-gnueabi-gcc gdb-multiarch qemu-system-arm
#
# Semihosting on QEMU and on tqemu: programs on bare metal that make every call.
import socket
import tempfile
import time

from rsp import *

OPERATIONS = dict(OPEN=1, CLOSE=2, WRITEC=3, WRITE0=4, WRITE=5, READ=6, READC=7, ISERROR=8, ISTTY=9, SEEK=10,
                  FLEN=12, TMPNAM=13, REMOVE=14, RENAME=15, CLOCK=16, TIME=17, SYSTEM=18, ERRNO=19,
                  GET_CMDLINE=21, HEAPINFO=22, EXIT=24, EXIT_EXTENDED=32, ELAPSED=48, TICKFREQ=49)
# call() prints its name and result, and the error if it is one; A() makes an operand of a pointer.
DEFINITIONS = 'enum { %s };\n' % ', '.join('SYS_%s = %d' % item for item in OPERATIONS.items()) + r'''
#define A(pointer) ((unsigned)(pointer))
#define NOWHERE    ((void *)0x60000000)
#define OPEN(name, mode) call("open " name, SYS_OPEN, A(name), mode, sizeof name - 1, 0)
void setup(void) {}
void irq(void) {}
static void show(const char *text, unsigned n)
{
    for (unsigned i = 0; i < n; i++) {
        put(text[i]);
    }
    put('\n');
}
static void hex(unsigned x)
{
    put(' ');
    for (int i = 28; i >= 0; i -= 4) {
        put("0123456789abcdef"[x >> i & 15]);
    }
}
static void result(const char *name, unsigned operation, unsigned value)
{
    while (*name) {
        put(*name++);
    }
    hex(operation);
    hex(value);
    if ((value + 1 == 0 || (operation == SYS_ISTTY && value == 0)) && operation != SYS_READ &&
        operation != SYS_WRITE) {
        hex(semihosting(SYS_ERRNO, 0));
    }
    put('\n');
}
static unsigned call(const char *name, unsigned operation, unsigned a, unsigned b, unsigned c, unsigned d)
{
    unsigned block[4] = { a, b, c, d };
    unsigned value = semihosting(operation, block);
    result(name, operation, value);
    return value;
}
'''
QEMU = ['qemu-system-arm', '-M', 'versatilepb', '-display', 'none', '-monitor', 'none', '-audiodev', 'none,id=none']


def compile_calls(name):
    return compile_guest(DEFINITIONS + slurp('tests/semihosting/' + name).decode(), name)


def calls(emulator, image, *argv, stdin=b''):
    """Runs a program in an empty folder. Returns what run() does, its serial port's output and the folder."""
    folder = tempfile.mkdtemp(dir=scratch)
    argv0 = [os.path.abspath(emulator[0]) if '/' in emulator[0] else emulator[0], *emulator[1:]]
    r = run([*argv0, '-semihosting', '-serial', 'file:serial', '-kernel', image, *argv], stdin=stdin, cwd=folder)
    return r, slurp(folder + '/serial').decode('latin-1'), folder


# -- Every operation --

image = compile_calls('calls.c')
theirs, serial, folder = calls(QEMU, image, stdin=pipe_of(b'abcdefghij'))
is_([theirs.status, serial.count('\n') > 500], [42, True], 'calls: QEMU makes all')
shell = slurp(folder + '/shell')
for variant, more in ('tail', []), ('tail', ['-singlestep']), ('tail', ['-icount', 'shift=2']), ('iso', []), \
        ('san', []):
    name = ' '.join(['calls:', variant, *more])
    ours, results, folder = calls([program(variant)], image, *more, stdin=pipe_of(b'abcdefghij'))
    differ = [pair for pair in zip(results.split('\n'), serial.split('\n')) if pair[0] != pair[1]]
    ok(results == serial, name + ': %d results are QEMU\'s' % serial.count('\n'), differ[:10], results[-200:])
    is_(ours.status, 42, name + ': the status')
    is_([ours.out, ours.err], [b':tt w\n', b'CWRITE0\n:tt a\n\n\n'], name + ': what goes where')
    is_(theirs.out, ours.out, name + ': in QEMU, too')
    ok(theirs.err.endswith(ours.err), name + ': errors in QEMU, too', theirs.err)
    is_(sorted(os.listdir(folder)), ['file', 'many', 'serial', 'shell'], name + ': the files')
    is_([slurp(folder + '/' + file) for file in ('file', 'many', 'shell')], [b'12345', b'', shell],
        name + ': and what they hold')

# -- What QEMU does not do as the specification has it, and operands that no program means --

EXPECTED = """open added 1; write 0; seek 0; read 300; write 0; close 0
open added 1; write 0; seek 0; read 293; write 0; close 0
open file 1; write 0; seek 0; read 5; read 3; read 2; 345; flen 5
seek 0; write 0; flen -1 75; heapinfo -1 14; tmpnam -1 14; get_cmdline -1 14; elapsed -1 14
open -1 36; open -1 36; open -1 36; open -1 36; open -1 22; system -1 36
"""
image = compile_calls('hostile.c')
for variant in 'tail', 'iso', 'san':
    name = 'hostile: ' + variant
    ours, results, folder = calls([program(variant)], image, stdin=pipe_of(b'!'))
    found = [re.sub(r'^(.*?) [0-9a-f]{8} ([0-9a-f]{8})( [0-9a-f]{8})?$', lambda m: m[1] + ' ' + ' '.join(
        str((int(n, 16) + 2**31) % 2**32 - 2**31) for n in (m[2], m[3]) if n), line)
        for line in results.split('\n')]
    wanted = EXPECTED.replace('\n', '; ').split('; ')[:-1]
    is_(found[:len(wanted)], wanted, name + ': results')
    opened = ['open file %d' % (n + 1) for n in range(1, 128)] + 3 * ['open file -1 24']
    is_(found[len(wanted):len(wanted) + 130], opened, name + ': 128 handles, and no more')
    is_(found[len(wanted) + 130:], ['readc 33', 'readc -1 24', 'unknown -1 38', 'unknown -1 38', ''],
        name + ': the end of input, unknown calls')
    is_([ours.status, ours.out], [1, b''], name + ': the status')
    like(ours.err, r'\Atqemu: [^\n]* operation 0x32 [^\n]*\ntqemu: [^\n]* operation 0xffffffff [^\n]*\n2\Z',
         name + ': what is said, and the last byte of RAM')
    is_([slurp(folder + '/added'), os.path.getsize(folder + '/file')], [b'abcdeabcde', 2**32 + 1],
        name + ': what files hold')

# -- The command line --

# Prints the result, the length and the line; then what becomes of buffers that are too short.
image = compile_guest('''
static char line[256];
static unsigned block[2];
static void hex(unsigned x)
{
    for (int i = 28; i >= 0; i -= 4) {
        put("0123456789abcdef"[x >> i & 15]);
    }
    put(10);
}
static void ask(unsigned size)
{
    block[0] = (unsigned)line;
    block[1] = size;
    hex(semihosting(0x15, block));
    hex(block[1]);
}
void setup(void) {}
void irq(void) {}
void program(void)
{
    ask(sizeof line);
    for (const char *c = line; *c; c++) {
        put(*c);
    }
    put(10);
    unsigned len = block[1];
    ask(len + 1);
    ask(len);
    hex(semihosting(0x13, 0));
    ask(0);
    semihosting(0x18, (void *)0x20026);
}
''', 'line')
for argv, line in ([], image), (['-append', 'one "two" 3'], image + ' one "two" 3'), \
        (['-append', ''], image), (['-append', 'x' * 100], image + ' ' + 'x' * 100):
    ours, theirs = (run([*argv0, '-serial', 'stdio', '-semihosting', '-kernel', image, *argv])
                    for argv0 in ([program('tail')], QEMU))
    name = ' '.join(argv)[:40] or 'no -append'
    is_((ours.status, ours.err), (0, b''), name + ': runs')
    is_(ours.out.split(b'\n')[:3], [b'00000000', b'%08x' % len(line), line.encode()],
        name + ': the command line')
    is_(ours.out, theirs.out, name + ': all as QEMU has it')

# -- gdb executes the calls --


def calls_by_gdb(emulator, image, *argv, allowed=1):
    """What gdb prints for the program, the results, the files, and what the emulator says."""
    folder = tempfile.mkdtemp(dir=scratch)
    argv0 = [os.path.abspath(emulator[0]) if '/' in emulator[0] else emulator[0], *emulator[1:]]
    how = ' '.join("'%s'" % a for a in [*argv0, '-monitor', 'none', '-serial', 'file:serial', '-S', '-gdb', 'stdio',
                                        '-kernel', image, *argv])
    script = temp('script', ('set remote system-call-allowed %d\ntarget remote | exec %s 2>err\ncontinue\n' %
                             (allowed, how)).encode())
    r = run([*GDB, '-x', script], stdin=b'abcdefghij', cwd=folder)
    results = slurp(folder + '/serial').decode('latin-1').split('\n')
    ended = b'exited with code 052' in r.out or b'Broken pipe' in r.err  # as some of QEMU's runs end
    ok(ended, 'gdb: the program ends: ' + emulator[0], r.out, r.err)
    files = {f: slurp(folder + '/' + f) for f in os.listdir(folder) if f not in ('serial', 'err')}
    said = re.search(rb'\nC(WRITE0\n(:tt .*\n)*)', r.err)
    return said and said[1], results, files, slurp(folder + '/err')


def comparable(results):
    """QEMU 7.2 finds no length of gdb's files, and the error of that is the last one for istty."""
    return [re.sub(r'(istty .{17}) .*', r'\1', line) for line in results if not line.startswith('flen')]


# gdb can read PCI's window, and would read 2 GiB before it finds that there are not that many.
source = (DEFINITIONS + slurp('tests/semihosting/calls.c').decode()).replace('0x60000000', '0xa0000000')
image = compile_guest(re.sub(r'call\("write", SYS_WRITE, f, A\(buf\), 0x[7f]f+, 0\);', '', source), 'calls-by-gdb')
for allowed in 1, 0:
    name = 'gdb: ' if allowed else 'gdb, no system(): '
    theirs = calls_by_gdb(QEMU[:-2], image, '-semihosting-config', 'enable=on,target=gdb', allowed=allowed)
    for variant, target in ('tail', 'gdb'), ('iso', 'gdb'), ('tail', 'auto'):
        said, results, files, err = calls_by_gdb([program(variant)], image, '-semihosting-config',
                                                 'enable=on,target=' + target, allowed=allowed)
        differ = [pair for pair in zip(comparable(results), comparable(theirs[1])) if pair[0] != pair[1]]
        same = comparable(results) == comparable(theirs[1])
        ok(same, '%s%s %s: QEMU\'s results' % (name, variant, target), differ[:9])
        is_([said, files, err], [b'WRITE0\n:tt w\n:tt a\n', theirs[2], b''], name + 'what gdb prints, the files')
        is_(said, theirs[0], name + 'as in QEMU')
        is_([line for line in results if line.startswith('flen')][3:],
            [line for line in serial.split('\n') if line.startswith('flen')][3:], name + 'the lengths of files')
        is_('shell' in files, allowed == 1, name + 'a command was executed')
ours = calls([program('tail')], image, '-semihosting-config', 'enable=on,target=auto', stdin=b'abcdefghij')
is_((ours[0].status, ours[0].out), (42, b':tt w\n'), 'target=auto without gdb: as native')
r = run([program('tail'), '-kernel', image, '-semihosting-config', 'target=gdb'])
ok(r.status == 1 and b'target=gdb: there is no gdb server: add -s or -gdb' in r.err, 'target=gdb needs a server', r.err)

# -- Character devices, words, and user mode, where calls are the guest's own unless it is asked for --

image = compile_calls('console.c')
for argv in ([], ['-chardev', 'file,id=c,path=chardev', '-semihosting-config', 'enable=on,chardev=c'],
             ['-semihosting-config', 'enable=on,userspace=on,target=native'],
             ['-append', 'not these', '-semihosting-config', 'userspace=on,arg=some,arg=more words,arg=,arg=a,,b'],
             ['-chardev', 'stdio,id=c', '-semihosting-config', 'userspace=on,chardev=c']):
    name = 'console: ' + (' '.join(argv) or '-semihosting')
    ours, theirs = (calls(emulator, image, *argv, stdin=pipe_of(b'input\n') if 'stdio,id=c' not in argv else
                          subprocess.DEVNULL) for emulator in ([program('tail')], QEMU))
    is_([ours[0].status, theirs[0].status], 2 * [5 if 'userspace=on' in str(argv) else 9], name + ': the status')
    is_(ours[0].out, theirs[0].out, name + ': standard output')
    ok(theirs[0].err.endswith(ours[0].err), name + ': standard error', ours[0].err, theirs[0].err)
    is_(ours[1].replace(program('tail'), ''), theirs[1], name + ': results')
    files = [{f: slurp(folder + '/' + f) for f in os.listdir(folder)} for folder in (ours[2], theirs[2])]
    is_(files[0], files[1], name + ': files')

# Another character device, and a program that reads it.
ECHO_CHARS = compile_guest(DEFINITIONS + """
void program(void)
{
    char c;
    while ((c = (char)semihosting(SYS_READC, 0)) != '.') {
        semihosting(SYS_WRITEC, &c);
    }
    semihosting(SYS_EXIT, (void *)0x20026);
}
""", 'echo')
path = temp('socket')
with Session([program('tail'), '-chardev', 'socket,id=s,server=on,wait=off,path=' + path, '-serial', 'null',
              '-semihosting-config', 'chardev=s', '-kernel', ECHO_CHARS], terminal=False) as s:
    with connect(path) as peer:
        for text in b'one', b'two':
            peer.sendall(text)
            is_(peer.recv(3, socket.MSG_WAITALL), text, 'READC waits for a peer, WRITEC answers')
        peer.sendall(b'.')
        is_((s.wait(), s.out, s.err), (0, b'', b''), 'and the program ends')

# -- A terminal, which stays in its own mode where only semihosting has it --

image = compile_calls('console.c')
with Session([program('tail'), '-semihosting', '-serial', 'null', '-monitor', 'none', '-kernel', image]) as s:
    s.expect(b'by WRITE0\r\nby :tt\r\n')
    ok(s.modes() == s.cooked, 'terminal: its modes are unchanged')
    s.send(b'worng\x7f\x7f\x7fong\n')
    s.expect(b'\nwoong\r\n')
    s.send(b'\4')
    is_(s.wait(), 9, 'terminal: a line was edited, Ctrl-D ends the input')
with Session([program('tail'), '-semihosting', '-serial', 'null', '-monitor', 'none', '-kernel', image]) as s:
    s.expect(b'by :tt\r\n')
    s.send(b'\3')
    is_(s.wait(), -signal.SIGINT, 'terminal: Ctrl-C ends the run')
with Session([program('tail'), '-semihosting', '-serial', 'null', '-kernel', image]) as s:
    s.expect(b'by :tt\r\n')
    ok(s.modes() != s.cooked, 'terminal: keys are the monitor\'s, too')
    s.send(b'\1x')
    is_(s.wait(), 0, 'terminal: Ctrl-A x')

# -- Time, and names of temporary files --

TIMES = compile_guest(DEFINITIONS + """
static char name[300];
void program(void)
{
    unsigned block[] = { A(name), 0x1234, 300 }, ns[2];
    result("time", 0, semihosting(SYS_TIME, 0));
    semihosting(SYS_ELAPSED, ns);
    result("elapsed", 0, ns[0]);
    result("clock", 0, semihosting(SYS_CLOCK, 0));
    semihosting(SYS_TMPNAM, block);
    show(name, 80);
    semihosting(SYS_EXIT, (void *)0x20026);
}
""", 'times')
before = int(time.time())
r = run([program('tail'), '-semihosting', '-serial', 'stdio', '-kernel', TIMES], env={**os.environ, 'TMPDIR': '/a/b'})
now = int(re.search(rb'time 0{8} (\w+)', r.out)[1], 16)
ok(before <= now <= time.time(), 'SYS_TIME: the host\'s time', now)
like(r.out, r'^/a/b/tqemu-[0-9a-f]+34\0', 'SYS_TMPNAM: a name in the folder for temporary files')
for more, start in ([], 946684800), (['-rtc', 'base=2020-02-20'], 1582156800):
    runs = [run([program(variant), '-semihosting', '-serial', 'stdio', '-icount', 'shift=3', '-kernel', TIMES,
                 *more]).out for variant in ('tail', 'iso')]
    like(runs[0], r'^time 0{8} %08x\r?\nelapsed 0{8} 0000[0-9a-f]{4}\r?\nclock 0{8} 00000000\r?$' % start,
         ' '.join(['-icount: the RTC\'s time', *more]))
    is_(runs[0].split(b'/')[0], runs[1].split(b'/')[0], 'the same in each run')
done()
