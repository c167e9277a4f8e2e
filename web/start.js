// SPDX-License-Identifier: MIT
// Starts the page's machine while the rest of the page, most of which is the terminal, is still on its way.

import { Deferred } from './limit.js';
import { TQemu, booted, missingFeatures } from './tqemu.js';

export * from './tqemu.js'; // for the rest of the page: it is here already

const LAUNCH_MS = 100;
const OTHERS = ['append', 'initrd', 'kernel', 'm', 'snapshot'];
const parameters = new URLSearchParams(location.search);
const heard = new Deferred();

let machine = missingFeatures().length || OTHERS.some((name) => parameters.has(name)) ? undefined
    : new TQemu({ ...booted, onData: async (bytes) => (await heard.promise)(bytes) });

/**
 * The worker is there, or takes too long. A page that is busy does not start workers, so what takes time, like making a
 * terminal, has to wait for this: it is done while the worker waits for the machine's files.
 */
export const launched = machine && Promise.race([new Promise((resolve) => machine.on('state', resolve)),
    new Promise((resolve) => setTimeout(resolve, LAUNCH_MS))]);

/** Hands the machine over, once: undefined if there is none. onData hears all that it has said. */
export function takeStarted(onData) {
    const started = machine;
    machine = undefined;
    heard.resolve(onData);
    return started;
}
