#!/usr/bin/env node
// SPDX-License-Identifier: MIT
//
// The page in Debian's Chromium, used as a person would use it. $O/web is what `make web` has left; screenshots stay
// in $O/screenshots.
'use strict';
const { createHash } = require('node:crypto');
const { mkdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { build, launch, screen, serve, until } = require('./web.js');

let count = 0;
let failed = 0;

function ok(good, name, ...diagnosis) {
    console.log(`${good ? '' : 'not '}ok ${++count} - ${name}`);
    if (!good) {
        failed++;
        diagnosis.forEach((text) => console.log(`#   ${JSON.stringify(text)?.slice(-2000)}`));
    }
}

const PROMPT = /~ #$/;

/** Types a command; returns what it printed. */
async function command(page, text, ms) {
    const from = (await screen(page)).length;
    await page.keyboard.type(`${text}\n`);
    const shown = await until(page, /\n[^]*~ #$/, { from, ms });
    return shown?.split('\n').slice(1, -1).join('\n');
}

/** Processor time of all of the browser's processes, in ms. */
async function cpu(browser) {
    const session = await browser.newBrowserCDPSession();
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    return processInfo.reduce((sum, p) => sum + p.cpuTime * 1000, 0);
}

async function tests(browser, server) {
    const noise = [];
    const open = async (path, options) => {
        const page = await (await browser.newContext(options)).newPage();
        page.on('console', (m) => ['error', 'warning'].includes(m.type()) && noise.push(m.text()));
        page.on('pageerror', (error) => noise.push(error.message));
        await page.goto(server.url + path);
        return page;
    };

    const shots = join(build, 'screenshots');
    mkdirSync(shots, { recursive: true });
    const page = await open('index.html', { viewport: { width: 1200, height: 760 }, colorScheme: 'dark' });
    ok(await until(page, PROMPT), 'the page boots Linux to a prompt', await screen(page));
    const took = await page.evaluate(() => performance.now());
    console.log(`# from navigation to the prompt: ${(took / 1000).toFixed(2)} s; ${server.bytes()} bytes`);
    ok(server.bytes() < 3e6, 'bytes on the wire: fewer than 3 million', server.bytes());

    const uname = await command(page, 'uname -a');
    ok(/^Linux tqemu 6\.1\.\d+ .* armv5tejl GNU\/Linux$/.test(uname), 'a typed command', uname);
    const size = await page.evaluate(() => [term.rows, term.cols]);
    ok(await command(page, 'echo $LINES $COLUMNS') === size.join(' '), 'the guest knows the terminal\'s size', size);
    await page.screenshot({ path: join(shots, 'desktop.png') });

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
    ok(sum?.includes(createHash('md5').update(text).digest('hex')), `a paste of ${text.length} characters loses nothing`, sum);

    await page.keyboard.type('sleep 100\n');
    await page.waitForTimeout(500);
    await page.keyboard.press('Control+c');
    ok(await until(page, PROMPT, { ms: 10e3 }), 'Ctrl-C ends a program');

    await page.waitForTimeout(2000);
    const before = await cpu(browser);
    await page.waitForTimeout(8000);
    const used = (await cpu(browser) - before) / 8000;
    ok(used < 0.03, `an idle guest: ${(100 * used).toFixed(1)} % of a processor for the whole browser`);
    ok(await page.textContent('#state') === 'idle', 'and the page says so', await page.textContent('#state'));

    await page.click('#pause');
    await page.keyboard.type('echo $((6*7))\n');
    await page.waitForTimeout(500);
    ok(!/^42$/m.test(await screen(page)), 'paused');
    await page.click('#pause');
    ok(await until(page, /^42$/m), 'and resumed: what was typed is there', await screen(page));

    const [download] = await Promise.all([page.waitForEvent('download'), page.click('#save')]);
    ok(/Welcome to Linux[^]*armv5tejl/.test(readFileSync(await download.path(), 'latin1')), 'the log is downloaded');

    await page.click('#reboot');
    ok(await until(page, /Welcome[^]*~ #$/), 'reboot');
    ok(!/armv5tejl/.test(await screen(page)), 'with a clean screen');

    await page.click('#own');
    await page.setInputFiles('#kernel', join(build, 'guest/zImage'));
    await page.setInputFiles('#initrd', join(build, 'guest/rootfs.cpio'));
    await page.fill('#append', 'console=ttyAMA0 lpj=500000 hello=there');
    await page.fill('#memory', '64');
    await page.click('#settings [type=submit]');
    ok(await until(page, /Linux version 6[^]*~ #$/), 'an own kernel and initrd, not quiet', await screen(page));
    const cmdline = await command(page, 'cat /proc/cmdline; grep MemTotal /proc/meminfo');
    ok(/hello=there/.test(cmdline) && /MemTotal: +[56]\d{4} kB/.test(cmdline), 'with their command line and memory', cmdline);
    await page.keyboard.type('poweroff -f\n');
    await page.waitForSelector('#state[data-state=ended]');
    ok(/switched itself off/.test(await page.textContent('#message')), 'poweroff: the page says so');
    await page.context().close();

    const phone = await open('index.html?m=48&append=console%3DttyAMA0%20quiet%20lpj%3D500000%20from%3Durl',
        { viewport: { width: 390, height: 780 }, colorScheme: 'light', hasTouch: true, isMobile: true });
    ok(await until(phone, PROMPT), 'a phone, with the command line in the URL', await screen(phone));
    ok(/from=url/.test(await command(phone, 'cat /proc/cmdline')), 'which the kernel gets');
    await phone.tap('#ctrl');
    await phone.keyboard.type('l'); // Ctrl-L: the shell clears the screen
    await phone.keyboard.type('seq 3\n');
    ok(await until(phone, /^[^]*1\n2\n3\n~ #$/), 'the keys of the touch row work', await screen(phone));
    ok(await phone.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing is wider than the phone');
    await phone.screenshot({ path: join(shots, 'phone.png') });
    await phone.context().close();

    const two = await open('example.html');
    for (const i of [0, 1]) {
        const which = `window.machines?.[${i}]?.term`;
        ok(await until(two, PROMPT, { which }), `two on one page: machine ${i + 1} boots`, await screen(two, which));
        await two.evaluate((n) => window.machines[n].machine.write(`echo I am $((${n}+1))\n`), i);
        ok(await until(two, new RegExp(`^I am ${i + 1}$`, 'm'), { which }), 'and answers for itself');
    }
    await two.context().close();
    ok(noise.length === 0, 'no error on the console', noise);

    const bad = await open('index.html?kernel=nowhere');
    await bad.waitForSelector('#message:not([hidden])');
    ok(/nowhere: the server says 404/.test(await bad.textContent('#message')), 'a kernel that is not there is named',
        await bad.textContent('#message'));
    await bad.context().close();
}

async function main() {
    const server = await serve(join(build, 'web'));
    const browser = await launch();
    try {
        await tests(browser, server);
    } catch (error) {
        ok(false, 'no exception', error.stack);
    }
    await browser.close();
    server.close();
    console.log(`1..${count}`);
    process.exit(failed ? 1 : 0);
}
main();
