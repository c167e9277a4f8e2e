// SPDX-License-Identifier: MIT
// The page's end of the guest's second serial port, where the guest's hostlink listens: files into the guest and out
// of it, and the size of its console. scripts/rootfs-page/hostlink.c says what goes over the port.
//
// A guest may send anything. Nothing of it takes memory here without bound, and no file comes that was not asked for.

import { Deferred, Limit } from './limit.js';

const PROTOCOL = 2;
const CHUNK = 8 << 10; // bytes of a file in one message
const WINDOW = 64 << 10; // bytes on their way that the guest has not yet written
const WAIT_MS = 20e3; // for the guest to listen
const WAKE_MS = 2e3; // for it to answer
const SEED = 32; // random bytes
const MAX_LINE = 4096; // bytes; a longer line is none of the protocol's
const MAX_DATA = 64 << 10; // bytes in a message of the guest's
const MAX_SIZE = 512 << 20; // bytes of a file from the guest: the board's memory has no more
const MAX_OFFERS = 16; // files offered by the guest, neither taken nor dismissed

const encoder = new TextEncoder();
const decoder = new TextDecoder();

const table = Uint32Array.from({ length: 256 }, (_, i) => {
    for (let bit = 0; bit < 8; bit++) {
        i = i >>> 1 ^ (i & 1 ? 0xedb88320 : 0);
    }
    return i;
});

/** zlib's CRC-32 of some bytes, continued from that of the bytes before. */
function crc32(bytes, crc = 0) {
    crc = ~crc;
    for (let i = 0; i < bytes.length; i++) {
        crc = crc >>> 8 ^ table[(crc ^ bytes[i]) & 0xff];
    }
    return ~crc >>> 0;
}

/** A name as it can stand in a line. */
const clean = (name) => String(name).replace(/[\0-\x1f\x7f]/g, '_').trim();

/** One file on its way, in either direction. */
class Transfer {
    #ended = new Deferred();
    #moved = new Deferred();
    over = false;
    refused = false; // by the guest
    began = false; // the guest has answered
    got = 0; // bytes that have arrived at the other end
    crc = 0;
    parts = []; // of a file from the guest

    constructor(id, name, size, { onProgress, maxSize = MAX_SIZE }) {
        Object.assign(this, { id, name, size, onProgress, maxSize });
    }

    get ended() {
        return this.#ended.promise;
    }

    done(result) {
        this.over = true;
        this.#ended.resolve(result);
        this.#moved.resolve();
    }

    fail(error) {
        this.over = true;
        this.parts = [];
        this.#ended.reject(error);
        this.#moved.resolve();
    }

    /** The guest has got so many more bytes. */
    move(bytes) {
        this.began = true;
        this.got = Math.min(this.got + bytes, this.size);
        if (bytes) {
            this.#progress();
        }
        this.#moved.resolve();
        this.#moved = new Deferred();
    }

    /** Waits until the condition holds, or the transfer is over. */
    async until(condition) {
        while (!this.over && !condition()) {
            await this.#moved.promise;
        }
    }

    /** Takes bytes of a file from the guest. Its size is a guess: a file in /proc has none, another may grow. */
    take(bytes) {
        if (!this.began || this.over) {
            return;
        }
        this.got += bytes.length;
        if (this.got > this.maxSize) {
            this.fail(new Error(`${this.name}: is larger than ${this.maxSize} bytes: raise maxSize to take it`));
            return;
        }
        this.parts.push(bytes.slice());
        this.crc = crc32(bytes, this.crc);
        this.#progress();
    }

    #progress() {
        try {
            this.onProgress?.(this.got, Math.max(this.got, this.size));
        } catch (error) {
            this.fail(error);
        }
    }

    /** All bytes have come. */
    arrived(crc) {
        if (!this.began || this.crc !== crc) {
            this.fail(new Error(`${this.name}: arrived damaged: try again`));
            return;
        }
        const bytes = new Uint8Array(this.got);
        let at = 0;
        for (const part of this.parts) {
            bytes.set(part, at);
            at += part.length;
        }
        this.parts = [];
        this.done(bytes);
    }
}

export class Link {
    #send;
    #onOffer;
    #size; // the console's, [rows, columns]
    #listens = false;
    #listening = new Deferred(); // resolves when the guest listens
    #era = { why: undefined }; // another one after each reset, whose reason the one before has
    #turns = { put: Promise.resolve(), get: Promise.resolve() }; // one of a kind at a time
    #transfers = new Map(); // by id
    #lastId = 0;
    #buffer = new Uint8Array(); // the beginning of a line
    #data = 0; // bytes that come next, of the file
    #receiver; // with this transfer
    #offers = new Set(); // paths
    #timer;

    /** send(bytes) sends to the port; onOffer(offer) is told of a file that the guest offers (FileOffer in tqemu.d.ts). */
    constructor(send, onOffer) {
        this.#send = send;
        this.#onOffer = onOffer;
    }

    /** Whether hostlink runs in the guest. */
    get listens() {
        return this.#listens;
    }

    /** The machine was switched on, or is off: whatever was asked for before fails. */
    reset(why = 'the machine was reset') {
        this.#era.why = why;
        this.#era = { why: undefined };
        this.#listening.reject(new Error(why));
        this.#listening = new Deferred();
        this.#listens = false;
        this.#buffer = new Uint8Array();
        clearTimeout(this.#timer);
        this.#restart(why);
    }

    /**
     * The machine goes on from a snapshot: the hostlink that may run in it gets the date and random numbers, and says hello
     * again. One that was in the middle of a file takes what comes for the rest of a message; after so much it reads lines.
     */
    wake(before = '\n') {
        const now = Date.now();
        const seed = globalThis.crypto?.getRandomValues(new Uint8Array(SEED)) ?? [];
        const hex = Array.from(seed, (byte) => byte.toString(16).padStart(2, '0')).join('');
        this.#line(`${before}wake ${Math.floor(now / 1e3)} ${now % 1e3} ${hex}`);
        this.#timer = before.length < CHUNK ? setTimeout(() => this.wake('\n'.repeat(CHUNK)), WAKE_MS) : undefined;
        this.#timer?.unref?.();
    }

    /** Nobody knows of the transfers any more. */
    #restart(why) {
        this.#data = 0;
        this.#receiver = undefined;
        this.#offers.clear();
        this.#transfers.forEach((transfer) => transfer.fail(new Error(why)));
    }

    resize(rows, columns) {
        this.#size = [rows, columns];
        if (this.#listens) {
            this.#line('size', rows, columns);
        }
    }

    /** Sends a Blob into the guest; gives the path that it has there. */
    put(name, blob, options = {}) {
        name = clean(name);
        if (!name) {
            return Promise.reject(new Error('a file needs a name'));
        }
        return this.#inTurn('put', options, () => this.#transfer(name, blob.size, options, (transfer) => this.#putFile(transfer, blob)));
    }

    /** Gives the bytes of a file in the guest. */
    get(path, options = {}) {
        path = clean(path);
        return this.#inTurn('get', options, () => this.#transfer(path, 0, options, ({ id }) => this.#line('get', id, path)));
    }

    #line(...words) {
        this.#send(encoder.encode(`${words.join(' ')}\n`));
    }

    /** Runs a transfer when the guest listens and those of its kind before it are over. */
    async #inTurn(kind, { signal }, run) {
        const era = this.#era;
        const before = this.#turns[kind];
        const over = new Deferred();
        this.#turns[kind] = before.then(() => over.promise);
        const limits = [new Limit({ signal }),
            new Limit({ timeout: WAIT_MS, signal }, () => 'the guest takes no files: does hostlink run on its second serial port?')];
        try {
            await limits[1].over(this.#listening.promise);
            limits[1].end();
            await limits[0].over(before);
            if (era.why) {
                throw new Error(era.why);
            }
            return await run();
        } finally {
            limits.forEach((limit) => limit.end());
            over.resolve();
        }
    }

    /** Runs a transfer that start() begins; gives its result. */
    async #transfer(name, size, options, start) {
        const transfer = new Transfer(++this.#lastId, name, size, options);
        const { signal } = options;
        const era = this.#era;
        const abort = () => transfer.fail(signal.reason ?? new Error('aborted'));
        this.#transfers.set(transfer.id, transfer);
        signal?.addEventListener('abort', abort);
        try {
            Promise.resolve(start(transfer)).catch((error) => transfer.fail(error)); // a Blob may prove to be unreadable
            return await transfer.ended;
        } catch (error) {
            if (!era.why && !transfer.refused) {
                this.#line('abort', transfer.id);
            }
            throw error;
        } finally {
            signal?.removeEventListener('abort', abort);
            this.#transfers.delete(transfer.id);
        }
    }

    async #putFile(transfer, blob) {
        const { id } = transfer;
        this.#line('put', id, blob.size, transfer.name);
        await transfer.until(() => transfer.began); // the folder may not be there
        let crc = 0;
        for (let at = 0; at < blob.size && !transfer.over; at += CHUNK) {
            const bytes = new Uint8Array(await blob.slice(at, at + CHUNK).arrayBuffer());
            crc = crc32(bytes, crc);
            if (!transfer.over) {
                this.#line('data', id, bytes.length);
                this.#send(bytes);
                await transfer.until(() => at + bytes.length - transfer.got < WINDOW);
            }
        }
        if (!transfer.over) {
            this.#line('end', id, crc.toString(16));
        }
    }

    /** Takes what has come over the port. */
    receive(bytes) {
        if (this.#buffer.length) {
            const joined = new Uint8Array(this.#buffer.length + bytes.length);
            joined.set(this.#buffer);
            joined.set(bytes, this.#buffer.length);
            bytes = joined;
        }
        let at = 0;
        while (at < bytes.length) {
            if (this.#data) {
                const some = bytes.subarray(at, at + this.#data);
                this.#data -= some.length;
                at += some.length;
                this.#receiver?.take(some);
                continue;
            }
            const end = bytes.indexOf(10, at);
            if (end < 0) {
                break;
            }
            const line = decoder.decode(bytes.subarray(at, end));
            at = end + 1;
            this.#obey(line);
        }
        // A line that never ends is no line.
        this.#buffer = bytes.length - at < MAX_LINE ? bytes.slice(at) : new Uint8Array();
    }

    #obey(line) {
        const [, verb, id, rest] = /^(\S*) ?(\d*) ?(.*)$/s.exec(line);
        const transfer = this.#transfers.get(Number(id));
        switch (verb) {
        case 'hello':
            this.#hello(Number(id), rest);
            break;
        case 'got':
            transfer?.move(Number(rest) || 0);
            break;
        case 'done':
            transfer?.done(rest);
            break;
        case 'fail':
            if (transfer) {
                transfer.refused = true;
                transfer.fail(new Error(rest));
            }
            break;
        case 'file':
            if (transfer) {
                transfer.began = true;
                transfer.size = parseInt(rest, 10) || 0;
            }
            break;
        case 'data':
            this.#data = !this.#listens ? 0 : Math.min(Number(rest) || 0, MAX_DATA);
            this.#receiver = transfer;
            break;
        case 'end':
            transfer?.arrived(parseInt(rest, 16));
            break;
        case 'offer':
            this.#offer(Number(id), rest);
            break;
        }
    }

    #hello(protocol, key) {
        clearTimeout(this.#timer);
        this.#restart('hostlink was restarted in the guest');
        if (protocol !== PROTOCOL) {
            this.#listening.reject(new Error(`the guest's hostlink speaks protocol ${protocol}, and not ${PROTOCOL}: `
                + 'use the root file system that came with this tqemu'));
            return;
        }
        // What the hostlink before has not read is still on its way: a line of its own ends that.
        this.#line(`\nstart ${key}`);
        this.#listens = true;
        if (this.#size) {
            this.#line('size', ...this.#size);
        }
        this.#listening.resolve();
    }

    #offer(size, path) {
        if (!path || (this.#offers.size >= MAX_OFFERS && !this.#offers.has(path))) {
            return;
        }
        const era = this.#era;
        const dismiss = () => {
            if (era === this.#era) {
                this.#offers.delete(path);
            }
        };
        this.#offers.add(path);
        this.#onOffer({
            name: path.replace(/.*\//, ''),
            path,
            size,
            dismiss,
            take: async (options) => {
                if (era.why) {
                    throw new Error(era.why);
                }
                dismiss();
                return this.get(path, options);
            },
        });
    }
}
