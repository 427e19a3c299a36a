// The page before a private site: the dialog for the access code, and the form that subscribes by mail.
// Wording and selectors come from the page's own <script id="gh-private-config" type="application/json">.
(function () {
    'use strict';
    const settings = document.getElementById('gh-private-config');
    if (!settings) {
        return;
    }
    let config;
    try {
        config = JSON.parse(settings.textContent) || {};
    } catch (error) {
        return;
    }
    const say = (name, otherwise) => config[name + 'Message'] || otherwise;

    function setUpDialog() {
        const dialog = document.querySelector(config.accessDialogSelector || '#access');
        const opener = document.querySelector('[data-ghost-private-trigger]');
        const closer = document.querySelector('[data-ghost-private-close]');
        if (!dialog || !opener || !closer) {
            return;
        }
        if (!dialog.showModal) {
            // Old browsers: the form simply stands in the page.
            dialog.classList.add('gh-private-dialog-fallback');
            dialog.setAttribute('open', '');
            const links = document.querySelector(config.footerLinksSelector || '.gh-private-trigger-wrap');
            if (links) {
                links.hidden = true;
            }
            return;
        }
        const open = () => {
            if (!dialog.open) {
                dialog.showModal();
            }
            const code = dialog.querySelector('.gh-input');
            if (code) {
                code.focus();
            }
        };
        opener.addEventListener('click', (event) => {
            event.preventDefault();
            open();
        });
        closer.addEventListener('click', () => dialog.close());
        // A click on the dialog element itself is one on its backdrop.
        dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
        if (dialog.dataset.autoOpen === 'true') {
            open();
        }
    }

    function setUpSubscription() {
        const form = document.querySelector('[data-ghost-private-subscribe-form]');
        const email = form && form.querySelector('input[data-members-email]');
        if (!email) {
            return;
        }
        const button = form.querySelector('.gh-private-signup-btn');
        const feedback = form.querySelector('[data-ghost-private-subscribe-feedback]');
        const pause = Number.isFinite(config.successResetDelay) ? config.successResetDelay : 1000;
        let timer = 0;

        function state(name) {
            clearTimeout(timer);
            const busy = name === 'loading' || name === 'success';
            form.dataset.state = name;
            email.disabled = busy;
            if (button) {
                button.disabled = busy;
            }
            if (name === 'success') {
                timer = setTimeout(() => state('idle'), pause);
            }
        }

        function tell(message, kind) {
            if (feedback) {
                feedback.textContent = message;
                feedback.dataset.state = kind;
            }
        }

        function wordsFor(error) {
            const message = (error && error.message) || '';
            if (error && error.type === 'TooManyRequestsError') {
                return say('tooManyAttempts', 'Too many attempts. Please try again later.');
            }
            if (/email is not valid|valid email/i.test(message)) {
                return say('invalidEmail', 'Please enter an email address.');
            }
            if (/restricted/i.test(message)) {
                return say('restrictedDomain', 'Addresses of this domain cannot sign up.');
            }
            return say('genericError', 'That did not work. Please try again.');
        }

        async function send() {
            const all = (selector) => Array.from(form.querySelectorAll(selector));
            const api = (form.dataset.siteUrl || location.origin).replace(/\/$/, '') + '/members/api/';
            const name = form.querySelector('input[data-members-name]');
            const request = {
                email: email.value,
                emailType: form.dataset.membersForm,
                name: (name && name.value.trim()) || undefined,
                labels: all('input[data-members-label]').map((input) => input.value),
                autoRedirect: form.dataset.membersAutoredirect !== 'false'
            };
            const newsletters = all('input[data-members-newsletter]');
            if (newsletters.length) {
                request.newsletters = newsletters
                    .filter((input) => input.type === 'hidden' || input.checked)
                    .map((input) => ({name: input.value}));
            }
            try {
                const visits = JSON.parse(sessionStorage.getItem('ghost-history'));
                if (Array.isArray(visits)) {
                    request.urlHistory = visits;
                }
            } catch (error) {
                // none kept
            }
            const token = await fetch(api + 'integrity-token/');
            if (!token.ok) {
                throw new Error('no token');
            }
            request.integrityToken = await token.text();
            const answer = await fetch(api + 'send-magic-link/', {
                method: 'POST',
                headers: {'Content-Type': 'application/json'},
                body: JSON.stringify(request)
            });
            if (!answer.ok) {
                const said = await answer.json().catch(() => ({}));
                return (said.errors && said.errors[0]) || {};
            }
            return null;
        }

        form.addEventListener('submit', async (event) => {
            event.preventDefault();
            email.value = email.value.trim();
            if (!email.checkValidity()) {
                state('idle');
                tell(say('invalidEmail', 'Please enter an email address.'), 'error');
                email.focus();
                return;
            }
            state('loading');
            tell('', 'idle');
            const refused = await send().catch(() => ({}));
            if (refused) {
                state('idle');
                tell(wordsFor(refused), 'error');
                email.focus();
                return;
            }
            email.value = '';
            tell(say('confirmEmail', 'Thank you. Please confirm by the link in the mail we sent.'), 'idle');
            state('success');
        });

        // Back from the link in that mail.
        const address = new URL(location.href);
        if (address.searchParams.get('action') === 'signup') {
            if (address.searchParams.get('success') === 'true') {
                tell(say('subscriptionConfirmed', 'You are subscribed.'), 'success');
                state('success');
            }
            address.searchParams.delete('action');
            address.searchParams.delete('success');
            history.replaceState({}, '', address.pathname + address.search + address.hash);
        }
    }

    setUpDialog();
    setUpSubscription();
})();
