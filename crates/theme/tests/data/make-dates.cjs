// Makes dates.jsonl: dates as npm's moment-timezone writes them, for the test of the same name.
//
//     NODE_PATH=FOLDER/node_modules node make-dates.cjs [CASES_PER_LANGUAGE [SEED]] > dates.jsonl
//
// A line: [milliseconds, zone, language, format, text], or [milliseconds, zone, language, now, text] for "ago".
process.env.TZ = 'UTC';
const moment = require('moment-timezone');
const fs = require('fs');
const path = require('path');
const per = Number(process.argv[2] || 20);
let seed = Number(process.argv[3] || 7);
const random = () => {
    // mulberry32: the same cases on every machine
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
};
const pick = (list) => list[Math.floor(random() * list.length)];
const folder = path.join(path.dirname(require.resolve('moment')), 'locale');
const names = ['en', ...fs.readdirSync(folder).map((file) => file.replace('.js', ''))].sort();
const zones = ['UTC', 'Europe/Zurich', 'America/New_York', 'Asia/Kolkata', 'Australia/Sydney', 'America/Sao_Paulo', 'Asia/Tokyo', 'Africa/Casablanca', 'Pacific/Apia'];
const formats = ['ll', 'L', 'LL', 'LLL', 'LLLL', 'l', 'lll', 'llll', 'LT', 'LTS', 'DD MMM YYYY', 'D MMMM YYYY', 'MMMM YYYY', 'D-MMM-YYYY', 'dddd, D. MMMM', 'Do MMMM', 'YYYY-MM-DD', 'YYYY-MM-DDTHH:mm:ssZ', '', 'ddd dd d do e E', 'w ww wo W WW Wo gg gggg GG GGGG', 'DDD DDDD DDDo Q Qo Mo', 'h:mm a', 'hh:mm A [at] LT', 'kk k H HH Hmm Hmmss hmm hmmss', 'S SS SSS SSSS SSSSSSSSS x X', 'z zz Z ZZ', '[Today is] dddd [[] \\D \\LL YY Y YYYYY YYYYYY', 'N NN NNN NNNN NNNNN y yy yyyy yo', 'D [de] MMMM [de] YYYY', 'MMMM D', '[В прошлую] dddd [У] dddd', 'dddd HH:mm', 'MMM. Do, ’YY', 'q W| w| YYY ggggg GGGGG', 'D MMM', 'YYYY年MM月DD日'];
for (const name of names) {
    for (let index = 0; index < per; index += 1) {
        const at = Math.floor(Date.UTC(1999, 0, 1) + random() * 1000 * 86400 * 365.25 * 32);
        const zone = pick(zones);
        const when = moment(at).locale(name).tz(zone);
        if (random() < 0.35) {
            const scale = pick([60, 3600, 86400, 86400 * 30, 86400 * 365, 86400 * 4000]) * 1000;
            const now = at + Math.floor((random() - 0.4) * 2 * scale);
            console.log(JSON.stringify([at, zone, name, now, when.from(moment(now).tz(zone))]));
        } else {
            const format = pick(formats);
            console.log(JSON.stringify([at, zone, name, format, when.format(format)]));
        }
    }
}
