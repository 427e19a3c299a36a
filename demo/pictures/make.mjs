// Draws the pictures of the sample publication: flat scenes of a small town, all our own. node make.mjs
// Each scene is SVG of 1600 by 1067; Chromium makes the JPEG. Uses the browser that ../../browser installs (npm ci there).
import {writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {open} from '../../browser/browser.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const range = (n, f) => Array.from({length: n}, (_, i) => f(i)).join('');

// Numbers that look thrown but are the same at every run.
let seed = 7;
const any = (from, to) => {
    seed = (seed * 16807) % 2147483647;
    return from + (to - from) * seed / 2147483647;
};

const rect = (x, y, w, h, fill, more = '') => `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="${fill}" ${more}/>`;
const poly = (points, fill) => `<polygon points="${points}" fill="${fill}"/>`;
const dot = (x, y, r, fill, more = '') => `<circle cx="${x}" cy="${y}" r="${r}" fill="${fill}" ${more}/>`;
const path = (d, fill, more = '') => `<path d="${d}" fill="${fill}" ${more}/>`;
const line = (d, stroke, width) => `<path d="${d}" fill="none" stroke="${stroke}" stroke-width="${width}" stroke-linecap="round"/>`;
const sky = (top, foot) => `<defs><linearGradient id="sky" x2="0" y2="1"><stop stop-color="${top}"/><stop offset="1" stop-color="${foot}"/></linearGradient></defs>`
    + rect(0, 0, 1600, 1067, 'url(#sky)');
const hills = (y, fill, swell) => path(`M0 ${y} Q 300 ${y - swell} 620 ${y - 20} T 1180 ${y - swell / 2} T 1600 ${y - 30} V1067 H0Z`, fill);
const cloud = (x, y, s, fill = '#fff') => `<g fill="${fill}" opacity="0.8">` + `<ellipse cx="${x}" cy="${y}" rx="${150 * s}" ry="${34 * s}"/>`
    + `<ellipse cx="${x - 40 * s}" cy="${y - 28 * s}" rx="${70 * s}" ry="${40 * s}"/><ellipse cx="${x + 50 * s}" cy="${y - 20 * s}" rx="${60 * s}" ry="${32 * s}"/></g>`;
const person = (x, y, s, coat, head = '#c99b78') => dot(x, y - 96 * s, 17 * s, head)
    + path(`M${x - 26 * s} ${y - 20 * s} Q${x - 30 * s} ${y - 76 * s} ${x} ${y - 78 * s} Q${x + 30 * s} ${y - 76 * s} ${x + 26 * s} ${y - 20 * s}Z`, coat)
    + rect(x - 16 * s, y - 24 * s, 12 * s, 26 * s, '#2b3440') + rect(x + 4 * s, y - 24 * s, 12 * s, 26 * s, '#2b3440');
const house = (x, y, w, h, wall, roof, panes = 2) => rect(x, y - h, w, h, wall)
    + poly(`${x - 14},${y - h} ${x + w / 2},${y - h - w * 0.42} ${x + w + 14},${y - h}`, roof)
    + range(panes, (i) => rect(x + w * (i + 0.5) / panes - 17, y - h + 34, 34, 46, '#e9dfb8'));

const scenes = {
    'harbour-wall': () => sky('#8fb4cc', '#dfe8e6') + cloud(320, 190, 1.2) + cloud(1240, 130, 1) + hills(560, '#7f9aa6', 90)
        + range(9, (i) => house(60 + i * 118, 612, 92, any(80, 150), ['#cfc2ac', '#b9c4c2', '#d8b9a0'][i % 3], ['#7d4a3d', '#57606a'][i % 2], 1))
        + rect(0, 606, 1600, 461, '#41707f')
        + range(60, () => { const x = any(0, 1600), y = any(640, 1040); return line(`M${x} ${y} q${any(20, 40)} -9 ${any(50, 90)} 0`, '#6d98a3', 4); })
        + poly('1600,520 1180,600 1080,780 1010,1067 1600,1067', '#8a8577')
        + range(9, (r) => range(9, (i) => { const y = 590 + r * 54; const x = 1190 - r * 22 + i * 92 + (r % 2) * 40; return x > 1600 ? '' : rect(x, y, 84, 46, ['#98927f', '#a49d8a', '#7f7a6c', '#b1aa97'][Math.floor(any(0, 4))], 'rx="5"'); }))
        + path('M1150 730 q40 -30 66 20 q30 60 -20 120 q-50 30 -70 -30 q-16 -70 24 -110Z', '#3a4a50')
        + rect(1290, 300, 20, 300, '#d99a2b') + rect(1010, 296, 380, 18, '#d99a2b') + line('M1060 314 V520', '#4a4a44', 4) + rect(1030, 520, 60, 44, '#a49d8a')
        + person(1330, 560, 1, '#e0742f') + person(1420, 552, 1, '#f0c23b')
        + path('M300 770 h230 l-34 62 h-160Z', '#9d3b32') + rect(380, 700, 70, 70, '#ece6d6') + line('M415 700 V600', '#3b3b3b', 6),
    'school-roof': () => sky('#a9cfe6', '#f2efe0') + dot(1320, 210, 84, '#f6d265') + cloud(420, 170, 1.1) + hills(660, '#8db089', 70) + rect(0, 760, 1600, 307, '#b9c98f')
        + rect(260, 480, 1080, 320, '#c9805c') + rect(260, 470, 1080, 26, '#8d5741') + poly('230,470 380,270 1220,270 1370,470', '#5c656e')
        + range(3, (r) => range(11, (i) => poly(`${404 - r * 46 + i * (72 + r * 6)},${300 + r * 56} ${462 - r * 46 + i * (72 + r * 6)},${300 + r * 56} ${450 - r * 50 + i * (73 + r * 7)},${344 + r * 56} ${388 - r * 50 + i * (73 + r * 7)},${344 + r * 56}`, i === 10 && r === 2 ? '#5c656e' : '#23406b')))
        + range(8, (i) => rect(310 + i * 130, 540, 76, 110, '#dfeaf0') + rect(346 + i * 130, 540, 5, 110, '#8d5741')) + rect(740, 680, 120, 120, '#5a3a2c')
        + range(7, (i) => person(330 + i * 150 + any(-20, 20), 900 + any(0, 70), any(0.8, 1), ['#2f6f8f', '#b8473e', '#e0a52f', '#4c7a4a'][i % 4], ['#c99b78', '#8a5a3c', '#e3bd9b'][i % 3])),
    'night-bus': () => sky('#16213a', '#46506f') + range(70, () => dot(any(0, 1600), any(20, 420), any(1, 3), '#cfd8ee'))
        + range(12, (i) => { const x = i * 138, h = any(230, 420); return rect(x, 760 - h, 126, h, ['#222c45', '#293552', '#1d263c'][i % 3]) + range(8, (k) => any(0, 1) > 0.45 ? rect(x + 20 + (k % 2) * 52, 790 - h + Math.floor(k / 2) * 62, 28, 36, '#e8c872') : ''); })
        + rect(0, 760, 1600, 307, '#30363f') + range(9, (i) => rect(40 + i * 190, 960, 110, 12, '#b9bdc2')) + rect(360, 470, 860, 380, '#c23f35', 'rx="34"')
        + rect(360, 690, 860, 30, '#f0e4d0') + range(6, (i) => rect(400 + i * 118, 520, 98, 130, '#f6e3a3', 'rx="8"')) + range(4, (i) => person(448 + i * 118, 668, 0.72, ['#37506e', '#6a4a6e', '#3f6a58', '#7a5a3a'][i]))
        + rect(1112, 520, 84, 250, '#f6e3a3', 'rx="8"') + rect(520, 484, 300, 28, '#1b1b1b', 'rx="6"') + `<text x="670" y="507" font-family="monospace" font-size="25" font-weight="700" fill="#ffb638" text-anchor="middle">N4 QUAY</text>`
        + [520, 1060].map((x) => dot(x, 850, 66, '#15181d') + dot(x, 850, 28, '#8b929b')).join('') + poly('1220,760 1600,840 1600,960 1220,810', '#f6e3a322') + dot(1208, 770, 16, '#fff0b8')
        + rect(180, 520, 12, 330, '#9aa2ad') + rect(140, 470, 92, 70, '#2c6fa8', 'rx="10"') + person(250, 860, 1.05, '#5a6d83'),
    'market-hall': () => sky('#d5e3e4', '#f7ead2') + cloud(1180, 160, 1) + hills(620, '#9fb3a4', 60) + rect(0, 790, 1600, 277, '#c8bda6')
        + range(40, (i) => rect((i % 8) * 206 + (Math.floor(i / 8) % 2) * 80, 800 + Math.floor(i / 8) * 54, 196, 46, ['#cfc5af', '#c1b69e', '#d6ccb7'][i % 3]))
        + rect(240, 470, 1120, 330, '#b0643f') + path('M200 480 Q800 120 1400 480Z', '#4d6a63') + path('M520 480 Q800 250 1080 480Z', '#dfe9e2')
        + range(9, (i) => line(`M${560 + i * 60} 480 L${620 + i * 45} ${400 - Math.sin((i + 0.5) / 9 * 3.14) * 60}`, '#4d6a63', 7))
        + range(7, (i) => path(`M${280 + i * 154} 800 V590 a58 58 0 0 1 116 0 V800Z`, i === 3 ? '#3a2a22' : '#efe2c4')) + dot(800, 330, 46, '#f6efdc') + line('M800 330 V302 M800 330 L820 340', '#333', 6)
        + range(6, (i) => { const x = 130 + i * 240; return rect(x + 8, 830, 8, 130, '#6a5138') + rect(x + 174, 830, 8, 130, '#6a5138') + range(5, (k) => poly(`${x + k * 38},840 ${x + 38 + k * 38},840 ${x + 34 + k * 36},780 ${x + 8 + k * 34},780`, k % 2 ? '#f4ead6' : ['#a8443c', '#3f6f77', '#c58f2d'][i % 3])) + rect(x, 910, 190, 60, '#86683f') + range(9, (k) => dot(x + 14 + k * 20, 906, 11, ['#c8452f', '#e2a62e', '#6d9a3f', '#8a4a78'][(k + i) % 4])); })
        + range(5, (i) => person(250 + i * 270, 1030, 1, ['#33566f', '#8f3d52', '#54703f', '#8a6a34', '#46406b'][i], ['#c99b78', '#8a5a3c'][i % 2])),
    'market-bread': () => rect(0, 0, 1600, 1067, '#e8d9bd') + rect(0, 0, 1600, 420, '#6f4a35') + range(5, (i) => rect(40 + i * 312, 60, 288, 330, '#59392a'))
        + range(15, (i) => `<ellipse cx="${110 + (i % 5) * 312 + any(-10, 90)}" cy="${340 - Math.floor(i / 5) * 90}" rx="78" ry="34" fill="${['#c98a45', '#b57634', '#d79d57'][i % 3]}"/>`)
        + rect(0, 640, 1600, 427, '#a9794c') + rect(0, 640, 1600, 26, '#8d6239') + range(3, (i) => `<ellipse cx="${330 + i * 470}" cy="800" rx="200" ry="92" fill="#f0e6cf"/>`)
        + range(3, (i) => `<ellipse cx="${330 + i * 470}" cy="752" rx="158" ry="78" fill="${['#b8742f', '#c98a45', '#9d5f29'][i]}"/>` + range(4, (k) => line(`M${250 + i * 470 + k * 46} 718 q22 30 8 62`, '#eccf9a', 9)))
        + person(800, 650, 3.1, '#f4efe4') + rect(720, 560, 160, 90, '#3f6f77'),
    'market-fish': () => rect(0, 0, 1600, 1067, '#cfdfe2') + range(16, (i) => range(4, (r) => rect(i * 100 + (r % 2) * 50 - 50, r * 70, 96, 66, '#dfeaec'))) + rect(0, 420, 1600, 647, '#9fb9bf')
        + range(90, () => dot(any(0, 1600), any(430, 1060), any(10, 34), '#e8f2f4', 'opacity="0.8"'))
        + range(12, (i) => { const x = 60 + (i % 4) * 390 + any(-20, 20), y = 520 + Math.floor(i / 4) * 190; const c = ['#5c7c8f', '#86949c', '#a3685a'][Math.floor(i / 4)]; return path(`M${x} ${y} q110 -74 250 0 l60 -44 v88 l-60 -44 q-140 74 -250 0Z`, c) + path(`M${x + 40} ${y + 14} q90 36 190 -6 q-90 60 -190 6Z`, '#dfe6e8') + dot(x + 36, y - 8, 9, '#1b242a'); })
        + range(3, (i) => rect(180 + i * 520, 330, 150, 110, '#2b3a40', 'rx="8"') + `<text x="${255 + i * 520}" y="398" font-family="sans-serif" font-size="40" font-weight="700" fill="#fff" text-anchor="middle">${['6.20', '4.80', '9.50'][i]}</text>`),
    clinic: () => sky('#20304a', '#5b6d86') + dot(240, 180, 54, '#e8ecd8') + hills(640, '#24324a', 70) + rect(0, 800, 1600, 267, '#39434e') + rect(420, 360, 860, 450, '#d7dde0') + rect(400, 330, 900, 40, '#8d9aa3')
        + range(12, (i) => rect(470 + (i % 6) * 132, 420 + Math.floor(i / 6) * 130, 92, 84, [0, 3, 7, 8, 9].includes(i) ? '#f7e2a0' : '#44566c')) + rect(760, 680, 190, 130, '#f7e2a0') + rect(852, 680, 6, 130, '#8d9aa3')
        + rect(740, 640, 230, 34, '#b5322c') + rect(1170, 380, 24, 84, '#2f8f5b') + rect(1140, 410, 84, 24, '#2f8f5b')
        + poly('760,810 950,810 1080,1067 620,1067', '#f7e2a033') + rect(120, 740, 300, 150, '#f2f4f5', 'rx="18"') + rect(330, 760, 80, 64, '#5b6d86') + rect(120, 820, 300, 20, '#b5322c') + [190, 350].map((x) => dot(x, 894, 34, '#15181d')).join('') + rect(236, 716, 60, 24, '#3f8fd2') + person(1020, 900, 1.1, '#3f6a78') + person(1090, 906, 1.05, '#7a4a58'),
    'town-hall': () => sky('#b9c7d2', '#ece6d8') + cloud(300, 180, 1.2, '#f5f5f2') + rect(0, 830, 1600, 237, '#a8a494') + rect(300, 440, 1000, 400, '#d9cdb2') + poly('270,440 800,230 1330,440', '#bfae8c') + rect(270, 430, 1060, 26, '#a4936f')
        + range(7, (i) => rect(344 + i * 148, 470, 40, 350, '#efe6d0') + rect(334 + i * 148, 462, 60, 18, '#efe6d0') + rect(334 + i * 148, 812, 60, 18, '#efe6d0')) + range(6, (i) => rect(408 + i * 148, 520, 58, 110, '#5c6f7e') + rect(408 + i * 148, 690, 58, 130, i === 2 || i === 3 ? '#4a3424' : '#5c6f7e'))
        + range(4, (i) => rect(260 - i * 34, 838 + i * 26, 1080 + i * 68, 26, ['#cfc5ad', '#c2b89f'][i % 2])) + rect(770, 90, 60, 150, '#cdbf9f') + poly('755,92 800,30 845,92', '#57606a') + dot(800, 150, 22, '#f6f1e2') + line('M800 150 V136 M800 150 H810', '#333', 4)
        + range(5, (i) => person(420 + i * 190, 1010 + any(-10, 20), 1.05, ['#36465c', '#7a3f3a', '#4a6a52', '#5a4a76', '#8a6a34'][i], ['#c99b78', '#8a5a3c', '#e3bd9b'][i % 3])) + rect(560, 900, 150, 96, '#fff') + `<text x="635" y="960" font-family="sans-serif" font-size="34" font-weight="700" fill="#a8322c" text-anchor="middle">WHERE?</text>`,
    pool: () => rect(0, 0, 1600, 1067, '#3fa3bd') + rect(0, 0, 1600, 220, '#dfe6df') + range(16, (i) => rect(i * 100 + 4, 60, 92, 120, '#b9d3d6')) + rect(0, 210, 1600, 26, '#f4f4ee')
        + range(90, () => { const x = any(0, 1600), y = any(260, 1040); return line(`M${x} ${y} q${any(14, 30)} -10 ${any(40, 70)} 0`, '#7cc6d6', 5); })
        + range(3, (r) => range(54, (i) => dot(i * 30 + 15, 430 + r * 220, 11, i % 6 < 3 ? '#e2574c' : '#fff')))
        + [[420, 350, '#f2c230'], [900, 560, '#ffffff'], [640, 790, '#c23f35'], [1240, 340, '#2b3f66'], [1180, 980, '#4c9a5a']].map(([x, y, cap]) => path(`M${x - 150} ${y + 22} q70 -34 150 -10 q-60 40 -150 10Z`, '#c99b78') + dot(x, y, 36, '#c99b78') + path(`M${x - 36} ${y - 6} a36 36 0 0 1 72 0Z`, cap) + line(`M${x + 20} ${y + 20} q60 -90 124 -16`, '#c99b78', 24) + line(`M${x - 190} ${y + 20} q30 -22 40 8`, '#fff', 8)).join('')
};

const icon = `<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256" viewBox="0 0 256 256">${rect(0, 0, 256, 256, '#0f5c6e')}${path('M40 176 q44 -34 88 0 t88 0 V216 H40Z', '#8fd0d8')}${path('M70 150 L128 44 L128 150Z', '#fff')}${path('M140 150 L140 76 L192 150Z', '#f2c230')}</svg>`;

const browser = await open();
const view = await browser.newPage();
async function draw(svg, file, width, height, options) {
    await view.setViewportSize({width, height});
    await view.setContent(`<style>body{margin:0}svg{display:block}</style>${svg}`);
    writeFileSync(join(here, file), await view.screenshot(options));
}
for (const [name, scene] of Object.entries(scenes)) {
    seed = 7;
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="1067" viewBox="0 0 1600 1067">${scene()}</svg>`;
    await draw(svg, `${name}.jpg`, 1600, 1067, {type: 'jpeg', quality: 72});
}
await draw(icon, 'icon.png', 256, 256, {type: 'png'});
await browser.close();
