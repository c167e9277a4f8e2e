#!/usr/bin/env node
// SPDX-License-Identifier: MIT
// needs: page
//
// The JavaScript package in node: installed by npm into a project of its own, it boots Linux, takes commands, pauses,
// is reset, and says what is wrong. $O/web is what `make web` has left.
const { execFileSync } = require('node:child_process');
const { createHash, randomBytes } = require('node:crypto');
const { mkdtempSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join, resolve } = require('node:path');
const { pathToFileURL } = require('node:url');
const { gunzipSync } = require('node:zlib');
const { done, ok } = require('./tap.js');
const { files } = require('./web.js');

const web = resolve(process.env.O ?? 'build', 'web');
const append = 'console=ttyAMA0 quiet lpj=500000';
const kernel = join(web, files, 'guest/zImage-xip.gz');
const initrd = join(web, files, 'guest/rootfs.cpio.gz');
const scratch = mkdtempSync(join(tmpdir(), 'tqemu-test-'));
function end() {
    rmSync(scratch, { recursive: true, force: true });
    done();
}
setTimeout(() => {
    ok(false, 'it ends in time');
    end();
}, 120e3).unref();

const sleep = (ms) => new Promise((wake) => setTimeout(wake, ms));

// A machine with what it has said.
function start(TQemu, options) {
    const m = { out: '', errors: [], states: [], status: undefined, onFile() {} };
    const decoder = new TextDecoder();
    m.tqemu = new TQemu({
        kernel, initrd, append,
        onData(bytes) {
            m.out += decoder.decode(bytes, { stream: true });
        },
        onError: (text) => m.errors.push(text),
        onFile: (file) => m.onFile(file),
        onState(state, status) {
            m.states.push(state);
            m.status = status;
        },
        ...options,
    });
    m.until = async (condition) => {
        const limit = Date.now() + 60e3;
        while (!condition() && Date.now() < limit) {
            await sleep(5);
        }
        return condition();
    };
    m.command = async (text) => {
        const from = m.out.length;
        m.tqemu.write(text + '\n');
        await m.until(() => /\n~ # (\x1b\[6n)?$/.test(m.out.slice(from)));
        return m.out.slice(from).replace(/\r/g, '').split('\n').slice(1, -1).join('\n');
    };
    return m;
}

async function main() {
    writeFileSync(join(scratch, 'package.json'), '{"type": "module"}');
    execFileSync('npm', ['install', '--silent', '--no-audit', '--no-fund', '--offline', web], { cwd: scratch });
    const { TQemu, booted } = await import(pathToFileURL(join(scratch, 'node_modules/tqemu/node.js')));
    const size = gunzipSync(readFileSync(join(web, files, 'tqemu.wasm.gz'))).length;
    ok(size < 480e3, `tqemu.wasm has ${size} bytes, less than 480,000`);

    const m = start(TQemu);
    ok(await m.until(() => /~ # /.test(m.out)), 'Linux boots to a prompt', m.out, m.errors);
    const uname = await m.command('uname -a');
    ok(/^Linux tqemu 6\.1\.\d+ .* armv5tejl GNU\/Linux$/.test(uname), 'uname -a', uname);
    const date = Number(await m.command('date +%s'));
    ok(Math.abs(date - Date.now() / 1000) < 5, 'the date is the host\'s', date);
    const late = (text) => Number(/^real\s+0m (\d+\.\d+)s$/m.exec(text)?.[1]) >= 2.2; // as a busy host makes it
    let slept, used, tries = 0;
    do {
        const before = process.cpuUsage();
        slept = await m.command('time sleep 2');
        used = process.cpuUsage(before);
    } while (late(slept) && ++tries < 5);
    ok(/^real\s+0m 2\.[01]/m.test(slept), 'sleep 2 takes 2 s', slept);
    ok(used.user + used.system < 0.6e6, 'an idle guest takes hardly any processor time', used);

    const line = 'x'.repeat(63);
    const text = Array.from({ length: 2000 }, (_, i) => `${i}${line}`.slice(0, 63)).join('\n') + '\n';
    m.tqemu.write('stty -echo; cat >/tmp/big\n');
    m.tqemu.write(text);
    m.tqemu.write('\x04stty echo\n');
    await sleep(100);
    const sum = await m.command('md5sum </tmp/big');
    const want = createHash('md5').update(text).digest('hex');
    ok(sum.includes(want), `${text.length} bytes of input arrive`, want, sum);

    m.tqemu.resize(91, 33);
    const file = randomBytes(70000);
    const moved = [];
    ok(await m.tqemu.upload('a file', file, (sent, size) => moved.push([sent, size])) === '/root/a file', 'a file is uploaded');
    ok(moved.length > 1 && moved[0][0] > 0 && moved[0][0] < 70000 && moved.at(-1).join() === '70000,70000',
        'and says how far it is', moved);
    const md5 = createHash('md5').update(file).digest('hex');
    ok(await m.command('md5sum "a file"') === `${md5}  a file`, 'as it was');
    ok(await m.command('stty size') === '33 91', 'resize: the guest has learnt the size');
    ok(file.equals(await m.tqemu.download('/root/a file')), 'the file is downloaded as it was');
    const both = await Promise.all([m.tqemu.upload('/tmp/empty', ''), m.tqemu.download('a file'), m.tqemu.download('/etc/motd')]);
    ok(both[0] === '/tmp/empty' && file.equals(both[1]) && /tqemu/.test(Buffer.from(both[2])), 'several at a time');
    const why = (promise) => promise.then(() => 'nothing', (error) => error.message);
    ok(/No such file/.test(await why(m.tqemu.download('/nowhere'))), 'what is not there is not downloaded');
    ok(/No such file/.test(await why(m.tqemu.upload('/nowhere/file', file))), 'a path that does not exist cannot be uploaded to');
    ok(await m.command('echo *; find / -xdev -name "*.part"') === 'a file', 'nothing half is left', await m.command('find .'));
    const given = [];
    m.onFile = async (file) => given.push([file.name, Buffer.from(await file.take()).toString()]);
    await m.command('echo hello >/tmp/hello; download /tmp/hello');
    ok(await m.until(() => given.length === 1) && given[0].join() === 'hello,hello\n', 'the guest gives a file', given);
    const large = why(m.tqemu.upload('large', new Uint8Array(20e6)));
    await sleep(200);

    m.tqemu.write('while :; do echo $((n=n+1)); done\n');
    await m.until(() => /\n1000\r/.test(m.out));
    m.tqemu.pause();
    await sleep(100);
    const paused = m.out.length;
    await sleep(300);
    ok(m.out.length === paused && m.tqemu.state === 'paused', 'a paused machine says nothing');
    m.tqemu.resume();
    ok(await m.until(() => m.out.length > paused), 'a resumed guest continues');

    m.tqemu.write('\x03');
    await sleep(100);
    await m.command('echo kept >/tmp/kept');
    const snapshot = await m.tqemu.save();
    ok(snapshot instanceof Uint8Array && snapshot.length < 3 << 20, 'save() gives a snapshot', snapshot.length);
    await m.command('rm /tmp/kept');
    m.tqemu.restore(snapshot);
    ok(await m.command('cat /tmp/kept') === 'kept', 'restore() goes on from it', m.out.slice(-300), m.errors);
    ok(await m.tqemu.upload('again', 'it') === '/root/again', 'files move after restore()', m.errors);
    const other = start(TQemu, { kernel: undefined, initrd: undefined, append: undefined, snapshot });
    ok(await other.command('cat /tmp/kept') === 'kept', 'another machine goes on from it', other.out.slice(-300), other.errors);
    ok((await other.tqemu.save()).length > 1e5, 'and is saved itself');
    other.tqemu.close();
    ok(await why(other.tqemu.save()) === 'the machine was closed', 'one that is closed is not saved');
    const twins = [1, 2].map(() => start(TQemu, { snapshot }));
    const random = await Promise.all(twins.map((twin) => twin.until(() => twin.tqemu.takesFiles)
        .then(() => twin.command('cat /proc/sys/kernel/random/uuid'))));
    ok(/^[-\da-f]{36}$/.test(random[0]) && random[0] !== random[1], 'each has random numbers of its own', random);
    twins.forEach((twin) => twin.tqemu.close());
    const smaller = start(TQemu, { snapshot, memory: 64 });
    ok(await smaller.until(() => smaller.tqemu.state === 'failed') && /-m is 128 MiB there, 64 here/.test(smaller.errors.join()),
        'a snapshot of another machine is refused', smaller.errors);

    const half = why(m.tqemu.upload('half', new Uint8Array(5e6)));
    await m.until(() => m.tqemu.takesFiles);
    await sleep(500);
    m.tqemu.restore(await m.tqemu.save());
    ok(/was reset/.test(await half) && await m.tqemu.upload('whole', 'it') === '/root/whole'
        && await m.command('ls half*') === 'ls: half*: No such file or directory', 'a save in the middle of an upload is no harm', await half);

    const quick = start(TQemu, { ...booted });
    ok(await quick.until(() => /^\s*Welcome[^]*~ # $/.test(quick.out)), 'booted: it begins at the prompt', quick.out, quick.errors);
    const now = Number(await quick.command('date +%s'));
    ok(Math.abs(now - Date.now() / 1000) < 5, 'with the host\'s date', now);
    const typed = await quick.tqemu.run('cat /proc/cmdline');
    ok(typed.output.trim() === booted.append, 'and its command line', typed);
    quick.out = '';
    quick.tqemu.reset();
    ok(await quick.until(() => /Welcome[^]*~ # $/.test(quick.out)), 'a reset boots', quick.out, quick.errors);
    quick.tqemu.close();

    m.out = '';
    m.tqemu.reset();
    ok(/was reset/.test(await large), 'reset ends an upload', await large);
    ok(await m.until(() => /Welcome[^]*~ # /.test(m.out)), 'reset: it boots again', m.out);
    ok(await m.tqemu.upload('after', 'it') === '/root/after' && await m.command('echo *; stty size') === 'after\n33 91',
        'the next guest takes files, and knows the size');
    m.tqemu.write('poweroff -f\n');
    ok(await m.until(() => m.tqemu.state === 'ended') && m.status === 0, 'poweroff -f ends it with status 0', m.states);
    ok(m.errors.length === 0, 'no message of an error', m.errors);

    const bytes = start(TQemu, { kernel: readFileSync(kernel), initrd: new Blob([readFileSync(initrd)]), memory: 32 });
    ok(await bytes.until(() => /~ # /.test(bytes.out)), 'files are taken as bytes and as a Blob, too', bytes.errors);
    bytes.tqemu.close();

    const none = start(TQemu, { kernel: undefined, initrd: undefined, append: undefined });
    ok(await none.until(() => /> $/.test(none.out)), 'without a kernel the built-in program runs', none.out, none.errors);
    none.tqemu.close();

    const absent = start(TQemu, { kernel: join(scratch, 'nowhere') });
    ok(await absent.until(() => absent.tqemu.state === 'failed') && /nowhere/.test(absent.errors[0]),
        'a file that is not there is named', absent.errors);
    const wrong = start(TQemu, { args: ['-m', '100000'] });
    ok(await wrong.until(() => wrong.tqemu.state === 'failed') && /^tqemu: -m: /.test(wrong.errors[0]) && wrong.status === 1,
        'what tqemu says is passed on', wrong.errors, wrong.states);
    end();
}

main().catch((error) => {
    ok(false, 'no exception', error.stack);
    end();
});
