#!/usr/bin/env node
// SPDX-License-Identifier: MIT
// needs: page
//
// The page in Debian's Firefox, if it is installed (scripts/deps.sh firefox): it loads, boots Linux, takes typed
// commands and files. Debian's version is too old for playwright-core, so this speaks WebDriver BiDi itself. $O/web is
// what `make web` has left; a screenshot stays in $O/screenshots. With CHECK_LONG=1 it types for longer.
'use strict';
const { spawn } = require('node:child_process');
const { createHash, randomBytes } = require('node:crypto');
const { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { done, ok } = require('./tap.js');
const { build, screen, serve, until } = require('./web.js');

const FIREFOX = '/usr/bin/firefox-esr';
const PROMPT = /~ #$/;
const CALL_MS = 120e3; // for Firefox to answer
const COMMANDS = process.env.CHECK_LONG ? 500 : 20;

/** Firefox, and one tab of it with those of playwright's methods that web.js uses. */
class Firefox {
    #profile = mkdtempSync(join(tmpdir(), 'tqemu-firefox-'));
    #process;
    #socket;
    #tab;
    #lastId = 0;
    #calls = new Map();
    log = []; // errors and warnings on the page's console

    async start() {
        this.#process = spawn(FIREFOX, ['--headless', '--no-remote', '--profile', this.#profile, '--remote-debugging-port', '0'],
            { stdio: ['ignore', 'ignore', 'pipe'] });
        const url = await new Promise((resolve, reject) => {
            let text = '';
            this.#process.stderr.on('data', (bytes) => {
                text += bytes;
                const found = /listening on (ws:\S+)/.exec(text);
                if (found) {
                    resolve(found[1]);
                }
            });
            this.#process.on('exit', () => reject(new Error(`firefox has ended: ${text}`)));
        });
        const { ws: WebSocket } = require(join(build, 'npm/node_modules/playwright-core/lib/utilsBundle.js'));
        this.#socket = new WebSocket(`${url}/session`);
        this.#socket.on('message', (data) => this.#receive(JSON.parse(data)));
        await new Promise((resolve, reject) => {
            this.#socket.on('open', resolve);
            this.#socket.on('error', reject);
        });
        await this.call('session.new', { capabilities: {} });
        await this.call('session.subscribe', { events: ['log.entryAdded'] });
        this.#tab = (await this.call('browsingContext.create', { type: 'tab' })).context;
    }

    #receive(message) {
        if (message.type === 'event') {
            if (['error', 'warn'].includes(message.params.level)) {
                this.log.push(message.params.text);
            }
            return;
        }
        const { resolve, reject } = this.#calls.get(message.id);
        this.#calls.delete(message.id);
        if (message.type === 'error') {
            reject(new Error(`${message.error}: ${message.message}`));
        } else {
            resolve(message.result);
        }
    }

    call(method, params) {
        const id = ++this.#lastId;
        this.#socket.send(JSON.stringify({ id, method, params }));
        return new Promise((resolve, reject) => {
            const timer = setTimeout(() => reject(new Error(`${method}: no answer: ${JSON.stringify(params).slice(0, 300)}`)), CALL_MS);
            const over = (how) => (value) => {
                clearTimeout(timer);
                how(value);
            };
            this.#calls.set(id, { resolve: over(resolve), reject: over(reject) });
        });
    }

    goto(url) {
        return this.call('browsingContext.navigate', { context: this.#tab, url, wait: 'complete' });
    }

    async evaluate(what, argument) {
        const { result, exceptionDetails } = await this.call('script.callFunction', {
            functionDeclaration: `async (text) => JSON.stringify(await (${what})(JSON.parse(text)))`,
            arguments: [{ type: 'string', value: JSON.stringify(argument ?? null) }],
            awaitPromise: true,
            target: { context: this.#tab },
        });
        if (exceptionDetails) {
            throw new Error(exceptionDetails.text);
        }
        return result.value === undefined ? undefined : JSON.parse(result.value);
    }

    waitForTimeout(ms) {
        return new Promise((wake) => setTimeout(wake, ms));
    }

    type(text) {
        const actions = [...text].flatMap((c) => {
            const value = c === '\n' ? '\uE007' : c;
            return [{ type: 'keyDown', value }, { type: 'keyUp', value }];
        });
        return this.call('input.performActions', { context: this.#tab, actions: [{ type: 'key', id: 'keys', actions }] });
    }

    async screenshot(path) {
        const { data } = await this.call('browsingContext.captureScreenshot', { context: this.#tab });
        writeFileSync(path, Buffer.from(data, 'base64'));
    }

    async close() {
        const ended = new Promise((done) => this.#process.on('exit', done));
        this.#socket?.close();
        this.#process.kill();
        await ended;
        rmSync(this.#profile, { recursive: true, force: true });
    }
}

/** Types commands as fast as their output comes: none of them may be left lying until there is more input. */
async function commands(page) {
    let shown;
    for (let n = 1; n <= COMMANDS; n++) {
        const from = (await screen(page)).length;
        await page.type(`echo a$((${n}+1))b\n`);
        shown = await until(page, new RegExp(`\na${n + 1}b\n~ #$`), { from });
        if (!shown) {
            ok(false, `command ${n} of ${COMMANDS} has its output`, (await screen(page)).slice(from),
                await page.evaluate(() => document.getElementById('state').textContent));
            return;
        }
    }
    ok(true, `${COMMANDS} commands have their output`);
}

async function tests(page, url) {
    await page.start();
    await page.goto(`${url}index.html`);
    ok(await until(page, PROMPT), 'Firefox: the page boots Linux to a prompt', await screen(page), page.log);
    console.log(`# ${await page.evaluate(() => Math.round(performance.now()))} ms`);
    await page.type('uname -a\n');
    ok(await until(page, /\nLinux tqemu 6\.1\.\d+ .* armv5tejl GNU\/Linux\n~ #$/), 'a typed command', await screen(page));
    const bytes = randomBytes(20000);
    const back = await page.evaluate(async (base64) => {
        const path = await window.tqemu.upload('file', Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)));
        return [path, btoa(String.fromCharCode(...await window.tqemu.download(path)))];
    }, bytes.toString('base64'));
    ok(back[0] === '/root/file' && back[1] === bytes.toString('base64'), 'a file goes in and comes out', back[0]);
    await page.type('md5sum file\n');
    const sum = createHash('md5').update(bytes).digest('hex');
    ok(await until(page, new RegExp(`\n${sum}  file\n~ #$`)), 'the file was the same in the guest', await screen(page));
    await commands(page);
    mkdirSync(join(build, 'screenshots'), { recursive: true });
    await page.screenshot(join(build, 'screenshots/firefox.png'));
    ok(page.log.length === 0, 'no error on the console', page.log);
}

async function main() {
    if (!existsSync(FIREFOX)) {
        console.log('1..0 # SKIP firefox-esr is not installed: scripts/deps.sh firefox');
        return;
    }
    const server = await serve(join(build, 'web'));
    const page = new Firefox();
    try {
        await tests(page, server.url);
    } catch (error) {
        ok(false, 'no exception', error.stack);
    }
    await page.close();
    server.close();
    done();
}
main();
