// Takes the pictures of the README from the running sample publication: node pictures.mjs http://127.0.0.1:2368
// They are made small afterwards (160 colours are enough).
import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {open} from './browser.mjs';
import {root} from './site.mjs';

const [base] = process.argv.slice(2);
const folder = join(root, 'docs/pictures');
const wanted = [
    ['home-light', '/', 1280, 1000, 'light'],
    ['home-dark', '/', 1280, 1000, 'dark'],
    ['story-light', '/belarus-china-meeting/', 1280, 1500, 'light'],
    ['story-narrow-dark', '/night-clinic/', 320, 900, 'dark']
];
mkdirSync(folder, {recursive: true});
const browser = await open();
for (const [name, path, width, height, colorScheme] of wanted) {
    const view = await browser.newPage({viewport: {width, height}, colorScheme});
    await view.goto(base + path, {waitUntil: 'networkidle'});
    await view.screenshot({path: join(folder, `${name}.png`)});
    await view.close();
}
await browser.close();
