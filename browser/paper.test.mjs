// The sample publication in the theme Courant, as readers meet it: with a keyboard, enlarged, by night, without script, in print.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {open} from './browser.mjs';
import {demo} from './paper.mjs';
import {root} from './site.mjs';

const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** One page of every template, and of every state that looks different. */
const pages = {
    home: '/', list: '/page/2/', section: '/tag/town/', 'foreign section': '/tag/de/', author: '/author/samir-costa/',
    story: '/belarus-china-meeting/', 'corrected story with a gallery': '/market-hall-reopens/', 'story with code and a file': '/parking-documents/',
    'gated story': '/night-clinic/', 'story by a gift': '/missing-parking-money/?gift=tide', 'foreign story': '/hafenmauer/',
    'story with a table': '/night-bus-returns/', 'story with a player': '/theatre-storm/', 'story with a film': '/ferry-timetable/',
    'story with a chart': '/wind-park-hearing/', 'story with a product': '/cannery-sold/', 'story with a banner': '/bees-town-hall/',
    'story with a call and a form': '/library-sunday/', page: '/ethics/', corrections: '/corrections/', membership: '/membership/',
    search: '/search/', found: '/search/?q=harbour+wall', 'nothing found': '/search/?q=xylophone+quux', error: '/no-such-page/'
};
// A gift link of a story, as the Admin app of a Ghost makes it.
const gift = `import sqlite3, sys
with sqlite3.connect(sys.argv[1]) as c:
    post = c.execute("select id from posts where slug = 'missing-parking-money'").fetchone()
    c.execute("insert into gift_links (token, post_id, created_at) values ('tide', ?, '2026-01-01 00:00:00')", post)
    c.execute("insert into post_gift_links (gift_link_token, post_id, created_at) values ('tide', ?, '2026-01-01 00:00:00')", post)
`;

let browser;
let paper;

before(async () => {
    [browser, paper] = await Promise.all([open(), demo()]);
    execFileSync('python3', ['-c', gift, join(paper.folder, 'content/data/ghost.db')]);
});
after(async () => {
    await browser?.close();
    await paper?.close();
});

/** Opens a page in a browser of its own, `door` being the sample reader who looks. */
async function show(path, {door, ...context} = {}) {
    const view = await browser.newPage({viewport: {width: 1280, height: 800}, ...context});
    if (door) {
        await view.goto(`${paper.url}/demo/read-as/${door}/`, {waitUntil: 'commit'});
    }
    await view.goto(paper.url + path, {waitUntil: 'load'});
    return view;
}

/** What axe-core has to say against a page, a line each. */
async function violations(view) {
    await view.evaluate(axe);
    const found = await view.evaluate(() => window.axe.run(document, {resultTypes: ['violations']}));
    assert.ok(found.passes.length > 15, 'it has looked at the page');
    return found.violations.flatMap(({id, nodes}) => nodes.map((node) => `${id}: ${node.target.join(' ')}`));
}

const overflow = (view) => view.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
const text = async (view, selector) => (await view.locator(selector).first().innerText()).replace(/\s+/g, ' ').trim();

test('axe-core finds nothing on any template, wide and narrow, by day and by night', {timeout: 600000}, async () => {
    for (const [colorScheme, width] of [['light', 1280], ['light', 320], ['dark', 1280], ['dark', 320]]) {
        const view = await show('/', {colorScheme, viewport: {width, height: 900}, reducedMotion: 'reduce'});
        for (const [name, path] of Object.entries(pages)) {
            await view.goto(paper.url + path);
            assert.deepEqual(await violations(view), [], `${name}, ${colorScheme}, ${width}`);
        }
        await view.close();
    }
});

test('the menu, opened, and what a subscriber sees pass axe-core too', async () => {
    const view = await show('/parking-documents/', {door: 'circle'});
    await view.locator('.menu > summary').click();
    assert.deepEqual(await violations(view), []);
    await view.close();
});

test('the skip link is the first stop, comes into sight, and moves the focus into the story', async () => {
    for (const path of ['/', '/belarus-china-meeting/', '/no-such-page/']) {
        const view = await show(path);
        await view.keyboard.press('Tab');
        const skip = view.locator('.skip');
        assert.equal(await view.evaluate(() => document.activeElement.className), 'skip', path);
        const box = await skip.boundingBox();
        assert.ok(box.y >= 0 && box.x >= 0, 'it can be seen');
        await view.keyboard.press('Enter');
        assert.equal(await view.evaluate(() => document.activeElement.id), 'main', path);
        await view.keyboard.press('Tab');
        assert.ok(await view.evaluate(() => document.activeElement.closest('main') !== null), 'the next stop lies behind the head');
        await view.close();
    }
});

test('menu and cards by keyboard: opens, is walked, closes; every stop can be seen', async () => {
    const view = await show('/');
    const menu = view.locator('.menu');
    await view.locator('.menu > summary').focus();
    await view.keyboard.press('Enter');
    assert.equal(await menu.evaluate((menu) => menu.open), true);
    await view.keyboard.press('Tab');
    assert.equal(await text(view, ':focus'), 'Town');
    const last = view.locator('.menu-sheet a').last();
    await last.focus();
    await view.keyboard.press('Tab');
    assert.equal(await text(view, ':focus'), 'Search', 'behind the menu the head goes on');
    await view.locator('.menu > summary').focus();
    await view.keyboard.press('Space');
    assert.equal(await menu.evaluate((menu) => menu.open), false);

    // All stops of the front page, in their order: none hidden, each with a mark, none smaller than a fingertip needs.
    await view.locator('#main').focus();
    const seen = new Set();
    for (let n = 0; n < 80; n += 1) {
        await view.keyboard.press('Tab');
        const stop = await view.evaluate(() => {
            const link = document.activeElement;
            if (!link.closest('main')) {
                return null;
            }
            const marked = getComputedStyle(link).outlineStyle !== 'none' ? link : link.closest('.card');
            const {width, height} = (link.closest('.card-title') ? link.closest('.card') : link).getBoundingClientRect();
            return {href: link.href, mark: getComputedStyle(marked).outlineStyle, width, height, within: link.getBoundingClientRect().top < innerHeight};
        });
        if (!stop) {
            break;
        }
        assert.notEqual(stop.mark, 'none', stop.href);
        assert.ok(stop.within && stop.width >= 24 && stop.height >= 20, JSON.stringify(stop));
        seen.add(new URL(stop.href).pathname);
    }
    assert.ok(seen.size >= 25, `${seen.size} addresses`);

    await view.locator('.front-lead h2 a').focus();
    await Promise.all([view.waitForURL(/council-emergency-money/), view.keyboard.press('Enter')]);
    await view.close();
});

test('a click anywhere on a card opens its story, one on its section the section', async () => {
    const view = await show('/');
    const box = await view.locator('.front-lead .card-picture').boundingBox();
    await Promise.all([view.waitForURL(/council-emergency-money/), view.mouse.click(box.x + 50, box.y + 50)]);
    await view.goto(paper.url);
    await Promise.all([view.waitForURL(/tag\/town/), view.locator('.front-lead .kicker a').click()]);
    await view.close();
});

test('nothing is wider than the screen: 320 pixels, 200 per cent, more space between letters, right to left', async () => {
    const view = await show('/');
    for (const path of Object.values(pages)) {
        await view.goto(paper.url + path);
        for (const width of [1280, 900, 640, 320]) {
            await view.setViewportSize({width, height: 700});
            assert.ok(await overflow(view) <= 0, `${path} at ${width}`);
        }
        await view.evaluate(() => (document.documentElement.dir = 'rtl'));
        assert.ok(await overflow(view) <= 0, `${path} from right to left`);
        await view.addStyleTag({content: '* { letter-spacing: 0.12em !important; word-spacing: 0.16em !important; line-height: 1.5 !important }'});
        assert.ok(await overflow(view) <= 0, `${path} with more space`);
        await view.setViewportSize({width: 640, height: 700});
        await view.addStyleTag({content: 'html { font-size: 200% }'});
        assert.ok(await overflow(view) <= 0, `${path} with letters twice as large`);
    }
    await view.close();
});

test('wishes of the reader: less motion, own colours, night', async () => {
    const calm = await show('/', {reducedMotion: 'reduce'});
    for (const [name, path] of Object.entries(pages)) {
        await calm.goto(paper.url + path);
        const moving = await calm.evaluate(() => [...document.querySelectorAll('*')].filter((element) => {
            const style = getComputedStyle(element);
            return style.animationName !== 'none' || style.transitionDuration.split(', ').some((time) => parseFloat(time) > 0);
        }).map((element) => element.className));
        assert.deepEqual(moving, [], name);
    }
    await calm.close();

    const own = await show('/', {forcedColors: 'active'});
    let n_edges = 0;
    for (const [name, path] of Object.entries(pages)) {
        await own.goto(paper.url + path);
        const edges = await own.evaluate(() => [...document.querySelectorAll('.button, main input:not([type=range]), .kg-btn')].filter((part) => part.checkVisibility()).map((part) => {
            const {borderTopStyle, borderTopWidth, borderTopColor, backgroundColor} = getComputedStyle(part);
            return {part: part.className || part.id, edge: borderTopStyle !== 'none' && parseFloat(borderTopWidth) >= 1 && borderTopColor !== backgroundColor};
        }));
        n_edges += edges.length;
        assert.deepEqual(edges.filter(({edge}) => !edge), [], `${name}: a button and a field keep their edge`);
    }
    assert.ok(n_edges >= 5, `${n_edges} buttons and fields`);
    await own.close();

    const brightness = async (colorScheme) => {
        const view = await show('/', {colorScheme});
        const colour = await view.evaluate(() => getComputedStyle(document.body).backgroundColor);
        await view.close();
        return Number(/\d+/.exec(colour)[0]);
    };
    assert.ok(await brightness('light') > 240 && await brightness('dark') < 40);
});

test('every name of a link makes sense alone: one name, one place', async () => {
    const view = await show('/');
    for (const path of Object.values(pages)) {
        await view.goto(paper.url + path);
        const links = await view.evaluate(() => [...document.querySelectorAll('a[href]')].map((link) => ({
            name: (link.getAttribute('aria-label') ?? link.textContent).replace(/\s+/g, ' ').trim() || link.querySelector('img')?.alt, href: link.href
        })));
        const places = new Map();
        for (const {name, href} of links) {
            assert.ok(name && name.length > 2, `${path}: ${href} has no name`);
            assert.ok(!/^(more|here|click here|read more|continue|link)$/i.test(name), `${path}: ${name}`);
            assert.equal(places.get(name) ?? href, href, `${path}: two places are called ${name}`);
            places.set(name, href);
        }
    }
    await view.close();
});

test('a story says who, when, and for whom; its caption is whole; there is one headline', async () => {
    const view = await show('/belarus-china-meeting/');
    assert.equal(await view.locator('h1').count(), 1);
    assert.equal(await text(view, 'h1'), 'Xi and Lukashenko meet in Beijing and speak of closer ties');
    assert.notEqual(await text(view, '.standfirst'), await text(view, 'h1'));
    assert.match(await text(view, '.byline-names'), /^By Herald world desk$/);
    assert.match(await text(view, '.byline-dates'), /^Published \d+ \w+ \d{4}, \d\d:\d\d (GMT|BST)/);
    assert.match(await text(view, '.article-picture figcaption'), /own cameras\. Drawing: Brennick Herald$/);
    assert.equal(await view.locator('.article-picture img').getAttribute('alt'), 'Two empty chairs and a low table with flowers before a row of flags');
    // A key point may be a quotation; the story itself says it once.
    await view.locator('.points').evaluateAll((lists) => lists.forEach((list) => list.remove()));
    const main = view.locator('main');
    assert.equal((await main.innerText()).split('Belarus is, has been and will be').length, 2, 'no part of the text stands twice');
    // The latest, but never the story itself.
    assert.ok(await view.locator('.next article').count() >= 6);
    assert.equal(await view.locator('.next a[href$="/belarus-china-meeting/"]').count(), 0);
    await view.close();
});

test('what is called the same subject is: the wall beside the wall, the clinic beside the clinic, nothing beside a play', async () => {
    const view = await browser.newPage();
    const wall = ['/council-emergency-money/', '/harbour-wall-crack/', '/inspection-log/'];
    const related = async (path) => {
        await view.goto(paper.url + path);
        const links = await view.locator('[aria-labelledby=subject-title] .card-title a').evaluateAll((links) => links.map((link) => new URL(link.href).pathname));
        assert.ok(!links.includes(path) && new Set(links).size === links.length, `${path}: ${links}`);
        return links;
    };
    // The archive is read after the server has begun to answer.
    for (let n = 0; (await related(wall[0])).length === 0; n += 1) {
        assert.ok(n < 100, 'the archive is not read');
        await view.waitForTimeout(100);
    }
    for (const path of wall) {
        const links = await related(path);
        assert.deepEqual(links.slice(0, 2).sort(), wall.filter((other) => other !== path), path);
    }
    for (const path of ['/night-clinic/', '/surgery-merger/']) {
        assert.ok((await related(path)).includes('/ambulance-nights/'), path);
    }
    for (const path of ['/theatre-storm/', '/football-draw/']) {
        assert.deepEqual(await related(path), [], path);
        assert.ok(await view.locator('.next article').count() >= 6, 'its section and the latest stand there instead');
    }
    await view.close();
});

test('the access label says in words what this reader can do', async () => {
    const said = [
        ['/belarus-china-meeting/', undefined, /^For everyone\.$/],
        ['/night-clinic/', undefined, /^For members\. The beginning is open; the rest needs a free account\.$/],
        ['/night-clinic/', 'member', /^For members\. You are signed in, and can read all of it\.$/],
        ['/missing-parking-money/', undefined, /^For subscribers\. The beginning is open/],
        ['/missing-parking-money/', 'member', /^For subscribers\. Your free account opens the beginning only\.$/],
        ['/missing-parking-money/', 'subscriber', /^For subscribers\. Your subscription includes this story\.$/],
        ['/parking-documents/', 'subscriber', /^For some subscriptions: Harbour Circle\. Yours does not include it\.$/],
        ['/parking-documents/', 'circle', /^For some subscriptions\. Yours includes this story\.$/],
        ['/missing-parking-money/?gift=tide', undefined, /^This link opens the whole story to you\.$/],
        ['/missing-parking-money/?gift=tide', 'member', /^This link opens the whole story to you\.$/]
    ];
    const view = await browser.newPage();
    for (const [path, door, words] of said) {
        await view.goto(`${paper.url}/demo/read-as/${door ?? 'nobody'}/`, {waitUntil: 'commit'});
        await view.goto(paper.url + path);
        assert.match(await text(view, '.access'), words, `${path} as ${door}`);
    }
    await view.close();
});

test('foreign parts say their language, in lists as on their page', async () => {
    const story = await show('/hafenmauer/');
    for (const part of ['h1', '.standfirst', '.article-picture', '.gh-content']) {
        assert.equal(await story.locator(part).first().getAttribute('lang'), 'de', part);
    }
    assert.equal(await story.locator('.rail').getAttribute('lang'), 'en-GB', 'who and when are said in the paper’s language');
    await story.close();
    const home = await show('/');
    const links = home.locator('main a[href$="/hafenmauer/"], main a[href$="/partnerschaft/"], main a[href$="/tag/de/"]');
    const languages = await links.evaluateAll((links) => links.map((link) => link.closest('[lang]').lang));
    assert.ok(languages.length >= 3 && languages.every((language) => language === 'de'), languages.join());
    await home.close();
});

test('without script a story is whole and the menu opens', async () => {
    const view = await show('/bees-town-hall/', {javaScriptEnabled: false});
    assert.match(await text(view, '.gh-content'), /There were 41 jars.*as a record/);
    await view.locator('.menu > summary').click();
    assert.ok(await view.locator('.menu-sheet').isVisible());
    await view.close();
});

test('the search page finds words of the stories without script, and says how many', async () => {
    const context = await browser.newContext({javaScriptEnabled: false});
    const view = await context.newPage();
    await view.goto(`${paper.url}/search/`);
    await view.fill('#q', 'mooring chain');
    await Promise.all([view.waitForURL(/q=mooring/), view.press('#q', 'Enter')]);
    assert.equal(await view.inputValue('#q'), 'mooring chain');
    const found = await view.locator('[aria-labelledby=found] .card-title').allTextContents();
    assert.ok(found.length >= 1 && found.length < 10, `${found.length} stories`);
    assert.match(await view.locator('.search-said').textContent(), found.length === 1 ? /One story found/ : new RegExp(`^${found.length} stories found`));
    await view.fill('#q', 'xylophone quux');
    await Promise.all([view.waitForURL(/xylophone/), view.press('#q', 'Enter')]);
    assert.match(await view.locator('.search-said').textContent(), /Nothing found/);
    await context.close();
});

test('each key point says how it came about and leads to its sentence, by keyboard and without script', async () => {
    const context = await browser.newContext({javaScriptEnabled: false, viewport: {width: 1280, height: 800}});
    const view = await context.newPage();
    await view.goto(`${paper.url}/harbour-wall-crack/`);
    const points = view.locator('.points');
    assert.match(await points.locator('.points-label').textContent(), /^Made by a program, each point checked against the text/);
    const links = await points.locator('a').all();
    assert.ok(links.length >= 2 && links.length <= 7, `${links.length} points`);
    const names = new Set();
    for (const link of links) {
        names.add(await link.getAttribute('aria-label'));
        await link.focus();
        await view.keyboard.press('Enter');
        const target = view.locator(await link.getAttribute('href'));
        assert.equal(await target.count(), 1);
        const seen = await target.evaluate((node) => {
            const {top, bottom} = node.getBoundingClientRect();
            return {inView: top >= 0 && bottom <= innerHeight, marked: node.matches(':target') && getComputedStyle(node).backgroundColor};
        });
        assert.ok(seen.inView && seen.marked && seen.marked !== 'rgba(0, 0, 0, 0)', JSON.stringify(seen));
    }
    assert.equal(names.size, links.length, 'each link has a name of its own');
    await context.close();
});

test('nothing of the sample publication is asked from another server', async () => {
    const view = await browser.newPage();
    const elsewhere = [];
    view.on('request', (request) => request.url().startsWith(paper.url) || /^(data|blob):/.test(request.url()) || elsewhere.push(request.url()));
    // Also for a subscriber, and with the story whose manuscript has a player of another company in it.
    for (const door of ['nobody', 'circle']) {
        await view.goto(`${paper.url}/demo/read-as/${door}/`, {waitUntil: 'commit'});
        for (const path of [...Object.values(pages), '/football-draw/']) {
            await view.goto(paper.url + path);
        }
    }
    assert.deepEqual(elsewhere, []);
    await view.close();
});

test('a form for signing up stays hidden while nobody can sign up', async () => {
    const view = await show('/library-sunday/');
    const card = view.locator('.kg-signup-card');
    assert.equal(await card.count(), 1, 'it is in the page');
    assert.equal(await card.isVisible(), false);
    assert.equal(await view.locator('main form').evaluateAll((forms) => forms.filter((form) => form.checkVisibility()).length), 0);
    await view.close();
});

test('on paper there is the story and nothing to click', async () => {
    const view = await show('/belarus-china-meeting/');
    await view.emulateMedia({media: 'print'});
    for (const part of ['.bar', '.sections', '.next', '.foot nav']) {
        assert.equal(await view.locator(part).first().isVisible(), false, part);
    }
    for (const part of ['h1', '.byline', '.gh-content', '.article-picture']) {
        assert.equal(await view.locator(part).first().isVisible(), true, part);
    }
    await view.close();
});

test('Ghost’s own check has nothing to say against our themes', {timeout: 120000}, () => {
    const bin = join(root, 'browser/node_modules');
    for (const theme of ['courant', 'plain']) {
        const said = execFileSync(join(bin, '.bin/node'), [join(bin, 'gscan/bin/cli.js'), join(root, 'themes', theme), '--verbose'], {encoding: 'utf8'});
        assert.match(said, /is compatible with Ghost/, said);
        assert.doesNotMatch(said, /warning|error/i, said);
    }
});
