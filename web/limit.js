// SPDX-License-Identifier: MIT
// Promises that others settle, and the limits that a caller may set to waiting: a time, an AbortSignal.

/** A promise with its resolve() and reject(). An unhandled rejection is not an error. */
export class Deferred {
    constructor() {
        this.promise = new Promise((resolve, reject) => {
            this.resolve = resolve;
            this.reject = reject;
        });
        this.promise.catch(() => {});
    }
}

/** The limits of one call: `timeout` in milliseconds, whose message `what` makes, and a signal. end() lifts them. */
export class Limit {
    #hit = new Deferred();
    #timer;
    #signal;
    #abort = () => this.#hit.reject(this.#signal.reason ?? new Error('aborted'));

    constructor({ timeout, signal } = {}, what = undefined) {
        if (timeout !== undefined && timeout < 2 ** 31) { // setTimeout() takes a longer time for none
            this.#timer = setTimeout(() => {
                const error = new Error(what());
                error.name = 'TimeoutError';
                this.#hit.reject(error);
            }, timeout);
        }
        this.#signal = signal;
        if (signal?.aborted) {
            this.#abort();
        }
        signal?.addEventListener('abort', this.#abort);
    }

    /** What the promise gives, if it settles before a limit is reached. */
    over(promise) {
        return Promise.race([this.#hit.promise, promise]);
    }

    end() {
        clearTimeout(this.#timer);
        this.#signal?.removeEventListener('abort', this.#abort);
    }
}
