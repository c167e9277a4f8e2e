#!/usr/bin/env node
// SPDX-License-Identifier: MIT
// needs: page
//
// What the page says and does when something is wrong: files that are no kernels, servers that fail, guests that
// end. A running guest always continues, and a button leads back to the built-in Linux.
'use strict';
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { gzipSync } = require('node:zlib');
const { ok } = require('./tap.js');
const { PROMPT, build, command, drop, files, inBrowser, open, screen, serve, until } = require('./web.js');

const packed = (name) => readFileSync(join(build, 'web', files, 'guest', name));
const said = async (page) => {
    await page.waitForSelector('#message:not([hidden])');
    return page.textContent('#message p');
};
const button = (page, text) => page.locator('#message button', { hasText: text });
// Writes "hi" to the first UART and stops: ldr r0, =0x101f1000; mov r1, #'h'; strb r1, [r0]; ...
const BARE = new Uint8Array(Uint32Array.of(0xe59f0010, 0xe3a01068, 0xe5c01000, 0xe3a01069, 0xe5c01000, 0xeafffffe, 0x101f1000).buffer);

/** The guest is the same as before if it still has its file. */
async function goesOn(page, name) {
    await page.click('#terminal');
    ok(await command(page, 'cat /tmp/mine') === 'precious', `${name}: the guest goes on`, await screen(page));
}

async function wrongFiles(page) {
    await until(page, PROMPT);
    await page.click('#terminal');
    await command(page, 'echo precious >/tmp/mine');
    const refused = [
        ['notes.txt', 'shopping: milk, eggs\n', /^notes\.txt is a text file, and no kernel/],
        ['notes.txt.gz', gzipSync('shopping: milk, eggs\n'), /^notes\.txt\.gz is a text file, and no kernel/],
        ['photo.png', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), /^photo\.png is a PNG picture, and no kernel/],
        ['bzImage', Buffer.alloc(1000, '').fill('HdrS', 0x202, 0x206), /^bzImage is a kernel for x86, and no kernel for this/],
        ['cut.gz', packed('zImage-xip.gz').subarray(0, 100000), /^cut\.gz: is a damaged gzip file/],
        ['cut zImage', Buffer.from('\x18\x28\x6f\x01', 'latin1'), /^cut zImage/],
    ];
    refused.at(-1)[1] = Buffer.concat([Buffer.alloc(0x24), refused.at(-1)[1], Buffer.from([0, 0, 0, 0, 0, 0, 16, 0])]);
    for (const [name, bytes, pattern] of refused) {
        await drop(page, 'boot', { name, bytes });
        const text = await said(page);
        ok(pattern.test(text), `${name} is refused by name`, text);
        await goesOn(page, name);
        await button(page, 'OK').click();
    }
    await drop(page, 'boot', { name: 'a', bytes: 'text' }, { name: 'b', bytes: 'text' });
    ok(/^a and b: each would be the kernel/.test(await said(page)), 'two kernels are refused');

    await page.click('#own');
    await page.setInputFiles('#kernel', join(build, 'web', files, 'guest/rootfs.cpio.gz'));
    await page.click('#settings [type=submit]');
    ok(/is a cpio archive, and no kernel: choose it as the initrd/.test(await said(page)), 'an initrd is no kernel');
    await page.click('#own');
    await page.setInputFiles('#kernel', []);
    await page.setInputFiles('#initrd', join(build, 'web', files, 'guest/zImage-xip.gz'));
    await page.click('#settings [type=submit]');
    ok(/no initrd: choose it as the kernel/.test(await said(page)), 'a kernel is refused as an initrd');
    await page.click('#own');
    await page.setInputFiles('#initrd', []);
    await page.fill('#memory', '4G');
    await page.click('#settings [type=submit]');
    ok(/^tqemu: -m: 4096 MiB/.test(await said(page)), 'what tqemu itself refuses is said');
    await goesOn(page, 'and there, too');
    await page.evaluate(() => document.getElementById('settings').reset());
}

async function unknownFiles(page) {
    await drop(page, 'boot', { name: 'bare.bin', bytes: BARE });
    ok(/^Nothing in bare\.bin tells that it is a kernel/.test(await said(page)), 'the page asks about unknown bytes');
    await button(page, 'Cancel').click();
    await goesOn(page, 'Cancel');
    await drop(page, 'boot', { name: 'bare.bin', bytes: BARE });
    await button(page, 'Boot it anyway').click();
    ok(/What you have done in the guest is lost/.test(await said(page)), 'the page asks before a used guest is lost', await page.textContent('#message'), await page.textContent('footer'), await screen(page));
    await button(page, 'Boot').first().click();
    ok(await until(page, /^hi$/), 'confirmed raw bytes are booted', await screen(page));
    ok(await page.textContent('#kernel-now') === 'bare.bin', 'the form names what runs');
    await page.click('#own');
    await page.click('#built-in');
    ok(await until(page, /Welcome[^]*~ #$/), 'a button leads back to the built-in Linux', await screen(page));
}

async function leaving(page) {
    let asked = 0;
    let accept = false;
    page.on('dialog', (dialog) => {
        asked += dialog.type() === 'beforeunload';
        return accept ? dialog.accept() : dialog.dismiss();
    });
    await page.click('#terminal');
    await page.reload();
    ok(asked === 0 && await until(page, PROMPT), 'an unused guest is discarded without asking');
    await page.click('#terminal');
    await command(page, 'echo precious >/tmp/mine');
    await page.reload().catch(() => {});
    ok(asked === 1, 'before a reload loses one that was used, the browser asks');
    await goesOn(page, 'no');
    await page.close({ runBeforeUnload: true });
    await page.waitForTimeout(200);
    ok(asked === 2 && !page.isClosed(), 'the browser asks before it closes the page');
    await page.keyboard.type('poweroff -f\n');
    await said(page);
    ok(await page.getAttribute('#state', 'data-state') === 'ended' && await page.textContent('#state') === 'powered off',
        'a guest that powers off is no error', await page.textContent('footer'));
    ok(await page.isHidden('#speed') && await page.getAttribute('#message', 'data-kind') === 'note', 'a powered-off guest shows no speed');
    await button(page, 'Start it again').click();
    ok(await until(page, /Welcome[^]*~ #$/), 'it can be started again');
    accept = true;
    await page.reload();
    ok(asked === 2 && await until(page, PROMPT), 'a reload that is accepted boots a new guest');
}

async function panic(browser, url) {
    const page = await open(browser, `${url}index.html?kernel=${files}/guest/zImage-xip.gz`);
    const text = await said(page);
    ok(/has stopped: Kernel panic - not syncing: .*init/.test(text), 'a panic is said', text);
    const state = [await page.textContent('#state'), await page.getAttribute('#state', 'data-state')];
    ok(state.join() === 'kernel panic,panic' && await page.isHidden('#speed'), 'a panic is a state of its own, without a speed', state);
    await button(page, 'Boot the built-in Linux').click();
    ok(await until(page, PROMPT), 'after a panic: back to the built-in Linux', await screen(page));
    ok(await page.isHidden('#message'), 'where the message is gone');
    await page.click('#terminal');
    const end = '---[ end Kernel panic - not syncing: I only say so ]---';
    await command(page, `echo '${end}'`);
    await page.waitForSelector('[data-state=idle]');
    ok(await page.isHidden('#message'), 'a guest that goes on after such a line has not panicked');
    await page.context().close();
}

async function states(browser, url) {
    const page = await open(browser, `${url}index.html`);
    const footer = async () => (await page.locator('footer > :visible').allInnerTexts()).join(' ').replace(/\s+/g, ' ');
    await until(page, PROMPT);
    await page.waitForSelector('[data-state=idle]');
    ok(/^idle .*up \d:\d\d 128 MiB RAM/.test(await footer()) && !/MIPS/.test(await footer()), 'an idle guest has no speed', await footer());
    await page.click('#terminal');
    await page.keyboard.type('while :; do :; done\n');
    await page.waitForSelector('[data-state=running]');
    await page.waitForSelector('#speed:not([hidden])');
    ok(/^running .*\d MIPS up/.test(await footer()), 'a busy one has', await footer());
    await page.click('#pause');
    await page.waitForSelector('[data-state=paused]');
    ok(/^paused .*up/.test(await footer()) && !/MIPS/.test(await footer()), 'a paused one has not', await footer());
    await page.click('#upload');
    ok(/^The machine is paused/.test(await said(page)), 'a paused machine refuses files at once');
    await page.context().close();
}

// What is wrong, the page's query, what it says; a server's answers.
const FAILURES = [
    ['a kernel that is not there', '?kernel=nowhere', /^nowhere: the server says 404/],
    ['a web page as kernel', '?kernel=index.html', /^index\.html: the server sends a web page/],
    ['a script as kernel', `?kernel=${files}/early.js`, /early\.js is a text file, and no kernel/],
    ['half a URL', '?kernel=http://', /^http:\/\/: is not a usable URL/],
    ['a URL of another kind', '?kernel=ftp://127.0.0.1/zImage', /^ftp:.*cannot fetch ftp: URLs/],
    ['no server', '?initrd=http://127.0.0.1:1/initrd', /^http:\/\/127\.0\.0\.1:1\/initrd: cannot be fetched \(.+\): is the server there/],
    ['too much memory', '?m=4G', /^tqemu: -m: 4096 MiB/],
    ['nonsense as memory', '?m=lots', /^tqemu: -m: .*lots/],
    ['the page\'s own kernel missing', '', /guest\/zImage-xip\.gz: the server says 404/, { '/guest/zImage-xip.gz': (r) => r.writeHead(404).end() }],
    ['half of the root file system', '', /guest\/rootfs\.cpio\.gz: is a damaged gzip file/,
        { '/guest/rootfs.cpio.gz': (r) => r.end(packed('rootfs.cpio.gz').subarray(0, 5000)) }],
    ['a web page as program', '', /tqemu\.wasm\.gz: the server sends a web page/,
        { '/tqemu.wasm.gz': (r) => r.setHeader('content-type', 'text/html').end('<html>') }],
    ['a program that is none', '', /tqemu\.wasm\.gz: is not the program/, { '/tqemu.wasm.gz': (r) => r.end('nonsense') }],
    ['no worker', '', /worker.*cannot be loaded/, { '/worker.js': (r) => r.writeHead(404).end() }],
    ['half of the worker', '', /worker.*cannot be loaded/, { '/worker.js': (r) => r.setHeader('content-type', 'text/javascript').end('class {') }],
];

async function failures(browser) {
    for (const [what, query, pattern, answers] of FAILURES) {
        const server = await serve(join(build, 'web'), { answers });
        const page = await open(browser, `${server.url}index.html${query}`);
        const text = await said(page);
        ok(pattern.test(text) && !text.includes('\n'), `${what} is named`, text);
        ok(await page.isHidden('#loading') && await page.textContent('#state') === 'cannot run', 'no progress is shown after an error',
            await page.textContent('#state'));
        if (query) {
            await button(page, 'Boot the built-in Linux').click();
        } else {
            Object.keys(answers).forEach((path) => delete answers[path]);
            await button(page, 'Try again').click();
        }
        ok(await until(page, PROMPT), 'a button leads on from there', await screen(page), await page.textContent('#message'));
        await page.context().close();
        server.close();
    }
}

async function cancelling(browser) {
    const answers = { '/slow': () => {} };
    const server = await serve(join(build, 'web'), { answers });
    const page = await open(browser, `${server.url}index.html?kernel=slow`);
    await page.waitForSelector('#loading:not([hidden])');
    ok(await page.textContent('#fetching') === 'Fetching slow', 'what is fetched is named');
    await page.click('#cancel');
    ok(await said(page) === 'Nothing runs.' && await page.isHidden('#loading'), 'fetching can be cancelled');
    await button(page, 'Boot the built-in Linux').click();
    ok(await until(page, PROMPT), 'Linux is booted instead');
    await page.context().close();
    server.close();
}

/** Where page.js itself cannot start, or not in this browser. */
async function noStart(browser) {
    const answers = { '/xterm/addon-fit.js': (r) => r.writeHead(404).end() };
    const server = await serve(join(build, 'web'), { answers });
    const page = await open(browser, `${server.url}index.html`);
    await page.waitForSelector('#message:not([hidden])');
    ok(/page\.js, or one of the scripts that it imports, cannot be loaded/.test(await page.textContent('#message')), 'a missing script is said');
    answers['/xterm/addon-fit.js'] = (r) => r.setHeader('content-type', 'text/javascript').end('export const other = 1;');
    await page.reload();
    await page.waitForSelector('#message:not([hidden])');
    ok(/cannot start \(.*\): its files may be of different versions/.test(await page.textContent('#message')), 'a file of another version is reported',
        await page.textContent('#message'));
    await page.context().close();

    const context = await browser.newContext();
    await context.addInitScript(() => {
        delete globalThis.DecompressionStream;
    });
    const old = await context.newPage();
    await old.goto(`${server.url}example.html`.replace('example', 'index'));
    delete answers['/xterm/addon-fit.js'];
    await old.reload();
    ok(/no DecompressionStream\. A newer/.test(await said(old)), 'what the browser lacks is named');
    ok(await old.isHidden('#loading') && await old.isDisabled('#reboot'), 'an old browser leaves nothing to press');
    await context.close();

    const off = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
    await off.goto(`${server.url}index.html`);
    ok(await off.locator('noscript .message').isVisible() && await off.isHidden('#loading'), 'a browser without JavaScript is told');
    await off.context().close();
    server.close();
}

inBrowser(async (browser) => {
    const server = await serve(join(build, 'web'));
    const page = await open(browser, `${server.url}index.html`);
    await wrongFiles(page);
    await unknownFiles(page);
    await leaving(page);
    await page.context().close();
    await panic(browser, server.url);
    await states(browser, server.url);
    await failures(browser);
    await cancelling(browser);
    await noStart(browser);
});
