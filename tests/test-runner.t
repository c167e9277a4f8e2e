#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
# needs: program arm-none-eabi-gcc cmake ctest meson ninja
#
# docs/test-runner.md: its files are written and its commands run, in order, in one folder.
from lib import *

PAGE = slurp('docs/test-runner.md').decode()
folder = temp('page')
os.mkdir(folder)
os.mkdir(folder + '/bin')
os.symlink(os.path.abspath(program('tail')), folder + '/bin/tqemu')
environment = {**os.environ, 'PATH': folder + '/bin:' + os.environ['PATH']}
outputs = []
for name, language, text in re.findall(r'^(?:In `([^`]+)`:\n\n)?```(\w+)\n(.*?)^```$', PAGE, re.M | re.S):
    if name:
        with open(folder + '/' + name, 'w') as f:
            f.write(text)
    elif language == 'sh':
        r = run(['sh', '-e', '-c', text], timeout=120, cwd=folder, env=environment)
        ok(r.status == 0, text.strip().split('\n')[0], r.out, r.err)
        outputs.append(r.out.decode())
is_(outputs[:2], ['2 arguments\n'] * 2, 'the program has its arguments')
is_(len(outputs), 4, 'every command of the page is run')
like(outputs[2], r'100% tests passed, 0 tests failed out of 2', 'ctest runs both tests')
like(outputs[3], r'^Ok: +1\b(.*\n)*Expected Fail: +1\b(.*\n)*Fail: +0\b', 'meson runs both tests')

# What the page says of words and statuses.
r = run(['./tqemu-run', 'test.elf', 'fail'], cwd=folder, env=environment)
is_((r.status, r.out, r.err), (1, b'1 arguments\n', b''), 'the status is the program\'s')
source = temp('end.c', b'int main(int argc, char **argv) { if (argc == 2) for (;;) {} return argv[1][4] == 44; }')
subprocess.run(['arm-none-eabi-gcc', '-mcpu=arm926ej-s', '--specs=rdimon.specs', '-o', folder + '/end.elf', source],
               check=True)
is_(run(['./tqemu-run', 'end.elf', 'with,a', 'comma'], cwd=folder, env=environment).status, 1, 'a comma in a word')
r = run(['./tqemu-run', 'end.elf', 'loop'], cwd=folder, env=environment)
is_(r.status, 0, 'an endless loop is the end')
r = run(['timeout', '1', program('tail'), '-semihosting-config', 'arg=a,arg=b', '-no-shutdown', '-kernel',
         folder + '/end.elf'])
is_(r.status, 124, 'but not with -no-shutdown')
done()
