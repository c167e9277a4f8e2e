// SPDX-License-Identifier: MIT
// What the page says where page.js cannot even start. A classic script, which old browsers and pages from file: run, too.
(function () {
    function say(text) {
        document.getElementById('loading').hidden = true;
        document.getElementById('message').hidden = false;
        document.getElementById('message').textContent = text;
        document.getElementById('state').setAttribute('data-state', 'failed');
        document.getElementById('state').textContent = 'cannot run';
    }
    if (location.protocol === 'file:') {
        say('This page has to come from a server: python3 -m http.server -d build/web is one.');
    } else if (!('noModule' in HTMLScriptElement.prototype)) {
        say('This browser is too old to run a computer. A newer Firefox, Chrome, Edge or Safari does.');
    } else {
        document.getElementById('loading').hidden = false;
        // Events of scripts that cannot be loaded do not bubble.
        addEventListener('error', function (event) {
            if (event.target.src) {
                say(event.target.src + ', or one of the scripts that it imports, cannot be loaded: is the server there? '
                    + 'Reload the page to try again.');
            } else if (!window.term) { // which page.js sets when it has started
                say('The page cannot start (' + event.message + '): its files may be of different versions. '
                    + 'Reload it with Ctrl-Shift-R.');
            }
        }, true);
    }
})();
