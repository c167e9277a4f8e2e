#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
# needs: program iso linux arm-linux-gnueabi-gcc
#
# Without a terminal, as scripts run the program; and much data at once, in and out, on pipes and on a
# terminal.
import hashlib
import random
import resource

from lib import *


def paste():
    """64 KiB of text in lines, as no two lines are the same."""
    letters = random.Random(64)
    text = b''
    while len(text) < 65536:
        text += b'%05d %s\n' % (len(text), bytes(letters.choices(range(0x23, 0x7f), k=57)))
    return text[:65536]


PASTE = paste()
PASTE_SUM = hashlib.md5(PASTE).hexdigest()

# Every byte value once over the first PL011, then off by semihosting.
BYTES = '''
        ldr     r0, =0x101f1000
        mov     r1, #0
1:      ldr     r2, [r0, #0x18]
        tst     r2, #0x20
        bne     1b
        strb    r1, [r0]
        add     r1, r1, #1
        cmp     r1, #256
        bne     1b
        mov     r0, #0x18
        ldr     r1, =0x20026
        swi     0x123456
'''

CHARDEV = ['-chardev', 'stdio,id=c', '-semihosting-config', 'chardev=c']

# A line comes in and goes out by semihosting; a clock that stood still would keep it from ending.
SEMIHOSTING = '''
        mov     r4, #0x8000
1:      mov     r0, #7
        mov     r1, #0
        swi     0x123456
        strb    r0, [r4]
        mov     r5, r0
        mov     r0, #3
        mov     r1, r4
        swi     0x123456
        cmp     r5, #10
        bne     1b
        mov     r0, #0x10
        swi     0x123456
        mov     r6, r0
2:      mov     r0, #0x10
        swi     0x123456
        cmp     r0, r6
        beq     2b
        mov     r0, #0x18
        ldr     r1, =0x20026
        swi     0x123456
'''


# Bytes without end over the first two PL011s.
FLOOD = '''
        ldr     r0, =0x101f1000
        ldr     r1, =0x101f2000
        mov     r2, #'x'
1:      strb    r2, [r0]
        strb    r2, [r1]
        b       1b
'''


# "hello" over the first PL011 and "HELLO" over the second; then one of three things to do.
HELLO = '''
        ldr     r0, =0x101f1000
        ldr     r1, =0x101f2000
        adr     r2, text
1:      ldrb    r3, [r2], #1
        cmp     r3, #0
        beq     2f
        strb    r3, [r0]
        eor     r3, #0x20
        strb    r3, [r1]
        b       1b
text:   .asciz  "hello"
        .balign 4
2:
'''
IDLE = '''
        ldr     r0, =0x101e2000         @ a timer that will be due in an hour
        mvn     r1, #0
        str     r1, [r0]
        mov     r1, #0xe2
        str     r1, [r0, #8]
        ldr     r0, =0x10140000
        mov     r1, #1 << 4
        str     r1, [r0, #0x10]
1:      mov     r0, #0
        mcr     p15, 0, r0, c7, c0, 4
        b       1b
'''
READC = '''
        mov     r0, #7
        mov     r1, #0
        swi     0x123456
        b       .
'''


def scripts(variant):
    tqemu = [program(variant), *linux()]
    r = run(tqemu, stdin=pipe_of(b'echo $((6*7))\npoweroff -f\n'))
    is_((r.status, r.err), (0, b''), variant + ': status 0, nothing on stderr')
    like('\n'.join(lines(r.out)), r'^42$', variant + ': the shell has computed')
    # Input at its end from the start is no end of the guest.
    r = run(tqemu, stdin=pipe_of(b'sleep 1; echo still $((1+1)); poweroff -f\n'))
    like('\n'.join(lines(r.out)), r'^still 2$', variant + ': the guest continues after the end of input')
    is_(r.status, 0, variant + ': the guest ends by itself after the end of input')
    command = "printf 'uname -a\\npoweroff -f\\n' | %s -kernel %s -initrd %s -append '%s' | " \
        'grep armv5' % (program(variant), XIP, ROOTFS, CMDLINE)
    is_(run(['sh', '-c', command]).status, 0, variant + ': in a pipeline of a shell')


def bytes_untouched(variant):
    r = run([program(variant), '-semihosting', '-kernel', assemble(BYTES)])
    is_(r.out, bytes(range(256)), variant + ': all byte values come out as they are')
    is_((r.status, r.err), (0, b''), variant + ': all byte values, status 0 and no message')


def bytes_in(variant):
    # Each byte value, Ctrl-A with the keys that mean something on a terminal too.
    data = b'\x01x\x01h\x01\x01\x01b\x03\x04' + bytes(range(256)) + b'\n'
    with Session([program(variant), '-kernel', assemble(ECHO)], terminal=False) as s:
        s.expect(b'>')
        s.send(data)
        ok(s.until(lambda: s.out[1:] == data), variant + ': all byte values go in as they are',
           s.out)
        os.kill(s.p.pid, signal.SIGTERM)
        is_((s.wait(), s.err), (-signal.SIGTERM, b''), variant + ': SIGTERM ends it')


def semihosting(variant):
    with Session([program(variant), *CHARDEV, '-kernel', assemble(SEMIHOSTING)],
                 terminal=False) as s:
        for data in (b'\0a\xffas one\n',) if variant == 'iso' else (b'\0', b'a', b'\xffas one\n'):
            time.sleep(0.1)  # the guest waits for it
            s.send(data)
            s.expect(re.escape(data))
        is_((s.wait(), s.err), (0, b''), variant + ': a line has come by semihosting')
        is_(s.out, b'\0a\xffas one\n', variant + ': a line from semihosting is echoed byte by byte')


# Copies its input to the output, says how it ended, and ends with a status of its own.
END_OF_INPUT = '''
void setup(void) {}
void irq(void) {}
void program(void)
{
    unsigned c;
    while ((c = semihosting(0x07, 0)) < 256) {
        semihosting(0x03, &c);
    }
    semihosting(0x04, c + 1 == 0 ? "the end\\n" : "not the end\\n");
    unsigned again = semihosting(0x07, 0), block[2] = { 0x20026, again == c ? 7 : 8 };
    semihosting(0x20, block);
}
'''


def end_of_input(variant):
    tqemu = [program(variant), *CHARDEV, '-kernel', compile_guest(END_OF_INPUT, 'end')]
    for data in b'', b'a', b'two\nlines', bytes(range(256)) * 40:
        for how, stdin in ('a file', data), ('a pipe', pipe_of(data)):
            r = run([*tqemu, '-icount', 'shift=3'] if len(data) == 1 else tqemu, stdin=stdin, timeout=20)
            is_((r.status, r.out, r.err), (7, data + b'the end\n', b''),
                '%s: a program sees the end of %d bytes from %s' % (variant, len(data), how))


def pasted(name, out):
    like(out, PASTE_SUM + '  /tmp/paste', name + ': 64 KiB pasted into a file are all there')


def paste_ahead(variant):
    """All input is there before the guest is."""
    keys = b'cat > /tmp/paste\n' + PASTE + b'\x04md5sum /tmp/paste\npoweroff -f\n'
    r = run([program(variant), *linux()], stdin=pipe_of(keys))
    pasted(variant + ', from a pipe at once', r.out)
    is_(r.status, 0, variant + ': commands after the paste are executed')


def interactive(variant, terminal):
    name = '%s, %s' % (variant, 'on a terminal' if terminal else 'on pipes')
    with Session([program(variant), *linux()], terminal) as s:
        s.prompt()
        s.send(b'cat > /tmp/paste\n')
        s.expect(b'paste\r+\n')
        s.send(PASTE + b'\x04')
        s.prompt()
        pasted(name, '\n'.join(s.command('md5sum /tmp/paste')))
        got = s.command('seq 1 20000')
        is_(got, [str(n) for n in range(1, 20001)], name + ': a flood of output is all there')
        # The reader is slow: nothing may be lost, and the guest must wait.
        s.send(b'seq 1 20000\n')
        time.sleep(1)
        got = lines(s.prompt())[1:-1]
        is_(got, [str(n) for n in range(1, 20001)], name + ': a slow reader gets all output')
        s.send(b'poweroff -f\n')
        is_(s.wait(), 0, name + ': poweroff ends it with status 0')


def conversation(variant):
    """The other end of the pipes waits for each answer: no read may come before that is out."""
    with Session([program(variant), *linux()], terminal=False) as s:
        s.prompt()
        is_([s.command('echo $((%d*7))' % n) for n in range(20)], [[str(n * 7)] for n in range(20)],
            variant + ': twenty commands, each answered')
        s.send(b'cat > /tmp/paste\n' + PASTE + b'\n\x04echo the end\n')
        s.expect(rb'\nthe end\r')
        s.prompt()
        is_([s.command('head -c 65536 /tmp/paste | md5sum') for _ in range(3)],
            [[PASTE_SUM + '  -']] * 3, variant + ': 64 KiB of input are whole, commands follow')
        s.send(b'poweroff -f\n')
        is_(s.wait(), 0, variant + ': poweroff ends the conversation with status 0')


def by_lines(variant):
    """A terminal that is not made raw: it echoes, and gives whole lines."""
    with Session([program(variant), *linux()]) as s:
        s.prompt()
        is_(s.modes(), s.cooked, variant + ': the terminal stays as it is')
        for n in range(5):
            s.send(b'echo $((%d*1001))\n' % n)
            s.expect(b'\n%d\r' % (n * 1001))
            s.prompt()
        s.send(b'poweroff -f\n')
        is_(s.wait(), 0, variant + ': commands on a cooked terminal, then poweroff')


def ends(variant):
    """The other side goes away."""
    tqemu = [program(variant), '-kernel', assemble(ECHO, 'echo')]
    with Session(tqemu, terminal=False) as s:
        s.expect(b'>')
        s.p.stdout.close()
        s.send(b'x\n', output=False)
        is_(s.p.wait(TIMEOUT), 1, variant + ': a closed pipe ends it with status 1')
        like(s.err, r'\Atqemu: stdout: Broken pipe: [^\n]+\n\Z', variant + ': the message names stdout')
    r = run(tqemu, stdout=open('/dev/full', 'wb'))
    is_(r.status, 1, variant + ': a full disk ends it with status 1')
    like(r.err, r'\Atqemu: stdout: No space left on device: [^\n]+\n\Z', variant + ': the message names stdout')

    # What was ignored when it started, as in a background job of a shell, stays ignored.
    with Session(['sh', '-c', 'trap "" INT; exec "$@"', 'sh', *tqemu], terminal=False) as s:
        s.expect(b'>')
        os.kill(s.p.pid, signal.SIGINT)
        s.send(b'z\n')
        s.expect(b'z')
        ok(s.p.poll() is None, variant + ': SIGINT is ignored if it was')


def limited(variant):
    """A limit of the size of files (ulimit -f) is an error like a full disk, not a fatal signal."""
    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (10000, 10000))

    tqemu = [program(variant), '-kernel', assemble(FLOOD, 'flood')]
    with open(temp('stdout'), 'wb') as f:
        r = run(tqemu, stdout=f, preexec_fn=limit)
    is_(r.status, 1, variant + ': the limit of a file\'s size on stdout ends it with status 1')
    like(r.err, r'\Atqemu: stdout: File too large: [^\n]+\n\Z', variant + ': the message names stdout')
    is_(slurp(f.name), b'x' * 10000, variant + ': the file is filled to the limit')
    for name, argv in [('-serial: file:', ['-serial', 'null', '-serial', 'file:' + temp('limited')]),
                       ('-D: ', ['-serial', 'null', '-d', 'exec', '-D', temp('limited')])]:
        r = run([*tqemu, *argv], preexec_fn=limit)
        is_(r.status, 1, '%s: %sFILE ends it with status 1, too' % (variant, name))
        like(r.err, r'\Atqemu: %s\S+/limited: File too large: [^\n]+\n\Z' % name,
             variant + ': the message names stdout')
        is_(os.path.getsize(temp('limited')), 10000, variant + ': the file is filled to the limit')


def followed(variant):
    """What the guest sends to a file can be read while it runs, is idle, or waits for input; so can
    the log. They are there when the program is killed, too."""
    def holds(path, pattern):
        return os.path.exists(path) and re.search(pattern, slurp(path))

    for guest, source in (('runs', HELLO + '3: add r4, r4, #1; b 3b'), ('is idle', HELLO + IDLE),
                          ('waits for input', HELLO + READC)):
        for more in [], ['-icount', 'shift=0']:
            name = '%s: the guest %s%s: ' % (variant, guest, ', -icount' if more else '')
            files = [temp('first'), temp('second'), temp('log')]
            with Session([program(variant), '-semihosting', '-kernel', assemble(source),
                          '-serial', 'file:' + files[0], '-serial', 'file:' + files[1],
                          '-d', 'in_asm', '-D', files[2], *more], terminal=False) as s:
                if not ok(s.until(lambda: holds(files[0], b'\\Ahello\\Z') and
                                  holds(files[1], b'\\AHELLO\\Z') and holds(files[2], b'IN:'), 60),
                          name + 'output and log are in the files while it runs'):
                    return
                os.kill(s.p.pid, signal.SIGKILL)
                is_((s.wait(), slurp(files[0])), (-signal.SIGKILL, b'hello'),
                    name + 'output and log survive SIGKILL')
            for path in files:
                os.remove(path)


for variant in 'tail', 'iso':
    scripts(variant)
    limited(variant)
    followed(variant)
    bytes_untouched(variant)
    bytes_in(variant)
    semihosting(variant)
    end_of_input(variant)
    paste_ahead(variant)
    ends(variant)
    conversation(variant)
by_lines('iso')
interactive('tail', True)
interactive('tail', False)
done()
