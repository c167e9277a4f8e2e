// SPDX-License-Identifier: MIT
// The page's end of the guest's second serial port, where the guest's hostlink listens: files into the guest and out
// of it, and the size of its console. scripts/rootfs-page/hostlink.c says what goes over the port.

const CHUNK = 8 << 10; // bytes of a file in one message
const WINDOW = 64 << 10; // bytes on their way that the guest has not yet written
const WAIT_MS = 20e3; // for the guest to listen
const HEADER = 4096; // a longer line is none of ours

const encoder = new TextEncoder();
const decoder = new TextDecoder();

const table = Uint32Array.from({ length: 256 }, (_, i) => {
    for (let bit = 0; bit < 8; bit++) {
        i = i >>> 1 ^ (i & 1 ? 0xedb88320 : 0);
    }
    return i;
});

/** zlib's CRC-32 of some bytes, which goes on from that of the bytes before. */
function crc32(bytes, crc = 0) {
    crc = ~crc;
    for (let i = 0; i < bytes.length; i++) {
        crc = crc >>> 8 ^ table[(crc ^ bytes[i]) & 0xff];
    }
    return ~crc >>> 0;
}

/** A name as it can stand in a line. */
const clean = (name) => String(name).replace(/[\0-\x1f\x7f]/g, '_').trim();

export class Link {
    #send;
    #onFile;
    #size; // the console's, [rows, columns]
    #listens = false;
    #waiters = []; // for the guest to listen
    #queue = Promise.resolve(); // uploads and downloads, one at a time each
    #gets = Promise.resolve();
    #transfers = new Map(); // by id
    #lastId = 0;
    #buffer = new Uint8Array();
    #coming; // the file that comes from the guest: { id, name, size, parts, got, crc }
    #data = 0; // bytes of it that come next

    /** send(bytes) sends to the port; onFile(name, bytes) takes a file that the guest gives of its own accord. */
    constructor(send, onFile) {
        this.#send = send;
        this.#onFile = onFile;
    }

    /** The machine has been switched on, or off: whatever was under way is not any more. */
    reset(why = 'the machine was reset') {
        this.#listens = false;
        this.#buffer = new Uint8Array();
        this.#coming = undefined;
        this.#data = 0;
        const transfers = [...this.#transfers.values()];
        this.#transfers.clear();
        transfers.forEach((t) => t.fail(new Error(why)));
    }

    resize(rows, columns) {
        this.#size = [rows, columns];
        if (this.#listens) {
            this.#line('size', rows, columns);
        }
    }

    /** Sends a Blob into the guest; gives the path that it has there. */
    put(name, blob, onProgress) {
        const done = this.#queue.then(() => this.#put(clean(name), blob, onProgress));
        this.#queue = done.catch(() => {});
        return done;
    }

    /** Gives the bytes of a file of the guest's. */
    get(path, onProgress) {
        const done = this.#gets.then(async () => {
            await this.#listening();
            return this.#transfer({ onProgress }, (id) => this.#line('get', id, clean(path)));
        });
        this.#gets = done.catch(() => {});
        return done;
    }

    #line(...words) {
        this.#send(encoder.encode(`${words.join(' ')}\n`));
    }

    #listening() {
        if (this.#listens) {
            return Promise.resolve();
        }
        return new Promise((resolve, reject) => {
            const waiter = () => {
                clearTimeout(timer);
                resolve();
            };
            const timer = setTimeout(() => {
                this.#waiters = this.#waiters.filter((w) => w !== waiter);
                reject(new Error('the guest does not take files: its hostlink does not run'));
            }, WAIT_MS);
            this.#waiters.push(waiter);
        });
    }

    /** Starts a transfer; gives a promise of its end. */
    #transfer(transfer, start) {
        return new Promise((resolve, reject) => {
            const id = ++this.#lastId;
            const end = (how) => (value) => {
                this.#transfers.delete(id);
                how(value);
            };
            this.#transfers.set(id, Object.assign(transfer, { id, done: end(resolve), fail: end(reject) }));
            start(id);
        });
    }

    async #put(name, blob, onProgress) {
        if (!name) {
            throw new Error('a file needs a name');
        }
        await this.#listening();
        const transfer = { got: 0, moved() {} };
        const result = this.#transfer(transfer, (id) => this.#line('put', id, blob.size, name));
        let failed = false;
        result.catch(() => {
            failed = true;
            transfer.moved();
        });
        let crc = 0;
        for (let at = 0; at < blob.size && !failed; at += CHUNK) {
            const bytes = new Uint8Array(await blob.slice(at, at + CHUNK).arrayBuffer());
            crc = crc32(bytes, crc);
            if (failed) {
                break; // by a reset: nothing of it may go to the next guest
            }
            this.#line('data', transfer.id, bytes.length);
            this.#send(bytes);
            while (at + bytes.length - transfer.got >= WINDOW && !failed) {
                await new Promise((moved) => {
                    transfer.moved = moved;
                });
                onProgress?.(transfer.got, blob.size);
            }
        }
        if (!failed) {
            this.#line('end', transfer.id, crc.toString(16));
        }
        const path = await result;
        onProgress?.(blob.size, blob.size);
        return path;
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
                this.#collect(some);
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
        this.#buffer = bytes.length - at < HEADER ? bytes.slice(at) : new Uint8Array();
    }

    #obey(line) {
        const [, verb, id, rest] = /^(\S*) ?(\d*) ?(.*)$/s.exec(line);
        const transfer = this.#transfers.get(Number(id));
        switch (verb) {
        case 'hello':
            this.#listens = true;
            if (this.#size) {
                this.#line('size', ...this.#size);
            }
            this.#waiters.splice(0).forEach((waiter) => waiter());
            break;
        case 'got':
            if (transfer) {
                transfer.got += Number(rest);
                transfer.moved();
            }
            break;
        case 'done':
            transfer?.done(rest);
            break;
        case 'fail':
            transfer?.fail(new Error(rest));
            this.#coming = undefined;
            break;
        case 'file': {
            const [, size, name] = /^(\d+) ?(.*)$/s.exec(rest) ?? [undefined, 0, ''];
            this.#coming = { id: Number(id), name, size: Number(size), parts: [], got: 0, crc: 0 };
            break;
        }
        case 'data':
            this.#data = Number(rest);
            break;
        case 'end':
            this.#arrived(transfer, parseInt(rest, 16));
            break;
        }
    }

    #collect(bytes) {
        const file = this.#coming;
        if (file) {
            file.parts.push(bytes.slice());
            file.got += bytes.length;
            file.crc = crc32(bytes, file.crc);
            this.#transfers.get(file.id)?.onProgress?.(file.got, file.size);
        }
    }

    #arrived(transfer, crc) {
        const file = this.#coming;
        this.#coming = undefined;
        if (!file || file.crc !== crc || file.got !== file.size) {
            transfer?.fail(new Error(`${file?.name ?? 'a file'}: it arrived damaged`));
            return;
        }
        const bytes = new Uint8Array(file.size);
        let at = 0;
        for (const part of file.parts) {
            bytes.set(part, at);
            at += part.length;
        }
        if (transfer) {
            transfer.done(bytes);
        } else {
            this.#onFile(file.name, bytes);
        }
    }
}
