//! Numbers and amounts of money as each language writes them, as JavaScript's `Intl` does.
//!
//! Facts from `data/numbers.jsonl`, made from the Unicode CLDR; names of currencies for the languages that Ghost is
//! translated to.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use fixed_decimal::Decimal;
use icu_locale_core::Locale;
use icu_plurals::{PluralCategory, PluralRuleType, PluralRules};
use regex::Regex;
use serde::Deserialize;

static DATA: &str = include_str!("../data/numbers.jsonl");

/// How a currency is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CurrencyDisplay {
    /// `$`, `CA$`, `CHF`.
    Symbol,
    /// The symbol without what tells one country's from another's; here as `Symbol`.
    NarrowSymbol,
    /// `USD`.
    Code,
    /// `US dollars`.
    Name,
}

/// What one line of the data says; absent fields are as in the line it leans on.
#[derive(Debug, Default, Deserialize)]
struct Line {
    digits: Option<String>,
    number: Option<Separators>,
    negative: Option<String>,
    percent: Option<(String,)>,
    money: Option<Separators>,
    patterns: Option<[String; 4]>,
    #[serde(default)]
    symbols: BTreeMap<String, String>,
    #[serde(default)]
    names: BTreeMap<String, BTreeMap<String, String>>,
    named: Option<String>,
}

/// Decimal sign, sign between groups, length of the last and of the other groups, and how many digits must stand
/// before the last group for it to be set off (0: never).
type Separators = (String, String, usize, Option<usize>, usize);

/// How numbers are written in one language.
pub struct Numbers {
    /// The line of the language, then those it leans on; the last is English.
    lines: Vec<&'static Line>,
    locale: Locale,
}

impl Numbers {
    /// For a tag such as `de-AT`. None when the tag is not well formed (JavaScript throws a `RangeError`).
    pub fn of(tag: &str) -> Option<Self> {
        let locale: Locale = tag.parse().ok().filter(|_| !tag.contains('_'))?;
        let mut name = locale.id.to_string();
        if name == "zh-HK" || name == "zh-MO" || name == "zh-TW" {
            name.insert_str(2, "-Hant");
        }
        let mut lines = Vec::new();
        loop {
            if let Some(line) = line(&name) {
                lines.push(line);
            }
            match name.rfind('-') {
                Some(at) => name.truncate(at),
                None => break,
            }
        }
        lines.extend(line("en"));
        Some(Self { lines, locale })
    }

    /// A plain number: groups, and at most three digits after the point.
    pub fn format(&self, number: f64) -> String {
        if !number.is_finite() {
            return if number.is_nan() { "NaN" } else { "∞" }.to_owned();
        }
        let digits = rounded(number.abs(), 0, 3);
        let text = self.separated(&digits, self.find(|line| line.number.as_ref()));
        if number < 0.0 && digits.bytes().any(|byte| matches!(byte, b'1'..=b'9')) {
            return self
                .find(|line| line.negative.as_ref())
                .map_or(String::new(), |form| form.replace('N', &text));
        }
        text
    }

    /// A share: `0.05` is `5%`.
    pub fn percent(&self, number: f64) -> String {
        let text =
            self.separated(&rounded(number.abs() * 100.0, 0, 0), self.find(|line| line.number.as_ref()));
        let form = self.find(|line| line.percent.as_ref()).map_or("N%", |form| form.0.as_str());
        let text = form.replace('N', &text);
        if number < 0.0 { format!("-{text}") } else { text }
    }

    /// An amount of money in the currency's main unit.
    ///
    /// Units: digits after the point are the currency's own, but at least `at_least` where that is given.
    /// Errors: none for a currency that is not three letters.
    pub fn money(
        &self,
        amount: f64,
        currency: &str,
        display: CurrencyDisplay,
        at_least: Option<usize>,
    ) -> Option<String> {
        let currency = currency_code(currency)?;
        let own = fraction_digits(&currency);
        let least = at_least.unwrap_or(own);
        let digits = rounded(amount.abs(), least, own.max(least));
        let negative = amount < 0.0 && digits.bytes().any(|byte| matches!(byte, b'1'..=b'9'));
        if display == CurrencyDisplay::Name
            && let Some(text) = self.named(&digits, &currency, negative)
        {
            return Some(text);
        }
        let symbol = match display {
            CurrencyDisplay::Code => currency.as_str(),
            _ => self.find(|line| line.symbols.get(&currency)).map_or(currency.as_str(), String::as_str),
        };
        let text = self.separated(&digits, self.find(|line| line.money.as_ref()));
        let patterns = self.find(|line| line.patterns.as_ref())?;
        let before = patterns[0].starts_with('C');
        let letters = !is_symbol(if before { symbol.chars().next_back() } else { symbol.chars().next() });
        let pattern = &patterns[usize::from(letters) * 2 + usize::from(negative)];
        Some(filled(pattern, &text, symbol))
    }

    fn named(&self, digits: &str, currency: &str, negative: bool) -> Option<String> {
        let names = self.find(|line| line.names.get(currency))?;
        let category = category_name(self.category(digits, PluralRuleType::Cardinal));
        let name = names.get(category).or_else(|| names.get("other"))?;
        let text = self.separated(digits, self.find(|line| line.number.as_ref()));
        let text = match negative {
            true => self.find(|line| line.negative.as_ref())?.replace('N', &text),
            false => text,
        };
        Some(filled(self.find(|line| line.named.as_ref())?, &text, name))
    }

    /// The plural form (`one`, `few`, `other`, …) that goes with `number`.
    pub fn plural(&self, number: f64, ordinal: bool) -> &'static str {
        let kind = if ordinal { PluralRuleType::Ordinal } else { PluralRuleType::Cardinal };
        category_name(self.category(&rounded(number.abs(), 0, 3), kind))
    }

    fn category(&self, digits: &str, kind: PluralRuleType) -> PluralCategory {
        // only Portuguese has plurals that depend on the country
        let mut locale = Locale::from(self.locale.id.language);
        if locale.id.language == icu_locale_core::subtags::language!("pt") {
            locale.id.region = self.locale.id.region;
        }
        let rules = PluralRules::try_new((&locale).into(), kind.into());
        match (rules, digits.parse::<Decimal>()) {
            (Ok(rules), Ok(digits)) => rules.category_for(&digits),
            _ => PluralCategory::Other,
        }
    }

    fn find<T: ?Sized>(&self, pick: impl Fn(&'static Line) -> Option<&'static T>) -> Option<&'static T> {
        self.lines.iter().find_map(|line| pick(line))
    }

    /// Plain digits (`1234.5`) with the language's signs and digits.
    fn separated(&self, digits: &str, separators: Option<&Separators>) -> String {
        let Some((point, group, last, others, least)) = separators else { return digits.to_owned() };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let own = self.find(|line| line.digits.as_ref()).filter(|own| !own.is_empty());
        let digit = |out: &mut String, char: char| {
            let index = char.to_digit(10).unwrap_or(0) as usize;
            out.push(own.and_then(|own| own.chars().nth(index)).unwrap_or(char));
        };
        let others = others.unwrap_or(*last).max(1);
        let grouped = *least > 0 && !group.is_empty() && whole.len() >= last + least;
        let mut out = String::new();
        for (index, char) in whole.chars().enumerate() {
            let left = whole.len() - index;
            if grouped && index > 0 && left >= *last && (left - last) % others == 0 {
                out.push_str(group);
            }
            digit(&mut out, char);
        }
        if !fraction.is_empty() {
            out.push_str(point);
            fraction.chars().for_each(|char| digit(&mut out, char));
        }
        out
    }
}

/// The sign alone, as English has it: what `Intl` prints for nothing, without digits, blanks, points and commas.
pub fn currency_sign(currency: &str) -> Option<String> {
    let currency = currency_code(currency)?;
    let symbol = line("en").and_then(|line| line.symbols.get(&currency)).cloned().unwrap_or(currency);
    Some(symbol.chars().filter(|char| !matches!(char, '.' | ',') && !char.is_whitespace()).collect())
}

/// Members, counted roughly: exact to 50, then in ever larger steps with a `+`.
pub fn rough_count(count: u64) -> String {
    let step = match count {
        0..=50 => return count.to_string(),
        51..=100 => 10,
        101..=1_000 => 50,
        1_001..=10_000 => 100,
        10_001..=100_000 => 1_000,
        100_001..=1_000_000 => 10_000,
        _ => 100_000,
    };
    let rounded = count / step * step;
    if count <= 100_000 {
        let english = Numbers::of("en").map(|numbers| numbers.format(rounded as f64));
        return format!("{}+", english.unwrap_or_default());
    }
    let (value, unit) = match rounded {
        0..1_000_000 => (rounded / 100, "k"),
        1_000_000..1_000_000_000 => (rounded / 100_000, "m"),
        _ => (rounded / 100_000_000, "b"),
    };
    match value % 10 {
        0 => format!("{}{unit}+", value / 10),
        tenth => format!("{}.{tenth}{unit}+", value / 10),
    }
}

fn line(tag: &str) -> Option<&'static Line> {
    type Lines = Vec<(&'static str, &'static str, OnceLock<Line>)>;
    static LINES: OnceLock<Lines> = OnceLock::new();
    let lines = LINES.get_or_init(|| {
        let lines = DATA.lines().skip(1).filter_map(|line| line.split_once('\t'));
        lines.map(|(tag, json)| (tag, json, OnceLock::new())).collect()
    });
    let (_, json, line) = lines.iter().find(|(name, ..)| *name == tag)?;
    Some(line.get_or_init(|| serde_json::from_str(json).expect("the data is ours and well formed")))
}

fn fraction_digits(currency: &str) -> usize {
    static DIGITS: OnceLock<BTreeMap<String, usize>> = OnceLock::new();
    let digits = DIGITS.get_or_init(|| {
        let first = DATA.lines().next().unwrap_or("{}");
        serde_json::from_str(first).expect("the data is ours and well formed")
    });
    digits.get(currency).copied().unwrap_or(2)
}

fn currency_code(text: &str) -> Option<String> {
    let good = text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_alphabetic());
    good.then(|| text.to_ascii_uppercase())
}

fn is_symbol(char: Option<char>) -> bool {
    static SYMBOL: OnceLock<Regex> = OnceLock::new();
    let symbol = SYMBOL.get_or_init(|| Regex::new(r"^[\p{S}\p{Z}]$").expect("the expression is constant"));
    char.is_some_and(|char| symbol.is_match(char.encode_utf8(&mut [0; 4])))
}

fn filled(pattern: &str, number: &str, currency: &str) -> String {
    let mut out = String::new();
    for char in pattern.chars() {
        match char {
            'N' => out.push_str(number),
            'C' => out.push_str(currency),
            other => out.push(other),
        }
    }
    out
}

/// Decimal digits of a number that is not negative: halves go up, at least `least` and at most `most` after the point.
fn rounded(number: f64, least: usize, most: usize) -> String {
    // JavaScript rounds the shortest decimal form of a number, not its binary value
    let exact = ryu_js::Buffer::new().format(number).to_owned();
    let mut text = match exact.contains('e') {
        true => format!("{number:.most$}"),
        false => round_decimal(&exact, most),
    };
    if let Some(point) = text.find('.') {
        let keep = point + 1 + least;
        while text.len() > keep && text.ends_with('0') {
            text.pop();
        }
        if text.ends_with('.') {
            text.pop();
        }
    }
    if least > 0 {
        let after = match text.find('.') {
            Some(point) => text.len() - point - 1,
            None => {
                text.push('.');
                0
            }
        };
        text.extend(std::iter::repeat_n('0', least.saturating_sub(after)));
    }
    text
}

fn round_decimal(text: &str, most: usize) -> String {
    let Some((whole, fraction)) = text.split_once('.') else { return text.to_owned() };
    if fraction.len() <= most {
        return text.to_owned();
    }
    let (kept, dropped) = fraction.split_at(most);
    let mut digits: Vec<u8> = whole.bytes().chain(kept.bytes()).collect();
    if dropped.starts_with(['5', '6', '7', '8', '9']) {
        let mut carried = true;
        for digit in digits.iter_mut().rev() {
            if *digit == b'9' {
                *digit = b'0';
            } else {
                *digit += 1;
                carried = false;
                break;
            }
        }
        if carried {
            digits.insert(0, b'1');
        }
    }
    let point = digits.len() - most;
    let text = |part: &[u8]| String::from_utf8_lossy(part).into_owned();
    match most {
        0 => text(&digits),
        _ => format!("{}.{}", text(&digits[..point]), text(&digits[point..])),
    }
}

fn category_name(category: PluralCategory) -> &'static str {
    match category {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}
