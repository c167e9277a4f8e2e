#!/usr/bin/env node
// SPDX-License-Identifier: MIT
//
// The JavaScript package in node: installed by npm into a project of its own, it boots Linux, takes commands, pauses,
// is reset, and says what is wrong. $O/web is what `make web` has left.
const { execFileSync } = require('node:child_process');
const { mkdtempSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join, resolve } = require('node:path');
const { pathToFileURL } = require('node:url');
const { gunzipSync } = require('node:zlib');

const web = resolve(process.env.O ?? 'build', 'web');
const append = 'console=ttyAMA0 quiet lpj=500000';
const kernel = join(web, 'guest/zImage-xip.gz');
const initrd = join(web, 'guest/rootfs.cpio.gz');
const scratch = mkdtempSync(join(tmpdir(), 'tqemu-test-'));
let count = 0;
let failed = 0;

function ok(good, name, ...diagnosis) {
    console.log(`${good ? '' : 'not '}ok ${++count} - ${name}`);
    if (!good) {
        failed++;
        diagnosis.forEach((text) => console.log(JSON.stringify(text).slice(0, 2000).replace(/^/gm, '#   ')));
    }
}

function end() {
    console.log(`1..${count}`);
    rmSync(scratch, { recursive: true, force: true });
    process.exit(failed || !count ? 1 : 0);
}
setTimeout(() => {
    ok(false, 'it ends in time');
    end();
}, 120e3).unref();

const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

// A machine with what it has said.
function start(TQemu, options) {
    const m = { out: '', errors: [], states: [], status: undefined };
    const decoder = new TextDecoder();
    m.tqemu = new TQemu({
        kernel, initrd, append,
        onData(bytes) {
            m.out += decoder.decode(bytes, { stream: true });
        },
        onError: (text) => m.errors.push(text),
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
    const { TQemu } = await import(pathToFileURL(join(scratch, 'node_modules/tqemu/tqemu.js')));
    const size = gunzipSync(readFileSync(join(web, 'tqemu.wasm.gz'))).length;
    ok(size < 300e3, `tqemu.wasm has ${size} bytes, less than 300,000`);

    const m = start(TQemu);
    ok(await m.until(() => /~ # /.test(m.out)), 'Linux boots to a prompt', m.out, m.errors);
    const uname = await m.command('uname -a');
    ok(/^Linux tqemu 6\.1\.\d+ .* armv5tejl GNU\/Linux$/.test(uname), 'uname -a', uname);
    const date = Number(await m.command('date +%s'));
    ok(Math.abs(date - Date.now() / 1000) < 5, 'the date is the host\'s', date);
    const before = process.cpuUsage();
    const slept = await m.command('time sleep 2');
    const used = process.cpuUsage(before);
    ok(/^real\s+0m 2\.[01]/m.test(slept), 'sleep 2 takes 2 s', slept);
    ok(used.user + used.system < 0.6e6, 'and hardly any of the processor', used);

    const line = 'x'.repeat(63);
    const text = Array.from({ length: 2000 }, (_, i) => `${i}${line}`.slice(0, 63)).join('\n') + '\n';
    m.tqemu.write('stty -echo; cat >/tmp/big\n');
    m.tqemu.write(text);
    m.tqemu.write('\x04stty echo\n');
    await sleep(100);
    const sum = await m.command('md5sum </tmp/big');
    const want = require('node:crypto').createHash('md5').update(text).digest('hex');
    ok(sum.includes(want), `${text.length} bytes of input arrive`, want, sum);

    m.tqemu.write('while :; do echo $((n=n+1)); done\n');
    await m.until(() => /\n1000\r/.test(m.out));
    m.tqemu.pause();
    await sleep(100);
    const paused = m.out.length;
    await sleep(300);
    ok(m.out.length === paused && m.tqemu.state === 'paused', 'a paused machine says nothing');
    m.tqemu.resume();
    ok(await m.until(() => m.out.length > paused), 'and goes on');

    m.out = '';
    m.tqemu.reset();
    ok(await m.until(() => /Welcome[^]*~ # /.test(m.out)), 'reset: it boots again', m.out);
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
