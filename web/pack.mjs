// SPDX-License-Identifier: MIT
// usage: node pack.mjs DIR CACHE TO=FROM...
//
// Packs what a server of DIR sends. DIR/TO is made: FROM as a gzip file, which the page unpacks, so that few bytes
// travel from any server. For servers that look for them, there are packed twins of every file: FILE.br, and FILE.gz of
// text. The twin of a gzip file is one of the same content stored without packing, which br then packs better.
// Packing well takes seconds, so what was packed stays in CACHE, by its hash, for the next time.
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const [dir, cache, ...pairs] = process.argv.slice(2);
const TEXT = /\.(html|js|css|svg|txt)$/;
const used = new Set();

const brotli = (bytes) => brotliCompressSync(bytes, { params: {
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
} });
const gzip = (bytes, level = 9) => gzipSync(bytes, { level });

/** Writes pack(bytes), made now or once before. */
function write(to, kind, bytes, pack) {
    const name = `${createHash('sha256').update(bytes).digest('hex')}.${kind}`;
    used.add(name);
    if (!existsSync(join(cache, name))) {
        writeFileSync(join(cache, name), pack(bytes));
    }
    mkdirSync(dirname(join(dir, to)), { recursive: true });
    copyFileSync(join(cache, name), join(dir, to));
}

mkdirSync(cache, { recursive: true });
for (const pair of pairs) {
    const [to, from] = pair.split('=');
    const bytes = readFileSync(from);
    write(to, 'gz', bytes, gzip);
    write(`${to}.br`, 'stored.br', bytes, (plain) => brotli(gzip(plain, 0)));
}
for (const name of readdirSync(dir, { recursive: true })) {
    if (TEXT.test(name)) {
        const bytes = readFileSync(join(dir, name));
        write(`${name}.gz`, 'gz', bytes, gzip);
        write(`${name}.br`, 'br', bytes, brotli);
    }
}
readdirSync(cache).filter((name) => !used.has(name)).forEach((name) => rmSync(join(cache, name)));
