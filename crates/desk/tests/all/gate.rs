//! One article, statements about it, and the code that each wrong one is refused with.

use desk::{Article, Code, check};

const STORY: &str = "The city council of Lindau voted on Monday to build 40 homes near the old harbour. \
    \"We will start in October,\" said Mayor Ana Ruiz. The plan will cost $3.5 million, according to the treasurer, Paul Brandt. \
    Ruiz criticised Brandt for the delay. The opposition did not support the plan. \
    Brandt may resign before the summer. In 2019 the council rejected a similar plan. \
    Ruiz defended the old harbour at the time. \"The harbour must not be touched,\" said Nils Weber, who leads the sailing club.";

#[track_caller]
fn refused(statement: &str, code: Code) {
    let verdict = check(&Article::new(STORY), statement);
    let codes: Vec<&str> = verdict.reasons.iter().map(|reason| reason.code.as_str()).collect();
    assert!(!verdict.publish, "published: {statement}");
    assert!(verdict.reasons.iter().any(|reason| reason.code == code), "{statement}: {codes:?}");
    assert!(verdict.reasons.iter().all(|reason| reason.message.ends_with('.')), "{:?}", verdict.reasons);
}

#[test]
fn a_sentence_of_the_text_passes_with_its_evidence() {
    let article = Article::new(STORY);
    for statement in [
        "The city council of Lindau voted on Monday to build 40 homes near the old harbour.",
        "\"We will start in October,\" said Mayor Ana Ruiz.",
    ] {
        let verdict = check(&article, statement);
        assert!(verdict.publish && verdict.likely && verdict.reasons.is_empty(), "{verdict:?}");
        assert!(verdict.evidence.iter().any(|one| &article.copy.text[one.range.clone()] == statement));
    }
}

#[test]
fn each_fault_has_its_code() {
    refused(
        "The city council of Lindau voted on Monday to build 45 homes near the old harbour.",
        Code::NumberDiffers,
    );
    refused(
        "The city council of Bregenz voted on Monday to build 40 homes near the old harbour.",
        Code::UnknownName,
    );
    refused(
        "The city council of Lindau voted on Friday to build 40 homes near the old harbour.",
        Code::DateDiffers,
    );
    refused("\"We will start in October,\" said Nils Weber.", Code::OtherSpeaker);
    refused("\"The harbour must be touched,\" said Nils Weber.", Code::NegationFlipped);
    refused("\"The harbour must not be closed,\" said Nils Weber.", Code::QuotationAltered);
    refused("Brandt criticised Ruiz for the delay.", Code::RolesExchanged);
    refused("The opposition did support the plan.", Code::NegationFlipped);
    refused("Brandt resigns before the summer.", Code::StatedAsCertain);
    refused("Ruiz defended the old harbour.", Code::TimeLost);
    refused("The council voted to build 40 homes because of the sailing club.", Code::CauseInvented);
    refused("The council wants cheaper tickets for buses and ferries.", Code::NotInText);
    refused("She will start in October.", Code::DanglingPronoun);
    refused(&"word ".repeat(desk::gate::LONGEST + 1), Code::TooLong);
    refused("", Code::TooLong);
}

#[test]
fn evidence_for_a_refusal_shows_the_right_speaker() {
    let article = Article::new(STORY);
    let verdict = check(&article, "\"We will start in October,\" said Nils Weber.");
    let reason = verdict
        .reasons
        .iter()
        .find(|reason| reason.code == Code::OtherSpeaker)
        .expect("asserted in the test above");
    assert!(reason.message.contains("Ana Ruiz"), "{}", reason.message);
    assert!(reason.sentences.iter().all(|sentence| article.copy.sentence(*sentence).contains("Ana Ruiz")));
}

#[test]
fn context_answers_for_a_pronoun_and_is_no_evidence() {
    let article = Article::new(STORY);
    let with = desk::check_in_context(
        &article,
        "He may resign before the summer.",
        Some("Paul Brandt is the treasurer."),
    );
    assert!(with.reasons.iter().all(|reason| reason.code != Code::DanglingPronoun));
    let foreign = desk::check_in_context(
        &article,
        "Lena Voss will sing in Rome.",
        Some("Lena Voss will sing in Rome."),
    );
    assert!(!foreign.publish && !foreign.likely);
}

#[test]
fn what_only_leaves_out_asides_passes_and_a_lost_limit_does_not() {
    let article = Article::new(
        "The harbour master, Nils Weber, who came from Kiel in 2019, closed the old lighthouse on Monday because of a storm. \
         Four ferries were damaged near the pier. \
         The club said last month that the yard needed a new gate.",
    );
    assert!(check(&article, "Nils Weber closed the old lighthouse on Monday.").publish);
    for wrong in
        ["A ferry was damaged near the pier.", "The club said last year that the yard needed a new gate."]
    {
        assert!(!check(&article, wrong).publish, "{wrong}");
    }
}

#[test]
fn two_acts_that_no_sentence_joins_are_not_one() {
    let article = Article::new(
        "Mayor Ana Ruiz opened the new library in Lindau on Monday. It cost two million euros. \
         The weather was fine and many children came. The council has not answered the letter of the sailing club about the harbour.",
    );
    let verdict = check(
        &article,
        "Ana Ruiz opened the new library in Lindau while answering the letter of the sailing club.",
    );
    assert!(verdict.reasons.iter().any(|reason| reason.code == Code::CauseInvented), "{verdict:?}");
}
