// SPDX-License-Identifier: MIT
// The world as tqemu.wasm sees it: the few functions that emscripten's C library asks its host for, over files that
// are byte arrays in memory. Where emscripten would bring a loader of its own this is the smaller thing, and the
// same in a page, in a worker and in node.

const ENOENT = -44, EBADF = 8, EINVAL = -28, ENOTTY = -59; // as its C library numbers them
const GROWTH = 32 << 20; // bytes of memory: growing is slow, and what is not touched costs nothing
const O_ACCMODE = 3, O_CREAT = 0o100, O_TRUNC = 0o1000, O_APPEND = 0o2000;

/** A file: bytes that may have room after them. */
class MemoryFile {
    constructor(bytes = new Uint8Array()) {
        this.bytes = bytes;
        this.size = bytes.length;
    }

    content() {
        return this.bytes.subarray(0, this.size);
    }

    write(at, from) {
        const end = at + from.length;
        if (end > this.bytes.length) {
            const more = new Uint8Array(Math.max(end, 2 * this.bytes.length, 4096));
            more.set(this.content());
            this.bytes = more;
        }
        this.bytes.set(from, at);
        this.size = Math.max(this.size, end);
    }
}

/**
 * One instance of the program.
 *   module   a WebAssembly.Module
 *   files    { name: Uint8Array }: what fopen() finds
 *   onError  called with each line that goes to stderr or stdout
 */
export class Program {
    #views; // { u8, view }
    #savedName; // a string in the program's memory

    constructor(module, files, onError) {
        this.files = new Map(Object.entries(files).map(([name, bytes]) => [name, new MemoryFile(bytes)]));
        this.open = [];
        this.onError = onError;
        this.line = '';
        this.instance = new WebAssembly.Instance(module, { env: this.#env(), wasi_snapshot_preview1: this.#wasi() });
        this.c = this.instance.exports;
        this.c.__wasm_call_ctors();
    }

    /** Views of the memory, which are others after it has grown. */
    get u8() {
        return this.#memory().u8;
    }

    get view() {
        return this.#memory().view;
    }

    #memory() {
        const { buffer } = this.c.memory;
        if (this.#views?.u8.buffer !== buffer) {
            this.#views = { u8: new Uint8Array(buffer), view: new DataView(buffer) };
        }
        return this.#views;
    }

    /** Calls main() with these arguments; returns its status. */
    main(args) {
        const strings = ['tqemu', ...args];
        const argv = this.c.malloc((strings.length + 1) * 4);
        strings.forEach((text, i) => {
            const at = this.#put(text); // before the view: memory may move
            this.view.setUint32(argv + 4 * i, at, true);
        });
        this.view.setUint32(argv + 4 * strings.length, 0, true);
        return this.c.main(strings.length, argv);
    }

    /** Copies a string into the program's memory; returns its address. */
    #put(text) {
        const bytes = new TextEncoder().encode(text + '\0');
        const at = this.c.malloc(bytes.length);
        this.u8.set(bytes, at);
        return at;
    }

    /** Saves a snapshot; returns its bytes, or undefined after an error. */
    save() {
        const name = 'saved';
        this.#savedName ??= this.#put(name);
        const saved = this.c.tqemu_save(this.#savedName) ? this.files.get(name).content().slice() : undefined;
        this.files.delete(name);
        return saved;
    }

    #string(at) {
        const bytes = this.u8;
        return new TextDecoder().decode(bytes.slice(at, bytes.indexOf(0, at)));
    }

    #print(bytes) {
        const lines = (this.line + new TextDecoder().decode(bytes)).split('\n');
        this.line = lines.pop();
        lines.forEach((line) => this.onError(line));
    }

    #tm(at, date) {
        const start = Date.UTC(date.getFullYear(), 0, 1);
        const day = Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
        const fields = [date.getSeconds(), date.getMinutes(), date.getHours(), date.getDate(),
            date.getMonth(), date.getFullYear() - 1900, date.getDay(), (day - start) / 86400e3, 0,
            -60 * date.getTimezoneOffset()];
        fields.forEach((value, i) => this.view.setInt32(at + 4 * i, value, true));
    }

    /** For each of the pieces of memory that an iovec array lists, in order, until one says stop. */
    #pieces(iov, count, done, each) {
        let total = 0;
        for (let i = 0; i < count; i++) {
            const at = this.view.getUint32(iov + 8 * i, true), size = this.view.getUint32(iov + 8 * i + 4, true);
            const n = each(this.u8.subarray(at, at + size));
            total += n;
            if (n < size) {
                break;
            }
        }
        this.view.setUint32(done, total, true);
        return 0;
    }

    #env() {
        return {
            __assert_fail: (what, file, line) => {
                throw new Error(`${this.#string(file)}:${line}: ${this.#string(what)}`);
            },
            system: () => -1, // no errno: there is no shell
            abort: () => {
                throw new Error('the program has given up');
            },
            __syscall_open: (path, flags) => {
                const name = this.#string(path);
                if (!this.files.has(name) && flags & O_CREAT) {
                    this.files.set(name, new MemoryFile());
                }
                const file = this.files.get(name);
                if (!file) {
                    return ENOENT;
                }
                if (flags & O_TRUNC && flags & O_ACCMODE) {
                    file.size = 0;
                }
                let fd = 3;
                while (this.open[fd]) {
                    fd++;
                }
                this.open[fd] = { file, at: 0, append: flags & O_APPEND };
                return fd;
            },
            __syscall_rename: (from, to) => {
                const file = this.files.get(this.#string(from));
                if (!file) {
                    return ENOENT;
                }
                this.files.delete(this.#string(from));
                this.files.set(this.#string(to), file);
                return 0;
            },
            __syscall_unlink: (path) => (this.files.delete(this.#string(path)) ? 0 : ENOENT),
            __syscall_rmdir: () => ENOENT,
            __syscall_fcntl64: () => EINVAL,
            __syscall_ioctl: () => ENOTTY,
            _localtime_js: (time, tm) => {
                const date = new Date(this.view.getInt32(time, true) * 1000);
                this.#tm(tm, date);
            },
            _tzset_js: () => {},
            emscripten_date_now: () => Date.now(),
            emscripten_get_now: () => performance.now(),
            emscripten_memcpy_big: (to, from, n) => {
                this.u8.copyWithin(to, from, from + n);
                return to;
            },
            emscripten_resize_heap: (size) => {
                const more = size - this.c.memory.buffer.byteLength;
                return Number([Math.max(more, GROWTH), more].some((bytes) => {
                    try {
                        this.c.memory.grow((bytes + 65535) >>> 16);
                        return true;
                    } catch {
                        return false;
                    }
                }));
            },
            getentropy: (at, n) => {
                globalThis.crypto?.getRandomValues(this.u8.subarray(at, at + n));
                return globalThis.crypto ? 0 : -1; // node has it without a flag from version 19 on
            },
            setTempRet0: () => {},
        };
    }

    #wasi() {
        return {
            fd_close: (fd) => {
                delete this.open[fd];
                return 0;
            },
            fd_read: (fd, iov, count, done) => {
                const stream = this.open[fd];
                if (!stream) {
                    return EBADF;
                }
                return this.#pieces(iov, count, done, (piece) => {
                    const from = stream.file.content().subarray(stream.at, stream.at + piece.length);
                    piece.set(from);
                    stream.at += from.length;
                    return from.length;
                });
            },
            fd_write: (fd, iov, count, done) => {
                const stream = this.open[fd];
                if (!stream && fd !== 1 && fd !== 2) {
                    return EBADF;
                }
                return this.#pieces(iov, count, done, (piece) => {
                    if (stream) {
                        stream.at = stream.append ? stream.file.size : stream.at;
                        stream.file.write(stream.at, piece);
                        stream.at += piece.length;
                    } else {
                        this.#print(piece);
                    }
                    return piece.length;
                });
            },
            fd_seek: (fd, low, high, whence, result) => {
                const stream = this.open[fd];
                if (!stream) {
                    return EBADF;
                }
                const base = [0, stream.at, stream.file.size][whence];
                stream.at = base + high * 2 ** 32 + (low >>> 0);
                this.view.setBigInt64(result, BigInt(stream.at), true);
                return 0;
            },
        };
    }
}
