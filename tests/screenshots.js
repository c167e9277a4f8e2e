// SPDX-License-Identifier: MIT
//
// Pictures of the page in every state that a user may see, for inspection: loading, running, each error and
// question, phones in both orientations, with and without their keyboard.
//
// usage: node tests/screenshots.js DIR [NAME...]     ($O is the build directory, where `make web` has left the page)
'use strict';
const { mkdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { build, drop, files, launch, serve, until } = require('./web.js');

const PROMPT = /~ #$/;
const [dir, ...only] = process.argv.slice(2);
const DESKTOP = { viewport: { width: 1100, height: 640 } };
const PHONE = { hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
const PORTRAIT = { ...PHONE, viewport: { width: 390, height: 760 } };
const SMALL = { ...PHONE, viewport: { width: 360, height: 640 } };
const PORTRAIT_KEYBOARD = { ...PHONE, viewport: { width: 390, height: 420 } };
const LANDSCAPE = { ...PHONE, viewport: { width: 844, height: 390 } };
const LANDSCAPE_KEYBOARD = { ...PHONE, viewport: { width: 844, height: 170 } };

const packed = (name) => readFileSync(join(build, 'web', files, 'guest', name));
const message = (page) => page.waitForSelector('#message:not([hidden])');
const booted = (page) => until(page, PROMPT);
const type = async (page, text) => {
    await booted(page);
    await page.click('#terminal');
    await page.keyboard.type(text);
};

/** Answers of a server that has something wrong with it. */
const ANSWERS = {
    missing: { '/guest/zImage-xip.gz': (r) => r.writeHead(404).end() },
    silent: { '/guest/zImage-xip.gz': () => {} },
    fallback: { '/tqemu.wasm.gz': (r) => r.writeHead(200, { 'content-type': 'text/html' }).end('<html>') },
    nonsense: { '/tqemu.wasm.gz': (r) => r.writeHead(200).end('nonsense') },
    cut: { '/guest/rootfs.cpio.gz': (r) => r.writeHead(200).end(packed('rootfs.cpio.gz').subarray(0, 1000)) },
    worker: { '/worker.js': (r) => r.writeHead(404).end() },
    script: { '/xterm/addon-fit.js': (r) => r.writeHead(404).end() },
};

/** Saves the machine and opens the page again, which offers it. */
async function keepAndReload(page) {
    await booted(page);
    await page.evaluate(() => document.getElementById('keep').click());
    await message(page);
    await page.reload();
    await booted(page);
    await message(page);
}

// name: [context's options, query, what to do then, answers of the server]
const STATES = {
    'loading': [DESKTOP, '', (page) => page.waitForSelector('#loading:not([hidden])'), ANSWERS.silent],
    'loading-phone': [PORTRAIT, '', (page) => page.waitForSelector('#loading:not([hidden])'), ANSWERS.silent],
    'cancelled': [DESKTOP, '', (page) => page.click('#cancel'), ANSWERS.silent],
    'desktop': [DESKTOP, '', (page) => type(page, 'uname -a; ls -l /\n')],
    'desktop-dark': [{ ...DESKTOP, colorScheme: 'dark' }, '', (page) => type(page, 'uname -a; ls -l /\n')],
    'error-kernel-404': [DESKTOP, '?kernel=nowhere', message],
    'error-kernel-html': [DESKTOP, '?kernel=index.html', message],
    'error-kernel-url': [DESKTOP, '?kernel=http://', message],
    'error-kernel-text': [DESKTOP, `?kernel=${files}/early.js`, message],
    'error-kernel-text-phone': [PORTRAIT, `?kernel=${files}/early.js`, message],
    'error-kernel-text-landscape': [LANDSCAPE, `?kernel=${files}/early.js`, message],
    'error-server-down': [DESKTOP, '?kernel=http://127.0.0.1:1/zImage', message],
    'error-initrd-kernel': [DESKTOP, `?initrd=${files}/guest/zImage-xip.gz`, message],
    'error-memory': [DESKTOP, '?m=4G', message],
    'error-builtin-404': [DESKTOP, '', message, ANSWERS.missing],
    'error-wasm-html': [DESKTOP, '', message, ANSWERS.fallback],
    'error-wasm-nonsense': [DESKTOP, '', message, ANSWERS.nonsense],
    'error-initrd-cut': [DESKTOP, '', message, ANSWERS.cut],
    'error-worker-404': [DESKTOP, '', message, ANSWERS.worker],
    'error-script-404': [DESKTOP, '', message, ANSWERS.script],
    'error-old-browser': [DESKTOP, '', message, {}, (context) => context.addInitScript(() => {
        delete globalThis.DecompressionStream;
    })],
    'error-no-javascript': [{ ...DESKTOP, javaScriptEnabled: false }, '', () => {}],
    'question-unknown-kernel': [DESKTOP, '', async (page) => {
        await booted(page);
        await drop(page, 'boot', { name: 'firmware.bin', bytes: Buffer.alloc(1000, '\x18\xf0\x9f\xe5', 'latin1') });
        await message(page);
    }],
    'refused-picture': [DESKTOP, '', async (page) => {
        await booted(page);
        await drop(page, 'boot', { name: 'holiday.png', bytes: Buffer.from('\x89PNG\r\n\x1a\n', 'latin1') });
        await message(page);
    }],
    'question-reboot': [DESKTOP, '', async (page) => {
        await type(page, 'echo something to lose\n');
        await page.click('#reboot');
    }],
    'powered-off': [DESKTOP, '', async (page) => {
        await type(page, 'poweroff -f\n');
        await message(page);
    }],
    'powered-off-dark': [{ ...DESKTOP, colorScheme: 'dark' }, '', async (page) => {
        await type(page, 'poweroff -f\n');
        await message(page);
    }],
    'panic': [DESKTOP, `?kernel=${files}/guest/zImage-xip.gz`, message],
    'paused': [DESKTOP, '', async (page) => {
        await booted(page);
        await page.click('#pause');
    }],
    'upload-without-hostlink': [DESKTOP, `?kernel=${files}/guest/zImage-xip.gz&initrd=guest/other.cpio`, async (page) => {
        await booted(page);
        await page.waitForSelector('[data-state=idle]');
        await page.click('#upload');
    }, { '/guest/other.cpio': (r) => r.end(readFileSync(join(build, 'guest/rootfs.cpio'))) }],
    'offer': [DESKTOP, '', async (page) => {
        await type(page, 'seq 1000 >numbers.txt; download numbers.txt /etc/motd\n');
        await page.getByText('Save').nth(1).waitFor();
    }],
    'offers-too-many': [DESKTOP, '', async (page) => {
        await type(page, 'for i in 0 1 2 3 4 5 6 7 8 9; do echo $i >file$i; done; download file*\n');
        await page.getByText('too many').waitFor();
    }],
    'saved': [DESKTOP, '', async (page) => {
        await booted(page);
        await page.click('#keep');
        await message(page);
    }],
    'saved-offer': [DESKTOP, '', keepAndReload],
    'saved-offer-phone': [PORTRAIT, '', keepAndReload],
    'drop-zones': [DESKTOP, '', async (page) => {
        await booted(page);
        await page.evaluate(() => {
            document.getElementById('drop').hidden = false;
        });
    }],
    'form-kernel': [DESKTOP, '', async (page) => {
        await booted(page);
        await page.click('#own');
    }],
    'phone-portrait': [PORTRAIT, '', (page) => type(page, 'uname -a\n')],
    'phone-small': [SMALL, '', (page) => type(page, 'uname -a\n')],
    'phone-portrait-dark': [{ ...PORTRAIT, colorScheme: 'dark' }, '', (page) => type(page, 'uname -a\n')],
    'phone-portrait-menu': [PORTRAIT, '', async (page) => {
        await booted(page);
        await page.tap('#menu');
    }],
    'phone-portrait-form': [PORTRAIT, '', async (page) => {
        await booted(page);
        await page.tap('#menu');
        await page.tap('#own');
    }],
    'phone-portrait-keyboard': [PORTRAIT_KEYBOARD, '', (page) => type(page, 'uname -a\n')],
    'phone-landscape': [LANDSCAPE, '', (page) => type(page, 'ls -l /\n')],
    'phone-landscape-keyboard': [LANDSCAPE_KEYBOARD, '', (page) => type(page, 'ls -l /\n')],
    'phone-landscape-menu': [LANDSCAPE, '', async (page) => {
        await booted(page);
        await page.tap('#menu');
    }],
    'phone-landscape-form': [LANDSCAPE, '', async (page) => {
        await booted(page);
        await page.tap('#menu');
        await page.tap('#own');
    }],
    'phone-landscape-panic': [LANDSCAPE, `?kernel=${files}/guest/zImage-xip.gz`, message],
    'phone-landscape-keyboard-question': [LANDSCAPE_KEYBOARD, '', async (page) => {
        await type(page, 'echo something to lose\n');
        await page.tap('#menu');
        await page.tap('#reboot');
    }],
};

async function main() {
    mkdirSync(dir, { recursive: true });
    const browser = await launch();
    for (const [name, [options, query, act, answers, prepare]] of Object.entries(STATES)) {
        if (only.length && !only.includes(name)) {
            continue;
        }
        const server = await serve(join(build, 'web'), { answers });
        const context = await browser.newContext(options);
        await prepare?.(context);
        const page = await context.newPage();
        page.setDefaultTimeout(60e3);
        await page.goto(`${server.url}index.html${query}`, { waitUntil: 'commit' });
        await page.waitForSelector('footer', { state: 'attached' });
        try {
            await act(page);
        } catch (error) {
            console.error(`${name}: ${error.message.split('\n')[0]}`);
            process.exitCode = 1;
        }
        await page.waitForTimeout(300); // for the terminal to be painted
        await page.screenshot({ path: join(dir, `${name}.png`) });
        await context.close();
        server.close();
    }
    for (const [name, options] of Object.entries({ 'example': DESKTOP, 'example-phone': PORTRAIT })) {
        if (!only.length || only.includes(name)) {
            const server = await serve(join(build, 'web'));
            const page = await (await browser.newContext(options)).newPage();
            await page.goto(`${server.url}example.html`);
            await until(page, PROMPT, { which: 'window.machines?.[1].term' });
            await page.screenshot({ path: join(dir, `${name}.png`), fullPage: true });
            server.close();
        }
    }
    await browser.close();
}
main();
