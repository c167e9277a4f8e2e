// SPDX-License-Identifier: MIT
//
// What the tests and the measurement of the page share: a static file server, Debian's Chromium driven by playwright-core,
// and a look at the page's terminal.
'use strict';
const { createServer } = require('node:http');
const { existsSync, readFile, readFileSync, readdirSync } = require('node:fs');
const { extname, join, resolve } = require('node:path');
const { done, ok } = require('./tap.js');

const PROMPT = /~ #$/;
const noise = []; // errors and warnings on the consoles of the pages that open() has opened
const build = resolve(process.env.O ?? 'build');
const web = join(build, 'web');
// The folder with a hash in its name, in which the page's files are.
const files = existsSync(web) ? readdirSync(web).find((name) => /^[\d.]+-[0-9a-f]{8}$/.test(name)) : undefined;
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm', '.svg': 'image/svg+xml' };
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'];

/**
 * Serves a directory; gives { url, bytes(), close() }, bytes being what was sent so far. Files go out as they are, or,
 * if `packed`, as their packed twins where there are any and the browser takes them. `answers` are functions of the
 * response for some paths instead ({ '/path': (response) => ... }; also of paths in the folder `files`), `headers` go
 * with each file.
 */
function serve(root, { packed = false, answers = {}, headers = {} } = {}) {
    let bytes = 0;
    const server = createServer((request, response) => {
        const { pathname } = new URL(request.url, 'http://localhost');
        const answer = answers[pathname] ?? answers[pathname.replace(`/${files}/`, '/')];
        if (answer) {
            answer(response);
            return;
        }
        const path = join(root, pathname);
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
                ...headers,
                ...twin && { 'content-encoding': twin[0] },
            }).end(content);
        });
    });
    return new Promise((done) => {
        server.listen(0, '127.0.0.1', () => done({
            url: `http://127.0.0.1:${server.address().port}/`,
            bytes: () => bytes,
            close: () => {
                server.close();
                server.closeAllConnections();
            },
        }));
    });
}

function launch() {
    const { chromium } = require(join(build, 'npm/node_modules/playwright-core'));
    return chromium.launch({ executablePath: '/usr/bin/chromium', args: FLAGS });
}

/** Does tests(browser), prints the plan and ends the process. */
async function inBrowser(tests) {
    const browser = await launch();
    try {
        await tests(browser);
    } catch (error) {
        ok(false, 'no exception', error.stack);
    }
    await browser.close();
    done();
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

/**
 * Types a command; returns what it printed, or undefined if there is no prompt after that in time. A prompt before the
 * command's own line does not count: the shell shows it again when it learns the terminal's size.
 */
async function command(page, text, ms) {
    const from = (await screen(page)).length;
    await page.keyboard.type(`${text}\n`);
    const line = text.replace(/[^\w ]/g, '\\$&');
    const shown = await until(page, new RegExp(`${line}\n[^]*~ #$`), { from, ms });
    return shown?.slice(shown.indexOf(text)).split('\n').slice(1, -1).join('\n');
}

/**
 * Starts a program that does not end by itself. It runs when this returns: what is typed before the shell has given the
 * terminal to it reaches the shell as it is, Ctrl-C as well.
 */
async function start(page, ...lines) {
    const from = (await screen(page)).length;
    await page.keyboard.type(`sh -c '${['echo run""ning', ...lines].join('; ')}'\n`);
    await until(page, /^running$/m, { from });
}

/** Opens a page with an empty cache. */
async function open(browser, url, options) {
    const page = await (await browser.newContext(options)).newPage();
    page.on('console', (m) => ['error', 'warning'].includes(m.type()) && noise.push(m.text()));
    page.on('pageerror', (error) => noise.push(error.message));
    await page.goto(url);
    return page;
}

/** Does what makes the browser save a file; gives { name, bytes }. */
async function saved(page, act) {
    const [download] = await Promise.all([page.waitForEvent('download'), act()]);
    return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

/** Drops files, { name, bytes } each, on one of the page's two places for them; whether the page has shown it. */
async function drop(page, zone, ...files) {
    const data = await page.evaluateHandle((list) => {
        const transfer = new DataTransfer();
        list.forEach(({ name, base64 }) => {
            transfer.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name));
        });
        return transfer;
    }, files.map(({ name, bytes }) => ({ name, base64: Buffer.from(bytes).toString('base64') })));
    await page.dispatchEvent('#terminal', 'dragover', { dataTransfer: data });
    await page.waitForSelector('#drop');
    await page.dispatchEvent(`[data-drop=${zone}]`, 'dragover', { dataTransfer: data });
    const seen = await page.isVisible('#drop .over');
    await page.dispatchEvent(`[data-drop=${zone}]`, 'drop', { dataTransfer: data });
    return seen;
}

module.exports = { PROMPT, build, command, drop, files, inBrowser, launch, noise, open, saved, screen, serve, start, until };
