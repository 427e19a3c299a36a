//! What calendars and clocks are called in a language. Facts from `data/locales.jsonl`, read when first asked for.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use regex::Regex;
use serde::Deserialize;

static DATA: &str = include_str!("../../data/locales.jsonl");

/// Languages that moment knows under another name than their own: language, and script, to the tag that is tried.
const LIKELY: &[(&str, &str)] = &[
    ("hy", "hy-am"),
    ("in", "id-id"),
    ("iw", "he-il"),
    ("mo", "ro-ro"),
    ("pa", "pa-in"),
    ("sh", "sr-rs"),
    ("tl", "fil-ph"),
    ("ug", "ug-cn"),
    ("zh", "zh-cn"),
    ("zh-hans", "zh-cn"),
    ("zh-hant", "zh-tw"),
];

/// One language's names for months, days and distances in time.
#[derive(Debug)]
pub struct Language {
    facts: Facts,
    months: Forms,
    months_short: Forms,
    weekdays: Forms,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Facts {
    months: Names,
    months_short: Names,
    weekdays: Names,
    weekdays_short: Vec<String>,
    weekdays_min: Vec<String>,
    long: BTreeMap<String, String>,
    /// First day of the week (0 is Sunday), and the number that decides which week is the first of a year.
    week: (i64, i64),
    /// From which minute of the day on, large and small form.
    meridiem: Vec<(u32, String, String)>,
    ordinal: BTreeMap<String, Templates>,
    relative: BTreeMap<String, BTreeMap<String, Templates>>,
    #[serde(default)]
    digits: BTreeMap<char, String>,
    #[serde(default)]
    eras: Vec<(String, String, i64, String, String, String)>,
}

#[derive(Debug, Deserialize)]
struct Names {
    plain: Vec<String>,
    #[serde(default)]
    forms: Vec<(String, Vec<String>)>,
}

/// A text with `{}` for the number, or one of several chosen by the number.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Templates {
    One(String),
    Many(Vec<String>, String),
}

/// Patterns over the whole format that decide which form of a name stands in it.
#[derive(Debug, Default)]
struct Forms(Vec<Regex>);

impl Forms {
    fn of(names: &Names) -> Self {
        Self(names.forms.iter().filter_map(|(pattern, _)| Regex::new(pattern).ok()).collect())
    }

    fn pick<'a>(&self, names: &'a Names, index: usize, format: &str) -> &'a str {
        let form = self.0.iter().position(|pattern| pattern.is_match(format));
        let list = match form.and_then(|form| names.forms.get(form)) {
            Some((_, list)) => list,
            None => &names.plain,
        };
        list.get(index).map_or("", String::as_str)
    }
}

impl Templates {
    fn write(&self, number: i64, out: &mut String) {
        let template = match self {
            Self::One(template) => template.as_str(),
            Self::Many(templates, map) => {
                let n = usize::try_from(number.unsigned_abs()).unwrap_or(0);
                // above the table as within its last hundred
                let chosen = map.chars().nth(n).or_else(|| map.chars().nth(n % 100 + 200));
                let chosen = chosen.map_or(0, |char| u32::from(char).saturating_sub(u32::from('0')));
                templates.get(chosen as usize).map_or("", String::as_str)
            }
        };
        match template.split_once("{}") {
            None => out.push_str(template),
            Some((before, after)) => {
                out.push_str(before);
                out.push_str(&number.to_string());
                out.push_str(after);
            }
        }
    }
}

/// An era of the calendar.
pub(super) struct Era<'a> {
    pub since: &'a str,
    pub until: &'a str,
    pub offset: i64,
    pub name: &'a str,
    pub narrow: &'a str,
    pub abbr: &'a str,
}

const ERAS: [Era<'static>; 2] = [
    Era { since: "0001-01-01", until: "Infinity", offset: 1, name: "Anno Domini", narrow: "AD", abbr: "AD" },
    Era {
        since: "0000-12-31",
        until: "-Infinity",
        offset: 1,
        name: "Before Christ",
        narrow: "BC",
        abbr: "BC",
    },
];

impl Language {
    /// The language for a tag such as `de`, `pt-BR` or `zh-Hant`, found as moment finds it; English when there is none.
    pub fn of(tag: &str) -> &'static Language {
        static CACHE: OnceLock<std::sync::RwLock<BTreeMap<String, &'static Language>>> = OnceLock::new();
        let cache = CACHE.get_or_init(Default::default);
        if let Ok(known) = cache.read()
            && let Some(language) = known.get(tag)
        {
            return language;
        }
        let language = Self::named(resolve(tag).unwrap_or("en"));
        // Tags come from settings and themes; a theme that computes them must not fill the memory.
        if let Ok(mut known) = cache.write()
            && known.len() < 1000
        {
            known.insert(tag.to_owned(), language);
        }
        language
    }

    fn named(name: &str) -> &'static Language {
        static LANGUAGES: OnceLock<Vec<(&'static str, &'static str, OnceLock<Language>)>> = OnceLock::new();
        let languages = LANGUAGES.get_or_init(|| {
            DATA.lines()
                .filter_map(|line| line.split_once('\t'))
                .map(|(tag, json)| (tag, json, OnceLock::new()))
                .collect()
        });
        let found = languages
            .iter()
            .find(|(tag, ..)| *tag == name)
            .or_else(|| languages.iter().find(|(tag, ..)| *tag == "en"))
            .expect("the data has English");
        found.2.get_or_init(|| {
            let facts: Facts = serde_json::from_str(found.1).expect("the data is ours and well formed");
            Language {
                months: Forms::of(&facts.months),
                months_short: Forms::of(&facts.months_short),
                weekdays: Forms::of(&facts.weekdays),
                facts,
            }
        })
    }

    /// Name of the month (0 to 11) as it stands in `format`.
    pub(super) fn month(&self, index: usize, format: &str) -> &str {
        self.months.pick(&self.facts.months, index, format)
    }

    pub(super) fn month_short(&self, index: usize, format: &str) -> &str {
        self.months_short.pick(&self.facts.months_short, index, format)
    }

    /// Name of the day (0 is Sunday) as it stands in `format`.
    pub(super) fn weekday(&self, index: usize, format: &str) -> &str {
        self.weekdays.pick(&self.facts.weekdays, index, format)
    }

    pub(super) fn weekday_short(&self, index: usize) -> &str {
        self.facts.weekdays_short.get(index).map_or("", String::as_str)
    }

    pub(super) fn weekday_min(&self, index: usize) -> &str {
        self.facts.weekdays_min.get(index).map_or("", String::as_str)
    }

    /// What `LT`, `L`, `ll` and so on stand for.
    pub(super) fn long_format(&self, token: &str) -> Option<&str> {
        self.facts.long.get(token).map(String::as_str)
    }

    pub(super) fn week(&self) -> (i64, i64) {
        self.facts.week
    }

    pub(super) fn meridiem(&self, minute_of_day: u32, small: bool) -> &str {
        let at = self.facts.meridiem.partition_point(|(from, ..)| *from <= minute_of_day);
        let found = at.checked_sub(1).and_then(|at| self.facts.meridiem.get(at));
        found.map_or("", |(_, large, little)| if small { little } else { large })
    }

    /// "3rd": `token` is the token before the `o`.
    pub(super) fn ordinal(&self, number: i64, token: &str, out: &mut String) {
        match self.facts.ordinal.get(token) {
            Some(templates) => templates.write(number, out),
            None => out.push_str(&number.to_string()),
        }
    }

    /// "in 3 days", "3 days ago": `unit` is moment's key (`s m mm h hh d dd M MM y yy`).
    pub(super) fn relative(&self, future: bool, unit: &str, number: i64, out: &mut String) {
        let side = if future { "future" } else { "past" };
        if let Some(templates) = self.facts.relative.get(side).and_then(|units| units.get(unit)) {
            templates.write(number, out);
        }
    }

    pub(super) fn eras(&self) -> Vec<Era<'_>> {
        if self.facts.eras.is_empty() {
            return Vec::from(ERAS);
        }
        self.facts
            .eras
            .iter()
            .map(|(since, until, offset, name, narrow, abbr)| Era {
                since,
                until,
                offset: *offset,
                name,
                narrow,
                abbr,
            })
            .collect()
    }

    /// Digits and commas as the language writes them.
    pub(super) fn own_digits(&self, text: String) -> String {
        if self.facts.digits.is_empty() {
            return text;
        }
        let mut out = String::with_capacity(text.len() * 2);
        for char in text.chars() {
            match self.facts.digits.get(&char) {
                Some(own) => out.push_str(own),
                None => out.push(char),
            }
        }
        out
    }
}

fn known(name: &str) -> Option<&'static str> {
    DATA.lines().filter_map(|line| line.split_once('\t')).map(|(tag, _)| tag).find(|tag| *tag == name)
}

/// Tries the tag, then its most likely language and region, then the language, each with ever fewer parts.
fn resolve(tag: &str) -> Option<&'static str> {
    if tag.is_empty() || tag.len() > 100 || tag.contains(['/', '\\']) {
        return None;
    }
    let mut candidates = vec![tag.to_lowercase().replacen('_', "-", 1)];
    if !tag.contains('_')
        && let Some(likely) = likely(&tag.to_lowercase())
    {
        let language = likely.split('-').next().unwrap_or("").to_owned();
        candidates.push(likely);
        candidates.push(language);
    }
    let split: Vec<Vec<&str>> = candidates.iter().map(|name| name.split('-').collect()).collect();
    for (index, parts) in split.iter().enumerate() {
        for n in (1..=parts.len()).rev() {
            if let Some(found) = known(&parts[..n].join("-")) {
                return Some(found);
            }
            // the next candidate is better than less of this one
            if let Some(next) = split.get(index + 1) {
                let shared = parts.iter().zip(next).take_while(|(one, other)| one == other).count();
                if next.len() >= n && shared + 1 >= n {
                    break;
                }
            }
        }
    }
    None
}

/// Language and region of a tag, where both are known or can be told.
fn likely(tag: &str) -> Option<String> {
    let mut parts = tag.split('-');
    let language = parts.next()?;
    let mut part = parts.next();
    let script = part.filter(|part| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_alphabetic()));
    if script.is_some() {
        part = parts.next();
    }
    let is_region = |part: &&str| {
        part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_alphabetic())
            || part.len() == 3 && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let with_script = script.map(|script| format!("{language}-{script}"));
    let find = |wanted: &str| LIKELY.iter().find(|(from, _)| *from == wanted).map(|(_, to)| *to);
    let table = with_script.as_deref().and_then(find).or_else(|| find(language));
    let language = table.and_then(|to| to.split('-').next()).unwrap_or(language);
    match part.filter(is_region) {
        Some(region) => Some(format!("{language}-{region}")),
        None => table.map(str::to_owned),
    }
}
