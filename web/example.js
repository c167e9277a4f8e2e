// SPDX-License-Identifier: MIT
import { FitAddon } from './xterm/addon-fit.js';
import { Terminal } from './xterm/xterm.js';
import { TQemu, guest } from './tqemu.js';

window.machines = [...document.querySelectorAll('.machine')].map((element) => {
    const term = new Terminal({ theme: { background: '#0b1020', cursor: '#5eead4' } });
    const fit = new FitAddon();
    term.loadAddon(fit);
    term.open(element);
    fit.fit();
    const machine = new TQemu({
        ...guest,
        append: `${guest.append} TERM=xterm LINES=${term.rows} COLUMNS=${term.cols}`,
        memory: 32,
        onData: (bytes) => new Promise((seen) => term.write(bytes, seen)),
        onError: (text) => term.write(`${text}\r\n`),
    });
    term.onData((keys) => machine.write(keys));
    term.onResize(({ cols, rows }) => machine.resize(cols, rows));
    new ResizeObserver(() => fit.fit()).observe(element);
    return { term, machine };
});

document.getElementById('source').textContent = await (await fetch(import.meta.url)).text();
