#!/usr/bin/env node
// SPDX-License-Identifier: MIT
// needs: node
//
// web/link.js against a guest that this test plays: one that fails, restarts, lies, and sends what was not requested.
'use strict';
const { resolve } = require('node:path');
const { pathToFileURL } = require('node:url');
const { done, ok } = require('./tap.js');

const TEXT = new TextDecoder();
const turn = () => new Promise((next) => setTimeout(next)); // lets promises, also of Blobs, go on
const why = (promise) => promise.then((value) => `it gave ${value}`, (error) => error.message);
/** Lets everything go on for a while. */
const turns = async () => {
    for (let i = 0; i < 20; i++) {
        await turn();
    }
};
/** What a promise gives, or 'pending' if that takes long. */
const soon = (promise) => {
    let timer;
    const late = new Promise((resolve) => {
        timer = setTimeout(resolve, 10e3, 'pending');
    });
    return Promise.race([promise, late]).finally(() => clearTimeout(timer));
};
const until = async (condition) => {
    for (const limit = Date.now() + 10e3; !condition() && Date.now() < limit;) {
        await turn();
    }
};
const sum = (bytes) => {
    let crc = ~0;
    for (const byte of bytes) {
        crc ^= byte;
        for (let bit = 0; bit < 8; bit++) {
            crc = crc >>> 1 ^ (crc & 1 ? 0xedb88320 : 0);
        }
    }
    return (~crc >>> 0).toString(16);
};

let Link;

/** A link and its guest: `lines` are what the page has sent, data left out; say() is what the guest sends. */
class Guest {
    lines = [];
    data = 0; // bytes of files that have come
    offers = [];
    #buffer = Buffer.alloc(0);
    #skip = 0;

    constructor({ hello = true } = {}) {
        this.link = new Link((bytes) => this.#take(bytes), (...offer) => this.offers.push(offer));
        if (hello) {
            this.say('\nhello 2 key');
        }
    }

    #take(bytes) {
        this.#buffer = Buffer.concat([this.#buffer, bytes]);
        for (;;) {
            const some = Math.min(this.#skip, this.#buffer.length);
            this.data += some;
            this.#skip -= some;
            this.#buffer = this.#buffer.subarray(some);
            const end = this.#buffer.indexOf(10);
            if (this.#skip || end < 0) {
                return;
            }
            const line = TEXT.decode(this.#buffer.subarray(0, end));
            this.#buffer = this.#buffer.subarray(end + 1);
            this.lines.push(line);
            this.#skip = Number(/^data \d+ (\d+)$/.exec(line)?.[1] ?? 0);
        }
    }

    say(...lines) {
        lines.forEach((line) => this.link.receive(typeof line === 'string' ? Buffer.from(`${line}\n`) : line));
    }

    /** The id of the last line that begins with a verb. */
    id(verb) {
        return this.lines.findLast((line) => line.startsWith(`${verb} `))?.split(' ')[1];
    }

    /** Sends a file. */
    file(id, size, bytes) {
        this.say(`file ${id} ${size} name`, `data ${id} ${bytes.length}`, Buffer.from(bytes), `end ${id} ${sum(bytes)}`);
    }
}

async function begins() {
    const guest = new Guest({ hello: false });
    guest.link.resize(24, 80);
    ok(guest.lines.length === 0, 'nothing is sent to a guest that has not said hello', guest.lines);
    guest.say('\nhello 2 abc');
    ok(guest.lines.join('|') === '|start abc|size 24 80', 'hello is answered with its key, and the size', guest.lines);
    const old = new Guest({ hello: false });
    const get = why(old.link.get('/x'));
    old.say('hello 1');
    ok(/protocol 1/.test(await soon(get)), 'a hostlink of another protocol is named', await soon(get));
}

async function directions() {
    const guest = new Guest();
    const get = why(guest.link.get('/some/file'));
    const put = why(guest.link.put('/nowhere/x', new Blob(['data'])));
    await turns();
    const [g, p] = [guest.id('get'), guest.id('put')];
    guest.say(`file ${g} 5 file`, `data ${g} 2`, Buffer.from('he'), `fail ${p} /nowhere/x: No such file or directory`,
        `data ${g} 3`, Buffer.from('llo'), `end ${g} ${sum(Buffer.from('hello'))}`);
    ok(/No such file/.test(await soon(put)), 'an upload fails');
    const got = await soon(get);
    ok(got === 'it gave 104,101,108,108,111', 'a download beside a failed upload succeeds', got);
    const none = why(guest.link.get('/none'));
    await turns();
    guest.say(`fail ${guest.id('get')} no`);
    ok(await soon(none) === 'no', 'a download fails');

    const large = why(guest.link.put('/nowhere/large', new Blob([new Uint8Array(1e6)])));
    await turns();
    guest.say(`fail ${guest.id('put')} /nowhere/large: No such file or directory`);
    ok(/No such file/.test(await soon(large)) && guest.data === 0, 'no byte is sent into a folder that is not there', guest.data);

    const proc = why(guest.link.get('/proc/x'));
    await turns();
    guest.file(guest.id('get'), 0, Buffer.from('content'));
    ok(await soon(proc) === `it gave ${[...Buffer.from('content')]}`, 'a file is taken to its end, not to its size', await soon(proc));
    const damaged = why(guest.link.get('/x'));
    await turns();
    guest.say(`file ${guest.id('get')} 1 x`, `data ${guest.id('get')} 1`, Buffer.from('x'), `end ${guest.id('get')} 0`);
    ok(/damaged/.test(await soon(damaged)), 'what arrives damaged is refused');
}

async function restarts() {
    const guest = new Guest();
    const put = why(guest.link.put('a', new Blob(['data'])));
    const get = why(guest.link.get('b'));
    const next = why(guest.link.put('c', new Blob([''])));
    await turns();
    const g = guest.id('get');
    // Killed in the middle of a message of 4096 bytes.
    guest.say(`got ${guest.id('put')} 0`, `file ${g} 4096 b`, `data ${g} 4096`, Buffer.from('half'), Buffer.alloc(4096, 10), '\nhello 2 again');
    ok(/restarted/.test(await soon(put)) && /restarted/.test(await soon(get)),
        'a hostlink that was restarted fails what was under way', await soon(put), await soon(get));
    ok(guest.lines.includes('start again'), 'a restarted hostlink is answered', guest.lines);
    guest.say(`got ${guest.id('put')} 0`);
    await turns();
    guest.say(`done ${guest.id('put')} /root/c`);
    ok(await soon(next) === 'it gave /root/c', 'a restarted hostlink gets the next request', guest.lines);
}

async function resets() {
    const guest = new Guest();
    const first = why(guest.link.put('first', new Blob(['1'])));
    const queued = [guest.link.put('second', new Blob(['2'])), guest.link.get('a'), guest.link.get('b')].map(why);
    await turns();
    guest.link.reset();
    const all = await Promise.all([first, ...queued].map((promise) => soon(promise)));
    ok(all.every((text) => text === 'the machine was reset'), 'a reset fails what is under way, and what was queued', all);
    guest.lines = [];
    guest.say('\nhello 2 next');
    await turns();
    ok(guest.lines.join('|') === '|start next', 'nothing of it goes to the next guest', guest.lines);
    const waiting = new Guest({ hello: false });
    const before = why(waiting.link.put('x', new Blob(['x'])));
    await turns();
    waiting.link.reset();
    waiting.say('\nhello 2 key');
    ok(/reset/.test(await soon(before)) && !waiting.id('put'), 'a reset ends what waited for the guest to listen', waiting.lines);
}

/** The machine goes on from a snapshot. */
async function wakes() {
    const guest = new Guest({ hello: false });
    guest.link.resize(24, 80);
    guest.link.wake();
    const [, seconds, ms, seed] = /^wake (\d+) (\d+) ([\da-f]{64})$/.exec(guest.lines[1]) ?? [];
    ok(Math.abs(seconds - Date.now() / 1000) < 100 && ms < 1000 && seed && guest.lines.length === 2, 'a guest that wakes gets the date and random bytes',
        guest.lines);
    const put = why(guest.link.put('a', new Blob(['data'])));
    await turns();
    ok(!guest.id('put'), 'and nothing else before it has answered', guest.lines);
    guest.say('data 7 60000', 'rest of a file', 'hello 2 again');
    await turns();
    ok(guest.lines.includes('start again') && guest.lines.includes('size 24 80') && guest.id('put'), 'it says hello, whatever was under way',
        guest.lines);
    guest.say(`got ${guest.id('put')} 0`);
    await turns();
    guest.say(`done ${guest.id('put')} /root/a`);
    ok(await soon(put) === 'it gave /root/a', 'and takes files');

    const deaf = new Guest({ hello: false });
    deaf.link.wake();
    await until(() => deaf.lines.length > 2);
    const at = deaf.lines.findLastIndex((line) => line.startsWith('wake '));
    ok(at > 8192, 'one that does not answer may have waited for a file\'s bytes', at);
    await turns();
    const count = deaf.lines.length;
    deaf.link.reset();
    deaf.link.wake();
    deaf.link.reset();
    await new Promise((later) => setTimeout(later, 2200));
    ok(deaf.lines.length === count + 2, 'a reset ends that', deaf.lines.length, count);
}

async function aborts() {
    const guest = new Guest();
    const stop = [new AbortController(), new AbortController(), new AbortController()];
    const puts = stop.map(({ signal }, i) => why(guest.link.put(`f${i}`, new Blob([new Uint8Array(1e6)]), { signal })));
    const get = why(guest.link.get('g', { signal: stop[2].signal }));
    await turns();
    const first = guest.id('put');
    guest.say(`got ${first} 0`);
    await until(() => guest.data >= 64 << 10);
    await turns();
    ok(guest.data >= 64 << 10 && guest.data < 1e6, 'an upload goes no further than the guest follows', guest.data);
    stop[1].abort(new Error('not any more'));
    ok(await soon(puts[1]) === 'not any more', 'an upload that waits for its turn is aborted');
    stop[0].abort();
    ok(/abort/i.test(await soon(puts[0])) && guest.lines.includes(`abort ${first}`), 'one under way, too, and the guest learns of it',
        guest.lines.slice(-3));
    await turns();
    ok(guest.lines.at(-1) === `put ${guest.id('put')} 1000000 f2`, 'the next one begins', guest.lines.slice(-2));
    stop[2].abort();
    ok(/abort/i.test(await soon(get)) && guest.lines.includes(`abort ${guest.id('get')}`), 'a download is aborted', guest.lines.slice(-4));
    const already = why(guest.link.put('g', new Blob(['x']), { signal: AbortSignal.abort() }));
    ok(/abort/i.test(await soon(already)) && !guest.lines.some((line) => / g$/.test(line) && /^put/.test(line)),
        'what was aborted before is not begun', guest.lines.slice(-3));
}

async function callers() {
    const guest = new Guest();
    const broken = new Blob(['x']);
    broken.slice = () => {
        throw new Error('the disk has gone');
    };
    const put = why(guest.link.put('a', broken));
    await turns();
    guest.say(`got ${guest.id('put')} 0`);
    ok(await soon(put) === 'the disk has gone' && guest.lines.at(-1) === `abort ${guest.id('put')}`,
        'a file that cannot be read fails, and the guest learns of it', guest.lines.slice(-2));
    const get = why(guest.link.get('b', { onProgress: () => null.nothing }));
    await turns();
    guest.file(guest.id('get'), 1, Buffer.from('x'));
    ok(/null/.test(await soon(get)), 'an exception of onProgress fails its transfer');
    const after = why(guest.link.get('c'));
    await turns();
    guest.file(guest.id('get'), 1, Buffer.from('x'));
    ok(await soon(after) === 'it gave 120', 'the transfer after it succeeds');
}

async function hostile() {
    const guest = new Guest();
    guest.file(0, 8, Buffer.from('evil.exe'));
    guest.file(99, 8, Buffer.from('evil.exe'));
    ok(guest.offers.length === 0, 'an unrequested file is ignored', guest.offers);
    for (let i = 0; i < 100; i++) {
        guest.say(`offer 3 /tmp/file${i}`);
    }
    ok(guest.offers.length === 16, 'sixteen offers wait, and no more', guest.offers.length);
    const [file] = guest.offers[0] ?? [];
    ok(file && file.name === 'file0' && file.path === '/tmp/file0' && file.size === 3 && !guest.id('get'),
        'an offer is a name and a size, and fetches nothing', file, guest.lines);
    const taken = why(Promise.resolve(file?.take?.()));
    await turns();
    guest.file(guest.id('get'), 3, Buffer.from('abc'));
    ok(await soon(taken) === 'it gave 97,98,99' && guest.lines.includes(`get ${guest.id('get')} /tmp/file0`), 'until it is taken', guest.lines);
    guest.offers[1]?.[0].dismiss?.();
    guest.say('offer 1 /tmp/a', 'offer 1 /tmp/b', 'offer 1 /tmp/c');
    ok(guest.offers.length === 18, 'what was taken or dismissed makes room', guest.offers.length);
    guest.link.reset();
    guest.say('\nhello 2 next');
    ok(/reset/.test(await soon(why(Promise.resolve(guest.offers[2]?.[0].take?.())))), 'a reset ends an offer');

    const large = why(guest.link.get('/large', { maxSize: 100 }));
    await turns();
    const id = guest.id('get');
    guest.say(`file ${id} 10 large`);
    for (let i = 0; i < 11; i++) {
        guest.say(`data ${id} 10`, Buffer.alloc(10));
    }
    ok(/larger than 100 bytes/.test(await soon(large)) && guest.lines.includes(`abort ${id}`), 'a file without end is refused', guest.lines);
    const line = new Uint8Array(1 << 20).fill(0x78);
    guest.say(line, line, '', 'data 1 99999999999');
    guest.say(Buffer.alloc(64 << 10, 10), '\nhello 2 lives');
    await turns();
    ok(guest.lines.includes('start lives'), 'neither lines nor messages without end silence it', guest.lines.slice(-2));
}

async function main() {
    ({ Link } = await import(pathToFileURL(resolve(process.env.WEB ?? `${__dirname}/../web`, 'link.js'))));
    for (const part of [begins, directions, restarts, resets, wakes, aborts, callers, hostile]) {
        await part();
    }
    done();
}

main().catch((error) => {
    ok(false, 'no exception', error.stack);
    done();
});
