//! On any article and statement: nothing panics, evidence lies inside the text on character borders, a refusal has a reason, and a
//! chosen point passes the gate.

use desk::{Article, check, points};
use proptest::prelude::*;

const COPY: &str = "(?s)([A-Za-z]{1,9} |[ .,!?\"'“”„«»\n’-]|[0-9]{1,4} |\\PC|said |According to |Monday |not |The |Ana Ruiz |also |because ){0,120}";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn verdicts_hold(text in COPY, statement in COPY) {
        let article = Article::new(&text);
        for statement in [&statement, &text] {
            let verdict = check(&article, statement);
            prop_assert!((0.0..=1.0).contains(&verdict.score));
            prop_assert!(verdict.publish == verdict.reasons.is_empty());
            for one in &verdict.evidence {
                prop_assert!(text.get(one.range.clone()).is_some());
            }
            for reason in &verdict.reasons {
                prop_assert!(reason.sentences.iter().all(|sentence| *sentence < article.copy.sentences.len()));
            }
        }
        for point in points::choose(&article, &points::Options::default()) {
            prop_assert!(check(&article, &point.text).publish);
        }
    }

    #[test]
    fn lines_are_always_answered_with_json(line in "\\PC{0,60}") {
        for answer in [desk::jsonl::Checker::new(false).answer(&line), desk::jsonl::digest(&line)] {
            prop_assert!(serde_json::from_str::<serde_json::Value>(&answer).is_ok());
        }
    }
}
