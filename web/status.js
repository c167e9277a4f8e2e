// SPDX-License-Identifier: MIT
// What the page says about the machine: the line at its foot, and the box for messages and questions.

const byId = (id) => document.getElementById(id);

const TAIL = 400; // characters at the end of the output, enough for the last line of a panic
const PANIC = /---\[ end (Kernel panic[^\n]*?) \]---\s*$/; // after which the kernel prints nothing more

/** The line at the foot: one state, and figures only where they mean something in it. */
export class StateLine {
    #state = 'loading'; // as the machine has it
    #status;
    #idle = false;
    #mips;
    #ran = 0; // ms, without the span that is running
    #since;
    #clock;
    #tail = '';
    #panic;
    #onPanic;

    /** onPanic(text) is called when the guest's kernel has panicked, and with undefined if it goes on all the same. */
    constructor(onPanic) {
        this.#onPanic = onPanic;
    }

    /** loading, running, idle, paused, ended, failed, panic; off: nothing was ever switched on. */
    get shown() {
        return this.#state !== 'running' ? this.#state : this.#panic ? 'panic' : this.#idle ? 'idle' : 'running';
    }

    /** The machine has been switched on. */
    restart(memory) {
        byId('ram').textContent = memory;
        this.#ran = 0;
        this.#since = undefined;
        this.#mips = undefined;
        this.#idle = false;
        this.#tail = '';
        this.#panic = undefined;
    }

    set(state, status) {
        const now = performance.now();
        if (this.#since !== undefined) {
            this.#ran += now - this.#since;
        }
        this.#since = state === 'running' ? now : undefined;
        this.#state = state;
        this.#status = status;
        clearInterval(this.#clock);
        this.#clock = state === 'running' ? setInterval(() => this.#showTime(), 1000) : undefined;
        this.#show();
        byId('announce').textContent = byId('state').textContent; // and not at each change between running and idle
    }

    stats({ mips, idle }) {
        this.#mips = mips;
        this.#idle = idle;
        this.#show();
    }

    /** Text that the guest has written. */
    output(text) {
        this.#tail = (this.#tail.slice(-TAIL) + text).slice(-TAIL);
        const panic = PANIC.exec(this.#tail)?.[1];
        if (panic !== this.#panic) {
            this.#panic = panic;
            this.#show();
            this.#onPanic(panic);
        }
    }

    #text() {
        switch (this.shown) {
        case 'ended': return this.#status ? `ended with status ${this.#status}` : 'powered off';
        case 'failed': return 'cannot run';
        case 'off': return 'switched off';
        case 'panic': return 'kernel panic';
        default: return this.shown;
        }
    }

    #show() {
        const text = this.#text();
        byId('state').dataset.state = this.shown;
        if (byId('state').textContent !== text) {
            byId('state').textContent = text;
        }
        byId('speed').hidden = this.shown !== 'running' || this.#mips === undefined;
        byId('mips').textContent = this.#mips?.toFixed(0);
        const none = ['loading', 'failed', 'off'].includes(this.shown);
        byId('time').hidden = none;
        byId('size').hidden = none;
        byId('time').firstChild.data = this.#state === 'ended' ? 'ran ' : 'up ';
        this.#showTime();
    }

    #showTime() {
        const s = Math.floor((this.#ran + (this.#since === undefined ? 0 : performance.now() - this.#since)) / 1000);
        byId('uptime').textContent = `${Math.floor(s / 60)}:${String(s % 60).padStart(2, '0')}`;
    }
}

let refuse; // the question that is being asked, answered with no

/** Hides the message; a question in it is answered with no. */
export function hideMessage() {
    byId('message').hidden = true;
    byId('message').replaceChildren();
    refuse?.();
    refuse = undefined;
}

/**
 * Shows a message of a kind ('error', 'note', 'question') in place of the one before, with buttons: [label, act] each.
 * Any of them hides it.
 */
export function showMessage(kind, text, ...buttons) {
    hideMessage();
    const paragraph = document.createElement('p');
    paragraph.textContent = text;
    byId('message').dataset.kind = kind;
    const row = document.createElement('div');
    row.className = 'actions';
    row.append(...buttons.map(([label, act]) => {
        const button = document.createElement('button');
        button.textContent = label;
        button.addEventListener('click', () => {
            const over = refuse;
            refuse = undefined;
            hideMessage();
            act?.();
            over?.();
        });
        return button;
    }));
    byId('message').append(paragraph, row);
    byId('message').hidden = false;
}

/** Asks; a promise of whether the answer was `yes`, the label of that button. Enter and Escape mean no. */
export function ask(text, yes) {
    return new Promise((resolve) => {
        showMessage('question', text, [yes, () => resolve(true)], ['Cancel']);
        refuse = () => resolve(false);
        byId('message').querySelector('button:last-child').focus();
    });
}

byId('message').addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
        hideMessage();
    }
});
