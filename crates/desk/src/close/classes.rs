//! Small words of one kind, of which another says another thing: "before" for "after", "all" for "some", "may" for "will", "he" for
//! "she". They weigh nothing as words, and decide what a sentence says.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::{Loss, Pair};

/// A kind: groups of words that say the same.
struct Class {
    groups: &'static [&'static [&'static str]],
    /// Whether a statement that has such a word where the text has none says more than the text.
    adds: bool,
}

/// Verbs of what is to come. The present may say the same ("the teams meet on Saturday"), the past does not.
const WILL: &[&str] = &["will", "shall", "wird", "werden"];

const CLASSES: &[Class] = &[
    // Times and places in time.
    Class {
        groups: &[
            &["before", "vor", "bevor", "ehe"],
            &["after", "following", "nachdem"],
            &["since", "seit"],
            &["until", "till", "bis"],
            &["by"],
            &["in", "on", "at", "during", "within", "am", "im", "um", "während"],
            &["between", "zwischen"],
            &["ab"],
        ],
        adds: false,
    },
    // How many.
    Class {
        groups: &[
            &[
                "all",
                "every",
                "each",
                "whole",
                "entire",
                "everyone",
                "alle",
                "allen",
                "aller",
                "jeder",
                "jede",
                "jedes",
                "sämtliche",
            ],
            &["most", "majority", "meisten", "mehrheit"],
            &["some", "several", "certain", "einige", "einigen", "manche", "mehrere"],
            &["many", "numerous", "viele", "vielen"],
            &["few", "wenige", "wenigen"],
            &["no", "none", "kein", "keine", "keinen"],
            &["half", "hälfte"],
            &["both", "beide", "beiden"],
            &["only", "just", "solely", "nur", "lediglich"],
            &["any"],
        ],
        adds: true,
    },
    // How likely, how free.
    Class {
        groups: &[
            &["may", "might", "could", "can", "könnte", "könnten", "kann", "können", "dürfte", "dürften"],
            WILL,
            &["must", "should", "muss", "müssen", "soll", "sollen", "sollte", "sollten"],
            &["would", "würde", "würden"],
        ],
        adds: true,
    },
    // How it stands in time.
    Class {
        groups: &[
            &["already", "schon", "bereits"],
            &["erst"],
            &["still", "noch"],
            &["again", "wieder", "erneut"],
            &["never", "nie", "niemals"],
            &["always", "immer", "stets"],
            &["frühestens"],
            &["spätestens"],
        ],
        adds: true,
    },
    // What joins two clauses.
    Class {
        groups: &[
            &["because", "weil", "da"],
            &["although", "though", "despite", "obwohl", "trotz"],
            &["after", "nachdem"],
            &["before", "bevor"],
            &["while", "während"],
            &["when", "als"],
            &["if", "wenn", "falls", "sofern"],
            &["unless"],
            &["so", "damit"],
        ],
        adds: false,
    },
    // For whom or what one is.
    Class {
        groups: &[&["for", "für"], &["against", "gegen"], &["with", "mit"], &["without", "ohne"]],
        adds: false,
    },
    Class {
        groups: &[
            &["last", "previous", "vorigen", "vergangenen", "letzten"],
            &["this", "current", "diesem", "diesen", "dieses"],
            &["next", "coming", "nächsten", "kommenden"],
        ],
        adds: false,
    },
    // In what office.
    Class {
        groups: &[
            &[
                "former",
                "ex",
                "formerly",
                "once",
                "ehemalige",
                "ehemaliger",
                "ehemaligen",
                "frühere",
                "früherer",
                "früheren",
            ],
            &["deputy", "vice", "stellvertretende", "stellvertretender", "stellvertretenden"],
            &["acting", "interim", "kommissarische", "kommissarischer"],
        ],
        adds: true,
    },
    // What one means to do, before the verb of what one does.
    Class {
        groups: &[
            &["refused", "refuses", "declined", "declines", "weigerte"],
            &["failed", "fails"],
            &["threatened", "threatens", "drohte"],
            &["promised", "promises", "versprach"],
            &["tried", "tries", "versuchte"],
            &["want", "wants", "wanted", "wollte", "wollten"],
            &["stopped", "stops"],
        ],
        adds: true,
    },
    // Of what size.
    Class {
        groups: &[
            &["thousand", "tausend"],
            &["million", "millions", "millionen"],
            &["billion", "billions", "milliarde", "milliarden"],
            &["percent", "prozent"],
            &["percentage", "prozentpunkte", "prozentpunkten"],
        ],
        adds: false,
    },
    // Now or then.
    Class {
        groups: &[
            &["is", "are", "ist", "sind"],
            &["was", "were", "war", "waren"],
            &["hat", "haben"],
            &["hatte", "hatten"],
            &["wird", "werden"],
            &["wurde", "wurden"],
        ],
        adds: false,
    },
    // Who.
    Class {
        groups: &[
            &[
                "he", "him", "his", "himself", "er", "ihm", "ihn", "sein", "seine", "seinen", "seinem",
                "seiner", "seines",
            ],
            &["she", "her", "hers", "herself", "sie", "ihr", "ihre", "ihren", "ihrem", "ihrer", "ihres"],
            &["it", "its", "itself"],
            &["they", "them", "their", "theirs"],
        ],
        adds: false,
    },
];

/// Kinds and groups of each word.
static GROUPS: LazyLock<HashMap<&str, Vec<(usize, usize)>>> = LazyLock::new(|| {
    let mut out: HashMap<&str, Vec<(usize, usize)>> = HashMap::new();
    for (class, one) in CLASSES.iter().enumerate() {
        for (group, words) in one.groups.iter().enumerate() {
            for word in *words {
                out.entry(word).or_default().push((class, group));
            }
        }
    }
    out
});

/// Words between two kept ones that are looked at.
const NEAR: usize = 9;

impl Pair<'_> {
    /// Small words of the statement that stand where the text has another of their kind, or none.
    pub(super) fn other_kinds(&self) -> Vec<(Loss, Range<usize>)> {
        let mut out = Vec::new();
        let kept: Vec<(usize, usize)> = (0..self.theirs.len())
            .filter(|b| !self.other(*b).stop)
            .filter_map(|b| self.theirs_to[b].map(|a| (a, b)))
            .collect();
        let mut before: Option<(usize, usize)> = None;
        for &(a, b) in &kept {
            let sentence_start = (0..=b).rev().find(|b| self.starts_sentence(*b)).unwrap_or(0);
            let from = match before {
                Some((a0, b0)) if b0 >= sentence_start => (a0 + 1, b0 + 1),
                Some((a0, _)) => (a0 + 1, sentence_start),
                None => (0, sentence_start),
            };
            out.extend(self.other_kind(from.0..a, from.1..b, b..b + 1));
            before = Some((a, b));
        }
        if let Some((a, b)) = before {
            let n = self.found.span.len().min(self.ours_to.len());
            let end =
                (b + 1..self.theirs.len()).find(|b| self.starts_sentence(*b)).unwrap_or(self.theirs.len());
            out.extend(self.other_kind(a + 1..n, b + 1..end, b..b + 1));
        }
        out
    }

    /// The first kind of which both have words and none in common; or of which the statement alone has one, where that says more.
    fn other_kind(
        &self,
        ours: Range<usize>,
        theirs: Range<usize>,
        near: Range<usize>,
    ) -> Option<(Loss, Range<usize>)> {
        if ours.is_empty() || ours.len() > NEAR || theirs.len() > 2 * NEAR {
            return None;
        }
        let of = |lower: &str| GROUPS.get(lower).map_or(&[][..], Vec::as_slice).to_vec();
        let mine: Vec<(usize, (usize, usize))> =
            ours.clone().flat_map(|a| of(&self.ours(a).lower).into_iter().map(move |it| (a, it))).collect();
        if mine.is_empty() {
            return None;
        }
        let other: Vec<(usize, (usize, usize))> = theirs
            .clone()
            .flat_map(|b| of(&self.other(b).lower).into_iter().map(move |it| (b, it)))
            .collect();
        for &(a, (class, group)) in &mine {
            let same_class = || other.iter().filter(|it| it.1.0 == class);
            if same_class().any(|it| it.1.1 == group) {
                continue;
            }
            // Another word of the statement is of the group that the text has: "before and after".
            if mine.iter().any(|it| it.1.0 == class && same_class().any(|other| other.1 == it.1)) {
                continue;
            }
            // The word is of another kind too, of which the text has it: "after" of time and of cause.
            let fits = |it: &(usize, (usize, usize))| it.0 == a && other.iter().any(|other| other.1 == it.1);
            if mine.iter().any(fits) {
                continue;
            }
            if let Some(it) = same_class().next() {
                return Some((Loss::Exchanged, it.0..it.0 + 1));
            }
            let will = CLASSES[class].groups[group] == WILL;
            let same_form = self.theirs_to[near.start]
                .is_some_and(|a| self.ours(a).lower == self.other(near.start).lower);
            if CLASSES[class].adds && !(will && same_form) && !self.has_group(near.start, (class, group)) {
                return Some((Loss::Added(self.member(a)?), near));
            }
        }
        None
    }

    /// Whether the sentence of the word at `b` has a word of the group anywhere.
    fn has_group(&self, b: usize, it: (usize, usize)) -> bool {
        let sentence = |b: usize| self.article.copy.sentence_of[self.theirs.start + b];
        (0..self.theirs.len())
            .filter(|at| sentence(*at) == sentence(b))
            .any(|at| GROUPS.get(self.other(at).lower.as_str()).is_some_and(|all| all.contains(&it)))
    }

    fn member(&self, a: usize) -> Option<&'static str> {
        GROUPS.get_key_value(self.ours(a).lower.as_str()).map(|(word, _)| *word)
    }

    fn starts_sentence(&self, b: usize) -> bool {
        let at = self.theirs.start + b;
        b == 0 || self.article.copy.sentence_of.get(at) != self.article.copy.sentence_of.get(at - 1)
    }
}
