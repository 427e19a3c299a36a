//! Two facts told as one: causes, answers and contrasts that a statement names and the text does not.

use text::Copy;

use crate::Article;
use crate::align::{Alignment, Term};

/// Phrases that join two facts as cause, answer or contrast; the text must have the first word of one of them too.
const CAUSES: &[&str] = &[
    "because",
    "due to",
    "despite",
    "in response to",
    "in the wake of",
    "as a result",
    "thanks to",
    "owing to",
    "leading to",
    "prompting",
    "causing",
    "resulting in",
    "making it",
    "therefore",
    "thus",
    "in order to",
    "in retaliation",
    "illustrating",
    "highlighting",
    "weil",
    "wegen",
    "aufgrund",
    "trotz",
    "deshalb",
    "daher",
    "infolge",
];

pub(crate) fn cause_invented(article: &Article, statement: &Copy, found: &Alignment) -> Option<String> {
    let from = statement.words[found.span.start].range.start;
    let to = statement.words[found.span.end - 1].range.end;
    let ours = statement.text[from..to].to_lowercase();
    let theirs: String = found
        .best
        .iter()
        .take(2)
        .map(|pair| pair.0)
        .chain(found.second)
        .map(|sentence| article.copy.sentence(sentence).to_lowercase())
        .collect::<Vec<_>>()
        .join(" ");
    CAUSES
        .iter()
        .find(|phrase| {
            holds(&ours, phrase)
                && !holds(&theirs, phrase.split(' ').max_by_key(|word| word.len()).unwrap_or(phrase))
                && !synonym_of_cause(&theirs, phrase)
        })
        .map(|phrase| (*phrase).to_owned())
}

/// "While …ing", "by …ing" and the like: two acts told as one, when no sentence of the text has something of both.
///
/// Cannot: see acts that are joined by a comma or an "and" alone.
pub(crate) fn joined(article: &Article, statement: &Copy, found: &Alignment) -> Option<String> {
    let at = found.span.clone().skip(1).find(|at| {
        let next = statement.words.get(at + 1).filter(|_| at + 1 < found.span.end);
        JOINTS.contains(&statement.words[*at].lower.as_str())
            && next.is_some_and(|word| !word.stop && word.lower.len() > 5 && word.lower.ends_with("ing"))
    })?;
    let sides = [
        found.terms.iter().filter(|term| term.word < at).collect::<Vec<_>>(),
        found.terms.iter().filter(|term| term.word > at).collect(),
    ];
    if sides.iter().any(|side| side.len() < 3) {
        return None;
    }
    let holds = |side: &[&Term], sentence: usize| {
        let near = |place: &u32| article.sentence_of(*place).abs_diff(sentence) == 0;
        let n = side.iter().filter(|term| term.places.iter().any(near)).count();
        n >= 2 && 3 * n >= side.len()
    };
    let mut sentences: Vec<usize> =
        found.terms.iter().flat_map(|term| &term.places).map(|place| article.sentence_of(*place)).collect();
    sentences.sort_unstable();
    sentences.dedup();
    let together = sentences.iter().take(60).any(|sentence| sides.iter().all(|side| holds(side, *sentence)));
    (!together).then(|| format!("{} {}", statement.words[at].lower, statement.words[at + 1].lower))
}

/// Words that join an act in "-ing" to the act before.
const JOINTS: &[&str] = &["while", "by", "thereby", "thus", "whilst", "without"];

/// Causes stand for one another: "because" for "due to".
fn synonym_of_cause(theirs: &str, phrase: &str) -> bool {
    const CAUSAL: &[&str] = &[
        "because",
        "due to",
        "thanks to",
        "owing to",
        "as a result",
        "caused",
        "after",
        "led to",
        "over",
        "following",
        "wegen",
        "weil",
        "so that",
        "since",
        "prompted",
        "blamed",
        "forced",
        "means",
    ];
    let causal = !matches!(
        phrase,
        "despite" | "trotz" | "illustrating" | "highlighting" | "in response to" | "making it"
    );
    causal && CAUSAL.iter().any(|word| holds(theirs, word))
        || phrase == "despite"
            && ["although", "though", "but", "however", "while", "yet"].iter().any(|word| holds(theirs, word))
}

/// Whether a phrase stands in a text in small letters, on word borders.
fn holds(text: &str, phrase: &str) -> bool {
    text.match_indices(phrase).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + phrase.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}
