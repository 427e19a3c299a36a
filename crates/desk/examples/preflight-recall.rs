//! One fault put into clean copy, and whether preflight finds it: `preflight-recall FOLDER`, with `related/reuters21578.jsonl.gz` inside.
//!
//! A story is made of a wire article: paragraphs, a teaser as readers would see it, a lead picture with description, caption and
//! credit, two links. Each fault is put in at a place taken by chance; it is found when preflight says its code more often than it
//! did before; `preflight-recall FOLDER FAULT` prints the stories of that fault in which it did not. Faults whose form alone decides (an empty link, a script in a link) are left to the tests.

use std::collections::BTreeMap;
use std::io::Read;

use desk::preflight::{Addresses, Finding, Manuscript, Severity, preflight};
use desk::teaser::teaser;

const SITE: &str = "https://news.example";

struct Shelf;

impl Addresses for Shelf {
    fn exists(&self, path: &str) -> bool {
        path == "/there/"
    }
}

#[derive(Clone)]
struct Story {
    title: String,
    teaser: String,
    paragraphs: Vec<String>,
    alt: String,
    caption: String,
}

/// Numbers by chance, the same in every run.
struct Chance(u64);

impl Chance {
    /// Below `n`, which is not 0 (SplitMix64).
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % n as u64) as usize
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        (!of.is_empty()).then(|| &of[self.below(of.len())])
    }
}

/// Puts a fault into a story; None where the story has no place for it.
type Fault = fn(&mut Story, &mut Chance) -> Option<()>;

const FAULTS: &[(&str, &str, Fault)] = &[
    ("missing-space", "the space after a comma gone", |story, chance| in_text(story, chance, ", ", ",")),
    ("missing-space", "the space between two sentences gone", |story, chance| {
        let at = chance.below(story.paragraphs.len());
        let paragraph = &mut story.paragraphs[at];
        let starts: Vec<usize> =
            text::sentences(paragraph).iter().skip(1).map(|sentence| sentence.start).collect();
        let start = *chance.one(&starts).filter(|start| paragraph[..**start].ends_with(' '))?;
        paragraph.remove(start - 1);
        Some(())
    }),
    ("space-before-punctuation", "a space before a comma", |story, chance| {
        in_text(story, chance, ", ", " , ")
    }),
    ("double-space", "a space twice", |story, chance| in_text(story, chance, " ", "  ")),
    ("doubled-word", "a word twice", |story, chance| {
        in_word(story, chance, 1, |word, _| format!("{word} {word}"))
    }),
    ("unbalanced-quotes", "one quotation mark gone", |story, chance| in_text(story, chance, "\"", "")),
    ("invisible-character", "a zero-width space in a word", |story, chance| {
        in_word(story, chance, 4, |word, _| format!("{}\u{200b}{}", &word[..2], &word[2..]))
    }),
    ("mixed-scripts", "a Cyrillic letter in a word", |story, chance| {
        in_word(story, chance, 4, |word, _| word.replacen('e', "е", 1).replacen('a', "а", 1))
    }),
    ("broken-encoding", "an apostrophe read wrongly", |story, chance| in_text(story, chance, "'s ", "â€™s ")),
    ("placeholder", "\"TK\" for a number", |story, chance| {
        in_word(story, chance, 2, |word, _| {
            if word.bytes().all(|b| b.is_ascii_digit()) { "TK".into() } else { word.into() }
        })
    }),
    ("name-two-ways", "two letters of a name exchanged, once", misspell),
    ("number-differs", "another number in the teaser", |story, chance| {
        let numbers: Vec<&str> =
            story.teaser.split(' ').filter(|word| word.parse::<u32>().is_ok_and(|n| n > 2)).collect();
        let number = (*chance.one(&numbers)?).to_owned();
        let other = number.parse::<u32>().ok()? * 3 + 1;
        story.teaser = story.teaser.replacen(&format!("{number} "), &format!("{other} "), 1);
        Some(())
    }),
    ("headline-repeated", "the headline as first paragraph", |story, _| {
        story.paragraphs.insert(0, story.title.clone());
        Some(())
    }),
    ("teaser-repeats-headline", "the headline before the teaser", |story, _| {
        story.teaser = format!("{} {}", story.title, story.teaser);
        Some(())
    }),
    ("teaser-breaks-off", "the teaser cut at a word", |story, chance| cut(&mut story.teaser, chance, "")),
    ("teaser-breaks-off", "the teaser cut at a word, with dots", |story, chance| {
        cut(&mut story.teaser, chance, "...")
    }),
    ("caption-breaks-off", "the caption cut at a word", |story, chance| cut(&mut story.caption, chance, "")),
    ("caption-breaks-off", "the caption cut at a word, with dots", |story, chance| {
        cut(&mut story.caption, chance, "...")
    }),
    ("caption-twice", "the caption twice", |story, _| {
        story.caption = format!("{0} {0}", story.caption);
        Some(())
    }),
    ("missing-alt", "no description of the picture", |story, _| {
        story.alt.clear();
        Some(())
    }),
    ("missing-credit", "no credit of the picture", |story, _| {
        story.caption = story.caption.replace(" Photo: Ada Lund", "");
        Some(())
    }),
    ("dead-link", "a link to where nothing is", |story, chance| {
        in_word(story, chance, 4, |word, _| format!("<a href=\"{SITE}/gone/\">{word}</a>"))
    }),
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("usage: preflight-recall FOLDER")?;
    let mut lines = String::new();
    flate2::read::GzDecoder::new(std::fs::File::open(format!("{folder}/related/reuters21578.jsonl.gz"))?)
        .read_to_string(&mut lines)?;
    let mut chance = Chance(1987);
    let mut tally: BTreeMap<(&str, &str), [usize; 3]> = BTreeMap::new();
    for line in lines.lines() {
        let document: serde_json::Value = serde_json::from_str(line)?;
        let text = document["text"].as_str().unwrap_or_default();
        let Some(clean) = made(document["title"].as_str().unwrap_or_default(), text) else { continue };
        let before = found(&clean);
        for (code, what, fault) in FAULTS {
            let mut faulty = clean.clone();
            if fault(&mut faulty, &mut chance).is_none() {
                continue;
            }
            let after = found(&faulty);
            let n = |all: &[Finding], severity: Option<Severity>| {
                all.iter()
                    .filter(|one| one.code == *code && severity.is_none_or(|wanted| one.severity == wanted))
                    .count()
            };
            let counts = tally.entry((code, what)).or_default();
            counts[0] += 1;
            if std::env::args().nth(2).as_deref() == Some(what) && n(&after, None) <= n(&before, None) {
                let changed = faulty.paragraphs.iter().zip(&clean.paragraphs).find(|pair| pair.0 != pair.1);
                println!("{} | {} | {}", changed.map_or("", |pair| pair.0), faulty.teaser, faulty.caption);
            }
            counts[1] += usize::from(n(&after, None) > n(&before, None));
            counts[2] += usize::from(n(&after, Some(Severity::Wrong)) > n(&before, Some(Severity::Wrong)));
        }
    }
    println!("| code | fault | n | found | of these as wrong |\n| --- | --- | --- | --- | --- |");
    for ((code, what), [n, found, wrong]) in tally {
        let share = |part: usize, of: usize| 100.0 * part as f64 / of.max(1) as f64;
        println!("| {code} | {what} | {n} | {:.1} % | {:.0} % |", share(found, n), share(wrong, found));
    }
    Ok(())
}

/// A story of an article of 80 words and more that a teaser can be made of.
fn made(title: &str, text: &str) -> Option<Story> {
    if text.split_whitespace().count() < 80 || title.is_empty() {
        return None;
    }
    let words: Vec<String> = title.split_whitespace().map(|word| word.to_lowercase()).collect();
    let title = words.join(" ").replace('<', "(").replace('>', ")");
    let paragraphs: Vec<String> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| line.replace(['<', '>', '&'], ""))
        .collect();
    let teaser = teaser(&paragraphs.join("\n"), &title, 300)?;
    let caption = teaser.split_inclusive(". ").next()?.trim().to_owned();
    Some(Story {
        title,
        teaser,
        paragraphs,
        alt: "People in front of a building".into(),
        caption: format!("{caption} Photo: Ada Lund"),
    })
}

fn found(story: &Story) -> Vec<Finding> {
    let body: String = story.paragraphs.iter().map(|paragraph| format!("<p>{paragraph}</p>")).collect();
    let html = format!("{body}<p>More <a href=\"{SITE}/there/\">about the company</a>.</p>");
    let manuscript = Manuscript {
        title: &story.title,
        teaser: Some(&story.teaser),
        html: &html,
        feature_image: Some("https://news.example/content/images/a.jpg"),
        feature_image_alt: Some(&story.alt),
        feature_image_caption: Some(&story.caption),
        published: Some((1987, 3, 2)),
        language: Some(text::Language::English),
        publication_language: Some(text::Language::English),
        site: SITE,
        ..Manuscript::default()
    };
    preflight(&manuscript, &Shelf)
}

/// Replaces one `old` of one paragraph.
fn in_text(story: &mut Story, chance: &mut Chance, old: &str, new: &str) -> Option<()> {
    let places: Vec<(usize, usize)> = story
        .paragraphs
        .iter()
        .enumerate()
        .flat_map(|(at, paragraph)| paragraph.match_indices(old).map(move |(byte, _)| (at, byte)))
        .collect();
    let (at, byte) = *chance.one(&places)?;
    story.paragraphs[at].replace_range(byte..byte + old.len(), new);
    Some(())
}

/// Replaces one word of ASCII letters and digits with at least so many; None where the word stays as it was.
fn in_word(
    story: &mut Story,
    chance: &mut Chance,
    shortest: usize,
    change: fn(&str, &mut Chance) -> String,
) -> Option<()> {
    let at = chance.below(story.paragraphs.len());
    let mut words: Vec<String> = story.paragraphs[at].split(' ').map(str::to_owned).collect();
    let places: Vec<usize> = words
        .iter()
        .enumerate()
        .filter(|(_, word)| {
            word.len() >= shortest
                && word.bytes().all(|byte| byte.is_ascii_alphanumeric())
                && change(word, &mut Chance(0)) != **word
        })
        .map(|(place, _)| place)
        .collect();
    let place = *chance.one(&places)?;
    words[place] = change(&words[place], chance);
    story.paragraphs[at] = words.join(" ");
    Some(())
}

/// Exchanges two letters in the middle of a name that stands three times or more, inside sentences.
fn misspell(story: &mut Story, chance: &mut Chance) -> Option<()> {
    let text = story.paragraphs.join("\n");
    let copy = text::read(&text, Some(text::Language::English));
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for name in copy.names.iter().filter(|name| !name.doubtful && name.words.len() == 1) {
        *counts.entry(&text[name.range.clone()]).or_default() += 1;
    }
    let names: Vec<&str> = counts
        .into_iter()
        .filter(|(name, n)| *n >= 3 && name.len() >= 6 && name.bytes().all(|byte| byte.is_ascii_alphabetic()))
        .map(|(name, _)| name)
        .collect();
    let name = *chance.one(&names)?;
    let at = 2 + chance.below(name.len() - 4);
    let letters = name.as_bytes();
    if letters[at] == letters[at + 1] {
        return None;
    }
    let wrong =
        format!("{}{}{}{}", &name[..at], letters[at + 1] as char, letters[at] as char, &name[at + 2..]);
    in_text(story, chance, &format!(" {name} "), &format!(" {wrong} "))
}

/// Cuts a text behind a word in its second half, its marks of punctuation with it.
fn cut(text: &mut String, chance: &mut Chance, dots: &str) -> Option<()> {
    let credit = text.find(" Photo:").map(|at| text.split_off(at)).unwrap_or_default();
    let words: Vec<&str> = text.split(' ').collect();
    if words.len() < 8 {
        return None;
    }
    let half = words.len() / 2;
    let kept = words[..half + chance.below(words.len() - half - 1)].join(" ");
    let kept = kept.trim_end_matches(|c: char| !c.is_alphanumeric());
    *text = format!("{kept}{dots}{credit}");
    Some(())
}
