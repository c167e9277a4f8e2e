#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
# needs: program iso linux gdb-multiarch arm-linux-gnueabi-gcc qemu-system-arm
#
# The gdb server: gdb itself debugs a bare-metal program (tests/gdb), here and in QEMU, and says the
# same; then Linux; then packets that gdb does not send.
from rsp import *

OURS = [program('tail'), '-monitor', 'none', '-serial', 'null']
QEMU = ['qemu-system-arm', '-M', 'versatilepb', '-display', 'none', '-audiodev', 'none,id=snd0', '-monitor', 'none',
        '-serial', 'null']
ELF = temp('program.elf')
subprocess.run(['arm-linux-gnueabi-gcc', '-march=armv5te', '-marm', '-mfloat-abi=soft', '-ffreestanding', '-g', '-O1',
                '-fno-inline', '-nostdlib', '-static', '-no-pie', '-Wl,--build-id=none,-Ttext=0x10000', '-o', ELF,
                'tests/gdb/start.S', 'tests/gdb/program.c'], check=True)

# Each scenario: a name, gdb's commands, what gdb says then. All are one session.
SCENARIOS = [
    ('the first instruction', 'p/x $pc\np $sp\nx/2i $pc', r'= 0x10000\n.*=> 0x10000 <_start>:\tadd\tr0, pc'),
    ('stepi', 'stepi\nstepi\np/x $pc\np/x $r0', r'= 0x10008\n.* = 0x10024\n'),
    ('a breakpoint', 'break main\ncontinue\nbacktrace', r'Breakpoint 1, main \(\).*#0  main'),
    ('the next lines', 'next\nnext\ninfo locals', r'thumb_sum\(4\).*result = 120\n'),
    ('a temporary breakpoint in Thumb code',
     'tbreak thumb_twice\ncontinue\np/x $cpsr & 0x20\nx/2i $pc',
     r'thumb_twice \(n=n@entry=1\)|thumb_twice \(n=1\)'),
    ('a step in Thumb code', 'stepi\np $r0\nstepi\nbacktrace 2', r'\$\d+ = 2\n.*thumb_sum'),
    ('finish, in Thumb code', 'tbreak thumb_twice\ncontinue\nfinish', r'Value returned is \$\d+ = 4'),
    ('a BL of Thumb code is one step',
     'tbreak thumb_sum\nset $pc = &thumb_sum\ncontinue\nnexti 7\nx/i $pc\nstepi\nx/i $pc',
     r'bl\t0x100'),
    ('a function with an argument',
     'break factorial if n == 2\nset $cpsr = 0x1d3\nprint factorial(4)\nbacktrace 4',
     r'Breakpoint \d+, factorial \(n=n@entry=2\)|Breakpoint \d+, factorial \(n=2\)'),
    ('and its result', 'delete\nfinish', r'Value returned is \$\d+ = 2'),
    ('a call of a function',
     'set $sp = 0x7f000\nset $pc = &main\nprint factorial(6)\nprint thumb_sum(3)\nprint origin',
     r'= 720\n.* = 12\n.*x = 3, y = 4'),
    ('variables are written',
     'set var origin.x = 10\nprint origin\nprint move(&origin, 1)\nprint origin',
     r'x = 10, y = 4}\n.* = 33\n.*x = 11, y = 3'),
    ('a write watchpoint',
     'delete\nset $pc = &stores\nset $lr = &main\nwatch guarded[1]\ncontinue\np guarded[0]',
     r'atchpoint \d+: guarded\[1\]\n\nOld value = 0\nNew value = 2\n.*= 1\n'),
    ('of one byte of a halfword', 'delete\nwatch bytes[9]\ncontinue\np/x bytes[8]', r'New value = 18.*= 0x34'),
    ('of the high half of a doubleword',
     'delete\nwatch *((unsigned *)&wide + 1)\ncontinue',
     r'Old value = 0\nNew value = 16909060'),
    ('a read watchpoint',
     'delete\nrwatch guarded[0]\ncontinue\nx/i $pc',
     r'ead watchpoint \d+: guarded\[0\]\n\nValue = 1'),
    ('an access watchpoint',
     'delete\nset $r4 = 0x44\nset $r5 = 0x55\nset $r6 = 0x66\nset $r7 = 0x77\nawatch guarded[2]\ncontinue\n'
     'continue\np/x guarded',
     r'access.*New value'),
    ('a watchpoint of 2 KiB',
     'delete\nset $pc = &stores\nwatch *(char (*)[2048])bytes\ncontinue\nx/i $pc',
     r'atchpoint \d+: .*tick_add'),
    ('a watched page, where nothing is hit',
     'delete\nwatch guarded[3]\nset $pc = &tick\nset $r0 = 2\nset $lr = &main\ntbreak main\ncontinue\np ticks',
     r'main \(\).*= 3\n'),
    ('a condition of a watchpoint',
     'delete\nwatch ticks if ticks == 5\nset $pc = &tick\nset $r0 = 9\ncontinue\np ticks',
     r'Old value = 4\nNew value = 5.*= 5\n'),
    ('a breakpoint that is ignored',
     'delete\nbreak tick_add\nignore $bpnum 2\nset $pc = &tick\nset $r0 = 9\ncontinue\np $r0\ninfo breakpoints',
     r'= 7\n.*already hit 3 times'),
    ('a step from a breakpoint', 'stepi\nx/i $pc\ncontinue\np $r0', r'str\tr2.*= 6\n'),
    ('a hardware breakpoint',
     'delete\nhbreak *tick_add\ncontinue\np $r0',
     r'ardware.*Breakpoint \d+, tick_add.*= 5\n'),
    ('a call of the system: one step enters it',
     'delete\nset $cpsr = 0x1d3\nset $r0 = 6\nset $pc = &calls\nstepi\nx/i $pc\np/x $cpsr & 0x1f',
     r'<calls\+|0x8:'),
    ('a breakpoint in its handler',
     'set $pc = &calls\nset $lr = &main\nset $r0 = 6\ntbreak *service\ncontinue\nx/i $pc\np $r0',
     r'service \(\).*= 6\n'),
    ('an undefined instruction', 'tbreak undefined\ncontinue\np $r0\np/x $cpsr & 0x1f', r'= 7\n.*= 0x1b'),
    ('back from it', 'stepi\np/x $cpsr & 0x1f\nx/i $pc', r'= 0x13.*<calls\+'),
    ('code that is written anew', 'delete\nset $sp = 0x7f000\nprint rewrite()', r'= 1115\n'),
    ('a breakpoint in code that is written anew',
     'break *(int)code if $r0 == 10\nset $pc = &rewrite\nset $lr = &main\ncontinue\nx/i $pc\ncontinue\nx/i $pc',
     r'add\tr0, r0, #1.*add\tr0, r0, #5'),
    ('memory that is written under a breakpoint',
     'set var code[0] = 0xe2800007\nx/i $pc\ndelete\nstepi\np $r0',
     r'#7.*= 17\n'),
    ('the MMU comes on',
     'delete\nset $sp = 0x7f000\nset $pc = &map\nset $lr = &main\ntbreak main\ncontinue\np/x $pc',
     r'main \(\)'),
    ('code at two addresses: the other one',
     'break *factorial\nprint thumb_sum(2)\nset $r0 = 3\nset $lr = &main\n'
     'set $pc = (int)&factorial + 0x40000000\ntbreak main\ncontinue',
     r'= 6\n.*main \(\)'),
    ('a breakpoint at the other address',
     'delete\nbreak *(0x40000000 + (int)factorial)\nset $pc = &aliased\nset $r0 = 3\nset $lr = &main\ncontinue\n'
     'x/i $pc\np/x $pc',
     r'cmp\tr0, #1.*= 0x400'),
    ('memory at the other address',
     'x/2xw 0x40010000\nset var *(int *)0x40000400 = 0x12345678\nx/xw 0x400',
     r'0x12345678'),
    ('memory that is not mapped',
     'x/xw 0x50000000\nset var *(int *)0x50000000 = 1',
     r'Cannot access memory at address 0x50000000'),
    ('a data abort',
     'delete\nset $cpsr = 0x1d3\nset $sp = 0x7f000\nset $r3 = 0x50000000\nset var *(int *)0x500 = 0xe5930000\n'
     'set $pc = 0x500\nstepi\np/x $pc\np/x $cpsr & 0x1f',
     r'= 0x10\n.*= 0x17'),
    ('a breakpoint on a vector', 'hbreak *0x10\nset $cpsr = 0x1d3\nset $pc = 0x500\ncontinue\np/x $lr', r'= 0x508'),
    ('many breakpoints',
     'delete\nset $cpsr = 0x1d3\nbreak tick\nbreak tick_add\nbreak *tick_add+4\nbreak *tick_add+8\n'
     'break *tick_add+12\nset $r0 = 2\nset $lr = &main\nset $pc = &tick\ncontinue\ncontinue\ncontinue\n'
     'continue\ncontinue\ncontinue\ncontinue\ncontinue\ninfo breakpoints',
     r'already hit 2 times'),
    ('banked registers',
     'delete\nset $cpsr = 0x1d3\nset $sp = 0x1111\nset $cpsr = 0x1d2\nset $sp = 0x2222\nset $cpsr = 0x1d3\n'
     'p/x $sp\nset $cpsr = 0x1d2\np/x $sp\nset $cpsr = 0x1d3',
     r'= 0x1111\n.*= 0x2222\n'),
    ('ROM', 'set var *(int *)0x34000000 = 0x01020304\nx/xw 0x34000000', r'0x01020304'),
    ('registers of devices',
     'x/4xw 0x101f1fe0\nx/xb 0x101f1fe4\nx/xh 0x101f1fe4',
     r'0x00000011\t0x00000010\t0x00000014\t0x00000000\n.*0x10\n.*0x0010\n'),
    ('the monitor',
     'set $sp = 0x7f000\nmonitor info status\nmonitor nonsense\nmonitor xp /2xw 0x10000',
     r"VM status: paused \(debug\)\r?\nunknown command: \'nonsense\'\r?\n0+10000: 0xe28f001c 0xe3a01000"),
    ('threads', 'info threads\nthread 1\np $_thread\np $_inferior', r'Thread 1\.1 \(CPU#0 \[running\]\)'),
    ('a range that crosses pages',
     'x/4xb 0x10ffe\ndump binary memory %s 0x10000 0x18000' % temp('dump'),
     r'0x10ffe'),
    ('a file that is written to memory',
     'restore %s binary 0x20000\np $_\ncompare-sections .text' % temp('dump'),
     r'Restoring binary file|matched'),
    ('words and bytes that are found',
     'find /w 0x10000, +0x200, 0xe28f001c\nfind /b 0x20000, +0x100, 0x1c, 0x00, 0x8f, 0xe2\nfind &origin, +8, (char)99',
     r'<_start>\n1 pattern found\.\n.*0x20000\n1 pattern found\.\nPattern not found'),
    ('strings',
     'set var *(char (*)[6])0x21000 = "hello"\nx/s 0x21000\np (char *)0x21000\nx/6cb 0x21000\n'
     'p $_strlen((char *)0x21000)',
     r'"hello"\n.*= 5\n'),
    ('parts of a file, and back',
     'restore %s binary 0x22000 0x10 0x20\nx/4xw 0x22010\nx/xw 0x22020' % temp('dump'),
     r'into memory \(0x22010 to 0x22020\)\n0x22010:\t0x[1-9a-f].*0x22020:\t0x0+\n'),
    ('a value to a file, and appended',
     'dump binary value %s origin\nappend binary memory %s &origin &origin+1\nshell wc -c <%s' %
     ((temp('value'),) * 3),
     r'\n?16\n'),
    ('two breakpoints at one address',
     'delete\nset $cpsr = 0x1d3\nset $sp = 0x7f000\nset $lr = &main\nset $pc = &tick\nset $r0 = 4\nbreak tick_add\n'
     'break *tick_add\ncontinue\ndelete $bpnum\ncontinue\np $r0',
     r'Breakpoint \d+, tick_add \(\).*Breakpoint \d+, tick_add \(\).*= 3\n'),
    ('a breakpoint that is deleted where it stopped',
     'delete\nstepi\nx/i $pc\ntbreak main\ncontinue\np ticks > 0',
     r'str\tr2.*main \(\).*= 1\n'),
    ('disabled and enabled',
     'break tick_add\ndisable $bpnum\nbreak main\nset $pc = &tick\nset $r0 = 2\nset $lr = &main\ncontinue\n'
     'enable 1-9999\nset $pc = &tick\nset $r0 = 2\ncontinue\np $r0',
     r'main \(\).*= 2\n|main \(\)'),
    ('a breakpoint that is enabled once',
     'delete\nbreak tick_add\nenable once $bpnum\ntbreak main\nset $pc = &tick\nset $r0 = 3\nset $lr = &main\n'
     'continue\n'
     'continue\ninfo breakpoints',
     r'tick_add.*main \(\).*dis  n'),
    ('a temporary hardware breakpoint', 'delete\nthbreak *tick_add+8\nset $pc = &tick\ncontinue\ninfo breakpoints',
     r'Temporary breakpoint \d+, .*No breakpoints'),
    ('a condition that is changed',
     'break tick_add if $r0 == 2\nset $pc = &tick\nset $r0 = 5\nset $lr = &main\ncontinue\np $r0\n'
     'condition $bpnum $r0 == 7\nset $r0 = 9\nset $pc = &tick\ncontinue\np $r0',
     r'= 2\n.*= 7\n'),
    ('until and advance',
     'delete\nset $pc = &tick\nset $r0 = 3\nset $lr = &main\nadvance *tick_add\nx/i $pc\nuntil *tick_add+8\np $r0\n'
     'advance main\np $r0',
     r'add\tr2.*= 3\n.*= 0\n'),
    ('a jump', 'tbreak tick_add\nset $r0 = 5\njump tick\np $r0', r'= 5\n'),
    ('stepi, many times, and a display', 'display/i $pc\nstepi 4\nstepi 5\nundisplay 1\np $r0', r'1: x/i \$pc.*= 3\n'),
    ('a frame is left by return',
     'delete\ntbreak factorial\nset $sp = 0x7f000\nset $pc = &main\ncontinue\nreturn 7\np $r0\nnext\ninfo locals',
     r'= 7\n'),
    ('a function without a result', 'call stores()\np wide\ncall move(&origin, 3)\np origin',
     r'= 72623859790382856\n\$'),
    ('a call that stops at a breakpoint',
     'break thumb_twice\nprint thumb_sum(3)\nbacktrace 2\nfinish\ndelete\nfinish',
     r'stopped while in a function called from GDB.*Value returned is \$\d+ = 12'),
    ('an interrupt: a breakpoint in its handler',
     'delete\nset $cpsr = 0x1d3\nset $pc = &interrupted\nset $lr = &main\nset $r0 = 10\ntbreak interrupt\ncontinue\n'
     'p/x $cpsr & 0xff\np $r0\nx/i $pc',
     r'interrupt \(\).*= 0xd2\n.*= 10\n'),
    ('its vector, and the way back',
     'stepi 3\np/x $cpsr & 0xff\np $r0\ntbreak main\ncontinue\np $r0',
     r'= 0x53\n.*= 11\n.*= 13\n'),
    ('a step takes no interrupt',
     'set $pc = &interrupted\nset $lr = &main\nset $r0 = 10\nstepi 8\np $r0\nx/i $pc\nset $cpsr = 0x1d3\n'
     'set var *(int *)0x1014001c = 32',
     r'= 1[02]\n'),
    ('a step takes interrupts if it may',
     'maintenance packet Qqemu.sstep=0x5\nset $pc = &interrupted\nset $r0 = 10\ntbreak interrupt\ncontinue\np $r0\n'
     'stepi 2\np $r0\nmaintenance packet Qqemu.sstep=0x7\nmaintenance packet qqemu.sstep',
     r'= 11\n.*"0x7"'),
    ('a data abort: a breakpoint in its handler',
     'delete\nset $cpsr = 0x1d3\nset $r3 = 0x50000000\nset var *(int *)0x500 = 0xe5930000\nset $pc = 0x500\n'
     'tbreak data_abort\ncontinue\np/x $lr\np/x $cpsr & 0x1f\nstepi\np/x $pc\np/x $cpsr & 0x1f',
     r'data_abort \(\).*= 0x508\n.*= 0x17\n.*= 0x504\n.*= 0x13\n'),
    ('a prefetch abort',
     'hbreak *0xc\nset $pc = 0x50000000\ncontinue\np/x $lr\np/x $cpsr & 0x1f',
     r'= 0x50000004\n.*= 0x17\n'),
    ('nexti of a call of the system',
     'delete\nset $cpsr = 0x1d3\nset $sp = 0x7f000\nset $r0 = 6\nset $lr = &main\nset $pc = &calls\nnexti 3\nx/i $pc\n'
     'p $r0',
     r'= [67]\n'),
    ('physical memory',
     'x/xw 0x40010000\nmaintenance packet Qqemu.PhyMemMode:1\nx/xw 0x50000000\nx/xw 0x10000\n'
     'set var *(int *)0x23000 = 77\n'
     'maintenance packet Qqemu.PhyMemMode:0\nx/dw 0x40023000\nx/dw 0x23000',
     r'0x40010000.*0x10000.*0x40023000:\t77\n.*0x23000:\t77\n'),
    ('two watchpoints, one with a condition',
     'set $pc = &stores\nset $lr = &main\nset var guarded[0] = 0\nset var guarded[1] = 0\nwatch guarded[1]\n'
     'watch bytes[5] if bytes[5] == 0x55\nset var bytes[5] = 0\ncontinue\ncontinue\ndelete\np guarded[2]',
     r'New value = 2.*New value = 85'),
    ('a watchpoint by location',
     'set var origin.y = 3\nwatch -l origin.y if origin.y == 2\nset $cpsr = 0xd3\nset $pc = &move\nset $r0 = &origin\n'
     'set $r1 = 1\nset $lr = &main\ncontinue',
     r'location origin\.y\n\nOld value = 3\nNew value = 2\n'),
    ('a watchpoint in code of Thumb',
     'delete\nset $sp = 0x7f000\nset $pc = &main\ntbreak thumb_sum\ncontinue\nwatch *(int *)($sp - 8)\n'
     'continue\nx/i $pc\n'
     'info watchpoints',
     r'atchpoint \d+: \*\(int \*\)\(\$sp - 8\)'),
    ('ARM code calls Thumb code: one step',
     'delete\nset var code[0] = 0xfa000000\nset var code[1] = 0xe1a00000\nset var code[2] = 0xe800f000\n'
     'set var code[3] = 0xe12fff1e\nset $cpsr = 0x1d3\nset $pc = &code\nstepi\np/x $pc - (int)code\np/x $cpsr & 0x20\n'
     'p/x $lr - (int)code\nx/i $pc',
     r'= 0x8\n.*= 0x20\n.*= 0x4\n'),
    ('and Thumb code ARM code: one step', 'stepi\np/x $pc - (int)code\np/x $cpsr & 0x20\np/x $lr - (int)code',
     r'= 0xc\n.*= 0x0\n.*= 0xd\n'),
    ('registers', 'set $cpsr = 0xd3\ninfo registers r0 r12 sp lr pc cpsr fpsid fpexc',
     r'r0 .*r12 .*sp .*lr .*pc .*cpsr '),
    ("the monitor's registers", 'set $r0 = 0x12345678\nmonitor info registers', r'R00=12345678'),
    ('what there is not',
     'reverse-stepi\nreverse-continue\ninfo mem\ninfo auxv\ninfo os\ncheckpoint\nrun',
     r'does not support'),
    ('threads, more of them',
     'thread apply all p $pc == &code[3]\nthread 2\nthread find CPU\nset scheduler-locking on\nstepi\n'
     'set scheduler-locking off',
     r'Unknown thread 2|Invalid thread'),
    ('the program is loaded again',
     'set var origin.x = 99\nload\np origin\np/x $pc\ncompare-sections',
     r'Loading section \.text.*x = 3, y = 4.*= 0x10000\n.*matched'),
    ('and runs', 'stepi 4\nx/2i $pc', r'=> 0x10010 <_start'),
    ('a reset', 'monitor system_reset\nmaintenance flush register-cache\np/x $pc\np/x $cpsr & 0x1f', r'= 0x13\n'),
    ('the end', 'kill', r'killed'),
]

# The same on an ARM1176: its registers.
V6 = [
    ('system registers by name', '\n'.join('p/x $' + name for name in (
        'MIDR CTR SCTLR TTBCR DFSR IFSR IFAR TPIDRURO TPIDRPRW').split()), r'= 0x410fb767\n.*= 0x50078\n'),
    ('and after the MMU has come on', 'tbreak main\ncontinue\nset $pc = &map\nset $lr = &main\ntbreak main\ncontinue\n'
     'p/x $SCTLR\np/x $TTBCR', r'= 0x50079\n'),
    ('those of the VFP', 'p/x $fpsid\np/x $fpexc\np/x $fpscr', r'= 0x410120b5\n.*= 0x0\n.*= 0x0\n'),
    ('which are written',
     'set $d0 = 1.5\nset $d15 = -2.25\np $d0\np $d15\np $s0\np $s1\nset $s31 = 0.5\np $s31\np $d15\n'
     'set $fpscr = 0x00c00000\np/x $fpscr\ninfo registers d0 d15 fpscr', r'= 1\.5\n.*= -2\.25\n.*= 0xc00000\n'),
    ('instructions with them',
     'set var code[0] = 0xee010f50\nset var code[1] = 0xeee81a10\nset var code[2] = 0xee310b02\n'
     'set var code[3] = 0xeeb50b40\n'
     'set $r0 = 0xf00000\nset $r1 = 0x40000000\nset $d1 = 1.5\nset $d2 = 2\nset $fpscr = 0\nset $pc = &code\nx/4i $pc\n'
     'stepi 3\np $d0\np/x $fpexc\nstepi\np/x $fpscr', r'vadd\.f64.*= 3\.5\n.*= 0x40000000\n.*= 0x20000000\n'),
    ('a vector of three', 'set var code[0] = 0xee344a08\nset $fpscr = 0x20000\n' +
     ''.join('set $s%d = %d\n' % (n, n) for n in range(8, 19)) + 'set $pc = &code\nstepi\np $s8\np $s9\np $s10\np $s11',
     r'= \d+\n.*= \d+\n.*= \d+\n.*= 11\n'),
    ('an exclusive access, the byte order, user mode',
     'set var code[0] = 0xe1910f9f\nset var code[1] = 0xe1812f90\nset $r1 = &guarded\nset var guarded[0] = 5\n'
     'set $r0 = 9\n'
     'set $pc = &code\nstepi\np $r0\nset $cpsr = 0x3d3\np/x $cpsr\nx/xw $r1\nset $cpsr = 0x1d0\nstepi\np/x $cpsr',
     r'= 5\n.*= 0x3d3\n.*= 0x1d0\n'),
    ('the end', 'kill', r'killed'),
]


def debug(how, commands, *more, elf=ELF, timeout=40):
    """Runs gdb on those commands, connected as `how` says; returns what it and the target say."""
    script = temp('commands', ('target remote %s\n%s\n' % (how, commands)).encode())
    return run([*GDB, *more, '-x', script, elf], stderr=subprocess.STDOUT, timeout=timeout)


def pipe(argv, *more):
    return '| exec ' + ' '.join(["'%s'" % a for a in [*argv, '-S', '-gdb', 'stdio', *more]]) + ' 2>/dev/null'


def say(text):
    return 'echo \\001%s\\n\n' % text


def sections(out):
    """What gdb said in each scenario."""
    text = re.sub(r'Transfer rate:.*', 'Transfer rate', out.decode('latin-1').replace(scratch, 'SCRATCH'))
    return [part.partition('\n')[2] for part in text.split('\1')[1:]]


def keep_on(commands):
    """An error ends the commands of a file: each is tried by itself."""
    return ''.join('python\ntry:\n  gdb.execute(%r)\nexcept gdb.error as e:\n  print(e)\nend\n' % c
                   for c in commands.split('\n'))


def script_of(scenarios):
    return ''.join(say(name) + keep_on(commands) for name, commands, _ in scenarios)


def compare(scenarios, *more):
    """Goes through the scenarios here and in QEMU; returns what gdb said here in each."""
    script = script_of(scenarios)
    ours, theirs = (sections(debug(pipe(argv, '-kernel', ELF, *more), script).out) for argv in (OURS, QEMU))
    is_(len(ours), len(scenarios), ' '.join(['gdb goes through all scenarios', *more]))
    for n, (name, commands, pattern) in enumerate(scenarios):
        if n < len(ours):
            like(ours[n], '(?s)' + pattern, name)
            if name != 'the end':  # QEMU has gone before it answers
                is_(ours[n], theirs[n] if n < len(theirs) else None, name + ', as in QEMU')
    if len(ours) < len(scenarios):
        done()
    return ours


ours = compare(SCENARIOS)
compare(V6, '-cpu', 'arm1176')
script = script_of(SCENARIOS)

# The same with counted time, plain code, and on a host where reading waits.
for argv in ([*OURS, '-icount', 'shift=0'], [*OURS, '-singlestep'], [*OURS, '-accel', 'tcg,optimise=off,fusion=off'],
             [program('iso'), *OURS[1:]]):
    out = debug(pipe(argv, '-kernel', ELF), script).out
    is_(sections(out), ours, 'the same: ' + ' '.join(argv[5:] or ['HOST=iso']))

# Over TCP: the same; a gdb that goes and comes again; Ctrl-C in gdb itself, as in QEMU.
AGAIN = [
    ('detached: the guest runs', 'set $pc = &main\nset $sp = 0x80000\ntbreak finished\ncontinue\ndetach',
     r'finished .*detached'),
    ('and stops for the next', 'target remote HOST\ntbreak tick_add\ncontinue\nx/i $pc', r'tick_add.*add\tr2'),
    ('whose breakpoints are the first ones', 'break *tick_add+4\ndisconnect\ntarget remote HOST\ncontinue\nx/i $pc',
     r'Breakpoint \d+, .*str\tr2'),
]


def over_tcp(argv, commands, interrupt=False):
    """gdb's session with a machine that is stopped at first."""
    host = 'localhost:%d' % port()
    with Session([*argv, '-S', '-kernel', ELF, '-gdb', 'tcp:%s,server=on,wait=off' % host], terminal=False) as s:
        connect(('127.0.0.1', int(host[10:]))).close()
        text = temp('commands', ('target remote %s\n%s\n' % (host, commands.replace('HOST', host))).encode())
        with Session(['sh', '-c', 'exec "$@" 2>&1', 'sh', *GDB, '-x', text, ELF], terminal=False) as g:
            if interrupt:
                g.expect(b'Starting\n')
                time.sleep(0.2)
                g.p.send_signal(signal.SIGINT)
            g.wait()
            return g.out.replace(host.encode(), b'HOST'), s.wait() if b'killed' in g.out else None


out, status = over_tcp(OURS, script)
is_([pair for pair in zip(sections(out), ours) if pair[0] != pair[1]], [], 'the same over TCP')
is_((len(sections(out)), status), (len(ours), 0), 'kill ends the run')
found = [sections(over_tcp(argv, script_of(AGAIN))[0]) for argv in (OURS, QEMU)]
for (name, _, pattern), here, there in zip(AGAIN, *found):
    like(here, '(?s)' + pattern, 'TCP: ' + name)
    is_(here.partition('\n\n')[2], there.partition('\n\n')[2], 'TCP: %s, as in QEMU' % name)
CTRL_C = 'tbreak main\ncontinue\nset $pc = &stopped\npython print("Starting", flush=True)\ncontinue\n' \
         'p $pc == &stopped\nkill'
found = [over_tcp(argv, CTRL_C, True)[0] for argv in (OURS, QEMU)]
like(found[0], r'Program received signal SIGINT', 'Ctrl-C in gdb')
is_(found[0], found[1], 'Ctrl-C in gdb, as in QEMU')
r = run([program('iso'), '-kernel', ELF, '-s'])
ok(r.status == 1 and b'-s: this host has no sockets: use stdio' in r.err, 'HOST=iso: -s', r.err)

# Packets and their answers, in this order.
PACKETS = """
qC -> QCp01.01
qfThreadInfo -> mp01.01
qsThreadInfo -> l
qAttached -> 1
qThreadExtraInfo,p1.1 -> 4350552330205b72756e6e696e675d
qThreadExtraInfo,2 -> E22
Hg0 -> OK
Hc-1 -> OK
Hgp1.1 -> OK
Hgp1.-1 -> OK
Hg2 -> E22
Hgp2.1 -> E22
Hx1 -> E22
H -> E22
T1 -> OK
Tp1.1 -> OK
T2 -> E22
T -> E22
! -> OK
vCont? -> vCont;c;C;s;S;t
vMustReplyEmpty ->
qOffsets ->
qSymbol:: ->
qTStatus ->
unknown ->
qGetTLSAddr:0,0 ->
qXfer:memory-map:read::0,10 ->
qXfer:features:read:other.xml:0,10 -> E00
qXfer:features:read:target.xml:0 -> E00
qXfer:features:read:target.xml:99999,10 -> l
qqemu.sstepbits -> ENABLE=1,NOIRQ=2,NOTIMER=4
qqemu.sstep -> 0x7
Qqemu.sstep=5 -> OK
qqemu.sstep -> 0x5
Qqemu.sstep=0x7 -> OK
qqemu.sstep -> 0x7
Qqemu.sstep=8 -> E22
Qqemu.sstep=0x -> E22
qqemu.Supported -> sstepbits;sstep;PhyMemMode
qRcmd, -> E22
qRcmd,zz -> E22
qRcmd,123 -> E22
vCont ->
vCont; -> E22
vCont;x -> E22
vCont;c:9 -> E22
vCont;c:p9.1 -> E22
vCont;C -> E22
C -> E22
czz -> E22
C05; -> E22
Z -> E22
Z0 -> E22
Z0,1000 -> E22
Z5,0,4 ->
Z2,1000,0 -> E22
z0,5555,4 -> E22
Z1,1000,4;X1,0 -> OK
z1,1000,4 -> OK
z1,1000,4 -> E22
m -> E22
m0 -> E22
m0,801 -> E22
m0,ffffffffff -> E22
m10000000000,4 -> E22
m0,0 ->
m0,4x -> E22
m80000000,4 -> E14
mfffffffe,8 -> E14
M80000000,1:00 -> E14
M0,4:00 -> E22
M0,1:0000 -> E22
M0,1:z0 -> E22
M0,1 -> E22
M20,3:0a0b0c -> OK
m1f,5 -> 000a0b0c00
X20,4:$#}* -> OK
m20,4 -> 24237d2a
X20,3:ab -> E22
X20,0: -> OK
"""

# The description's registers that QEMU has, too, for a CPU with a VFP.
NAMES = 'r0 r1 r2 r3 r4 r5 r6 r7 r8 r9 r10 r11 r12 sp lr pc cpsr ' \
        'd0 d1 d2 d3 d4 d5 d6 d7 d8 d9 d10 d11 d12 d13 d14 d15 fpscr fpsid fpexc'
REGISTERS = [(name, '64' if name[0] == 'd' else '32') for name in NAMES.split()]


class Server(Rsp):
    """A program with a gdb server on a socket of this host, and a client of it."""

    def __init__(self, argv, path='gdb-socket'):
        self.path = temp(path)
        self.session = Session([*argv, '-gdb', 'unix:%s,server=on,wait=off' % self.path], terminal=False)
        super().__init__(self.path)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
        self.session.close()


def interrupt(g):
    """Lets the guest run, until it has counted on in r0, and stops it by Ctrl-C. Returns the answer."""
    count, answer = g.word(0), None
    while g.word(0) == count:
        g.send('c')
        time.sleep(0.02)
        g.raw(b'\x03')
        answer = g.take()
    return answer


spin = assemble("""
    mov r0, #0
    ldr r1, =0x20000
1:  add r0, r0, #1
    str r0, [r1]
    b 1b
    .ltorg
""", 'spin')
with Server([*OURS, '-S', '-kernel', spin]) as g:
    is_(g.ask('?'), 'T05thread:01;', 'the reply to "?" before multiprocess')
    is_(g.ask('qSupported:multiprocess+;xmlRegisters=i386'),
        'PacketSize=1000;qXfer:features:read+;vContSupported+;QStartNoAckMode+;multiprocess+', 'what the server can')
    is_(g.ask('?'), 'T05thread:p01.01;', 'and with it')
    xml = g.description()
    registers = re.findall(r'<reg name="(\w+)" bitsize="(\d+)"', xml)
    is_(registers[:len(REGISTERS)], REGISTERS, 'target.xml: the registers')
    like(xml, r'(?s)\A<\?xml.*org.gnu.gdb.arm.core.*regnum="25".*arm.vfp".*"MIDR".*</target>\n\Z', 'its form')
    midr = int(re.search(r'name="MIDR" bitsize="32" regnum="(\d+)"', xml)[1])
    is_(g.word(midr), 0x41069265, 'a system register')
    is_(g.ask('p%x' % (len(registers) + 9)), 'E14', 'the number after the last register')
    is_([g.ask(p) for p in ('p10', 'p18', 'pffffffff', 'p')], ['E14', 'E14', 'E14', 'E22'], 'no such registers')
    is_(len(g.ask('g')), 17 * 8, 'g: r0 to r15, cpsr')
    is_((g.ask('P1a=8877665544332211'), g.ask('p1a')), ('OK', '8877665544332211'), 'd0')
    is_((g.ask('P2a=0000c000'), g.ask('p2a')), ('OK', '0000c000'), 'fpscr')
    is_((g.ask('G' + '11' * 64 + 'd3000000'), g.ask('g')), ('OK', '11' * 60 + '10111111' + 'd3000000'), 'G')
    bad = 'G00', 'P0', 'P0=', 'P0=zz', 'P99=00000000'
    is_([g.ask(p) for p in bad], ['E22', 'E22', 'E14', 'E14', 'E14'], 'bad writes')
    for line in PACKETS.strip().split('\n'):
        query, answer = (line + ' ').split(' -> ')
        g.send(re.sub(r'[$#}*]', lambda c: '}' + chr(ord(c[0]) ^ 0x20), query))
        is_(g.take().decode(), answer.strip(), 'packet ' + query)
    is_(g.ask(''), '', 'an empty packet')
    is_(len(g.ask('m0,800')), 4096, 'the longest packet')
    g.send('M0,800:' + 'ff' * 2048)
    is_(g.take(), b'E22', 'a longer one')

    # Packets that are damaged, or not acknowledged.
    g.raw(b'$g#00')
    is_(g.byte(), b'-', 'a wrong sum: it is asked for again')
    g.raw(b'$m0,4#xy$m0$qC' + Rsp.packet(b'qC'))
    is_((g.byte(), g.take()), (b'-', b'QCp01.01'), 'no sum; packets that are cut off')
    g.raw(b'-')
    is_(g.take(), b'QCp01.01', 'an answer that got lost is sent again')
    g.raw(bytes(range(4, 36)) + b'%&junk')
    is_(g.ask('qC'), 'QCp01.01', 'bytes between packets are ignored')
    is_(g.ask('QStartNoAckMode'), 'OK', 'no more acknowledgements')
    g.acks = False
    is_((g.ask('qC'), g.buffer), ('QCp01.01', b''), 'which are not sent, either')

    # Running.
    is_(g.ask('vCont;s:p1.1;c'), 'T05thread:p01.01;', 'vCont: the first action counts')
    is_(g.ask('Pf=00000100'), 'OK', 'the program')
    is_([g.ask(s) for s in ('s', 'S05', 'vCont;S05:1', 's10008')], ['T05thread:p01.01;'] * 4, 'steps')
    is_(g.word(15), 0x1000c, 'where they lead')
    g.send('c')
    g.raw(b'\x03')
    is_(g.take(), b'T02thread:p01.01;', 'Ctrl-C')
    count = g.word(0)
    time.sleep(0.05)
    is_(g.word(0), count, 'the CPU stands still')
    is_(interrupt(g), b'T02thread:p01.01;', 'it runs on')
    g.send('vCont;c')
    is_((g.ask('vCont;t'), g.take()), ('T02thread:p01.01;', b'T02thread:p01.01;'), 'vCont;t while it runs')
    is_(g.ask('Z2,20000,4'), 'OK', 'a watchpoint')
    is_((g.ask('c'), g.word(15)), ('T05thread:p01.01;watch:00020000;', 0x1000c), 'stops before the store')
    is_((g.ask('s'), g.word(15)), ('T05thread:p01.01;watch:00020000;', 0x1000c), 'a step does not get past it')
    is_((g.ask('z2,20000,4'), g.ask('s'), g.word(15)), ('OK', 'T05thread:p01.01;', 0x10010), 'until it is gone')
    is_((g.ask('Z4,20003,1'), g.ask('c')), ('OK', 'T05thread:p01.01;awatch:00020003;'), 'its last byte')
    is_(g.ask('?'), 'T05thread:p01.01;', 'which a new gdb is not told')
    for _ in range(2):
        is_(g.ask('Z0,10008,4'), 'OK', 'a breakpoint, twice')
    is_((g.ask('c'), g.ask('c'), g.word(15)), ('T05thread:p01.01;',) * 2 + (0x10008,), 'stops before the instruction')
    is_((g.ask('s'), g.word(15)), ('T05thread:p01.01;', 0x1000c), 'a step gets past it')
    is_(g.ask('C05;10010'), 'T05thread:p01.01;', 'C and an address')
    is_(g.ask('?'), 'T05thread:p01.01;', '"?" takes the breakpoints away')
    is_(interrupt(g), b'T02thread:p01.01;', 'so that it runs on')

    # More points than there is room for.
    answers = [g.ask('Z0,%x,4' % (0x40000 + 4 * i)) for i in range(257)]
    is_((answers.count('OK'), answers[256]), (256, 'E22'), '256 breakpoints')
    is_(g.ask('?'), 'T05thread:p01.01;', 'and none')

    # The monitor, and what happens while it is used.
    def monitor(command):
        g.send('qRcmd,' + command.encode().hex())
        text = b''
        while (answer := g.take()) not in (b'OK', None) and answer[:1] == b'O':
            text += bytes.fromhex(answer[1:].decode())
        return text.decode('latin-1')
    is_(monitor('info status'), 'VM status: paused\r\n', 'monitor info status')
    ok(len(monitor('help')) > 500, 'a long answer')
    is_(monitor('cont'), '', 'monitor cont')
    is_(monitor('info status'), 'VM status: paused\r\n', 'a packet stops the CPU again')
    monitor('system_reset')
    is_(g.word(15), 0x10000, 'monitor system_reset')
    g.send('R')
    is_(g.word(15), 0x10000, 'R')

    # Physical addresses.
    is_(g.ask('qqemu.PhyMemMode'), '0', 'virtual addresses')
    is_((g.ask('Qqemu.PhyMemMode:1'), g.ask('qqemu.PhyMemMode'), g.ask('Qqemu.PhyMemMode:x')), ('OK', '1', 'E22'),
        'physical ones')
    is_(g.ask('m10000,4'), '0000a0e3', 'memory there')
    is_(g.ask('Qqemu.PhyMemMode:0'), 'OK', 'virtual ones again')

    # Detach, and come again.
    count = g.word(0)
    is_((g.ask('Z0,10008,4'), g.ask('D;1')), ('OK', 'OK'), 'detach')
    g.acks = True
    time.sleep(0.05)
    is_(g.ask('qC'), 'QC01', 'the same connection goes on as a new session')
    while g.word(0) < count + 9:
        g.ask('D')
        time.sleep(0.05)
    ok(True, 'in between it runs, through what was a breakpoint')
    is_(g.ask('Z0,10008,4'), 'OK', 'a breakpoint')
    g.send('c')
    g.take()
    g.close()
    with_another = Rsp(g.path)
    is_(with_another.ask('?'), 'T05thread:01;', 'another client, after one that did not detach')
    is_(interrupt(with_another), b'T02thread:01;', "the first one's breakpoint is gone")
    is_((with_another.ask('vKill;1'), with_another.take(), g.session.wait()), ('OK', None, 0), 'vKill')

# Watchpoints that accesses of several words meet, unaligned ones, constants beside the code, and helpers.
INSNS = ['ldr r1, =0x20ffc', 'mvn r0, #0', 'mcr p15, 0, r0, c1, c0, 2', 'mov r3, #0x40000000', 'fmxr fpexc, r3',
         'stmia r1, {r0-r3}', 'ldmia r1, {r4-r7}', 'add r2, r1, #2', 'str r0, [r2]', 'strh r0, [r2]',
         'ldrd r8, [r1, #4]', 'swp r6, r0, [r1]', 'fsts s0, [r1, #8]', 'flds s1, [r1, #8]', 'ldrex r2, [r1]',
         'add r2, r2, #1', 'strex r3, r2, [r1]', 'b .']
accesses = assemble('.arch armv6k\n.fpu vfpv2\n' + '\n'.join(INSNS) + '\n.ltorg', 'accesses')
with Server([*OURS, '-S', '-cpu', 'arm1176', '-kernel', accesses], 'access-socket') as g:
    def watch(kind, addr, length, insn):
        """Runs until the watchpoint is hit, at that instruction; then past it."""
        point = '%d,%x,%x' % ({'watch': 2, 'rwatch': 3, 'awatch': 4}[kind], addr, length)
        g.ask('Z' + point)
        stop = g.ask('c')
        at = (g.word(15) - 0x10000) // 4
        expected = 'T05thread:01;%s:%08x;' % (kind, addr), insn
        is_((stop, INSNS[at].split()[0]), expected, '%s %x: %s' % (kind, addr, insn))
        g.ask('z' + point)
        g.ask('s')

    like(g.description(), r'name="d15".*\n(.*\n)*.*name="TPIDRURO"', 'the registers of an ARM1176')
    watch('rwatch', 0x10000 + 4 * len(INSNS), 1, 'ldr')
    watch('watch', 0x21004, 1, 'stmia')   # across pages, in its second part
    watch('rwatch', 0x20fff, 1, 'ldmia')  # in its first part
    watch('watch', 0x20ffc, 1, 'str')     # it is rounded down
    watch('watch', 0x20fff, 1, 'strh')
    watch('awatch', 0x21000, 4, 'ldrd')
    watch('watch', 0x20ffc, 4, 'swp')
    watch('watch', 0x21004, 4, 'fsts')
    watch('rwatch', 0x21004, 4, 'flds')
    watch('watch', 0x20ffe, 1, 'strex')
    is_(g.word(3), 0, 'STREX stores when it is executed then')

# Digests of the machine after every few instructions: all blocks are of one instruction, as those of a step are.
rounds = assemble('mov r2, #0\n1: add r2, r2, #1\n nop\n b 1b', 'rounds')
argv = [*OURS, '-S', '-icount', 'shift=0', '-m', '1', '-d', 'digest:7', '-D', temp('digests'), '-kernel', rounds]
with Server(argv, 'rounds-socket') as g:
    g.ask('Z0,10008,4')
    seen = [(g.ask('c'), g.word(2), g.ask('s'))[:2] for _ in range(50)]
    is_(seen, [('T05thread:01;', n + 1) for n in range(50)], 'a breakpoint is hit in each round')

# The monitor and gdb control the same run.
mon = temp('mon-socket')
with Server([program('tail'), '-serial', 'null', '-S', '-kernel', spin, '-monitor', 'unix:%s,server,nowait' % mon],
            'both-socket') as g, connect(mon) as m:
    seen = b''

    def monitor_says(command, pattern):
        """Gives the monitor a command; what it has said since the last one is to match."""
        global seen
        m.sendall(command + b'\n')
        while not re.search(pattern, seen):
            seen += m.recv(4096)
        seen = b''
        return True

    is_(g.ask('?'), 'T05thread:01;', 'both are there')
    ok(monitor_says(b'info status', rb'VM status: paused \(prelaunch\)'), 'before the start')
    g.send('c')
    while b'running' not in seen:
        m.sendall(b'info status\n')
        seen += m.recv(4096)
    ok(True, 'gdb has started it')
    m.sendall(b'stop\n')
    is_(g.take(), b'T02thread:01;', 'the monitor stops it, which gdb is told')
    seen = b''
    ok(monitor_says(b'info status', rb'VM status: paused\r'), 'paused')
    ok(monitor_says(b'cont\ninfo status', rb'VM status: running'), 'the monitor starts it')
    count = g.word(0)
    ok(monitor_says(b'info status', rb'VM status: paused\r'), 'a packet of gdb stops it')
    g.ask('Z0,10008,4')
    is_(g.ask('c'), 'T05thread:01;', 'a breakpoint')
    ok(monitor_says(b'info status', rb'VM status: paused \(debug\)'), 'of which the monitor knows')
    g.send('c')
    m.sendall(b'quit\n')
    while (answer := g.take()) == b'T05thread:01;':
        pass
    is_((answer, g.session.wait()), (b'W00', 0), 'the monitor ends the run')

# The end of the guest; k; Ctrl-C while nothing can wake it.
EXIT = "mov r0, #0x20\n ldr r1, =block\n svc #0x123456\nblock: .word 0x20026, 7\n .ltorg"
exits = assemble(EXIT, 'exits')
with Server([*OURS, '-S', '-semihosting', '-kernel', exits], 'exit-socket') as g:
    is_((g.ask('c'), g.session.wait()), ('W07', 7), 'the guest exits')
with Server([*OURS, '-S', '-semihosting', '-kernel', exits], 'step-socket') as g:
    g.ask('s')
    g.ask('s')
    is_((g.ask('s'), g.session.wait()), ('W07', 7), 'by a step')
reset = assemble("""
    ldr r1, =0x10000000
    ldr r0, =0xa05f
    str r0, [r1, #0x20]
    mov r0, #0x105 & 0xff
    orr r0, #0x100
    str r0, [r1, #0x40]
    b .
    .ltorg
""", 'reset')
with Server([*OURS, '-S', '-no-reboot', '-kernel', reset], 'reset-socket') as g:
    is_((g.ask('c'), g.session.wait()), ('W00', 0), 'a reset ends the run')
with Server([*OURS, '-S', '-no-reboot', '-no-shutdown', '-kernel', reset], 'pause-socket') as g:
    is_(g.ask('c'), 'T03thread:01;', 'or pauses it')
    g.send('k')
    is_(g.session.wait(), 0, 'k')
with Server([*OURS, '-kernel', assemble('b .', 'stays')], 'stay-socket') as g:
    is_(g.ask('?'), 'T05thread:01;', 'a guest that waits for ever')
    g.send('c')
    time.sleep(0.05)
    g.raw(b'\x03')
    is_((g.take(), g.word(15)), (b'T02thread:01;', 0x10000), 'Ctrl-C ends the wait')
    is_(g.ask('s'), 'T05thread:01;', 'a step of it')

r = run([*OURS, '-S', '-gdb', 'stdio', '-kernel', spin], stdin=pipe_of(b'$?#3f$c#63'), timeout=20)
is_((r.status, r.out), (0, b'+$T05thread:01;#07+$W00#b7'), 'gdb goes without a word')
r = run([*OURS, '-S', '-gdb', 'stdio', '-kernel', spin], timeout=20)
ok(r.status == 1 and b'-gdb: gdb has gone' in r.err, 'it never came', r.err)

# What the guest prints by semihosting goes to gdb's user, who has the program's stdio.
prints = assemble('mov r0, #4\n adr r1, text\n svc #0x123456\n b .\ntext: .asciz "hello from the guest\\n"', 'prints')
r = debug(pipe([*OURS, '-nographic'], '-semihosting', '-kernel', prints), 'break *0x1000c\ncontinue\nkill', elf='')
like(r.out, r'(?s)\nhello from the guest\n.*Breakpoint 1', 'semihosting')

# Semihosting calls that gdb executes. The program opens a file, writes to it, and exits with 0 or the error.
OPEN_AND_WRITE = r'''
    b start
    mov r0, #99
    b exit
start:
    ldr sp, =0x80000
    mov r0, #1
    ldr r1, =open
    svc 0x123456
    cmn r0, #1
    beq fail
    ldr r1, =write
    str r0, [r1]
    mov r0, #5
    svc 0x123456
    mov r0, #0
    b exit
fail:
    mov r0, #0x13
    svc 0x123456
exit:
    ldr r1, =status
    str r0, [r1, #4]
    mov r0, #0x20
    svc 0x123456
open:   .word name, 6, 4
write:  .word 0, name, 4
status: .word 0x20026, 0
name:   .asciz "file"
'''
opens = assemble(OPEN_AND_WRITE, 'opens')
with open(opens, 'rb') as f:
    name_at = 0x10000 + f.read().index(b'file')
F_OPEN, F_WRITE = 'Fopen,%08x/5,00000602,000001a4' % name_at, 'Fwrite,00000003,%08x,00000004' % name_at
TRAP, INTERRUPTED = 'T05thread:01;', 'T02thread:01;'
# What gdb sends during the first call, and gets; then the program's status, if it ends.
DURING_A_CALL = [
    ('the answer: the next call', [('F3', F_WRITE), ('F4', 'W00')], 0),
    ('memory in between', [('m%x,4' % name_at, b'file'.hex()), ('F3', F_WRITE)], None),
    ('an error', [('F-1,2', 'W02')], 2),
    ('one with a number of its own', [('F-1,5b', 'W24')], 36),
    ('an unknown one', [('F-1,270f', 'W16')], 22),
    ('what belongs to a call', [('F3,0;attachment', F_WRITE)], None),
    ('-1 without an error', [('F-1', 'W05')], 5),
    ('Ctrl-C, before the call', [('F-1,4,C', INTERRUPTED), ('p0', 'ffffffff'), ('pf', '1c000100'), ('c', 'W04')], 4),
    ('Ctrl-C, after it', [('F3,0,C', INTERRUPTED), ('p0', '01000000'), ('c', F_WRITE)], None),
    ('a byte for Ctrl-C', [('\x03', None), ('F3', INTERRUPTED), ('c', F_WRITE)], None),
    ('nonsense', [(p, 'E22') for p in ('F', 'Fzz', 'F3,', 'F3,zz', 'F3,0,', 'F3,0,X', 'F3x', 'F' + '9' * 17,
                                       'F' + 'f' * 16)] + [('F3', F_WRITE)], None),
    ('an answer without a call', [('F3', F_WRITE), ('F-1,9', 'W00'), ], 0),
    ('continue: the call is made again', [('c', F_OPEN), ('F3', F_WRITE)], None),
    ('a step: too', [('s', F_OPEN), ('F3', TRAP), ('pf', '1c000100'), ('F3', 'E22')], None),
    ('a reset: it is forgotten', [('qRcmd,' + b'system_reset'.hex(), 'OK'), ('F9', F_OPEN)], None),
    ('detach: it fails, and the guest goes on', [('D', 'OK')], 5),
    ('the end of the connection: too', [(None, None)], 5),
    ('kill', [('k', None)], 0),
]
AS_IN_QEMU = 5  # the first ones
for emulator, scenarios in (OURS, DURING_A_CALL), (QEMU, DURING_A_CALL[:AS_IN_QEMU]):
    for n, (name, steps, status) in enumerate(scenarios):
        name = '%s, during a call: %s' % (emulator[0].split('/')[-1], name)
        argv = [*emulator, '-S', '-semihosting-config', 'enable=on,target=gdb', '-kernel', opens]
        with Server(argv, 'call-%d-%s' % (n, emulator == OURS)) as g:
            steps = [('c', F_OPEN), *steps]
            seen = [(step, g.close() if step is None else g.raw(step.encode()) if step == '\x03' else
                     g.send(step) if answer is None else g.ask(step)) for step, answer in steps]
            is_(seen, steps, name)
            if status is not None:
                is_(g.session.wait(), status, name + ': the end')

# Under -icount the guest does not notice that it is stopped, watched and stepped through: digests say so.
with open(GUEST + '/System.map-xip', encoding='ascii') as f:
    symbols = {name: int(address, 16) for address, _, name in map(str.split, f)}


def counted(points):
    """Linux with counted time: its output and digests, and how often it came to those points."""
    log, path, hits = temp('log'), temp('counted-socket'), 0
    argv = [program('tail'), *linux(), '-m', '32', '-no-reboot', '-icount', 'shift=0']
    argv += ['-d', 'digest:4000000', '-D', log]
    argv += ['-S', '-gdb', 'unix:' + path] if points else []
    with open(temp('input', b'ls /\nreboot -f\n'), 'rb') as stdin, \
            subprocess.Popen(argv, stdin=stdin, stdout=subprocess.PIPE) as p:
        if points:
            g = Rsp(path)
            g.ask('Qqemu.sstep=1')  # with interrupts and timers
            change = lambda how: [g.ask(how + point) for point in points]
            change('Z')
            while g.ask('c') != 'W00':
                hits += 1
                change('z')
                for _ in range(20):
                    g.ask('s')
                if hits < 100:
                    change('Z')
            g.close()
        out = p.communicate(timeout=TIMEOUT)[0]
    return slurp(log), out, hits


plain = counted([])
hit = counted(['1,%x,4' % symbols['vfs_read'], '4,%x,40' % symbols['jiffies']])
is_((hit[0].count(b'digest'), hit[:2] == plain[:2], hit[2]), (plain[0].count(b'digest'), True, 100),
    'counted time: 100 stops change nothing')

# Linux, while it runs. Its addresses are virtual, and its flash is at bf000000.
banner, uname = symbols['linux_banner'], symbols['sys_newuname']
tcp = port()
to_linux = 'localhost:%d' % tcp
argv = [program('tail'), *linux(), '-gdb', 'tcp:%s,server,nowait' % to_linux]
with Session(argv, terminal=False) as linux_session:
    linux_session.expect(PROMPT)
    r = debug(to_linux, 'x/s %#x\nx/2xw 0xc0000000\np/x $SCTLR & 1\np/x $cpsr & 0x1f\n'
              'monitor info status\ndetach' % banner, elf='')
    like(r.out, r'"Linux version [\d.]+.*\n', 'Linux: a string of the kernel, at its virtual address')
    like(r.out, r'(?s)0xc0000000:\t0x[0-9a-f]+\t.*= 0x1\n.*= 0x1[03]\nVM status: paused', 'the MMU is on')
    linux_session.send(b'echo on$((1))\n')
    linux_session.expect(rb'\non1\r\n')
    ok(True, 'after a detach it runs on')
    # A breakpoint in the system call that `uname` makes; a step; the way back to user mode.
    commands = temp('commands', ("""
target remote %s
hbreak *%#x
continue
p/x $pc
x/i $pc
stepi
p $pc != %#x
delete
tbreak *(unsigned)$lr
continue
p $r0
detach
""" % (to_linux, uname, uname)).encode())
    with Session([*GDB, '-x', commands], terminal=False) as gdb:
        gdb.expect(rb'ardware assisted breakpoint 1')
        time.sleep(0.2)
        linux_session.send(b'uname; echo two$((2))\n')
        gdb.expect(rb'Breakpoint 1, 0x0*%x in' % uname)
        gdb.expect(rb'= 0x%x\n=> 0x%x' % (uname, uname))
        gdb.expect(rb'= 1\n.*Temporary breakpoint 2, 0x[^\n]*\n\$\d+ = 0\n.*detached')
        ok(gdb.wait() == 0, 'a breakpoint in a system call, a step, its result')
    linux_session.expect(rb'\nLinux\r\ntwo2\r\n')
    ok(True, 'and the call comes to its end')
    # Ctrl-C as gdb sends it, and a watchpoint on the clock.
    commands = temp('commands', ("""
target remote %s
watch *(int *)%#x
continue
continue
delete
detach
""" % (to_linux, symbols['jiffies'])).encode())
    with Session([*GDB, '-x', commands], terminal=False) as gdb:
        gdb.expect(rb'ardware watchpoint 1: ')
        time.sleep(0.2)
        linux_session.send(b'sleep 0.1; sleep 0.1; echo three$((3))\n')
        gdb.expect(rb'(Old value = (-?\d+)\nNew value = (-?\d+)\n.*){2}detached')
        is_(gdb.wait(), 0, 'a watchpoint on jiffies')
    linux_session.expect(rb'\nthree3\r\n')
    with Session([*GDB, '-ex', 'target remote ' + to_linux, '-ex', 'continue', '-ex', 'p/x $cpsr', '-ex', 'kill'],
                 terminal=False) as gdb:
        gdb.expect(rb'\n0x')  # it has stopped the guest
        linux_session.send(b'echo four$((4))\n')
        linux_session.expect(rb'\nfour4\r\n')
        time.sleep(0.1)
        os.kill(gdb.p.pid, signal.SIGINT)
        gdb.expect(rb'received signal SIGINT.*= 0x[0-9a-f]+\n.*killed')
        is_((gdb.wait(), linux_session.wait()), (0, 0), 'Ctrl-C in gdb, and kill')
done()
