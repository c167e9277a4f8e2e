// SPDX-License-Identifier: MIT
// A machine that runs: loads its files, calls the program slice by slice, and lets the event loop go on in between.
// It lives in a worker on a page and in the one thread there is in node; either way it is talked to in messages.

import { unpackBooted } from './booted.js';
import { load, nameOf } from './load.js';
import { Program } from './wasm.js';

const WAYS = 6; // in and out, of host/js.h
const SLICE_MS = 10;
const STATS_MS = 500;
const MAX_UNSEEN = 256 << 10; // bytes of output not taken yet; then the guest waits
const MAX_TIMER = 2 ** 31 - 1; // ms that setTimeout() takes; more counts as none

/** Compiles the program; `name` is that of its file. */
async function compile(bytes, name) {
    try {
        return await WebAssembly.compile(bytes);
    } catch (error) {
        throw new Error(`${name}: is not the program (${error.message}): copy all files of build/web again`);
    }
}

/** Calls back as soon as the event loop has had its turn; setTimeout() would make it wait for 4 ms. */
function makeSoon(callback) {
    if (typeof setImmediate === 'function') {
        return () => setImmediate(callback);
    }
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = callback;
    return () => port2.postMessage(0);
}

/**
 * Takes messages by handle() and sends its own by post(message, transfer):
 *   boot {wasm, files, args}   files: { name: source }; sends progress, then power, state, output, stats
 *   input {way, bytes}, seen {size} (of output), pause, resume
 *   reset {snapshot}   with bytes: goes on from them; the file `snapshot` of boot is for its first start alone, and
 *                      may be one of booted.js
 *   save   sends saved {bytes}, without bytes if there are none
 * host/js.h numbers the ways in and out.
 */
export class Machine {
    #post;
    #soon = makeSoon(() => this.#turn());
    #module;
    #files;
    #args;
    #program;
    #state = 'loading';
    #waits = false; // it is to be paused once it has its files
    #scheduled = false; // a call of #soon is under way
    #timer;
    #loading; // an AbortController
    #unseen = 0;
    #stats = { at: 0, instructions: 0, busy: 0, idle: false };

    constructor(post) {
        this.#post = post;
    }

    handle(message) {
        switch (message.type) {
        case 'boot':
            this.#boot(message).catch((error) => this.#fail(error.message));
            break;
        case 'input':
            this.#input(message.way, message.bytes);
            break;
        case 'seen':
            this.#unseen -= message.size;
            this.#schedule();
            break;
        case 'pause':
            this.#waits = this.#state === 'loading';
            if (this.#state === 'running') {
                this.#setState('paused');
                clearTimeout(this.#timer);
            }
            break;
        case 'resume':
            this.#waits = false;
            if (this.#state === 'paused') {
                this.#setState('running');
                this.#schedule();
            }
            break;
        case 'reset':
            if (this.#module && this.#files) {
                this.#start(message.snapshot);
            }
            break;
        case 'save':
            this.#save();
            break;
        }
    }

    /** Ends it, also while it loads. */
    close() {
        this.#state = 'closed';
        this.#loading?.abort();
        clearTimeout(this.#timer);
        this.#program = this.#module = this.#files = undefined; // their memory may go
    }

    #setState(state, status) {
        this.#state = state;
        this.#post({ type: 'state', state, status });
    }

    #fail(text) {
        if (this.#state === 'closed') {
            return;
        }
        this.#loading?.abort(); // what else is fetched has no use
        this.#post({ type: 'error', text });
        this.#setState('failed', 1);
    }

    async #boot({ wasm, files, args }) {
        this.#setState('loading');
        const progress = new Map();
        const report = (name) => (loaded, total) => {
            progress.set(name, { loaded, total });
            let sum = { loaded: 0, total: 0 };
            for (const p of progress.values()) {
                sum = { loaded: sum.loaded + p.loaded, total: sum.total + Math.max(p.total, p.loaded) };
            }
            this.#post({ type: 'progress', ...sum });
        };
        const names = Object.keys(files);
        this.#loading = new AbortController();
        const { signal } = this.#loading;
        const sources = names.map((name) => load(files[name], report(name), { signal }));
        const module = load(wasm, report('wasm'), { signal }).then((bytes) => compile(bytes, nameOf(wasm)));
        const [compiled, ...contents] = await Promise.all([module, ...sources]);
        signal.throwIfAborted();
        this.#module = compiled;
        const { snapshot, ...others } = Object.fromEntries(names.map((name, i) => [name, contents[i]]));
        this.#files = others;
        this.#args = args;
        this.#start(snapshot);
    }

    /** Power off, power on; or, with a snapshot, on from there. */
    #start(snapshot) {
        clearTimeout(this.#timer);
        this.#post({ type: 'power' });
        this.#program = undefined; // so that its memory may go before the next one's is taken
        this.#stats = { at: 0, instructions: 0, busy: 0, idle: false };
        let booted;
        try {
            booted = snapshot && unpackBooted(snapshot, [this.#files.kernel, this.#files.initrd]);
            const files = snapshot ? { ...this.#files, snapshot: booted?.snapshot ?? snapshot } : this.#files;
            const args = snapshot ? [...this.#args, '-incoming', 'file:snapshot'] : this.#args;
            this.#program = new Program(this.#module, files, (text) => this.#post({ type: 'error', text }));
            const status = this.#program.main(args);
            this.#program.files.delete('snapshot');
            if (status !== 0) {
                this.#setState('failed', status);
                return;
            }
        } catch (error) {
            this.#fail(`the machine cannot start: ${error.message}`);
            return;
        }
        if (booted) { // first: who waits for the state may draw all at once
            this.#send(0, booted.console);
        }
        this.#setState('running');
        if (this.#waits) {
            this.#waits = false;
            this.#setState('paused');
        }
        this.#schedule();
    }

    #input(way, bytes) {
        const c = this.#program?.c;
        if (!c || !['running', 'paused'].includes(this.#state)) {
            return;
        }
        const room = c.tqemu_input(way, bytes.length);
        if (!room) {
            this.#post({ type: 'error', text: `no memory for ${bytes.length} bytes of input` });
            return;
        }
        this.#program.u8.set(bytes, room);
        this.#schedule();
    }

    #save() {
        let bytes;
        if (['running', 'paused'].includes(this.#state)) {
            try {
                bytes = this.#program.save();
            } catch (error) {
                this.#fail(`the program has failed: ${error.message}`);
            }
        }
        this.#post({ type: 'saved', bytes }, bytes ? [bytes.buffer] : []);
    }

    #schedule() {
        if (this.#state === 'running' && !this.#scheduled && this.#unseen < MAX_UNSEEN) {
            clearTimeout(this.#timer);
            this.#scheduled = true;
            this.#soon();
        }
    }

    #turn() {
        this.#scheduled = false;
        if (this.#state !== 'running') {
            return;
        }
        const { c } = this.#program;
        const start = performance.now();
        let wait;
        try {
            wait = c.tqemu_slice(SLICE_MS);
            this.#output();
        } catch (error) {
            this.#fail(`the program has failed: ${error.message}`);
            return;
        }
        const now = performance.now();
        this.#stats.busy += now - start;
        if (wait < 0) {
            this.#setState('ended', c.tqemu_status());
            return;
        }
        if (now - this.#stats.at >= STATS_MS) {
            this.#sendStats(now, wait > 0);
        }
        // A timer would be late by more than so short a wait, which is that of a UART between characters.
        if (wait < 1) {
            this.#schedule();
            return;
        }
        // Once more after it has become idle, and then it is quiet.
        const last = this.#stats.idle ? Infinity : this.#stats.at + STATS_MS - now;
        if (Math.min(wait, last) < Infinity) {
            this.#timer = setTimeout(() => this.#schedule(), Math.min(wait, Math.max(last, 1), MAX_TIMER));
        }
    }

    #output() {
        const { c } = this.#program;
        for (let way = 0; way < WAYS; way++) {
            const size = c.tqemu_output_size(way);
            if (size) {
                const at = c.tqemu_output(way);
                this.#send(way, this.#program.u8.slice(at, at + size));
            }
        }
    }

    #send(way, bytes) {
        this.#unseen += bytes.length;
        this.#post({ type: 'output', way, bytes }, [bytes.buffer]);
    }

    #sendStats(now, idle) {
        const instructions = this.#program.c.tqemu_instructions();
        const mips = (instructions - this.#stats.instructions) / 1e3 / Math.max(this.#stats.busy, 0.001);
        this.#stats = { at: now, instructions, busy: 0, idle };
        this.#post({ type: 'stats', instructions, mips, idle, memory: this.#program.c.memory.buffer.byteLength });
    }
}
