#!/usr/bin/env node
// SPDX-License-Identifier: MIT
// needs: page linux
//
// The JavaScript API in node: waiting for text, commands, files, events, serial ports, start and end. $O/web is what
// `make web` has left; $O/guest has `make guest`'s own guest.
'use strict';
const { createServer } = require('node:http');
const { readFileSync } = require('node:fs');
const { join, resolve } = require('node:path');
const { pathToFileURL } = require('node:url');
const { done, ok } = require('./tap.js');

const build = resolve(process.env.O ?? 'build');
const ours = (name) => import(pathToFileURL(join(process.env.WEB ?? join(build, 'web'), name)));
const sleep = (ms) => new Promise((wake) => setTimeout(wake, ms));
const until = async (condition) => {
    for (const limit = Date.now() + 60e3; !condition() && Date.now() < limit;) {
        await sleep(5);
    }
    return condition();
};
const why = (promise) => promise.then((value) => `it gave ${JSON.stringify(value)}`, (error) => error.message);
/** What a promise gives, or 'pending' if that takes long. */
const soon = (promise) => {
    let timer;
    const late = new Promise((late) => {
        timer = setTimeout(late, 60e3, 'pending');
    });
    return Promise.race([promise, late]).finally(() => clearTimeout(timer));
};
const is = (got, want, name) => ok(JSON.stringify(got) === JSON.stringify(want), name, got, want);
const text = (bytes) => Buffer.from(bytes).toString();

let TQemu, guest;

// -- The text on the console --

async function texts() {
    const { Expect } = await import(pathToFileURL(resolve(__dirname, '../web/expect.js')));
    const all = 'one\r\n\x1b[1;31mtwo\x1b[0m\r\n\x1b]0;title\x07th\x1b[6nree\x1bc\u00fcber\r\n50 %\r100 %\r\n';
    for (const size of [1, 2, 1000]) {
        const expect = new Expect(() => {});
        const bytes = Buffer.from(all);
        const found = why(expect.waitFor(/one\ntwo\nthree\u00fcber\n50 %\r100 %\n/));
        for (let i = 0; i < bytes.length; i += size) {
            expect.feed(bytes.subarray(i, i + size));
        }
        ok(/it gave/.test(await soon(found)), `text without control sequences, ${size} bytes at a time`, await soon(found));
    }

    const expect = new Expect(() => {});
    const [first, second] = [expect.waitFor(/a(.)/g), expect.waitFor(/a(.)/g)];
    expect.feed(Buffer.from('a1 a2 a3'));
    is([(await soon(first))[1], (await soon(second))[1]], ['1', '2'], 'they run one after the other');
    is((await soon(expect.waitFor('a3'))).index, 1, 'text that has come before is found, by a string, too');
    expect.feed(Buffer.from('a.b a[b'));
    is((await soon(expect.waitFor('[b'))).index, 5, 'a string is no pattern');
    const late = await soon(expect.waitFor('never', { timeout: 20 }).catch((error) => error));
    ok(late.name === 'TimeoutError' && /"never" has not come within 20 ms/.test(late.message), 'a time-out', late.message);
    const stop = new AbortController();
    const aborted = why(expect.waitFor('never', { signal: stop.signal }));
    stop.abort(new Error('enough'));
    is(await soon(aborted), 'enough', 'a signal');
    const forever = why(expect.waitFor('later', { timeout: 2 ** 40 }));
    expect.feed(Buffer.from(`${'x'.repeat(1 << 20)}later`));
    ok(/it gave/.test(await soon(forever)), 'a time-out of years is none');
    const bound = new Expect(() => {});
    bound.feed(Buffer.from('early'));
    for (let i = 0; i < 100; i++) {
        bound.feed(Buffer.from('x'.repeat(10000)));
    }
    ok(/early/.test(await soon(why(bound.waitFor('early', { timeout: 1 })))), 'what was long ago is not kept');
}

// -- Commands --

async function commands(m) {
    const run = (command, options) => soon(m.run(command, options));
    const uname = await run('uname -a');
    ok(uname.status === 0 && /^Linux tqemu 6\.1\.\d+ .* armv5tejl GNU\/Linux\n$/.test(uname.output), 'run(), before there is a shell', uname);
    is(await run('printf abc'), { status: 0, output: 'abc' }, 'output without a newline');
    is(await run('true'), { status: 0, output: '' }, 'no output');
    is(await run('exit 3'), { status: 3, output: '' }, 'the status of exit');
    is((await run('kill -9 $(exec sh -c "echo \\$PPID")')).status, 137, 'run(): the status of a command killed by a signal');
    const syntax = await run('if');
    ok(syntax.status === 2 && /syntax error/.test(syntax.output), 'an error of syntax', syntax);
    is(await run('for i in 1 2; do\n\techo "line $i" # \'quoted\'\ndone\ncat <<END\nit\'s \u00fc \\n %d `echo x`\nEND\n(exit 7)'),
        { status: 7, output: 'line 1\nline 2\nit\'s \u00fc \\n %d x\n' }, 'several lines, with everything that a shell quotes');
    is(await run(`echo ${'x'.repeat(5000)} | wc -c`), { status: 0, output: '5001\n' }, 'a command longer than a tty takes');
    is(await run('cat; echo end'), { status: 0, output: 'end\n' }, 'a command that reads gets no input');
    is(await run(`printf '~ # \\033[1mx\\033[0m\\r\\n~ # '; echo '$ >'`), { status: 0, output: '~ # \x1b[1mx\x1b[0m\r\n~ # $ >\n' },
        'output that looks like a prompt, and escape sequences');
    const { output } = await run('seq 50000 | cat');
    ok(output === Array.from({ length: 50000 }, (_, i) => `${i + 1}\n`).join(''), 'much output', output.length);
    is((await run('cd /tmp; x=1')).status, 0, 'cd');
    is((await run('pwd; echo $x')).output, '/root\n\n', 'of one command is not in the next');
    const [sleeps, late] = [m.run('sleep 1000', { timeout: 300 }).catch((error) => error), m.run('echo next')];
    is((await soon(sleeps)).name, 'TimeoutError', 'a time-out ends a command');
    is(await soon(late), { status: 0, output: 'next\n' }, 'the next begins when the one before is over');
    m.write('echo typ""ed; stty -echo\n');
    ok(/it gave/.test(await soon(why(m.waitFor(/typed\n.*# $/)))), 'waitFor() after run()');
    is((await run('echo without echo')).output, 'without echo\n', 'a tty without echo');
    is(await run('stty echo </dev/tty'), { status: 0, output: '' }, 'run() with a terminal as input');
    is(await why(m.run('a\0b')), 'a command cannot have a zero character', 'a zero character');
}

// -- Serial ports --

async function ports(m) {
    const came = [];
    const remove = m.on('serial', (port, bytes) => came.push([port, text(bytes)]));
    is((await soon(m.run('for i in 2 3; do stty -F /dev/ttyAMA$i raw; echo $i >/dev/ttyAMA$i; done'))).status, 0, 'the guest writes to ports 2 and 3');
    const of = (port) => came.filter(([p]) => p === port).map(([, t]) => t).join('');
    ok(await until(() => of(2) === '2\n' && of(3) === '3\n'), 'serial ports are told apart by their numbers', came);
    ok(/for i in 2 3/.test(of(0)) && of(1) === '', 'port 0 is told, too, and port 1 is hostlink\'s', came);
    remove();
    m.write('to 3\n', 3);
    m.write('to 2\n', 2);
    is((await soon(m.run('for i in 2 3; do head -n1 /dev/ttyAMA$i; done'))).output, 'to 2\nto 3\n', 'they take input');
    for (const port of [1, 4, -1, 'x']) {
        let error;
        try {
            m.write('x', port);
        } catch (e) {
            error = e;
        }
        ok(error instanceof RangeError, `port ${port} takes none`, error?.message);
    }
}

// -- Files --

async function files(m) {
    const info = text(await soon(m.download('/proc/cpuinfo')));
    ok(/^processor[^]*Hardware/m.test(info), 'a file of /proc, whose size is 0, is downloaded to its end', info);
    const large = new Uint8Array(5e6).fill(65);
    let sent = 0;
    ok(/No such file/.test(await soon(why(m.upload('/nowhere/large', large, (moved) => {
        sent = moved;
    })))) && sent === 0, 'a missing folder is told before a byte is sent', sent);
    ok(/directory/.test(await soon(why(m.upload('/tmp', 'x')))), 'a folder of the file\'s name is an error');
    const stop = new AbortController();
    const aborted = why(m.upload('large', large, { signal: stop.signal, onProgress: () => stop.abort(new Error('enough')) }));
    is(await soon(aborted), 'enough', 'an upload is aborted while it runs');
    is(await soon(m.upload('small', 'small')), '/root/small', 'the next is not');
    is((await soon(m.run('echo *'))).output, 'small\n', 'nothing of it is left');
    const full = why(m.upload('/dev/shm/large', large));
    is((await soon(m.run('mkdir /tmp/full; mount -t tmpfs -o size=64k none /tmp/full'))).status, 0, 'a small file system');
    ok(/No such file/.test(await soon(full)), 'another upload fails');
    ok(/No space/.test(await soon(why(m.upload('/tmp/full/large', large)))), 'a full file system is an error');
    is((await soon(m.run('ls /tmp/full'))).output, '', 'a file that does not fit leaves nothing');

    // How long that takes follows from what the guest does for it: with an interrupt for each few bytes it was 350.
    let stats;
    m.on('stats', (now) => {
        stats = now;
    });
    const count = async () => {
        await soon(m.run('sleep 0.7')); // whose end is worth a message
        return stats.instructions;
    };
    const before = await count();
    await soon(m.upload('small', new Uint8Array(300e3)));
    const each = (await count() - before) / 300e3;
    ok(each > 10 && each < 250, 'an upload takes fewer than 250 instructions a byte', each);

    // A transfer each way, and the hostlink dies.
    is((await soon(m.run('dd if=/dev/zero of=/tmp/large bs=1M count=4 2>/dev/null'))).status, 0, 'a large file');
    const moved = new Set();
    const both = [m.upload('large', large, () => moved.add('up')), m.download('/tmp/large', () => moved.add('down'))].map(why);
    ok(await until(() => moved.size === 2), 'files on their way in both directions', [...moved]);
    await soon(m.run('killall -9 hostlink; hostlink & sleep 0.2'));
    const ends = await Promise.all(both.map(soon));
    ok(ends.every((end) => /restarted/.test(end)), 'fail when hostlink is restarted', ends);
    is(await soon(m.upload('after', 'that')), '/root/after', 'the guest takes files after that');
    is((await soon(m.run('cat after'))).output, 'that', 'as they are');
}

async function offers(m) {
    const offered = [];
    m.on('file', (file) => offered.push(file));
    await soon(m.run('echo hello >/tmp/hello; download /tmp/hello; printf "file 0 3 evil.exe\\ndata 0 3\\nabcend 0 352441c2\\n" >/dev/ttyAMA1'));
    ok(await until(() => offered.length === 1), '`download FILE` in the guest is an offer', offered);
    await soon(m.run('sleep 0.3'));
    is(offered.map(({ name, path, size, bytes }) => [name, path, size, bytes]), [['hello', '/tmp/hello', 6, null]],
        'without content, and a file that the guest just sends is none');
    is(text(await soon(offered[0].take())), 'hello\n', 'taken, it has the content');

    const taken = [], errors = [];
    const t = new TQemu({ ...guest, takeFiles: { count: 2, bytes: 10 }, onFile: (file) => taken.push(file), onError: (e) => errors.push(e) });
    await soon(t.run('cd /tmp; for i in 1 22222 333333 4 5; do echo -n $i >$i; download $i; done; sleep 0.2'));
    ok(await until(() => taken.length === 5), 'with takeFiles all are told', taken, errors);
    is(taken.map(({ bytes }) => bytes && text(bytes)), ['1', '22222', null, null, null], 'takeFiles: the first come with their content, within bounds');
    t.close();
}

// -- Listeners --

async function listeners(m) {
    const [one, two] = [[], []];
    const errors = [];
    const keep = (to) => (bytes) => to.push(text(bytes));
    const first = keep(one);
    m.on('error', (e) => errors.push(e));
    m.on('data', first);
    const remove = m.on('data', keep(two));
    await soon(m.run('echo first'));
    ok(/first/.test(one.join('')) && one.join('') === two.join(''), 'two listeners hear the same', one, two);
    m.off('data', first);
    const before = one.join('');
    await soon(m.run('echo second'));
    ok(one.join('') === before && /second/.test(two.join('')), 'one that is removed hears no more', one);
    remove();
    const bad = m.on('data', async () => {
        throw new Error('out of order');
    });
    const worse = m.on('data', () => null.nothing);
    const { output } = await soon(m.run('dd if=/dev/zero bs=1k count=400 2>/dev/null | tr "\\0" x'));
    ok(output?.length === 400 << 10, 'a listener that fails does not stop the guest', output?.length);
    ok(errors.some((e) => /'data' has failed: out of order/.test(e)) && errors.some((e) => /null/.test(e)), 'an exception of a listener is reported', errors.slice(0, 3));
    bad();
    worse();
    let error;
    try {
        m.on('nonsense', () => {});
    } catch (e) {
        error = e;
    }
    ok(error instanceof TypeError && /data, serial/.test(error.message), 'events that there are not are refused', error?.message);
    const bytes = Buffer.from('echo k""ept\n');
    m.write(bytes);
    bytes.fill(0x21);
    ok(/it gave/.test(await soon(why(m.waitFor('kept\n')))), 'the caller may use its bytes again after write()');
}

// -- Beginning and end --

async function ends(m) {
    const waits = [m.waitFor('never'), m.run('sleep 1000'), m.run('echo late'), m.upload('x', 'x').then(() => m.waitFor('never'))].map(why);
    await until(() => m.takesFiles);
    m.reset();
    const results = await Promise.all(waits.map(soon));
    ok(results.every((r) => r === 'the machine was reset'), 'reset() ends whatever waits', results);
    is((await soon(m.run('ls'))).output, '', 'after a reset the machine is new');
    const { ended } = m;
    m.write('poweroff -f\n');
    is(await soon(ended), { status: 0 }, '`ended` gives the status');
    const after = await Promise.all([m.run('x'), m.waitFor('x'), m.upload('x', 'x')].map((p) => soon(why(p))));
    ok(after.every((text) => text === 'the machine has ended'), 'an ended machine says so', after);
    m.reset();
    ok(m.ended !== ended, 'after reset() it has another end');
    is(await soon(why(m.ready)), 'it gave undefined', 'after reset() it is ready again');
    is((await soon(m.run('echo again'))).output, 'again\n', 'after reset() it runs commands');
    const states = [];
    m.on('state', (state) => states.push(state));
    const closed = [m.ended, m.run('sleep 1000')].map(why);
    m.close();
    is([m.state, ...states], ['closed', 'closed'], 'close(): the state says so');
    is(await Promise.all(closed.map(soon)), ['the machine was closed', 'the machine was closed'], 'close() ends all that waits');
    m.write('x');
    m.pause();
    m.reset();
    m.close();
    await sleep(50);
    is([m.state, ...states], ['closed', 'closed'], 'nothing happens after that');
}

async function begins() {
    const m = new TQemu({ ...guest, autostart: false });
    const states = [];
    m.on('state', (state) => states.push(state));
    m.write('echo ear""ly\n');
    const early = why(m.waitFor('early\n'));
    await sleep(50);
    is([m.state, ...states], ['new'], 'autostart: false: nothing begins');
    is(await soon(why(m.start())), 'it gave undefined', 'start() does, and waits until it runs');
    ok(/it gave/.test(await soon(early)), 'what was written before arrives', await soon(early));
    m.close();
    const held = new TQemu({ ...guest });
    const heard = [];
    held.on('data', (bytes) => heard.push(text(bytes)));
    held.pause();
    ok(await until(() => held.state === 'paused'), 'pause() while it loads');
    await sleep(300);
    is(heard, [], 'stops it before its first instruction');
    held.resume();
    is((await soon(held.run('echo on'))).output, 'on\n', 'resume()');
    held.close();
    const never = new TQemu({ ...guest, autostart: false });
    never.close();
    ok(never.state === 'closed' && /closed/.test(await soon(why(never.ready))), 'close() before start()');

    // A server that says nothing, so that the machine goes on loading.
    let asked;
    const asking = new Promise((hear) => {
        asked = hear;
    });
    let gone;
    const left = new Promise((leave) => {
        gone = leave;
    });
    const server = createServer((request) => {
        request.on('close', gone);
        asked();
    }).listen(0, '127.0.0.1');
    await new Promise((listens) => server.on('listening', listens));
    const told = [];
    const loads = new TQemu({ kernel: `http://127.0.0.1:${server.address().port}/kernel`, onState: (state) => told.push(state), onError: (e) => told.push(e) });
    const ready = why(loads.ready);
    await soon(asking);
    loads.close();
    ok(await soon(left.then(() => true)) === true, 'close() while it loads ends that');
    await sleep(50);
    is(told, ['loading', 'closed'], 'closed is the last state');
    is(await soon(ready), 'the machine was closed', 'a closed machine is never ready');
    server.close();

    const bad = new TQemu({ ...guest, args: ['-m', '100000'] });
    ok(/^tqemu: -m: /.test(await soon(why(bad.ready))), '`ready` says why a machine cannot run', await soon(why(bad.ready)));
    const end = await soon(bad.ended);
    ok(end.status === 1 && /^tqemu: -m: /.test(end.error), '`ended` has the error', end);
    const absent = new TQemu({ kernel: '/nowhere/kernel' });
    ok(/^\/nowhere\/kernel: /.test(await soon(why(absent.ready))), 'a missing file is an error of `ready`');
    absent.reset();
    ok(absent.state === 'loading' && /^\/nowhere\/kernel: /.test(await soon(why(absent.ready))), 'reset() tries again');
}

/** A guest that waits for 20 years: it sets an alarm of the real-time clock, lets it interrupt, and waits. */
function sleeper() {
    const words = [
        0xe59f0020, // ldr r0, =0x101e8000      PL031
        0xe5901000, // ldr r1, [r0]             RTCDR
        0xe2811206, // add r1, r1, #0x60000000
        0xe5801004, // str r1, [r0, #4]         RTCMR
        0xe3a01001, // mov r1, #1
        0xe5801010, // str r1, [r0, #16]        RTCIMSC
        0xe59f000c, // ldr r0, =0x10140000      PL190
        0xe3a01b01, // mov r1, #1 << 10
        0xe5801010, // str r1, [r0, #16]        VICINTENABLE
        0xee070f90, // mcr p15, 0, r0, c7, c0, 4    wait for interrupt
        0xeafffffd, // b .-4
        0x101e8000, 0x10140000,
    ];
    words[0] = 0xe59f0000 | (11 - 2) * 4;
    words[6] = 0xe59f0000 | (12 - 6 - 2) * 4;
    return new Uint8Array(Uint32Array.from(words).buffer);
}

async function longWaits() {
    const real = globalThis.setTimeout;
    const delays = [];
    // By virtual time: an alarm by the host's clock, which may jump, is looked at once a second.
    const m = new TQemu({ kernel: sleeper(), args: ['-rtc', 'clock=vm'], autostart: false });
    await soon(m.start());
    globalThis.setTimeout = (call, ms, ...rest) => {
        delays.push(ms);
        return real(call, ms, ...rest);
    };
    await new Promise((wake) => real(wake, 1500));
    globalThis.setTimeout = real;
    ok(m.state === 'running' && delays.some((ms) => ms > 8e7), 'a guest that waits for years sleeps for long', m.state, delays);
    ok(delays.every((ms) => ms < 2 ** 31), 'in steps that setTimeout() takes', delays);
    m.close();
}

/** A client of gdb's protocol on a message port. */
class Gdb {
    #port;
    #came = '';
    answers = [];

    constructor(port) {
        this.#port = port;
        port.onmessage = ({ data }) => {
            this.#came += text(data);
            for (let found; (found = /^\+*\$([^#]*)#../.exec(this.#came));) {
                this.answers.push(found[1]);
                this.#came = this.#came.slice(found[0].length);
                port.postMessage('+');
            }
        };
    }

    raw(bytes) {
        this.#port.postMessage(bytes);
    }

    send(packet) {
        const sum = [...packet].reduce((all, c) => all + c.charCodeAt(0), 0) & 0xff;
        this.raw(new TextEncoder().encode(`$${packet}#${sum.toString(16).padStart(2, '0')}`));
    }

    async answer() {
        await until(() => this.answers.length);
        return this.answers.shift() ?? 'no answer';
    }

    ask(packet) {
        this.send(packet);
        return this.answer();
    }
}

async function debugged() {
    const { port1, port2 } = new MessageChannel();
    const g = new Gdb(port1);
    g.send('?'); // before the machine runs
    let out = '';
    const m = new TQemu({ ...guest, gdb: port2, args: ['-S'], onData: (bytes) => {
        out += text(bytes);
    } });
    is(await g.answer(), 'T05thread:01;', 'gdb: the guest waits');
    is(await g.ask('p0'), '00000000', 'gdb: a register');
    const pc = await g.ask('pf');
    is(await g.ask('s'), 'T05thread:01;', 'gdb: a step');
    ok(await g.ask('pf') !== pc && m.state === 'running' && out === '', 'gdb: by one instruction', pc);
    g.send('c');
    is((await soon(m.run('echo $((6 * 7))'))).output, '42\n', 'gdb: continue: the guest boots');
    g.raw(new Uint8Array([3]));
    is(await g.answer(), 'T02thread:01;', 'gdb: Ctrl-C');
    const before = out.length;
    m.write('echo typed\n');
    await sleep(100);
    is(out.length, before, 'gdb: the guest stands still');
    is(await g.ask('D'), 'OK', 'gdb: detach');
    ok(await until(() => out.slice(before).includes('\ntyped')), 'gdb: it goes on', out.slice(before));
    m.reset();
    ok(await until(() => out.slice(before).includes('\ntyped')), 'gdb: a reset');
    is(await g.ask('?'), 'T05thread:01;', 'gdb: a new session after it');
    m.close();
    port1.close();
}

async function main() {
    await texts();
    ({ TQemu, guest } = await ours('node.js'));
    const errors = [];
    const m = new TQemu({ ...guest, onError: (text) => errors.push(text) });
    await commands(m);
    await ports(m);
    await files(m);
    await offers(m);
    ok(errors.length === 0, 'no error so far', errors);
    await listeners(m);
    await ends(m);
    await begins();
    await longWaits();
    await debugged();
    const own = new TQemu({
        ...guest,
        kernel: readFileSync(join(build, 'guest/zImage-xip')),
        initrd: join(build, 'guest/rootfs.cpio'),
        hostlink: false,
    });
    console.log('# the guest of `make guest`');
    await commands(own);
    own.write('to 1\n', 1);
    is((await soon(own.run('head -n1 /dev/ttyAMA1'))).output, 'to 1\n', 'with hostlink: false port 1 takes input');
    ok(/hostlink/.test(await soon(why(own.upload('x', 'x')))), 'files need hostlink');
    done();
}

main().catch((error) => {
    ok(false, 'no exception', error.stack);
    done();
});
