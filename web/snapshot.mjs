// SPDX-License-Identifier: MIT
// A snapshot's file without packing. ../snapshot_file.c and ../bus/packed.c have its format.
import { inflateRawSync } from 'node:zlib';

const VERSION = 2, AT_VERSION = 15, AT_SIZE = 40, AT_SECTIONS = 48, AT_CHECKSUM = 56, HEADER = 64;
const MEMORY = 'ram'; // the first section that lists pages of memory: only such follow it
const PAGE = 4096;
const GROUP = 2; // pages that are packed together
const END = 0xffffffff; // of a list of pages
const STORED = 0xffff; // the most bytes of one of DEFLATE's stored blocks
const SUM_START = 0xcbf29ce484222325n, SUM_PRIME = 0x100000001b3n;

/** Bytes as a DEFLATE stream that merely stores them. */
function store(bytes) {
    const blocks = [];
    for (let at = 0; at < bytes.length; at += STORED) {
        const block = bytes.subarray(at, at + STORED);
        const head = Buffer.alloc(5);
        head[0] = at + STORED >= bytes.length ? 1 : 0;
        head.writeUInt16LE(block.length, 1);
        head.writeUInt16LE(STORED - block.length, 3);
        blocks.push(head, block);
    }
    return Buffer.concat(blocks);
}

/** vmstate_checksum() of ../util/vmstate.c. */
function checksum(sum, bytes) {
    const fold = (a, word) => {
        const product = BigInt.asUintN(64, (a ^ word) * SUM_PRIME);
        return product ^ product >> 32n;
    };
    const sums = [0n, 1n, 2n, 3n].map((n) => sum + n);
    const whole = bytes.length - bytes.length % 32;
    for (let at = 0; at < whole; at += 8) {
        sums[at / 8 % 4] = fold(sums[at / 8 % 4], bytes.readBigUInt64LE(at));
    }
    return bytes.subarray(whole).reduce((a, byte) => BigInt.asUintN(64, (a ^ BigInt(byte)) * SUM_PRIME), sums.reduce(fold));
}

/** Where the lists of pages begin in sections: [from, to] of each list. */
function lists(sections) {
    const found = [];
    for (let at = 0; at < sections.length;) {
        const name = at + 2 + sections.readUInt16LE(at);
        const from = name + 12, to = from + Number(sections.readBigUInt64LE(name + 4));
        if (found.length || sections.latin1Slice(at + 2, name) === MEMORY) {
            found.push([from, to]);
        }
        at = to;
    }
    return found;
}

/** The same snapshot, a Buffer, with all that DEFLATE packs merely stored. */
export function unpackSnapshot(file) {
    if (file[AT_VERSION] !== VERSION) {
        throw new Error(`a snapshot of version ${file[AT_VERSION]}, not ${VERSION}`);
    }
    const { buffer: sections, engine } = inflateRawSync(file.subarray(HEADER), { info: true });
    const groups = [];
    let packed = HEADER + engine.bytesWritten;
    for (const [from, to] of lists(sections)) {
        let pages = 0;
        for (let at = from; at < to; at += 4) {
            const last = sections.readUInt32LE(at) === END;
            pages += last ? 0 : 1;
            if (last || pages === GROUP) {
                at += 4;
                const length = sections.readUInt32LE(at);
                const group = pages ? store(inflateRawSync(file.subarray(packed, packed + length))) : Buffer.alloc(0);
                packed += length;
                sections.writeUInt32LE(group.length, at);
                groups.push(group);
                pages = 0;
            }
        }
    }
    if (packed !== file.length || groups.some((group) => group.length > 5 + GROUP * PAGE)) {
        throw new Error('the snapshot is not understood: has its format changed?');
    }
    const content = Buffer.concat([store(sections), ...groups]);
    const header = Buffer.from(file.subarray(0, HEADER));
    header.writeBigUInt64LE(BigInt(HEADER + content.length), AT_SIZE);
    header.writeBigUInt64LE(BigInt(sections.length), AT_SECTIONS);
    header.writeBigUInt64LE(checksum(checksum(SUM_START, header.subarray(0, AT_CHECKSUM)), content), AT_CHECKSUM);
    return Buffer.concat([header, content]);
}
