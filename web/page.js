// SPDX-License-Identifier: MIT
// The page: a terminal, a machine, and the controls around them.
//
// URL parameters: append= (the kernel's command line), m= (RAM: MiB, or with K, M or G), kernel=, initrd= (URLs),
// snapshot=off (boots, although the page has a snapshot of the built-in Linux at its prompt), screenreader.

import { Terminal } from './xterm/xterm.js';
import { FitAddon } from './xterm/addon-fit.js';
import { download, offer, save, takeDrops, tellApart, upload, withdrawOffers } from './files.js';
import { describeImage } from './images.js';
import { makeKeys } from './keys.js';
import { followViewport, makeMenu } from './layout.js';
import { Log } from './log.js';
import { load } from './load.js';
import * as saved from './saved.js';
import { TQemu, booted, guest as builtIn, launched, missingFeatures, takeStarted } from './start.js';
import { StateLine, ask, hideMessage, showMessage } from './status.js';

const LOG_LIMIT = 4 << 20; // characters of the console's log that are kept
const SHOWN_LIMIT = 256 << 10; // and with a saved machine, for the terminal
const DEFAULTS = { append: builtIn.append, memory: '128', tell: true };
const CANCELLED = new Error('cancelled by the user');
const byId = (id) => document.getElementById(id);
const parameters = new URLSearchParams(location.search);

await launched;

const term = new Terminal({
    cursorBlink: false,
    fontFamily: 'ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace',
    screenReaderMode: parameters.has('screenreader'),
    scrollback: 10000,
    theme: { background: '#0b1020', foreground: '#dbe4f3', cursor: '#5eead4', selectionBackground: '#33507a' },
});
const fit = new FitAddon();
term.loadAddon(fit);
followViewport((small) => {
    term.options.fontSize = small ? 12 : 15;
});
term.open(byId('terminal'));
fit.fit();

let guest; // whose console the terminal shows: { machine, choice, log, decoder, adopted, resets, saved }
let attempt; // the AbortController of what is being fetched to become the next one
let wanted; // the choice of the last attempt
let used; // by the user: there may be something to lose
let replays; // the terminal shows again what a saved machine had shown

const line = new StateLine((panic) => {
    hideMessage();
    if (panic) {
        showMessage('error', `The guest's kernel has stopped: ${panic}`, ['Reboot', reset], ...wayBack(guest.choice));
    }
});

// -- Machines --

/**
 * What to boot: { kernel, initrd, append, memory, tell, saved }. kernel and initrd are the user's own, { name, source }, or
 * undefined; tell: whether the guest's init gets to know the terminal; saved: what saved.js keeps of such a machine, which
 * goes on then.
 */
function isBuiltIn(choice) {
    return hasHostlink(choice) && choice.append === DEFAULTS.append && choice.memory === DEFAULTS.memory;
}

/** Whether the guest is one with the page's own hostlink, which moves files. */
function hasHostlink(choice) {
    return !choice.kernel && !choice.initrd;
}

/** Whether the snapshot that comes along is of this guest. */
function isBooted(choice) {
    return isBuiltIn(choice) && choice.tell && !choice.saved && parameters.get('snapshot') !== 'off';
}

/** For a message: a button that boots what comes with the page, unless that is what it is about. */
function wayBack(choice) {
    return isBuiltIn(choice) ? [] : [['Boot the built-in Linux', () => boot({ ...DEFAULTS })]];
}

/** Whether discarding the guest would lose work. */
function atStake() {
    return used && ['running', 'idle', 'paused'].includes(line.shown);
}

async function mayDrop(question, yes) {
    showLoading('');
    return !atStake() || ask(`${question} What you have done in the guest is lost.`, yes);
}

function showLoading(text) {
    byId('loading').hidden = !text;
    byId('fetching').textContent = text;
    byId('progress').value = 0;
}

function showProgress(loaded, total) {
    byId('progress').value = total ? loaded / total : 0;
}

/** Whether a file may be booted as a kernel or initrd. Throws what is wrong with it. */
async function check(what, name, bytes) {
    const { use, why } = await describeImage(bytes);
    const other = { kernel: 'initrd', initrd: 'kernel' }[what];
    if (use === other) {
        throw new Error(`${name} is ${why}, and no ${what}: choose it as the ${other}.`);
    }
    if (use === 'neither') {
        throw new Error(`${name} is ${why}, and no ${what} for this computer.`);
    }
    return use === what || ask(`Nothing in ${name} tells that it is ${what === 'kernel' ? 'a kernel' : 'an initrd'}. `
        + 'If it is not, the guest will do nothing at all, or fail.', 'Boot it anyway');
}

/** Gets the user's own files: { kernel, initrd } as bytes; undefined if the user does not want them any more. */
async function getFiles(choice, signal) {
    const files = {};
    for (const what of ['kernel', 'initrd']) {
        if (choice[what]) {
            const { name, source } = choice[what];
            showLoading(`Fetching ${name}`);
            files[what] = await load(source, showProgress, { signal });
            signal.throwIfAborted();
            byId('loading').hidden = true;
            if (!await check(what, name, files[what])) {
                return undefined;
            }
        }
    }
    return files;
}

/** Makes the machine of a guest-to-be. It may run, but its output is not shown before it is adopted. */
function makeMachine(next, files, snapshot) {
    const { choice } = next;
    // The guest's init knows these; hostlink would tell it later.
    const terminal = choice.tell ? ` TERM=xterm LINES=${term.rows} COLUMNS=${term.cols}` : '';
    const hear = async (bytes) => {
        await next.adopted;
        await onData(next, bytes);
    };
    const machine = (snapshot && isBooted(choice) && takeStarted(hear)) || new TQemu({
        kernel: files.kernel ?? builtIn.kernel,
        initrd: files.initrd ?? (files.kernel ? undefined : builtIn.initrd),
        snapshot,
        append: choice.append + terminal,
        memory: choice.memory,
        onData: hear,
    });
    machine.on('state', (state, status) => next === guest && onState(state, status));
    machine.on('stats', (stats) => next === guest && line.stats(stats));
    machine.on('progress', (loaded, total) => next !== guest && showProgress(loaded, total));
    machine.on('error', (text) => next === guest && showMessage('error', named(text, choice), ['OK'], ['Reboot', reset], ...wayBack(choice)));
    machine.on('file', offer);
    next.machine = machine;
    next.machine.resize(term.cols, term.rows);
}

/** tqemu knows the user's files only as "kernel" and "initrd". */
function named(text, choice) {
    return text.replace(/^tqemu: (kernel|initrd): /, (all, what) => `${choice[what]?.name ?? what}: `)
        .replace(/^tqemu: -incoming: (file:)?snapshot: /, 'the saved machine ');
}

/** Starts a machine, which becomes the page's guest. Throws what is wrong with it, or the signal's reason. */
async function start(choice, files, signal, snapshot = choice.saved?.snapshot ?? (isBooted(choice) ? booted.snapshot : undefined)) {
    const next = { choice, log: new Log(LOG_LIMIT), decoder: new TextDecoder() };
    next.adopted = new Promise((adopted) => {
        next.adopt = adopted;
    });
    makeMachine(next, files, snapshot);
    const { machine } = next;
    signal.addEventListener('abort', () => next !== guest && machine.close());
    try {
        await machine.ready;
        // It runs, so nothing is wrong with its files: only now the one before has to go.
        if (atStake()) {
            machine.pause();
            if (!await mayDrop('Boot something else?', 'Boot')) {
                throw CANCELLED;
            }
            machine.resume();
        }
        signal.throwIfAborted();
    } catch (error) {
        machine.close();
        if (snapshot && isBooted(choice) && error !== CANCELLED && !signal.aborted) {
            console.info(error.message);
            return start(choice, files, signal, null);
        }
        throw signal.aborted ? signal.reason : error === CANCELLED ? error : new Error(named(error.message, choice));
    }
    return adopt(next);
}

/** Puts a machine that runs in the place of the one before. */
function adopt(next) {
    const before = guest;
    guest = next;
    before?.machine.close();
    window.tqemu = guest.machine;
    byId('kernel-now').textContent = guest.choice.kernel?.name ?? 'built in';
    byId('initrd-now').textContent = guest.choice.initrd?.name ?? (guest.choice.kernel ? 'none' : 'built in');
    withdrawOffers();
    powerOn();
    onState(guest.machine.state);
    if (guest.choice.saved) {
        replay(guest.choice.saved);
    }
    guest.adopt(); // its output is waited for
}

/** Shows what a saved machine had shown. What the terminal is asked in it has been answered. */
function replay({ id, shown }) {
    guest.saved = id;
    guest.log.add(shown);
    replays = true;
    term.write(shown, () => {
        replays = false;
    });
}

/** The guest starts from nothing. */
function powerOn() {
    used = false;
    keys.release();
    hideMessage();
    term.write('\x1bc'); // a reset, after what is still to be shown of the guest before
    line.restart(/^\d+$/.test(guest.choice.memory) ? `${guest.choice.memory} MiB` : guest.choice.memory);
    term.focus();
}

/** Boots something. Until it runs what ran before goes on. */
async function boot(choice) {
    attempt?.abort(new Error('something else was booted'));
    const mine = new AbortController();
    attempt = mine;
    wanted = choice;
    hideMessage();
    if (!guest) {
        line.set('loading');
    }
    let error;
    try {
        const files = await getFiles(choice, mine.signal);
        if (files) {
            showLoading(`Fetching ${choice.kernel ? 'the computer' : 'Linux'}`);
            await start(choice, files, mine.signal);
        }
    } catch (e) {
        error = e === CANCELLED ? undefined : e;
    }
    if (attempt !== mine) {
        return;
    }
    attempt = undefined;
    showLoading('');
    if (guest?.choice === choice) {
        return;
    }
    if (!guest) {
        line.set(error ? 'failed' : 'off');
    }
    if (error || !guest) {
        const running = guest && ['running', 'idle', 'paused'].includes(line.shown);
        showMessage(error ? 'error' : 'note', error?.message ?? 'Nothing runs.',
            ...running ? [['OK', () => term.focus()]] : [['Try again', () => boot(choice)]],
            ...choice.saved ? [['Delete the saved machine', discard]] : [],
            ...running && isBuiltIn(guest.choice) ? [] : wayBack(choice));
    } else {
        term.focus();
    }
}

async function reset() {
    if (!guest) {
        boot(wanted);
    } else if (await mayDrop('Reboot?', 'Reboot')) {
        guest.resets = true;
        guest.machine.reset();
        term.focus();
    } else {
        term.focus();
    }
}

function onState(state, status) {
    if (state === 'running' && guest.resets) {
        guest.resets = false;
        powerOn();
    }
    line.set(state, status);
    byId('pause').textContent = state === 'paused' ? 'Resume' : 'Pause';
    byId('pause').setAttribute('aria-pressed', String(state === 'paused'));
    byId('pause').disabled = !['running', 'paused'].includes(state);
    if (state === 'ended') {
        showMessage('note', status ? `The guest has ended with status ${status}.` : 'The guest has powered off.',
            ['Start it again', reset], ...wayBack(guest.choice));
    } else if (state === 'failed' && byId('message').hidden) {
        showMessage('error', `The machine has failed with status ${status}.`, ['Reboot', reset], ...wayBack(guest.choice));
    }
}

function onData(from, bytes) {
    const text = from.decoder.decode(bytes, { stream: true });
    from.log.add(text);
    line.output(text);
    return new Promise((resolve) => {
        term.write(bytes, resolve);
    });
}

// -- The saved machine --

const when = ({ date, choice }) => `${choice.kernel ? `${choice.kernel.name}, ` : ''}${date.toLocaleString()}`;

/** Does something with the browser's storage; says so if that fails. */
async function withSaved(act) {
    try {
        await act();
    } catch (error) {
        showMessage('error', `${error.message[0].toUpperCase()}${error.message.slice(1)}`, ['OK', () => term.focus()]);
    }
}

/** The machine as it is now becomes the saved one. */
async function keep() {
    const { machine, choice, log } = guest ?? {};
    if (!['running', 'paused'].includes(machine?.state)) {
        throw new Error('no machine runs that could be saved');
    }
    const there = await saved.read();
    if (there && there.id !== guest.saved && !await ask(`Another machine is saved here: ${when(there)}.`, 'Replace it')) {
        term.focus();
        return;
    }
    const before = used;
    used = false;
    try {
        const snapshot = await machine.save();
        const id = `${Date.now()} ${Math.random()}`;
        const date = new Date();
        await saved.write({ id, date, choice: { ...choice, saved: undefined }, shown: log.toString().slice(-SHOWN_LIMIT), snapshot });
        guest.saved = id;
        byId('kept').hidden = false;
        showMessage('note', `Saved in this browser: ${(snapshot.length / 1e6).toFixed(1)} MB. After a reload of this page you may continue here.`,
            ['OK', () => term.focus()]);
    } catch (error) {
        used ||= before;
        throw new Error(`the machine is not saved: ${error.message}`);
    } finally {
        term.focus();
    }
}

/** Offers the saved machine, if there is one; `silently` says nothing if there is none. */
async function offerSaved(text, silently) {
    const there = await saved.read();
    byId('kept').hidden = !there;
    if (there) {
        showMessage('note', `${text} ${when(there)}.`, ['Continue where I left off', () => withSaved(resumeSaved)],
            ['Delete it', discard], [silently ? 'Start anew' : 'Cancel', () => term.focus()]);
        if (!silently) {
            byId('message').querySelector('button').focus();
        }
    } else if (!silently) {
        throw new Error('no machine is saved here any more');
    }
}

async function resumeSaved() {
    const there = await saved.read(); // which another tab may have changed
    byId('kept').hidden = !there;
    if (!there) {
        throw new Error('no machine is saved here any more');
    }
    boot({ ...there.choice, saved: there });
}

async function discard() {
    if (await ask('Delete the saved machine?', 'Delete')) {
        await withSaved(async () => {
            await saved.remove();
            byId('kept').hidden = true;
        });
    }
    term.focus();
}

// -- Input --

const keys = makeKeys(byId('keys'), term);

term.onData((data) => {
    if (replays && keys.isAnswer(data)) {
        return;
    }
    used ||= !keys.isAnswer(data);
    guest?.machine.write(keys.apply(data));
});
term.onBinary((data) => guest?.machine.write(Uint8Array.from(data, (c) => c.charCodeAt(0))));
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
        // The way out of a terminal that takes Tab for itself, to a button that does no harm if it is pressed.
        byId(byId('menu').offsetParent ? 'menu' : 'pause').focus();
        event.preventDefault();
        return false;
    }
    return !(event.ctrlKey && event.shiftKey && key === 'v');
});
// Asked by the browser, in its own words.
addEventListener('beforeunload', (event) => {
    if (atStake()) {
        event.preventDefault();
        event.returnValue = true;
    }
});

// -- Controls --

makeMenu(byId('menu'), byId('buttons'), () => byId('menu').focus());
byId('reboot').addEventListener('click', reset);
byId('pause').addEventListener('click', () => {
    guest?.machine[guest.machine.state === 'paused' ? 'resume' : 'pause']();
    term.focus();
});
byId('save').addEventListener('click', () => {
    save('console.log', guest?.log.toString() ?? '', 'text/plain');
    term.focus();
});
byId('keep').addEventListener('click', () => withSaved(keep));
byId('kept').addEventListener('click', () => withSaved(() => offerSaved('A machine is saved here:')));
byId('full').hidden = !document.fullscreenEnabled;
byId('full').addEventListener('click', async () => {
    await (document.fullscreenElement ? document.exitFullscreen() : byId('stage').requestFullscreen());
    term.focus();
});
byId('reader').addEventListener('click', () => {
    term.options.screenReaderMode = true;
    term.focus();
});
byId('cancel').addEventListener('click', () => attempt?.abort(CANCELLED));

// Each of these buttons opens a form and closes the others'.
const forms = { own: ['settings', 'kernel'], download: ['fetch', 'path'] };

function openForm(which) {
    keys.release();
    for (const [button, [form]] of Object.entries(forms)) {
        byId(form).hidden = button !== which;
        byId(button).setAttribute('aria-expanded', String(button === which));
    }
    fit.fit();
    (which ? byId(forms[which][1]) : term).focus();
}

for (const [button, [form]] of Object.entries(forms)) {
    byId(button).addEventListener('click', () => openForm(byId(form).hidden ? button : undefined));
    byId(form).querySelector('.close').addEventListener('click', () => openForm());
    byId(form).addEventListener('keydown', (event) => {
        if (event.key === 'Escape') {
            openForm();
        }
    });
}

/** Whether the guest takes and gives files; if it cannot, that is said. */
function takesFiles() {
    const ok = ['OK', () => term.focus()];
    if (line.shown === 'paused') {
        showMessage('note', 'The machine is paused: a guest can take and give files only while it runs.', ok);
        return false;
    }
    if (!['running', 'idle'].includes(line.shown)) {
        showMessage('error', 'No guest runs that could take or give files.', ok, ...guest ? [] : wayBack(wanted));
        return false;
    }
    const { machine, choice } = guest;
    // One that waits for something to happen has booted, and its hostlink would have said hello.
    if (machine.takesFiles || hasHostlink(choice) || line.shown === 'running') {
        return true;
    }
    showMessage('error', 'This guest takes and gives no files: hostlink, which does that in the built-in Linux, does not run.',
        ok, ...wayBack(choice));
    return false;
}

function bringIn(list) {
    if (takesFiles()) {
        used = true;
        upload(guest.machine, list);
    }
    term.focus();
}

byId('upload').addEventListener('click', () => takesFiles() && byId('files').click());
byId('files').addEventListener('change', () => {
    bringIn([...byId('files').files]);
    byId('files').value = '';
});
byId('fetch').addEventListener('submit', (event) => {
    event.preventDefault();
    openForm();
    if (takesFiles()) {
        download(guest.machine, byId('path').value);
    }
});

/** Boots what the form says, with these files of the user's, where they are not undefined. */
function bootOwn({ kernel, initrd }) {
    const before = guest?.choice ?? wanted;
    const named = (file) => file && { name: file.name, source: file };
    boot({
        kernel: named(kernel) ?? before.kernel,
        initrd: named(initrd) ?? before.initrd,
        append: byId('append').value,
        memory: byId('memory').value,
        tell: byId('tell').checked,
    });
}

byId('settings').addEventListener('submit', (event) => {
    event.preventDefault();
    openForm();
    bootOwn({ kernel: byId('kernel').files[0], initrd: byId('initrd').files[0] });
});
byId('built-in').addEventListener('click', () => {
    byId('settings').reset();
    openForm();
    boot({ ...DEFAULTS });
});

takeDrops(bringIn, async (dropped) => {
    try {
        bootOwn(await tellApart(dropped));
    } catch (error) {
        showMessage('error', error.message, ['OK', () => term.focus()]);
    }
});
term.onResize(({ cols, rows }) => guest?.machine.resize(cols, rows));
new ResizeObserver(() => fit.fit()).observe(byId('terminal'));

// -- Start --

byId('append').defaultValue = DEFAULTS.append;
byId('append').value = parameters.get('append') ?? DEFAULTS.append;
byId('memory').value = parameters.get('m') ?? DEFAULTS.memory;
const missing = missingFeatures();
if (missing.length) {
    showLoading('');
    line.set('failed');
    byId('buttons').querySelectorAll('button').forEach((button) => {
        button.disabled = true;
    });
    showMessage('error', `This browser has no ${missing.join(', no ')}. A newer Firefox, Chrome, Edge or Safari has.`);
} else {
    const byUrl = (name) => parameters.has(name) ? { name: parameters.get(name), source: parameters.get(name) } : undefined;
    await boot({
        ...DEFAULTS,
        kernel: byUrl('kernel'),
        initrd: byUrl('initrd'),
        append: byId('append').value,
        memory: parameters.get('m') ?? DEFAULTS.memory,
    });
    if (byId('message').hidden) {
        await offerSaved('You have saved a machine here:', true).catch(() => {}); // without storage there is none
    }
}
window.term = term;
