//! Where one long sentence may end early: behind a main clause that has its verb, before a clause or phrase that adds to it.
//!
//! Goes by small words, endings and commas, as no grammar is at hand; where these leave a doubt nothing is cut.

use std::ops::Range;

use text::{Copy, Language, Word, is_speech_verb};

use super::small_words::{
    BELOW, BRACKETS, EITHER, FINITE, GERMAN_FINITE, GERMAN_OTHERS, JOINTS, LIMITS, OPENERS, OWN_CLAUSE,
    PREFIXES,
};

/// The longest beginning of a sentence, from `least` to `most` characters with its full stop, that says something whole by itself.
///
/// Cannot: see that a verb wants an object which stands behind the cut.
pub(super) fn cut(copy: &Copy, sentence: usize, (least, most): (usize, usize)) -> Option<String> {
    let clauses = Clauses::of(copy, sentence);
    let fits = |border: &usize| {
        let end = clauses.end_of(*border);
        let line = super::one_line(&copy.text[clauses.start()..end]);
        let n = line.chars().count() + 1;
        (least..=most).contains(&n) && super::balanced(&line)
    };
    let border = (1..clauses.pieces.len())
        .rev()
        .find(|border| fits(border) && clauses.is_whole(*border) && clauses.may_lose(*border))?;
    let line = super::one_line(&copy.text[clauses.start()..clauses.end_of(border)]);
    Some(format!("{}.", line.trim_end_matches(['.', ',', ';', ' ', '–', '—'])))
}

/// A sentence in pieces, parted at commas, semicolons and dashes outside of quotations.
struct Clauses<'c> {
    copy: &'c Copy,
    /// Words of each piece.
    pieces: Vec<Range<usize>>,
    /// The sign before each piece.
    signs: Vec<char>,
}

impl<'c> Clauses<'c> {
    fn of(copy: &'c Copy, sentence: usize) -> Self {
        let span = copy.words_of(sentence);
        let (mut pieces, mut signs, mut start) = (Vec::new(), vec![' '], span.start);
        for at in span.start + 1..span.end {
            let gap = &copy.text[copy.words[at - 1].range.end..copy.words[at].range.start];
            let dash = gap == " – " || gap == " — " || gap == "—";
            let sign = gap.chars().find(|c| matches!(c, ',' | ';')).or(dash.then_some('—'));
            let quoted = copy.quoted[at].is_some() && copy.quoted[at - 1] == copy.quoted[at];
            if let Some(sign) = sign.filter(|_| !quoted) {
                pieces.push(start..at);
                signs.push(sign);
                start = at;
            }
        }
        pieces.push(start..span.end);
        Self { copy, pieces, signs }
    }

    fn is_german(&self) -> bool {
        self.copy.language == Language::German
    }

    /// Byte at which the sentence begins, with a mark before its first word.
    fn start(&self) -> usize {
        self.copy.sentences[self.copy.sentence_of[self.pieces[0].start]].start
    }

    /// Byte at which the piece before a border ends.
    fn end_of(&self, border: usize) -> usize {
        let last = self.pieces[border].start - 1;
        let end = self.copy.words[last].range.end;
        let gap = &self.copy.text[end..self.copy.words[last + 1].range.start];
        end + gap.find([',', ';', '–', '—']).map_or(0, |at| gap[..at].trim_end().len())
    }

    fn first(&self, piece: usize) -> &'c str {
        let copy = self.copy;
        copy.words.get(self.pieces[piece].start).map_or("", |word| word.lower.as_str())
    }

    fn words(&self, piece: usize) -> &'c [Word] {
        let copy = self.copy;
        &copy.words[self.pieces[piece].clone()]
    }

    /// "In which", "mit der": a preposition before the word that opens a clause.
    fn opens_below(&self, piece: usize) -> bool {
        // "Der Stadtrat", "In Lindau": at the sentence's beginning an article; a phrase without its verb is told by the lack of it.
        if piece == 0 && matches!(self.first(0), "der" | "die" | "das" | "dem" | "den" | "so") {
            return false;
        }
        BELOW.holds(self.first(piece))
            || self.words(piece).get(1).is_some_and(|word| matches!(word.lower.as_str(), "which" | "whom"))
            || self.is_german()
                && self.words(piece).len() > 2
                && self.words(piece)[0].lower.chars().count() < 6
                && matches!(self.words(piece)[1].lower.as_str(), "denen" | "dem" | "der" | "dessen" | "deren")
    }

    /// What stands before a border is a main clause with its verb, perhaps with clauses behind it that are whole, too.
    fn is_whole(&self, border: usize) -> bool {
        if !matches!(self.copy.language, Language::English | Language::German) {
            return self.signs[border] == ';';
        }
        let last = border - 1;
        // "When the bridge closed, the ferry came back, …": the main clause stands behind the comma.
        let main = usize::from(self.opens_below(0));
        if last < main || self.ends_open(last) {
            return false;
        }
        if self.opens_below(last) && last > main {
            return self.has_verb(last) && self.is_whole(last);
        }
        let pieces = (main..border).filter(|piece| *piece == main || !self.opens_below(*piece));
        let n_verbs: usize = pieces.map(|piece| self.n_verbs(piece)).sum();
        n_verbs > 0 && !self.wants_more(main, border)
    }

    /// A clause that hangs on another has its verb: in German at its end.
    fn has_verb(&self, piece: usize) -> bool {
        let words = self.words(piece);
        let from = if self.is_german() { words.len().saturating_sub(1).max(1) } else { 1 };
        (from..words.len()).any(|at| self.is_finite(words, at))
    }

    /// Finite verbs of a main clause, without those of clauses within it.
    fn n_verbs(&self, piece: usize) -> usize {
        let words = self.words(piece);
        // "The council, which met on Monday, voted …": behind a clause set in between the verb comes first.
        let from = usize::from(piece == 0 || !self.opens_below(piece - 1));
        let n_found = (from..words.len()).filter(|at| self.is_finite(words, *at)).count();
        let n_joints = words.iter().skip(1).filter(|word| JOINTS.holds(&word.lower)).count();
        if self.is_german() { n_found } else { n_found.saturating_sub(n_joints) }
    }

    fn is_finite(&self, words: &[Word], at: usize) -> bool {
        let word = &words[at];
        let lower = word.lower.as_str();
        if word.capital || word.digit || self.copy.quoted[self.index(word)].is_some() {
            return false;
        }
        if self.is_german() {
            let ending = lower.ends_with('t') || lower.ends_with("te") || lower.ends_with("ten");
            // "Der beantragte Bau": a word before its noun, behind a word of grammar.
            let before_noun = words.get(at + 1).is_some_and(|next| next.capital);
            let attribute =
                before_noun && (words[at - 1].stop || !words[at - 1].capital) && !lower.ends_with("st");
            return BRACKETS.holds(lower)
                || GERMAN_FINITE.holds(lower)
                || ending
                    && !word.stop
                    && lower.chars().count() >= 4
                    && !GERMAN_OTHERS.holds(lower)
                    && !(attribute && lower.ends_with(['e', 'n']));
        }
        if FINITE.holds(lower) {
            return true;
        }
        let past = lower.len() > 4 && lower.ends_with("ed") && !lower.ends_with("eed") || EITHER.holds(lower);
        let Some(before) = at.checked_sub(1).map(|at| &words[at]) else {
            return past && words.get(1).is_none_or(|next| next.lower != "by");
        };
        let behind = words.get(at + 1).map_or("", |next| next.lower.as_str());
        // "The injured man", "a bill passed by the council", "was closed": participles.
        past && (!before.stop
            || matches!(
                before.lower.as_str(),
                "who" | "which" | "that" | "it" | "they" | "he" | "she" | "all" | "some" | "many"
            ))
            && behind != "by"
    }

    fn index(&self, word: &Word) -> usize {
        self.copy.words.partition_point(|other| other.range.start < word.range.start)
    }

    /// The last word of a piece is one behind which something must follow.
    fn ends_open(&self, piece: usize) -> bool {
        let words = self.words(piece);
        let Some(last) = words.last() else { return true };
        let is_small = last.stop && !last.capital && !last.digit;
        let is_prefix = self.is_german() && PREFIXES.holds(&last.lower);
        let is_last_verb = words.len() > 1 && !self.is_german() && self.is_finite(words, words.len() - 1);
        is_small && !is_prefix && !is_last_verb || FINITE.holds(&last.lower)
    }

    /// A verb of the main clause lacks what the rest of the sentence has: what is said, or the German verb's second part.
    fn wants_more(&self, main: usize, border: usize) -> bool {
        let kept = self.pieces[main].start..self.pieces[border].start;
        let rest = border..self.pieces.len();
        let words = &self.copy.words[kept.clone()];
        if rest.clone().any(|piece| self.goes_on(piece)) {
            return true;
        }
        if !self.is_german() {
            let speech = words.iter().rposition(|word| is_speech_verb(&word.lower) && !word.capital);
            let said = |from: usize| (from + 1..words.len()).any(|at| self.is_finite(words, at));
            let quoted = kept.clone().any(|at| self.copy.quoted[at].is_some());
            let reports =
                rest.clone().any(|piece| matches!(self.first(piece), "that" | "whether" | "saying"));
            return reports || speech.is_some_and(|from| !said(from)) && !quoted;
        }
        if rest.clone().any(|piece| matches!(self.first(piece), "dass" | "ob" | "um")) {
            return true;
        }
        let is_second = |word: &Word| {
            !word.capital
                && !word.digit
                && !GERMAN_OTHERS.holds(&word.lower)
                && !word.stop
                && word.lower.chars().count() >= 4
                && (word.lower.ends_with('t') || word.lower.ends_with('n'))
        };
        let Some(last) = words.last() else { return true };
        let bracket = words.iter().any(|word| BRACKETS.holds(&word.lower) && !word.capital);
        let end = self.words(self.pieces.len() - 1).last().map_or("", |word| word.lower.as_str());
        // "Die Stadt nimmt an dem Wettbewerb, der … beginnt, teil": the prefix stands at the sentence's very end.
        let prefix = PREFIXES.holds(end) && !PREFIXES.holds(&last.lower);
        let speech = words.iter().any(|word| is_speech_verb(&word.lower)) && !bracket;
        bracket && !is_second(last) || prefix || speech
    }

    /// A piece takes up the main clause again: it begins with a verb, behind something that was set in between.
    fn goes_on(&self, piece: usize) -> bool {
        let words = self.words(piece);
        let Some(first) = words.first() else { return false };
        if first.capital
            || OPENERS.holds(&first.lower)
            || first.stop && !FINITE.holds(&first.lower) && !BRACKETS.holds(&first.lower)
        {
            return false;
        }
        if self.is_german() {
            let lower = first.lower.as_str();
            return BRACKETS.holds(lower)
                || GERMAN_FINITE.holds(lower)
                || lower.ends_with(['t', 'n'])
                || lower.ends_with("te");
        }
        FINITE.holds(&first.lower) || EITHER.holds(&first.lower) || first.lower.ends_with("ed")
    }

    /// What follows a border adds to what stands before, and takes nothing of it back.
    fn may_lose(&self, border: usize) -> bool {
        let sign = self.signs[border];
        let next = self.first(border);
        let opens =
            OPENERS.holds(next) || sign != ',' || self.opens_below(border) && next != "wie" && next != "so";
        // Members of a list: "apples, pears, and plums".
        let is_list = matches!(next, "and" | "und") && (1..border).any(|piece| self.signs[piece] == ',');
        let paired = sign == '—' && self.signs[border + 1..].contains(&'—');
        if !opens || is_list || paired {
            return false;
        }
        for piece in border..self.pieces.len() {
            let first = self.first(piece);
            let mut own_clause = OWN_CLAUSE.holds(first) || self.signs[piece] == ';';
            let words = self.words(piece);
            for (at, word) in words.iter().enumerate() {
                let lower = word.lower.as_str();
                own_clause |= at > 0 && JOINTS.holds(lower) && lower != "as";
                let names_source = matches!(lower, "according" | "laut" | "zufolge" | "angaben");
                let limits = LIMITS.holds(lower) && (at == 0 || names_source);
                if limits || is_speech_verb(lower) && !own_clause {
                    return false;
                }
            }
        }
        true
    }
}
