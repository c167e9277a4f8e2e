// SPDX-License-Identifier: MIT
// The file of a guest that has booted: what its console shows, and its snapshot, told by what that has in common with
// the kernel and the initrd, which a page fetches anyway because the guest may be reset. make-booted.mjs writes it.
//
// Numbers are little-endian and of 4 bytes. After the magic: how many bytes of the console, how many pieces; then of each
// piece how many bytes of its own it has, and from where how many bytes of kernel and initrd, one behind the other, follow
// these. Then the console's bytes, and all pieces' own.

export const MAGIC = 'tqemu booted 1\n\n';
const HEADER = MAGIC.length + 8;
const PIECE = 12;

/** { console, snapshot } of such a file, or undefined if it is none. `bases` are what it was told by. */
export function unpackBooted(file, bases) {
    if (new TextDecoder('latin1').decode(file.subarray(0, MAGIC.length)) !== MAGIC) {
        return undefined;
    }
    const base = new Uint8Array(bases.reduce((sum, bytes) => sum + bytes.length, 0));
    bases.reduce((at, bytes) => {
        base.set(bytes, at);
        return at + bytes.length;
    }, 0);
    const view = new DataView(file.buffer, file.byteOffset);
    const number = (at) => view.getUint32(at, true);
    const [shown, count] = [number(MAGIC.length), number(MAGIC.length + 4)];
    const pieces = Array.from({ length: count }, (_, i) => [0, 4, 8].map((at) => number(HEADER + PIECE * i + at)));
    const snapshot = new Uint8Array(pieces.reduce((sum, [own, , shared]) => sum + own + shared, 0));
    const text = HEADER + PIECE * count;
    let from = text + shown, to = 0;
    for (const [own, at, shared] of pieces) {
        snapshot.set(file.subarray(from, from + own), to);
        snapshot.set(base.subarray(at, at + shared), to + own);
        from += own;
        to += own + shared;
    }
    return { console: file.slice(text, text + shown), snapshot };
}
