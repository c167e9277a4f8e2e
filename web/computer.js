// SPDX-License-Identifier: MIT
// A whole ARM computer as one object, wherever it runs: tqemu.js has it in a page's worker, node.js in node.
// tqemu.d.ts describes it.

import { Expect } from './expect.js';
import { Deferred, Limit } from './limit.js';
import { Link } from './link.js';

const SERIAL_PORTS = 4;
const LINK_PORT = 1; // where hostlink listens in the guest
const GDB_WAY = 5; // of host/js.h
const SOURCES = ['kernel', 'initrd', 'dtb', 'bios']; // each is tqemu's option of that name
const FILES = [...SOURCES, 'snapshot'];
// What it does, and the option whose function listens to it, too.
const EVENTS = { data: 'onData', serial: 'onSerial', state: 'onState', stats: 'onStats', progress: 'onProgress', error: 'onError', file: 'onFile' };
const RESET = 'the machine was reset';
const OVER = { ended: 'the machine has ended', failed: 'the machine could not run', closed: 'the machine was closed' };

const encoder = new TextEncoder();

/** Bytes of our own: the caller may go on to use its. */
function copyOf(data) {
    return typeof data === 'string' ? encoder.encode(data) : new Uint8Array(data).slice();
}

/** A file beside this one. In a bundle of classic scripts nothing says where that is; then the option base must. */
function beside(name, url) {
    try {
        return url().href;
    } catch {
        return `tqemu:${name}`;
    }
}

// Bundlers know this form of a URL, and take the file along.
const program = beside('tqemu.wasm.gz', () => new URL('./tqemu.wasm.gz', import.meta.url));
export const guest = Object.freeze({
    kernel: beside('guest/zImage-xip.gz', () => new URL('./guest/zImage-xip.gz', import.meta.url)),
    initrd: beside('guest/rootfs.cpio.gz', () => new URL('./guest/rootfs.cpio.gz', import.meta.url)),
    append: 'console=ttyAMA0 quiet lpj=500000',
});
export const booted = Object.freeze({
    ...guest,
    append: `${guest.append} TERM=xterm LINES=24 COLUMNS=80`,
    memory: 128,
    snapshot: beside('guest/booted.gz', () => new URL('./guest/booted.gz', import.meta.url)),
});
const PATHS = new Map([[program, 'tqemu.wasm.gz'], [guest.kernel, 'guest/zImage-xip.gz'], [guest.initrd, 'guest/rootfs.cpio.gz'],
    [booted.snapshot, 'guest/booted.gz']]);

/** What is missing here to run a machine, of the names of what all places need and of more. */
export function missing(...more) {
    const needed = ['WebAssembly', 'DecompressionStream', 'ReadableStream', 'TextEncoder', 'MessageChannel', ...more];
    return needed.filter((name) => typeof globalThis[name] === 'undefined');
}

/**
 * What is at each serial port, by the values of tqemu's -serial options: the number of the way in and out (see
 * host/js.h), or undefined.
 */
function waysOf(args) {
    const values = args.filter((_, i) => /^--?serial$/.test(args[i - 1] ?? ''));
    return Array.from({ length: SERIAL_PORTS }, (_, port) => (
        /^(mon:)?stdio$/.test(values[port]) ? 0 : values[port] === 'channel' ? 1 + port : undefined));
}

export class Computer {
    #options;
    #host; // { connect, locate, folder }
    #connection; // { send(message, transfer), close() }
    #listeners = new Map(Object.keys(EVENTS).map((name) => [name, new Set()]));
    #args;
    #ways;
    #queue = []; // input from before the machine runs
    #link; // undefined: there is no channel for it
    #expect = new Expect((text) => this.write(text));
    #state = 'new';
    #ready = new Deferred();
    #ended = new Deferred();
    #problem = ''; // the last message of an error
    #loaded = false; // the machine has its files
    #resets = 0;
    #stale = 0; // resets under way: what comes is still from the machine before
    #wakes = false; // it begins with a snapshot, of which its hostlink does not know
    #taking; // the end of the last file that takeFiles takes, a promise
    #taken = { count: 0, bytes: 0 };
    #saves = []; // snapshots that are being made: { resolve, reject }

    /**
     * The host is where the machine runs: connect(receive, options) starts that, and gives { send(message, transfer),
     * close() }; locate(string) makes what it can get of a source, and folder(base) a URL of a folder's name.
     */
    constructor(options, host) {
        this.#options = options;
        this.#host = host;
        for (const [name, option] of Object.entries(EVENTS)) {
            if (options[option]) {
                this.on(name, options[option]);
            }
        }
        this.#args = this.#commandLine();
        this.#ways = waysOf(this.#args);
        if (options.hostlink !== false && this.#ways[LINK_PORT]) {
            this.#link = new Link((bytes) => this.#input(LINK_PORT, bytes), (file) => this.#offered(file));
        }
        if (options.gdb) {
            options.gdb.onmessage = ({ data }) => this.#send(GDB_WAY, copyOf(data));
        }
        if (options.autostart !== false) {
            this.start();
        }
    }

    /** tqemu's arguments. The names of files are those of the options that name their sources. */
    #commandLine() {
        const o = this.#options;
        const more = (o.args ?? []).map(String);
        return [
            ...SOURCES.filter((name) => o[name]).flatMap((name) => [`-${name}`, name]),
            ...o.append !== undefined ? ['-append', String(o.append)] : [],
            ...o.memory !== undefined ? ['-m', String(o.memory)] : [],
            ...more.some((arg) => /^--?serial$/.test(arg)) ? [] : ['stdio', 'channel', 'channel', 'channel'].flatMap((to) => ['-serial', to]),
            ...o.gdb ? ['-gdb', 'channel'] : [],
            ...more,
        ];
    }

    get state() {
        return this.#state;
    }

    get ready() {
        return this.#ready.promise;
    }

    get ended() {
        return this.#ended.promise;
    }

    start() {
        if (this.#state === 'new') {
            this.#boot();
        }
        return this.ready;
    }

    #boot(snapshot = this.#options.snapshot) {
        const o = { ...this.#options, snapshot };
        const files = Object.fromEntries(FILES.filter((name) => o[name]).map((name) => [name, this.#locate(o[name])]));
        const message = { type: 'boot', wasm: this.#locate(o.wasm ?? program), files, args: this.#args };
        this.#connection ??= this.#host.connect((m) => this.#receive(m), o);
        this.#state = 'loading';
        this.#wakes = Boolean(snapshot);
        this.#connection.send(message);
    }

    /** A source as the host can get it. A file of the package may be in another folder. */
    #locate(source) {
        const { base } = this.#options;
        const url = source instanceof URL ? source.href : source;
        if (typeof url !== 'string') {
            return url;
        }
        const ours = PATHS.get(url);
        if (ours && base) {
            return new URL(ours, this.#host.folder(base)).href;
        }
        if (ours && url.startsWith('tqemu:')) {
            throw new Error(`${ours}: this bundle does not know where it is: name the folder by the option base`);
        }
        return ours ? url : this.#host.locate(url);
    }

    on(name, listener) {
        const listeners = this.#listeners.get(name);
        if (!listeners) {
            throw new TypeError(`${name}: is no event: there are ${Object.keys(EVENTS).join(', ')}`);
        }
        listeners.add(listener);
        return () => this.off(name, listener);
    }

    off(name, listener) {
        this.#listeners.get(name)?.delete(listener);
    }

    /** Calls the listeners; waits for what they promise. One that fails is no reason to stop the guest. */
    async #emit(name, ...args) {
        await Promise.all([...this.#listeners.get(name)].map(async (listener) => {
            try {
                await listener(...args);
            } catch (error) {
                if (name === 'error') {
                    console.error(error);
                } else {
                    this.#complain(`the listener to '${name}' has failed: ${error?.message ?? error}`);
                }
            }
        }));
    }

    #complain(text) {
        this.#problem = text;
        this.#emit('error', text);
    }

    async #receive(message) {
        if (this.#state === 'closed' || (this.#stale && ['state', 'stats'].includes(message.type))) {
            return;
        }
        switch (message.type) {
        case 'output':
            if (!this.#stale) {
                await this.#output(message.way, message.bytes);
            }
            if (this.#state !== 'closed') {
                this.#connection.send({ type: 'seen', size: message.bytes.length });
            }
            break;
        case 'state':
            this.#setState(message.state, message.status);
            break;
        case 'power':
            this.#loaded = true;
            this.#stale = Math.max(this.#stale - 1, 0);
            break;
        case 'stats':
            this.#emit('stats', message);
            break;
        case 'saved': {
            const save = this.#saves.shift();
            if (message.bytes) {
                save.resolve(message.bytes);
            } else {
                save.reject(new Error(OVER[this.#state] ?? (this.#problem || 'the machine does not run yet')));
            }
            break;
        }
        case 'progress':
            this.#emit('progress', message.loaded, message.total);
            break;
        case 'error':
            this.#complain(message.text);
            break;
        }
    }

    #setState(state, status) {
        this.#state = state;
        if (state === 'running') {
            if (this.#wakes) {
                this.#wakes = false;
                this.#link?.wake();
            }
            this.#queue.splice(0).forEach(({ way, bytes }) => this.#send(way, bytes));
            this.#ready.resolve();
        } else if (OVER[state]) {
            const why = state === 'failed' && this.#problem ? this.#problem : OVER[state];
            this.#link?.reset(why);
            this.#expect.fail(new Error(why));
            this.#ready.reject(new Error(why));
            if (state === 'closed') {
                this.#ended.reject(new Error(why));
            } else {
                this.#ended.resolve({ status, ...state === 'failed' && { error: why } });
            }
        }
        this.#emit('state', state, status);
    }

    #output(way, bytes) {
        if (way === GDB_WAY) {
            this.#options.gdb.postMessage(bytes);
            return undefined;
        }
        const port = this.#ways.indexOf(way);
        if (this.#link && port === LINK_PORT) {
            this.#link.receive(bytes);
            return undefined;
        }
        const all = port >= 0 ? [this.#emit('serial', port, bytes)] : [];
        // Semihosting writes on the console even if no port is there.
        if (port === 0 || way === 0) {
            this.#expect.feed(bytes);
            all.push(this.#emit('data', bytes));
        }
        return Promise.all(all);
    }

    write(data, port = 0) {
        if (this.#ways[port] === undefined || (this.#link && port === LINK_PORT)) {
            throw new RangeError(`serial port ${port}: ${this.#ways[port] ? 'belongs to hostlink: set hostlink to false to use it'
                : 'is not connected to JavaScript'}`);
        }
        this.#input(port, copyOf(data));
    }

    #input(port, bytes) {
        this.#send(this.#ways[port], bytes);
    }

    #send(way, bytes) {
        if (['new', 'loading'].includes(this.#state)) {
            this.#queue.push({ way, bytes });
        } else if (bytes.length && this.#state !== 'closed') {
            this.#connection.send({ type: 'input', way, bytes }, [bytes.buffer]);
        }
    }

    waitFor(pattern, options) {
        return this.#expect.waitFor(pattern, options);
    }

    run(command, options) {
        return this.#expect.run(command, options);
    }

    resize(columns, rows) {
        this.#link?.resize(rows, columns);
    }

    get takesFiles() {
        return this.#link?.listens ?? false;
    }

    upload(name, data, options) {
        return this.#transfer(options, (o) => this.#link.put(name, data instanceof Blob ? data : new Blob([data]), o));
    }

    download(path, options) {
        return this.#transfer(options, (o) => this.#link.get(path, o));
    }

    async #transfer(options = {}, begin) {
        const o = typeof options === 'function' ? { onProgress: options } : options;
        if (!this.#link) {
            throw new Error('files need hostlink, which needs the second serial port: leave hostlink and -serial as they are');
        }
        const resets = this.#resets;
        const limit = new Limit({ signal: o.signal });
        try {
            await limit.over(this.#ready.promise);
        } finally {
            limit.end();
        }
        if (resets !== this.#resets || OVER[this.#state]) {
            throw new Error(OVER[this.#state] ?? RESET);
        }
        return begin(o);
    }

    /** The guest offers a file. It is taken at once only if takeFiles says so. */
    #offered(file) {
        const { count = 0, bytes = 0 } = this.#options.takeFiles ?? {};
        const resets = this.#resets;
        this.#taking = (this.#taking ?? Promise.resolve()).then(async () => {
            const left = bytes - this.#taken.bytes;
            if (resets !== this.#resets) {
                return;
            }
            if (this.#taken.count < count && file.size <= left) {
                this.#taken.count++;
                try {
                    file.bytes = await file.take({ maxSize: left });
                    this.#taken.bytes += file.bytes.length;
                } catch (error) {
                    this.#complain(`${file.name}: ${error.message}`);
                    return;
                }
            }
            this.#emit('file', file);
        });
    }

    pause() {
        this.#connection?.send({ type: 'pause' });
    }

    resume() {
        this.#connection?.send({ type: 'resume' });
    }

    reset() {
        this.#restart();
    }

    async save() {
        if (['new', 'closed'].includes(this.#state)) {
            throw new Error(OVER[this.#state] ?? 'the machine does not run yet');
        }
        const save = new Deferred();
        this.#saves.push(save);
        this.#connection.send({ type: 'save' });
        return save.promise;
    }

    restore(snapshot) {
        this.#restart(new Uint8Array(snapshot).slice());
    }

    #restart(snapshot) {
        if (this.#state === 'failed' && !this.#loaded) {
            this.#renew();
            this.#boot(snapshot);
        } else if (this.#loaded && this.#state !== 'closed') {
            this.#stale++;
            this.#renew();
            this.#wakes = Boolean(snapshot);
            this.#connection.send({ type: 'reset', snapshot }, snapshot ? [snapshot.buffer] : []);
        }
    }

    /** A new machine begins: nothing of the one before is left. */
    #renew() {
        this.#resets++;
        this.#problem = '';
        this.#taken = { count: 0, bytes: 0 };
        this.#link?.reset(RESET);
        this.#expect.reset(new Error(RESET));
        if (OVER[this.#state]) {
            this.#ready = new Deferred();
            this.#ended = new Deferred();
        }
    }

    close() {
        if (this.#state !== 'closed') {
            this.#setState('closed');
            this.#connection?.close();
            this.#queue = [];
            this.#saves.splice(0).forEach((save) => save.reject(new Error(OVER.closed)));
        }
    }
}
