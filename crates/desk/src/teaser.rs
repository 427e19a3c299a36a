//! Teasers that end: whole sentences from the beginning of a text, within a length, without the headline over again.

use std::collections::HashSet;

use text::Copy;

/// Where one long sentence may be cut: what follows adds to a clause that is whole without it.
const BORDERS: &[&str] = &[
    ", which ",
    ", who ",
    ", but ",
    ", while ",
    ", although ",
    ", because ",
    "; ",
    " – ",
    " — ",
    ", der ",
    ", die ",
    ", aber ",
    ", während ",
    ", obwohl ",
    ", weil ",
];

/// A cut clause shorter than this says too little.
const SHORTEST: usize = 40;

/// A teaser of at most `max_chars` characters for a story with this headline.
///
/// Sentences that repeat the headline, or begin with its first three words, are passed over; so are lines without a full stop
/// (kickers, bylines). One long sentence is cut before a clause that adds to it, and ended with a full stop; never with an ellipsis.
/// `None` when nothing fits.
///
/// Cannot: know that a sentence further down needs one that was passed over.
pub fn teaser(text: &str, headline: &str, max_chars: usize) -> Option<String> {
    let copy = text::read(text, None);
    let title = text::read(headline, Some(copy.language));
    let mut out = String::new();
    for sentence in 0..copy.sentences.len() {
        let line = copy.sentence(sentence).split_whitespace().collect::<Vec<_>>().join(" ");
        if !is_whole(&line) || repeats(&copy, sentence, &title) {
            if out.is_empty() {
                continue;
            }
            break;
        }
        let room = max_chars.saturating_sub(out.chars().count() + usize::from(!out.is_empty()));
        if line.chars().count() <= room {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(&line);
            continue;
        }
        if out.is_empty() {
            return clause(&line, max_chars);
        }
        break;
    }
    (!out.is_empty()).then_some(out)
}

/// Ends like a sentence, and its quotation marks are closed.
fn is_whole(line: &str) -> bool {
    let end = line.trim_end_matches(['"', '”', '“', '\'', '’', '»', '«', ')']);
    end.ends_with(['.', '!', '?']) && !end.ends_with("..") && balanced(line)
}

fn balanced(line: &str) -> bool {
    let count = |marks: &[char]| line.chars().filter(|c| marks.contains(c)).count();
    count(&['"']) % 2 == 0
        && count(&['“', '„', '”']) % 2 == 0
        && count(&['«', '»']) % 2 == 0
        && count(&['(']) == count(&[')'])
}

fn repeats(copy: &Copy, sentence: usize, title: &Copy) -> bool {
    let span = copy.words_of(sentence);
    let same_start = title.words.len() >= 3
        && copy.words[span.clone()].iter().take(3).map(|word| word.key).eq(title
            .words
            .iter()
            .take(3)
            .map(|word| word.key));
    let content = |words: &[text::Word]| {
        words.iter().filter(|word| !word.stop).map(|word| word.key).collect::<HashSet<u64>>()
    };
    let (ours, theirs) = (content(&copy.words[span]), content(&title.words));
    let shared = ours.intersection(&theirs).count();
    let least = ours.len().min(theirs.len());
    same_start || (least >= 3 && shared as f64 >= 0.8 * least as f64)
}

fn clause(line: &str, max_chars: usize) -> Option<String> {
    let cuts = BORDERS.iter().flat_map(|border| line.match_indices(border).map(|(at, _)| at));
    let fits = |at: &usize| {
        let n = line[..*at].chars().count() + 1;
        (SHORTEST..=max_chars).contains(&n) && balanced(&line[..*at])
    };
    let cut = cuts.filter(fits).max()?;
    Some(format!("{}.", line[..cut].trim_end_matches(['.', ',', ' '])))
}
