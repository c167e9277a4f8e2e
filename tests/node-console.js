#!/usr/bin/env node
// SPDX-License-Identifier: MIT
//
// usage: node-console.js DIRECTORY [-kernel FILE] [-initrd FILE] [-append TEXT] [OPTION...]
//
// The JavaScript package in DIRECTORY as a program like any other: the guest's console is standard input and output,
// the status that of the guest.
'use strict';
const { fstatSync, readFileSync, writeSync } = require('node:fs');
const { join, resolve } = require('node:path');
const { pathToFileURL } = require('node:url');

async function main(directory, ...args) {
    const { TQemu } = await import(pathToFileURL(join(resolve(directory), 'node.js')));
    const options = { args: [] };
    while (args.length) {
        const arg = args.shift();
        if (['-kernel', '-initrd', '-append'].includes(arg)) {
            options[arg.slice(1)] = args.shift();
        } else {
            options.args.push(arg);
        }
    }
    const tqemu = new TQemu({
        ...options,
        onData: (bytes) => writeSync(1, bytes),
        onError: (text) => writeSync(2, `${text}\n`),
        onState(state, status) {
            if (state === 'ended' || state === 'failed') {
                process.exit(status);
            }
        },
    });
    if (fstatSync(0).isFile()) {
        tqemu.write(readFileSync(0));
    } else {
        process.stdin.on('data', (bytes) => tqemu.write(bytes));
    }
}

main(...process.argv.slice(2));
