// Draws the pictures of the sample publication: flat scenes of a small town, all our own. node make.mjs
// Each scene is SVG of 1600 by 1067; Chromium makes the JPEG. Uses the browser that ../../browser installs (npm ci there).
// node make.mjs NAME… draws only these scenes.
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
    'inspection-log': () => rect(0, 0, 1600, 1067, '#5b4232') + rect(120, 0, 1360, 470, '#8fb4cc') + hills(330, '#7f9aa6', 40).replace('V1067', 'V470') + rect(120, 330, 1360, 140, '#41707f') + poly('1480,290 1120,330 1040,470 1480,470', '#8a8577')
        + range(14, () => { const x = any(140, 1000), y = any(350, 450); return line(`M${x} ${y} q24 -8 56 0`, '#6d98a3', 4); }) + rect(780, 0, 22, 470, '#3d2b20') + rect(100, 0, 24, 480, '#3d2b20') + rect(1476, 0, 24, 480, '#3d2b20') + rect(60, 462, 1480, 34, '#6f523d')
        + rect(0, 560, 1600, 507, '#7d5b41') + range(7, (i) => line(`M0 ${590 + i * 74} q800 ${i % 2 ? 26 : -18} 1600 4`, '#735338', 5)) + poly('230,600 800,640 800,1040 150,1000', '#f4ecd6') + poly('1370,600 800,640 800,1040 1450,1000', '#efe5ca') + poly('800,640 812,648 812,1040 800,1040', '#c9bb98')
        + range(6, (i) => line(`M${232 - i * 13} ${668 + i * 56} L756 ${700 + i * 56}`, '#b9a982', 3) + line(`M846 ${700 + i * 56} L${1370 + i * 13} ${668 + i * 56}`, '#b9a982', 3)) + range(5, (i) => line(`M${262 - i * 12} ${652 + i * 56} q30 -14 60 2 t70 2 t60 4`, '#3a4a66', 5) + line(`M${560 - i * 4} ${676 + i * 56} q24 -20 50 0 t56 4`, '#3a4a66', 5))
        + range(2, (i) => line(`M884 ${684 + i * 112} q34 -16 70 -2 t84 -4`, '#3a4a66', 5) + line(`M1130 ${668 + i * 112} q30 -36 46 4 q14 30 40 -16 q20 -24 34 10 t60 -6`, '#22335c', 6)) + line('M880 744 L1340 716', '#b3261e', 6)
        + path('M1120 930 L1400 860 l26 22 l-12 28 L1136 976Z', '#2b3a40') + path('M1120 930 l-46 42 l62 4Z', '#e3bd9b') + dot(330, 560, 66, '#e8e1cf') + dot(330, 552, 52, '#4a2f1e') + line('M394 556 q46 6 30 42 q-12 22 -42 18', '#e8e1cf', 16),
    ambulance: () => sky('#131b2c', '#34435c') + range(60, () => dot(any(0, 1600), any(20, 360), any(1, 3), '#cfd8ee')) + hills(520, '#1d2738', 160) + path('M0 470 Q260 330 560 520 L660 1067 H0Z', '#222d3f') + path('M1600 380 Q1300 300 1060 530 L960 1067 H1600Z', '#1a2434')
        + path('M760 545 Q800 640 640 760 T520 1067 H1180 Q1120 860 900 740 T850 545Z', '#39414c') + range(6, (i) => poly(`${792 - i * 4 + [0, 6, 4, -10, -22, -14][i]},${580 + i * 84} ${804 - i * 2 + [0, 6, 4, -10, -22, -14][i]},${580 + i * 84} ${812 + [0, 2, 0, -14, -20, -8][i]},${612 + i * 88} ${786 - i * 7 + [0, 2, 0, -14, -20, -8][i]},${612 + i * 88}`, '#c9cdd2'))
        + range(13, (i) => { const x = 90 + i * 50, y = 470 + Math.sin(i) * 20 + i * 16; return x < 600 ? poly(`${x},${y} ${x + 34},${y - 130} ${x + 68},${y}`, '#16202e') : ''; }) + range(8, (i) => { const x = 1120 + i * 66, y = 500 - i * 14; return poly(`${x},${y} ${x + 32},${y - 140} ${x + 64},${y}`, '#131c29'); })
        + poly('700,905 200,1067 1040,1067 960,905', '#fff0b82e') + dot(760, 640, 150, '#3f8fd2', 'opacity="0.16"') + rect(650, 660, 330, 230, '#f2f4f5', 'rx="22"') + rect(650, 760, 330, 42, '#e8c23a') + range(7, (i) => rect(654 + i * 48, 760, 24, 42, '#2f8f5b')) + rect(690, 684, 250, 66, '#2b3a4c', 'rx="10"') + rect(720, 634, 76, 30, '#58b2ff', 'rx="8"') + rect(836, 634, 76, 30, '#58b2ff', 'rx="8"')
        + dot(690, 844, 24, '#fff6d0') + dot(940, 844, 24, '#fff6d0') + rect(740, 826, 150, 34, '#aab3bb', 'rx="6"') + rect(672, 880, 64, 46, '#11151b', 'rx="12"') + rect(894, 880, 64, 46, '#11151b', 'rx="12"') + rect(797, 700, 36, 12, '#b5322c') + rect(809, 688, 12, 36, '#b5322c')
        + rect(1296, 560, 18, 380, '#8a929c') + rect(1400, 560, 18, 380, '#8a929c') + rect(1220, 470, 290, 150, '#1f6b47', 'rx="12"') + `<text x="1365" y="538" font-family="sans-serif" font-size="52" font-weight="700" fill="#fff" text-anchor="middle">Carrow</text><text x="1365" y="596" font-family="sans-serif" font-size="46" font-weight="700" fill="#fff" text-anchor="middle">34 km</text>`,
    'town-hall': () => sky('#b9c7d2', '#ece6d8') + cloud(300, 180, 1.2, '#f5f5f2') + rect(0, 830, 1600, 237, '#a8a494') + rect(300, 440, 1000, 400, '#d9cdb2') + poly('270,440 800,230 1330,440', '#bfae8c') + rect(270, 430, 1060, 26, '#a4936f')
        + range(7, (i) => rect(344 + i * 148, 470, 40, 350, '#efe6d0') + rect(334 + i * 148, 462, 60, 18, '#efe6d0') + rect(334 + i * 148, 812, 60, 18, '#efe6d0')) + range(6, (i) => rect(408 + i * 148, 520, 58, 110, '#5c6f7e') + rect(408 + i * 148, 690, 58, 130, i === 2 || i === 3 ? '#4a3424' : '#5c6f7e'))
        + range(4, (i) => rect(260 - i * 34, 838 + i * 26, 1080 + i * 68, 26, ['#cfc5ad', '#c2b89f'][i % 2])) + rect(770, 90, 60, 150, '#cdbf9f') + poly('755,92 800,30 845,92', '#57606a') + dot(800, 150, 22, '#f6f1e2') + line('M800 150 V136 M800 150 H810', '#333', 4)
        + range(5, (i) => person(420 + i * 190, 1010 + any(-10, 20), 1.05, ['#36465c', '#7a3f3a', '#4a6a52', '#5a4a76', '#8a6a34'][i], ['#c99b78', '#8a5a3c', '#e3bd9b'][i % 3])) + rect(560, 900, 150, 96, '#fff') + `<text x="635" y="960" font-family="sans-serif" font-size="34" font-weight="700" fill="#a8322c" text-anchor="middle">WHERE?</text>`,
    'beijing-hall': () => rect(0, 0, 1600, 1067, '#e9dcc0') + rect(0, 0, 1600, 130, '#7a2620') + range(9, (i) => rect(60 + i * 178, 130, 70, 620, '#d8c49b') + rect(46 + i * 178, 130, 98, 26, '#b9975a'))
        + range(8, (i) => rect(150 + i * 178, 250, 10, 500, '#a88a55') + path(`M160 250`, '#000') + path(`M${160 + i * 178} 262 q34 50 4 120 t10 150 h70 q-30 -70 -6 -140 t-8 -130Z`, i % 2 ? '#b3261e' : '#2f7d4a'))
        + rect(0, 750, 1600, 317, '#9c3a2e') + range(10, (i) => rect(i * 170, 770, 150, 8, '#b9564a')) + path('M380 900 v-190 q0 -60 60 -60 h120 q60 0 60 60 v190 h40 v-150 h-10 v210 h-300 v-210 h-10 v150Z', '#f3ead4') + path('M980 900 v-190 q0 -60 60 -60 h120 q60 0 60 60 v190 h40 v-150 h-10 v210 h-300 v-210 h-10 v150Z', '#f3ead4')
        + rect(700, 830, 200, 24, '#6a3f25') + rect(720, 854, 18, 110, '#6a3f25') + rect(862, 854, 18, 110, '#6a3f25') + range(14, (i) => dot(740 + any(0, 120), 780 + any(-30, 40), any(12, 22), ['#d8452f', '#f0c23b', '#fff', '#3f7a4a'][i % 4])),
    'council-vote': () => rect(0, 0, 1600, 1067, '#6b4a34') + rect(0, 0, 1600, 420, '#efe5d0') + range(5, (i) => path(`M${120 + i * 300} 400 V190 a80 80 0 0 1 160 0 V400Z`, '#23364a') + line(`M${200 + i * 300} 110 V400`, '#efe5d0', 8)) + rect(560, 430, 480, 150, '#8c6244') + rect(540, 415, 520, 24, '#a87c58') + person(700, 432, 1.2, '#4a3550') + person(800, 428, 1.25, '#7a3040') + person(900, 432, 1.2, '#2f4a5a')
        + range(4, (r) => range(7 + r, (i) => { const x = 800 + (i - (6 + r) / 2) * 196, y = 720 + r * 120; const up = (i * 7 + r * 5) % 9 < 5; return rect(x - 90, y - 4, 180, 64, ['#8c6244', '#7d5539'][r % 2], 'rx="8"') + person(x, y + 6, 1.15, ['#36465c', '#6a4a6e', '#7a5a3a', '#3f6a58', '#8a3f3a'][(i + r) % 5], ['#c99b78', '#8a5a3c', '#e3bd9b'][(i * 2 + r) % 3]) + (up ? line(`M${x + 20} ${y - 70} L${x + 44} ${y - 160}`, ['#c99b78', '#8a5a3c', '#e3bd9b'][(i * 2 + r) % 3], 16) : ''); })),
    ferry: () => sky('#9fb0b8', '#dfe3df') + cloud(300, 200, 1.5, '#c9d2d4') + cloud(1150, 150, 1.7, '#bcc8cc') + hills(600, '#8b9a9a', 60) + path('M980 600 q200 -110 460 -20 l160 30 H980Z', '#5f7468') + rect(0, 606, 1600, 461, '#4d6f78') + range(70, () => { const x = any(0, 1600), y = any(640, 1040); return line(`M${x} ${y} q${any(20, 40)} -12 ${any(60, 100)} 0`, '#84a3a8', 5); })
        + path('M330 690 H1120 L1060 810 Q720 840 400 810Z', '#f4f4ee') + path('M376 770 H1080 L1060 810 Q720 840 400 810Z', '#b5322c') + rect(470, 560, 470, 130, '#fbfaf4') + range(7, (i) => rect(492 + i * 64, 590, 44, 50, '#31485a', 'rx="6"')) + rect(560, 480, 200, 80, '#fbfaf4') + range(3, (i) => rect(576 + i * 60, 500, 48, 34, '#31485a')) + rect(800, 460, 70, 100, '#0f5c6e') + rect(800, 484, 70, 18, '#f2c230') + line('M660 480 V380', '#444', 6) + path('M660 384 h70 l-20 20 20 20 h-70Z', '#b5322c') + path('M835 456 q60 -60 150 -50 q-90 30 -130 50Z', '#d5d9d8')
        + poly('0,1067 0,820 260,860 340,1067', '#7d7768') + person(120, 880, 1.1, '#e0742f') + person(200, 886, 1, '#36465c') + range(5, (i) => path(`M${980 + i * 90} ${300 + (i % 3) * 40} q20 -22 36 0 q20 -22 38 0`, 'none', 'stroke="#fff" stroke-width="6"')),
    cannery: () => sky('#c5ccd0', '#ead9c4') + cloud(1200, 200, 1.2, '#efe8de') + hills(640, '#97a09a', 50) + rect(1010, 120, 84, 560, '#8f4a38') + rect(1000, 110, 104, 30, '#6f3528') + path('M1050 100 q40 -90 160 -70 t190 -60 q-60 120 -200 110 t-150 20Z', '#f2efe9', 'opacity="0.9"') + rect(200, 400, 860, 420, '#a8563f') + range(5, (i) => poly(`${200 + i * 172},400 ${200 + i * 172},300 ${372 + i * 172},400`, '#5d4a44') + poly(`${204 + i * 172},396 ${204 + i * 172},312 ${214 + i * 172},318 ${214 + i * 172},396`, '#cfe0e4'))
        + range(10, (i) => rect(232 + i * 82, 460, 54, 90, '#e4d7ae') + rect(232 + i * 82, 500, 54, 6, '#7a3c2b') + rect(256 + i * 82, 460, 6, 90, '#7a3c2b')) + rect(250, 590, 760, 70, '#efe2c4') + `<text x="630" y="642" font-family="serif" font-size="52" font-weight="700" fill="#7a2b20" text-anchor="middle">HOLLIS &amp; DAUGHTERS 1911</text>` + rect(560, 680, 140, 140, '#3a2a22') + rect(0, 820, 1600, 247, '#a39b8a') + rect(0, 980, 1600, 87, '#41707f')
        + range(14, (i) => rect(1120 + (i % 5) * 84 - Math.floor(i / 5) * -20, 800 - Math.floor(i / 5) * 64, 76, 58, ['#8f6d43', '#a07d50', '#7c5c37'][i % 3]) ) + range(6, (i) => person(240 + i * 56, 900 + any(0, 30), 1, ['#e8e4da', '#dfe6ea', '#f2efe4'][i % 3], ['#c99b78', '#8a5a3c', '#e3bd9b'][i % 3])),
    windows: () => sky('#2c3550', '#c07a5a') + rect(0, 900, 1600, 167, '#2a2c33') + range(7, (i) => { const x = 20 + i * 226, h = 560 + (i % 3) * 50; return rect(x, 900 - h, 216, h, ['#59443f', '#4a4a57', '#614c3c', '#3f4a50'][i % 4]) + poly(`${x - 8},${900 - h} ${x + 108},${820 - h} ${x + 224},${900 - h}`, '#2b2528') + range(8, (k) => rect(x + 30 + (k % 2) * 96, 940 - h + Math.floor(k / 2) * 130, 60, 84, [3, 12, 17, 30, 44, 50].includes(i * 8 + k) ? '#f3cf74' : '#20242e') + rect(x + 58 + (k % 2) * 96, 940 - h + Math.floor(k / 2) * 130, 4, 84, '#75665c')) + rect(x + 84, 812, 50, 88, '#231d1d'); }) + range(4, (i) => rect(180 + i * 400, 700, 8, 210, '#16181d') + dot(184 + i * 400, 696, 20, '#ffe6a8') + dot(184 + i * 400, 696, 70, '#ffe6a8', 'opacity="0.15"')) + person(760, 1010, 1.1, '#8f3d52'),
    boatyard: () => rect(0, 0, 1600, 1067, '#7c5f45') + range(17, (i) => rect(i * 96, 0, 90, 800, ['#8a6b4e', '#826348', '#927354'][i % 3])) + rect(80, 90, 420, 300, '#cfe2e6') + rect(1100, 90, 420, 300, '#cfe2e6') + [80, 1100].map((x) => rect(x + 203, 90, 14, 300, '#5a4431') + rect(x, 232, 420, 14, '#5a4431')).join('') + rect(0, 860, 1600, 207, '#b89a70')
        + path('M180 470 Q260 850 800 860 Q1380 850 1470 420 L1440 430 Q1340 800 800 806 Q310 800 214 476Z', '#6a4326') + range(19, (i) => { const t = (i + 1) / 20, x = 200 + t * 1240, d = Math.sin(t * 3.1416) * 390; return path(`M${x} ${440 - (t - 0.5) * 40} q${(0.5 - t) * 60} ${d * 0.7} ${(0.5 - t) * 90} ${d} `, 'none', `stroke="${i % 4 ? '#c99a5e' : '#7a5532'}" stroke-width="22"`); }) + range(3, (i) => path(`M${190 + i * 20} ${520 + i * 90} Q800 ${760 + i * 40} ${1450 - i * 24} ${500 + i * 90}`, 'none', 'stroke="#d8ad72" stroke-width="16"'))
        + range(7, (i) => person(190 + i * 200 + any(-20, 20), 1000 + any(-20, 30), 1.35, ['#2f5d7a', '#8f3d52', '#54703f', '#c58f2d', '#46406b', '#36465c', '#a8563f'][i], ['#c99b78', '#8a5a3c', '#e3bd9b'][i % 3])),
    'boatyard-plane': () => rect(0, 0, 1600, 1067, '#5c4430') + rect(0, 520, 1600, 250, '#d9ae72') + range(9, (i) => path(`M0 ${540 + i * 26} Q${400 + any(-100, 100)} ${530 + i * 26} 800 ${548 + i * 25} T1600 ${540 + i * 26}`, 'none', 'stroke="#c1935a" stroke-width="3"')) + rect(0, 770, 1600, 30, '#a87c47') + rect(560, 400, 520, 130, '#7a4a2a', 'rx="16"') + rect(540, 520, 560, 22, '#4a4f55') + poly('760,400 860,400 900,250 830,240', '#8d949b') + path('M980 400 q20 -110 100 -110 q70 10 50 110Z', '#5f3820') + dot(610, 370, 50, '#5f3820')
        + path('M790 390 q-40 -170 60 -190 q110 -10 110 90 q0 80 -80 76 q-60 -8 -50 -66 q12 -40 50 -30', 'none', 'stroke="#ecc98c" stroke-width="26"') + path('M1600 120 L1240 260 Q1080 240 1060 330 Q1100 420 1200 380 L1600 330Z', '#b07a58') + path('M1600 60 L1300 180 L1330 330 L1600 320Z', '#2f5d7a') + path('M0 180 L420 290 Q560 290 620 330 Q640 400 560 410 L380 400 L0 400Z', '#b07a58') + path('M0 120 L330 230 L320 420 L0 430Z', '#2f5d7a') + range(12, (i) => path(`M${any(100, 1500)} ${any(840, 1020)} q30 -40 60 0 q20 40 -20 40`, 'none', 'stroke="#ecc98c" stroke-width="9"')),
    theatre: () => rect(0, 0, 1600, 1067, '#161a24') + range(60, () => line(`M${any(0, 1600)} ${any(0, 900)} l-26 60`, '#4a5568', 3)) + path('M0 420 Q300 260 620 380 T1240 320 T1600 380 V700 H0Z', '#232a38') + `<ellipse cx="800" cy="830" rx="620" ry="150" fill="#efdca6" opacity="0.85"/>` + range(10, (i) => { const a = i / 10 * 6.283; const x = 800 + Math.cos(a) * 690, y = 840 + Math.sin(a) * 190; return poly(`${x},${y} ${800 + Math.cos(a) * 120},${790} ${800 + Math.cos(a) * 90},${860}`, '#fff0b822') + rect(x - 58, y - 30, 116, 44, ['#4a2f36', '#2f3d4f', '#3f4a3a'][i % 3], 'rx="12"') + rect(x - 34, y - 58, 68, 34, '#1d232e', 'rx="10"') + dot(x - 40, y - 6, 9, '#fff6d0') + dot(x + 40, y - 6, 9, '#fff6d0'); })
        + person(640, 850, 1.7, '#7a2b3a') + person(800, 830, 1.8, '#d9b23b', '#e3bd9b') + path('M772 642 l8 -34 14 20 10 -26 10 26 14 -20 8 34Z', '#f2c230') + person(960, 852, 1.7, '#2f5d7a', '#8a5a3c') + person(1060, 870, 1.5, '#54703f') + path('M1130 420 q120 -90 250 10 q90 60 180 -20 l-30 150 q-90 70 -190 10 t-220 20Z', '#efe9da') + range(22, (i) => person(90 + i * 70, 1060 + any(0, 16), 1.1, '#0c0f16', '#30343d')),
    'old-map': () => rect(0, 0, 1600, 1067, '#4a3a2c') + path('M110 90 L1490 60 L1520 990 L90 1010Z', '#e9d9b0') + range(40, () => dot(any(120, 1480), any(100, 980), any(4, 26), '#d9c494', 'opacity="0.5"')) + path('M110 760 Q420 690 640 770 T1120 720 T1516 800 L1520 990 L90 1010Z', '#a9bdb0') + range(18, (i) => line(`M${150 + i * 76} ${860 + (i % 3) * 44} q16 -12 32 0`, '#6f8a80', 4))
        + ['M220 240 L620 300 L700 690', 'M620 300 L1080 240 L1120 680', 'M260 480 L660 500 L1100 470 L1400 520', 'M420 270 L460 690', 'M880 270 L900 700'].map((d) => line(d, '#8a6b45', 14) + line(d, '#f3e7c6', 8)).join('') + line('M660 500 Q760 560 740 620 T880 660', '#b3261e', 12) + line('M660 500 Q760 560 740 620 T880 660', '#f3e7c6', 6) + range(14, (i) => rect(686 + i * 13, 520 + Math.sin(i / 2) * 24 + i * 8, 11, 16, '#8a4a3c'))
        + range(60, (i) => { const x = any(200, 1400), y = any(220, 660); return rect(x, y, any(14, 30), any(12, 24), '#a8825c'); }) + rect(1180, 300, 60, 46, '#7a5a3a') + poly('1180,300 1210,240 1240,300', '#7a5a3a') + line('M1210 240 V210 M1198 222 H1222', '#7a5a3a', 5) + `<g transform="translate(1340 230)">${range(8, (i) => `<polygon points="0,-96 14,-16 0,0" fill="${i % 2 ? '#8a6b45' : '#b3261e'}" transform="rotate(${i * 45}) scale(${i % 2 ? 0.66 : 1})"/>`)}</g>` + `<text x="250" y="190" font-family="serif" font-style="italic" font-size="62" fill="#5a4028">Brennick, 1802</text><text x="770" y="596" font-family="serif" font-style="italic" font-size="34" fill="#b3261e">Larkrise</text>`,
    football: () => sky('#1d2b38', '#4d6470') + rect(0, 560, 1600, 507, '#5f7d48') + range(9, (i) => rect(i * 200, 560, 100, 507, '#587543')) + range(30, () => `<ellipse cx="${any(0, 900)}" cy="${any(760, 1050)}" rx="${any(40, 130)}" ry="${any(8, 20)}" fill="#6a5a3c" opacity="0.8"/>`) + range(56, (i) => dot(20 + i * 29, 505 + (i % 3) * 16, 15, ['#c99b78', '#8a5a3c', '#e3bd9b'][i % 3]) + rect(4 + i * 29, 518 + (i % 3) * 16, 32, 40, ['#b3261e', '#2b3f66', '#e9e4d6', '#3f4a50'][i % 4])) + rect(0, 556, 1600, 34, '#f4f1e6') + `<text x="800" y="583" font-family="sans-serif" font-size="26" font-weight="700" fill="#b3261e" text-anchor="middle">SOUP · COOPERATIVE OF BRENNICK · SOUP · HOLLIS MACKEREL · SOUP</text>`
        + [190, 1410].map((x) => rect(x, 90, 16, 470, '#2b333b') + range(8, (k) => dot(x - 46 + (k % 4) * 34, 96 + Math.floor(k / 4) * 34, 13, '#fdf6d2')) + dot(x + 6, 110, 190, '#fdf6d2', 'opacity="0.1"')).join('') + line('M60 980 V600 H420 V900', '#fff', 10) + range(11, (i) => line(`M${60 + i * 36} 604 V${940 - i * 6}`, '#ffffff55', 2)) + [[620, 900, '#b3261e'], [820, 830, '#f0d23b'], [760, 980, '#f0d23b'], [1050, 880, '#b3261e'], [1240, 960, '#b3261e'], [470, 860, '#f0d23b'], [330, 940, '#3f8a5a']].map(([x, y, c], i) => person(x, y, 1.6, c, ['#c99b78', '#8a5a3c', '#e3bd9b'][i % 3])).join('') + dot(560, 700, 22, '#fff') + dot(560, 700, 8, '#222'),
    'wind-park': () => sky('#9cc3d8', '#f0ead6') + cloud(1300, 160, 1.2) + rect(0, 640, 1600, 427, '#3f7486') + range(70, () => { const x = any(0, 1600), y = any(660, 1050); return line(`M${x} ${y} q${any(20, 40)} -10 ${any(50, 90)} 0`, '#71a0ad', 4); }) + range(9, (i) => { const s = 0.45 + (i % 3) * 0.22, x = 120 + i * 176, y = 650 + (i % 3) * 20, h = 420 * s; return poly(`${x - 7 * s},${y} ${x + 7 * s},${y} ${x + 4 * s},${y - h} ${x - 4 * s},${y - h}`, '#f6f6f1') + `<g transform="translate(${x} ${y - h}) rotate(${i * 37})">${range(3, (k) => `<path d="M0 0 q${16 * s} ${-60 * s} 0 ${-190 * s} q${-14 * s} ${130 * s} 0 ${190 * s}" fill="#f6f6f1" transform="rotate(${k * 120})"/>`)}</g>` + dot(x, y - h, 9 * s, '#c9ced0') + rect(x - 16 * s, y - 6, 32 * s, 16, '#f2c230'); })
        + path('M420 860 H900 L850 960 Q640 980 470 960Z', '#b5322c') + path('M440 930 H868 L850 960 Q640 980 470 960Z', '#22333b') + rect(500, 760, 120, 100, '#f4f1e6') + rect(516, 780, 88, 36, '#2b3a40') + line('M720 860 V680 L860 850 M720 690 L620 770', '#3b3b3b', 7) + range(5, (i) => rect(730 + i * 28, 826, 24, 34, '#6a5138')) + person(680, 862, 1, '#f0c23b'),
    'wind-map': () => rect(0, 0, 1600, 800, '#cfe0e4') + range(15, (i) => line(`M${i * 110} 0 V800`, '#b6cdd3', 2) + (i < 8 ? line(`M0 ${i * 110} H1600`, '#b6cdd3', 2) : '')) + path('M0 0 H520 Q470 120 360 170 T240 360 T90 520 T0 640Z', '#e7dfc6', 'stroke="#8a7a55" stroke-width="4"') + path('M1240 120 q90 -50 160 10 q40 80 -40 120 q-110 30 -140 -40 q-10 -60 20 -90Z', '#e7dfc6', 'stroke="#8a7a55" stroke-width="4"') + `<defs><pattern id="hatch" width="16" height="16" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="16" fill="#b3541e"/></pattern></defs><path d="M480 330 L1080 230 L1190 520 L760 690 L430 560Z" fill="url(#hatch)" opacity="0.55"/>` + range(46, (i) => dot(880 + (i % 8) * 64, 360 + Math.floor(i / 8) * 58, 11, '#173b45')) + `<g font-family="sans-serif" font-weight="700" fill="#173b45"><text x="90" y="130" font-size="44">Brennick</text><text x="1226" y="196" font-size="32">Little Carr</text><text x="1120" y="730" font-size="34">46 turbines</text><text x="500" y="640" font-size="34" fill="#8a3a10">crab grounds</text></g>`,
    bees: () => sky('#a9cfe6', '#f4efdc') + cloud(300, 170, 1) + hills(640, '#9db38f', 50) + rect(1160, 200, 150, 560, '#c9bda0') + poly('1140,206 1235,40 1330,206', '#57606a') + dot(1235, 300, 40, '#f6f1e2') + line('M1235 300 V274 M1235 300 L1252 306', '#333', 5) + rect(0, 720, 1600, 347, '#b1a894') + rect(0, 700, 1600, 30, '#8f8672') + range(4, (i) => { const x = 150 + i * 250; return range(3, (k) => rect(x, 800 - k * 84, 180, 78, [['#f2c230', '#e7e2d2', '#8fb7c4', '#d98a5a'][i], '#f4efdf', ['#d9a81f', '#d5cfba', '#7aa4b3', '#c6764a'][i]][k], 'rx="4"')) + rect(x - 8, 616, 196, 20, '#6f6a5c') + rect(x + 40, 860, 100, 10, '#3b3527') + rect(x + 10, 878, 16, 70, '#6a5138') + rect(x + 154, 878, 16, 70, '#6a5138'); })
        + range(46, () => { const x = any(60, 1240), y = any(330, 860); return `<ellipse cx="${x}" cy="${y}" rx="10" ry="7" fill="#3b2f14"/><ellipse cx="${x - 2}" cy="${y - 8}" rx="8" ry="5" fill="#fff" opacity="0.8"/>`; }) + person(1360, 960, 2.2, '#f4f1e6') + `<ellipse cx="1360" cy="706" rx="86" ry="14" fill="#d8c58c"/>` + range(9, (i) => rect(1180 + i * 44, 980, 34, 48, '#d9931f', 'rx="5"') + rect(1180 + i * 44, 972, 34, 12, '#f4efe4')),
    choir: () => sky('#dfe6e4', '#f6ecd6') + range(8, (i) => house(40 + i * 196, 640, 160, any(220, 330), ['#d8b9a0', '#cfc2ac', '#b9c4c2', '#e0cfa8'][i % 4], ['#7d4a3d', '#57606a', '#8a5a3c'][i % 3], 3)) + rect(0, 640, 1600, 427, '#c8bda6') + range(40, (i) => rect((i % 8) * 206 + (Math.floor(i / 8) % 2) * 80, 660 + Math.floor(i / 8) * 84, 196, 74, ['#cfc5af', '#c1b69e', '#d6ccb7'][i % 3])) + [0, 1].map((side) => range(3, (r) => range(6, (i) => person((side ? 1010 : 130) + i * 92 + r * 20, 800 + r * 110, 1.25, side ? '#2f5d7a' : '#8f2d3a', ['#c99b78', '#8a5a3c', '#e3bd9b'][(i + r) % 3]) + rect((side ? 1010 : 130) + i * 92 + r * 20 - 20, 740 + r * 110, 40, 26, '#f7f3e6')))).join('') + person(800, 960, 1.5, '#22262d') + line('M826 860 L880 800', '#e3bd9b', 12) + line('M880 800 L910 770', '#f4efe0', 4) + range(9, (i) => line(`M${i * 200} 120 q100 ${60 + (i % 2) * 20} 200 0`, '#6a5138', 4) + range(5, (k) => poly(`${i * 200 + 20 + k * 38},${140 + Math.sin((k + 0.5) / 5 * 3.14) * 40} ${i * 200 + 48 + k * 38},${140 + Math.sin((k + 0.5) / 5 * 3.14) * 40} ${i * 200 + 34 + k * 38},${180 + Math.sin((k + 0.5) / 5 * 3.14) * 40}`, ['#b3261e', '#f2c230', '#2f7d8a'][k % 3]))),
    pool: () => rect(0, 0, 1600, 1067, '#3fa3bd') + rect(0, 0, 1600, 220, '#dfe6df') + range(16, (i) => rect(i * 100 + 4, 60, 92, 120, '#b9d3d6')) + rect(0, 210, 1600, 26, '#f4f4ee')
        + range(90, () => { const x = any(0, 1600), y = any(260, 1040); return line(`M${x} ${y} q${any(14, 30)} -10 ${any(40, 70)} 0`, '#7cc6d6', 5); })
        + range(3, (r) => range(54, (i) => dot(i * 30 + 15, 430 + r * 220, 11, i % 6 < 3 ? '#e2574c' : '#fff')))
        + [[420, 350, '#f2c230'], [900, 560, '#ffffff'], [640, 790, '#c23f35'], [1240, 340, '#2b3f66'], [1180, 980, '#4c9a5a']].map(([x, y, cap]) => path(`M${x - 150} ${y + 22} q70 -34 150 -10 q-60 40 -150 10Z`, '#c99b78') + dot(x, y, 36, '#c99b78') + path(`M${x - 36} ${y - 6} a36 36 0 0 1 72 0Z`, cap) + line(`M${x + 20} ${y + 20} q60 -90 124 -16`, '#c99b78', 24) + line(`M${x - 190} ${y + 20} q30 -22 40 8`, '#fff', 8)).join('')
};

const icon = `<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256" viewBox="0 0 256 256">${rect(0, 0, 256, 256, '#0f5c6e')}${path('M40 176 q44 -34 88 0 t88 0 V216 H40Z', '#8fd0d8')}${path('M70 150 L128 44 L128 150Z', '#fff')}${path('M140 150 L140 76 L192 150Z', '#f2c230')}</svg>`;

const face = (skin, hair, coat, ground, style) => `<svg xmlns="http://www.w3.org/2000/svg" width="320" height="320" viewBox="0 0 320 320">${rect(0, 0, 320, 320, ground)}`
    + (style === 'long' ? path('M84 150 q0 -96 76 -96 t76 96 v110 H84Z', hair) : '') + path('M40 320 q10 -90 120 -96 q110 6 120 96Z', coat) + rect(134, 190, 52, 60, skin)
    + `<ellipse cx="160" cy="146" rx="62" ry="74" fill="${skin}"/>` + path(style === 'beard' ? 'M98 150 q0 -90 62 -90 t62 90 q-10 -44 -62 -46 q-52 2 -62 46Z M100 160 q60 50 120 0 q0 66 -60 66 t-60 -66Z' : 'M94 150 q-6 -100 66 -100 t66 100 q-20 -50 -50 -58 q-50 34 -82 58Z', hair)
    + dot(138, 144, 6, '#22262d') + dot(182, 144, 6, '#22262d') + line('M140 186 q20 14 40 0', '#6a2f2a', 5) + (style === 'glasses' ? '<g fill="none" stroke="#22262d" stroke-width="5"><circle cx="138" cy="144" r="21"/><circle cx="182" cy="144" r="21"/></g>' : '') + '</svg>';
const faces = {
    rosa: face('#e3bd9b', '#8a8f96', '#0f5c6e', '#e6dcc6', 'glasses'), samir: face('#c99b78', '#2b2320', '#b5653a', '#cfdde0', 'beard'),
    june: face('#8a5a3c', '#1d1716', '#c58f2d', '#dfe6d8', 'long'), emil: face('#ecc9ab', '#b5763a', '#46406b', '#ead9d2', 'short')
};

// The ferry's way, as a short film: boat and wake on a chart. time: 0 to 1.
const crossing = (time) => {
    const at = (t) => [90 + t * 450, 270 - Math.sin(t * 3.1416) * 170 + t * -40];
    const way = Array.from({length: Math.ceil(time * 60) + 1}, (_, i) => at(Math.min(time, i / 60)).join(' ')).join(' L');
    const [x, y] = at(time);
    return `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="360" viewBox="0 0 640 360">${rect(0, 0, 640, 360, '#b9d3da')}`
        + path('M0 360 V200 q90 20 100 80 t-20 80Z', '#e7dfc6') + path('M540 170 q70 -30 100 20 v90 q-80 20 -110 -40 q-10 -50 10 -70Z', '#e7dfc6') + dot(310, 118, 9, '#b3261e') + rect(307, 122, 6, 18, '#b3261e')
        + `<g font-family="sans-serif" font-weight="700" font-size="17" fill="#173b45"><text x="12" y="330">Brennick</text><text x="546" y="230">Little Carr</text><text x="328" y="124">north buoy</text></g>`
        + line(`M${way}`, '#ffffff', 5) + path(`M${x - 16} ${y - 4} h32 l-7 13 h-18Z`, '#b5322c') + rect(x - 8, y - 14, 15, 10, '#fff') + '</svg>';
};

const browser = await open();
const view = await browser.newPage();
async function draw(svg, file, width, height, options) {
    await view.setViewportSize({width, height});
    await view.setContent(`<style>body{margin:0}svg{display:block}</style>${svg}`);
    writeFileSync(join(here, file), await view.screenshot(options));
}
const asked = process.argv.slice(2);
for (const [name, scene] of Object.entries(scenes).filter(([name]) => !asked.length || asked.includes(name))) {
    seed = 7;
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="1067" viewBox="0 0 1600 1067">${scene()}</svg>`;
    await draw(svg, `${name}.jpg`, 1600, name === 'wind-map' ? 800 : 1067, {type: 'jpeg', quality: 66});
}
if (asked.length) {
    await browser.close();
    process.exit();
}
await draw(icon, 'icon.png', 256, 256, {type: 'png'});
for (const [name, svg] of Object.entries(faces)) {
    await draw(svg, `${name}.png`, 320, 320, {type: 'png'});
}
await draw(crossing(1), 'crossing.jpg', 640, 360, {type: 'jpeg', quality: 80});

// Six seconds, ten pictures a second, recorded by the browser itself.
const pictures = Array.from({length: 60}, (_, i) => `data:image/svg+xml,${encodeURIComponent(crossing(i / 59))}`);
const film = await view.evaluate(async (pictures) => {
    const images = await Promise.all(pictures.map((src) => new Promise((done) => {
        const image = new Image(640, 360);
        image.onload = () => done(image);
        image.src = src;
    })));
    const canvas = Object.assign(document.createElement('canvas'), {width: 640, height: 360});
    const stream = canvas.captureStream(10);
    const recorder = new MediaRecorder(stream, {mimeType: 'video/webm;codecs=vp8', videoBitsPerSecond: 120000});
    const parts = [];
    recorder.ondataavailable = (event) => parts.push(event.data);
    const ended = new Promise((done) => (recorder.onstop = done));
    recorder.start();
    for (const image of images) {
        canvas.getContext('2d').drawImage(image, 0, 0);
        await new Promise((done) => setTimeout(done, 100));
    }
    recorder.stop();
    await ended;
    return [...new Uint8Array(await new Blob(parts).arrayBuffer())];
}, pictures);
writeFileSync(join(here, '../media/crossing.webm'), Buffer.from(film));
await browser.close();
