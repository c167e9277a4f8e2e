// SPDX-License-Identifier: MIT
// The page's files: those that go into the guest and come out of it, with what is shown meanwhile, and those that are
// dropped on the page.

import { describeImage } from './images.js';

const SHOWN_MS = 4000; // how long a finished transfer stays in sight
const MAX_OFFERS = 8; // files of the guest that wait for the user's click

const byId = (id) => document.getElementById(id);

/** Lets the browser save something. */
export function save(name, content, type = 'application/octet-stream') {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([content], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

function readable(bytes) {
    return bytes < 1e4 ? `${bytes} B` : bytes < 1e6 ? `${(bytes / 1e3).toFixed(0)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** Any of these buttons gives the focus back to the terminal, because it goes away itself. */
function addButton(item, label, act) {
    const button = document.createElement('button');
    button.textContent = label;
    button.addEventListener('click', () => {
        act();
        byId('terminal').querySelector('textarea').focus();
    });
    item.append(button);
    return button;
}

function addItem(text, kind) {
    const item = document.createElement('li');
    const span = document.createElement('span');
    span.textContent = text;
    item.className = kind;
    item.append(span);
    byId('transfers').append(item);
    return { item, span };
}

/**
 * Shows a transfer until it is over; gives its result, or undefined if it failed, which is shown then. begin({ onProgress,
 * signal }) starts it.
 */
async function show(name, begin) {
    const abort = new AbortController();
    const { item, span } = addItem(`${name}: waiting for the guest`, 'moving');
    const bar = document.createElement('progress');
    bar.setAttribute('aria-label', name);
    item.append(bar);
    const cancel = addButton(item, 'Cancel', () => abort.abort(new Error('cancelled')));
    const onProgress = (done, size) => {
        bar.max = size || 1;
        bar.value = size ? done : 1;
        span.textContent = `${name}: ${readable(done)} of ${readable(size)}`;
    };
    let result;
    try {
        result = await begin({ onProgress, signal: abort.signal });
        span.textContent = typeof result === 'string' ? `${result} is in the guest` : `${name}: ${readable(result.length)}`;
        item.className = 'done';
        setTimeout(() => item.remove(), SHOWN_MS);
    } catch (error) {
        item.className = 'bad';
        span.textContent = error.message.includes(name) ? error.message : `${name}: ${error.message}`;
        addButton(item, 'OK', () => item.remove());
    }
    cancel.remove();
    bar.remove();
    return result;
}

/** Brings files into the guest, one after the other. */
export function upload(machine, files) {
    return Promise.all([...files].map((file) => show(file.name, (options) => machine.upload(file.name, file, options))));
}

/** Takes a file out of the guest, for the browser to save. The user has asked for it. */
export async function download(machine, path) {
    const bytes = await show(path, (options) => machine.download(path, options));
    if (bytes) {
        save(path.replace(/.*\//, ''), bytes);
    }
}

// -- Files that the guest offers --

let offers = []; // their items in the list
let refused; // the item that says that there were more

function withdraw(item) {
    item.remove();
    offers = offers.filter((other) => other !== item);
    refused?.item.remove();
    refused = undefined;
}

/** Forgets what the guest before has offered. */
export function withdrawOffers() {
    offers.forEach(withdraw);
}

/**
 * Shows a file that the guest offers (FileOffer in tqemu.d.ts). A click saves it, and nothing else: a guest runs what
 * it likes, and the browser's folder for downloads is not its own. No more than a few wait at a time; the user is told
 * that there were others.
 */
export function offer(file) {
    // Marks that turn the direction of writing would disguise the name's end.
    const name = file.name.replace(/[\p{Cc}\p{Cf}/\\]/gu, '_') || 'file';
    if (offers.length === MAX_OFFERS) {
        file.dismiss();
        if (!refused) {
            refused = addItem('', 'bad');
            addButton(refused.item, 'OK', () => withdraw(refused.item));
        }
        refused.span.textContent = `${name}: not offered, because too many files of the guest's wait`;
        return;
    }
    const { item } = addItem(`${name}, ${readable(file.size)}, from the guest`, 'offer');
    offers.push(item);
    const button = addButton(item, 'Save', async () => {
        withdraw(item);
        const bytes = await show(name, (options) => file.take(options));
        if (bytes) {
            save(name, bytes);
        }
    });
    button.setAttribute('aria-label', `Save ${name}`);
    addButton(item, 'Discard', () => {
        withdraw(item);
        file.dismiss();
    });
}

// -- Files dropped on the page --

/** Files dropped on the page, by where they were dropped: onUpload(files), onBoot(files). */
export function takeDrops(onUpload, onBoot) {
    const zones = byId('drop');
    const hasFiles = (event) => event.dataTransfer?.types.includes('Files');
    const end = () => {
        zones.hidden = true;
    };
    addEventListener('dragover', (event) => {
        if (hasFiles(event)) {
            event.preventDefault();
            zones.hidden = false;
            const under = event.target.closest?.('[data-drop]');
            zones.querySelectorAll('[data-drop]').forEach((zone) => zone.classList.toggle('over', zone === under));
        }
    });
    addEventListener('dragleave', (event) => {
        if (!event.relatedTarget) {
            end();
        }
    });
    addEventListener('drop', (event) => {
        if (!hasFiles(event)) {
            return;
        }
        event.preventDefault();
        end();
        const files = [...event.dataTransfer.files];
        if (files.length) {
            (event.target.closest?.('[data-drop=boot]') ? onBoot : onUpload)(files);
        }
    });
}

/**
 * Tells an initrd from a kernel, by content, and by name where that does not tell: a promise of { kernel, initrd },
 * what there is. It is rejected if several are the same.
 */
export async function tellApart(files) {
    const told = {};
    for (const file of files) {
        const { use } = await describeImage(new Uint8Array(await file.slice(0, 1 << 20).arrayBuffer()));
        const isInitrd = use === 'initrd' || use === 'unknown' && /cpio|initr|rootfs/i.test(file.name);
        const what = isInitrd ? 'initrd' : 'kernel';
        if (told[what]) {
            throw new Error(`${told[what].name} and ${file.name}: each would be the ${what}. Drop one kernel, and its initrd.`);
        }
        told[what] = file;
    }
    return told;
}
