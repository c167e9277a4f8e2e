// SPDX-License-Identifier: MIT
// The console's log: the last few million characters that the guest has written. The text is kept in pieces, of which
// the oldest go, so that adding to it never copies the rest.

const PIECE = 4 << 10; // characters, about

export class Log {
    #limit;
    #pieces = [''];
    #length = 0;

    /** Keeps at least the last `limit` characters. */
    constructor(limit) {
        this.#limit = limit;
    }

    add(text) {
        if (this.#pieces.at(-1).length < PIECE) {
            this.#pieces.push(this.#pieces.pop() + text);
        } else {
            this.#pieces.push(text);
        }
        this.#length += text.length;
        while (this.#length - this.#pieces[0].length >= this.#limit) {
            this.#length -= this.#pieces.shift().length;
        }
    }

    /** The last `limit` characters. */
    toString() {
        return this.#pieces.join('').slice(-this.#limit);
    }
}
