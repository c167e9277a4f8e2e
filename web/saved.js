// SPDX-License-Identifier: MIT
// The machine that the browser keeps for this page, in IndexedDB: one for each that the page's URL can name, so that a page
// with another kernel or command line has another one.

const STORE = 'machines';
const PARAMETERS = ['append', 'initrd', 'kernel', 'm'];
const NOWHERE = 'this browser keeps nothing for this page: is it a private window, or is storage switched off?';

const parameters = new URLSearchParams(location.search);
const key = JSON.stringify([location.pathname.replace(/index\.html$/, ''), ...PARAMETERS.map((name) => parameters.get(name))]);

function open() {
    return new Promise((resolve, reject) => {
        const request = indexedDB.open('tqemu', 1);
        request.onupgradeneeded = () => request.result.createObjectStore(STORE);
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
    });
}

/** Does one thing with the store, whole or not at all; gives its result. */
async function transact(mode, act) {
    let database;
    try {
        database = await open();
    } catch {
        throw new Error(NOWHERE);
    }
    try {
        return await new Promise((resolve, reject) => {
            const transaction = database.transaction(STORE, mode);
            const request = act(transaction.objectStore(STORE));
            transaction.oncomplete = () => resolve(request.result);
            transaction.onabort = () => reject(transaction.error);
        });
    } catch (error) {
        throw new Error(error?.name === 'QuotaExceededError' ? 'the browser has no more room for this page: delete a saved machine, '
            + 'or other sites\' data' : `the browser's storage has failed (${error?.message ?? error})`);
    } finally {
        database.close();
    }
}

/** What write() has stored, or undefined. Like the others, throws what is wrong with the browser's storage. */
export const read = () => transact('readonly', (store) => store.get(key));
export const write = (machine) => transact('readwrite', (store) => store.put(machine, key));
export const remove = () => transact('readwrite', (store) => store.delete(key));
