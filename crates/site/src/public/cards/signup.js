// Signup cards are shown, and their forms sent, by the membership script of the page (its tag carries `data-ghost`).
// Where that script did not load, this stands in for it: shows the card to readers without an account and sends the form.
// Pages without that tag have no sign-up, and the card stays hidden.
function standInForSignup() {
    const cards = document.querySelectorAll('[data-lexical-signup-form]');
    const members = document.querySelector('script[data-ghost]');
    if (!cards.length || !members || document.getElementById('ghost-portal-root')) {
        return;
    }
    const api = members.getAttribute('data-ghost').replace(/\/$/, '') + '/members/api/';

    function history() {
        try {
            const visits = JSON.parse(sessionStorage.getItem('ghost-history'));
            return Array.isArray(visits) ? visits : undefined;
        } catch (error) {
            return undefined;
        }
    }

    async function send(form) {
        const values = (name) => Array.from(form.querySelectorAll('input[data-members-' + name + ']'), (input) => input.value);
        const token = await fetch(api + 'integrity-token/');
        if (!token.ok) {
            throw new Error('');
        }
        const answer = await fetch(api + 'send-magic-link/', {
            method: 'POST',
            headers: {'Content-Type': 'application/json'},
            body: JSON.stringify({
                email: values('email')[0].trim(),
                emailType: form.getAttribute('data-members-form') || undefined,
                name: values('name')[0],
                labels: values('label'),
                autoRedirect: true,
                urlHistory: history(),
                integrityToken: await token.text()
            })
        });
        if (!answer.ok) {
            const told = await answer.json().catch(() => ({}));
            throw new Error(told.errors && told.errors[0] ? told.errors[0].message : '');
        }
    }

    function setUp(form) {
        const error = form.querySelector('[data-members-error]');
        const success = form.querySelector('.kg-signup-card-success');
        const fields = Array.from(form.querySelectorAll('input, button'));
        if (error) {
            error.setAttribute('role', 'alert');
        }
        if (success) {
            success.setAttribute('role', 'status');
        }
        form.addEventListener('submit', async (event) => {
            event.preventDefault();
            if (form.classList.contains('loading')) {
                return;
            }
            form.classList.remove('success', 'error');
            form.classList.add('loading');
            fields.forEach((field) => field.setAttribute('aria-disabled', 'true'));
            let outcome = 'success';
            try {
                await send(form);
            } catch (failure) {
                outcome = 'error';
                if (error) {
                    error.textContent = failure.message || 'Something went wrong, please try again.';
                }
            }
            form.classList.remove('loading');
            form.classList.add(outcome);
            fields.forEach((field) => field.removeAttribute('aria-disabled'));
        });
    }

    fetch(api + 'member/', {credentials: 'same-origin'}).then((answer) => {
        // 204: nobody is signed in
        if (answer.status !== 204) {
            return;
        }
        cards.forEach((card) => {
            card.style.removeProperty('display');
            card.querySelectorAll('form[data-members-form]').forEach(setUp);
            card.querySelectorAll('input[type="email"]:not([aria-label])').forEach((input) => {
                input.setAttribute('aria-label', 'Email');
                input.setAttribute('autocomplete', 'email');
            });
        });
    }).catch(() => {});
}
if (document.readyState === 'complete') {
    standInForSignup();
} else {
    addEventListener('load', standInForSignup);
}
