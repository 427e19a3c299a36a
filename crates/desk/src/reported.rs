//! German reported speech: its verbs say that the words are somebody's ("er habe nichts gewusst"), and a statement that has such a
//! verb without a speaker says whose nowhere.

use text::{Copy, Language, WordList};

/// Verbs of reported speech that are no other form of theirs, but for "ich habe" and the like.
pub(crate) static REPORTING: WordList = WordList::new(&[
    "sei", "seien", "habe", "werde", "könne", "müsse", "solle", "wolle", "dürfe", "wisse", "gebe", "gehe",
    "komme", "bleibe", "stehe", "lasse", "mache", "brauche", "liege",
]);

/// Words beside such a verb with which it reports nothing: "ich habe", "als sei", "es sei denn", "sei es".
static OTHER_USES: WordList = WordList::new(&["ich", "als", "denn", "es"]);

/// The first verb of reported speech in a sentence of the statement that names no speaker; a word's index.
///
/// Cannot: know forms that the past or the present has too ("sie haben"), or speech reported without such a verb.
pub(crate) fn without_speaker(statement: &Copy, language: Language) -> Option<usize> {
    if language != Language::German {
        return None;
    }
    (0..statement.sentences.len()).find_map(|sentence| {
        if statement.attributions.iter().any(|speech| speech.sentence == sentence) {
            return None;
        }
        let span = statement.words_of(sentence);
        let is_other = |at: usize| {
            let near = [at.checked_sub(1), Some(at + 1)].into_iter().flatten();
            near.filter(|at| span.contains(at)).any(|at| OTHER_USES.holds(&statement.words[at].lower))
        };
        span.clone().find(|at| {
            let word = &statement.words[*at];
            REPORTING.holds(&word.lower) && !word.capital && statement.quoted[*at].is_none() && !is_other(*at)
        })
    })
}
