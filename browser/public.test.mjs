// The scripts of /public/ apart from cards: comment counts, the path of a reader before sign-up, the door of a private site.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {open} from './browser.mjs';
import {serve} from './site.mjs';

let browser;
let site;

before(async () => {
    browser = await open();
    site = await serve();
});
after(async () => {
    await browser?.close();
    site?.close();
});

const html = (body, head = '') => `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>t</title>${head}</head><body>${body}</body></html>`;

/** What the helper `comment_count` prints. */
const place = (id, {empty = '', singular = 'comment', plural = 'comments', autowrap = 'span', className = ''} = {}) =>
    `<script data-ghost-comment-count="${id}" data-ghost-comment-count-empty="${empty}" data-ghost-comment-count-singular="${singular}"
     data-ghost-comment-count-plural="${plural}" data-ghost-comment-count-tag="${autowrap}" data-ghost-comment-count-class-name="${className}"
     data-ghost-comment-count-autowrap="${autowrap}"></script>`;

test('comment counts: one request for all places of a page, one more for what is added later', async () => {
    const counts = {a: 0, b: 1, c: 12, d: 3, later: 7};
    site.routes['/members/api/comments/counts/'] = (request) => {
        const ids = new URL(request.url, 'http://site').searchParams.get('ids').split(',');
        return {body: JSON.stringify(Object.fromEntries(ids.map((id) => [id, counts[id]])))};
    };
    const body = `<p id="a">${place('a', {empty: 'No comments'})}</p><p id="a2">${place('a')}</p><p id="b">${place('b')}</p>
        <p id="c">${place('c', {className: 'n'})}${place('c', {autowrap: 'false', plural: ''})}</p>
        <p id="d">${place('d', {plural: '<b>replies</b>'.replaceAll('<', '&lt;')})}</p><div id="more"></div>`;
    site.routes['/'] = html(body, '<script defer src="/public/comment-counts.min.js" data-ghost-comments-counts-api="/members/api/comments/counts/"></script>');
    site.calls.length = 0;
    const view = await browser.newPage();
    await view.goto(site.url);
    await view.getByText('12 comments').waitFor();
    const text = async (selector) => (await view.locator(selector).innerHTML()).trim();
    assert.equal(await text('#a'), '<span>No comments</span>');
    assert.equal(await text('#a2'), '');
    assert.equal(await text('#b'), '<span>1 comment</span>');
    assert.equal(await text('#c'), '<span class="n">12 comments</span>12');
    assert.equal(await text('#d'), '<span>3 &lt;b&gt;replies&lt;/b&gt;</span>');
    assert.equal(site.calls.length, 1);
    assert.equal(new URL(site.calls[0].url, site.url).searchParams.get('ids'), 'a,b,c,d');

    await view.evaluate((places) => document.querySelector('#more').insertAdjacentHTML('beforeend', places), place('later') + place('b') + place('later'));
    await view.getByText('7 comments').first().waitFor();
    assert.equal(await view.getByText('1 comment', {exact: true}).count(), 2);
    assert.equal(site.calls.length, 2);
    assert.equal(new URL(site.calls[1].url, site.url).searchParams.get('ids'), 'later');
    await view.close();
});

test('comment counts: a failing answer leaves the page as it is, without asking again and again', async () => {
    site.routes['/members/api/comments/counts/'] = () => ({status: 500});
    site.calls.length = 0;
    const view = await browser.newPage();
    const faults = [];
    view.on('pageerror', (error) => faults.push(String(error)));
    await view.goto(site.url);
    await view.evaluate((more) => document.querySelector('#more').insertAdjacentHTML('beforeend', more), place('b'));
    await view.waitForTimeout(400);
    assert.equal(site.calls.length, 1);
    assert.deepEqual(faults, []);
    await view.close();
});

test('member attribution: the path is kept in the form that the membership script sends', async () => {
    const page = html('<p>page</p>', '<script defer src="/public/member-attribution.min.js"></script>');
    for (const path of ['/', '/one/', '/two/']) {
        site.routes[path] = page;
    }
    const view = await browser.newPage();
    const history = () => view.evaluate(() => JSON.parse(sessionStorage.getItem('ghost-history')));
    const begun = Date.now();
    await view.goto(`${site.url}/one/?ref=letter&utm_medium=mail&utm_campaign=spring`, {referer: 'https://elsewhere.example/x'});
    let list = await history();
    assert.equal(list.length, 1);
    assert.ok(list[0].time >= begun && list[0].time <= Date.now());
    assert.deepEqual({...list[0], time: 0}, {
        path: '/one/', time: 0, referrerSource: 'letter', referrerMedium: 'mail', utmSource: null, utmMedium: 'mail',
        utmCampaign: 'spring', utmTerm: null, utmContent: null, referrerUrl: 'letter'
    });

    // The same page again: no second entry, and what was known stays.
    await view.goto(`${site.url}/one/`);
    list = await history();
    assert.deepEqual(list.map((entry) => [entry.path, entry.referrerSource]), [['/one/', 'letter']]);

    // An entry handed over in the address is taken out of it.
    await view.goto(`${site.url}/two/?attribution_id=66aa&attribution_type=post&x=1#end`);
    list = await history();
    assert.deepEqual(list.map(({path, id, type}) => path ?? `${type} ${id}`), ['/one/', 'post 66aa', '/two/']);
    assert.equal(view.url(), `${site.url}/two/?x=1#end`);

    // Old entries and what is over fifteen go; what is not a list is begun anew.
    await view.evaluate(() => {
        const day = 86400000;
        const list = [{time: Date.now() - 2 * day, path: '/old/'}, {path: '/no-time/'}];
        for (let n = 0; n < 20; n += 1) {
            list.push({time: Date.now() - 1000, path: `/p${n}/`});
        }
        sessionStorage.setItem('ghost-history', JSON.stringify(list));
    });
    await view.goto(`${site.url}/`);
    list = await history();
    assert.equal(list.length, 15);
    assert.equal(list[0].path, '/p6/');
    assert.equal(list[14].path, '/');
    for (const broken of ['{', '"x"', 'null', '[null, 3]']) {
        await view.evaluate((text) => sessionStorage.setItem('ghost-history', text), broken);
        await view.goto(`${site.url}/two/`);
        assert.deepEqual((await history()).map((entry) => entry.path), ['/two/'], broken);
    }
    await view.close();
});

const door = `<div class="gh-app"><div class="gh-viewport"><main class="gh-main"><div class="gh-flow"><div class="gh-flow-content-wrap">
<section class="gh-flow-content private"><header><h1>The Lantern</h1><p class="gh-private-description">A closed paper</p>
<form class="gh-private-signup-form gh-signin" data-ghost-private-subscribe-form data-members-form="subscribe" data-state="idle" novalidate>
<div class="gh-private-signup-fields"><input class="gh-input gh-private-signup-input" type="email" aria-label="Your email" required data-members-email>
<button class="gh-btn gh-private-signup-btn" type="submit"><span class="gh-private-signup-btn-content"><b class="gh-private-signup-btn-label">Subscribe</b>
<svg class="gh-private-signup-btn-loading" viewBox="0 0 24 24"><circle cx="12" cy="12" r="3"/></svg>
<svg class="gh-private-signup-btn-success" viewBox="0 0 24 24"><circle cx="12" cy="12" r="3"/></svg></span></button></div>
<p class="gh-private-signup-feedback" data-ghost-private-subscribe-feedback aria-live="polite"></p></form></header></section>
<dialog class="gh-private-dialog" id="access"><div class="gh-private-dialog-panel"><button class="gh-private-dialog-close" type="button" data-ghost-private-close aria-label="Close">x</button>
<form class="gh-signin gh-private-access-form" method="post"><input class="gh-input" type="password" name="password" aria-label="Code"></form></div></dialog>
<div class="gh-private-trigger-wrap"><a class="gh-private-trigger" href="#access" data-ghost-private-trigger>Enter access code</a></div>
</div></div></main></div></div><script id="gh-private-config" type="application/json">{"successResetDelay": 50, "confirmEmailMessage": "Look into your mail"}</script>`;

test('private door: the dialog opens on the field and closes; the mail form says what happened', async () => {
    let answer = {status: 400, body: '{"errors":[{"message":"x","type":"TooManyRequestsError"}]}'};
    Object.assign(site.routes, {
        '/private/': html(door, '<link rel="stylesheet" href="/public/ghost.min.css"><script defer src="/public/private.min.js"></script>'),
        '/members/api/integrity-token/': () => ({type: 'text/plain', body: 't'}),
        '/members/api/send-magic-link/': () => answer
    });
    const view = await browser.newPage({viewport: {width: 360, height: 640}});
    const faults = [];
    view.on('pageerror', (error) => faults.push(String(error)));
    await view.goto(`${site.url}/private/`);
    assert.ok(await view.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'no sideways scrolling');

    await view.getByText('Enter access code').click();
    assert.equal(await view.evaluate(() => document.activeElement.name), 'password');
    await view.keyboard.press('Escape');
    assert.equal(await view.locator('#access').isVisible(), false);
    await view.getByText('Enter access code').click();
    await view.getByRole('button', {name: 'Close'}).click();
    assert.equal(await view.locator('#access').isVisible(), false);

    const feedback = view.locator('[data-ghost-private-subscribe-feedback]');
    const email = view.getByRole('textbox', {name: 'Your email'});
    await email.fill('nobody');
    await email.press('Enter');
    assert.equal(await feedback.getAttribute('data-state'), 'error');
    await email.fill(' reader@example.org ');
    await email.press('Enter');
    await view.getByText('Too many attempts').waitFor();
    assert.equal(await email.isEnabled(), true);
    answer = {status: 201, body: '{}'};
    await email.press('Enter');
    await view.getByText('Look into your mail').waitFor();
    const sent = JSON.parse(site.calls.filter((call) => call.url.includes('send-magic-link')).at(-1).body);
    assert.deepEqual(sent, {email: 'reader@example.org', emailType: 'subscribe', labels: [], autoRedirect: true, integrityToken: 't'});
    await view.waitForFunction(() => document.querySelector('form').dataset.state === 'idle');

    await view.goto(`${site.url}/private/?r=%2F&action=signup&success=true`);
    assert.equal(await feedback.getAttribute('data-state'), 'success');
    assert.equal(view.url(), `${site.url}/private/?r=%2F`);
    assert.deepEqual(faults, []);
    await view.close();
});

test('statistics: the interface is there and sends nothing', async () => {
    site.routes['/'] = html('', '<script defer src="/public/ghost-stats.min.js" data-host="/x"></script>');
    const view = await browser.newPage();
    await view.goto(site.url);
    assert.equal(await view.evaluate(async () => [typeof Tinybird._trackPageHit(), await Tinybird.trackEvent('read', {})].join()), 'undefined,');
    await view.close();
});
