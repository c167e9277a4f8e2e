// SPDX-License-Identifier: MIT
// The row of keys for touch screens, whose keyboards have few of those that a terminal wants.

// What the terminal itself answers when the guest asks it something: not the user's.
const ANSWER = /^\x1b\[([?>]?[\d;]*[Rcnt]|[IO])$/;

/** A key's bytes with Ctrl held down; unchanged where Ctrl makes no difference. */
function withCtrl(data) {
    if (/^[@-~ ]$/.test(data)) {
        return String.fromCharCode(data.toUpperCase().charCodeAt(0) & 31);
    }
    if (data === '/' || data === '-') {
        return '\x1f';
    }
    return data.replace(/^\x1b[[O]([A-DHF])$/, '\x1b[1;5$1').replace(/^\x1b\[([56])~$/, '\x1b[$1;5~');
}

/**
 * Wires the row up. A button sends its data-key, or data-cursor: the last letter of a cursor key's sequence. Ctrl
 * counts for the next key, whichever that is and wherever it comes from: apply(data), which all input has to go
 * through, gives the input as it is with Ctrl. release() disarms it.
 */
export function makeKeys(row, term) {
    const ctrl = row.querySelector('[data-ctrl]');
    let armed = false;
    const arm = (on) => {
        armed = on;
        ctrl.setAttribute('aria-pressed', String(on));
    };
    row.addEventListener('pointerdown', (event) => event.preventDefault()); // so that the touch keyboard stays
    row.addEventListener('click', (event) => {
        const button = event.target.closest('button');
        if (!button) {
            return;
        }
        if (button === ctrl) {
            arm(!armed);
        } else if (button.dataset.cursor) {
            term.input((term.modes.applicationCursorKeysMode ? '\x1bO' : '\x1b[') + button.dataset.cursor);
        } else {
            term.input(button.dataset.key);
        }
        term.focus();
    });
    return {
        apply(data) {
            if (!armed || ANSWER.test(data)) {
                return data;
            }
            arm(false);
            return withCtrl(data);
        },
        release: () => arm(false),
        isAnswer: (data) => ANSWER.test(data),
    };
}
