// SPDX-License-Identifier: MIT
//
// These typings need neither the library "dom" nor @types/node: what a browser or node brings is described by its shape.

/** A URL object. */
export interface UrlLike {
    readonly href: string;
}

/** A MessagePort, or what is like one. */
export interface MessagePortLike {
    onmessage: any;
    postMessage(message: Uint8Array): void;
}

/** A Blob or a File. */
export interface BlobLike {
    readonly size: number;
    readonly type: string;
    arrayBuffer(): Promise<ArrayBuffer>;
    slice(start?: number, end?: number): BlobLike;
}

/** An AbortSignal. */
export interface AbortSignalLike {
    readonly aborted: boolean;
    readonly reason: any;
    addEventListener(type: 'abort', listener: () => void): void;
    removeEventListener(type: 'abort', listener: () => void): void;
}

/** Where a file's bytes come from. A string is a URL, in node a path, too. gzip files are unpacked. */
export type Source = string | UrlLike | BlobLike | ArrayBuffer | Uint8Array;

/**
 * new: start() has not been called; loading: files are fetched; ended: the guest has switched itself off; failed: the
 * machine cannot run; closed: close() has been called.
 */
export type State = 'new' | 'loading' | 'running' | 'paused' | 'ended' | 'failed' | 'closed';

export interface Stats {
    /** Guest instructions executed since power-on. */
    readonly instructions: number;
    /** Millions of them in a second of the time that the guest was not idle. */
    readonly mips: number;
    /** The guest waits for an interrupt. */
    readonly idle: boolean;
    /** Bytes that the machine takes here. */
    readonly memory: number;
}

export type Progress = (done: number, size: number) => void;

/** Limits of a call, whose promise is rejected when one is reached. */
export interface Limits {
    /** Milliseconds. The error's name is TimeoutError. Without it the call waits for as long as the machine runs. */
    timeout?: number;
    /** The error is the signal's reason. */
    signal?: AbortSignalLike;
}

export interface TransferOptions {
    onProgress?: Progress;
    /** Ends the transfer; of an upload nothing is left in the guest. */
    signal?: AbortSignalLike;
}

export interface DownloadOptions extends TransferOptions {
    /** Bytes; a larger file is refused. Default: 512 MiB. */
    maxSize?: number;
}

/** A file that the guest offers: its command `download FILE` does. */
export interface FileOffer {
    /** Without its folder. The guest chose it: show and use it with care. */
    readonly name: string;
    /** In the guest. */
    readonly path: string;
    /** In bytes, as the guest says. */
    readonly size: number;
    /** The content, if the option takeFiles made the machine take it. */
    readonly bytes?: Uint8Array;
    /** Fetches the content. A page calls this when its user wants the file. */
    take(options?: DownloadOptions): Promise<Uint8Array>;
    /** Forgets the offer. No more than 16 offers wait to be taken or dismissed; the guest's others are ignored. */
    dismiss(): void;
}

/** What a machine tells, by name, with the listeners' arguments. */
export interface Events {
    /** The guest writes on its console, serial port 0. While a listener's promise is pending the guest does not run far ahead. */
    data: (bytes: Uint8Array) => void | Promise<void>;
    /** The guest writes to a serial port, 0 to 3, except to that of hostlink. */
    serial: (port: number, bytes: Uint8Array) => void | Promise<void>;
    /** status: tqemu's exit status, of ended and failed. */
    state: (state: State, status?: number) => void;
    /** At most twice a second, and never while the guest is idle. */
    stats: (stats: Stats) => void;
    /** While files are loaded: bytes of them; total grows while it is not known. */
    progress: (loaded: number, total: number) => void;
    /** A message for the user, one line. */
    error: (text: string) => void;
    /** The guest offers a file. */
    file: (file: FileOffer) => void;
}

export interface Options {
    /** A zImage, zImage-xip, ELF, uImage or raw image. Without one a built-in test of the machine runs. */
    kernel?: Source;
    initrd?: Source;
    dtb?: Source;
    bios?: Source;
    /**
     * What save() gave, or that of `booted`: the machine goes on from there, once. The other options must be those of that
     * machine. One that does not fit fails; reset() boots then.
     */
    snapshot?: Source;
    /** The kernel's command line. */
    append?: string;
    /** RAM in MiB (default 128), or a number with K, M or G after it. */
    memory?: number | string;
    /** More of tqemu's options, as on its command line. `-serial channel` connects a serial port to JavaScript. */
    args?: readonly string[];
    /**
     * Serves gdb's remote protocol on this port: each message, in either direction, is a piece of its bytes, a Uint8Array.
     * The page carries them to a gdb, by a WebSocket for example, or speaks the protocol itself. With `-S` in args the
     * guest waits for gdb. After reset() and restore() gdb must connect again.
     */
    gdb?: MessagePortLike;
    /** false: wait for start(). Default: true. */
    autostart?: boolean;
    /**
     * Whether serial port 1 belongs to hostlink, which upload(), download() and resize() talk to in the guest. Default:
     * true; with false the port is free for write() and the event `serial`.
     */
    hostlink?: boolean;
    /**
     * Takes files that the guest offers without asking anybody, up to so many, and so many bytes in all, since power-on.
     * `file` then tells of each with its bytes. Default: none.
     */
    takeFiles?: { count: number; bytes: number };

    /** The URL (in node: or path) of the package's folder of files, if they are not beside this module any more. */
    base?: string | UrlLike;
    /** tqemu.wasm, or tqemu.wasm.gz, if it is not in that folder. */
    wasm?: Source;
    /** The URL of worker.js, if it is not in that folder. Node has no use for it. */
    worker?: string | UrlLike;

    /** These listen to the events from the beginning on. */
    onData?: Events['data'];
    onSerial?: Events['serial'];
    onState?: Events['state'];
    onStats?: Events['stats'];
    onProgress?: Events['progress'];
    onError?: Events['error'];
    onFile?: Events['file'];
}

/** How a command ended. */
export interface Result {
    /** Its exit status. */
    readonly status: number;
    /** What it wrote on the console, with \n at the ends of lines. */
    readonly output: string;
}

/** How the machine ended. */
export interface End {
    /** tqemu's exit status: 0 if the guest switched itself off. */
    readonly status: number;
    /** Why the machine could not run. */
    readonly error?: string;
}

/** A machine: it loads its files, then it runs. */
export class TQemu {
    constructor(options?: Options);
    readonly state: State;
    /** Resolves when the machine runs; rejected if it cannot. After reset() of a machine that has ended it is another. */
    readonly ready: Promise<void>;
    /** Resolves when the machine has ended, also if it could not run; rejected by close(). */
    readonly ended: Promise<End>;

    /** Loads the files and runs the machine, if autostart is false. Returns `ready`. */
    start(): Promise<void>;
    /** Stops the guest where it is; while files are loaded, before its first instruction. */
    pause(): void;
    resume(): void;
    /** Power off and on again, also after the end. */
    reset(): void;
    /**
     * A snapshot of the machine, also while it is paused: bytes for restore(), for the option snapshot, or for -incoming of
     * tqemu anywhere. What is kept outside of it, a transfer or input that the guest has not read, is not in it.
     */
    save(): Promise<Uint8Array>;
    /**
     * Goes on from a snapshot of a machine with the same options, also after the end. As after reset() there is nothing left
     * of the machine before. If hostlink runs in the guest it gets the date and fresh random numbers, and takes files again.
     */
    restore(snapshot: ArrayBuffer | Uint8Array): void;
    /** The end of the machine. */
    close(): void;

    /** Adds a listener; returns a function that removes it. */
    on<Name extends keyof Events>(name: Name, listener: Events[Name]): () => void;
    off<Name extends keyof Events>(name: Name, listener: Events[Name]): void;

    /** Input for a serial port, 0 (the console) to 3; nothing of it is lost, however much it is. */
    write(data: string | ArrayBuffer | Uint8Array, port?: number): void;
    /**
     * Waits for a text on the console. It looks at what has come since the text that was found last (or the last run(), or
     * power-on), up to 256 Ki characters, without control sequences and with \n at the ends of lines. Rejected also if the
     * machine ends or is reset.
     */
    waitFor(pattern: RegExp | string, limits?: Limits): Promise<RegExpExecArray>;
    /**
     * Runs a command, of any number of lines, in the shell that has the console, or will have it: it must be one that POSIX
     * describes. The command has a subshell of its own, so that `cd` and variables do not outlast it, and no input. At a
     * limit it gets Ctrl-C. One runs after the other. Rejected also if the machine ends or is reset.
     */
    run(command: string, limits?: Limits): Promise<Result>;

    /** Tells the guest how large its console is; its programs get SIGWINCH. */
    resize(columns: number, rows: number): void;
    /** Whether hostlink runs in the guest: until it does upload() and download() wait for it, for 20 s. */
    readonly takesFiles: boolean;
    /**
     * Sends a file into the guest, into /root unless its name has a folder, and gives the path it has there. It is
     * whole, by its checksum, or the promise is rejected and there is no such file.
     * For upload() and download() the guest must run hostlink on its second serial port, as the one that comes along does.
     */
    upload(name: string, data: string | BlobLike | ArrayBuffer | Uint8Array, options?: TransferOptions | Progress): Promise<string>;
    /** The bytes of a file in the guest. */
    download(path: string, options?: DownloadOptions | Progress): Promise<Uint8Array>;
}

/** The Linux that comes along: `new TQemu({ ...guest })` boots it. */
export const guest: {
    /** URLs of files. */
    readonly kernel: string;
    readonly initrd: string;
    readonly append: string;
};

/**
 * The same Linux at its shell's prompt: `new TQemu({ ...booted })` boots nothing. Options that change the machine, or what it
 * boots, are for `guest`.
 */
export const booted: {
    /** URLs of files. */
    readonly kernel: string;
    readonly initrd: string;
    readonly snapshot: string;
    readonly append: string;
    readonly memory: number;
};

/** What this browser, or node, lacks to run a machine, by name. */
export function missingFeatures(): string[];
