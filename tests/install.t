#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
# needs: program bash dpkg-deb gcc git make man readelf
#
# What users install: the manual page and completions have every option, and what -help says of it;
# the link with QEMU's name; the Debian package; a tar file that builds where there is no git.
from lib import *


def make(*argv, cwd=None):
    env = {k: v for k, v in os.environ.items() if not k.startswith('MAKE')}
    return run(['make', *argv], cwd=cwd, env=env, timeout=600)


HERE = ['O=' + BUILD, 'CC=gcc', 'DISPATCH=tail']
root = temp('root')
r = make(*HERE, 'install', 'DESTDIR=' + root, 'PREFIX=/usr', 'LINK=yes')
is_(r.status, 0, 'make install LINK=yes')
is_(os.readlink(root + '/usr/bin/qemu-system-arm'), 'tqemu', 'a link with QEMU\'s name')
r = run([root + '/usr/bin/qemu-system-arm', '-version'])
like(r.out, r'\AQEMU emulator version ', 'which runs')

# Options: -help against what the table gives the others.
help_text = run([program('tail'), '-help']).out.decode()
options = re.findall(r'^  -([\w-]+)( \S+)? +(.*)$', help_text, re.M)
ok(len(options) > 70, 'options are found', help_text)
page = run(['man', '-l', '--warnings', root + '/usr/share/man/man1/tqemu.1'],
           env={**os.environ, 'MANWIDTH': '1000', 'LC_ALL': 'C', 'MAN_KEEP_FORMATTING': ''})
plain = re.sub(r' +', ' ', page.out.decode())
ok(not re.sub(rb'.*cannot adjust line.*\n', b'', page.err), 'the manual page has no errors', page.err)
bash = slurp(root + '/usr/share/bash-completion/completions/tqemu').decode()
zsh = slurp(root + '/usr/share/zsh/site-functions/_tqemu').decode()
for name, argument, text in options:
    good = ('-' + name + argument) in plain and (text == '(the same)' or re.sub(r' +', ' ', text) in plain)
    ok(good, 'manual page: -' + name, plain if name == options[0][0] else text)
    ok(re.search(r"[' ]-%s[' ]" % re.escape(name), bash) and "'*-%s[" % name in zsh, 'completions: -' + name)

# bash: words, options, files.
def complete(*words):
    script = 'PATH=%s/usr/bin:$PATH; . %s; COMP_WORDS=(%s); COMP_CWORD=%d; _tqemu tqemu; echo "${COMPREPLY[*]}"' % (
        root, root + '/usr/share/bash-completion/completions/tqemu',
        ' '.join("'%s'" % w for w in words), len(words) - 1)
    return run(['bash', '-c', script], cwd=root + '/usr').out.decode().split()


is_(complete('tqemu', '-kern'), ['-kernel'], 'bash completes an option')
is_(complete('tqemu', '-M', ''), ['versatilepb', 'versatileab'], 'bash completes a machine')
is_(complete('tqemu', '-cpu', 'arm92'), ['arm926'], 'bash completes a CPU')
ok('in_asm' in complete('tqemu', '-d', ''), 'bash completes a log item')
is_(complete('tqemu', '-kernel', 'bi'), ['bin'], 'bash completes a file')
is_(complete('tqemu', '-m', ''), [], 'bash knows no sizes')

# The Debian package.
version = re.search(r'version (\S+)', run([program('tail'), '-version']).out.decode())[1]
r = make(*HERE, 'deb')
ok(r.status == 0, 'make deb', r.err)
packages = [f for f in os.listdir(BUILD) if f.startswith('tqemu_%s_' % version) and f.endswith('.deb')]
is_(len(packages), 1, 'makes a package of this version')
deb = os.path.join(BUILD, packages[0])
first = slurp(deb)
like(run(['dpkg-deb', '-f', deb, 'Depends']).out, r'\Alibc6 \(>= 2\.\d+\)\n\Z', 'which wants the C library alone')
unpacked = temp('deb')
run(['dpkg-deb', '-x', deb, unpacked])
is_(run([unpacked + '/usr/bin/tqemu', '-version']).out, b'tqemu version %s\n' % version.encode(), 'its program runs')
ok(os.path.exists(unpacked + '/usr/share/man/man1/tqemu.1.gz'), 'it has the manual page')
make(*HERE, 'deb')
ok(slurp(deb) == first, 'made again it has the same bytes')

# The sources, and one version everywhere.
like(slurp('web/package.json').decode(), r'"version": "%s\.\d+"' % re.escape(version), 'the version of the npm package')
r = make(*HERE, 'dist')
ok(r.status == 0, 'make dist', r.err)
tar = os.path.join(BUILD, 'tqemu-%s.tar.gz' % version)
first = slurp(tar)
make(*HERE, 'dist')
ok(slurp(tar) == first, 'made again it has the same bytes')
run(['tar', 'xzf', os.path.abspath(tar)], cwd=scratch)
source = scratch + '/tqemu-' + version
no_git = temp('path')
os.mkdir(no_git)
os.symlink('/bin/false', no_git + '/git')
env = {k: v for k, v in os.environ.items() if not k.startswith('MAKE')}
env['PATH'] = no_git + ':' + env['PATH']
r = run(['make', '-s', '-j2', 'DEBUG=1', 'install', 'DESTDIR=' + scratch + '/from-tar'], cwd=source, env=env, timeout=900)
ok(r.status == 0 and os.path.exists(scratch + '/from-tar/usr/local/bin/tqemu'), 'it builds without git', r.err)
done()
