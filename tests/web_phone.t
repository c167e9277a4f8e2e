#!/usr/bin/env node
// SPDX-License-Identifier: MIT
// needs: page
//
// The page on phones, in both orientations, with and without their keyboard, and for people who do not see or point:
// axe-core looks at every form and message of it.
'use strict';
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { ok } = require('./tap.js');
const { PROMPT, build, command, inBrowser, open, screen, serve, start, until } = require('./web.js');

const PHONE = { hasTouch: true, isMobile: true };
const AXE = readFileSync(join(build, 'npm/node_modules/axe-core/axe.min.js'), 'utf8');
const rows = (page) => page.evaluate(() => term.rows);

/** What axe finds wrong with the page as it is now. */
async function axe(page, name) {
    await page.evaluate(AXE);
    const violations = await page.evaluate(async () => (await axe.run(document, { resultTypes: ['violations'] })).violations);
    ok(violations.length === 0, `axe: ${name}`, ...violations.map((v) => [v.id, v.help, v.nodes.map((n) => n.html.slice(0, 200))]));
}

/** Every key of the row that can be seen, and every button in sight, is large enough for a finger. */
async function fingers(page, name) {
    const small = await page.evaluate(() => [...document.querySelectorAll('button, input:not([type=checkbox])')].map((b) => {
        const { width, height } = b.getBoundingClientRect();
        return { what: b.textContent || b.id, width, height };
    }).filter(({ width, height }) => width && (width < 44 || height < 44) && width > 1));
    ok(small.length === 0, `${name}: buttons and keys have 44 pixels each way`, small);
    const over = await page.evaluate(() => [document.documentElement.scrollWidth - innerWidth, document.documentElement.scrollHeight - innerHeight]);
    ok(over[0] <= 0 && over[1] <= 0, `${name}: nothing is larger than the screen`, over);
}

async function portrait(browser, url) {
    const page = await open(browser, `${url}index.html?m=48&append=console%3DttyAMA0%20quiet%20lpj%3D500000%20from%3Durl`,
        { ...PHONE, viewport: { width: 390, height: 760 } });
    ok(await until(page, PROMPT), 'a phone, with the command line in the URL', await screen(page));
    const cmdline = await command(page, 'cat /proc/cmdline');
    ok(/from=url/.test(cmdline), 'the kernel gets the command line', cmdline);
    await fingers(page, 'portrait');
    ok(await rows(page) >= 30, 'portrait: many rows', await rows(page));
    await axe(page, 'a phone');
    await page.tap('#menu');
    await fingers(page, 'the menu');
    await axe(page, 'its menu');
    await page.tap('#own');
    ok(await page.isHidden('#buttons') && await page.isVisible('#settings'), 'the menu closes after a choice');
    await fingers(page, 'the form');
    await page.tap('#settings .close');
    await keys(page);

    await page.setViewportSize({ width: 390, height: 400 });
    await page.waitForFunction(() => document.documentElement.classList.contains('short'));
    ok(await rows(page) >= 16, 'with the keyboard: enough rows', await rows(page));
    await fingers(page, 'with the keyboard');
    await page.setViewportSize({ width: 360, height: 640 });
    await fingers(page, 'a small phone');
    await page.context().close();
}

async function keys(page) {
    const key = (label) => page.locator('#keys button', { hasText: label }).or(page.locator(`#keys [aria-label="${label}"]`)).first().tap();
    const armed = () => page.getAttribute('[data-ctrl]', 'aria-pressed');
    await page.tap('#terminal');
    await page.keyboard.type('echo lost');
    await key('Ctrl');
    ok(await armed() === 'true', 'Ctrl is armed by a tap');
    await page.keyboard.type('u'); // the shell clears the line
    ok(await armed() === 'false', 'Ctrl counts for one key');
    await until(page, PROMPT); // without the line, from which command() counts
    ok(await command(page, 'echo kept') === 'kept', 'the next command is typed without Ctrl');
    await key('Ctrl');
    await key('Left');
    ok(await armed() === 'false', 'for a key of the row, too');
    await key('Ctrl');
    await page.evaluate(() => term.input('ä'));
    ok(await armed() === 'false', 'or one that Ctrl does not change');
    await key('Control C');
    await key('Ctrl');
    await key('Ctrl');
    ok(await armed() === 'false', 'a second tap takes it back');
    await key('Ctrl');
    await page.tap('#menu');
    await page.tap('#download');
    ok(await armed() === 'false', 'a tap on a button disarms Ctrl, too');
    await page.tap('#fetch .close');

    // What cat -v shows of the keys.
    await start(page, 'stty -echo -icanon', 'cat -v');
    const from = (await screen(page)).length;
    for (const label of ['Tilde', 'Home', 'End', 'PgUp', 'PgDn', 'Up', 'Down', 'Right', 'Left', 'Pipe', 'Tab', 'Esc']) {
        await key(label);
    }
    for (const label of ['Left', 'PgUp', 'Tab']) {
        await key('Ctrl');
        await key(label);
    }
    await page.keyboard.type('\n');
    const want = '~^[[H^[[F^[[5~^[[6~^[[A^[[B^[[C^[[D|\t^[^[[1;5D^[[5;5~\t';
    const shown = (await until(page, /\^\[\[5;5~.*\n/, { from, ms: 20e3 }) ?? await screen(page)).replace(/\s+/g, ' ').trim();
    ok(shown.includes(want.replace(/\s+/g, ' ').trim()), 'each key of the row sends its bytes', shown);
    await key('Control C');
    ok(await until(page, PROMPT), '^C ends a program', await screen(page));
    await command(page, 'stty echo icanon');
}

async function landscape(browser, url) {
    const page = await open(browser, `${url}index.html`, { ...PHONE, viewport: { width: 740, height: 360 } });
    await until(page, PROMPT);
    ok(await rows(page) >= 20, 'landscape: at least 20 rows', await rows(page));
    await fingers(page, 'landscape');
    await axe(page, 'landscape');
    await page.setViewportSize({ width: 740, height: 160 });
    await page.waitForFunction(() => document.documentElement.classList.contains('tiny'));
    await page.waitForFunction((before) => term.rows < before, 20);
    ok(await rows(page) >= 6, 'with the keyboard at least 6', await rows(page));
    await fingers(page, 'landscape with the keyboard');
    ok(/^[67] /.test(await command(page, 'stty size')), 'the guest knows the size', await screen(page));
    await page.tap('#menu');
    await page.tap('#reboot');
    const [message, stage] = await page.evaluate(() => ['message', 'stage'].map((id) => document.getElementById(id).getBoundingClientRect().toJSON()));
    ok(message.top >= stage.top && message.bottom <= stage.bottom && await page.isVisible('#message p'), 'a question fits there', message, stage);
    await page.context().close();
}

/** Safari leaves the window as it is when its keyboard comes, and makes only the visual viewport smaller. */
async function visualViewport(browser, url) {
    const context = await browser.newContext({ ...PHONE, viewport: { width: 390, height: 760 } });
    await context.addInitScript(() => {
        const view = Object.assign(new EventTarget(), { height: 760, width: 390, scale: 1, offsetTop: 0 });
        Object.defineProperty(window, 'visualViewport', { value: view });
    });
    const page = await context.newPage();
    await page.goto(`${url}index.html`);
    await until(page, PROMPT);
    const set = (values) => page.evaluate((v) => {
        Object.assign(visualViewport, v).dispatchEvent(new Event('resize'));
    }, values);
    const bottom = () => page.evaluate(() => document.getElementById('keys').getBoundingClientRect().bottom);
    await set({ height: 420 });
    ok(await bottom() <= 420, 'above a keyboard that only the visual viewport knows of, the keys are in sight', await bottom());
    await set({ height: 760 });
    ok(await bottom() > 600, 'the keys go down when that keyboard closes');
    await set({ height: 380, scale: 2 });
    ok(await bottom() > 600, 'zooming in leaves the layout unchanged');
    await context.close();
}

async function desktop(browser, url) {
    for (const colorScheme of ['light', 'dark']) {
        const page = await open(browser, `${url}index.html?screenreader`, { viewport: { width: 1100, height: 640 }, colorScheme });
        await until(page, PROMPT);
        await axe(page, `${colorScheme}, running`);
        await page.click('#own');
        await axe(page, `${colorScheme}, the kernel's form`);
        await page.click('#download');
        await axe(page, `${colorScheme}, the form for downloads`);
        await page.keyboard.press('Escape');
        await page.click('#terminal');
        await command(page, 'echo hello >x; download x');
        await page.waitForSelector('.offer');
        await page.click('#reboot');
        await axe(page, `${colorScheme}, a question, and a file that is offered`);
        await page.click('#message button:last-child');
        await page.keyboard.type('poweroff -f\n');
        await page.waitForSelector('#message:not([hidden])');
        await axe(page, `${colorScheme}, powered off`);
        await page.goto(`${url}index.html?kernel=nowhere`);
        await page.waitForSelector('#message:not([hidden])');
        await axe(page, `${colorScheme}, an error`);
        await page.context().close();
    }
}

async function example(browser, url) {
    const page = await open(browser, `${url}example.html`, { ...PHONE, viewport: { width: 390, height: 760 } });
    for (const i of [0, 1]) {
        await until(page, PROMPT, { which: `window.machines?.[${i}]?.term` });
    }
    const sizes = await page.evaluate(() => [...document.querySelectorAll('.machine')].map((m) => (
        [m.querySelector('.xterm-screen').getBoundingClientRect().right, m.getBoundingClientRect().right, innerWidth])));
    ok(sizes.every(([text, box, window]) => text <= box && box <= window), 'example.html: no line is cut on a phone', sizes);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    ok(over <= 0, 'nothing else is too wide', over);
    await axe(page, 'example.html');
    await page.goto(`${url}licences.html`);
    await axe(page, 'licences.html');
    ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'licences.html fits the width');
    await page.context().close();
}

inBrowser(async (browser) => {
    const server = await serve(join(build, 'web'));
    await portrait(browser, server.url);
    await landscape(browser, server.url);
    await visualViewport(browser, server.url);
    await desktop(browser, server.url);
    await example(browser, server.url);
    server.close();
});
