// SPDX-License-Identifier: MIT
// The machine in node: it runs in slices between the other events of the one thread there is. tqemu.d.ts describes this
// module.

import { readFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { Computer, booted, guest, missing } from './computer.js';
import { Machine } from './machine.js';

export { booted, guest };

/** What this node lacks to run a machine, as a list of names; empty: nothing. */
export function missingFeatures() {
    return missing();
}

const isRemote = (source) => /^(https?|data|blob):/.test(source);

/** A File of what a path or a file: URL names; anything else is for load() as it is. */
async function read(source) {
    if (typeof source !== 'string' || isRemote(source)) {
        return source;
    }
    try {
        return new File([await readFile(/^file:/.test(source) ? fileURLToPath(source) : source)], source);
    } catch (error) {
        throw new Error(`${source}: cannot be read (${error.message}): check the path`);
    }
}

const node = {
    locate: (source) => source,
    folder: (base) => (/^\w\w+:/.test(base) ? new URL(String(base).replace(/\/?$/, '/')) : pathToFileURL(`${base}/`)),

    connect(receive) {
        const machine = new Machine(receive);
        const handle = async (message) => {
            if (message.type === 'boot') {
                const { files, wasm } = message;
                try {
                    const names = Object.keys(files);
                    const [program, ...contents] = await Promise.all([wasm, ...Object.values(files)].map(read));
                    message = { ...message, wasm: program, files: Object.fromEntries(names.map((name, i) => [name, contents[i]])) };
                } catch (error) {
                    receive({ type: 'error', text: error.message });
                    receive({ type: 'state', state: 'failed', status: 1 });
                    return;
                }
            }
            machine.handle(message);
        };
        return {
            send: (message) => queueMicrotask(() => handle(message)),
            close: () => machine.close(),
        };
    },
};

export class TQemu extends Computer {
    constructor(options = {}) {
        super(options, node);
    }
}
