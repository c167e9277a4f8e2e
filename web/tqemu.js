// SPDX-License-Identifier: MIT
// tqemu for JavaScript: a whole ARM computer as one object. tqemu.d.ts describes it.

import { Link } from './link.js';

const encoder = new TextEncoder();

/** What this browser lacks to run a machine, as a list of names; empty: nothing. */
export function missingFeatures() {
    const needed = ['WebAssembly', 'DecompressionStream', 'ReadableStream', 'TextEncoder', 'MessageChannel'];
    if (typeof window !== 'undefined') {
        needed.push('Worker');
    }
    return needed.filter((name) => typeof globalThis[name] === 'undefined');
}

export class TQemu {
    #options;
    #send;
    #close;
    #queue = []; // input from before the machine runs
    #link = new Link((bytes) => this.#input(1, bytes), (name, bytes) => this.#options.onFile?.(name, bytes));
    state = 'loading';

    constructor(options = {}) {
        this.#options = options;
        const missing = missingFeatures();
        if (missing.length) {
            throw new Error(`this browser has no ${missing.join(', no ')}: use a newer one`);
        }
        if (typeof window !== 'undefined') {
            const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
            worker.onmessage = (event) => this.#receive(event.data);
            worker.onerror = (event) => {
                this.#receive({ type: 'error', text: event.message ?? 'the worker cannot be loaded' });
                this.#receive({ type: 'state', state: 'failed', status: 1 });
            };
            this.#send = (message) => worker.postMessage(message);
            this.#close = () => worker.terminate();
        } else {
            const ready = import('./machine.js').then(({ Machine }) => new Machine((m) => this.#receive(m)));
            this.#send = (message) => ready.then((machine) => machine.handle(message));
            this.#close = () => this.#send({ type: 'pause' });
        }
        this.#boot();
    }

    #boot() {
        const o = this.#options;
        const files = {};
        const args = [];
        for (const name of ['kernel', 'initrd', 'dtb', 'bios']) {
            if (o[name]) {
                // A URL is resolved here: in the worker another base would count.
                const relative = typeof window !== 'undefined' && typeof o[name] === 'string';
                files[name] = relative ? new URL(o[name], document.baseURI).href : o[name];
                files[name] = files[name] instanceof URL ? files[name].href : files[name];
                args.push(`-${name}`, name);
            }
        }
        if (o.append !== undefined) {
            args.push('-append', o.append);
        }
        if (o.memory !== undefined) {
            args.push('-m', String(o.memory));
        }
        if (!o.args?.includes('-serial')) {
            args.push('-serial', 'stdio', '-serial', 'channel');
        }
        args.push(...o.args ?? []);
        const wasm = new URL('./tqemu.wasm.gz', import.meta.url).href;
        this.#send({ type: 'boot', wasm, files, args });
    }

    async #receive(message) {
        const o = this.#options;
        switch (message.type) {
        case 'output':
            if (message.port === 0) {
                await o.onData?.(message.bytes);
            } else {
                this.#link.receive(message.bytes);
            }
            this.#send({ type: 'seen', size: message.bytes.length });
            break;
        case 'state':
            if (['ended', 'failed'].includes(message.state)) {
                this.#link.reset('the machine has ended');
            }
            this.state = message.state;
            if (this.state === 'running') {
                this.#queue.splice(0).forEach((bytes) => this.#input(0, bytes));
            }
            o.onState?.(message.state, message.status);
            break;
        case 'power':
            this.#link.reset();
            break;
        case 'stats':
            o.onStats?.(message);
            break;
        case 'progress':
            o.onProgress?.(message.loaded, message.total);
            break;
        case 'error':
            o.onError?.(message.text);
            break;
        }
    }

    write(data) {
        const bytes = typeof data === 'string' ? encoder.encode(data) : data;
        if (!bytes.length) {
            return;
        }
        if (this.state === 'loading') {
            this.#queue.push(bytes);
        } else {
            this.#input(0, bytes);
        }
    }

    #input(port, bytes) {
        this.#send({ type: 'input', port, bytes });
    }

    /** Tells the guest how large its console is. */
    resize(columns, rows) {
        this.#link.resize(rows, columns);
    }

    /** Sends a file into the guest; a promise of its path there. */
    upload(name, data, onProgress) {
        return this.#link.put(name, data instanceof Blob ? data : new Blob([data]), onProgress);
    }

    /** A promise of the bytes of a file in the guest. */
    download(path, onProgress) {
        return this.#link.get(path, onProgress);
    }

    pause() {
        this.#send({ type: 'pause' });
    }

    resume() {
        this.#send({ type: 'resume' });
    }

    reset() {
        this.#link.reset();
        this.#send({ type: 'reset' });
    }

    close() {
        this.#link.reset('the machine was closed');
        this.#close();
    }
}
