#!/usr/bin/env node
// SPDX-License-Identifier: MIT
//
// The parts of the page that need no browser: what is said of a file that cannot be had, and the console's log.
'use strict';
const { createServer } = require('node:http');
const { resolve } = require('node:path');
const { pathToFileURL } = require('node:url');
const { gzipSync } = require('node:zlib');
const { done, ok } = require('./tap.js');

const ours = (name) => import(pathToFileURL(resolve(__dirname, '../web', name)));

/** A server of things that go wrong; its URL. */
function serve() {
    const packed = gzipSync(Buffer.from('hello '.repeat(10000)));
    const damaged = Buffer.from(packed);
    damaged.fill(0xff, 20, 30);
    const answers = {
        '/plain': (r) => r.end('abc'),
        '/packed.gz': (r) => r.end(packed),
        '/short.gz': (r) => r.end(packed.subarray(0, 50)),
        '/damaged.gz': (r) => r.end(damaged),
        '/page': (r) => r.setHeader('content-type', 'text/html; charset=utf-8').end('<html>'),
        '/cut': (r) => r.writeHead(200, { 'content-length': 1000 }).write('abc', () => r.destroy()),
        '/silent': () => {},
        '/stops': (r) => r.writeHead(200, { 'content-length': 1000 }).write('abc'),
    };
    const server = createServer((request, response) => {
        (answers[request.url] ?? ((r) => r.writeHead(404).end()))(response);
    });
    return new Promise((listening) => {
        server.listen(0, '127.0.0.1', () => listening(`http://127.0.0.1:${server.address().port}`));
    });
}

async function loads() {
    const { load } = await ours('load.js');
    const url = await serve();
    // Where nothing is meant to be late, nothing is, however slow the machine.
    const get = (source, options) => load(source, () => {}, { stallMs: 600e3, ...options })
        .then((got) => Buffer.from(got).toString(), (error) => error.message);
    const fails = async (source, pattern, name, options) => {
        const said = await get(source, options);
        const label = source.name ?? String(source);
        ok(said.startsWith(`${label}: `) && pattern.test(said) && !said.includes('\n'), name, said);
    };
    ok(await get(`${url}/plain`) === 'abc', 'a file is fetched');
    ok(await get(`${url}/packed.gz`) === 'hello '.repeat(10000), 'a gzip file is unpacked');
    ok(await get(Buffer.from('abc')) === 'abc' && await get(new Blob(['abc'])) === 'abc', 'bytes and a Blob are taken as they are');
    ok(await get(new File([gzipSync('abc')], 'x.gz')) === 'abc', 'or unpacked');
    await fails(`${url}/nowhere`, /404 Not Found/, 'what is not there: the file and the server\'s status');
    await fails(`${url}/page`, /sends a web page instead/, 'a web page instead of the file');
    await fails(`${url}/short.gz`, /damaged gzip file/, 'a gzip file that is cut');
    await fails(`${url}/damaged.gz`, /damaged gzip file/, 'a damaged gzip file');
    await fails(new File([gzipSync('abc').subarray(0, 15)], 'mine.gz'), /damaged gzip file/, 'the user\'s own as well');
    await fails(`${url}/cut`, /cannot be read to its end/, 'a connection that breaks');
    await fails('http://127.0.0.1:1/file', /cannot be fetched \(.+\): is the server there/, 'no server');
    await fails('http://', /not a usable URL/, 'no URL');
    await fails(`${url}/silent`, /nothing has come for 0.05 s/, 'a server that does not answer', { stallMs: 50 });
    await fails(`${url}/stops`, /nothing has come for 0.5 s/, 'or stops in the middle', { stallMs: 500 });
    const abort = new AbortController();
    const aborted = get(`${url}/stops`, { signal: abort.signal });
    abort.abort(new Error('enough'));
    ok(await aborted === 'enough', 'a load is ended by its signal', await aborted);
    ok(await get(`${url}/plain`, { signal: abort.signal }) === 'enough', 'or not begun');
}

/** The least time, in ms, that adding 500 pieces to a full log takes. */
function adding(log, limit) {
    const piece = 'x'.repeat(100);
    for (let n = 0; n < 2 * limit; n += 4096) {
        log.add('y'.repeat(4096));
    }
    let least = Infinity;
    for (let round = 0; round < 15; round++) {
        const before = performance.now();
        for (let i = 0; i < 500; i++) {
            log.add(piece);
        }
        least = Math.min(least, performance.now() - before);
    }
    return least;
}

async function logs() {
    const { Log } = await ours('log.js');
    const log = new Log(10000);
    let all = '';
    for (let i = 0; i < 20000; i++) {
        const piece = i % 100 ? `${i} ` : `${i}`.repeat(i % 3000);
        log.add(piece);
        all += piece;
        if (i % 1999 === 0 && String(log) !== all.slice(-10000)) {
            ok(false, `the log has the last 10000 characters after ${i} pieces`);
            return;
        }
    }
    ok(String(log) === all.slice(-10000), 'the log has the last 10000 characters, always');
    // The cost of one more piece is its own, however much the log holds.
    const [small, large] = [1 << 16, 1 << 22].map((limit) => adding(new Log(limit), limit));
    ok(large < 20 * Math.max(small, 0.05), 'adding to a full log does not copy it', { small, large });
}

async function main() {
    await loads();
    await logs();
    done();
}
main().catch((error) => {
    ok(false, 'no exception', error.stack);
    done();
});
