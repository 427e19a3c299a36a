// The words of our themes: each stands in every language of the theme, with the same places to fill in, and none is left over
// that neither a template nor a helper of ours asks for.
import assert from 'node:assert/strict';
import {readFileSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {root} from './site.mjs';

/** The first word of a helper `t`, in `{{t "…"}}` and in `(t "…")`. */
const asked = /[{(]\s*t\s+"((?:[^"\\]|\\.)*)"/g;
const places = (words) => [...words.matchAll(/\{\w+\}|%/g)].map(([place]) => place).sort();

/** Every template of a theme, joined. */
function templates(theme) {
    const files = readdirSync(join(root, 'themes', theme), {recursive: true}).filter((name) => name.endsWith('.hbs') && !name.includes('node_modules'));
    assert.ok(files.length > 5, theme);
    return files.map((name) => readFileSync(join(root, 'themes', theme, name), 'utf8')).join('\n');
}

/** What our own helpers are made of: some of them say words of the theme. */
const helpers = readdirSync(join(root, 'crates/site/src'), {recursive: true})
    .filter((name) => name.endsWith('.rs'))
    .map((name) => readFileSync(join(root, 'crates/site/src', name), 'utf8')).join('\n');

for (const [theme, languages] of [['courant', ['de.json', 'en.json']], ['plain', ['en.json']]]) {
    test(`the words of ${theme} are the same in all its languages`, () => {
        const wanted = [...new Set([...templates(theme).matchAll(asked)].map(([, words]) => words))].sort();
        assert.ok(wanted.length > 15, `${wanted.length} words`);
        const folder = join(root, 'themes', theme, 'locales');
        assert.deepEqual(readdirSync(folder).sort(), languages);
        for (const file of languages) {
            const words = JSON.parse(readFileSync(join(folder, file), 'utf8'));
            const asked = Object.keys(words).filter((name) => wanted.includes(name) || !helpers.includes(`"${name}"`));
            assert.deepEqual(asked.sort(), wanted, `${theme}, ${file}`);
            assert.deepEqual(Object.keys(words).sort(), Object.keys(JSON.parse(readFileSync(join(folder, 'en.json'), 'utf8'))).sort(), file);
            for (const [name, said] of Object.entries(words)) {
                assert.ok(said.trim() !== '', `${file}: ${name} says nothing`);
                assert.deepEqual(places(said), places(name), `${file}: ${name}`);
            }
        }
    });
}
