// SPDX-License-Identifier: MIT
// Gets the files that a machine is made of, for the page and for the worker, and says in one line what is wrong with
// one that cannot be had.

const STALL_MS = 30e3; // without a byte; then a server counts as lost

/** What a message calls a source. */
export function nameOf(source) {
    return source instanceof Blob ? source.name ?? 'a file'
        : source instanceof Uint8Array || source instanceof ArrayBuffer ? 'a file' : String(source);
}

/** Fetches a URL; a Response that has a file, or an Error that says why there is none. */
async function fetchFile(source, signal) {
    let url;
    try {
        url = new URL(source, globalThis.location?.href);
    } catch {
        throw new Error(`${source}: is not a usable URL: check its spelling`);
    }
    if (!['http:', 'https:', 'blob:', 'data:', 'file:'].includes(url.protocol)) {
        throw new Error(`${source}: a page cannot fetch ${url.protocol} URLs: use one with https:`);
    }
    let response;
    try {
        response = await fetch(url, { signal });
    } catch (error) {
        const other = globalThis.location && url.origin !== location.origin;
        throw new Error(`${source}: cannot be fetched (${error.cause?.message ?? error.message}): is the server there`
            + `${other ? ', and does it let other sites read the file (CORS)' : ''}?`);
    }
    if (!response.ok) {
        throw new Error(`${source}: the server says ${`${response.status} ${response.statusText}`.trim()}`);
    }
    if (/^(text\/html|application\/xhtml)/.test(response.headers.get('content-type'))) {
        throw new Error(`${source}: the server sends a web page instead of the file: is the address right?`);
    }
    return response;
}

/** { total, stream } of a source, total being 0 if it is not known. */
async function openSource(source, signal) {
    if (source instanceof Uint8Array || source instanceof ArrayBuffer) {
        return { total: 0, stream: new Blob([source]).stream() };
    }
    if (source instanceof Blob) {
        return { total: source.size, stream: source.stream() };
    }
    const response = await fetchFile(source, signal);
    // What arrives is longer than the header says where the server has compressed it.
    const total = response.headers.has('content-encoding') ? 0 : Number(response.headers.get('content-length'));
    return { total, stream: response.body };
}

/**
 * All bytes of a stream. Response.arrayBuffer() would do the same, but not say what is wrong; a Blob of the chunks would
 * travel through another process of the browser.
 */
async function collect(stream) {
    const reader = stream.getReader();
    const chunks = [];
    let size = 0;
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
        chunks.push(next.value);
        size += next.value.length;
    }
    const bytes = new Uint8Array(size);
    chunks.reduce((at, chunk) => {
        bytes.set(chunk, at);
        return at + chunk.length;
    }, 0);
    return bytes;
}

/**
 * The bytes of a source (bytes, a Blob, a URL), unpacked if they are a gzip file. If that fails the
 * promise is rejected with an Error that names the file and the reason; also after stallMs without a byte. `signal`
 * ends it early, with the signal's reason.
 */
export async function load(source, onProgress, { signal, stallMs = STALL_MS } = {}) {
    const name = nameOf(source);
    const abort = new AbortController();
    let failure; // what ended it from here; what the streams say then is of no use
    let timer;
    const end = (error) => {
        failure ??= error;
        abort.abort(error);
    };
    const wait = (promise) => {
        clearTimeout(timer);
        timer = setTimeout(() => end(new Error(`${name}: nothing has come for ${stallMs / 1e3} s: is the server busy, or `
            + 'the connection lost?')), stallMs);
        return promise;
    };
    signal?.addEventListener('abort', () => end(signal.reason), { once: true });
    try {
        signal?.throwIfAborted();
        const { total, stream } = await wait(openSource(source, abort.signal));
        const reader = stream.getReader();
        abort.signal.addEventListener('abort', () => reader.cancel().catch(() => {}));
        const read = () => wait(reader.read()).catch((error) => {
            failure ??= new Error(`${name}: cannot be read to its end (${error.message}): try again`);
            throw failure;
        });
        let first = await read();
        const gzip = !first.done && first.value[0] === 0x1f && first.value[1] === 0x8b;
        let loaded = 0;
        const counted = new ReadableStream({
            async pull(controller) {
                const { done, value } = first ?? await read();
                first = undefined;
                if (failure) {
                    controller.error(failure);
                } else if (done) {
                    controller.close();
                } else {
                    loaded += value.length;
                    onProgress?.(loaded, total);
                    controller.enqueue(value);
                }
            },
        });
        const plain = gzip ? counted.pipeThrough(new DecompressionStream('gzip')) : counted;
        return await collect(plain).catch((error) => {
            throw new Error(`${name}: is a damaged gzip file (${error.message}): get it again`);
        });
    } catch (error) {
        throw failure ?? error;
    } finally {
        clearTimeout(timer);
    }
}
