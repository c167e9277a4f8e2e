// SPDX-License-Identifier: MIT
//
// The page's load time, and the guest's speed in it against the native program's.
//
// usage: node tests/bench-web.js [RUNS]     ($O is the build directory; `make bench-web` builds what it needs)
'use strict';
const { spawn } = require('node:child_process');
const { join } = require('node:path');
const { build, launch, screen, serve, until } = require('./web.js');

const RUNS = Number(process.argv[2] ?? 3);
const LOOPS = [
    ['shell loop', 'i=0; while [ $i -lt 30000 ]; do i=$((i+1)); done'],
    ['md5sum', 'dd if=/dev/zero bs=1M count=24 2>/dev/null | md5sum >/dev/null'],
    ['processes', 'i=0; while [ $i -lt 150 ]; do /bin/true; i=$((i+1)); done'],
];
const PROMPT = /~ # (\x1b\[6n)?$/;
const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];

/** Times of the loops in the page, and of loads from both kinds of server. */
async function inBrowser(times, loads) {
    const servers = {
        'files as they are': await serve(join(build, 'web')),
        'packed twins': await serve(join(build, 'web'), { packed: true }),
    };
    const browser = await launch();
    for (let run = 0; run < RUNS; run++) {
        let page;
        for (const [kind, server] of Object.entries(servers)) {
            for (const [query, how] of [['?snapshot=off', 'boots'], ['', 'has a snapshot']]) {
                await page?.context().close();
                page = await (await browser.newContext()).newPage(); // with an empty cache
                const from = server.bytes();
                await page.goto(`${server.url}index.html${query}`);
                await until(page, /~ #$/);
                const ms = await page.evaluate(() => performance.now());
                (loads[`${kind}, the page ${how}`] ??= []).push({ ms, bytes: server.bytes() - from });
            }
        }
        for (const [name, command] of LOOPS) {
            const before = (await screen(page)).length;
            const start = performance.now();
            await page.evaluate((text) => window.tqemu.write(text), `${command}\n`);
            await until(page, /\n[^]*~ #$/, { from: before });
            (times[name] ??= []).push(performance.now() - start);
        }
        await page.context().close();
    }
    await browser.close();
    Object.values(servers).forEach((server) => server.close());
}

async function native(times) {
    for (let run = 0; run < RUNS; run++) {
        const guest = join(build, 'guest');
        const p = spawn(join(build, 'tqemu'), ['-kernel', `${guest}/zImage-page`, '-initrd', `${guest}/rootfs-page.cpio`,
            '-append', 'console=ttyAMA0 quiet lpj=500000']);
        let out = '';
        p.stdout.on('data', (bytes) => {
            out += bytes.toString('latin1');
        });
        const prompt = async () => {
            while (!PROMPT.test(out)) {
                await new Promise((done) => setTimeout(done, 2));
            }
            out = '';
        };
        await prompt();
        for (const [name, command] of LOOPS) {
            const start = performance.now();
            p.stdin.write(`${command}\n`);
            await prompt();
            (times[name] ??= []).push(performance.now() - start);
        }
        p.kill();
    }
}

async function main() {
    const web = {};
    const host = {};
    const loads = {};
    await inBrowser(web, loads);
    await native(host);
    for (const [kind, list] of Object.entries(loads)) { // of the same server, one after the other: so is the machine's load
        console.log(`from navigation to the prompt: median ${(median(list.map((l) => l.ms)) / 1000).toFixed(2)} s, `
            + `cold cache, ${list[0].bytes} bytes from a server of ${kind}`);
    }
    let product = 1;
    for (const [name] of LOOPS) {
        const [there, here] = [median(web[name]), median(host[name])];
        product *= here / there;
        console.log(`${name.padEnd(12)} page ${(there / 1000).toFixed(2)} s   native ${(here / 1000).toFixed(2)} s   `
            + `the page has ${(here / there).toFixed(2)} of the native speed`);
    }
    console.log(`geometric mean: ${(product ** (1 / LOOPS.length)).toFixed(2)} of the native speed`);
    process.exit(0);
}
main();
