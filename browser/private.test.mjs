// The door of a closed site, in the theme Courant: by day and by night, narrow and wide, with a keyboard.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {setTimeout} from 'node:timers/promises';
import {open} from './browser.mjs';
import {demo} from './paper.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const code = 'low tide';
const close = 'import sqlite3, sys\nwith sqlite3.connect(sys.argv[1]) as c:\n    '
    + 'c.execute("update settings set value = \'true\' where key = \'is_private\'")\n    '
    + 'c.execute("update settings set value = ? where key = \'password\'", [sys.argv[2]])';

let browser;
let paper;

before(async () => {
    [browser, paper] = await Promise.all([open(), demo()]);
    // Another program writes, as the Admin app of a Ghost beside would; the running server notices.
    execFileSync('python3', ['-c', close, join(paper.folder, 'content/data/ghost.db'), code]);
    for (let n = 0; (await fetch(paper.url, {redirect: 'manual'})).status !== 302; n += 1) {
        assert.ok(n < 200, 'the site does not close');
        await setTimeout(50);
    }
});
after(async () => {
    await browser?.close();
    await paper?.close();
});

const show = async (context) => {
    const view = await browser.newPage({viewport: {width: 1280, height: 800}, ...context});
    await view.goto(paper.url, {waitUntil: 'load'});
    assert.match(view.url(), /\/private\/\?r=/);
    return view;
};

test('axe-core finds nothing at the door, also after a wrong code, and nothing is wider than the screen', async () => {
    for (const colorScheme of ['light', 'dark']) {
        const view = await show({colorScheme});
        const look = async (what) => {
            await view.evaluate(axe);
            const found = await view.evaluate(() => window.axe.run(document, {resultTypes: ['violations']}));
            assert.ok(found.passes.length > 10, 'it has looked at the page');
            assert.deepEqual(found.violations.flatMap(({id, nodes}) => nodes.map((node) => `${id}: ${node.target.join(' ')}`)), [], what);
            for (const width of [1280, 320]) {
                await view.setViewportSize({width, height: 700});
                const beyond = await view.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
                assert.ok(beyond <= 0, `${what} at ${width}`);
            }
        };
        await look(`${colorScheme}`);
        await view.locator('input[type=password]').fill('high tide');
        await view.keyboard.press('Enter');
        await view.getByRole('alert').waitFor();
        await look(`${colorScheme}, refused`);
        await view.close();
    }
});

test('by night the door is dark, by day it is light', async () => {
    const brightness = async (colorScheme) => {
        const view = await show({colorScheme});
        const ground = await view.evaluate(() => {
            const of = (element) => getComputedStyle(element).backgroundColor;
            const own = [document.querySelector('.gh-app'), document.body, document.documentElement].map(of);
            return own.find((colour) => colour !== 'rgba(0, 0, 0, 0)') ?? 'canvas';
        });
        await view.close();
        return ground;
    };
    const [day, night] = [await brightness('light'), await brightness('dark')];
    assert.ok(Number(/\d+/.exec(day)[0]) > 240, day);
    assert.ok(Number(/\d+/.exec(night)[0]) < 60, night);
});

test('the door by keyboard: one field, one button; a wrong code is said, the right one opens', async () => {
    const view = await show();
    const focused = () => view.evaluate(() => document.activeElement.type ?? document.activeElement.tagName);
    for (let n = 0; await focused() !== 'password'; n += 1) {
        assert.ok(n < 3, 'the field is among the first stops');
        await view.keyboard.press('Tab');
    }
    const mark = await view.evaluate(() => {
        const {outlineStyle, boxShadow, borderTopColor} = getComputedStyle(document.activeElement);
        document.activeElement.blur();
        const rest = getComputedStyle(document.querySelector('input[type=password]'));
        return outlineStyle !== 'none' || boxShadow !== rest.boxShadow || borderTopColor !== rest.borderTopColor;
    });
    assert.ok(mark, 'the field shows that it has the focus');
    await view.locator('input[type=password]').focus();
    await view.keyboard.press('Tab');
    assert.equal(await focused(), 'submit');
    assert.equal(await view.locator('label').filter({has: view.locator('input')}).innerText().then((words) => words.trim()), 'Access code');
    await view.locator('input[type=password]').focus();
    await view.keyboard.type('high tide');
    await view.keyboard.press('Enter');
    await view.getByRole('alert').waitFor();
    await view.locator('input[type=password]').focus();
    await view.keyboard.type(code);
    await Promise.all([view.waitForURL(`${paper.url}/`), view.keyboard.press('Enter')]);
    assert.equal(await view.locator('.masthead .name').innerText(), 'The Brennick Herald');
    await view.close();
});

test('nothing of a story is behind the door for those who are before it', async () => {
    const view = await show();
    assert.equal(await view.locator('main').getByText('harbour').count(), 0);
    assert.equal(await view.locator('meta[name=robots][content=noindex]').count(), 1);
    await view.close();
});
