// SPDX-License-Identifier: MIT
// usage: node assemble.mjs O DIR
//
// Puts all of the page and the package into DIR, but what pack.mjs packs, and prints the name of the folder that the
// files are in which a browser fetches. That name has a hash of them all: a cache cannot mix files of two versions. What
// lies outside of it is named by users: pages, package.json, and modules that only lead to those inside.
import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [build, dir] = process.argv.slice(2);
const here = dirname(fileURLToPath(import.meta.url));
const scripts = join(here, '../scripts');
const installed = createRequire(join(build, 'npm/package.json'));
const text = (...path) => readFileSync(join(...path), 'utf8');

function put(name, content) {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), content);
}

/** Replaces each of some strings, and stops if the text has another number of them than expected. */
function replace(content, ...changes) {
    for (const [from, to, count] of changes) {
        const parts = content.split(from);
        if (parts.length !== count + 1) {
            throw new Error(`assemble: ${from}: found ${parts.length - 1} times, not ${count}: is it another version?`);
        }
        content = parts.join(to);
    }
    return content;
}

/**
 * xterm.js as a strict Content-Security-Policy lets it work: without style elements, in place of which it gets style sheets
 * made by script, and without style attributes set as text.
 */
function xterm() {
    const sheets = `function tqemuSheet(owner) {
    const sheet = new CSSStyleSheet();
    const element = owner.createElement('span');
    element.hidden = true;
    owner.adoptedStyleSheets = [...owner.adoptedStyleSheets, sheet];
    Object.defineProperty(element, 'textContent', { set: (text) => sheet.replaceSync(text) });
    element.remove = () => {
        Element.prototype.remove.call(element);
        owner.adoptedStyleSheets = owner.adoptedStyleSheets.filter((other) => other !== sheet);
    };
    return element;
}
`;
    const source = text(build, 'npm/node_modules/@xterm/xterm/lib/xterm.mjs');
    return sheets + replace(source,
        ['n.mainDocument.createElement("style")', 'tqemuSheet(n.mainDocument)', 1],
        ['this._document.createElement("style")', 'tqemuSheet(this._document)', 2],
        ['t.setAttribute("style",`${t.getAttribute("style")||""}${e};`)', 't.style.cssText+=`${e};`', 1]);
}

function bundle(entry, options) {
    const { outputFiles } = installed('esbuild').buildSync({
        absWorkingDir: here, entryPoints: [entry], bundle: true, write: false, ...options });
    return outputFiles[0].text;
}

/** A module and what it imports as one, which is there at once, without comments and indentation. */
function dense(name, external = []) {
    return bundle(name, {
        format: 'esm',
        platform: name === 'node.js' ? 'node' : 'browser',
        external,
        target: 'es2022',
        minifyWhitespace: true,
        banner: { js: `// SPDX-License-Identifier: MIT\n// Made of ${name} and what it imports.` },
    });
}

/** node.js and what it imports as one CommonJS module. */
function commonJs() {
    return bundle('node.js', {
        platform: 'node',
        format: 'cjs',
        target: 'node20',
        define: { 'import.meta.url': 'here' },
        banner: { js: '// SPDX-License-Identifier: MIT\n// Made of node.js and what it imports.\nconst here = require("node:url").pathToFileURL(__filename).href;' },
    });
}

/** The files of the folder with the hash. What example.html shows is as it was written. */
function inside() {
    const asTheyAre = readdirSync(here).filter((name) => /\.(css|svg)$/.test(name)).concat('example.js');
    const xtermFolder = join(build, 'npm/node_modules/@xterm');
    // Without references to source maps, which are not here.
    const plain = (source) => source.replace(/^\/\/# sourceMappingURL=.*$/m, '');
    return {
        ...Object.fromEntries(asTheyAre.map((name) => [name, text(here, name)])),
        ...Object.fromEntries(['early.js', 'node.js', 'start.js', 'tqemu.js', 'worker.js'].map((name) => [name, dense(name)])),
        'page.js': dense('page.js', ['./start.js', './xterm/*']),
        'node.cjs': commonJs(),
        'xterm/xterm.js': plain(xterm()),
        'xterm/addon-fit.js': plain(text(xtermFolder, 'addon-fit/lib/addon-fit.mjs')),
        'xterm/xterm.css': text(xtermFolder, 'xterm/css/xterm.css'),
        'xterm/LICENSE': text(xtermFolder, 'xterm/LICENSE'),
    };
}

/** For who installs it: with the folder's name, and without what only building it needs. */
function packageJson(folder) {
    const p = JSON.parse(text(here, 'package.json'), (key, value) => (
        typeof value === 'string' ? value.replace(/^(\.\/)?files\//, `./${folder}/`) : value));
    delete p.devDependencies;
    return `${JSON.stringify(p, null, 2)}\n`;
}

function licences() {
    const output = (command, ...args) => execFileSync(command, args, { encoding: 'utf8' });
    const versions = Object.fromEntries(text(build, 'guest/rootfs-page.sources').trim().split('\n').map((line) => line.split(' ')));
    put('licences/GPL-2.0.txt', text('/usr/share/common-licenses/GPL-2'));
    put('licences/linux.txt', text('/usr/share/doc/linux-source-6.1/copyright'));
    put('licences/busybox.txt', text(build, 'guest/rootfs-page.busybox'));
    put('licences/musl.txt', text(build, 'guest/rootfs-page.musl'));
    for (const name of readdirSync(scripts).filter((file) => /^(guest|kernel|busybox|mk|deps|rootfs)/.test(file))) {
        cpSync(join(scripts, name), join(dir, 'licences/rebuild', name), { recursive: true });
    }
    return {
        ...versions,
        linux: output('dpkg-query', '-W', '-f', '${Version}', 'linux-source-6.1'),
        compiler: output('arm-linux-gnueabi-gcc', '--version').split('\n')[0],
    };
}

const files = inside();
const packed = ['js/tqemu.wasm', 'guest/zImage-page', 'guest/rootfs-page.cpio', 'booted'].map((name) => [name, readFileSync(join(build, name))]);
const hash = createHash('sha256');
for (const [name, content] of [...Object.entries(files), ...packed]) {
    hash.update(`${name} ${content.length}\n`).update(content);
}
const folder = `${JSON.parse(text(here, 'package.json')).version}-${hash.digest('hex').slice(0, 8)}`;
Object.entries(files).forEach(([name, content]) => put(`${folder}/${name}`, content));

const values = licences();
for (const name of readdirSync(here).filter((file) => file.endsWith('.html'))) {
    put(name, text(here, name)
        .replace(/\b(href|src)="([^"]+)"/g, (all, attribute, to) => (files[to] === undefined ? all : `${attribute}="${folder}/${to}"`))
        .replace(/\{\{(\w+)\}\}/g, (all, value) => values[value]));
}
for (const name of ['tqemu.js', 'node.js']) {
    put(name, `// SPDX-License-Identifier: MIT\nexport * from './${folder}/${name}';\n`);
}
put('worker.js', `// SPDX-License-Identifier: MIT\nimport './${folder}/worker.js';\n`);
put('package.json', packageJson(folder));
put('tqemu.d.ts', text(here, 'tqemu.d.ts'));
put('tqemu.d.cts', text(here, 'tqemu.d.ts'));
put('README.md', text(here, 'README.md'));
put('LICENSE', text(here, '../LICENSE'));
console.log(folder);
