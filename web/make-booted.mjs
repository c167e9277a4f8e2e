// SPDX-License-Identifier: MIT
// usage: node make-booted.mjs WASM KERNEL INITRD FILE
//
// Boots the page's guest in node and writes FILE, which booted.js describes, when the shell waits for input. FILE.key
// tells what it was made of: nothing is done while that is the same.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { MAGIC, unpackBooted } from './booted.js';
import { TQemu, booted } from './node.js';
import { unpackSnapshot } from './snapshot.mjs';

const [wasm, kernel, initrd, to] = process.argv.slice(2);
const here = dirname(fileURLToPath(import.meta.url));
const SETTLED_MS = 500; // what still goes on behind a prompt
const BLOCK = 32; // bytes that are looked for
const SHORT = 64; // bytes in common that are not worth a piece

// Fills the free memory with zeros, but for what the shell needs to do it, and ends: init starts another shell. Without that
// the file has 296 kB as gzip instead of 186.
const CLEAN = `mount -o remount,size=100% /tmp; set -- $(grep MemAvailable /proc/meminfo)
dd if=/dev/zero of=/tmp/zeros bs=64k count=$((($2 - 1024) / 64)) 2>/dev/null; rm /tmp/zeros; mount -o remount,size=50% /tmp; exit
`;

/** The guest at its prompt: { console, snapshot }. */
async function boot() {
    let shown = '';
    const machine = new TQemu({
        ...booted, snapshot: undefined, wasm, kernel, initrd,
        onData: (bytes) => {
            shown += Buffer.from(bytes).toString('latin1');
        },
    });
    await machine.waitFor(/~ # $/, { timeout: 30e3 });
    const prompt = shown;
    machine.write(CLEAN);
    await machine.waitFor(/exit\n[^]*~ # $/, { timeout: 30e3 });
    await new Promise((settled) => setTimeout(settled, SETTLED_MS));
    const snapshot = await machine.save();
    machine.close();
    return { console: Buffer.from(prompt, 'latin1'), snapshot: Buffer.from(snapshot) };
}

/** The pieces that tell `bytes` by `base`: [bytes of its own, from, bytes in common]. */
function compare(bytes, base) {
    const places = new Map();
    for (let at = 0; at + BLOCK <= base.length; at += BLOCK) {
        const block = base.latin1Slice(at, at + BLOCK);
        if (/[^\0]/.test(block) && !places.has(block)) {
            places.set(block, at);
        }
    }
    const pieces = [];
    let done = 0;
    for (let at = 0; at + BLOCK <= bytes.length;) {
        let from = places.get(bytes.latin1Slice(at, at + BLOCK));
        let begin = at, n = BLOCK;
        if (from === undefined) {
            at++;
            continue;
        }
        for (; begin > done && from > 0 && bytes[begin - 1] === base[from - 1]; begin--, from--, n++);
        for (; begin + n < bytes.length && from + n < base.length && bytes[begin + n] === base[from + n]; n++);
        if (n >= SHORT) {
            pieces.push([begin - done, from, n]);
            done = begin + n;
        }
        at = Math.max(at + 1, done);
    }
    return [...pieces, [bytes.length - done, 0, 0]];
}

function pack(shown, snapshot, bases) {
    const pieces = compare(snapshot, Buffer.concat(bases));
    const numbers = Buffer.from(Uint32Array.from([shown.length, pieces.length, ...pieces.flat()]).buffer);
    let at = 0;
    const own = pieces.map(([bytes, , shared]) => {
        const piece = snapshot.subarray(at, at + bytes);
        at += bytes + shared;
        return piece;
    });
    return Buffer.concat([Buffer.from(MAGIC), numbers, shown, ...own]);
}

const hash = createHash('sha256');
const sources = readdirSync(here).filter((name) => /\.m?js$/.test(name)).map((name) => join(here, name));
[wasm, kernel, initrd, ...sources].forEach((name) => hash.update(readFileSync(name)));
const key = hash.digest('hex');
if (!existsSync(to) || !existsSync(`${to}.key`) || readFileSync(`${to}.key`, 'utf8') !== key) {
    const bases = [readFileSync(kernel), readFileSync(initrd)];
    const guest = await boot();
    const snapshot = unpackSnapshot(guest.snapshot);
    const file = pack(guest.console, snapshot, bases);
    if (!snapshot.equals(unpackBooted(file, bases).snapshot)) {
        throw new Error('make-booted: what was packed is not what comes out');
    }
    writeFileSync(to, file);
    writeFileSync(`${to}.key`, key);
}
