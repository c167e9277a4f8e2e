// SPDX-License-Identifier: MIT
//
// What the tests and the measurement of the page share: a server of files, Debian's Chromium driven by playwright-core,
// and a look at the page's terminal.
'use strict';
const { createServer } = require('node:http');
const { existsSync, readFile } = require('node:fs');
const { extname, join, resolve } = require('node:path');

const build = resolve(process.env.O ?? 'build');
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm' };
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'];

/**
 * Serves a directory; gives { url, bytes(), close() }, bytes being what was sent so far. Files go out as they are, or,
 * if `packed`, as their packed twins where there are any and the browser takes them.
 */
function serve(root, { packed = false } = {}) {
    let bytes = 0;
    const server = createServer((request, response) => {
        const path = join(root, new URL(request.url, 'http://localhost').pathname);
        const encodings = packed ? request.headers['accept-encoding'] ?? '' : '';
        const twin = [['br', '.br'], ['gzip', '.gz']]
            .find(([name, suffix]) => encodings.includes(name) && existsSync(path + suffix));
        readFile(path + (twin?.[1] ?? ''), (error, content) => {
            if (error) {
                response.writeHead(404).end();
                return;
            }
            bytes += content.length;
            response.writeHead(200, {
                'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
                'content-length': content.length,
                ...twin && { 'content-encoding': twin[0] },
            }).end(content);
        });
    });
    return new Promise((done) => {
        server.listen(0, '127.0.0.1', () => done({
            url: `http://127.0.0.1:${server.address().port}/`,
            bytes: () => bytes,
            close: () => server.close(),
        }));
    });
}

function launch() {
    const { chromium } = require(join(build, 'npm/node_modules/playwright-core'));
    return chromium.launch({ executablePath: '/usr/bin/chromium', args: FLAGS });
}

/** What the terminal shows and has scrolled away, as a string. `which` is an expression in the page. */
function screen(page, which = 'window.term') {
    return page.evaluate((name) => {
        const buffer = (0, eval)(name)?.buffer.active;
        const lines = [];
        for (let i = 0; buffer && i < buffer.length; i++) {
            const line = buffer.getLine(i);
            lines.push((line.isWrapped ? lines.pop() : '') + line.translateToString(true));
        }
        return lines.join('\n').trimEnd();
    }, which);
}

/** Waits until the terminal's text, from its nth character on, matches; returns that text, or undefined. */
async function until(page, pattern, { from = 0, which, ms = 60e3 } = {}) {
    const limit = Date.now() + ms;
    while (Date.now() < limit) {
        const text = (await screen(page, which)).slice(from);
        if (pattern.test(text)) {
            return text;
        }
        await page.waitForTimeout(10);
    }
    return undefined;
}

module.exports = { build, launch, screen, serve, until };
