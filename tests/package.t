#!/usr/bin/env node
// SPDX-License-Identifier: MIT
// needs: page
//
// The package as a newcomer gets it: packed and installed by npm, used by a script of a few lines in node (as a module, by
// require(), in TypeScript, bundled by esbuild) and in Chromium (bundled by vite and by esbuild, from another server, under
// a strict Content-Security-Policy), with its licences. $O/web is what `make web` has left.
'use strict';
const { execFileSync, spawnSync } = require('node:child_process');
const { createServer } = require('node:http');
const { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { extname, join, resolve } = require('node:path');
const { pathToFileURL } = require('node:url');
const { gunzipSync } = require('node:zlib');
const { done, ok } = require('./tap.js');
const { build, launch, screen, until } = require('./web.js');

const web = join(build, 'web');
const npm = join(build, 'npm/node_modules');
const scratch = mkdtempSync(join(tmpdir(), 'tqemu-test-'));
const CSP = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";
const WANTED = /^0 Linux tqemu 6\.1\.\d+ .* GNU\/Linux\nends with 0\n$/;
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml',
    '.txt': 'text/plain' };

/** What a newcomer writes; `say` shows a line. */
const script = (options, say = 'console.log') => `
const machine = new TQemu({ ...guest${options} });
const { status, output } = await machine.run('uname -a');
${say}(\`\${status} \${output.trim()}\`);
machine.write('poweroff -f\\n');
const end = await machine.ended;
${say}(\`ends with \${end.status}\`);
`;
const IMPORT = "import { TQemu, guest } from 'tqemu';\n";
const asModule = (options, say) => IMPORT + script(options ?? '', say);
const inFunction = (options, say) => `async function main() {${script(options ?? '', say)}}\nmain();\n`;

function project(name, files) {
    const folder = join(scratch, name);
    for (const [file, content] of Object.entries(files)) {
        mkdirSync(join(folder, file, '..'), { recursive: true });
        writeFileSync(join(folder, file), content);
    }
    return folder;
}

/** Runs node; what it prints, with what is wrong. */
function runs(name, file) {
    const r = spawnSync(process.execPath, [file], { encoding: 'utf8', timeout: 120e3 });
    ok(r.status === 0 && WANTED.test(r.stdout) && r.stderr === '', name, r.stdout, r.stderr, r.error?.message);
}

// -- npm --

/** Packs the folder and installs that in a project, below which all others are. Gives the package's folder there. */
function install() {
    const [packed] = JSON.parse(execFileSync('npm', ['pack', '--json', '--pack-destination', scratch, web], { encoding: 'utf8' }));
    const names = packed.files.map(({ path }) => path);
    const text = names.filter((name) => /\.br$|\.(html|js|css|svg|txt)\.gz$/.test(name));
    ok(text.length === 0, 'the package has no packed twins', text);
    project('.', { 'package.json': '{"private": true}' });
    execFileSync('npm', ['install', '--silent', '--no-audit', '--no-fund', '--offline', join(scratch, packed.filename)], { cwd: scratch });
    const folder = join(scratch, 'node_modules/tqemu');
    const p = JSON.parse(readFileSync(join(folder, 'package.json')));
    ok(p.license && p.engines.node && p.description && !p.devDependencies, 'package.json has what npm shows', p);
    const missing = ['LICENSE', 'README.md', 'tqemu.d.ts', 'tqemu.d.cts', 'licences.html', 'licences/GPL-2.0.txt',
        p.main, p.browser].filter((name) => !existsSync(join(folder, name)));
    ok(missing.length === 0, 'it has its files', missing, names);
    const parent = pathToFileURL(join(scratch, 'x.mjs'));
    const found = execFileSync(process.execPath, ['--input-type=module', '-e', `
        import { existsSync } from 'node:fs';
        import { fileURLToPath } from 'node:url';
        for (const name of ['tqemu.wasm.gz', 'worker.js', 'guest/zImage-xip.gz', 'guest/rootfs.cpio.gz']) {
            console.log(existsSync(fileURLToPath(import.meta.resolve('tqemu/files/' + name))));
        }`], { cwd: scratch, encoding: 'utf8', env: { ...process.env, PARENT: parent } });
    ok(found === 'true\n'.repeat(4), 'the files that a machine fetches have stable names for import.meta.resolve()', found);
    return { folder, files: join(folder, p.main, '..') };
}

function inNode({ files }) {
    const folder = project('node', {
        'module.mjs': asModule(),
        'common.cjs': `const { TQemu, guest } = require('tqemu');\n${inFunction()}`,
    });
    runs('in node, a module', join(folder, 'module.mjs'));
    runs('in node, with require()', join(folder, 'common.cjs'));

    const esbuild = require(join(npm, 'esbuild'));
    const base = `, base: ${JSON.stringify(files)}`;
    const bundled = project('bundled', { 'esm.mjs': asModule(base), 'cjs.mjs': IMPORT + inFunction(base) });
    for (const [format, extension] of [['esm', 'mjs'], ['cjs', 'cjs']]) {
        const outfile = join(bundled, `out.${extension}`);
        const { errors, warnings } = esbuild.buildSync({
            entryPoints: [join(bundled, `${format}.mjs`)], bundle: true, platform: 'node', format, outfile, logLevel: 'silent',
            logOverride: { 'empty-import-meta': 'silent' },
        });
        ok(errors.length + warnings.length === 0, `esbuild for node, ${format}`, errors, warnings);
        runs(`bundled by esbuild, ${format}`, outfile);
    }
}

// -- TypeScript --

/** The script, with more of the API, whose types must be right. */
const TYPED = `import { TQemu, guest, missingFeatures } from 'tqemu';
import type { End, FileOffer, Options, Result, State, Stats } from 'tqemu';
const options: Options = {
    ...guest,
    memory: 64,
    autostart: false,
    onData: (bytes: Uint8Array): void => void bytes.length,
    onFile: async (file: FileOffer) => {
        const bytes: Uint8Array = await file.take({ maxSize: 100 });
        void bytes;
    },
};
async function main(): Promise<void> {
    const lacks: string[] = missingFeatures();
    const machine = new TQemu(options);
    const remove: () => void = machine.on('state', (state: State, status?: number) => void [state, status]);
    machine.on('stats', (stats: Stats) => void stats.mips.toFixed());
    machine.on('serial', (port, bytes) => void (port + bytes.length));
    await machine.start();
    const match = await machine.waitFor(/~ # /, { timeout: 60000 });
    const index: number = match.index;
    const result: Result = await machine.run('uname -a');
    console.log(\`\${result.status} \${result.output.trim()}\`);
    const path: string = await machine.upload('a', new Uint8Array([65]), (done: number, size: number) => void (done / size));
    const back: Uint8Array = await machine.download(path, { onProgress: () => {} });
    machine.write(new Uint8Array([35, 10]));
    machine.write('poweroff -f\\n');
    const end: End = await machine.ended;
    remove();
    if (lacks.length + back.length !== 1 || index < 0) {
        throw new Error('unexpected');
    }
    console.log(\`ends with \${end.status}\`);
}
main();
`;
const WRONG = `import { TQemu } from 'tqemu';
new TQemu({ kernle: 'x' });
new TQemu({ memory: true });
const machine = new TQemu();
machine.on('nonsense', () => {});
machine.on('state', (state: number) => void state);
machine.run(1);
machine.write({});
const status: string = (await machine.ended).status;
export { status };
`;
const SHAPES = `import { TQemu } from 'tqemu';
const stop = new AbortController();
const machine = new TQemu({ kernel: new Blob([]), initrd: new URL('http://localhost/'), base: new URL('http://localhost/') });
void machine.upload('x', new Blob([]), { signal: stop.signal });
void machine.run('x', { signal: AbortSignal.timeout(1), timeout: 1 });
`;

function tsc(folder, name, file, options) {
    const config = { compilerOptions: { strict: true, skipLibCheck: false, target: 'es2022', outDir: `out-${name}`, types: [], ...options }, files: file };
    writeFileSync(join(folder, `tsconfig.${name}.json`), JSON.stringify(config));
    const r = spawnSync(process.execPath, [join(npm, 'typescript/bin/tsc'), '-p', `tsconfig.${name}.json`], { cwd: folder, encoding: 'utf8' });
    return { status: r.status, text: r.stdout + r.stderr };
}

function inTypeScript() {
    const CONSOLE = 'declare const console: { log(text: string): void };\n';
    const folder = project('typescript', {
        'package.json': '{"type": "module"}',
        'console.d.ts': CONSOLE,
        'module.ts': TYPED,
        'common.cts': TYPED,
        'wrong.ts': WRONG,
        'shapes.ts': SHAPES,
    });
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(join(npm, '@types'), join(folder, 'node_modules/@types'));
    symlinkSync(join(npm, 'undici-types'), join(folder, 'node_modules/undici-types'));
    const plain = { lib: ['es2022'], module: 'nodenext', moduleResolution: 'nodenext' };
    let r = tsc(folder, 'plain', ['module.ts', 'common.cts', 'console.d.ts'], plain);
    ok(r.status === 0, 'tsc --strict, neither "dom" nor @types/node', r.text);
    runs('the module it makes', join(folder, 'out-plain/module.js'));
    runs('the CommonJS module it makes', join(folder, 'out-plain/common.cjs'));
    for (const [name, file, options] of [
        ['"dom", for a bundler', ['module.ts', 'shapes.ts'], { lib: ['es2022', 'dom'], module: 'esnext', moduleResolution: 'bundler' }],
        ['@types/node', ['module.ts', 'common.cts', 'shapes.ts'], { ...plain, types: ['node'] }],
        ['"dom" and @types/node', ['module.ts', 'shapes.ts'], { ...plain, lib: ['es2022', 'dom'], types: ['node'] }],
    ]) {
        r = tsc(folder, name.replace(/\W/g, ''), file, options);
        ok(r.status === 0, `tsc --strict, ${name}`, r.text);
    }
    r = tsc(folder, 'wrong', ['wrong.ts', 'console.d.ts'], plain);
    const lines = [...r.text.matchAll(/^wrong\.ts\((\d+),/gm)].map(([, line]) => Number(line));
    ok(String([...new Set(lines)]) === '2,3,5,6,7,8,9', 'TypeScript: each wrong use is an error', r.text);
}

// -- A browser --

/** Serves folders by their first name in the path, with headers; gives { url, paths, close() }. */
function serve(folders, headers = {}) {
    const paths = [];
    const server = createServer((request, response) => {
        const { pathname } = new URL(request.url, 'http://localhost');
        const [, first, rest] = /^\/([^/]*)\/?(.*)$/.exec(pathname);
        const file = folders[first] ? join(folders[first], rest || 'index.html') : join(folders[''] ?? scratch, pathname);
        paths.push(pathname);
        if (!existsSync(file)) {
            response.writeHead(404).end();
            return;
        }
        response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream', ...headers }).end(readFileSync(file));
    });
    return new Promise((listens) => {
        server.listen(0, '127.0.0.1', () => listens({ url: `http://127.0.0.1:${server.address().port}/`, paths, close: () => server.close() }));
    });
}

async function open(browser, url) {
    const page = await (await browser.newContext()).newPage();
    page.problems = [];
    page.on('console', (message) => ['error', 'warning'].includes(message.type()) && page.problems.push(message.text()));
    page.on('pageerror', (error) => page.problems.push(error.message));
    await page.goto(url);
    return page;
}

/** A page whose script shows its lines in the page's text. */
async function shows(browser, name, url) {
    const page = await open(browser, url);
    const lines = page.locator('pre');
    await lines.filter({ hasText: 'ends with' }).waitFor({ timeout: 120e3 }).catch(() => {});
    const text = await lines.textContent();
    ok(WANTED.test(text) && page.problems.length === 0, name, text, page.problems);
    await page.context().close();
}

const SAY = "((line) => document.querySelector('pre').append(line + '\\n'))";
const html = (tag) => `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>x</title><pre></pre>${tag}`;

async function bundled(browser, { files }) {
    const folder = project('vite', { 'index.html': html('<script type="module" src="/main.js"></script>'), 'main.js': asModule('', SAY) });
    const vite = await import(pathToFileURL(join(npm, 'vite/dist/node/index.js')));
    let told = '';
    const customLogger = vite.createLogger('warn');
    customLogger.warn = customLogger.error = (text) => {
        told += text;
    };
    await vite.build({ root: folder, configFile: false, customLogger, logLevel: 'warn', build: { target: 'es2022' } });
    ok(told === '', 'vite builds', told);
    let server = await serve({ '': join(folder, 'dist') }, { 'content-security-policy': `${CSP}; img-src data:` });
    await shows(browser, 'bundled by vite, in Chromium, under a strict CSP', server.url);
    server.close();

    const esbuild = require(join(npm, 'esbuild'));
    const own = project('esbuild', {
        'esm.js': asModule(", base: 'tqemu'", SAY),
        'iife.js': IMPORT + inFunction(", base: 'tqemu'", SAY),
        'esm.html': html('<script type="module" src="out-esm.js"></script>'),
        'iife.html': html('<script src="out-iife.js"></script>'),
    });
    for (const format of ['esm', 'iife']) {
        const { errors, warnings } = esbuild.buildSync({
            entryPoints: [join(own, `${format}.js`)], bundle: true, platform: 'browser', format, outfile: join(own, `out-${format}.js`),
            logLevel: 'silent', logOverride: { 'empty-import-meta': 'silent' },
        });
        ok(errors.length + warnings.length === 0, `esbuild for browsers, ${format}`, errors, warnings);
        server = await serve({ tqemu: files, '': own });
        await shows(browser, `bundled by esbuild, ${format}, in Chromium`, `${server.url}${format}.html`);
        server.close();
    }
}

async function elsewhere(browser) {
    const cdn = await serve({ '': web }, { 'access-control-allow-origin': '*' });
    const folder = project('cdn', {
        'index.html': html('<script type="module" src="main.js"></script>'),
        'main.js': `import { TQemu, guest } from '${cdn.url}tqemu.js';\n${script('', SAY)}`,
        'own.html': html('<script type="module" src="own.js"></script>'),
        'own.js': `import { TQemu, guest } from '${cdn.url}tqemu.js';\n${script(", worker: 'worker.js'", SAY)}`,
        'worker.js': `import '${cdn.url}worker.js';\n`,
    });
    let server = await serve({ '': folder });
    await shows(browser, 'from another server', `${server.url}index.html`);
    server.close();
    const csp = `default-src 'self'; script-src 'self' 'wasm-unsafe-eval' ${cdn.url}; connect-src ${cdn.url}; img-src data:`;
    server = await serve({ '': folder }, { 'content-security-policy': csp });
    await shows(browser, 'with a worker of the page\'s own, without blob: in its CSP', `${server.url}own.html`);
    server.close();
    cdn.close();
}

// -- The page --

async function strictPage(browser) {
    const free = await serve({ '': web });
    const strict = await serve({ '': web }, { 'content-security-policy': CSP });
    const looks = [];
    for (const server of [free, strict]) {
        const page = await open(browser, `${server.url}index.html`);
        const prompt = await until(page, /~ #$/);
        await page.keyboard.type("printf '\\033[1;38;2;250;5;10mred\\033[0m \\033[32mgreen\\033[0m\\n'\n");
        ok(prompt && await until(page, /^red green$/m) && page.problems.length === 0, `the page ${server === strict ? 'under a strict CSP' : 'without a CSP'}`,
            await screen(page), page.problems);
        const shown = () => [...document.querySelectorAll('.xterm-rows span')].some((span) => span.textContent === 'red');
        await page.waitForFunction(shown, null, { timeout: 60e3 }).catch(() => {});
        looks.push(await page.evaluate(() => [...document.querySelectorAll('.xterm-rows span')]
            .filter((span) => /^(red|green|~ #)/.test(span.textContent)).map((span) => {
                const { color, fontWeight, letterSpacing, display } = getComputedStyle(span);
                const { height, width } = span.getBoundingClientRect();
                return [span.textContent, color, fontWeight, letterSpacing, display, height, width];
            })));
        await page.context().close();
    }
    ok(JSON.stringify(looks[0]) === JSON.stringify(looks[1]) && looks[1].some(([, color]) => color === 'rgb(250, 5, 10)'),
        'the terminal looks the same', ...looks);

    const outside = [...new Set(strict.paths)].filter((path) => !/^\/[\d.]+-[0-9a-f]{8}\//.test(path));
    ok(String(outside) === '/index.html', 'all that the page fetches has a hash in its name', outside);
    const example = await open(browser, `${strict.url}example.html`);
    await example.waitForSelector('.xterm-rows span');
    ok(example.problems.length === 0, 'example.html, too, has no inline script or style', example.problems);
    await example.context().close();

    const page = await open(browser, `${strict.url}index.html`);
    await page.locator('footer a', { hasText: /licen/i }).evaluate((link) => link.click());
    await page.waitForURL(/licences\.html/);
    const text = await page.textContent('main');
    const debian = execFileSync('dpkg-query', ['-W', '-f', '${Version}', 'linux-source-6.1'], { encoding: 'utf8' });
    ok(text.includes(`version ${debian}`) && /version\s+1:1\.\d+\.\d+/.test(text) && !/undefined|\{\{/.test(text),
        'it says what Linux and busybox were built from', text);
    const links = await page.locator('a').evaluateAll((all) => all.map((a) => a.href));
    const bad = [];
    for (const link of links) {
        const response = await fetch(link);
        if (!response.ok) {
            bad.push(link);
        }
    }
    ok(links.length > 8 && bad.length === 0, 'licences.html links to files that exist', bad, links);
    ok(/GNU GENERAL PUBLIC LICENSE\s+Version 2/.test(await (await fetch(`${strict.url}licences/GPL-2.0.txt`)).text()), 'as the GPL');
    const rebuild = readdirSync(join(web, 'licences/rebuild'));
    const needed = ['guest.sh', 'guest-kernel.sh', 'guest-rootfs.sh', 'guest-lib.sh', 'mkxip', 'mkcpio', 'kernel.config', 'kernel-xip.config',
        'kernel-page.config', 'busybox-page.config', 'rootfs', 'rootfs-page', 'deps.sh'].filter((name) => !rebuild.includes(name));
    ok(needed.length === 0, 'the scripts that build the guest are there', needed);
    await page.context().close();
    free.close();
    strict.close();
}

/** The scripts that come along make what comes along. The cache has it, as after `make web`. */
function rebuilding({ files }) {
    const out = join(scratch, 'out');
    execFileSync(join(web, 'licences/rebuild/guest.sh'), [out, 'page']);
    const pairs = [['zImage-page', 'zImage-xip.gz'], ['rootfs-page.cpio', 'rootfs.cpio.gz']];
    const other = pairs.filter(([made, shipped]) => !readFileSync(join(out, made)).equals(gunzipSync(readFileSync(join(files, 'guest', shipped)))));
    ok(other.length === 0, 'the scripts in licences/rebuild make the files that are there', other);
}

/** The hash follows every file. */
function hashes() {
    const tree = join(scratch, 'tree');
    cpSync(join(__dirname, '../web'), join(tree, 'web'), { recursive: true });
    cpSync(join(__dirname, '../LICENSE'), join(tree, 'LICENSE'));
    symlinkSync(resolve(__dirname, '../scripts'), join(tree, 'scripts'));
    const assemble = (to) => execFileSync(process.execPath, [join(tree, 'web/assemble.mjs'), build, join(tree, to)], { encoding: 'utf8' }).trim();
    const [first, second] = [assemble('one'), assemble('two')];
    writeFileSync(join(tree, 'web/link.js'), `${readFileSync(join(tree, 'web/link.js'))}globalThis.more = 1;\n`);
    const third = assemble('three');
    ok(first === second && first !== third && existsSync(join(web, first, 'tqemu.wasm.gz')), 'the name follows the content', first, second, third);
}

async function main() {
    const installed = install();
    inNode(installed);
    inTypeScript();
    hashes();
    rebuilding(installed);
    const browser = await launch();
    await bundled(browser, installed);
    await elsewhere(browser);
    await strictPage(browser);
    await browser.close();
}

main().catch((error) => ok(false, 'no exception', error.stack)).finally(() => {
    rmSync(scratch, { recursive: true, force: true });
    done();
});
