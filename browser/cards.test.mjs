// What readers can do with editor cards: with the mouse, with the keyboard, without motion, on narrow and right-to-left pages.
// The HTML of the cards is what Ghost 6.65 stores.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {open} from './browser.mjs';
import {cards, page, serve} from './site.mjs';

const all = cards();
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

/** Opens a page with the named cards; fails the test if a script of ours failed. */
async function show(names, {page: looks = {}, context = {}, routes = {}, more = ''} = {}) {
    const html = [names].flat().map((name) => {
        assert.ok(all.has(name), `no card ${name}`);
        return all.get(name);
    }).join('\n').replaceAll('__BASE__', site.url);
    Object.assign(site.routes, routes, {'/': page(html + more, looks)});
    site.calls.length = 0;
    const view = await browser.newPage({viewport: {width: 900, height: 700}, ...context});
    view.faults = [];
    view.on('pageerror', (error) => view.faults.push(String(error)));
    view.on('console', (message) => message.type() === 'error' && /TypeError|ReferenceError/.test(message.text()) && view.faults.push(message.text()));
    await view.goto(site.url, {waitUntil: 'load'});
    return view;
}

async function done(view) {
    assert.deepEqual(view.faults, []);
    await view.close();
}

const focused = (view) => view.evaluate(() => document.activeElement.className);
const media = (view, tag) => view.evaluate((tag) => {
    const {paused, muted, volume, currentTime, playbackRate, duration} = document.querySelector(tag);
    return {paused, muted, volume, currentTime, playbackRate, duration};
}, tag);

test('no card makes a script fail, and none is wider than a narrow screen', async () => {
    for (const width of [320, 1200]) {
        for (const direction of ['ltr', 'rtl']) {
            const style = 'body { margin: 1rem } img { max-width: 100%; height: auto } pre { overflow: auto }';
            const names = [...all.keys()].filter((name) => !/^(embed|html|transistor|mix|image|table)/.test(name));
            const view = await show(names, {page: {style, htmlAttributes: `lang="en" dir="${direction}"`}, context: {viewport: {width, height: 700}}});
            await view.evaluate(() => document.querySelectorAll('[data-lexical-signup-form]').forEach((card) => card.style.removeProperty('display')));
            const wide = await view.evaluate(() => [...document.querySelectorAll('.kg-card')].filter((card) => {
                const box = card.getBoundingClientRect();
                return card.scrollWidth > card.clientWidth + 1 || box.left < -1 || box.right > innerWidth + 1;
            }).map((card) => card.className));
            assert.deepEqual(wide, [], `${width} px, ${direction}`);
            await done(view);
        }
    }
});

test('toggle: opens and closes by mouse and keyboard, says its state, hides its text from the tab order', async () => {
    const view = await show('toggle', {more: '<p><a id="next" href="#">next</a></p>'});
    const card = view.locator('.kg-toggle-card');
    const button = view.locator('.kg-toggle-card-icon');
    const text = view.getByText('An answer.');
    assert.equal(await text.isVisible(), false);
    assert.equal(await button.getAttribute('aria-expanded'), 'false');

    await view.locator('.kg-toggle-heading-text').click();
    assert.equal(await card.getAttribute('data-kg-toggle-state'), 'open');
    assert.equal(await button.getAttribute('aria-expanded'), 'true');
    assert.equal(await text.isVisible(), true);

    await button.focus();
    await view.keyboard.press('Enter');
    assert.equal(await card.getAttribute('data-kg-toggle-state'), 'close');
    assert.equal(await text.isVisible(), false);
    await view.keyboard.press('Space');
    assert.equal(await card.getAttribute('data-kg-toggle-state'), 'open');
    // The button is named after the question, and points at the answer.
    assert.equal(await view.getByRole('button', {name: 'What is it?'}).count(), 1);
    assert.ok(await view.locator(`#${await button.getAttribute('aria-controls')}`).getByText('An answer.').isVisible());
    await done(view);
});

test('toggle: a link in its heading is followed, not toggled; cards without script stand open', async () => {
    const linked = '<div class="kg-card kg-toggle-card" data-kg-toggle-state="close"><div class="kg-toggle-heading">'
        + '<h4 class="kg-toggle-heading-text"><a href="#there">A link</a></h4><button class="kg-toggle-card-icon"></button></div>'
        + '<div class="kg-toggle-content"><p>Text</p></div></div>';
    const view = await show('toggle', {more: linked});
    await view.getByText('A link').click();
    assert.equal(await view.locator('.kg-toggle-card').nth(1).getAttribute('data-kg-toggle-state'), 'close');
    assert.match(view.url(), /#there$/);
    await done(view);

    const still = await show('toggle', {context: {javaScriptEnabled: false}});
    assert.equal(await still.getByText('An answer.').isVisible(), true);
    await done(still);
});

test('audio: plays and pauses by keyboard, without losing the focus', async () => {
    const view = await show('audio');
    await view.waitForFunction(() => document.querySelector('.kg-audio-duration').textContent === '0:30');
    const play = view.getByRole('button', {name: 'Play audio'});
    const pause = view.getByRole('button', {name: 'Pause audio'});
    assert.equal(await pause.count(), 0, 'only one of the two is offered');

    await play.focus();
    await view.keyboard.press('Enter');
    await pause.waitFor();
    assert.equal(await play.count(), 0);
    assert.match(await focused(view), /kg-audio-pause-icon/);
    assert.equal((await media(view, 'audio')).paused, false);
    await view.waitForFunction(() => document.querySelector('.kg-audio-current-time').textContent !== '0:00');

    await view.keyboard.press('Space');
    await play.waitFor();
    assert.equal((await media(view, 'audio')).paused, true);
    assert.match(await focused(view), /kg-audio-play-icon/);
    await done(view);
});

test('audio: seeking, speed and volume', async () => {
    const view = await show('audio');
    const seek = view.getByRole('slider', {name: 'Seek'});
    await view.waitForFunction(() => document.querySelector('.kg-audio-seek-slider').max === '30');
    await seek.focus();
    await view.keyboard.press('ArrowRight');
    await view.waitForFunction(() => document.querySelector('audio').currentTime === 5);
    await view.keyboard.press('PageUp');
    await view.waitForFunction(() => document.querySelector('audio').currentTime === 8);
    await view.keyboard.press('ArrowLeft');
    await view.waitForFunction(() => document.querySelector('audio').currentTime === 3
        && document.querySelector('.kg-audio-seek-slider').getAttribute('aria-valuetext') === '0:03 / 0:30');
    assert.equal(await seek.getAttribute('aria-valuetext'), '0:03 / 0:30');
    assert.equal(await view.locator('.kg-audio-current-time').textContent(), '0:03');
    await view.keyboard.press('End');
    await view.waitForFunction(() => document.querySelector('audio').currentTime === 30);
    const box = await seek.boundingBox();
    await view.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await view.waitForFunction(() => Math.abs(document.querySelector('audio').currentTime - 15) < 1);

    const rate = view.locator('.kg-audio-playback-rate');
    const rates = [];
    for (let n = 0; n < 7; n += 1) {
        await rate.click();
        await view.waitForFunction(() => document.querySelector('.kg-audio-playback-rate').textContent === document.querySelector('audio').playbackRate + '×');
        rates.push((await media(view, 'audio')).playbackRate);
    }
    assert.deepEqual(rates, [1.25, 1.5, 1.75, 2, 0.5, 0.75, 1]);
    assert.match(await rate.getAttribute('aria-label'), /1×$/);

    await view.getByRole('button', {name: 'Mute', exact: true}).click();
    await view.getByRole('button', {name: 'Unmute'}).waitFor();
    assert.equal((await media(view, 'audio')).muted, true);
    const volume = view.getByRole('slider', {name: 'Volume'});
    await view.waitForFunction(() => document.querySelector('.kg-audio-volume-slider').value === '0');
    assert.equal(await volume.inputValue(), '0');
    await view.getByRole('button', {name: 'Unmute'}).click();
    await view.waitForFunction(() => !document.querySelector('audio').muted);
    await volume.fill('40');
    assert.equal((await media(view, 'audio')).volume, 0.4);
    await volume.fill('0');
    await view.getByRole('button', {name: 'Unmute'}).waitFor();
    await view.getByRole('button', {name: 'Unmute'}).click();
    await view.waitForFunction(() => document.querySelector('audio').volume === 1);
    await done(view);
});

test('audio: a printed length in seconds is shown as a clock, even if the file is gone', async () => {
    const view = await show('audio', {routes: {'/content/media/2024/05/talk.mp3': () => ({status: 404})}});
    assert.equal(await view.locator('.kg-audio-duration').textContent(), '2:05');
    await view.getByRole('button', {name: 'Play audio'}).click();
    await view.waitForTimeout(200);
    assert.equal(await view.getByRole('button', {name: 'Play audio'}).count(), 1, 'what cannot play does not pretend to');
    delete site.routes['/content/media/2024/05/talk.mp3'];
    await done(view);
});

test('audio: starting one stops the other', async () => {
    const view = await show(['audio', 'audio-thumb']);
    await view.getByRole('button', {name: 'Play audio'}).first().click();
    await view.waitForFunction(() => !document.querySelectorAll('audio')[0].paused);
    await view.getByRole('button', {name: 'Play audio'}).first().click();
    await view.waitForFunction(() => document.querySelectorAll('audio')[0].paused && !document.querySelectorAll('audio')[1].paused);
    await done(view);
});

test('video: the large button starts it and hands its focus on; a click on the picture pauses', async () => {
    const view = await show('video');
    await view.locator('.kg-video-large-play-icon').focus();
    await view.keyboard.press('Enter');
    await view.locator('.kg-video-card[data-kg-player-state="playing"]').waitFor();
    assert.equal(await view.locator('.kg-video-overlay').isVisible(), false);
    assert.match(await focused(view), /kg-video-pause-icon/);
    // While the keyboard is in the controls they stay in sight.
    await view.waitForFunction(() => getComputedStyle(document.querySelector('.kg-video-player-container')).opacity === '1');
    await view.locator('video').click({position: {x: 50, y: 50}});
    await view.locator('.kg-video-card[data-kg-player-state="paused"]').waitFor();
    assert.equal(await view.getByRole('button', {name: 'Play video'}).count(), 1);
    await done(view);
});

test('video: a silent loop rests where motion is not wanted', async () => {
    const moving = await show('video-loop');
    await moving.locator('.kg-video-card[data-kg-player-state="playing"]').waitFor();
    assert.equal(await moving.locator('.kg-video-overlay').isVisible(), false);
    await done(moving);
    const resting = await show('video-loop', {context: {reducedMotion: 'reduce'}});
    await resting.waitForTimeout(300);
    assert.equal((await media(resting, 'video')).paused, true);
    await resting.locator('.kg-video-large-play-icon').click();
    await resting.waitForFunction(() => !document.querySelector('video').paused);
    await done(resting);
});

test('gallery: the pictures of a row stand equally high, keep their shape, and fill the width', async () => {
    for (const name of ['gallery-2', 'gallery-3', 'gallery-5', 'gallery-7']) {
        const view = await show(name, {page: {style: 'body { margin: 20px }'}});
        const rows = await view.evaluate(() => [...document.querySelectorAll('.kg-gallery-row')].map((row) => ({
            width: row.getBoundingClientRect().width,
            images: [...row.querySelectorAll('img')].map((image) => {
                const {width, height, left} = image.getBoundingClientRect();
                return {width, height, left, ratio: image.getAttribute('width') / image.getAttribute('height')};
            })
        })));
        for (const row of rows) {
            for (const image of row.images) {
                assert.ok(Math.abs(image.height - row.images[0].height) < 1, `${name}: heights ${row.images.map((i) => i.height)}`);
                assert.ok(Math.abs(image.width / image.height - image.ratio) < 0.05, `${name}: ${image.width}x${image.height}, shape ${image.ratio}`);
            }
            const last = row.images.at(-1);
            assert.ok(Math.abs(last.left + last.width - row.images[0].left - row.width) < 1, `${name}: the row is filled`);
        }
        await done(view);
    }
});

const member = (status) => ({'/members/api/member/': () => ({status, body: status === 204 ? '' : '{"email":"a@example.org"}'})});
const portal = (url) => `<script defer src="${url}/gone.js" data-ghost="${url}/"></script>`;

test('signup: shown to a reader without account when the membership script is missing, and sent', async () => {
    let answer = {status: 201, body: '{}'};
    const routes = {
        ...member(204),
        '/members/api/integrity-token/': () => ({type: 'text/plain', body: 'token-1'}),
        '/members/api/send-magic-link/': () => answer
    };
    const view = await show('signup-labels', {page: {head: portal(site.url)}, routes});
    await view.locator('.kg-signup-card').waitFor();
    const email = view.getByRole('textbox', {name: 'Email'});
    await email.fill('reader@example.org');
    assert.equal(await view.getByText('Check your inbox.').isVisible(), false);

    answer = {status: 400, body: '{"errors":[{"message":"That address cannot be used."}]}'};
    await email.press('Enter');
    await view.getByText('That address cannot be used.').waitFor();

    answer = {status: 201, body: '{}'};
    await view.getByRole('button', {name: 'Subscribe'}).click();
    await view.getByText('Check your inbox.').waitFor();
    assert.equal(await view.getByText('That address cannot be used.').isVisible(), false);
    const sent = JSON.parse(site.calls.filter((call) => call.url.includes('send-magic-link')).at(-1).body);
    assert.equal(sent.email, 'reader@example.org');
    assert.equal(sent.emailType, 'signup');
    assert.deepEqual(sent.labels, ['VIP', 'Reader club']);
    assert.equal(sent.integrityToken, 'token-1');
    await done(view);
});

test('signup: stays hidden from members, where there is no sign-up, and where the membership script does its work', async () => {
    const taken = '<div id="ghost-portal-root"></div>';
    for (const [head, status, more] of [[portal(site.url), 200, ''], ['', 204, ''], [portal(site.url), 204, taken]]) {
        const view = await show('signup-regular', {page: {head}, routes: member(status), more});
        await view.waitForTimeout(200);
        assert.equal(await view.locator('.kg-signup-card').isVisible(), false);
        await done(view);
    }
});

test('links that look like buttons keep their own colours inside a theme that colours links', async () => {
    const style = '.gh-content a { color: rgb(1, 2, 3); text-decoration: underline }';
    const view = await show(['button', 'product', 'cta-accent', 'header-v2-regular', 'bookmark', 'file'], {page: {style}});
    const seen = (selector) => view.locator(selector).evaluate((link) => [getComputedStyle(link).color, getComputedStyle(link).textDecorationLine]);
    const text = await view.evaluate(() => getComputedStyle(document.body).color);
    assert.deepEqual(await seen('.kg-btn'), ['rgb(255, 255, 255)', 'none']);
    assert.deepEqual(await seen('.kg-product-card-button'), ['rgb(255, 255, 255)', 'none']);
    assert.deepEqual(await seen('.kg-cta-button'), ['rgb(255, 255, 255)', 'none']);
    assert.deepEqual(await seen('.kg-header-card-button'), ['rgb(0, 0, 0)', 'none']);
    assert.deepEqual(await seen('.kg-bookmark-container'), [text, 'none']);
    assert.deepEqual(await seen('.kg-file-card-container'), [text, 'none']);
    await done(view);
});

test('product: as many stars are bright as were given', async () => {
    for (const [name, stars] of [['product-rating-1', 1], ['product-rating-3', 3], ['product-rating-5', 5]]) {
        const view = await show(name);
        const opacities = await view.locator('.kg-product-card-rating-star svg').evaluateAll((all) => all.map((star) => Number(getComputedStyle(star).opacity)));
        assert.equal(opacities.filter((opacity) => opacity === 1).length, stars, name);
        assert.equal(opacities.length, 5);
        await done(view);
    }
});

test('cards follow the text colour of dark pages', async () => {
    const style = 'html { background: #101010; color: #f0f0f0 }';
    const view = await show(['audio', 'toggle', 'file', 'bookmark', 'callout-yellow', 'product', 'cta-grey'], {page: {style}});
    for (const selector of ['.kg-audio-title', '.kg-toggle-heading-text', '.kg-file-card-title', '.kg-bookmark-title', '.kg-callout-text', '.kg-product-card-title', '.kg-cta-text']) {
        assert.equal(await view.locator(selector).evaluate((part) => getComputedStyle(part).color), 'rgb(240, 240, 240)', selector);
    }
    await done(view);
});

test('controls can be hit: every button and slider of a player is at least 24 pixels high', async () => {
    const view = await show(['audio', 'video', 'toggle']);
    const small = await view.locator('.kg-card :is(button, input)').evaluateAll((all) => all.filter((part) => {
        const {width, height} = part.getBoundingClientRect();
        return width > 0 && (width < 24 || height < 24);
    }).map((part) => part.className));
    assert.deepEqual(small, []);
    await done(view);
});
