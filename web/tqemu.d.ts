// SPDX-License-Identifier: MIT

/** Where a file's bytes come from. Strings are URLs (in node: paths, too). gzip files are unpacked. */
export type Source = string | URL | Blob | ArrayBuffer | Uint8Array;

export type State = 'loading' | 'running' | 'paused' | 'ended' | 'failed';

export interface Stats {
    /** Guest instructions executed since power-on. */
    instructions: number;
    /** Millions of them in a second of the time that the guest was not idle. */
    mips: number;
    /** The guest waits for an interrupt. */
    idle: boolean;
    /** Bytes that the machine takes here. */
    memory: number;
}

export interface Options {
    /** A zImage, zImage-xip, ELF, uImage or raw image. Without one a built-in test of the machine runs. */
    kernel?: Source;
    initrd?: Source;
    dtb?: Source;
    bios?: Source;
    /** The kernel's command line. */
    append?: string;
    /** RAM in MiB (default 128), or a number with K, M or G behind it. */
    memory?: number | string;
    /** More of tqemu's options, as on its command line. */
    args?: string[];
    /** What the guest writes. If it returns a promise the guest does not run far ahead of it. */
    onData?: (bytes: Uint8Array) => void | Promise<void>;
    /** status: tqemu's exit status, for ended and failed. */
    onState?: (state: State, status?: number) => void;
    /** At most twice a second, and never while the guest is idle. */
    onStats?: (stats: Stats) => void;
    /** While files are loaded: bytes of them; total grows while it is not known. */
    onProgress?: (loaded: number, total: number) => void;
    /** A message for the user, one line. */
    onError?: (text: string) => void;
    /** The guest gives a file (its command `download`). */
    onFile?: (name: string, bytes: Uint8Array) => void;
}

export type Progress = (done: number, size: number) => void;

/** A machine: it loads its files, then it runs. */
export class TQemu {
    constructor(options?: Options);
    readonly state: State;
    /** Input for the guest; nothing of it is lost, however much it is. */
    write(data: string | Uint8Array): void;
    /** Tells the guest how large its console is; its programs get SIGWINCH. */
    resize(columns: number, rows: number): void;
    /**
     * Sends a file into the guest, into /root unless its name has a folder, and gives the path it has there. It is
     * whole, by its checksum, or the promise is rejected and there is no such file.
     * For upload() and download() the guest must run hostlink on its second serial port, as the one that comes along does.
     */
    upload(name: string, data: Blob | ArrayBuffer | Uint8Array, onProgress?: Progress): Promise<string>;
    /** The bytes of a file in the guest. */
    download(path: string, onProgress?: Progress): Promise<Uint8Array>;
    pause(): void;
    resume(): void;
    /** Power off and on again, also after the end. */
    reset(): void;
    /** The end of the machine. */
    close(): void;
}

/** What this browser lacks to run a machine, by name. */
export function missingFeatures(): string[];
