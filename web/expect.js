// SPDX-License-Identifier: MIT
// What scripts ask of the guest's console: to wait for a text, and to run a command in the shell there.
//
// A command is run between two marks that the shell prints: operating system commands (OSC, ECMA-48) of a number that
// no terminal knows, so that none shows them. The echo of the typed line cannot be taken for a mark, because it has the
// escape character spelled out, and prompts stand outside of the marks. The command itself is typed as an argument of
// printf, with everything that a line editor could act on (tabs, newlines, bytes beyond ASCII) as octal numbers, and in
// pieces, because line editors and ttys take lines of limited length only.

import { Deferred, Limit } from './limit.js';

const KEPT = 256 << 10; // characters that waitFor() looks back on
const MAX_SEQUENCE = 256; // characters of a control sequence that comes in parts
const MAX_OUTPUT = 64 << 20; // characters of a command's output
const PIECE = 400; // characters of the command in one line
const OSC = 7717;
const INTERRUPT = '\x03'; // Ctrl-C

// A control sequence: a string (OSC, DCS, ...) up to its terminator, a CSI sequence, another escape; or the end of a line.
const SEQUENCE = /\x1b(?:\][^\x07\x1b]*(?:\x07|\x1b\\)|[PX^_][^\x1b]*\x1b\\|\[[0-?]*[ -/]*[@-~]|[ -/]*[0-OQ-WYZ\\`-~])|\r\n/g;
// The beginning of one at the end of a text.
const BEGINNING = /(?:\x1b(?:\][^\x07\x1b]*\x1b?|[PX^_][^\x1b]*\x1b?|\[[0-?]*[ -/]*|[ -/]*)|\r)$/;
const MARK = new RegExp(`^\x1b\\]${OSC};(\\w+)([?<>])(\\d*)\x07$`);

const encoder = new TextEncoder();

/** The bytes of a command as printf's %b takes them, each a string. */
function escaped(command) {
    return Array.from(encoder.encode(command), (byte) => {
        const plain = byte >= 0x20 && byte < 0x7f && byte !== 0x27 && byte !== 0x5c; // neither ' nor \
        return plain ? String.fromCharCode(byte) : `\\0${byte.toString(8).padStart(3, '0')}`;
    });
}

/** The shell command that prints a mark; `rest` is an argument for its end. */
const mark = (text, rest = '') => `printf '\\033]${OSC};${text}${rest && '%s'}\\007'${rest && ` ${rest}`}`;

export class Expect {
    #write;
    #decoder = new TextDecoder();
    #held = ''; // the beginning of a control sequence
    #parts = []; // of the text that no call has consumed yet
    #size = 0;
    #waiters = []; // { pattern, found: Deferred }
    #turn = Promise.resolve(); // of the next command
    #command; // under way: { id, output, size, began, marks: Map }
    #over; // why there will be no more text
    #gone; // why calls from before the last power-on are void

    /** write(text) types on the console. */
    constructor(write) {
        this.#write = write;
    }

    /** The machine was switched on, again. */
    reset(error) {
        this.fail(error);
        this.#gone = { error };
        this.#decoder = new TextDecoder();
        this.#held = '';
        this.#parts = [];
        this.#size = 0;
        this.#over = undefined;
    }

    /** There will be no more text: all who wait get this error. */
    fail(error) {
        this.#over = error;
        this.#waiters.splice(0).forEach(({ found }) => found.reject(error));
        if (this.#command) {
            this.#command.gone = true;
            this.#command.failed.reject(error);
        }
    }

    /** Takes what the guest has written. */
    feed(bytes) {
        const text = this.#held + this.#decoder.decode(bytes, { stream: true });
        const beginning = BEGINNING.exec(text)?.[0] ?? '';
        this.#held = beginning.length > MAX_SEQUENCE ? '' : beginning;
        const end = text.length - this.#held.length;
        let at = 0;
        for (const { 0: sequence, index } of text.slice(0, end).matchAll(SEQUENCE)) {
            this.#add(text.slice(at, index));
            at = index + sequence.length;
            if (sequence === '\r\n') {
                this.#add('\n');
            } else {
                this.#obey(sequence);
            }
        }
        this.#add(text.slice(at, end));
        this.#look();
    }

    #add(text) {
        if (text) {
            this.#capture(text);
            this.#parts.push(text);
            this.#size += text.length;
            while (this.#size - this.#parts[0].length >= KEPT) {
                this.#size -= this.#parts.shift().length;
            }
        }
    }

    #capture(text) {
        const command = this.#command;
        if (command?.began) {
            command.output.push(text);
            command.size += text.length;
            if (command.size > MAX_OUTPUT) {
                command.failed.reject(new Error(`the command has written more than ${MAX_OUTPUT} characters: let it write to a file`));
            }
        }
    }

    #obey(sequence) {
        const [, id, what, status] = MARK.exec(sequence) ?? [];
        const command = this.#command;
        if (!command || id !== command.id) {
            this.#capture(sequence);
        } else if (what === '?') {
            command.listens.resolve();
        } else if (what === '<') {
            command.began = true;
        } else if (command.began) {
            command.began = false;
            this.#parts = []; // what comes now is for waitFor()
            this.#size = 0;
            command.ended.resolve({ status: Number(status), output: command.output.join('') });
        }
    }

    #text() {
        const text = this.#parts.join('');
        this.#parts = text ? [text] : [];
        return text;
    }

    /** Serves the waiting calls in their order: each continues after what the one before has found. */
    #look() {
        this.#waiters = this.#waiters.filter(({ pattern, found }) => {
            const text = this.#text();
            const match = pattern.exec(text);
            if (match) {
                const rest = text.slice(match.index + match[0].length);
                this.#parts = rest ? [rest] : [];
                this.#size = rest.length;
                found.resolve(match);
            }
            return !match;
        });
    }

    /** Waits for a text; see tqemu.d.ts. */
    async waitFor(wanted, options) {
        const pattern = wanted instanceof RegExp ? new RegExp(wanted.source, wanted.flags.replace(/[gy]/g, ''))
            : new RegExp(String(wanted).replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
        const waiter = { pattern, found: new Deferred() };
        const limit = new Limit(options, () => `${wanted instanceof RegExp ? wanted : JSON.stringify(wanted)} has not come within ${options.timeout} ms: the console's text ends with `
            + JSON.stringify(this.#text().slice(-200)));
        this.#waiters.push(waiter);
        this.#look();
        if (this.#over) {
            waiter.found.reject(this.#over);
        }
        try {
            return await limit.over(waiter.found.promise);
        } finally {
            limit.end();
            this.#waiters = this.#waiters.filter((w) => w !== waiter);
        }
    }

    /** Runs a command in the shell; see tqemu.d.ts. */
    async run(command, options) {
        if (String(command).includes('\0')) {
            throw new TypeError('a command cannot have a zero character');
        }
        const limit = new Limit(options, () => `${JSON.stringify(String(command).slice(0, 60))} has not ended within `
            + `${options.timeout} ms`);
        const before = this.#turn;
        const gone = this.#gone;
        const over = new Deferred();
        this.#turn = before.then(() => over.promise);
        try {
            await limit.over(before);
            if (this.#over ?? this.#gone !== gone) {
                throw this.#over ?? this.#gone.error;
            }
            return await this.#run(escaped(command), limit);
        } finally {
            limit.end();
            over.resolve();
        }
    }

    async #run(characters, limit) {
        const id = Math.random().toString(36).slice(2, 10);
        const command = { id, output: [], size: 0, began: false, listens: new Deferred(), ended: new Deferred(), failed: new Deferred() };
        const wait = ({ promise }) => limit.over(Promise.race([command.failed.promise, promise]));
        this.#command = command;
        try {
            let text = `'${characters.join('')}'`;
            if (text.length > PIECE) {
                // More than fits into a line, and perhaps into the tty, before it is read.
                this.#write(`${mark(`${id}?`)}\n`);
                await wait(command.listens);
                text = '';
                for (let i = 0; i < characters.length;) {
                    let piece = '';
                    while (i < characters.length && piece.length < PIECE) {
                        piece += characters[i++];
                    }
                    this.#write(`tqemu=${text}'${piece}'\n`);
                    text = '"$tqemu"';
                }
            }
            // In a subshell: an error of syntax or `exit` ends that, and not the line, whose input is not the command's.
            this.#write(`${mark(`${id}<`)};(eval "$(printf %b ${text})")</dev/null;${mark(`${id}>`, '$?')}\n`);
            return await wait(command.ended);
        } catch (error) {
            if (!command.gone) {
                this.#write(INTERRUPT);
            }
            throw error;
        } finally {
            this.#command = undefined;
        }
    }
}
