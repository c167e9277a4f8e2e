#!/usr/bin/env node
// SPDX-License-Identifier: MIT
// needs: page
//
// The page in Debian's Chromium, used as a person would use it. $O/web is what `make web` has left; screenshots stay
// in $O/screenshots.
//
// usage: tests/web.t [full]
'use strict';
const { createHash, randomBytes } = require('node:crypto');
const { mkdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { ok } = require('./tap.js');
const { PROMPT, build, command, drop, files: folder, inBrowser, noise, open, saved, screen, serve, start, until } = require('./web.js');

// `tests/web.t full` watches an idle guest for a minute instead of five seconds.
const IDLE_MS = process.argv[2] === 'full' ? 60e3 : 5e3;
const md5 = (bytes) => createHash('md5').update(bytes).digest('hex');
const shots = join(build, 'screenshots');

/** Processor time of all of the browser's processes, in ms. */
async function cpu(browser) {
    const session = await browser.newBrowserCDPSession();
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    return processInfo.reduce((sum, p) => sum + p.cpuTime * 1000, 0);
}

async function loading(browser, server, packed) {
    const page = await open(browser, `${packed.url}index.html`);
    ok(await until(page, PROMPT), 'from packed files: the page boots Linux to a prompt', await screen(page));
    console.log(`# ${await page.evaluate(() => Math.round(performance.now()))} ms, ${packed.bytes()} bytes`);
    ok(packed.bytes() <= 1.4e6, 'bytes on the wire: 1.4 million at most', packed.bytes());
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
    ok(await size() !== before && shown === await size(), 'the guest knows the new size', before, shown);

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
    ok(await page.evaluate(() => document.activeElement.id === 'pause'), 'Ctrl-Shift-L leaves the terminal');
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
    ok(await page.textContent('#state') === 'idle', 'the page says that the guest is idle', await page.textContent('#state'));
}

/** What a guest can do with the port that hostlink listens to, without being asked. */
async function offers(page) {
    const downloads = [];
    const listen = (download) => downloads.push(download.suggestedFilename());
    page.on('download', listen);
    await command(page, 'for i in 0 1 2 3 4 5 6 7 8 9; do echo $i >/tmp/$i.exe; done; download /tmp/?.exe');
    await page.getByText('9.exe: not offered').waitFor();
    ok(await page.locator('.offer').count() === 8 && downloads.length === 0,
        'files of the guest\'s wait for a click, and no more than eight of them', downloads);
    await page.locator('.offer').first().getByText('Discard').click();
    await command(page, 'echo 0 >"/tmp/cod.exe$(printf "\\342\\200\\256")gpj"; download /tmp/cod*');
    await page.getByText('cod.exe_gpj, 2 B').waitFor();
    ok(downloads.length === 0, 'a name cannot disguise itself by the direction of its letters');
    while (await page.locator('.offer').count()) {
        await page.locator('.offer').first().getByText('Discard').click();
    }
    page.off('download', listen);
    await command(page, 'rm /tmp/*.exe* /tmp/seq');
    ok(await page.locator('#transfers .bad').count() === 0, 'what is discarded is gone');
    await page.click('#terminal');
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
    await command(page, 'seq 99999 >/tmp/seq; download /tmp/seq');
    await page.getByText('seq, 589 kB, from the guest').waitFor();
    const given = await saved(page, () => page.click('.offer button'));
    ok(given.name === 'seq' && given.bytes.length === 588888, 'the guest offers one by a command, a click saves it', given.name, given.bytes.length);
    await offers(page);
    await page.setInputFiles('#files', [{ name: 'large', mimeType: '', buffer: Buffer.alloc(10e6) }]);
    await page.locator('#transfers li', { hasText: /large: [1-9].* of 10/ }).getByText('Cancel').click();
    await page.getByText('large: cancelled').waitFor();
    const left = await command(page, 'while [ -e large.part ]; do sleep .1; done; ls large*');
    ok(left === 'ls: large*: No such file or directory', 'an upload can be cancelled, and leaves nothing', left);
    await page.click('.bad button');
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
    ok(await until(page, /^42$/m), 'resumed: what was typed while paused is there', await screen(page));

    const log = await saved(page, () => page.click('#save'));
    ok(/Welcome to Linux[^]*armv5tejl/.test(log.bytes), 'the log is downloaded');

    const rows = await page.evaluate(() => term.rows);
    await page.click('#full');
    await page.waitForFunction((n) => document.fullscreenElement && term.rows > n, rows);
    await page.evaluate(() => document.exitFullscreen());
    await page.waitForFunction((n) => !document.fullscreenElement && term.rows === n, rows);
    ok(true, 'full screen, and back');

    await page.keyboard.press('Control+Shift+L');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    ok(/What you have done in the guest is lost/.test(await page.textContent('#message')), 'the button Reboot asks first');
    await page.keyboard.press('Enter');
    ok(await page.isHidden('#message') && await command(page, 'ls dropped') === 'dropped', 'Enter does no harm then');
    await page.click('#reboot');
    await page.click('#message button');
    ok(await until(page, /^(?![^]*armv5tejl)\s*Welcome[^]*~ #$/), 'reboot, with a clean screen', await screen(page));
    ok(await command(page, 'ls') === '', 'a new guest has none of the files');
}

async function kernels(page) {
    await page.click('#own');
    await page.setInputFiles('#kernel', join(build, 'guest/zImage'));
    await page.setInputFiles('#initrd', join(build, 'guest/rootfs.cpio'));
    await page.fill('#append', 'console=ttyAMA0 lpj=500000 hello=there');
    await page.fill('#memory', '64');
    await page.screenshot({ path: join(shots, 'kernel.png') });
    await page.click('#settings [type=submit]');
    await page.click('#message button');
    ok(await until(page, /Linux version 6[^]*~ #$/), 'an own kernel and initrd, not quiet', await screen(page));
    const cmdline = await command(page, 'cat /proc/cmdline; grep MemTotal /proc/meminfo');
    ok(/hello=there/.test(cmdline) && /MemTotal: +[56]\d{4} kB/.test(cmdline), 'with their command line and memory', cmdline);
    const size = await page.evaluate(() => `${term.rows} ${term.cols}`);
    const terminal = await command(page, 'stty size; echo $TERM');
    ok(terminal === `${size}\nxterm`, 'they know the terminal\'s size and kind', size, terminal);
    await page.waitForSelector('[data-state=idle]');
    await page.click('#upload');
    ok(/hostlink, .*, does not run/.test(await page.textContent('#message')), 'that they take no files is said at once');
    await page.click('#message button');
    await command(page, 'sleep 0');

    await page.click('#own');
    await page.uncheck('#tell');
    await page.click('#settings [type=submit]');
    await page.click('#message button');
    await until(page, /Linux version 6[^]*~ #$/);
    const untold = await command(page, 'stty size; echo $TERM'); // stty has no word for no size
    ok(/^stty: standard input.*\nvt102$/.test(untold), 'switched off, the guest is not told', untold);
    await page.keyboard.type('poweroff -f\n');
    await page.waitForSelector('#state[data-state=ended]');
    ok(/has powered off/.test(await page.textContent('#message')), 'poweroff: the page says so');

    await drop(page, 'boot', { name: 'my-rootfs.gz', bytes: readFileSync(join(build, 'web', folder, 'guest/rootfs.cpio.gz')) },
        { name: 'kernel.gz', bytes: readFileSync(join(build, 'web', folder, 'guest/zImage-xip.gz')) });
    ok(await until(page, /Linux version 6[^]*~ #$/), 'a dropped kernel and initrd boot', await screen(page));
    ok(await command(page, 'which hostlink') === '/bin/hostlink', 'the dropped files are the ones that run');
}

async function twoMachines(browser, server) {
    const two = await open(browser, `${server.url}example.html`);
    for (const i of [0, 1]) {
        const which = `window.machines?.[${i}]?.term`;
        ok(await until(two, PROMPT, { which }), `two on one page: machine ${i + 1} boots`, await screen(two, which));
        await two.evaluate((n) => window.machines[n].machine.write(`echo I am $((${n}+1))\n`), i);
        ok(await until(two, new RegExp(`^I am ${i + 1}$`, 'm'), { which }), 'each of two machines answers for itself');
    }
    await two.screenshot({ path: join(shots, 'example.png') });
    await two.context().close();
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
    await twoMachines(browser, server);
    ok(noise.length === 0, 'no error on the console, under a strict policy for content', noise);
}

inBrowser(async (browser) => {
    // As docs/web.md has it.
    const policy = 'default-src \'self\'; script-src \'self\' \'wasm-unsafe-eval\'';
    const server = await serve(join(build, 'web'), { headers: { 'content-security-policy': policy } });
    const packed = await serve(join(build, 'web'), { packed: true });
    await tests(browser, server, packed);
});
