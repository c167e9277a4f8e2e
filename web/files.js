// SPDX-License-Identifier: MIT
// The page's files: those that go into the guest and come out of it, with what is shown meanwhile, and those that are
// dropped on the page.

const SHOWN_MS = 4000; // how long a finished transfer stays in sight

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

/** Shows a transfer until it is over; gives its result, or undefined if it failed, which is shown then. */
async function show(name, begin) {
    const item = document.createElement('li');
    const bar = document.createElement('progress');
    const text = document.createElement('span');
    bar.setAttribute('aria-label', name);
    text.textContent = name;
    item.append(text, bar);
    byId('transfers').append(item);
    let result;
    try {
        result = await begin((done, size) => {
            bar.max = size || 1;
            bar.value = size ? done : 1;
            text.textContent = `${name}: ${readable(done)} of ${readable(size)}`;
        });
        text.textContent = typeof result === 'string' ? `${result} is in the guest` : `${name}: ${readable(result.length)}`;
        setTimeout(() => item.remove(), SHOWN_MS);
    } catch (error) {
        item.classList.add('bad');
        text.textContent = error.message.includes(name) ? error.message : `${name}: ${error.message}`;
        const close = document.createElement('button');
        close.textContent = 'OK';
        close.addEventListener('click', () => item.remove());
        item.append(close);
    }
    bar.remove();
    return result;
}

/** Brings files into the guest, one after the other. */
export function upload(machine, files) {
    return Promise.all([...files].map((file) => show(file.name, (moved) => machine.upload(file.name, file, moved))));
}

/** Takes a file out of the guest, for the browser to save. */
export async function download(machine, path) {
    const bytes = await show(path, (moved) => machine.download(path, moved));
    if (bytes) {
        save(path.replace(/.*\//, ''), bytes);
    }
}

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

/** Tells an initrd, a cpio archive or a packed one by its name, from a kernel: { kernel, initrd }, what there is. */
export async function tellApart(files) {
    const told = {};
    for (const file of files) {
        const head = new TextDecoder('latin1').decode(await file.slice(0, 6).arrayBuffer());
        told[/^07070/.test(head) || /cpio|initr|rootfs/i.test(file.name) ? 'initrd' : 'kernel'] = file;
    }
    return told;
}
