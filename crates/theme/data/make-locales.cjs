// Makes locales.jsonl: what calendars and clocks are called in each language, asked of npm's moment by trying.
//
//     NODE_PATH=FOLDER/node_modules node make-locales.cjs > locales.jsonl
//
// One language a line: its tag, a tab, JSON. Texts that depend on a number are given as a list of templates ({} is
// the number) and, where there is more than one, a string with one character (0 is the first template) for each number from 0.
const moment = require('moment');
const fs = require('fs');
const path = require('path');

const folder = path.join(path.dirname(require.resolve('moment')), 'locale');
const names = ['en', ...fs.readdirSync(folder).map((file) => file.replace('.js', ''))].sort();

// Months and weekdays that change with the format around them: the patterns moment's own code tests, in order.
const FORMS = {
    el: {months: ['D.*?MMMM']},
    es: {monthsShort: ['-MMM-']}, 'es-do': {monthsShort: ['-MMM-']}, 'es-mx': {monthsShort: ['-MMM-']},
    'es-us': {monthsShort: ['-MMM-']}, fy: {monthsShort: ['-MMM-']}, nl: {monthsShort: ['-MMM-']},
    'nl-be': {monthsShort: ['-MMM-']},
    pl: {months: ['D MMMM']},
    uk: {weekdays: ['(\\[[ВвУу]\\]) ?dddd', '\\[?(?:минулої|наступної)? ?\\] ?dddd']},
};
const SAMPLES = {
    '-MMM-': 'D-MMM-YYYY', 'D MMMM': 'D MMMM', 'D.*?MMMM': 'D MMMM',
    '(\\[[ВвУу]\\]) ?dddd': '[У] dddd', '\\[?(?:минулої|наступної)? ?\\] ?dddd': '[минулої] dddd',
};
const IN_FORMAT = 'D[oD]?(\\[[^\\[\\]]*\\]|\\s)+MMMM?';

function named(data, code, field, count, at) {
    const own = data['_' + field];
    const ask = (format) => Array.from({length: count}, (_, index) => data[field](at(index), format));
    if (Array.isArray(own)) return {plain: own};
    if (typeof own === 'object' && !(FORMS[code] && FORMS[code][field])) {
        const pattern = own.isFormat && field !== 'monthsShort' ? own.isFormat.source : IN_FORMAT;
        return {plain: own.standalone, forms: [[pattern, own.format]]};
    }
    const patterns = FORMS[code][field];
    return {plain: ask(field), forms: patterns.map((pattern) => [pattern, ask(SAMPLES[pattern])])};
}

function templates(from, to, text) {
    const list = [];
    let map = '';
    for (let number = 0; number <= to; number += 1) {
        const template = text(Math.max(number, from)).split(String(Math.max(number, from))).join('{}');
        let index = list.indexOf(template);
        if (index < 0) index = list.push(template) - 1;
        map += String.fromCharCode(48 + index);
    }
    return list.length === 1 ? list[0] : [list, map];
}

for (const code of names) {
    moment.locale(code);
    if (moment.locale() !== code) throw new Error(code);
    const data = moment.localeData(code);
    const out = {};
    out.months = named(data, code, 'months', 12, (index) => moment.utc([2021, index, 3]));
    out.monthsShort = named(data, code, 'monthsShort', 12, (index) => moment.utc([2021, index, 3]));
    const day = (index) => moment.utc([2021, 7, 1 + index]);
    out.weekdays = named(data, code, 'weekdays', 7, day);
    out.weekdaysShort = Array.from({length: 7}, (_, index) => data.weekdaysShort(day(index)));
    out.weekdaysMin = Array.from({length: 7}, (_, index) => data.weekdaysMin(day(index)));
    out.long = {};
    for (const key of ['LT', 'LTS', 'L', 'LL', 'LLL', 'LLLL', 'l', 'll', 'lll', 'llll']) {
        out.long[key] = data.longDateFormat(key);
    }
    out.week = [data._week.dow, data._week.doy];
    out.meridiem = [];
    for (let minute = 0; minute < 1440; minute += 1) {
        const both = [false, true].map((lower) => data.meridiem(Math.floor(minute / 60), minute % 60, lower));
        const last = out.meridiem[out.meridiem.length - 1];
        if (!last || last[1] !== both[0] || last[2] !== both[1]) out.meridiem.push([minute, ...both]);
    }
    out.ordinal = {};
    for (const [token, from, to] of [['D', 1, 31], ['DDD', 1, 366], ['M', 1, 12], ['Q', 1, 4], ['d', 0, 6], ['w', 1, 53], ['W', 1, 53], ['y', 1, 399]]) {
        const spec = templates(from, to, (number) => String(data.ordinal(number, token)));
        out.ordinal[token] = spec;
    }
    // numbers below 400; above, as number % 100 + 200 (checked here for ordinals; nothing is 300 years ago)
    for (let number = 400; number < 3000; number += 1) {
        const as = (n) => String(data.ordinal(n, 'y')).split(String(n)).join('{}');
        if (as(number) !== as(number % 100 + 200)) throw new Error(`ordinal ${code} ${number}`);
    }
    out.relative = {};
    for (const [side, sign] of [['future', 1], ['past', -1]]) {
        const phrase = (key) => (number) => data.pastFuture(sign, data.relativeTime(number, false, key, sign > 0));
        out.relative[side] = {};
        for (const [key, from, to] of [['s', 1, 44], ['m', 1, 1], ['mm', 2, 44], ['h', 1, 1], ['hh', 2, 21], ['d', 1, 1], ['dd', 2, 25], ['M', 1, 1], ['MM', 2, 10], ['y', 1, 1], ['yy', 2, 299]]) {
            out.relative[side][key] = templates(from, to, phrase(key));
        }
    }
    const digits = {};
    for (const char of '0123456789,') {
        if (data.postformat(char) !== char) digits[char] = data.postformat(char);
    }
    if (Object.keys(digits).length) out.digits = digits;
    if (data._eras && code !== 'en') {
        out.eras = data._eras.map(({since, until, offset, name, narrow, abbr}) =>
            [String(since), until === undefined || until === Infinity ? 'Infinity' : String(until), offset, name, narrow, abbr]);
    }
    process.stdout.write(code + '\t' + JSON.stringify(out) + '\n');
}
