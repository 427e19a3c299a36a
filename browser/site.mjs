// A small site for the browser tests: pages made of stored card HTML, the card files, pictures and sound.
// The card files come from a running server where COURANT_URL names one, otherwise from their sources in this repository.
import {createServer} from 'node:http';
import {existsSync, readFileSync} from 'node:fs';
import {dirname, extname, join, normalize} from 'node:path';
import {fileURLToPath} from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const shared = process.env.COURANT_SHARED || join(root, '..', 'shared');
const publicSources = join(root, 'crates/site/src/public');

const types = {
    '.css': 'text/css', '.js': 'application/javascript', '.html': 'text/html; charset=utf-8', '.png': 'image/png',
    '.jpg': 'image/jpeg', '.gif': 'image/gif', '.webp': 'image/webp', '.svg': 'image/svg+xml', '.woff2': 'font/woff2', '.pdf': 'application/pdf'
};

const source = (path) => readFileSync(join(publicSources, path), 'utf8');

// As crates/site/src/public/bundle.rs joins them.
const cssNames = 'audio blockquote bookmark button callout collection cta file gallery header nft product signup toggle transistor video';
const jsNames = 'audio gallery toggle video signup';
const joined = {
    'cards.min.css': () => cssNames.split(' ').map((name) => source(`cards/${name}.css`)).join('\n'),
    'cards.min.js': () => ['(function(){"use strict";', source('cards/player.js'),
        ...jsNames.split(' ').map((name) => `try{\n${source(`cards/${name}.js`)}\n}catch(error){console.error(error)}`), '})();'].join('\n')
};

async function publicFile(name) {
    if (process.env.COURANT_URL) {
        const answer = await fetch(new URL(`/public/${name}`, process.env.COURANT_URL));
        if (!answer.ok) {
            throw new Error(`/public/${name}: ${answer.status}`);
        }
        return answer.text();
    }
    return joined[name] ? joined[name]() : source(`files/${name.replace('.min', '')}`);
}

/** Silence of so many seconds: 8-bit WAV, 8 kHz. */
export function silence(seconds) {
    const samples = seconds * 8000;
    const wav = Buffer.alloc(44 + samples, 128);
    wav.write('RIFF', 0);
    wav.writeUInt32LE(36 + samples, 4);
    wav.write('WAVEfmt ', 8);
    wav.writeUInt32LE(16, 16);
    wav.writeUInt16LE(1, 20);
    wav.writeUInt16LE(1, 22);
    wav.writeUInt32LE(8000, 24);
    wav.writeUInt32LE(8000, 28);
    wav.writeUInt16LE(1, 32);
    wav.writeUInt16LE(8, 34);
    wav.write('data', 36);
    wav.writeUInt32LE(samples, 40);
    return wav;
}

/** The stored HTML of every card, by name. */
export function cards() {
    const lines = readFileSync(join(shared, 'peer/cards/cards.jsonl'), 'utf8').trim().split('\n');
    return new Map(lines.map((line) => JSON.parse(line)).filter((card) => card.html).map((card) => [card.name, card.html]));
}

/**
 * Starts the site on a free port of 127.0.0.1. `routes` maps paths to answers: text (HTML), a Buffer, or a function of
 * (request, body) that gives {status, type, body}. Every other request for the members' API is recorded in `calls`.
 */
export async function serve(routes = {}) {
    const calls = [];
    const server = createServer(async (request, response) => {
        const path = new URL(request.url, 'http://site').pathname;
        const chunks = [];
        for await (const chunk of request) {
            chunks.push(chunk);
        }
        const body = Buffer.concat(chunks).toString();
        const send = (status, type, content) => {
            const headers = {'Content-Type': type};
            const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
            if (status === 200 && Buffer.isBuffer(content)) {
                headers['Accept-Ranges'] = 'bytes';
                if (range) {
                    const end = range[2] ? Number(range[2]) : content.length - 1;
                    headers['Content-Range'] = `bytes ${range[1]}-${end}/${content.length}`;
                    response.writeHead(206, headers).end(content.subarray(Number(range[1]), end + 1));
                    return;
                }
            }
            response.writeHead(status, headers).end(content);
        };
        try {
            if (path in routes) {
                const route = routes[path];
                if (typeof route === 'function') {
                    calls.push({method: request.method, url: request.url, body});
                    const answer = await route(request, body);
                    send(answer.status ?? 200, answer.type ?? 'application/json', answer.body ?? '');
                } else {
                    send(200, Buffer.isBuffer(route) ? 'audio/wav' : types['.html'], route);
                }
            } else if (path.startsWith('/public/')) {
                send(200, types[extname(path)], await publicFile(path.slice('/public/'.length)));
            } else if (/^\/content\/media\//.test(path)) {
                send(200, 'audio/wav', silence(30));
            } else {
                const plain = normalize(decodeURIComponent(path)).replace(/^\/content\/images\/size\/[^/]+/, '/content/images');
                const roots = [join(shared, 'peer/fixture'), join(root, 'themes/plain'), process.env.COURANT_THEME].filter(Boolean);
                const file = roots.map((folder) => join(folder, plain)).find((name) => existsSync(name) && extname(name));
                if (file) {
                    send(200, types[extname(file)] ?? 'application/octet-stream', readFileSync(file));
                } else {
                    send(404, 'text/plain', 'not found');
                }
            }
        } catch (error) {
            send(500, 'text/plain', String(error));
        }
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    return {url: `http://127.0.0.1:${server.address().port}`, calls, routes, close: () => server.close()};
}

/** A page with `html` as a post's text, the card files, and what a theme would bring (`style`, `head`, classes). */
export function page(html, {style = '', head = '', htmlAttributes = 'lang="en"', bodyClass = 'post-template'} = {}) {
    return `<!DOCTYPE html><html ${htmlAttributes}><head><meta charset="utf-8"><title>Cards</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>:root { --ghost-accent-color: #0b5c8e; } ${style}</style>${head}
<script defer src="/public/cards.min.js"></script><link rel="stylesheet" href="/public/cards.min.css">
</head><body class="${bodyClass}"><main><article><section class="gh-content gh-canvas">${html}</section></article></main></body></html>`;
}
