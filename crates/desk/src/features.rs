//! What of a statement the article carries, as a row of numbers with names. The score is fitted over these.

use text::{Copy, Relation, is_negation, is_pronoun, is_speech_verb};

use crate::Article;
use crate::align::{Alignment, Kind, align};
use crate::close::{Closeness, closeness};

/// How rows of a statement's sentences become one row.
#[derive(Clone, Copy, PartialEq)]
enum Joined {
    Sum,
    Least,
    Most,
}

macro_rules! features {
    ($($name:ident: $joined:ident, $about:literal;)*) => {
        /// The features of one statement; names and meanings in [`ABOUT`].
        #[derive(Debug, Clone, Default)]
        pub struct Features { $(#[doc = $about] pub $name: f32,)* }

        /// Names and meanings, in the order of [`Features::row`].
        pub const ABOUT: &[(&str, &str)] = &[$((stringify!($name), $about),)*];

        impl Features {
            /// The numbers in the order of [`ABOUT`].
            pub fn row(&self) -> Vec<f32> { vec![$(self.$name,)*] }

            fn join(&mut self, other: &Self) {
                $(self.$name = match Joined::$joined {
                    Joined::Sum => self.$name + other.$name,
                    Joined::Least => self.$name.min(other.$name),
                    Joined::Most => self.$name.max(other.$name),
                };)*
            }
        }
    };
}

features! {
    n_sentences: Sum, "sentences of the statement";
    n_terms: Sum, "content words";
    exact: Least, "share of content words that the article has";
    carried: Least, "the same, related words counted in part";
    absent_plain: Sum, "ordinary words that the article lacks, related words too";
    absent_names: Sum, "words of names that it lacks";
    absent_numbers: Sum, "numbers that it lacks";
    related_same: Sum, "words found only as a synonym or another form";
    related_wider: Sum, "words found only as something narrower";
    related_narrower: Sum, "words found only as something wider";
    opposites: Sum, "words whose opposite stands in the sentences the statement rests on";
    best: Least, "share that the best sentence carries";
    window: Least, "share that the best two neighbouring sentences carry";
    pair: Least, "share that the best sentence and any other carry";
    far: Sum, "words that the article has, but not in the best pair";
    runs2: Least, "share of neighbouring words that are neighbours in the article";
    runs3: Least, "share of runs of three words";
    longest: Least, "longest run of words in common, as a share";
    common: Least, "longest common subsequence with the best sentence, as a share";
    near: Least, "mean nearness of neighbouring content words in the article";
    nearest_worst: Least, "the worst word's nearness";
    weakest: Least, "least carried three content words in a row, by the best window";
    names: Sum, "names";
    names_whole: Least, "share of names found whole, or short forms of found ones";
    names_partly: Sum, "names of which only a part is found";
    names_together: Least, "share of names that stand in the best window";
    numbers: Sum, "numbers";
    numbers_fit: Least, "share of numbers found with the same word beside them";
    dates_missing: Sum, "dates and days that the article does not name";
    dates: Sum, "dates and days";
    negations: Sum, "denying words";
    negation_gap: Most, "denying words more or fewer than in the best sentence";
    negation_astray: Sum, "denials whose word the article does not deny, or the reverse";
    hedge_lost: Sum, "the best sentence doubts, the statement does not";
    hedge_added: Sum, "the statement doubts, the best sentence does not";
    speech: Sum, "acts of speech";
    speaker_known: Least, "1 the speaker speaks in the best window, 0 there is none, -1 another speaks there";
    pronoun_first: Most, "begins with a pronoun";
    pronouns: Sum, "pronouns";
    order: Least, "share of neighbouring words in the order of the best sentence";
    lead: Most, "share that the article's first two sentences carry";
    best_at: Most, "where in the article the best sentence stands, 0 to 1";
    article_words: Most, "logarithm of the article's words";
    quoted: Sum, "words in quotation marks";
    quoted_astray: Sum, "of these, words outside any run of three that the article has";
    causes: Sum, "words of cause that the best window lacks";
    adjectives: Sum, "absent words right before a name or noun found";
    long_words: Least, "share of carried among words of seven letters or more";
    initial_absent: Sum, "absent words among the first three content words";
    last_absent: Sum, "absent words among the last three content words";
    swapped: Sum, "content words in the place of another one of the best sentence, by how well their neighbours agree";
    swapped_related: Sum, "the same, but a synonym or another form of the word replaced";
    swapped_small: Sum, "pronouns, amounts and prepositions in the place of others";
    inserted: Sum, "content words put between words that touch in the best sentence";
    in_line: Least, "share of content words that stand in the best sentence in the same order";
    close_held: Least, "share of content words that the closest place has in order";
    close_kin: Sum, "words that the closest place has as a synonym only";
    close_extra: Sum, "ordinary words that the closest place lacks";
    close_names: Sum, "names and figures that it lacks";
    close_small: Sum, "small words of weight that it lacks";
    close_moved: Sum, "words that it has out of order";
    close_replaced: Sum, "words put in the place of others there";
    close_risky: Sum, "words of denial, doubt or limit left out of it";
    close_cut: Sum, "words left out of it that are no aside, adjunct or description";
    close_unsaid: Sum, "verbs of speech left out of it";
    close_limits: Sum, "doubts and limits left out of it where all around them is kept";
    close_exchanged: Sum, "pairs of names in each other's place";
    close_count: Sum, "numbers there of which the statement makes one";
    close_other_names: Sum, "names in the place of other names there";
    close_times: Sum, "days, months and years put in the place of others there";
    close_narrow: Sum, "words of close_kin that say more than the word there";
    close_unsafe: Sum, "places where what is left out may change what the rest says";
}

const CAUSES: &[&str] = &[
    "because",
    "due",
    "despite",
    "after",
    "following",
    "amid",
    "response",
    "therefore",
    "thus",
    "making",
    "leading",
    "causing",
    "caused",
    "result",
    "resulting",
    "although",
    "over",
    "following",
    "so",
];

/// The features of `statement`, read whole, against the article.
pub fn row(article: &Article, statement: &Copy) -> Vec<f32> {
    let spans = (0..statement.sentences.len())
        .map(|sentence| statement.words_of(sentence))
        .filter(|span| !span.is_empty());
    let found: Vec<Alignment> = spans.map(|span| align(article, statement, span)).collect();
    let closes: Vec<Closeness> = found.iter().map(|one| closeness(article, statement, one)).collect();
    features(article, statement, &found, &closes).row()
}

/// The features of each aligned sentence, joined by the worst or the sum.
pub(crate) fn features(
    article: &Article,
    statement: &Copy,
    found: &[Alignment],
    closes: &[Closeness],
) -> Features {
    let mut all: Option<Features> = None;
    for one in found.iter().zip(closes).map(|(found, close)| of_sentence(article, statement, found, close)) {
        match &mut all {
            Some(sum) => sum.join(&one),
            None => all = Some(one),
        }
    }
    all.unwrap_or_default()
}

fn share(part: f32, whole: usize) -> f32 {
    if whole == 0 { 1.0 } else { part / whole as f32 }
}

fn of_sentence(article: &Article, statement: &Copy, found: &Alignment, close: &Closeness) -> Features {
    let copy = &article.copy;
    let terms = &found.terms;
    let n = terms.len();
    let mut f = Features { n_sentences: 1.0, n_terms: n as f32, ..Features::default() };
    f.exact = share(terms.iter().filter(|t| t.level >= 0.95).count() as f32, n);
    f.carried = share(terms.iter().map(|t| t.level).sum(), n);
    let best = found.best.first().map(|pair| pair.0);
    let window = [best, found.second];
    let in_window = |place: &u32| window.contains(&Some(article.sentence_of(*place)));
    for (at, term) in terms.iter().enumerate() {
        if term.level == 0.0 {
            match term.kind {
                Kind::Plain => f.absent_plain += 1.0,
                Kind::Name => f.absent_names += 1.0,
                Kind::Number => f.absent_numbers += 1.0,
            }
            if at < 3 {
                f.initial_absent += 1.0;
            }
            if at + 3 >= n {
                f.last_absent += 1.0;
            }
            if terms.get(at + 1).is_some_and(|next| next.level > 0.0 && next.word == term.word + 1) {
                f.adjectives += 1.0;
            }
        } else if !term.places.iter().any(in_window) {
            f.far += 1.0;
        }
        match term.relation {
            Some(Relation::Same | Relation::Derived) => f.related_same += 1.0,
            Some(Relation::Wider) => f.related_wider += 1.0,
            Some(Relation::Narrower) => f.related_narrower += 1.0,
            _ => {}
        }
        if term.opposites.iter().any(|place| Some(article.sentence_of(*place)) == best)
            && !(term.level >= 1.0 && term.places.iter().any(in_window))
        {
            f.opposites += 1.0;
        }
    }
    f.best = found.best.first().map_or(0.0, |pair| pair.1);
    f.window = found.window.1;
    f.pair = found.pair;
    let words = &statement.words[found.span.clone()];
    let keys: Vec<u64> = words.iter().map(|word| word.key).collect();
    f.runs2 = share(
        keys.windows(2).filter(|run| article.has_run(run)).count() as f32,
        keys.len().saturating_sub(1),
    );
    f.runs3 = share(
        keys.windows(3).filter(|run| article.has_run(run)).count() as f32,
        keys.len().saturating_sub(2),
    );
    let (mut run, mut longest) = (0, 0);
    for three in keys.windows(3) {
        run = if article.has_run(three) { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    f.longest = if longest == 0 { 0.0 } else { (longest + 2) as f32 / keys.len().max(1) as f32 };
    if let Some(best) = best {
        let span = copy.words_of(best);
        let theirs: Vec<u64> =
            copy.words[span.start..span.end.min(span.start + 300)].iter().map(|word| word.key).collect();
        let pairs = common(&keys, &theirs);
        f.common = share(pairs.len() as f32, keys.len());
        slots(article, statement, found, &pairs, span.start, theirs.len(), &mut f);
        f.best_at = best as f32 / copy.sentences.len().max(1) as f32;
    }
    nearness(article, found, &mut f);
    for three in terms.windows(3) {
        let held: f32 =
            three.iter().map(|t| if t.places.iter().any(in_window) { t.level } else { 0.3 * t.level }).sum();
        f.weakest = if f.weakest == 0.0 { held / 3.0 + 1e-3 } else { f.weakest.min(held / 3.0 + 1e-3) };
    }
    f.close_held = close.held;
    f.close_kin = close.kin;
    f.close_extra = close.extra;
    f.close_names = close.names;
    f.close_small = close.small;
    f.close_moved = close.moved;
    f.close_replaced = close.replaced;
    f.close_risky = close.risky;
    f.close_cut = close.cut;
    f.close_unsaid = close.unsaid;
    f.close_limits = close.limits;
    f.close_exchanged = close.exchanged;
    f.close_count = close.count;
    f.close_times = close.times;
    f.close_narrow = close.narrow;
    f.close_unsafe = close.unsafe_cuts;
    f.close_other_names = close.other_names.len() as f32;
    names(statement, found, &in_window, &mut f);
    numbers(article, statement, found, &mut f);
    stance(article, statement, found, &mut f);
    let lead: f32 = terms
        .iter()
        .filter(|t| t.places.iter().any(|place| article.sentence_of(*place) < 2))
        .map(|t| t.level)
        .sum();
    f.lead = share(lead, n);
    f.article_words = (copy.words.len() as f32 + 1.0).ln();
    let (mut long, mut n_long) = (0.0, 0);
    for term in terms.iter().filter(|t| t.kind == Kind::Plain && statement.words[t.word].lower.len() >= 7) {
        n_long += 1;
        long += term.level;
    }
    f.long_words = share(long, n_long);
    for at in found.span.clone() {
        if statement.quoted[at].is_some() {
            f.quoted += 1.0;
            let held = (0..3).filter_map(|back| at.checked_sub(back)).any(|from| {
                let fits = from >= found.span.start && from + 3 <= found.span.end;
                fits && article.has_run(&[
                    statement.words[from].key,
                    statement.words[from + 1].key,
                    statement.words[from + 2].key,
                ])
            });
            f.quoted_astray += if held { 0.0 } else { 1.0 };
        }
    }
    f
}

/// Pairs of the longest common subsequence.
fn common(one: &[u64], other: &[u64]) -> Vec<(usize, usize)> {
    let wide = other.len() + 1;
    let mut table = vec![0u16; (one.len() + 1) * wide];
    for a in (0..one.len()).rev() {
        for b in (0..other.len()).rev() {
            table[a * wide + b] = if one[a] == other[b] {
                table[(a + 1) * wide + b + 1] + 1
            } else {
                table[(a + 1) * wide + b].max(table[a * wide + b + 1])
            };
        }
    }
    let (mut a, mut b, mut pairs) = (0, 0, Vec::new());
    while a < one.len() && b < other.len() {
        if one[a] == other[b] {
            pairs.push((a, b));
            a += 1;
            b += 1;
        } else if table[(a + 1) * wide + b] >= table[a * wide + b + 1] {
            a += 1;
        } else {
            b += 1;
        }
    }
    pairs
}

/// What stands in the statement in the place of something else: gaps between words that both have.
fn slots(
    article: &Article,
    statement: &Copy,
    found: &Alignment,
    pairs: &[(usize, usize)],
    base: usize,
    n_theirs: usize,
    f: &mut Features,
) {
    let n_ours = found.span.len();
    let mut aligned = vec![false; n_ours];
    pairs.iter().for_each(|pair| aligned[pair.0] = true);
    let content = |at: usize| !statement.words[found.span.start + at].stop;
    let n_content = (0..n_ours).filter(|at| content(*at)).count();
    f.in_line = share((0..n_ours).filter(|at| content(*at) && aligned[*at]).count() as f32, n_content);
    let mut before = (0, 0);
    for (a, b) in pairs.iter().copied().chain([(n_ours, n_theirs)]) {
        let (ours, theirs) = (before.0..a, before.1..b);
        if !ours.is_empty() && ours.len() <= 4 {
            let agree = |at: usize| {
                let near = (at.saturating_sub(3)..n_ours.min(at + 4)).filter(|other| *other != at);
                let n = near.clone().count().max(1);
                near.filter(|other| aligned[*other]).count() as f32 / n as f32
            };
            let replaced: Vec<&text::Word> =
                article.copy.words[base + theirs.start..base + theirs.end].iter().take(8).collect();
            for at in ours {
                let word = &statement.words[found.span.start + at];
                if word.stop {
                    let matters = |w: &str| is_pronoun(w) || SMALL.contains(&w);
                    if matters(&word.lower)
                        && replaced.iter().any(|other| matters(&other.lower) && other.lower != word.lower)
                    {
                        f.swapped_small += agree(at);
                    }
                } else if replaced.iter().any(|other| !other.stop) {
                    let mut kin = text::related(word.key)
                        .filter(|(_, how)| matches!(how, Relation::Same | Relation::Derived));
                    if kin.any(|(key, _)| replaced.iter().any(|other| other.key as u32 == key)) {
                        f.swapped_related += agree(at);
                    } else {
                        f.swapped += agree(at);
                    }
                } else {
                    f.inserted += agree(at);
                }
            }
        }
        before = (a + 1, b + 1);
    }
}

/// Small words that change what is said.
const SMALL: &[&str] = &[
    "all", "some", "every", "most", "many", "few", "any", "both", "each", "none", "before", "after",
    "during", "until", "since", "above", "below", "under", "over", "inside", "outside", "with", "without",
    "from", "to", "into", "against", "for", "more", "less", "my", "your", "our", "us", "we", "i",
];

/// Least distance between two sorted lists of places, 1,000 when one is empty.
pub(crate) fn distance(one: &[u32], other: &[u32]) -> u32 {
    let (mut a, mut b, mut least) = (0, 0, 1000);
    while a < one.len() && b < other.len() {
        least = least.min(one[a].abs_diff(other[b]));
        if one[a] < other[b] { a += 1 } else { b += 1 }
    }
    least
}

fn nearness(article: &Article, found: &Alignment, f: &mut Features) {
    let terms = &found.terms;
    let held = |d: u32| match d {
        0..=3 => 1.0,
        4..=8 => 0.75,
        9..=20 => 0.45,
        21..=45 => 0.2,
        _ => 0.0,
    };
    let (mut sum, mut worst, mut in_order, mut pairs) = (0.0, 1.0f32, 0.0, 0);
    for (at, term) in terms.iter().enumerate() {
        let mut least = 1000;
        for (other_at, other) in terms.iter().enumerate().skip(at.saturating_sub(2)).take(5) {
            if other_at != at {
                least = least.min(distance(&term.places, &other.places));
            }
        }
        let here = if terms.len() == 1 { term.level } else { held(least) };
        sum += here;
        worst = worst.min(here);
    }
    let best = found.best.first().map(|pair| pair.0);
    for two in terms.windows(2) {
        let first = |t: &crate::align::Term| {
            t.places.iter().find(|place| Some(article.sentence_of(**place)) == best).copied()
        };
        if let (Some(a), Some(b)) = (first(&two[0]), first(&two[1])) {
            pairs += 1;
            in_order += if a <= b { 1.0 } else { 0.0 };
        }
    }
    f.near = share(sum, terms.len());
    f.nearest_worst = worst;
    f.order = share(in_order, pairs);
}

fn names(statement: &Copy, found: &Alignment, in_window: &dyn Fn(&u32) -> bool, f: &mut Features) {
    let mut whole = 0.0;
    let mut together = 0.0;
    let mut n = 0;
    for name in statement
        .names
        .iter()
        .filter(|name| name.words.start >= found.span.start && name.words.end <= found.span.end)
    {
        let terms: Vec<_> =
            found.terms.iter().filter(|t| name.words.contains(&t.word) && t.kind == Kind::Name).collect();
        if terms.is_empty() {
            continue;
        }
        n += 1;
        let there = terms.iter().filter(|t| t.level >= 0.95).count();
        if there == terms.len() {
            let joined = terms.windows(2).all(|two| distance(&two[0].places, &two[1].places) <= 3);
            whole += if joined { 1.0 } else { 0.5 };
        } else if there > 0 {
            f.names_partly += 1.0;
        }
        if terms.last().is_some_and(|t| t.places.iter().any(in_window)) {
            together += 1.0;
        }
    }
    f.names = n as f32;
    f.names_whole = share(whole, n);
    f.names_together = share(together, n);
}

fn numbers(article: &Article, statement: &Copy, found: &Alignment, f: &mut Features) {
    let copy = &article.copy;
    let mut fit = 0.0;
    let mut n = 0;
    for number in statement.numbers.iter().filter(|number| found.span.contains(&number.words.start)) {
        n += 1;
        let beside = |copy: &Copy, words: &std::ops::Range<usize>| -> Vec<u64> {
            let after =
                (words.end..copy.words.len().min(words.end + 4)).filter(|at| !copy.words[*at].stop).take(2);
            let before = (words.start.saturating_sub(3)..words.start).filter(|at| !copy.words[*at].stop);
            after.chain(before).map(|at| copy.words[at].key).collect()
        };
        let ours = beside(statement, &number.words);
        let mut level: f32 = 0.0;
        for other in copy.numbers.iter().filter(|other| other.value == number.value).take(48) {
            let theirs = beside(copy, &other.words);
            let shared = ours.iter().any(|key| theirs.contains(key));
            level = level.max(if ours.is_empty() || shared { 1.0 } else { 0.5 });
        }
        fit += level;
    }
    f.numbers = n as f32;
    f.numbers_fit = share(fit, n);
    for date in statement.dates.iter().filter(|date| found.span.contains(&date.words.start)) {
        f.dates += 1.0;
        if !copy.dates.iter().any(|other| crate::rules::same_date(other.kind, date.kind)) {
            f.dates_missing += 1.0;
        }
    }
}

fn stance(article: &Article, statement: &Copy, found: &Alignment, f: &mut Features) {
    let copy = &article.copy;
    let best = found.best.first().map(|pair| copy.words_of(pair.0)).unwrap_or(0..0);
    let best = best.start..best.end.min(best.start + 300);
    let ours = &statement.words[found.span.clone()];
    let theirs = &copy.words[best.clone()];
    let count = |words: &[text::Word], test: fn(&str) -> bool| {
        words.iter().filter(|word| test(&word.lower)).count() as f32
    };
    f.negations = count(ours, is_negation);
    f.negation_gap = (f.negations - count(theirs, is_negation)).abs();
    f.negation_astray = crate::rules::denials_astray(article, statement, found).len() as f32;
    let our_doubt = found.span.clone().any(|at| statement.doubts(at));
    let their_doubt = best.clone().any(|at| copy.doubts(at));
    f.hedge_lost = f32::from(their_doubt && !our_doubt);
    f.hedge_added = f32::from(!their_doubt && our_doubt);
    f.speech = count(ours, is_speech_verb);
    f.pronoun_first = f32::from(ours.first().is_some_and(|word| is_pronoun(&word.lower)));
    f.pronouns = count(ours, is_pronoun);
    f.speaker_known = crate::rules::speaker_fit(article, statement, found);
    for word in ours.iter().filter(|word| CAUSES.contains(&word.lower.as_str())) {
        let there = article.places(word.key as u32).iter().any(|place| {
            let sentence = Some(article.sentence_of(*place));
            sentence == found.best.first().map(|pair| pair.0) || sentence == found.second
        });
        f.causes += if there { 0.0 } else { 1.0 };
    }
}
