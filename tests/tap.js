// SPDX-License-Identifier: MIT
//
// Results in the Test Anything Protocol, for the tests in JavaScript.
'use strict';

let count = 0;
let failed = 0;

/** One result; the diagnosis, of any type, is shown if it is a failure. */
function ok(good, name, ...diagnosis) {
    console.log(`${good ? '' : 'not '}ok ${++count} - ${name}`);
    if (!good) {
        failed++;
        diagnosis.forEach((text) => console.log(`#   ${JSON.stringify(text)?.slice(-2000)}`));
    }
}

/** The plan; ends the process, with status 1 if anything failed or nothing was tested. */
function done() {
    console.log(`1..${count}`);
    process.exit(failed || !count ? 1 : 0);
}

module.exports = { ok, done };
