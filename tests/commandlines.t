#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
# needs: program linux disks mke2fs arm-linux-gnueabi-gcc
#
# The command lines that people type for QEMU's versatilepb (tests/command-lines.txt), with images of the kind each asks
# for. A bare-metal program says hello on the first serial port, Linux comes to a prompt and switches off with status 0.
# With QEMU=qemu-system-arm each line that is taken runs there, too, and the two consoles are compared (ten minutes).
import shlex
import struct

from lib import *

QEMU = os.environ.get('QEMU')
HELLO = '''
    ldr r1, =0x101f1000
    adr r2, text
1:  ldrb r0, [r2], #1
    cmp r0, #0
    beq 2f
    str r0, [r1]
    b 1b
2:  b 2b
text: .asciz "hello from the guest\\n"
    .ltorg
'''
ENTRY = b'\x80\x00\x01\x00\x83\x00\x01\x00'  # of a partition table: no CHS that counts, Linux


def partitioned(root):
    """A disk whose partitions 1 and 2 are the same file system."""
    sectors, start = len(root) // 512, 2048
    table = bytearray(512)
    for n in range(2):
        table[446 + 16 * n:462 + 16 * n] = ENTRY + struct.pack('<II', start + n * sectors, sectors)
    table[510:] = b'\x55\xaa'
    disk = bytes(table) + bytes(512 * (start - 1)) + root * 2
    return disk + bytes((32 << 20) - len(disk))  # an SD card has a power of two


SEMIHOSTING = '''
    mov r0, #4          @ SYS_WRITE0
    adr r1, text
    svc #0x123456
1:  b 1b
text: .asciz "hello from the guest\\n"
'''


def images(outcome, args):
    """The files of a line; a disk is a new one each time."""
    v6 = '-cpu arm1176' in args or '-cpu arm1136' in args
    raw = os.path.splitext(BARE[outcome == 'semihosting'])[0]
    return {'K': raw + '.elf', 'KB': raw + '.bin', 'Z': GUEST + ('/zImage-disk-v6' if v6 else '/zImage-disk'),
            'I': GUEST + '/rootfs.cpio', 'D': GUEST + '/versatile-pb.dtb'}


def disk(n, args):
    return temp('disk%d' % n, ROOT if '/dev/sda ' in args or '/dev/sda"' in args else DISK)


def fill_in(outcome, args):
    """The arguments, with file names in place of letters."""
    files = images(outcome, args)
    argv = []
    for word in shlex.split(args):
        word = re.sub(r'(?<==)(KB|K)(?=,|$)', lambda m: files[m[1]], word)
        word = re.sub(r'(^|(?<==))H(?=,|$)', lambda m: disk(len(argv), args), word)
        word = re.sub(r'^file:(?=\w)', 'file:' + scratch + '/', word)
        argv.append(files.get(word, word))
    return argv


def clients_of(argv):
    """A client for each server, without which it does not start."""
    return [connect(('localhost', int(port))) for port in re.findall(r'localhost:(\d+),server', ' '.join(argv))]


def start(argv):
    """Lets the guest of -s -S begin, as gdb's "continue" does."""
    if '-S' not in argv:
        return []
    gdb = connect(('localhost', 1234))
    gdb.sendall(b'$c#63')
    return [gdb]


def run_hello(session, argv, clients):
    """Takes the first serial port, wherever it is."""
    first = re.search(r'-serial (\S+)', ' '.join(argv))
    if first and first[1].startswith('telnet:'):
        clients[0].settimeout(TIMEOUT)
        heard = b''
        while b'hello from the guest' not in heard and (more := clients[0].recv(100)):
            heard += more
        return b'hello from the guest' in heard
    file = re.search(r'-serial file:(\S+)', ' '.join(argv))
    if not file:
        return session.until(lambda: b'hello from the guest' in session.out + session.err)
    return session.until(lambda: os.path.exists(file[1]) and b'hello from the guest' in slurp(file[1]))


# What Linux says on one of the two alone: QEMU's board always has a SCSI adapter with a CD-ROM drive, tqemu's when a
# drive is named, so that cards are in other slots; the other lines depend on time and on the host.
ALONE = re.compile(r'PCI: bus|pci |virtio-pci |sym|scsi|sr |cdrom:|.*SCSI|sd | driver: sr|\w+ +\d+ sr0|random: |audio|vpb_|'
                   r'qemu-system-arm: |hub |Unpacking|Freeing|.*Calibrating|.*BogoMIPS|Memory:|.*lpj=|$')
# QEMU 7.2 refuses two of them; its board takes no -bios; a console would be in a window.
NOT_COMPARED = '-audio none', '-redir', '-bios', 'mon:vc'
NUMBER = re.compile(r'0x[0-9a-f]+|\b[0-9a-f]{8}\b|\d+(\.\d+)?')


def console(session, outcome):
    """The lines, without numbers, addresses and times. QEMU's semihosting writes to stderr."""
    out = session.out + (session.err if outcome == 'semihosting' else b'')
    text = re.sub(rb'\x1b\[[0-9;?]*[a-zA-Z]|\r', b'', out).decode('latin-1')
    text = re.sub(r'^\[ *[\d.]+\] ', '', text, flags=re.M)
    return {NUMBER.sub('N', line) for line in text.split('\n') if not ALONE.match(line)}


def tree(machine):
    """The device tree that tqemu has for Linux, without which a kernel of our days stays silent."""
    path = temp('tree')
    run([program('tail'), '-M', machine + ',dumpdtb=' + path])
    return path


def for_qemu(args, argv):
    """The arguments with what QEMU needs besides: a board, the tree, a console that is no window; and no network, whose
    firmware and bridges are the host's."""
    for option in '-net', '-nic', '--net':
        while option in argv:
            at = argv.index(option)
            del argv[at:at + 2]
    machine = re.search(r'versatile[ap]b', args)
    if not machine:
        argv += ['-M', 'versatilepb']
    if '-dtb' not in args and GUEST in ' '.join(argv):
        argv += ['-dtb', tree(machine[0] if machine else 'versatilepb')]
    if not re.search('-nographic|-serial', args):
        argv += ['-nographic']
    return [*argv, '-nic', 'none']


def try_line(outcome, use, args):
    argv = fill_in(outcome, args)
    name = '%s: %s' % (use, args)
    ours = run_line(outcome, name, argv, [program('tail'), *argv])
    if QEMU and ours is not None and not any(words in args for words in NOT_COMPARED):
        argv = for_qemu(args, fill_in(outcome, args))
        theirs = run_line(outcome, "QEMU's " + name, argv, [QEMU, '-audiodev', 'none,id=snd0', *argv])
        is_((sorted(ours - theirs), sorted(theirs - ours)), ([], []), 'the same on both consoles: ' + name)


def run_line(outcome, name, argv, command):
    """Returns what console() does, or None if that is not to be compared."""
    if outcome.startswith('refused'):
        result = run(command, timeout=20)
        ok(result.status == 1 and re.search(outcome.split(': ', 1)[1].encode(), result.err), name, result.err)
        return None
    with Session(command, terminal=False) as s:
        clients = clients_of(argv) + start(argv)
        if outcome == 'monitor':
            s.expect(rb'\(qemu\) $')
            s.send(b'info status\nquit\n')
            is_((s.wait(), b'VM status: running' in s.out), (0, True), name)
        elif outcome == 'silent':
            ok(not s.until(lambda: s.out or s.p.poll() is not None, 2), name, s.out, s.err)
        elif outcome == 'no root':
            s.expect(rb'Unable to mount root fs[^\n]*\n.*end Kernel panic[^\n]*\n')
            ok(True, name)
        elif outcome in ('hello', 'semihosting'):
            ok(run_hello(s, argv, clients), name, s.err)
        for client in clients:
            client.close()
        if outcome == 'monitor':
            return None
        if outcome not in ('shell', 'activate'):
            return console(s, outcome)
        if outcome == 'activate':
            s.expect(rb'Please press Enter to activate this console')
            s.send(b'\n')
        s.expect(rb'\n(~|/) # (\x1b\[6n)?$')
        s.send(b'poweroff -f\n')
        if command[0] == QEMU:  # the board cannot be switched off there
            s.expect(rb'System halted')
        else:
            is_(s.wait(), 0, name)
        return console(s, outcome)


BARE = assemble(HELLO, 'bare'), assemble(SEMIHOSTING, 'semihosting')
subprocess.run(['scripts/mkdisk', ROOTFS, scratch + '/root', '10'], check=True)
ROOT = slurp(scratch + '/root')
DISK = partitioned(ROOT)
with open('tests/command-lines.txt', encoding='utf-8') as lines_file:
    for line in lines_file:
        if not line.startswith('#'):
            try:
                try_line(*line.rstrip('\n').split(' | ', 2))
            except Timeout as e:
                ok(False, line.split(' | ')[1], str(e))
done()
