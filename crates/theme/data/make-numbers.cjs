// Makes numbers.jsonl: how numbers and amounts of money are written in each language, asked of node's Intl by trying.
//
//     node make-numbers.cjs > numbers.jsonl
//
// The first line holds the digits after the point of each currency, where they are not two. Then one language a line:
// its tag, a tab, JSON with only what differs from the tag without its last part (or from "en" for whole languages).
// In patterns N is the number and C the currency; for currencies there are four: for symbols and for letters, each
// positive and negative.
const alphabet = 'abcdefghijklmnopqrstuvwxyz'.split('');
const two = alphabet.flatMap((one) => alphabet.map((other) => one + other));
const three = two.flatMap((start) => alphabet.map((end) => start + end));
const languages = Intl.NumberFormat.supportedLocalesOf([...two, ...three])
    .filter((tag) => new Intl.NumberFormat(tag).resolvedOptions().locale.split('-')[0] === tag);
const regions = [...two.map((region) => region.toUpperCase()), '001', '150', '419'];
const currencies = Intl.supportedValuesOf('currency');
// names are kept for currencies that readers pay with
const NAMED = 'AED ARS AUD BDT BGN BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP HKD HUF IDR ILS INR ISK JPY KRW MXN MYR NGN NOK NZD PEN PHP PKR PLN RON RSD RUB SAR SEK SGD THB TRY TWD UAH USD UYU VND ZAR'.split(' ');
const NAMED_IN = new Set('af ar bg bn bs ca cs da de el en eo es et eu fa fi fr gd he hi hr hu id is it ja ko kz kk lt lv mk mn mr ms nb nl nn no pa pl pt pt-PT ro ru si sk sl sq sr sv sw ta th tr uk ur uz vi zh zh-Hant'.split(' '));

const parts = (tag, options, number) => new Intl.NumberFormat(tag, options).formatToParts(number);
const part = (list, type) => (list.find((one) => one.type === type) || {value: ''}).value;

function pattern(tag, options, number) {
    let out = '';
    for (const {type, value} of parts(tag, options, number)) {
        if (type === 'currency') out += 'C';
        else if (['integer', 'group', 'decimal', 'fraction'].includes(type)) out += out.endsWith('N') ? '' : 'N';
        else if (type === 'literal' || type === 'minusSign') out += value;
        else out += value;
    }
    return out;
}

function facts(tag) {
    const out = {};
    const digits = Array.from({length: 10}, (_, digit) => new Intl.NumberFormat(tag, {useGrouping: false}).format(digit)).join('');
    out.digits = digits === '0123456789' ? '' : digits;
    const separators = (options) => {
        const list = parts(tag, options, 123456789.5);
        const integers = list.filter((one) => one.type === 'integer').map((one) => [...one.value].length);
        const smallest = parts(tag, options, 1234).some((one) => one.type === 'group') ? 1
            : parts(tag, options, 12345).some((one) => one.type === 'group') ? 2
                : parts(tag, options, 123456).some((one) => one.type === 'group') ? 3 : 0;
        return [part(list, 'decimal'), part(list, 'group'), integers[integers.length - 1], integers[integers.length - 2], smallest];
    };
    out.number = separators({});
    out.negative = pattern(tag, {}, -5);
    out.percent = [pattern(tag, {style: 'percent'}, 0.05)];
    // not the euro: ICU writes it as in another country in some places
    const plain = {style: 'currency', currency: 'CZK', currencyDisplay: 'symbol'};
    out.money = separators(plain);
    const symbol = ['GBP', 'JPY', 'USD', 'INR', 'KRW', ...currencies].find((code) => code !== 'EUR' &&
        /^\p{S}+$/u.test(part(parts(tag, {...plain, currency: code}, 5), 'currency'))) || 'CZK';
    const kinds = [{...plain, currency: symbol}, {...plain, currencyDisplay: 'code'}];
    out.patterns = kinds.flatMap((options) => [pattern(tag, options, 5), pattern(tag, options, -5)]);
    out.symbols = {};
    for (const currency of currencies) {
        const list = parts(tag, {style: 'currency', currency}, 5);
        const at = list.findIndex((one) => one.type === 'currency');
        const mark = list[at + 1] && list[at + 1].type === 'literal' && list[at + 1].value.startsWith('\u200f') ? '\u200f' : '';
        const text = list[at].value + mark;
        if (text !== currency) out.symbols[currency] = text;
    }
    if (NAMED_IN.has(tag)) {
        out.names = {};
        const rules = new Intl.PluralRules(tag);
        const samples = {};
        for (const number of [0, 1, 2, 3, 5, 6, 11, 21, 100, 1000000, 1.5, 0.5, 2.35]) samples[rules.select(number)] ??= number;
        for (const currency of NAMED) {
            const names = {};
            for (const [category, number] of Object.entries(samples)) {
                names[category] = part(parts(tag, {style: 'currency', currency, currencyDisplay: 'name', minimumFractionDigits: 0, maximumFractionDigits: 2}, number), 'currency');
            }
            for (const category of Object.keys(names)) {
                if (category !== 'other' && names[category] === names.other) delete names[category];
            }
            out.names[currency] = names;
        }
        out.named = pattern(tag, {...plain, currencyDisplay: 'name'}, 5);
    }
    return out;
}

const known = new Map();
function emit(tag, parentTag) {
    const own = facts(tag);
    known.set(tag, own);
    const parent = known.get(parentTag);
    const out = {};
    for (const key of Object.keys(own)) {
        if (key === 'symbols' && parent) {
            const changed = {};
            for (const code of new Set([...Object.keys(own.symbols), ...Object.keys(parent.symbols)])) {
                if (own.symbols[code] !== parent.symbols[code]) changed[code] = own.symbols[code] || code;
            }
            if (Object.keys(changed).length) out.symbols = changed;
        } else if (!parent || JSON.stringify(parent[key]) !== JSON.stringify(own[key])) {
            out[key] = own[key];
        }
    }
    if (!parent || Object.keys(out).length || parentTag === 'en') process.stdout.write(tag + '\t' + JSON.stringify(out) + '\n');
}

const fractions = {};
for (const currency of currencies) {
    const digits = new Intl.NumberFormat('en', {style: 'currency', currency}).resolvedOptions().maximumFractionDigits;
    if (digits !== 2) fractions[currency] = digits;
}
process.stdout.write(JSON.stringify(fractions) + '\n');
emit('en', undefined);
for (const language of languages) {
    if (language !== 'en') emit(language, 'en');
    const own = new Set();
    for (const region of regions) {
        const resolved = new Intl.NumberFormat(`${language}-${region}`).resolvedOptions().locale;
        if (resolved !== language) own.add(`${language}-${region}`);
    }
    for (const script of ['Latn', 'Cyrl', 'Arab', 'Hans', 'Hant', 'Deva', 'Guru']) {
        const tag = `${language}-${script}`;
        const resolved = new Intl.NumberFormat(tag).resolvedOptions().locale;
        if (resolved !== language) {
            emit(tag, language);
            for (const region of regions) {
                const deep = new Intl.NumberFormat(`${tag}-${region}`).resolvedOptions().locale;
                if (deep !== resolved) emit(`${tag}-${region}`, tag);
            }
        }
    }
    for (const tag of own) emit(tag, language);
}
