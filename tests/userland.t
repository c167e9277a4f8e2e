#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
# needs: program linux dpkg-deb gcc openssl perl tcc
#
# usage: tests/userland.t [-qemu] [all | CHECK...]
#
# Debian's own userland for ARMv5 with soft float, in the parts that scripts/userland.sh makes. The
# guest runs the programs of tests/userland one after the other; what they print is compared with
# what the host computes, or says itself whether it is right. Without arguments some of the
# checks, quickly; CHECK is a name like perl or python, or with its argument like python:test_int.
# With -qemu the guest runs on qemu-system-arm and the zImage: what also fails there is no bug of
# tqemu.
import base64

from lib import *

HERE = 'tests/userland/'
SAMPLE = b''.join(b'%d\n' % n for n in range(1, 30001))  # what the scripts call data

PYTHON = '''array ast base64 bigmem binascii binop bisect bool bufio builtin bytes bz2 calendar
    cmath codecs collections compile complex configparser contextlib copy csv ctypes
    dataclasses datetime decimal deque descr dict difflib enum exceptions fcntl fileio
    float fork1 format fractions frozen fstring functools generators glob grammar gzip hashlib
    heapq hmac index inspect int io itertools json list long lzma marshal math memoryview mmap
    operator opcodes os pathlib pickle poll popen posix posixpath pow pprint pty queue random
    range re resource sched select set shelve shlex shutil signal slice sort statistics
    strftime string strtod struct subprocess sys tarfile tempfile textwrap thread threading
    time tokenize traceback tuple types typing unicode unicodedata unpack uuid wait3 wait4
    weakref xml_etree zipfile zlib'''.split()
# Groups of stressors that run at the same time, each with how many operations it does at least.
STRESS = [
    'cpu: cpu 200',
    'vm: vm 10000',
    'programs: atomic 50 branch 500 bsearch 50 context 50 funccall 50 funcret 50 goto 50 hash 50 '
    'hsearch 20 list 20 longjmp 50 nop 500 opcode 50 regs 100 skiplist 50 str 100 wcs 100 zlib 5',
    'numbers: crypt 10 fp 10 heapsort 1 judy 1 lsearch 1 matrix 50 matrix-3d 2 mergesort 1 '
    'qsort 1 radixsort 1 shellsort 1 sparsematrix 1 tsearch 1 vecmath 5 vecshuf 10 vecwide 10',
    'memory: bad-altstack 50 brk 2000 dev-shm 2 env 2 malloc 2000 mmapaddr 200 mmapfixed 20 '
    'mmapmany 20 mprotect 200 msync 50 munmap 10 pageswap 100 physpage 200 shm 2 shm-sysv 5 '
    'stackmmap 10 vm-addr 2 vm-segv 50 vm-splice 500',
    'processes: clone 20 fifo 200 fork 50 futex 200 mq 500 pipe 500 sem-sysv 500 sigfpe 50 '
    'sigpipe 50 sigq 200 sigsegv 50 sigsuspend 100 switch 500',
    'files and time: dir 20 eventfd 200 itimer 50 poll 20 rename 200 timer 50 '
    'timerfd 50',
]

# The checks by part: name, argument, seconds that it may take, whether it is one of the quick.
CHECKS = {
    'base': [
        ('apt', '', 120, True),
        ('bash', '', 120, True),
        ('coreutils', '', 300, True),
        ('compress', '', 600, True),
        ('openssl', '', 600, True),
        ('openssl-sign', '', 60, True),
        ('openssl-speed', '', 120, False),
    ],
    'perl': [('perl', '', 300, True)],
    'compile': [('compile', command, 300, quick) for command, quick in (
        ('gcc -O2', True), ('gcc -O0', False), ('gcc -O3 -mthumb', False), ('tcc -DNO_FLOATING', True),
        ('gcc -Os -static', False))],
    'python': [('python', 'test_' + module, 1800, module in ('struct', 'zlib', 'bisect', 'fork1'))
               for module in PYTHON],
    'stress': [('stress', group, 900, group.startswith('vm')) for group in STRESS],
}


def title(name, argument):
    """What a check is called: its argument may begin with a name for it."""
    return '%s:%s' % (name, argument.split(': ')[0]) if argument else name


def openssl(*arguments, **more):
    return subprocess.run(['openssl', *arguments], check=True, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, **more).stdout


def make_keys():
    """Keys and signatures for the openssl checks, in a directory whose path is returned."""
    at = temp('keys')
    os.mkdir(at)
    with open(temp('sample'), 'wb') as f:
        f.write(SAMPLE)
    for name, algorithm in (
            ('rsa', 'RSA -pkeyopt rsa_keygen_bits:2048'), ('ed25519', 'ED25519'),
            ('ed448', 'ED448'), ('x25519', 'X25519'), ('x25519-peer', 'X25519'),
            ('p256', 'EC -pkeyopt ec_paramgen_curve:P-256'),
            ('p256-peer', 'EC -pkeyopt ec_paramgen_curve:P-256'),
            ('p384', 'EC -pkeyopt ec_paramgen_curve:P-384'),
            ('secp256k1', 'EC -pkeyopt ec_paramgen_curve:secp256k1')):
        path = '%s/%s' % (at, name)
        openssl('genpkey', '-algorithm', *algorithm.split(), '-out', path + '.pem')
        openssl('pkey', '-in', path + '.pem', '-pubout', '-out', path + '.pub')
        if name in ('rsa', 'p256', 'p384', 'secp256k1'):
            openssl('dgst', '-sha256', '-sign', path + '.pem', '-out', path + '.sig',
                    temp('sample'))
    openssl('pkeyutl', '-encrypt', '-pubin', '-inkey', at + '/rsa.pub', '-out',
            at + '/rsa.secret', input=b'the secret')
    return at


def initrd(part, checks, keys):
    """The part's root file system and after it our own archive, with what is to be done."""
    plan = ''.join('%d %s %s\n' % (limit, name, argument) for name, argument, limit, _ in checks)
    contents = ['file init 0755 %sinit' % HERE, 'dir check 0755', 'dir check/keys 0755',
                'file check/plan 0644 ' + temp('plan', plan.encode()),
                'file check/program.c 0644 %sprogram.c' % HERE]
    contents += ['file check/%s 0755 %s%s' % (name, HERE, name) for name in
                 sorted({check[0] for check in checks})]
    contents += ['file check/keys/%s 0644 %s/%s' % (name, keys, name)
                 for name in sorted(os.listdir(keys))]
    archive = subprocess.run(['scripts/mkcpio'], input='\n'.join(contents).encode(), check=True,
                             stdout=subprocess.PIPE).stdout
    path = temp('initrd')
    shutil.copyfile('%s/userland-%s.cpio' % (GUEST, part), path)
    with open(path, 'ab') as f:
        f.write(archive)
    return path


def command_line(part, checks, keys):
    cmdline = 'console=ttyAMA0 quiet'
    more = ['-m', '256', '-initrd', initrd(part, checks, keys), '-append']
    if QEMU:
        return ['qemu-system-arm', '-M', 'versatilepb', '-audiodev', 'none,id=none', '-nographic',
                '-kernel', ZIMAGE, '-dtb', GUEST + '/versatile-pb.dtb', *more, cmdline]
    return [program('tail'), '-kernel', XIP, *more, cmdline + ' lpj=500000']


def in_guest(part, checks, keys):
    """Boots the part and runs the checks. Yields for each its lines, status and seconds."""
    with Session(command_line(part, checks, keys), terminal=False) as s:
        s.p.stdin.close()
        try:
            for name, argument, limit, _ in checks:
                whole = re.escape('%s %s' % (name, argument)).encode()
                found = s.expect(rb'=== begin %s (\S+)\r+\n(.*?)\s*=== end %s (\d+) (\S+)\r' %
                                 (whole, whole), limit + 120)
                yield lines(found[2]), int(found[3]), float(found[4]) - float(found[1])
            trouble = s.expect(rb'\n((=== kernel [^\n]*\n)*)=== done', 120)[1]
            status = 0 if QEMU else s.wait()
        except Timeout as e:
            trouble, status = b'', '%s; status %s, stderr %s' % (e, s.p.poll(), s.err)
        is_(trouble, b'', part + ': no complaint from the kernel')
        is_(status, 0, part + ': the guest runs all its checks and goes off')


def on_host(argv, keys):
    home = temp('host')
    os.makedirs(home, exist_ok=True)
    env = dict(os.environ, LC_ALL='C', TZ='UTC', KEYS=keys, TMPDIR=home)
    r = run([os.path.abspath(argv[0]), *argv[1:]], timeout=300, stderr=subprocess.STDOUT, env=env,
            cwd=home)
    return lines(r.out.rstrip(b'\n')) if r.status == 0 else ['host: status %s' % r.status]


def same_as(host, got):
    """What is not the same, as lines that say so."""
    wrong = ['guest lacks  %s' % line for line in host if line not in got]
    wrong += ['guest has    %s' % line for line in got if line not in host]
    if not wrong and host != got:
        wrong = ['the order of lines differs']
    return wrong


def check_same(name, got, argv, keys):
    host = on_host(argv, keys)
    wrong = same_as(host, got) + [line for line in host if 'but it is' in line]
    ok(not wrong and len(host) > 5, '%s: %d lines as on the host' % (name, len(host)), *wrong)


def check_apt(name, got, keys):
    text = '\n'.join(got)
    for what, pattern in (
            ('the machine is ours', r'^machine: armv5tejl$'),
            ('apt --version', r'^apt 2\.\d+\.\d+.* \(armel\)$'),
            ('dpkg --version', r"^Debian 'dpkg' package management program version 1\.2\d"),
            ('dpkg compares versions', r'^versions: 1\.0\+b1 gt 1\.0$'),
            ('dpkg reads a package', r'^Version: 1\.2-3$'),
            ('dpkg installs it', r'^installed: the same$'),
            ('dpkg remembers it', r'^Status: install ok installed$'),
            ('apt finds the missing dependency', r'hello : Depends: nothing-there')):
        like(text, pattern, '%s: %s' % (name, what))
    is_(len(re.findall('^versions: ', text, re.M)), 4, name + ': all versions compared')


def check_signatures(name, got, keys):
    message = temp('message', b'signed by the guest')
    signatures = dict(line.split(': ', 1) for line in got if ': ' in line)
    for key in 'p256', 'p384', 'secp256k1', 'rsa-pss':
        signature = temp('signature', base64.b64decode(signatures.get(key, '')))
        padding = ['-sigopt', 'rsa_padding_mode:pss'] if key == 'rsa-pss' else []
        r = run(['openssl', 'dgst', '-sha256', *padding, '-verify',
                 '%s/%s.pub' % (keys, key.split('-')[0]), '-signature', signature, message])
        ok(r.status == 0, '%s: the host verifies the guest\'s %s' % (name, key), *got)


def check_speed(name, got, keys):
    text = '\n'.join(got)
    for what, pattern in (('sha256', r'^sha256 +(\d+\.\d+)k$'),
                          ('AES', r'^aes-128-cbc +(\d+\.\d+)k$'),
                          ('RSA', r'^rsa 1024 bits +\S+s +\S+s +(\d+\.\d) '),
                          ('ECDSA', r'^ *256 bits ecdsa .* +(\d+\.\d) ')):
        found = re.search(pattern, text, re.M)
        ok(found and float(found[1]) > 0, '%s: %s, %s' % (name, what, found and found[0]), *got)


def check_python(name, got, keys):
    text = '\n'.join(got)
    count = sum(int(n) for n in re.findall(r'^Ran (\d+) tests? in', text, re.M))
    skipped = sum(int(n) for n in re.findall(r'^OK \(skipped=(\d+)', text, re.M))
    ok(count > skipped and re.search('^Tests result: SUCCESS$', text, re.M),
       '%s: %d tests, %d skipped' % (name, count, skipped), *got)


def check_stress(name, got, keys):
    text = '\n'.join(got)
    group = next(group for group in STRESS if title('stress', group) == name)
    words = group.split(': ')[1].split()
    for stressor, least in zip(words[::2], words[1::2]):
        found = re.search(r'metrc: \[\d+\] %s +(\d+) ' % stressor, text)
        ok(found and int(found[1]) >= int(least) and not re.search('fail: .* %s:' % stressor, text),
           '%s: %s, at least %s operations verified' % (name, stressor, least),
           *[line for line in got if stressor in line])
    like(text, 'successful run completed', name + ': successful')


def judge(name, argument, got, keys):
    """Whether the output of a check is right."""
    whole = title(name, argument)
    if name in ('bash', 'coreutils', 'compress', 'openssl', 'perl'):
        check_same(whole, got, [HERE + name], keys)
    elif name == 'compile':
        binary = temp('program')
        macros = re.findall(r'-D\S+', argument)
        subprocess.run(['gcc', '-O1', '-ffp-contract=off', *macros, '-o', binary,
                        HERE + 'program.c', '-lm', '-lpthread'], check=True)
        check_same(whole, got, [binary], keys)
    else:
        {'apt': check_apt, 'openssl-sign': check_signatures, 'openssl-speed': check_speed,
         'python': check_python, 'stress': check_stress}[name](whole, got, keys)


def wanted(check, names):
    name, argument, _, quick = check
    if not names:
        return quick
    return 'all' in names or name in names or title(name, argument) in names


names = sys.argv[1:]
QEMU = '-qemu' in names
names = [name for name in names if name != '-qemu']
chosen = {part: [check for check in checks if wanted(check, names)]
          for part, checks in CHECKS.items()}
chosen = {part: checks for part, checks in chosen.items() if checks}
if not chosen:
    sys.exit('userland.t: no such check: %s: they are %s' % (' '.join(names), ' '.join(
        title(*check[:2]) for checks in CHECKS.values() for check in checks)))
subprocess.run(['scripts/userland.sh', GUEST, *chosen], check=True)
keys = make_keys()
for part, checks in chosen.items():
    for (got, status, seconds), (name, argument, _, _) in zip(in_guest(part, checks, keys), checks):
        if is_(status, 0, '%s ends with status 0 after %.1f s' % (title(name, argument), seconds)):
            judge(name, argument, got, keys)
        else:
            print(*('#   %s' % line for line in got), sep='\n')
done()
