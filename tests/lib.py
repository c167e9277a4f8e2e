# SPDX-License-Identifier: MIT
#
# What the tests in Python share: results in the Test Anything Protocol, the variants of the
# program that check.sh builds, a guest on a terminal or on pipes that is talked to like expect
# does, and small bare-metal images made on the fly. Tests run in the top directory of the project;
# the environment's O names the build directory.
import atexit
import fcntl
import os
import pty
import re
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import termios
import time

BUILD = os.environ.get('O', 'build')
GUEST = BUILD + '/guest'
ROOTFS = GUEST + '/rootfs.cpio'
XIP, ZIMAGE = GUEST + '/zImage-xip', GUEST + '/zImage'
CMDLINE = 'console=ttyAMA0 quiet lpj=500000'
# What scripts/bench/diskwork.h does, in this order.
DISK_WORK = ['sequential-write', 'sequential-read', 'random-write', 'random-read', 'random-mixed', 'verify']
PROMPT = rb'\n~ # (\x1b\[6n)?$'  # the shell may ask where its cursor is
QUESTION = re.compile(rb'(999;999H)?\x1b\[6n')  # where the cursor is; (at the far end)
FARTHEST = b'\x1b[999;999H\x1b[6n'
CTRL_A = b'\x01'
TIMEOUT = 90  # seconds; nothing that works takes this long, on a busy machine either

scratch = tempfile.mkdtemp(prefix='tqemu-test-')
atexit.register(shutil.rmtree, scratch, ignore_errors=True)

_count = _failed = 0


def ok(good, name, *diagnosis):
    """One result; the diagnosis is shown if it is a failure."""
    global _count, _failed
    _count += 1
    print('%sok %d - %s' % ('' if good else 'not ', _count, name.replace('#', r'\#')))
    if not good:
        _failed += 1
        for text in diagnosis:
            if isinstance(text, bytes):
                text = text.decode('latin-1')
            for line in str(text)[-4000:].splitlines():
                print('#   ' + ascii(line)[1:-1])
    sys.stdout.flush()
    return bool(good)


def is_(got, want, name):
    return ok(got == want, name, 'got  %.2000r' % (got,), 'want %.2000r' % (want,))


def like(text, pattern, name):
    """The pattern, in multi-line mode, is found in the text."""
    if isinstance(text, bytes):
        text = text.decode('latin-1')
    return ok(re.search(pattern, text, re.M), name, 'no /%s/ in:' % pattern, text)


def done():
    print('1..%d' % _count)
    sys.exit(1 if _failed or not _count else 0)


def temp(name, content=None):
    """A path in a directory that goes away with the test; written to if content is given."""
    path = os.path.join(scratch, name)
    if content is not None:
        with open(path, 'wb') as f:
            f.write(content)
    return path


def port():
    """A TCP port of this host that nobody uses."""
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        return s.getsockname()[1]


def connect(address):
    """A connection to a server that is about to listen: a socket's path, or host and TCP port."""
    end = time.monotonic() + TIMEOUT
    while True:
        s = socket.socket(socket.AF_UNIX if isinstance(address, str) else socket.AF_INET)
        try:
            s.connect(address)
            s.settimeout(TIMEOUT)
            return s
        except OSError:
            s.close()
            if time.monotonic() > end:
                raise
            time.sleep(0.01)


def slurp(path):
    with open(path, 'rb') as f:
        return f.read()


def program(variant):
    """The program as check.sh builds it; 'tail' is what `make` gives."""
    return BUILD + ('/tqemu' if variant == 'tail' else '/%s/tqemu' % variant)


def linux(kernel=XIP, *more, append=CMDLINE):
    """The arguments that boot Linux."""
    return ['-kernel', kernel, '-initrd', ROOTFS, '-append', append, *more]


class Result:
    def __init__(self, out, err, status, seconds):
        self.out, self.err, self.status, self.seconds = out, err, status, seconds


def run(argv, stdin=b'', timeout=TIMEOUT, **popen):
    """Runs to the end with no terminal. status is that of the program, negative for a signal, or
    None if it did not end in time and was killed."""
    if isinstance(stdin, bytes):
        path = temp('stdin', stdin)
        stdin = open(path, 'rb')
    for stream in 'stdout', 'stderr':
        popen.setdefault(stream, subprocess.PIPE)
    start = time.monotonic()
    with subprocess.Popen(argv, stdin=stdin, **popen) as p:
        try:
            out, err = p.communicate(timeout=timeout)
            status = p.returncode
        except subprocess.TimeoutExpired:
            p.kill()
            out, err = p.communicate()
            status = None
    return Result(out, err, status, time.monotonic() - start)


def pipe_of(content):
    """The reading end of a pipe, into which a process of its own writes the content."""
    return subprocess.Popen(['cat', temp('pipe', content)], stdout=subprocess.PIPE).stdout


def lines(text):
    """What a guest's terminal shows, as lines."""
    return re.sub(r'\r+\n', '\n', text.decode('latin-1')).split('\n')


def plain_signals():
    """For a child: signals end it, also where they are ignored here, as in a background job."""
    for sig in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
        signal.signal(sig, signal.SIG_DFL)


def take_terminal():
    plain_signals()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


class Timeout(Exception):
    pass


class Session:
    """A program on a terminal (terminal=True) or on two pipes, which is talked to. stderr comes
    with stdout on a terminal, and in a file of its own (`err`) otherwise. With controlling=False
    the terminal is not the controlling one of the program's session, which has none."""

    def __init__(self, argv, terminal=True, env=None, controlling=True):
        self.out = b''  # everything so far
        self.seen = 0   # how much of it expect() has gone through
        self.answered = 0  # up to where its questions have been answered
        self.slave = None
        self.errors = None
        # Its own session, in which a terminal becomes the controlling one.
        if terminal:
            self.master, self.slave = pty.openpty()
            fcntl.ioctl(self.slave, termios.TIOCSWINSZ, b'\x18\0\x50\0\0\0\0\0')  # 24 x 80
            self.cooked = termios.tcgetattr(self.slave)
            self.p = subprocess.Popen(argv, stdin=self.slave, stdout=self.slave, stderr=self.slave,
                                      start_new_session=True, env=env,
                                      preexec_fn=take_terminal if controlling else plain_signals)
            self.input = self.output = self.master
        else:
            self.errors = tempfile.TemporaryFile(dir=scratch)
            self.p = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                      stderr=self.errors, bufsize=0, env=env,
                                      start_new_session=True, preexec_fn=plain_signals)
            self.input, self.output = self.p.stdin.fileno(), self.p.stdout.fileno()
        os.set_blocking(self.input, False)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        if self.p.poll() is None:
            self.p.kill()
            self.p.wait()
        for fd in (self.master, self.slave) if self.slave is not None else ():
            os.close(fd)
        for f in self.p.stdin, self.p.stdout, self.errors:
            if f:
                f.close()

    @property
    def err(self):
        self.errors.seek(0)
        return self.errors.read()

    def _read(self, seconds):
        """Takes what is there, or comes within the time. False at the end of the output."""
        if not select.select([self.output], [], [], seconds)[0]:
            return True
        try:
            data = os.read(self.output, 65536)
        except OSError:  # nobody has the terminal open any more
            data = b''
        self.out += data
        if self.slave is not None:
            # Programs ask a terminal where the cursor is, and how large it is by going far away. A
            # question may come in two pieces.
            start = max(self.answered, len(self.out) - len(data) - len(FARTHEST))
            for question in QUESTION.finditer(self.out, start):
                os.write(self.input, b'\x1b[24;80R' if question[1] else b'\x1b[24;5R')
                self.answered = question.end()
        return bool(data)

    def expect(self, pattern, timeout=TIMEOUT):
        """Waits until the pattern is found in what was not seen yet; that much is seen then."""
        end = time.monotonic() + timeout
        pattern = re.compile(pattern, re.S)
        while True:
            found = pattern.search(self.out, self.seen)
            if found:
                self.seen = found.end()
                return found
            left = end - time.monotonic()
            if left <= 0 or self.p.poll() is not None and not self._ready():
                raise Timeout('no %r after %r' % (pattern.pattern, self.out[-600:]))
            self._read(min(left, 0.2))

    def _ready(self):
        before = len(self.out)
        self._read(0)
        return len(self.out) > before

    def send(self, data, output=True):
        """Sends it all, while taking the output (if there is any), as a terminal would."""
        end = time.monotonic() + TIMEOUT
        while data:
            if time.monotonic() > end:
                raise Timeout('%d bytes of input are not taken' % len(data))
            readable, writable, _ = select.select([self.output] if output else [], [self.input], [], 1)
            if readable:
                self._read(0)
            if writable:
                try:
                    data = data[os.write(self.input, data[:4096]):]
                except BlockingIOError:
                    pass

    def prompt(self, timeout=TIMEOUT):
        """Waits for the guest shell's prompt; returns what came before it."""
        start = self.seen
        self.expect(PROMPT, timeout)
        return self.out[start:self.seen]

    def command(self, text, timeout=TIMEOUT):
        """Gives the guest's shell a command; returns the lines that it printed."""
        self.send(text.encode('latin-1') + b'\n')
        self.expect(rb'\r+\n', timeout)  # of the echo
        self.seen -= 1
        return lines(self.prompt(timeout))[1:-1]

    def wait(self, timeout=TIMEOUT):
        """Waits for the end; returns the status, negative for a signal."""
        end = time.monotonic() + timeout
        while self.p.poll() is None:
            if time.monotonic() > end:
                raise Timeout('still running after %r' % self.out[-600:])
            self._read(0.05)
        while self._ready():
            pass
        return self.p.returncode

    def modes(self):
        """The terminal's modes, to be compared with `cooked`, which it had at the start."""
        return termios.tcgetattr(self.slave)

    def until(self, condition, timeout=TIMEOUT):
        """Waits until the condition holds; returns whether it came to that."""
        end = time.monotonic() + timeout
        while not condition():
            if time.monotonic() > end:
                return False
            self._read(0.02)
        return True


class Guest:
    """A machine, Linux unless argv is given, with a monitor on a socket of its own."""

    def __init__(self, *more, argv=None):
        path = temp('monitor')
        self.s = Session([program('tail'), *(linux() if argv is None else argv),
                          '-monitor', 'unix:%s,server=on,wait=off' % path, *more], terminal=False)
        self.monitor = connect(path)
        self.reply()

    def reply(self):
        text = b''
        while not text.endswith(b'(qemu) '):
            data = self.monitor.recv(65536)
            if not data:
                raise Timeout('the monitor is gone after %r' % text)
            text += data
        return lines(text)[1:-1]

    def ask(self, command):
        """Gives the monitor a command; returns the lines that it printed."""
        self.monitor.sendall(command.encode() + b'\n')
        return self.reply()

    def off(self):
        self.s.send(b'poweroff -f\n')
        return self.end()

    def end(self):
        """Waits until the guest is off, and ends the run; returns the status."""
        self.s.expect(b'System halted')
        self.monitor.sendall(b'quit\n')
        status = self.s.wait()
        self.close()
        return status

    def close(self):
        self.s.close()
        self.monitor.close()


def counters(text):
    """`-d stats` as a dictionary."""
    found = re.findall(rb'^(\S[^\n]*?) {2,}(\d+)$', text, re.M)
    return {name.decode(): int(n) for name, n in found}


ARM_TOOLS = 'arm-linux-gnueabi-'


def assemble(source, name='image', at=0x10000):
    """Assembles ARM code for the ARM926EJ-S; returns the path of the raw image, linked to run
    at `at`, where -kernel loads it."""
    s, o, elf, raw = (temp(name + suffix) for suffix in ('.s', '.o', '.elf', '.bin'))
    with open(s, 'w') as f:
        f.write('.syntax unified\n.arm\n.globl _start\n_start:\n' + source + '\n')
    for argv in (['as', '-mcpu=arm926ej-s', '-o', o, s],
                 ['ld', '-Ttext=%#x' % at, '-o', elf, o],
                 ['objcopy', '-O', 'binary', '-j', '.text', elf, raw]):
        subprocess.run([ARM_TOOLS + argv[0], *argv[1:]], check=True)
    return raw


# What a program on bare metal starts with: setup() with interrupts off, irq() for each of them,
# program() with interrupts on.
C_RUNTIME = r'''
__asm__(".syntax unified\n"
        ".section .init, \"ax\"\n"
        ".globl _start\n"
        "_start: ldr r0, =vectors\n"
        "        mov r1, #0\n"
        "        ldmia r0!, {r2-r9}\n"
        "        stmia r1!, {r2-r9}\n"
        "        ldmia r0!, {r2-r9}\n"
        "        stmia r1!, {r2-r9}\n"
        "        msr cpsr_c, #0xd2\n"
        "        ldr sp, =0x80000\n"
        "        msr cpsr_c, #0xd3\n"
        "        ldr sp, =0x90000\n"
        "        bl setup\n"
        "        msr cpsr_c, #0x53\n"
        "        b program\n"
        "vectors: .rept 8\n"
        "        ldr pc, [pc, #24]\n"
        "        .endr\n"
        "        .word 0, 0, 0, 0, 0, 0, enter, 0\n"
        "enter:  sub lr, lr, #4\n"
        "        push {r0-r3, r12, lr}\n"
        "        bl irq\n"
        "        ldm sp!, {r0-r3, r12, pc}^\n"
        ".text\n");
#define REG(address) (*(volatile unsigned *)(address))
#define DR   REG(0x101f1000)
#define FR   REG(0x101f1018)
#define LCRH REG(0x101f102c)
#define CR   REG(0x101f1030)
#define IMSC REG(0x101f1038)
#define RIS  REG(0x101f103c)
#define MIS  REG(0x101f1040)
#define ICR  REG(0x101f1044)
#define VICINTENABLE REG(0x10140010)
#define WFI __asm__ volatile("mcr p15, 0, r0, c7, c0, 4")
enum { RXFE = 0x10, TXFF = 0x20, RX = 0x10, TX = 0x20, RT = 0x40 };

static inline void put(unsigned c)
{
    while (FR & TXFF) {
    }
    DR = c;
}

static inline unsigned semihosting(unsigned operation, const void *parameter)
{
    register unsigned r0 __asm__("r0") = operation;
    register const void *r1 __asm__("r1") = parameter;
    __asm__ volatile("swi 0x123456" : "+r"(r0) : "r"(r1) : "memory", "lr");
    return r0;
}
'''


def initrd_with(name, source, *flags, rootfs=ROOTFS):
    """A copy of the root file system with a program, /NAME, made of a C file. Returns its path."""
    binary, path = temp('program'), temp('initrd')
    subprocess.run([ARM_TOOLS + 'gcc', '-O2', '-static', '-marm', *flags, source, '-o', binary], check=True)
    archive = subprocess.run(['scripts/mkcpio'], input=b'file %s 0755 %s\n' % (name.encode(), binary.encode()),
                             stdout=subprocess.PIPE, check=True).stdout
    with open(path, 'wb') as f:
        f.write(slurp(rootfs) + archive)
    return path


# Work that takes some time and needs no input: checksums, sleep, random bytes.
JOB = b"""#!/bin/sh
mount -t proc proc /proc
mknod /dev/urandom c 1 9
for i in 1 2 3 4 5 6 7 8; do
    seq 1 $((i * 300)) | md5sum; ls -lR /bin | md5sum; usleep 30000; head -c 16 /dev/urandom | md5sum
done
cat /proc/uptime /proc/interrupts
poweroff -f
"""


def initrd_with_job():
    """A copy of the root file system with JOB as /job, for rdinit=/job. Returns its path."""
    archive = subprocess.run([os.path.dirname(os.path.abspath(__file__)) + '/../scripts/mkcpio'],
                             input=b'file job 0755 %s\n' % temp('job', JOB).encode(),
                             stdout=subprocess.PIPE, check=True).stdout
    return temp('job.cpio', slurp(ROOTFS) + archive)


def compile_guest(source, name='image'):
    """Compiles C after C_RUNTIME; returns the path of the raw image, for -kernel."""
    c, elf, raw = (temp(name + suffix) for suffix in ('.c', '.elf', '.bin'))
    with open(c, 'w') as f:
        f.write(C_RUNTIME + source)
    subprocess.run([ARM_TOOLS + 'gcc', '-marm', '-march=armv5te', '-O1', '-ffreestanding',
                    '-fno-pic', '-static', '-nostdlib', '-Wl,--build-id=none,-z,noexecstack',
                    '-Wl,--section-start=.init=0x10000,-Ttext=0x10200', '-o', elf, c], check=True)
    subprocess.run([ARM_TOOLS + 'objcopy', '-O', 'binary', elf, raw], check=True)
    return raw


# A guest that says that it is there and then echoes what comes, always busy.
ECHO = '''
        ldr     r0, =0x101f1000
        ldr     r1, =0x301
        str     r1, [r0, #0x30]
        mov     r1, #'>'
        strb    r1, [r0]
1:      ldr     r1, [r0, #0x18]
        tst     r1, #0x10
        bne     1b
        ldr     r1, [r0]
        strb    r1, [r0]
        b       1b
'''
