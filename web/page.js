// SPDX-License-Identifier: MIT
// The page: a terminal, a machine, and the controls around them.
//
// URL parameters: append= (the kernel's command line), m= (MiB of RAM), kernel=, initrd= (URLs).

import { Terminal } from './xterm/xterm.js';
import { FitAddon } from './xterm/addon-fit.js';
import { TQemu, missingFeatures } from './tqemu.js';

const LOG_LIMIT = 4 << 20; // characters of the console's log that are kept
const byId = (id) => document.getElementById(id);
const parameters = new URLSearchParams(location.search);

const term = new Terminal({
    cursorBlink: false,
    fontFamily: 'ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace',
    fontSize: matchMedia('(max-width: 40rem)').matches ? 12 : 15,
    screenReaderMode: parameters.has('screenreader'),
    scrollback: 10000,
    theme: { background: '#0b1020', foreground: '#dbe4f3', cursor: '#5eead4', selectionBackground: '#33507a' },
});
const fit = new FitAddon();
term.loadAddon(fit);
term.open(byId('terminal'));
fit.fit();

let machine;
let log = '';
let uptime = 0;
let resumedAt = 0;
let clock;
const decoder = new TextDecoder();
const files = {}; // the user's own

function showMessage(text) {
    byId('message').textContent = text;
    byId('message').hidden = !text;
}

function showUptime() {
    const running = ['running', 'idle'].includes(byId('state').dataset.state);
    const s = Math.floor((uptime + (running ? performance.now() - resumedAt : 0)) / 1000);
    byId('uptime').textContent = `${Math.floor(s / 60)}:${String(s % 60).padStart(2, '0')}`;
}

function showState(state, text = state) {
    byId('state').dataset.state = state;
    if (byId('state').textContent !== text) {
        byId('state').textContent = text;
    }
}

function onState(state, status) {
    const before = machine?.shown;
    if (before === 'running') {
        uptime += performance.now() - resumedAt;
    }
    if (state === 'running') {
        resumedAt = performance.now();
        uptime = before === 'paused' ? uptime : 0;
        byId('loading').hidden = true;
        term.focus();
    }
    if (machine) {
        machine.shown = state;
    }
    clearInterval(clock);
    clock = state === 'running' ? setInterval(showUptime, 1000) : undefined;
    byId('pause').textContent = state === 'paused' ? 'Resume' : 'Pause';
    byId('pause').setAttribute('aria-pressed', String(state === 'paused'));
    byId('pause').disabled = !['running', 'paused'].includes(state);
    showState(state, { ended: 'switched off', failed: `cannot run (status ${status})` }[state]);
    showUptime();
    if (state === 'ended') {
        showMessage('The guest has switched itself off. Reboot starts it again.');
    }
}

function onData(bytes) {
    log = (log + decoder.decode(bytes, { stream: true })).slice(-LOG_LIMIT);
    return new Promise((resolve) => {
        term.write(bytes, resolve);
    });
}

function defaultAppend() {
    return 'console=ttyAMA0 quiet lpj=500000';
}

function boot() {
    machine?.close();
    machine = undefined;
    term.reset();
    log = '';
    showMessage('');
    byId('loading').hidden = false;
    const memory = Number(byId('memory').value);
    byId('ram').textContent = memory;
    // The guest's programs learn of the terminal from their environment.
    const append = byId('append').value + ` TERM=xterm LINES=${term.rows} COLUMNS=${term.cols}`;
    const ownKernel = files.kernel ?? parameters.get('kernel');
    machine = new TQemu({
        kernel: ownKernel ?? 'guest/zImage-xip.gz',
        initrd: files.initrd ?? parameters.get('initrd') ?? (ownKernel ? undefined : 'guest/rootfs.cpio.gz'),
        append: ownKernel ? byId('append').value : append,
        memory,
        onData,
        onState,
        onStats({ mips, idle }) {
            byId('mips').textContent = idle && mips < 1 ? '0' : mips.toFixed(0);
            if (byId('state').dataset.state !== 'paused') {
                showState(idle ? 'idle' : 'running');
            }
        },
        onProgress(loaded, total) {
            byId('progress').value = total ? loaded / total : 0;
        },
        onError: (text) => showMessage(text),
    });
    window.tqemu = machine;
}

// -- Input --

let ctrl = false;

function setCtrl(on) {
    ctrl = on;
    byId('ctrl').setAttribute('aria-pressed', String(on));
}

term.onData((data) => {
    if (ctrl && data.length === 1 && /[@-~ ]/.test(data)) {
        data = String.fromCharCode(data.toUpperCase().charCodeAt(0) & 31);
        setCtrl(false);
    }
    machine?.write(data);
});
term.onBinary((data) => machine?.write(Uint8Array.from(data, (c) => c.charCodeAt(0))));
// Copy with Ctrl-Shift-C, or with Ctrl-C where something is selected; Ctrl-Shift-V and the browser's own ways paste.
term.attachCustomKeyEventHandler((event) => {
    const key = event.key.toLowerCase();
    if (event.type === 'keydown' && event.ctrlKey && key === 'c' && term.hasSelection()) {
        navigator.clipboard?.writeText(term.getSelection());
        term.clearSelection();
        event.preventDefault();
        return false;
    }
    return !(event.ctrlKey && event.shiftKey && key === 'v');
});
for (const button of byId('keys').querySelectorAll('button')) {
    button.addEventListener('pointerdown', (event) => event.preventDefault()); // the keyboard stays
    button.addEventListener('click', () => {
        if (button.id === 'ctrl') {
            setCtrl(!ctrl);
        } else if (button.dataset.arrow) {
            term.input((term.modes.applicationCursorKeysMode ? '\x1bO' : '\x1b[') + button.dataset.arrow);
        } else {
            term.input(button.dataset.key);
        }
        term.focus();
    });
}

// -- Controls --

byId('reboot').addEventListener('click', () => {
    showMessage('');
    term.reset();
    if (machine.state === 'failed') {
        boot();
    } else {
        machine.shown = 'reset';
        machine.reset();
    }
    term.focus();
});
byId('pause').addEventListener('click', () => {
    machine[machine.state === 'paused' ? 'resume' : 'pause']();
    term.focus();
});
byId('save').addEventListener('click', () => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([log], { type: 'text/plain' }));
    link.download = 'console.log';
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
});
byId('full').addEventListener('click', async () => {
    await (document.fullscreenElement ? document.exitFullscreen() : document.querySelector('main').requestFullscreen());
    term.focus();
});
byId('own').addEventListener('click', () => {
    const form = byId('settings');
    form.hidden = !form.hidden;
    byId('own').setAttribute('aria-expanded', String(!form.hidden));
    fit.fit();
    (form.hidden ? term : byId('kernel')).focus();
});
for (const name of ['kernel', 'initrd']) {
    byId(name).addEventListener('change', () => {
        files[name] = byId(name).files[0];
    });
}
byId('settings').addEventListener('submit', (event) => {
    event.preventDefault();
    boot();
});

const main = document.querySelector('main');
addEventListener('dragover', (event) => {
    event.preventDefault();
    main.classList.add('drop');
});
addEventListener('dragleave', () => main.classList.remove('drop'));
addEventListener('drop', async (event) => {
    event.preventDefault();
    main.classList.remove('drop');
    const dropped = [...event.dataTransfer.files];
    // A cpio archive, or a packed one by its name, is the initrd; what else there is the kernel.
    for (const file of dropped) {
        const head = new TextDecoder('latin1').decode(await file.slice(0, 6).arrayBuffer());
        files[/^07070/.test(head) || /cpio|initr|rootfs/i.test(file.name) ? 'initrd' : 'kernel'] = file;
    }
    if (dropped.length) {
        boot();
    }
});
new ResizeObserver(() => fit.fit()).observe(byId('terminal'));

// -- Start --

byId('append').value = parameters.get('append') ?? defaultAppend();
if (Number(parameters.get('m')) > 0) {
    byId('memory').value = Number(parameters.get('m'));
}
const missing = missingFeatures();
if (missing.length) {
    byId('loading').hidden = true;
    showState('failed', 'cannot run');
    showMessage(`This browser has no ${missing.join(', no ')}. A newer Firefox, Chrome, Edge or Safari has.`);
} else {
    boot();
}
window.term = term;
