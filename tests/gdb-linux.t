#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
# needs: program linux gdb-multiarch qemu-system-arm
#
# gdb and a running Linux, by the kernel's symbols and by Linux's own commands for gdb (lx-...), here and in QEMU.
from rsp import *

COMMANDS = r"""
break do_sys_openat2 if $_streq((char *)filename, "/tmp/opened")
continue
info args
printf "opens %s\n", filename
p/x *how
p __current->comm
backtrace
finish
printf "has opened %s\n", __current->files.fdt.fd[$]->f_path.dentry->d_iname
lx-version
lx-cmdline
echo -- lx-ps\n
lx-ps
echo -- lx-dmesg\n
lx-dmesg
echo -- the end\n
watch jiffies
continue
detach
"""
# /bin/sh opens it to write, creates and truncates it: with O_LARGEFILE 0x20241.
EXPECTED = [
    ('a breakpoint by name, with a condition', r'Breakpoint 1, do_sys_openat2 \(dfd=dfd@entry=-100, filename=\S+ '
     r'"/tmp/opened", how=.* at /usr/src/linux-source-[\d.]+/fs/open\.c:\d+\n'),
    ('its arguments', r'dfd = -100\nfilename = 0x\w+ "/tmp/opened"\nhow = 0x\w+\n'),
    ('the user\'s string', r'\nopens /tmp/opened\n'),
    ('a structure', r'\{flags = 0x20241, mode = 0x1b6, resolve = 0x0\}\n'),
    ('the process', r'\$\d+ = "sh", \'\\000\' <repeats 13 times>\n'),
    ('backtrace', r'\n#0  do_sys_openat2 .*\n#1  0x\w+ in do_sys_open .*\n#2  __do_sys_openat .*\n'
     r'#3  __se_sys_openat '),
    ('finish', r'Value returned is \$\d+ = 3\n'),
    ('the new file', r'has opened opened\n'),
    ('lx-version', r'\nLinux version 6\.1\.\d+ \(tqemu@tqemu\) '),
    ('lx-cmdline', r'\n%s\n' % re.escape(CMDLINE)),
    ('a watchpoint', r'atchpoint 2: jiffies\n\nOld value = (\d+)\nNew value = \d+\n'),
    ('detach', r'\[Inferior 1 \(process 1\) detached\]\n\Z'),
]


def linux_and_gdb(argv, gdb):
    """gdb's part of a session with a Linux that has booted, and what this says afterwards."""
    argv = [*argv, '-serial', 'stdio', '-monitor', 'none', '-dtb', GUEST + '/versatile-pb.dtb', *linux(ZIMAGE)]
    with Session([*argv, '-gdb', gdb], terminal=False) as guest:
        guest.prompt()
        where = gdb.replace('unix:', '').replace('tcp:', '').split(',')[0]
        script = temp('commands', ('target remote %s\n%s' % (where, COMMANDS)).encode())
        with Session([*GDB, '-iex', 'add-auto-load-safe-path ' + GUEST, '-x', script, GUEST + '/vmlinux'],
                     terminal=False) as g:
            g.expect(b'Breakpoint 1 at')
            guest.send(b': > /tmp/opened\n')
            ok(g.wait() == 0, gdb.split(':')[0] + ': gdb goes through all commands', g.out[-300:], g.err)
            out = g.out.decode('latin-1')
        guest.prompt()
        return out, guest.command('ls /tmp; dmesg')


def parts(out):
    """What gdb said, without addresses; lx-ps's list; lx-dmesg's lines without times."""
    said, _, rest = out.partition('-- lx-ps\n')
    ps, _, rest = rest.partition('-- lx-dmesg\n')
    log, _, end = rest.partition('-- the end\n')
    said = re.sub(r'filename=\d\w+|0x\w{6,8}\b', 'ADDRESS', said)
    return said, dict(re.findall(r'^0x\w+ +(\d+) +(.*)$', ps, re.M)), re.sub(r'(?m)^\[ *\d+\.\d+\] ', '', log), end


QEMU = ['qemu-system-arm', '-M', 'versatilepb', '-m', '128', '-display', 'none', '-audiodev', 'none,id=snd0']
path = temp('gdb-socket')
theirs, _ = linux_and_gdb(QEMU, 'unix:%s,server=on,wait=off' % path)
their_parts = parts(theirs)
os.unlink(path)
for gdb in 'unix:%s,server=on,wait=off' % path, 'tcp:localhost:%d' % port():
    ours, lines_after = linux_and_gdb([program('tail')], gdb)
    name = gdb.split(':')[0] + ': '
    for what, pattern in EXPECTED:
        like(ours, pattern, name + what)
    said, ps, log, _ = parts(ours)
    is_(said, their_parts[0], name + 'gdb says what it does with QEMU')
    is_([ps.get(pid) for pid in ('0', '1', '2')] + [ps and list(ps.values())[-1]],
        ['swapper', 'init', 'kthreadd', 'sh'], name + 'lx-ps')
    is_(lines_after[0], 'opened', name + 'the guest goes on')
    ok(len(log.splitlines()) > 30 and log.split() == '\n'.join(lines_after[1:]).split(), name + 'lx-dmesg is dmesg',
       log[-300:], lines_after[-3:])
done()
