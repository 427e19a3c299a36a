// Toggle cards: the whole heading opens and closes; closed text is still found by the browser's search in the page.
document.querySelectorAll('.kg-toggle-card').forEach((card, n) => {
    const heading = card.querySelector('.kg-toggle-heading');
    const title = card.querySelector('.kg-toggle-heading-text');
    const button = card.querySelector('.kg-toggle-card-icon');
    const content = card.querySelector('.kg-toggle-content');
    if (!heading || !content) {
        return;
    }
    const isOpen = () => card.getAttribute('data-kg-toggle-state') === 'open';

    function show() {
        if (button) {
            button.setAttribute('aria-expanded', String(isOpen()));
        }
        if (isOpen()) {
            content.removeAttribute('hidden');
        } else {
            content.setAttribute('hidden', 'until-found');
        }
    }

    function set(open) {
        card.setAttribute('data-kg-toggle-state', open ? 'open' : 'close');
        show();
    }

    content.id = content.id || 'kg-toggle-content-' + (n + 1);
    if (button) {
        button.type = 'button';
        button.setAttribute('aria-controls', content.id);
        if (title && title.textContent.trim()) {
            title.id = title.id || 'kg-toggle-heading-' + (n + 1);
            button.setAttribute('aria-labelledby', title.id);
        }
    }
    heading.addEventListener('click', (event) => {
        if (!event.target.closest('a')) {
            set(!isOpen());
        }
    });
    content.addEventListener('beforematch', () => set(true));
    show();
});
