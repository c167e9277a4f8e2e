#!/usr/bin/env node
// SPDX-License-Identifier: MIT
// needs: node
//
// The parts of the page that need no browser: recognising files, messages for files that cannot be fetched, and the
// console's log.
'use strict';
const { createServer } = require('node:http');
const { resolve } = require('node:path');
const { pathToFileURL } = require('node:url');
const { gzipSync } = require('node:zlib');
const { done, ok } = require('./tap.js');

const ours = (name) => import(pathToFileURL(resolve(__dirname, '../web', name)));
const text = (string) => Buffer.from(string, 'latin1');

/** `size` bytes of zero with these [offset, bytes] in them. */
function bytes(size, ...parts) {
    const all = Buffer.alloc(size);
    parts.forEach(([at, part]) => (typeof part === 'string' ? text(part) : Buffer.from(part)).copy(all, at));
    return all;
}

/** An ELF header, and program headers of these types. */
function elf({ machine = 40, type = 2, bits = 1, data = 1, flags = 0, headers = [1] } = {}) {
    const all = bytes(52 + 32 * headers.length, [0, `\x7fELF${String.fromCharCode(bits, data, 1)}`]);
    const put = data === 1 ? ['writeUInt16LE', 'writeUInt32LE'] : ['writeUInt16BE', 'writeUInt32BE'];
    all[put[0]](type, 16);
    all[put[0]](machine, 18);
    all[put[1]](52, 28);
    all[put[1]](flags, 36);
    all[put[0]](32, 42);
    all[put[0]](headers.length, 44);
    headers.forEach((h, i) => all[put[1]](h, 52 + 32 * i));
    return all;
}

const uimage = (arch, type) => bytes(128, [0, [0x27, 5, 0x19, 0x56]], [28, [5, arch, type, 0]]);
const zimage = (start, more = []) => bytes(4096, [0x24, [0x18, 0x28, 0x6f, 1]], [0x28, [start, 0, 0, start]], ...more);
const vectors = Buffer.from(Array.from({ length: 64 }, () => [0x18, 0xf0, 0x9f, 0xe5]).flat()); // ldr pc, [pc, #24]

const FILES = [
    // what it is, its kind, its use, its bytes
    ['a zImage', 'zImage', 'kernel', zimage(0)],
    ['a zImage with an EFI header', 'zImage', 'kernel', zimage(0, [[0, 'MZ'], [0x3c, [0x80]], [0x80, 'PE\0\0']])],
    ['a zImage-xip', 'zImage-xip', 'kernel', zimage(0x34)],
    ['a big-endian zImage', 'zImage', 'neither', bytes(4096, [0x24, [1, 0x6f, 0x28, 0x18]])],
    ['an ELF executable', 'ELF', 'kernel', elf()],
    ['an ELF program that relocates itself', 'ELF', 'kernel', elf({ type: 3 })],
    ['a Linux program', 'ELF', 'neither', elf({ headers: [6, 3, 1] })],
    ['a kernel module', 'ELF', 'neither', elf({ type: 1, headers: [] })],
    ['an ELF file for x86-64', 'ELF', 'neither', elf({ machine: 62, bits: 2 })],
    ['a big-endian ELF file', 'ELF', 'neither', elf({ data: 2 })],
    ['a BE8 ELF file', 'ELF', 'neither', elf({ flags: 0x05800000 })],
    ['a cut ELF file', 'ELF', 'neither', elf().subarray(0, 40)],
    ['a uImage', 'uImage', 'kernel', uimage(2, 2)],
    ['a uImage with no load address', 'uImage', 'kernel', uimage(2, 14)],
    ['a uImage of an initrd', 'uImage', 'initrd', uimage(2, 3)],
    ['a uImage of several files', 'uImage', 'neither', uimage(2, 4)],
    ['a uImage for PowerPC', 'uImage', 'neither', uimage(7, 2)],
    ['a kernel for 64-bit ARM', 'Image', 'neither', bytes(4096, [0, 'MZ'], [0x38, 'ARM\x64'])],
    ['a kernel for x86', 'bzImage', 'neither', bytes(4096, [0, 'MZ'], [0x1fe, '\x55\xaaxxHdrS'])],
    ['a device tree', 'dtb', 'neither', bytes(100, [0, [0xd0, 0x0d, 0xfe, 0xed]])],
    ['a cpio archive', 'cpio', 'initrd', text('070701000002D1000041ED')],
    ['an xz file', 'xz', 'initrd', bytes(100, [0, '\xfd7zXZ\0'])],
    ['an ext2 file system', 'ext', 'initrd', bytes(4096, [0x438, '\x53\xef'])],
    ['a squashfs', 'squashfs', 'initrd', bytes(100, [0, 'hsqs'])],
    ['a web page', 'html', 'neither', text('\n<!DOCTYPE html>\n<html lang="en">')],
    ['a web page with a comment before it', 'html', 'neither', text('<!-- it\'s -->\n<html>')],
    ['an SVG picture', 'xml', 'neither', text('<?xml version="1.0"?><svg/>')],
    ['a text', 'text', 'neither', text('Hello\r\n\tthere\n')],
    ['a text in UTF-8', 'text', 'neither', Buffer.from('Grüße, 世界 \u{1f600}\n')],
    ['a text that is cut within a character', 'text', 'neither', Buffer.from('x'.repeat(65535) + 'ü')],
    ['a text in UTF-16', 'text', 'neither', bytes(8, [0, '\xff\xfeH\0i\0'])],
    ['a PNG picture', 'png', 'neither', text('\x89PNG\r\n\x1a\n\0\0\0\rIHDR')],
    ['a JPEG picture', 'jpeg', 'neither', text('\xff\xd8\xff\xe0\0\x10JFIF')],
    ['a ZIP archive', 'zip', 'neither', text('PK\x03\x04\x14\0\0\0')],
    ['a tar archive', 'tar', 'neither', bytes(1024, [0, 'name'], [0x101, 'ustar\x0000'])],
    ['a Debian package', 'ar', 'neither', text('!<arch>\ndebian-binary ')],
    ['a PDF document', 'pdf', 'neither', text('%PDF-1.4\n%\xe2\xe3')],
    ['a program for Windows', 'exe', 'neither', bytes(512, [0, 'MZ'], [0x3c, [0x80]], [0x80, 'PE\0\0'])],
    ['a disk', 'disk', 'neither', bytes(1024, [0, [0xeb, 0x3c]], [0x1fe, [0x55, 0xaa]])],
    ['nothing', 'empty', 'neither', Buffer.alloc(0)],
    ['bare-metal code', 'unknown', 'unknown', vectors],
    ['bare-metal code that begins with "MZ"', 'unknown', 'unknown', bytes(512, [0, 'MZ'], [2, vectors])],
    ['zeros', 'unknown', 'unknown', Buffer.alloc(100)],
];

async function images() {
    const { describeImage } = await ours('images.js');
    for (const [name, kind, use, content] of FILES) {
        const told = await describeImage(content);
        ok(told.kind === kind && told.use === use && told.why, `${name} is told to be ${kind}: ${use}`, told);
        const packed = await describeImage(gzipSync(content));
        ok(packed.kind === kind && packed.use === use && packed.gzip, 'in a gzip file, too', packed);
    }
    const large = gzipSync(Buffer.concat([zimage(0), require('node:crypto').randomBytes(1 << 20)]));
    ok((await describeImage(large.subarray(0, 1 << 16))).kind === 'zImage', 'the beginning of a gzip file is enough');
    const bad = await describeImage(Buffer.concat([large.subarray(0, 10), Buffer.alloc(100, 0xff)]));
    ok(bad.kind === 'gzip' && bad.use === 'neither' && /damaged/.test(bad.why), 'a damaged gzip file is one', bad);
}

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
    await images();
    await loads();
    await logs();
    done();
}
main().catch((error) => {
    ok(false, 'no exception', error.stack);
    done();
});
