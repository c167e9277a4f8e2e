#!/usr/bin/env node
// SPDX-License-Identifier: MIT
//
// The page in Debian's Chromium, used as a person would use it. $O/web is what `make web` has left; screenshots stay
// in $O/screenshots.
//
// usage: tests/web.t [full]
'use strict';
const { createHash, randomBytes } = require('node:crypto');
const { mkdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { done, ok } = require('./tap.js');
const { build, launch, screen, serve, until } = require('./web.js');

const PROMPT = /~ #$/;
// `tests/web.t full` watches an idle guest for as long as somebody who has forgotten the tab.
const IDLE_MS = process.argv[2] === 'full' ? 60e3 : 5e3;
const md5 = (bytes) => createHash('md5').update(bytes).digest('hex');
const shots = join(build, 'screenshots');
const noise = []; // errors and warnings on the consoles of pages where there should be none

/**
 * Types a command; returns what it printed, or undefined if there is no prompt behind that in time. A prompt before the
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

/** Processor time of all of the browser's processes, in ms. */
async function cpu(browser) {
    const session = await browser.newBrowserCDPSession();
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    return processInfo.reduce((sum, p) => sum + p.cpuTime * 1000, 0);
}

/** Opens a page with an empty cache. */
async function open(browser, url, options) {
    const page = await (await browser.newContext(options)).newPage();
    page.on('console', (m) => ['error', 'warning'].includes(m.type()) && noise.push(m.text()));
    page.on('pageerror', (error) => noise.push(error.message));
    await page.goto(url);
    return page;
}

/** Drops files on one of the page's two places for them. */
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

/** Does what makes the browser save a file; gives { name, bytes }. */
async function saved(page, act) {
    const [download] = await Promise.all([page.waitForEvent('download'), act()]);
    return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

async function loading(browser, server, packed) {
    const page = await open(browser, `${packed.url}index.html`);
    ok(await until(page, PROMPT), 'from packed files: the page boots Linux to a prompt', await screen(page));
    console.log(`# ${await page.evaluate(() => Math.round(performance.now()))} ms, ${packed.bytes()} bytes`);
    ok(packed.bytes() < 1.6e6, 'bytes on the wire: fewer than 1.6 million', packed.bytes());
    await page.context().close();
    const plain = await open(browser, `${server.url}index.html`, { viewport: { width: 1200, height: 760 }, colorScheme: 'dark' });
    ok(await until(plain, PROMPT), 'from files as they are, too', await screen(plain));
    console.log(`# ${await plain.evaluate(() => Math.round(performance.now()))} ms, ${server.bytes()} bytes`);
    ok(server.bytes() < 3e6, 'bytes on the wire: fewer than 3 million', server.bytes());
    return plain;
}

async function typing(page) {
    const uname = await command(page, 'uname -a');
    ok(/^Linux tqemu 6\.1\.\d+ .* armv5tejl GNU\/Linux$/.test(uname), 'a typed command', uname);
    await page.screenshot({ path: join(shots, 'desktop.png') });

    const size = () => page.evaluate(() => `${term.rows} ${term.cols}`);
    ok(await command(page, 'stty size') === await size(), 'the guest knows the terminal\'s size', await size());
    const before = await size();
    await start(page, 'trap "echo has changed; exit" WINCH', 'while :; do sleep .2; done');
    await page.setViewportSize({ width: 900, height: 500 });
    ok(await until(page, /^has changed\n~ #$/m), 'a program gets a signal when the window changes', await screen(page));
    const shown = await command(page, 'stty size');
    ok(await size() !== before && shown === await size(), 'and the guest knows the new size', before, shown);

    await command(page, 'stty -echo; cat >/tmp/paste; stty echo', 0);
    const text = Array.from({ length: 200 }, (_, i) => `${String(i).padStart(49, '.')}`).join('\n') + '\n';
    await page.evaluate((t) => {
        const data = new DataTransfer();
        data.setData('text/plain', t);
        document.querySelector('.xterm-helper-textarea')
            .dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));
    }, text);
    await page.keyboard.press('Control+d');
    await until(page, PROMPT);
    const sum = await command(page, 'md5sum </tmp/paste');
    ok(sum?.includes(md5(text)), `a paste of ${text.length} characters loses nothing`, sum);

    await start(page, 'sleep 100');
    await page.keyboard.press('Control+c');
    ok(await until(page, PROMPT, { ms: 10e3 }), 'Ctrl-C ends a program');
    await page.keyboard.press('Control+Shift+L');
    ok(await page.evaluate(() => document.activeElement.id === 'reboot'), 'Ctrl-Shift-L leaves the terminal');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    ok(await page.evaluate(() => Boolean(document.querySelector('.xterm-accessibility'))),
        'the button before it turns the screen reader\'s text on');
    await page.evaluate(() => {
        term.options.screenReaderMode = false;
    });
}

/** The shares of a processor that the whole browser takes, in up to three spans of time, until one is `enough`. */
async function shares(browser, page, ms, enough) {
    const all = [];
    while (all.length < 3 && !all.some(enough)) {
        const before = await cpu(browser), since = performance.now();
        await page.waitForTimeout(ms);
        all.push((await cpu(browser) - before) / (performance.now() - since));
    }
    return all;
}

async function idling(browser, page) {
    await start(page, 'while :; do :; done');
    // A busy guest may be kept from the processor by others, and the browser has work of its own now and then.
    const busy = Math.max(...await shares(browser, page, 500, (share) => share > 0.5));
    await page.keyboard.press('Control+c');
    await until(page, PROMPT);
    const idle = Math.min(...await shares(browser, page, IDLE_MS, (share) => share < 0.02));
    ok(idle < busy / 5, 'an idle guest leaves the processor to others', { busy, idle });
    console.log(`# the whole browser: ${(100 * idle).toFixed(1)} % of a processor, ${(100 * busy).toFixed(1)} % with a busy guest`);
    ok(await page.textContent('#state') === 'idle', 'and the page says so', await page.textContent('#state'));
}

async function files(page) {
    const bytes = randomBytes(50000);
    await page.setInputFiles('#files', [{ name: 'two words.bin', mimeType: '', buffer: bytes },
        { name: 'empty', mimeType: '', buffer: Buffer.alloc(0) }]);
    await page.waitForSelector('#transfers progress');
    await page.screenshot({ path: join(shots, 'upload.png') });
    await page.getByText('/root/two words.bin is in the guest').waitFor();
    await page.getByText('/root/empty is in the guest').waitFor();
    const sums = await command(page, 'md5sum *');
    ok(sums === `${md5('')}  empty\n${md5(bytes)}  two words.bin`, 'uploaded files arrive as they were', sums);
    ok(await drop(page, 'upload', { name: 'dropped', bytes: 'dropped\n' }), 'dragged files: the page shows where to drop them');
    await page.getByText('/root/dropped is in the guest').waitFor();
    ok(await command(page, 'cat dropped') === 'dropped', 'dropped files arrive, too');

    await page.click('#download');
    await page.fill('#path', 'two words.bin');
    const back = await saved(page, () => page.keyboard.press('Enter'));
    ok(back.name === 'two words.bin' && back.bytes.equals(bytes), 'a file is downloaded as it was', back.name);
    const given = await saved(page, () => page.keyboard.type('seq 99999 >/tmp/seq; download /tmp/seq\n'));
    ok(given.name === 'seq' && given.bytes.length === 588888, 'the guest gives one by a command', given.name, given.bytes.length);
    await page.click('#download');
    await page.fill('#path', '/nowhere');
    await page.keyboard.press('Enter');
    await page.click('.bad button');
    ok(await page.locator('.bad').count() === 0, 'what is not there is said, until OK');
    await page.click('#terminal');
}

async function controls(page) {
    await page.click('#pause');
    await page.keyboard.type('echo $((6*7))\n');
    await page.waitForTimeout(500);
    ok(!/^42$/m.test(await screen(page)), 'paused');
    await page.click('#pause');
    ok(await until(page, /^42$/m), 'and resumed: what was typed is there', await screen(page));

    const log = await saved(page, () => page.click('#save'));
    ok(/Welcome to Linux[^]*armv5tejl/.test(log.bytes), 'the log is downloaded');

    const rows = await page.evaluate(() => term.rows);
    await page.click('#full');
    await page.waitForFunction((n) => document.fullscreenElement && term.rows > n, rows);
    await page.evaluate(() => document.exitFullscreen());
    await page.waitForFunction((n) => !document.fullscreenElement && term.rows === n, rows);
    ok(true, 'full screen, and back');

    await page.click('#reboot');
    ok(await until(page, /Welcome[^]*~ #$/), 'reboot');
    ok(!/armv5tejl/.test(await screen(page)), 'with a clean screen');
    ok(await command(page, 'ls') === '', 'and a guest without the files');
}

async function kernels(page) {
    await page.click('#own');
    await page.setInputFiles('#kernel', join(build, 'guest/zImage'));
    await page.setInputFiles('#initrd', join(build, 'guest/rootfs.cpio'));
    await page.fill('#append', 'console=ttyAMA0 lpj=500000 hello=there');
    await page.fill('#memory', '64');
    await page.screenshot({ path: join(shots, 'kernel.png') });
    await page.click('#settings [type=submit]');
    ok(await until(page, /Linux version 6[^]*~ #$/), 'an own kernel and initrd, not quiet', await screen(page));
    const cmdline = await command(page, 'cat /proc/cmdline; grep MemTotal /proc/meminfo');
    ok(/hello=there/.test(cmdline) && /MemTotal: +[56]\d{4} kB/.test(cmdline), 'with their command line and memory', cmdline);
    await page.keyboard.type('poweroff -f\n');
    await page.waitForSelector('#state[data-state=ended]');
    ok(/switched itself off/.test(await page.textContent('#message')), 'poweroff: the page says so');

    await drop(page, 'boot', { name: 'my-rootfs.gz', bytes: readFileSync(join(build, 'web/guest/rootfs.cpio.gz')) },
        { name: 'kernel.gz', bytes: readFileSync(join(build, 'web/guest/zImage-xip.gz')) });
    ok(await until(page, /Linux version 6[^]*~ #$/), 'a dropped kernel and initrd boot', await screen(page));
    ok(await command(page, 'which hostlink') === '/bin/hostlink', 'and are the dropped ones');
}

async function phones(browser, server) {
    const phone = await open(browser, `${server.url}index.html?m=48&append=console%3DttyAMA0%20quiet%20lpj%3D500000%20from%3Durl`,
        { viewport: { width: 390, height: 780 }, colorScheme: 'light', hasTouch: true, isMobile: true });
    ok(await until(phone, PROMPT), 'a phone, with the command line in the URL', await screen(phone));
    const cmdline = await command(phone, 'cat /proc/cmdline');
    ok(/from=url/.test(cmdline), 'which the kernel gets', cmdline, await screen(phone));
    await phone.tap('#ctrl');
    await phone.keyboard.type('l'); // Ctrl-L: the shell clears the screen
    await phone.keyboard.type('seq 3\n');
    ok(await until(phone, /^[^]*1\n2\n3\n~ #$/), 'the keys of the touch row work', await screen(phone));
    ok(await phone.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing is wider than the phone');
    await phone.screenshot({ path: join(shots, 'phone.png') });
    await phone.context().close();
}

async function twoMachines(browser, server) {
    const two = await open(browser, `${server.url}example.html`);
    for (const i of [0, 1]) {
        const which = `window.machines?.[${i}]?.term`;
        ok(await until(two, PROMPT, { which }), `two on one page: machine ${i + 1} boots`, await screen(two, which));
        await two.evaluate((n) => window.machines[n].machine.write(`echo I am $((${n}+1))\n`), i);
        ok(await until(two, new RegExp(`^I am ${i + 1}$`, 'm'), { which }), 'and answers for itself');
    }
    await two.screenshot({ path: join(shots, 'example.png') });
    await two.context().close();
}

async function complaints(browser, server) {
    const bad = await open(browser, `${server.url}index.html?kernel=nowhere`);
    await bad.waitForSelector('#message:not([hidden])');
    ok(/nowhere: the server says 404/.test(await bad.textContent('#message')), 'a kernel that is not there is named',
        await bad.textContent('#message'));
    await bad.context().close();

    const context = await browser.newContext();
    await context.addInitScript(() => {
        delete globalThis.DecompressionStream;
    });
    const old = await context.newPage();
    await old.goto(`${server.url}index.html`);
    ok(/no DecompressionStream\. A newer/.test(await old.textContent('#message:not([hidden])')),
        'what the browser lacks is named');
    await context.close();
}

async function tests(browser, server, packed) {
    mkdirSync(shots, { recursive: true });
    const page = await loading(browser, server, packed);
    await typing(page);
    await idling(browser, page);
    await files(page);
    await controls(page);
    await kernels(page);
    await page.context().close();
    await phones(browser, server);
    await twoMachines(browser, server);
    ok(noise.length === 0, 'no error on the console', noise);
    await complaints(browser, server);
}

async function main() {
    const server = await serve(join(build, 'web'));
    const packed = await serve(join(build, 'web'), { packed: true });
    const browser = await launch();
    try {
        await tests(browser, server, packed);
    } catch (error) {
        ok(false, 'no exception', error.stack);
    }
    await browser.close();
    server.close();
    packed.close();
    done();
}
main();
