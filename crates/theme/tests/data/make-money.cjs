// Makes money.jsonl: amounts, numbers and plurals as node's Intl writes them, for the test of the same name.
//
//     node make-money.cjs [CASES [SEED]] > money.jsonl
//
// Lines: ["money", tag, currency, display, at least (or null), amount, text], ["number", tag, number, text],
// ["plural", tag, ordinal, number, category].
const fs = require('fs');
const path = require('path');
const cases = Number(process.argv[2] || 3000);
let seed = Number(process.argv[3] || 5);
const random = () => {
    // mulberry32: the same cases on every machine
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
};
const pick = (list) => list[Math.floor(random() * list.length)];
const lines = fs.readFileSync(path.join(__dirname, '../../data/numbers.jsonl'), 'utf8').trim().split('\n').slice(1);
const tags = lines.map((line) => line.split('\t')[0]);
const named = lines.filter((line) => line.includes('"named"') || line.includes('"names"')).map((line) => line.split('\t')[0]);
const named_currencies = Object.keys(JSON.parse(lines.find((line) => line.startsWith('en\t')).split('\t')[1]).names);
const stripe = [...named_currencies, 'KWD', 'TND', 'BHD', 'KES', 'MAD'];
const all = Intl.supportedValuesOf('currency');
const number = () => {
    const kind = random();
    if (kind < 0.3) return Math.floor(random() * 200);
    if (kind < 0.6) return Math.floor(random() * 100000) / 100;
    if (kind < 0.8) return Math.floor(random() * 1e9);
    if (kind < 0.9) return Math.floor(random() * 1e10) / 1000;
    return -Math.floor(random() * 1e6) / 100;
};
for (let index = 0; index < cases; index += 1) {
    const kind = random();
    const amount = number();
    if (kind < 0.2) {
        const tag = pick(tags);
        console.log(JSON.stringify(['number', tag, amount, new Intl.NumberFormat(tag).format(amount)]));
    } else if (kind < 0.35) {
        const tag = pick(named);
        // these have ordinals only in some versions of the CLDR
        const ordinal = random() < 0.3 && !['af', 'bg', 'es'].includes(tag);
        const n = ordinal ? Math.floor(Math.abs(amount)) : amount;
        console.log(JSON.stringify(['plural', tag, ordinal, n, new Intl.PluralRules(tag, {type: ordinal ? 'ordinal' : 'cardinal'}).select(n)]));
    } else {
        const display = pick(['symbol', 'symbol', 'symbol', 'code', 'name']);
        const tag = pick(display === 'name' ? named : tags);
        const currency = display === 'name' ? pick(named_currencies) : random() < 0.7 ? pick(stripe) : pick(all);
        const least = pick([null, amount % 1 === 0 ? 0 : 2]);
        const options = {style: 'currency', currency, currencyDisplay: display};
        // ICU writes the euro of these places as another country's, and signs of these with blanks of their own
        if ((currency === 'EUR' && tag.startsWith('en-')) || ['es-BR', 'fa', 'tr'].includes(tag.slice(0, 5))) continue;
        if (least !== null) options.minimumFractionDigits = least;
        console.log(JSON.stringify(['money', tag, currency, display, least, amount, new Intl.NumberFormat(tag, options).format(amount)]));
    }
}
