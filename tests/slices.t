#!/usr/bin/env node
// SPDX-License-Identifier: MIT
// needs: page arm-linux-gnueabi-as
//
// The program as WebAssembly, called slice by slice as web/machine.js does, with a clock that the test turns: input may
// come at any moment between two slices, and the guest must get it without more input or a timer to wake it.
// $O/js/tqemu.wasm is what `make web` has left.
'use strict';
const { execFileSync } = require('node:child_process');
const { mkdtempSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join, resolve } = require('node:path');
const { pathToFileURL } = require('node:url');
const { done, ok } = require('./tap.js');

const build = resolve(process.env.O ?? 'build');
const scratch = mkdtempSync(join(tmpdir(), 'tqemu-test-'));

// Waits for a byte at a UART, works for a while, sends the byte back. Interrupts stay masked: they only wake it.
const ECHO = `
        ldr     r0, =0x10140000         @ PL190: the UART's line
        mov     r1, #LINE
        str     r1, [r0, #0x10]
        ldr     r0, =BASE               @ the UART: on, no FIFO, receive interrupt
        ldr     r1, =0x301
        str     r1, [r0, #0x30]
        mov     r1, #0x60
        str     r1, [r0, #0x2c]
        mov     r1, #0x10
        str     r1, [r0, #0x38]
1:      ldr     r1, [r0, #0x18]
        tst     r1, #0x10
        mcrne   p15, 0, r0, c7, c0, 4   @ wait for interrupt
        bne     1b
        ldr     r2, [r0]
        ldr     r3, =WORK
2:      subs    r3, r3, #1
        bne     2b
        str     r2, [r0]
        b       1b
`;

function assemble(source) {
    const [s, o, elf, raw] = ['s', 'o', 'elf', 'bin'].map((suffix) => join(scratch, `image.${suffix}`));
    writeFileSync(s, `.arm\n.globl _start\n_start:\n${source}`);
    for (const [tool, ...args] of [['as', '-mcpu=arm926ej-s', '-o', o, s], ['ld', '-Ttext=0x10000', '-o', elf, o],
        ['objcopy', '-O', 'binary', '-j', '.text', elf, raw]]) {
        execFileSync(`arm-linux-gnueabi-${tool}`, args);
    }
    return readFileSync(raw);
}

// UARTs, and where JavaScript finds them (host/js.h).
const PORTS = [
    { name: 'console', base: 0x101f1000, line: 1 << 12, serial: ['-serial', 'stdio'], way: 0 },
    { name: 'serial port 1', base: 0x101f2000, line: 1 << 13, serial: ['-serial', 'null', '-serial', 'channel'], way: 2 },
];

let time = 0; // the clock, in ms

/** A program that waits for its first input. */
function start({ Program, module, image, port: { serial, way } }) {
    const errors = [];
    const program = new Program(module, { kernel: image }, (line) => errors.push(line));
    const status = program.main(['-kernel', 'kernel', ...serial]);
    const { c } = program;
    const machine = {
        out: '',
        input(text) {
            const at = c.tqemu_input(way, text.length);
            program.u8.set(Buffer.from(text), at);
        },
        /** One slice; returns for how long it may be left alone. */
        slice(ms) {
            const wait = c.tqemu_slice(ms);
            const at = c.tqemu_output(way);
            machine.out += Buffer.from(program.u8.subarray(at, at + c.tqemu_output_size(way))).toString();
            return wait;
        },
    };
    ok(status === 0 && errors.length === 0, 'the program starts', status, errors);
    return machine;
}

/** Slices until the guest is idle until there is input. */
function settle(machine, ms, tick) {
    for (let i = 0; i < 10000; i++) {
        const wait = machine.slice(ms);
        if (wait === Infinity) {
            return true;
        }
        time += Math.max(wait, tick);
    }
    return false;
}

/** Sends a second byte after so many slices of such a length; what is wrong with what came back, or undefined. */
function tryAll(machine) {
    settle(machine, 1, 0.1);
    let want = '';
    for (const ms of [0.02, 0.05, 0.1, 0.5]) {
        for (let before = 0; before < 40; before++) {
            machine.input('a');
            for (let i = 0; i < before; i++) {
                machine.slice(ms);
                time += 0.01;
            }
            machine.input('b');
            want += 'ab';
            if (!settle(machine, 1, 0.1) || machine.out !== want) {
                return { ms, before, got: machine.out.slice(-4) };
            }
        }
    }
    return undefined;
}

async function main() {
    const { Program } = await import(pathToFileURL(resolve(__dirname, '../web/wasm.js')));
    const module = await WebAssembly.compile(readFileSync(join(build, 'js/tqemu.wasm')));
    globalThis.performance = { now: () => time += 0.01 };
    for (const port of PORTS) {
        for (const work of [1000, 30000, 100000]) {
            const image = assemble(ECHO.replace('WORK', work).replace('LINE', port.line).replace('BASE', port.base));
            const lost = tryAll(start({ Program, module, image, port }));
            ok(!lost, `${port.name}: input that comes while the guest works for ${work} loops is not left lying`, lost);
        }
    }
    rmSync(scratch, { recursive: true });
    done();
}
main();
