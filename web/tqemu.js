// SPDX-License-Identifier: MIT
// The machine in a page: it runs in a Web Worker. tqemu.d.ts describes this module.

import { Computer, booted, guest, missing } from './computer.js';

export { booted, guest };

const here = import.meta.url;

/** What this browser lacks to run a machine, as a list of names; empty: nothing. */
export function missingFeatures() {
    return missing('Worker');
}

/** Starts a module worker, from another origin, too, which browsers allow to a module that imports it. */
function startWorker(url) {
    if (new URL(url).origin === location.origin) {
        return new Worker(url, { type: 'module' });
    }
    const trampoline = URL.createObjectURL(new Blob([`import ${JSON.stringify(url)};`], { type: 'text/javascript' }));
    const worker = new Worker(trampoline, { type: 'module' });
    worker.addEventListener('message', () => URL.revokeObjectURL(trampoline), { once: true });
    return worker;
}

const page = {
    /** A URL, which in the worker would have another base. */
    locate(source) {
        try {
            return new URL(source, globalThis.document?.baseURI ?? location.href).href;
        } catch {
            return source; // which cannot be fetched: load() says so
        }
    },

    folder: (base) => page.locate(String(base).replace(/\/?$/, '/')),

    connect(receive, { base, worker: own }) {
        const url = own ? page.locate(String(own)) : base ? new URL('worker.js', page.folder(base)).href
            : new URL(here).origin !== location.origin ? new URL('worker.js', here).href : undefined;
        // Bundlers know this form, and make a file of the worker.
        const worker = url ? startWorker(url) : new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
        worker.onmessage = (event) => receive(event.data);
        worker.onerror = (event) => {
            receive({ type: 'error', text: event.message ?? `${url ?? 'worker.js'}: the worker cannot be loaded: is the file there, `
                + 'and does the page\'s Content-Security-Policy allow it?' });
            receive({ type: 'state', state: 'failed', status: 1 });
        };
        return {
            send: (message, transfer) => worker.postMessage(message, transfer ?? []),
            close: () => worker.terminate(),
        };
    },
};

export class TQemu extends Computer {
    constructor(options = {}) {
        const lacks = missingFeatures();
        if (lacks.length) {
            throw new Error(`this browser has no ${lacks.join(', no ')}: use a newer one`);
        }
        super(options, page);
    }
}
