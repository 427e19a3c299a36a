// Fills the places that the helper comment_count left in a page: <script data-ghost-comment-count="POST ID" …>.
// All places of a page, and all that scripts add to it within a moment, are asked for in one request.
(function () {
    'use strict';
    const tag = document.querySelector('[data-ghost-comments-counts-api]');
    if (!tag || !document.body) {
        return;
    }
    const api = tag.getAttribute('data-ghost-comments-counts-api');
    const known = new Map();
    const asked = new Set();
    let timer = 0;

    function words(place, count) {
        const said = place.dataset;
        if (count < 1) {
            return said.ghostCommentCountEmpty || '';
        }
        const noun = count === 1 ? said.ghostCommentCountSingular : said.ghostCommentCountPlural;
        return noun ? count + ' ' + noun : String(count);
    }

    function fill(place) {
        const text = words(place, known.get(place.dataset.ghostCommentCount));
        let filling = '';
        if (text && place.dataset.ghostCommentCountAutowrap === 'false') {
            filling = text;
        } else if (text) {
            filling = document.createElement(place.dataset.ghostCommentCountTag || 'span');
            if (place.dataset.ghostCommentCountClassName) {
                filling.className = place.dataset.ghostCommentCountClassName;
            }
            filling.textContent = text;
        }
        place.replaceWith(filling);
    }

    async function look() {
        const missing = new Set();
        document.querySelectorAll('[data-ghost-comment-count]').forEach((place) => {
            const post = place.dataset.ghostCommentCount;
            if (known.has(post)) {
                fill(place);
            } else if (post && !asked.has(post)) {
                missing.add(post);
            }
        });
        if (!missing.size) {
            return;
        }
        const ids = Array.from(missing);
        ids.forEach((post) => asked.add(post));
        const answer = await fetch(api + '?ids=' + ids.map(encodeURIComponent).join(','), {headers: {Accept: 'application/json'}});
        if (!answer.ok) {
            throw new Error('comment counts: ' + answer.status);
        }
        const counts = await answer.json();
        ids.forEach((post) => {
            if (Number.isInteger(counts[post])) {
                known.set(post, counts[post]);
            }
        });
        document.querySelectorAll('[data-ghost-comment-count]').forEach((place) => {
            if (known.has(place.dataset.ghostCommentCount)) {
                fill(place);
            }
        });
    }

    // A count that cannot be had is left out of the page; the page itself is whole without it.
    const quietly = () => look().catch(() => {});
    new MutationObserver((changes) => {
        const added = (node) => node.nodeType === 1
            && (node.matches('[data-ghost-comment-count]') || node.querySelector('[data-ghost-comment-count]'));
        if (changes.some((change) => Array.from(change.addedNodes).some(added))) {
            clearTimeout(timer);
            timer = setTimeout(quietly, 100);
        }
    }).observe(document.body, {childList: true, subtree: true});
    quietly();
})();
