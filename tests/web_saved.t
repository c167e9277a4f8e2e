#!/usr/bin/env node
// SPDX-License-Identifier: MIT
// needs: page
//
// The page's snapshots: the one that comes along, and the machine that a user saves in the browser, continues, replaces
// and deletes; what the page says when that does not fit or cannot be stored.
'use strict';
const { join } = require('node:path');
const { ok } = require('./tap.js');
const { PROMPT, build, command, drop, inBrowser, noise, open, screen, serve, until } = require('./web.js');

const said = async (page) => {
    await page.waitForSelector('#message:not([hidden])');
    return page.textContent('#message p');
};
const button = (page, text) => page.locator('#message button', { hasText: text });
const offered = (page) => page.getByText('You have saved a machine here').waitFor();

/** The message that a click leads to, by its pattern. */
async function says(page, pattern, name) {
    await page.locator('#message p', { hasText: pattern }).waitFor({ timeout: 30e3 }).catch(() => {});
    const text = await page.textContent('#message');
    ok(pattern.test(text), name, text);
}

/** Another page of the same browser, with the same storage. */
async function another(page, url) {
    const next = await page.context().newPage();
    await next.goto(url);
    await until(next, PROMPT);
    await next.click('#terminal');
    return next;
}

async function save(page) {
    await page.click('#keep');
    await page.locator('#message p', { hasText: 'Saved in this browser' }).waitFor();
    await button(page, 'OK').click();
}

async function resume(page) {
    await button(page, 'Continue').click();
    await page.waitForSelector('#message', { state: 'hidden' });
    await page.click('#terminal');
}

/** Changes what is stored. */
const tamper = (page, change) => page.evaluate((text) => new Promise((done) => {
    indexedDB.open('tqemu', 1).onsuccess = ({ target: { result: database } }) => {
        const store = database.transaction('machines', 'readwrite').objectStore('machines');
        store.openCursor().onsuccess = ({ target: { result: cursor } }) => {
            cursor.update((0, eval)(text)(cursor.value)).onsuccess = () => {
                database.close();
                done();
            };
        };
    };
}), String(change));

/** A page of one more server: at its prompt: { page, bytes, uuid, close() }, uuid being a random number of the guest's. */
async function visit(browser, query, answers) {
    const server = await serve(join(build, 'web'), { answers });
    const page = await open(browser, `${server.url}index.html${query}`);
    const name = `the page with '${query}'${answers ? ', without its snapshot' : ''}`;
    ok(await until(page, /Welcome[^]*~ #$/), `${name}: a prompt`, await screen(page));
    const bytes = server.bytes();
    await page.click('#terminal');
    const text = await command(page, 'date +%s; stty size; cat /proc/sys/kernel/random/uuid');
    const shape = await page.evaluate(() => `${term.rows} ${term.cols}`);
    const [date, size, uuid] = text.split('\n');
    ok(Math.abs(date - Date.now() / 1000) < 10 && size === shape, 'it knows the date and the terminal\'s size', text, shape);
    return { page, bytes, uuid, close: () => page.context().close().then(server.close) };
}

/** The snapshot that comes along: without a boot, and with one where it is not wanted, or not to be had. */
async function comesAlong(browser, first) {
    const booted = '/guest/booted.gz';
    const second = await visit(browser, '');
    const { page } = second;
    ok((await first).uuid !== second.uuid, 'the random numbers of two guests are not the same', second.uuid);
    await page.setInputFiles('#files', [{ name: 'up', mimeType: '', buffer: Buffer.from('up\n') }]);
    await page.getByText('/root/up is in the guest').waitFor();
    ok(await command(page, 'cat up') === 'up', 'it takes files');
    await page.click('#reboot');
    await button(page, 'Reboot').click();
    ok(await until(page, /^(?![^]*date)\s*Welcome[^]*~ #$/) && await command(page, 'ls; uname') === 'Linux', 'it can be switched off and on', await screen(page));
    await page.keyboard.type('clear; reboot -f\n');
    ok(await until(page, /Restarting[^]*Welcome[^]*~ #$/), 'and reboot itself', await screen(page));
    await second.close();
    const others = await Promise.all([
        visit(browser, '?snapshot=off'),
        visit(browser, '', { [booted]: (r) => r.writeHead(404).end() }),
        visit(browser, '', { [booted]: (r) => r.end('tqemu booted 1\n\nand then nothing') }),
    ]);
    ok(others[0].bytes < second.bytes - 1e5, 'snapshot=off boots', others[0].bytes, second.bytes);
    await Promise.all(others.map((other) => other.close()));
}

async function continues(page, url) {
    ok(await page.isHidden('#kept') && await page.isHidden('#message'), 'at first no machine is offered');
    await page.click('#terminal');
    await command(page, 'x=kept; echo precious >/tmp/mine; sleep 1000 & echo $! >/tmp/pid');
    await save(page);
    let asked = 0;
    page.on('dialog', (dialog) => {
        asked++;
        dialog.accept();
    });
    await page.reload();
    await offered(page);
    ok(asked === 0, 'what is saved is not asked about');
    ok(await until(page, PROMPT), 'another machine runs until the user decides');
    await button(page, 'Start anew').click();
    ok(await command(page, 'ls /tmp/mine') === 'ls: /tmp/mine: No such file or directory', 'which may stay', await screen(page));
    await page.click('#kept');
    await button(page, 'Continue').click();
    await button(page, 'Boot').click(); // the new one has been used
    ok(await until(page, /Welcome[^]*echo precious[^]*#$/), 'continued: the terminal shows what it had shown', await screen(page));
    await page.click('#terminal');
    const state = await command(page, 'echo; cat /tmp/mine; echo $x; ls -d /proc/$(cat /tmp/pid); date +%s');
    const [, mine, variable, pid, date] = state?.split('\n') ?? [];
    ok(mine === 'precious' && variable === 'kept' && /^\/proc\/\d+$/.test(pid), 'files, the shell and what runs are as they were', state);
    ok(Math.abs(date - Date.now() / 1000) < 10, 'with the right date', state);
    await page.setInputFiles('#files', [{ name: 'late', mimeType: '', buffer: Buffer.from('late\n') }]);
    await page.getByText('/root/late is in the guest').waitFor();
    ok(await command(page, 'cat /root/late') === 'late', 'it takes files');

    const other = await another(page, `${url}?append=console=ttyAMA0 lpj=500000`);
    ok(await other.isHidden('#kept') && await other.isHidden('#message'), 'a page with another command line offers nothing');
    await other.close();
}

async function tabs(page, url) {
    const two = await another(page, url);
    await offered(two);
    await resume(two);
    ok(await command(two, 'cat /tmp/mine; echo second >/tmp/mine') === 'precious', 'a second tab continues, too', await screen(two));
    await save(two);
    await page.bringToFront(); // a click on another page takes seconds
    await command(page, 'echo first >/tmp/mine');
    await page.click('#keep');
    await says(page, /Another machine is saved here: .*\d/, 'a tab asks before it replaces what another one has saved');
    await button(page, 'Cancel').click();
    await page.click('#kept');
    await resumeAfterQuestion(page);
    ok(await command(page, 'cat /tmp/mine') === 'second', 'Cancel: it is not replaced', await screen(page));
    return two;
}

async function resumeAfterQuestion(page) {
    await button(page, 'Continue').click();
    await button(page, 'Boot').click();
    await page.waitForSelector('#message', { state: 'hidden' });
    await page.click('#terminal');
}

async function refused(page, two) {
    await command(page, 'echo here >/tmp/here');
    const cases = [
        ['a damaged one', (m) => (m.snapshot[m.snapshot.length >> 1] ^= 1, m), /the saved machine .*(broken|damaged)/i],
        ['one of another version', (m) => (m.snapshot[15] ^= 0x40, m), /the saved machine is a snapshot of another version/],
        ['one that is none', (m) => ({ ...m, snapshot: new Uint8Array(9) }), /the saved machine is no snapshot/],
        ['one of another size', (m) => ({ ...m, choice: { ...m.choice, memory: '64' } }), /the saved machine .*-m is 128 MiB there, 64 here/],
    ];
    await save(page);
    const whole = await page.evaluate(() => new Promise((done) => {
        indexedDB.open('tqemu', 1).onsuccess = ({ target: { result } }) => {
            result.transaction('machines').objectStore('machines').getAll().onsuccess = (event) => {
                window.whole = event.target.result[0];
                done(window.whole.snapshot.length);
            };
        };
    }));
    console.log(`# a saved machine has ${whole} bytes`);
    for (const [name, change, pattern] of cases) {
        await tamper(page, change);
        await page.click('#kept');
        await button(page, 'Continue').click();
        await says(page, pattern, `${name} is refused`);
        await page.click('#terminal');
        ok(await command(page, 'cat /tmp/here') === 'here', 'and the guest goes on', await screen(page));
        await tamper(page, () => window.whole);
    }
    await page.click('#kept');
    await button(page, 'Delete').click();
    await button(page, 'Cancel').click();
    ok(await page.isVisible('#kept'), 'it is deleted only if the user is sure');
    await two.bringToFront();
    await two.click('#kept');
    await button(two, 'Continue').waitFor();
    await page.bringToFront();
    await page.click('#kept');
    await button(page, 'Delete').click();
    await button(page, 'Delete').click();
    await page.waitForSelector('#kept', { state: 'hidden' });
    await two.bringToFront();
    await button(two, 'Continue').click();
    await says(two, /No machine is saved here any more/, 'a tab learns of what another has deleted');
    await two.reload();
    await until(two, PROMPT);
    ok(await two.isHidden('#kept'), 'a deleted machine is not offered');
    await two.close();
    await page.bringToFront();
}

/** Storage that fails. */
async function storage(page) {
    await page.evaluate(() => {
        window.put = IDBObjectStore.prototype.put;
        IDBObjectStore.prototype.put = () => {
            throw new DOMException('full', 'QuotaExceededError');
        };
    });
    await page.click('#keep');
    await says(page, /The machine is not saved: the browser has no more room/, 'a full disk is said');
    await page.evaluate(() => {
        IDBObjectStore.prototype.put = window.put;
        indexedDB.open = () => {
            throw new DOMException('denied', 'SecurityError');
        };
        IDBFactory.prototype.open = indexedDB.open;
    });
    await page.click('#keep');
    await says(page, /This browser keeps nothing for this page: is it a private window/, 'so is a browser that stores nothing');
    await page.click('#terminal');
    ok(await command(page, 'cat /tmp/here') === 'here', 'the guest goes on', await screen(page));
    await page.keyboard.type('poweroff -f\n');
    await page.waitForSelector('#state[data-state=ended]');
    await page.click('#keep');
    await says(page, /No machine runs that could be saved/, 'one that is switched off cannot be saved');
    await page.context().close();
}

/** A kernel of the user's own is kept with the machine, as what a reset needs. */
async function own(browser, url) {
    const page = await open(browser, `${url}index.html`);
    await until(page, PROMPT);
    // Writes "hi" to the first UART, and reads from it for ever: ldr r0, =0x101f1000; mov r1, #'h'; strb r1, [r0]; ...
    const bare = Uint32Array.of(0xe59f0014, 0xe3a01068, 0xe5c01000, 0xe3a01069, 0xe5c01000, 0xe5902000, 0xeafffffd, 0x101f1000);
    await drop(page, 'boot', { name: 'bare.bin', bytes: new Uint8Array(bare.buffer) });
    await button(page, 'Boot it anyway').click();
    await until(page, /^hi$/);
    await save(page);
    await page.reload();
    await until(page, PROMPT);
    ok(/bare\.bin, /.test(await said(page)), 'a machine with a kernel of the user\'s is named by it', await said(page));
    await button(page, 'Continue').focus();
    await page.keyboard.press('Enter');
    await button(page, 'Boot it anyway').click();
    ok(await until(page, /^hi$/) && await page.textContent('#kernel-now') === 'bare.bin', 'and continued', await screen(page));
    await page.click('#reboot');
    ok(await until(page, /^hi$/) && await page.textContent('#kernel-now') === 'bare.bin', 'it can be reset', await screen(page));
    await page.context().close();
}

async function kept(first) {
    const { page } = await first;
    const url = page.url();
    await continues(page, url);
    await refused(page, await tabs(page, url));
    await storage(page);
}

inBrowser(async (browser) => {
    const server = await serve(join(build, 'web'));
    const first = visit(browser, '');
    // At the same time: each waits more than it works.
    await Promise.all([comesAlong(browser, first).then(() => own(browser, server.url)), kept(first)]);
    ok(noise.filter((text) => !/404/.test(text)).length === 0, 'no error on the console', noise);
});
