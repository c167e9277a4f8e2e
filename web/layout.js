// SPDX-License-Identifier: MIT
// Fits the page to what can be seen of it. A phone's keyboard leaves so little that everything but the terminal has
// to make room: the style sheet goes by the classes set here, because on some phones the keyboard changes only the
// visual viewport, of which media queries know nothing.

const NARROW = 640; // CSS pixels, below which the buttons are in a menu
const SHORT = 480; // and the title and the footer, too
const TINY = 320; // one row of touch keys

/** Keeps the page in the visible part of the window; calls back with whether letters should be small, if that changes. */
export function followViewport(onSmall) {
    const view = window.visualViewport;
    let small;
    const fit = () => {
        // Somebody who has zoomed in wants to see a part of the page as it is.
        if (view && Math.abs(view.scale - 1) > 0.01) {
            return;
        }
        const height = view?.height ?? innerHeight;
        const { classList, style } = document.documentElement;
        style.setProperty('--height', `${height}px`);
        classList.toggle('narrow', innerWidth < NARROW);
        classList.toggle('short', height < SHORT);
        classList.toggle('tiny', height < TINY);
        if (scrollY) {
            scrollTo(0, 0); // a browser has tried to show what is now in sight anyway
        }
        if (small !== (innerWidth < NARROW || height < SHORT)) {
            small = !small;
            onSmall(small);
        }
    };
    (view ?? window).addEventListener('resize', fit);
    view?.addEventListener('scroll', fit);
    small = !(innerWidth < NARROW || (view?.height ?? innerHeight) < SHORT);
    fit();
}

/** The menu that the buttons are in where there is little room: open, until something in it was chosen. */
export function makeMenu(button, menu, leave) {
    const open = (on) => {
        document.documentElement.classList.toggle('menu', on);
        button.setAttribute('aria-expanded', String(on));
    };
    button.addEventListener('click', () => open(button.getAttribute('aria-expanded') !== 'true'));
    menu.addEventListener('click', () => open(false));
    addEventListener('pointerdown', (event) => {
        if (!menu.contains(event.target) && event.target !== button) {
            open(false);
        }
    });
    addEventListener('keydown', (event) => {
        if (event.key === 'Escape' && button.getAttribute('aria-expanded') === 'true') {
            open(false);
            leave();
            event.stopPropagation();
            event.preventDefault();
        }
    }, true);
}
