//! Wrong versions of true statements, one kind of error each, and how many of them the gate catches: `mutations FOLDER` with
//! `documents.jsonl.gz` inside. A true statement is a whole sentence of an article; its wrong version differs in one place.
//! With `--show KIND` the wrong ones of one kind that are not caught are printed.
//! The sentence before is the context of both.
//! Caught: not `likely`, or with a reason that names a fault; refused: not to be published. False alarms: the same for the true ones.

use std::collections::BTreeMap;
use std::io::Read;

use desk::{Article, Verdict};
use text::{Copy, is_negation};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("the folder of the articles is missing")?;
    let mut lines = String::new();
    flate2::read::GzDecoder::new(std::fs::File::open(format!("{folder}/documents.jsonl.gz"))?)
        .read_to_string(&mut lines)?;
    let shown = std::env::args().skip_while(|arg| arg != "--show").nth(1);
    let mut tally: BTreeMap<&str, [usize; 5]> = BTreeMap::new();
    for line in lines.lines() {
        let document: serde_json::Value = serde_json::from_str(line)?;
        let article = Article::new(document["text"].as_str().unwrap_or_default());
        let mut per_kind: BTreeMap<&str, usize> = BTreeMap::new();
        for sentence in 0..article.copy.sentences.len() {
            let whole = article.copy.sentence(sentence).replace('\n', " ");
            let copy = text::read(&whole, Some(article.copy.language));
            if !(6..=45).contains(&copy.words.len()) {
                continue;
            }
            for (kind, wrong) in wrongs(&article, &copy) {
                let n = per_kind.entry(kind).or_default();
                *n += 1;
                if *n > 2 {
                    continue;
                }
                let counts = tally.entry(kind).or_default();
                let before = sentence.checked_sub(1).map(|before| article.copy.sentence(before));
                let judged = |line: &str| desk::check_in_context(&article, line, before);
                let (bad, good) = (judged(&wrong), judged(&whole));
                if shown.as_deref() == Some(kind) && !caught(&bad) {
                    let codes: Vec<&str> = bad.reasons.iter().map(|reason| reason.code.as_str()).collect();
                    println!("{:.2} {codes:?}\n  {wrong}\n  {whole}", bad.score);
                }
                counts[0] += 1;
                counts[1] += usize::from(caught(&bad));
                counts[2] += usize::from(!bad.publish);
                counts[3] += usize::from(caught(&good));
                counts[4] += usize::from(!good.publish);
            }
        }
    }
    println!(
        "| error | n | caught | refused | true ones: false alarm | true ones: refused |\n| --- | --- | --- | --- | --- | --- |"
    );
    for (kind, [n, caught, refused, alarm, kept]) in tally {
        let share = |part: usize| 100.0 * part as f64 / n as f64;
        println!(
            "| {kind} | {n} | {:.1} % | {:.1} % | {:.1} % | {:.1} % |",
            share(caught),
            share(refused),
            share(alarm),
            share(kept)
        );
    }
    Ok(())
}

fn caught(verdict: &Verdict) -> bool {
    !verdict.likely
        || verdict.reasons.iter().any(|reason| {
            !matches!(
                reason.code,
                desk::Code::AttributionLost | desk::Code::DanglingPronoun | desk::Code::NotInText
            )
        })
}

/// Wrong versions of one sentence.
fn wrongs(article: &Article, copy: &Copy) -> Vec<(&'static str, String)> {
    let mut out = Vec::new();
    let mut put = |kind, range: std::ops::Range<usize>, new: &str| {
        out.push((kind, format!("{}{new}{}", &copy.text[..range.start], &copy.text[range.end..])))
    };
    let named = |words: std::ops::Range<usize>| {
        copy.names
            .iter()
            .find(|name| name.words.start >= words.start && name.words.end <= words.end && !name.doubtful)
    };
    if let Some(speaker) = copy.attributions.iter().find_map(|speech| named(speech.speaker.clone()))
        && let Some(other) = another_name(article, copy, &copy.words[speaker.words.clone()])
    {
        put("wrong speaker", speaker.range.clone(), other);
    }
    if let Some(number) = copy.numbers.iter().find(|number| {
        number.digits && number.words.len() == 1 && number.unit.is_empty() && number.value > 2.0
    }) {
        let other = format!("{}", number.value * 3.0 + 1.0);
        put("changed number", number.range.clone(), &other);
    }
    if let Some(at) =
        (1..copy.words.len()).find(|at| is_negation(&copy.words[*at].lower) && copy.words[*at].lower == "not")
    {
        put("flipped negation", copy.words[at - 1].range.end..copy.words[at].range.end, "");
    } else if let Some(at) = (0..copy.words.len()).find(|at| {
        matches!(copy.words[*at].lower.as_str(), "was" | "is" | "were" | "are" | "will" | "has" | "have")
    }) {
        let end = copy.words[at].range.end;
        put("flipped negation", end..end, " not");
    }
    if let Some(at) = (1..copy.words.len()).find(|at| {
        matches!(
            copy.words[*at].lower.as_str(),
            "reportedly" | "allegedly" | "possibly" | "probably" | "apparently" | "perhaps"
        )
    }) {
        put("lost hedge", copy.words[at - 1].range.end..copy.words[at].range.end, "");
    } else if let Some(at) = (0..copy.words.len())
        .find(|at| copy.doubts(*at) && matches!(copy.words[*at].lower.as_str(), "may" | "might" | "could"))
    {
        put("lost hedge", copy.words[at].range.clone(), "will");
    }
    let names: Vec<&text::Name> =
        copy.names.iter().filter(|name| !name.doubtful || name.words.start == 0).collect();
    if let [one, other, ..] = names.as_slice() {
        let between = one.words.end..other.words.start;
        let verb = copy.words.get(between.start).filter(|word| !word.stop && word.lower.ends_with("ed"));
        if verb.is_some() && between.len() <= 3 {
            let text = &copy.text;
            let swapped = format!(
                "{}{}{}{}{}",
                &text[..one.range.start],
                &text[other.range.clone()],
                &text[one.range.end..other.range.start],
                &text[one.range.clone()],
                &text[other.range.end..]
            );
            out.push(("exchanged roles", swapped));
        }
    }
    out
}

/// Someone else who speaks in the article.
fn another_name<'a>(article: &'a Article, copy: &Copy, speaker: &[text::Word]) -> Option<&'a str> {
    let theirs = &article.copy;
    theirs
        .attributions
        .iter()
        .filter_map(|speech| {
            theirs.names.iter().find(|name| {
                name.words.start >= speech.speaker.start
                    && name.words.end <= speech.speaker.end
                    && !name.doubtful
            })
        })
        .find(|name| {
            let words = &theirs.words[name.words.clone()];
            words.iter().all(|word| !speaker.iter().any(|other| other.key == word.key))
                && !copy.text.contains(&theirs.text[name.range.clone()])
        })
        .map(|name| &theirs.text[name.range.clone()])
}
