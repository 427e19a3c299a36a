//! On any text: nothing panics, every range is inside it and on character borders, and sentences neither overlap nor lose words.

use proptest::prelude::*;

fn inside(text: &str, range: &std::ops::Range<usize>) -> bool {
    range.start <= range.end && text.get(range.clone()).is_some()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn ranges_hold(text in "(?s)([A-Za-z]{1,9}|[ .,!?\"'“”„«»\n’-]|[0-9]{1,4}|\\PC|said |According to |Monday |not |the president of |Prime Minister |Belarusian ){0,80}") {
        let copy = text::read(&text, None);
        let mut end = 0;
        for range in &copy.sentences {
            prop_assert!(inside(&text, range) && range.start >= end && range.end > range.start);
            end = range.end;
        }
        let ranges = copy.words.iter().map(|w| &w.range)
            .chain(copy.names.iter().map(|n| &n.range))
            .chain(copy.numbers.iter().map(|n| &n.range))
            .chain(copy.dates.iter().map(|d| &d.range))
            .chain(copy.quotations.iter().map(|q| &q.inner));
        for range in ranges {
            prop_assert!(inside(&text, range));
        }
        for speech in &copy.attributions {
            prop_assert!(speech.who().end <= copy.words.len() && speech.speaker.end <= copy.words.len());
        }
        for one in text::descriptions(&copy) {
            prop_assert!(one.words.end <= copy.words.len() && one.words.start < one.words.end);
            prop_assert!(one.name.is_none_or(|name| name.end <= copy.words.len() && name.start < name.end));
        }
        let in_sentences: usize = (0..copy.sentences.len()).map(|sentence| copy.words_of(sentence).len()).sum();
        prop_assert_eq!(in_sentences, if copy.sentences.is_empty() { 0 } else { copy.words.len() });
    }
}
