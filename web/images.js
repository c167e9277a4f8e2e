// SPDX-License-Identifier: MIT
// Tells by its content what a file is: a kernel that this machine can boot, an initrd, something that is certainly
// neither, or unknown bytes (a raw image of a bare-metal program has no mark).

const HEAD = 64 << 10; // bytes that are looked at

const kernel = (kind, why) => ({ kind, use: 'kernel', why });
const initrd = (kind, why) => ({ kind, use: 'initrd', why });
const neither = (kind, why) => ({ kind, use: 'neither', why });

// [offset, bytes as a string of Latin-1, verdict], the most telling ones first.
const MAGIC = [
    [0, '070701', initrd('cpio', 'a cpio archive')],
    [0, '070702', initrd('cpio', 'a cpio archive')],
    [0, '\xd0\x0d\xfe\xed', neither('dtb', 'a device tree or a FIT image')],
    [0x38, 'ARM\x64', neither('Image', 'a kernel for 64-bit ARM')],
    [0x30, 'RISCV', neither('Image', 'a kernel for RISC-V')],
    [0x202, 'HdrS', neither('bzImage', 'a kernel for x86')],
    [0, 'ANDROID!', neither('boot.img', 'an Android boot image')],
    // Compressed: Linux unpacks an initrd itself if it was configured to.
    [0, '\xfd7zXZ\0', initrd('xz', 'a file compressed with xz')],
    [0, 'BZh', initrd('bzip2', 'a file compressed with bzip2')],
    [0, '\x28\xb5\x2f\xfd', initrd('zstd', 'a file compressed with zstd')],
    [0, '\x02\x21\x4c\x18', initrd('lz4', 'a file compressed with lz4')],
    [0, '\x04\x22\x4d\x18', initrd('lz4', 'a file compressed with lz4')],
    [0, '\x89LZO\0', initrd('lzo', 'a file compressed with lzop')],
    [0, '\x5d\0\0', initrd('lzma', 'a file compressed with lzma')],
    // File systems for /dev/ram0.
    [0, 'hsqs', initrd('squashfs', 'a squashfs file system')],
    [0, '\x45\x3d\xcd\x28', initrd('cramfs', 'a cramfs file system')],
    [0, '-rom1fs-', initrd('romfs', 'a romfs file system')],
    [0x438, '\x53\xef', initrd('ext', 'an ext2, ext3 or ext4 file system')],
    [0, 'PK\x03\x04', neither('zip', 'a ZIP archive')],
    [0, '7z\xbc\xaf\x27\x1c', neither('7z', 'a 7z archive')],
    [0, 'Rar!\x1a\x07', neither('rar', 'a RAR archive')],
    [0x101, 'ustar', neither('tar', 'a tar archive')],
    [0, '!<arch>\n', neither('ar', 'an ar archive or a Debian package')],
    [0, '\xed\xab\xee\xdb', neither('rpm', 'an RPM package')],
    [0, '\x89PNG', neither('png', 'a PNG picture')],
    [0, '\xff\xd8\xff', neither('jpeg', 'a JPEG picture')],
    [0, 'GIF8', neither('gif', 'a GIF picture')],
    [8, 'WEBP', neither('webp', 'a WebP picture')],
    [8, 'AVI ', neither('avi', 'a video')],
    [8, 'WAVE', neither('wav', 'a sound')],
    [4, 'ftyp', neither('mp4', 'a video or a picture')],
    [0, '\x1a\x45\xdf\xa3', neither('webm', 'a video')],
    [0, 'OggS', neither('ogg', 'a sound or a video')],
    [0, 'ID3', neither('mp3', 'a sound')],
    [0, 'II*\0', neither('tiff', 'a TIFF picture')],
    [0, 'MM\0*', neither('tiff', 'a TIFF picture')],
    [0, 'wOF', neither('font', 'a font')],
    [0, '%PDF', neither('pdf', 'a PDF document')],
    [0, 'SQLite format 3', neither('sqlite', 'a database')],
    [0, 'QFI\xfb', neither('qcow2', 'a qcow2 disk image')],
    [0, 'KDMV', neither('vmdk', 'a VMDK disk image')],
    [0x8001, 'CD001', neither('iso', 'a CD image')],
    [0, '\0asm', neither('wasm', 'a WebAssembly module')],
    [0, '\xca\xfe\xba\xbe', neither('class', 'a Java class or a program for macOS')],
    [0, '\xcf\xfa\xed\xfe', neither('mach-o', 'a program for macOS')],
];

const ELF_MACHINES = { 3: '32-bit x86', 8: 'MIPS', 20: 'PowerPC', 40: 'ARM', 62: 'x86-64', 183: '64-bit ARM', 243: 'RISC-V' };

function describeElf(view) {
    const [ARM, REL, EXEC, DYN, BE8, PT_INTERP] = [40, 1, 2, 3, 0x00800000, 3];
    if (view.byteLength < 52) {
        return neither('ELF', 'an ELF file that is cut off');
    }
    const little = view.getUint8(5) === 1;
    const machine = view.getUint16(18, little);
    const type = view.getUint16(16, little);
    if (machine !== ARM) {
        return neither('ELF', `an ELF file for ${ELF_MACHINES[machine] ?? `machine ${machine}`}`);
    }
    if (view.getUint8(4) !== 1 || !little || view.getUint32(36, true) & BE8) {
        return neither('ELF', 'an ELF file for big-endian ARM');
    }
    if (type !== EXEC && type !== DYN) {
        return neither('ELF', `an ELF ${type === REL ? 'object file or module' : 'file'} and no executable`);
    }
    const at = view.getUint32(28, true);
    const size = view.getUint16(42, true);
    for (let i = 0; i < view.getUint16(44, true) && at + (i + 1) * size <= view.byteLength; i++) {
        if (view.getUint32(at + i * size, true) === PT_INTERP) {
            return neither('ELF', 'a program that runs under Linux');
        }
    }
    return kernel('ELF', 'an ELF executable for ARM');
}

function describeUImage(view) {
    const TYPES = { 2: 'kernel', 3: 'ramdisk', 4: 'multi', 14: 'kernel' };
    if (view.byteLength < 64) {
        return neither('uImage', 'a uImage that is cut off');
    }
    if (view.getUint8(29) !== 2) {
        return neither('uImage', 'a uImage for another processor');
    }
    switch (TYPES[view.getUint8(30)]) {
    case 'kernel': return kernel('uImage', 'a uImage of a kernel');
    case 'ramdisk': return initrd('uImage', 'a uImage of an initrd');
    case 'multi': return neither('uImage', 'a uImage of several files');
    default: return neither('uImage', 'a uImage of something else');
    }
}

/** What has marks of two bytes only, which other signs must confirm. */
function describeForeign(head, latin1) {
    const at = head.length >= 0x40 ? head[0x3c] | head[0x3d] << 8 : HEAD;
    if (latin1(0, 2) === 'MZ' && latin1(at, 4) === 'PE\0\0') {
        return neither('exe', 'a program for Windows or EFI');
    }
    if (latin1(0x1fe, 2) === '\x55\xaa' && [0xeb, 0xe9, 0xfa, 0x33].includes(head[0])) {
        return neither('disk', 'a disk image');
    }
    return undefined;
}

/** Text in UTF-8 or UTF-16, as the end of `head` may cut through a character. */
function describeText(head) {
    if (head.length >= 2 && (head[0] === 0xff && head[1] === 0xfe || head[0] === 0xfe && head[1] === 0xff)) {
        return neither('text', 'a text file');
    }
    let text;
    try {
        text = new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    } catch {
        return undefined;
    }
    if (/[^\t\n\f\r\x1b\x20-\x7e\u0080-\uffff]/.test(text)) {
        return undefined;
    }
    if (/^\s*(<!--[^]*?-->\s*)*<(!doctype html|html|head|body|script|title|meta)\b/i.test(text)) {
        return neither('html', 'a web page (HTML)');
    }
    return /^\s*<(\?xml|svg)\b/i.test(text) ? neither('xml', 'an XML file or an SVG picture') : neither('text', 'a text file');
}

function describePlain(bytes) {
    const head = bytes.subarray(0, HEAD);
    const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
    const latin1 = (at, n) => String.fromCharCode(...head.subarray(at, at + n));
    if (!head.length) {
        return neither('empty', 'empty');
    }
    // An EFI zImage begins like a program for Windows, so its own mark comes first.
    if (head.length >= 0x30 && view.getUint32(0x24, true) === 0x016f2818) {
        return view.getUint32(0x28, true) ? kernel('zImage-xip', 'a kernel that runs in flash') : kernel('zImage', 'a kernel');
    }
    if (head.length >= 0x30 && view.getUint32(0x24) === 0x016f2818) {
        return neither('zImage', 'a kernel for big-endian ARM');
    }
    if (latin1(0, 4) === '\x7fELF') {
        return describeElf(view);
    }
    if (latin1(0, 4) === '\x27\x05\x19\x56') {
        return describeUImage(view);
    }
    const known = MAGIC.find(([at, magic]) => latin1(at, magic.length) === magic);
    return known?.[2] ?? describeForeign(head, latin1) ?? describeText(head) ?? { kind: 'unknown', use: 'unknown', why: 'nothing that has a mark' };
}

/** The first bytes of what is in a gzip file; undefined: it is damaged. */
async function unpackHead(bytes) {
    const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip')).getReader();
    const head = new Uint8Array(HEAD);
    let n = 0;
    try {
        while (n < HEAD) {
            const { done, value } = await reader.read();
            if (done) {
                break;
            }
            head.set(value.subarray(0, HEAD - n), n);
            n += Math.min(value.length, HEAD - n);
        }
        reader.cancel().catch(() => {});
    } catch {
        // If only its end is damaged the beginning still tells what it is.
        if (!n) {
            return undefined;
        }
    }
    return head.subarray(0, n);
}

/**
 * Tells what a file is: a promise of
 *   kind  'zImage', 'zImage-xip', 'ELF', 'uImage', 'cpio', 'xz', 'html', 'text', 'png', ... or 'unknown'
 *   use   'kernel', 'initrd', 'neither' or 'unknown'
 *   why   the same for a person: "a PNG picture"
 * A gzip file is what its content is, and has `gzip: true`.
 */
export async function describeImage(bytes) {
    if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) {
        return describePlain(bytes);
    }
    const head = await unpackHead(bytes);
    return head ? { ...describePlain(head), gzip: true } : neither('gzip', 'a damaged gzip file');
}
