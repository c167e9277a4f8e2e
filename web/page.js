// SPDX-License-Identifier: MIT
// The page: a terminal, a machine, and the controls around them.
//
// URL parameters: append= (the kernel's command line), m= (MiB of RAM), kernel=, initrd= (URLs), screenreader.

import { Terminal } from './xterm/xterm.js';
import { FitAddon } from './xterm/addon-fit.js';
import { download, save, takeDrops, tellApart, upload } from './files.js';
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
let shown; // the machine's state
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
    const before = shown;
    if (before === 'running') {
        uptime += performance.now() - resumedAt;
    }
    if (state === 'running') {
        resumedAt = performance.now();
        uptime = before === 'paused' ? uptime : 0;
        byId('loading').hidden = true;
        term.focus();
    }
    shown = state;
    clearInterval(clock);
    clock = state === 'running' ? setInterval(showUptime, 1000) : undefined;
    byId('pause').textContent = state === 'paused' ? 'Resume' : 'Pause';
    byId('pause').setAttribute('aria-pressed', String(state === 'paused'));
    byId('pause').disabled = !['running', 'paused'].includes(state);
    const text = { ended: 'switched off', failed: `cannot run (status ${status})` }[state] ?? state;
    showState(state, text);
    byId('announce').textContent = text; // and not at each change between running and idle
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
    shown = undefined;
    term.reset();
    log = '';
    showMessage('');
    byId('loading').hidden = false;
    const memory = Number(byId('memory').value);
    byId('ram').textContent = memory;
    // The guest's init knows these; hostlink would tell it later.
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
        onFile: async (file) => save(file.name, await file.take()),
    });
    machine.resize(term.cols, term.rows);
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
    if (event.type === 'keydown' && event.ctrlKey && event.shiftKey && key === 'l') {
        byId('reboot').focus(); // the way out of a terminal that takes Tab for itself
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
        shown = undefined;
        machine.reset();
    }
    term.focus();
});
byId('pause').addEventListener('click', () => {
    machine[machine.state === 'paused' ? 'resume' : 'pause']();
    term.focus();
});
byId('save').addEventListener('click', () => {
    save('console.log', log, 'text/plain');
    term.focus();
});
byId('full').hidden = !document.fullscreenEnabled;
byId('full').addEventListener('click', async () => {
    await (document.fullscreenElement ? document.exitFullscreen() : byId('stage').requestFullscreen());
    term.focus();
});
byId('reader').addEventListener('click', () => {
    term.options.screenReaderMode = true;
    term.focus();
});

// Each of these buttons opens a form and closes the others'.
const forms = { own: ['settings', 'kernel'], download: ['fetch', 'path'] };

function openForm(which) {
    for (const [button, [form]] of Object.entries(forms)) {
        byId(form).hidden = button !== which;
        byId(button).setAttribute('aria-expanded', String(button === which));
    }
    fit.fit();
    (which ? byId(forms[which][1]) : term).focus();
}

for (const [button, [form]] of Object.entries(forms)) {
    byId(button).addEventListener('click', () => openForm(byId(form).hidden ? button : undefined));
    byId(form).addEventListener('keydown', (event) => {
        if (event.key === 'Escape') {
            openForm();
        }
    });
}
byId('upload').addEventListener('click', () => byId('files').click());
byId('files').addEventListener('change', () => {
    upload(machine, byId('files').files);
    byId('files').value = '';
    term.focus();
});
byId('fetch').addEventListener('submit', (event) => {
    event.preventDefault();
    download(machine, byId('path').value);
    openForm();
});
for (const name of ['kernel', 'initrd']) {
    byId(name).addEventListener('change', () => {
        files[name] = byId(name).files[0];
    });
}
byId('settings').addEventListener('submit', (event) => {
    event.preventDefault();
    openForm();
    boot();
});

takeDrops((dropped) => upload(machine, dropped), async (dropped) => {
    Object.assign(files, await tellApart(dropped));
    boot();
});
term.onResize(({ cols, rows }) => machine?.resize(cols, rows));
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
