// The search page: finds all words of the question in the index of stories that the Content API gives.
(function () {
    const form = document.querySelector('[data-search]');
    const said = form.querySelector('.search-said');
    const found = form.querySelector('.search-found');
    const plain = (text) => (text || '').toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
    let index;

    async function load() {
        const answer = await fetch(form.dataset.index);
        if (!answer.ok) {
            throw new Error(String(answer.status));
        }
        return (await answer.json()).posts.map((post) => ({...post, words: plain(`${post.title} ${post.excerpt}`)}));
    }

    async function search(question) {
        const words = plain(question).split(/\s+/).filter(Boolean);
        found.replaceChildren();
        said.textContent = '';
        if (!words.length) {
            return;
        }
        try {
            index ||= load();
            const hits = (await index).filter((post) => words.every((word) => post.words.includes(word))).slice(0, 50);
            for (const post of hits) {
                const link = document.createElement('a');
                link.href = post.url;
                link.textContent = post.title;
                const item = document.createElement('li');
                item.append(link);
                found.append(item);
            }
            const {saidNone, saidOne, saidMany} = said.dataset;
            said.textContent = hits.length === 0 ? saidNone : hits.length === 1 ? saidOne : saidMany.replace('%', hits.length);
        } catch {
            index = undefined;
            said.textContent = said.dataset.saidFault;
        }
    }

    form.addEventListener('submit', (event) => {
        event.preventDefault();
        history.replaceState(null, '', `?q=${encodeURIComponent(form.q.value)}`);
        search(form.q.value);
    });
    const asked = new URLSearchParams(location.search).get('q');
    if (asked) {
        form.q.value = asked;
        search(asked);
    }
})();
