// SPDX-License-Identifier: MIT
// The worker that a page's machine lives in.

import { Machine } from './machine.js';

const machine = new Machine((message, transfer) => self.postMessage(message, transfer));
self.onmessage = (event) => machine.handle(event.data);
