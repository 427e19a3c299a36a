// Makes pictures of every card, to be looked at: node look.mjs DIR [--theme FOLDER] [--dark] [--rtl] [--width N] [NAME-REGEX]
// FOLDER is an unpacked theme; its assets/built/screen.css (or assets/style.css) is what the cards are seen in.
import {existsSync, mkdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {open} from './browser.mjs';
import {cards, page, serve} from './site.mjs';

const {values: option, positionals: [folder, names]} = parseArgs({
    allowPositionals: true,
    options: {theme: {type: 'string'}, dark: {type: 'boolean'}, rtl: {type: 'boolean'}, width: {type: 'string', default: '1280'}}
});
const css = option.theme && ['assets/built/screen.css', 'assets/style.css'].find((path) => existsSync(join(option.theme, path)));
const theme = css ? readFileSync(join(option.theme, css), 'utf8') : 'body { font: 17px/1.5 Georgia, serif; margin: 1rem auto; max-width: 44rem }';
const dark = option.dark ? 'html, body { background: #15191d; color: #e8ecf0 } :root { --background-color: #15191d }' : '';

mkdirSync(folder, {recursive: true});
const site = await serve();
const browser = await open();
const context = await browser.newContext({viewport: {width: Number(option.width), height: 900}, colorScheme: option.dark ? 'dark' : 'light'});
const families = new Map();
for (const [name, html] of cards()) {
    const family = name.split('-')[0];
    if (new RegExp(names ?? '.').test(name)) {
        families.set(family, [...(families.get(family) ?? []), [name, html]]);
    }
}
for (const [family, members] of families) {
    const html = members.map(([name, html]) => `<p><small>${name}</small></p>${html}`).join('\n').replaceAll('__BASE__', site.url);
    site.routes['/'] = page(`<p>The council met on Monday. Its members spoke for two hours about the harbour wall.</p>${html}<p>It will meet again.</p>`, {
        style: theme + dark,
        htmlAttributes: `lang="en" class="${option.dark ? 'has-light-text dark-mode' : 'has-dark-text'}"${option.rtl ? ' dir="rtl"' : ''}`,
        bodyClass: 'post-template has-sans-title has-sans-body'
    });
    const view = await context.newPage();
    view.on('pageerror', (error) => console.error(family, String(error)));
    await view.goto(site.url, {waitUntil: 'load'});
    await view.evaluate(() => document.querySelectorAll('[data-lexical-signup-form]').forEach((card) => card.style.removeProperty('display')));
    await view.waitForTimeout(300);
    await view.screenshot({path: join(folder, `${family}.png`), fullPage: true});
    await view.close();
}
await browser.close();
site.close();
