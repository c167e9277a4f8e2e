#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
# needs: program iso linux arm-linux-gnueabi-as
#
# Output files are truncated only when the run is certain to start: errors in inputs and outputs are
# found first. An output that is also an input or another output is refused.
from lib import *

OLD = b'what it had before\n'
off = assemble('mov r0, #0x18; ldr r1, =0x20026; swi 0x123456', 'off')
kernel = slurp(off)
a, b = temp('a', OLD), temp('b', OLD)


def start(variant, *argv, **popen):
    return run([program(variant), '-semihosting', *argv], timeout=20, **popen)


def kept(name, r, names, *files):
    """Status 1 and one line; the files are what they were."""
    is_(r.status, 1, name + ': status 1')
    like(r.err, r'\Atqemu: [^\n]*%s[^\n]*: [^\n]+\n\Z' % re.escape(names), name + ': one line')
    for path, content in files:
        is_(slurp(path), content, '%s: %s is as it was' % (name, os.path.basename(path)))


def inputs_first(variant):
    outputs = ['-serial', 'file:' + a, '-D', b]
    for argv, names in [(['-kernel', '/nowhere'], '/nowhere'),
                        (['-kernel', temp('empty', b'')], 'empty'),
                        (['-bios', '/nowhere'], '/nowhere'),
                        (['-kernel', ZIMAGE, '-initrd', '/nowhere'], '/nowhere'),
                        (['-kernel', ZIMAGE, '-dtb', '/nowhere'], '/nowhere'),
                        (['-kernel', ZIMAGE, '-dtb', off], off),
                        (['-device', 'loader,file=/nowhere,addr=0'], '/nowhere'),
                        (['-kernel', off, '-device', 'loader,addr=0x50000000,file=' + off], off),
                        (['-kernel', off, '-m', 'lots'], 'lots'),
                        (['-kernel', off, '-serial', 'channel'], 'channel')]:
        kept('%s: %s' % (variant, ' '.join(argv)), start(variant, *outputs, *argv), names,
             (a, OLD), (b, OLD))
    kept(variant + ': dumpdtb=', start(variant, '-M', 'dumpdtb=' + a, '-kernel', '/nowhere'),
         '/nowhere', (a, OLD))


def inputs_as_outputs(variant):
    """Each input under each option that names an output."""
    k = temp('k')
    for role in (['-kernel', k], ['-kernel', ZIMAGE, '-initrd', k], ['-bios', k],
                 ['-kernel', off, '-device', 'loader,addr=0x20000,file=' + k],
                 ['-kernel', off, '-drive', 'if=none,format=raw,file=' + k],
                 ['-kernel', off, '-incoming', 'file:' + k]):
        for output in ['-serial', 'file:' + k], ['-D', k], ['-M', 'dumpdtb=' + k]:
            temp('k', kernel)
            kept('%s: %s' % (variant, ' '.join(role[-1:] + output)),
                 start(variant, *role, *output), k, (k, kernel))
    tree = temp('tree')
    is_(start(variant, '-kernel', ZIMAGE, '-M', 'dumpdtb=' + tree).status, 0, variant + ': a tree')
    dtb = slurp(tree)
    for output in ['-serial', 'file:' + tree], ['-M', 'dumpdtb=' + tree]:
        kept('%s: -dtb and %s' % (variant, ' '.join(output)),
             start(variant, '-kernel', ZIMAGE, '-dtb', tree, *output), tree, (tree, dtb))


def outputs_twice(variant):
    new = temp('new')
    for path in a, new:
        for argv in (['-serial', 'file:' + path, '-serial', 'file:' + path],
                     ['-serial', 'file:' + path, '-D', path]):
            kept('%s: %s twice' % (variant, os.path.basename(path)),
                 start(variant, '-kernel', off, *argv), path, (a, OLD))
    ok(not os.path.exists(new), variant + ': no new file is made')
    r = start(variant, '-kernel', off, '-serial', 'file:/dev/null', '-serial', 'file:/dev/null',
              '-d', 'in_asm', '-D', '/dev/null')
    is_((r.status, r.err), (0, b''), variant + ': a device may be named more than once')


def other_names():
    """Two names of one file, where the host can tell."""
    hard, soft, dots = temp('hard'), temp('soft'), os.path.join(scratch, '.', 'k')
    k = temp('k', kernel)
    os.link(k, hard)
    os.symlink('k', soft)
    for name in hard, soft, dots:
        kept('-kernel k, an output ' + os.path.basename(name),
             start('tail', '-kernel', k, '-serial', 'file:' + name), name, (k, kernel))
        kept('-kernel %s, an output k' % os.path.basename(name),
             start('tail', '-kernel', name, '-D', k), k, (k, kernel))
        kept('-serial file:k, -D ' + os.path.basename(name),
             start('tail', '-kernel', off, '-serial', 'file:' + k, '-D', name), name, (k, kernel))
    new = temp('other')
    r = start('tail', '-kernel', off, '-serial', 'file:' + new, '-D',
              os.path.join(scratch, '.', 'other'))
    kept('two names of a new file', r, 'other')


def streams():
    keys = temp('keys', OLD)
    with open(keys, 'rb') as f:
        r = start('tail', '-kernel', off, '-serial', 'file:' + keys, stdin=f)
    kept('standard input is an output', r, keys, (keys, OLD))
    with open(keys, 'ab') as f:
        r = start('tail', '-kernel', off, '-D', keys, stdout=f)
    kept('standard output is another output', r, keys, (keys, OLD))
    with open(keys, 'ab') as f:
        r = run([program('tail'), '-kernel', off, '-M', 'dumpdtb=/dev/stdout'], stdout=f)
    is_((r.status, slurp(keys)[:4]), (0, b'\xd0\x0d\xfe\xed'),
        'dumpdtb=/dev/stdout, for which standard output is not used otherwise')
    r = start('tail', '-kernel', off, '-serial', 'file:/dev/stdout', '-serial', 'file:/dev/stdout')
    is_((r.status, r.err), (0, b''), '/dev/stdout twice, which is a pipe')
    r = run(['sh', '-c', '"$@" <&-', 'sh', program('tail'), '-kernel', off, '-serial', 'stdio',
             '-serial', 'file:' + a, '-D', b])
    kept('standard input is closed', r, 'stdin', (a, OLD), (b, OLD))
    r = run(['sh', '-c', '"$@" >&-', 'sh', program('tail'), '-kernel', off, '-serial', 'stdio',
             '-serial', 'file:' + a, '-D', b])
    kept('standard output is closed', r, 'stdout', (a, OLD), (b, OLD))


for variant in 'tail', 'iso':
    inputs_first(variant)
    inputs_as_outputs(variant)
    outputs_twice(variant)
other_names()
streams()
done()
