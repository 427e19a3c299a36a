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

const HARBOUR: &str = "Zaha returned to Selhurst Park on loan at the beginning of the season. \
    Ana Ruiz was defeated for re-election in 1994 by Paul Brandt. \
    The viewing figures come a week after presenter Nils Weber was dismissed from the broadcaster. \
    The plant makes paraxylene, a reportedly dangerous chemical used in polyester films. \
    The Harbour Workers Association said the pier would close on Friday. He was not there. \
    Lena Voss played only three minutes at the tournament, and the club may sell the goalkeeper in the spring.";

#[test]
fn what_language_lets_one_change_passes_and_its_neighbour_does_not() {
    let article = Article::new(HARBOUR);
    for (right, wrong, code) in [
        // An adjunct elsewhere in its clause; another one in its place.
        (
            "Ana Ruiz was defeated for re-election by Paul Brandt in 1994.",
            "Ana Ruiz was defeated for re-election by Nils Weber in 1994.",
            Code::NotInText,
        ),
        (
            "Ana Ruiz was defeated in 1994 by Paul Brandt.",
            "Ana Ruiz was defeated in 1994 by Nils Weber.",
            Code::NotInText,
        ),
        // A small word for its like; a limit left out.
        (
            "Lena Voss played just three minutes at the tournament.",
            "Lena Voss played three minutes at the tournament.",
            Code::StatedAsCertain,
        ),
        // A doubted word that falls with its doubt; the doubt alone.
        (
            "The plant makes paraxylene, a chemical used in polyester films.",
            "The plant makes paraxylene, a dangerous chemical used in polyester films.",
            Code::StatedAsCertain,
        ),
        // The same in another word; something else.
        (
            "Zaha returned to Selhurst Park on loan at the start of the season.",
            "Zaha returned to Selhurst Park on loan at the end of the season.",
            Code::NotInText,
        ),
    ] {
        let verdict = check(&article, right);
        assert!(verdict.publish, "{right}: {:?}", verdict.reasons);
        let verdict = check(&article, wrong);
        assert!(!verdict.publish, "published: {wrong}");
        assert!(verdict.reasons.iter().any(|reason| reason.code == code), "{wrong}: {:?}", verdict.reasons);
    }
}

#[test]
fn names_on_the_other_side_of_a_verb_are_exchanged() {
    let article = Article::new(HARBOUR);
    let code = |statement| check(&article, statement).reasons.first().map(|reason| reason.code);
    assert_eq!(
        code("Selhurst Park returned to Zaha on loan at the beginning of the season."),
        Some(Code::RolesExchanged)
    );
    assert!(check(&article, "Zaha returned to Selhurst Park on loan.").publish);
    let article =
        Article::new("Norfolk-based Gardline employs 750 people and was founded by the Darling family.");
    let verdict = check(&article, "Gardline, based in Norfolk, employs 750 people.");
    assert!(verdict.reasons.iter().all(|reason| reason.code != Code::RolesExchanged), "{verdict:?}");
}

#[test]
fn a_pronoun_in_the_place_of_a_name_needs_the_name_before_it() {
    let article = Article::new(HARBOUR);
    let statement = "Figures come a week after he was dismissed from the broadcaster.";
    let dangles = |context| {
        let verdict = desk::check_in_context(&article, statement, context);
        verdict.reasons.iter().any(|reason| reason.code == Code::DanglingPronoun)
    };
    assert!(dangles(None) && dangles(Some("The show will go on without its presenter.")));
    assert!(!dangles(Some("Nils Weber led the show for ten years.")));
    assert!(!check(&article, "He was not there.").likely);
    // The text speaks of a man and of no woman.
    let other = check(
        &Article::new("The actor lost his role. Mick Fanning mourned him."),
        "Mick Fanning mourned her brother.",
    );
    assert!(other.reasons.iter().any(|reason| reason.code == Code::DanglingPronoun), "{other:?}");
}

#[test]
fn a_day_in_the_place_of_another_is_another_day() {
    let article = Article::new(
        "The bank said on Wednesday it would buy bonds to hold yields down. Shares had fallen on Tuesday after the vote.",
    );
    let verdict = check(&article, "The bank said on Tuesday it would buy bonds to hold yields down.");
    assert!(
        !verdict.publish && verdict.reasons.iter().any(|reason| reason.code == Code::DateDiffers),
        "{verdict:?}"
    );
    let article = Article::new("the bank said on wednesday it would buy bonds to hold yields down .");
    assert!(check(&article, "The bank said on Wednesday it would buy bonds to hold yields down.").publish);
}

#[test]
fn a_name_in_the_place_of_another_is_another_name() {
    let article = Article::new(
        "Nils Weber closed the old lighthouse near the pier on Monday. The council thanked Paul Brandt for the new yard.",
    );
    let code = |statement| check(&article, statement).reasons.first().map(|reason| reason.code);
    assert_eq!(code("Paul Brandt closed the old lighthouse near the pier on Monday."), Some(Code::OtherName));
    assert_eq!(code("Weber closed the old lighthouse near the pier on Monday."), None);
}

#[test]
fn initials_and_descriptions_speak_for_the_same_one() {
    let article = Article::new(
        "The British Medical Association met on Monday. The BMA said it had asked for a delay to the launch of the service. \
         \"Two men were arrested in the old harbour before dawn,\" said Deputy Commissioner Catherine Burn.",
    );
    let codes = |statement| -> Vec<Code> {
        check(&article, statement).reasons.iter().map(|reason| reason.code).collect()
    };
    assert!(
        !codes("The British Medical Association said it had asked for a delay to the launch of the service.")
            .contains(&Code::OtherSpeaker)
    );
    assert!(
        !codes("Two men were arrested in the old harbour before dawn, police officials said.")
            .contains(&Code::OtherSpeaker)
    );
    assert!(
        codes("Two men were arrested in the old harbour before dawn, Nils Weber said.").iter().any(|code| [
            Code::OtherSpeaker,
            Code::UnknownName
        ]
        .contains(code))
    );
}

#[test]
fn a_quotation_keeps_its_doubt() {
    let article = Article::new("\"It will probably win the prize this year,\" Mayor Ana Ruiz said.");
    let verdict = check(&article, "\"It will win the prize this year,\" Mayor Ana Ruiz said.");
    assert!(!verdict.publish && verdict.reasons[0].code == Code::StatedAsCertain, "{verdict:?}");
}

#[test]
fn one_spelling_stands_for_the_other() {
    let article = Article::new(
        "Mo Farah won gold in the 10000 metres and criticised the favourites of the organisers.",
    );
    assert!(
        check(
            &article,
            "Mo Farah won gold in the 10,000 meters and criticized the favorites of the organizers."
        )
        .publish
    );
}

#[test]
fn a_shortening_that_says_something_else_is_refused() {
    for (text, wrong, right) in [
        (
            "The mayor was praised by Ana Ruiz after Paul Brandt was attacked by Nils Weber.",
            "The mayor was praised by Nils Weber.",
            "The mayor was praised by Ana Ruiz.",
        ),
        (
            "Ana Ruiz, who met Paul Brandt in Kiel, resigned on Monday.",
            "Paul Brandt resigned on Monday.",
            "Ana Ruiz resigned on Monday.",
        ),
        (
            "The wife of Paul Brandt was arrested in Kiel on Friday.",
            "Paul Brandt was arrested in Kiel on Friday.",
            "The wife of Paul Brandt was arrested on Friday.",
        ),
        (
            "Ana Ruiz was defeated by Paul Brandt. The police arrested Nils Weber in the harbour.",
            "Ana Ruiz arrested Nils Weber in the harbour.",
            "The police arrested Nils Weber.",
        ),
        (
            "Police arrested Ana Ruiz and released Paul Brandt on Monday.",
            "Police arrested Paul Brandt on Monday.",
            "Police released Paul Brandt on Monday.",
        ),
        (
            "The firm sold 40 ships to Acme and 12 ships to Bolt in March.",
            "The firm sold 40 ships to Bolt in March.",
            "The firm sold 40 ships to Acme.",
        ),
        (
            "Nils Weber's brother won the race in Kiel.",
            "Nils Weber won the race in Kiel.",
            "Nils Weber's brother won the race.",
        ),
        (
            "The club refused to sell the goalkeeper in January.",
            "The club sold the goalkeeper in January.",
            "The club refused to sell the goalkeeper.",
        ),
        (
            "The council voted against the plan to build homes near the harbour.",
            "The council voted to build homes near the harbour.",
            "The council voted against the plan to build homes.",
        ),
    ] {
        let article = Article::new(&format!(
            "{text} The weather was fine and many children came to the old harbour that day."
        ));
        assert!(!check(&article, wrong).publish, "published: {wrong}");
        let verdict = check(&article, right);
        assert!(verdict.publish, "{right}: {:?}", verdict.reasons);
    }
}
/// The article joins name and office; a statement may use either.
#[test]
fn a_description_stands_for_the_name_that_the_text_joins_with_it() {
    let text = "Belarusian President Alexander Lukashenko met Chinese President Xi Jinping in Beijing on Tuesday. \
        Lukashenko thanked the host for his support. The Chinese president offered a loan of two billion dollars. \
        The mayor of Minsk, Ana Karol, stayed at home.";
    let article = Article::new(text);
    for statement in [
        "The Belarusian president thanked the host for his support.",
        "The president of Belarus thanked the host for his support.",
        "Xi Jinping offered a loan of two billion dollars.",
        "Xi offered a loan of two billion dollars.",
        "China's president offered a loan of two billion dollars.",
        "The mayor of Minsk stayed at home.",
    ] {
        let verdict = check(&article, statement);
        assert!(verdict.publish, "{statement}: {:?}", verdict.reasons);
    }
    for statement in [
        "The Chinese president thanked the host for his support.",
        "The president thanked the host for his support.",
        "The Belarusian president offered a loan of two billion dollars.",
        "Lukashenko offered a loan of two billion dollars.",
        "The former Belarusian president thanked the host for his support.",
        "The mayor of Beijing stayed at home.",
    ] {
        let verdict = check(&article, statement);
        assert!(!verdict.publish, "{statement}");
        assert!(!verdict.reasons.is_empty());
    }
    let joint = check(&article, "The Belarusian president thanked the host for his support.").evidence;
    assert_eq!(
        joint.iter().map(|one| one.sentence).collect::<Vec<_>>(),
        [1, 0],
        "the sentence that names him is evidence too"
    );
}

#[test]
fn what_was_left_out_is_named_whole() {
    for (article, statement, words) in [
        ("At least 40 homes were flooded. Help came late.", "40 homes were flooded.", "“At least”"),
        ("Up to 40 homes were flooded. Help came late.", "40 homes were flooded.", "“Up to”"),
        ("Bis zu 40 Häuser standen im Wasser. Hilfe kam spät.", "40 Häuser standen im Wasser.", "“Bis zu”"),
        (
            "Three men were arrested, two of them in Carrow. The police gave no names.",
            "Three men were arrested in Carrow.",
            "“two of them”",
        ),
        (
            "Drei Männer wurden verhaftet, zwei davon in Carrow. Namen gab es nicht.",
            "Drei Männer wurden in Carrow verhaftet.",
            "“zwei davon”",
        ),
        ("It rains. The pool closes as long as it rains.", "The pool closes.", "“as long as …”"),
    ] {
        let messages: Vec<String> =
            check(&Article::new(article), statement).reasons.into_iter().map(|one| one.message).collect();
        assert!(messages.iter().any(|message| message.contains(words)), "{statement}: {messages:?}");
    }
}

/// Each article says more than the statement does, in words that the statement leaves out.
#[test]
fn conditions_limits_parts_plans_and_speakers_are_not_left_out_or_made_up() {
    for (article, statement) in [
        (
            "The council met on Monday. If the council refuses, Edmund Hale will resign. The mayor left early.",
            "Edmund Hale will resign.",
        ),
        (
            "The pool is old. Unless the county pays, the pool will close in May. Visitors were sad.",
            "The pool will close in May.",
        ),
        ("The harbour will be closed if the storm comes. Boats were moved.", "The harbour will be closed."),
        (
            "Der Rat tagte am Montag. Wenn der Kreis nicht zahlt, wird das Bad im Mai geschlossen. Die Besucher waren traurig.",
            "Das Bad wird im Mai geschlossen.",
        ),
        (
            "The firm plans to hire 200 people. Tom Reed opened the factory in May. The town is glad.",
            "Tom Reed said the firm plans to hire 200 people.",
        ),
        (
            "The firm plans to hire 200 people. Anna Bolt opened the factory in May. The town is glad.",
            "Anna Bolt announced that the firm plans to hire 200 people.",
        ),
        (
            "The minister was accused of fraud. Piet Vanderhoek met the minister on Friday. Nothing else is known.",
            "Piet Vanderhoek said the minister was accused of fraud.",
        ),
        ("The ferries are to arrive on Monday. The crew is ready.", "The ferries arrived on Monday."),
        (
            "The firm is to pay 3 million euros to the town. The mayor was content.",
            "The firm paid 3 million euros to the town.",
        ),
        ("The mine is to be closed by 2030. Workers protested.", "The mine was closed by 2030."),
        ("The ferries will arrive on Monday. The crew is ready.", "The ferries arrived on Monday."),
        ("Two people were hurt, one of them badly. The road was closed.", "Two people were hurt badly."),
        (
            "Three men were arrested, two of them in Carrow. The police gave no names.",
            "Three men were arrested in Carrow.",
        ),
        ("Nearly 300 people came to the hall. It was warm.", "300 people came to the hall."),
        ("Only two of nine bridges were checked. The rest must wait.", "Two of nine bridges were checked."),
        ("At least 40 homes were flooded on Sunday. Help came late.", "40 homes were flooded on Sunday."),
        (
            "Prices rose by 5 percent in May after falling by 9 percent in April. Shops were empty.",
            "Prices fell by 9 percent in May.",
        ),
        (
            "The firm failed to pay its workers in June. The union complained.",
            "The firm paid its workers in June.",
        ),
        (
            "The president refused to sign the treaty on Monday. Others signed.",
            "The president signed the treaty on Monday.",
        ),
        (
            "The council met on Monday. The ferry will keep its prices as long as Lindau pays. The mayor left early.",
            "The ferry will keep its prices.",
        ),
        ("In case the bridge is closed, Edmund Hale will resign. Others stay.", "Edmund Hale will resign."),
        (
            "The ferry will run at night on the condition that Lindau pays. The mayor left early.",
            "The ferry will run at night.",
        ),
        ("Should the council refuse, Edmund Hale will resign. Others stay.", "Edmund Hale will resign."),
        (
            "Without aid from Lindau, the pool will close in May. Visitors were sad.",
            "The pool will close in May.",
        ),
        (
            "Die alten Preise der Fähre bleiben, solange die Stadt zahlt. Das freut viele.",
            "Die alten Preise der Fähre bleiben.",
        ),
        ("Sollte der Rat ablehnen, wird das Bad schließen. Das ist bekannt.", "Das Bad wird schließen."),
        ("About 300 people came to the hall. It was warm.", "300 people came to the hall."),
        ("Some 300 people came to the hall. It was warm.", "300 people came to the hall."),
        ("In die Halle kamen rund 300 Menschen. Es war warm.", "In die Halle kamen 300 Menschen."),
        ("In die Halle kamen mehr als 300 Menschen. Es war warm.", "In die Halle kamen 300 Menschen."),
        (
            "The pool of Lindau will be closed in May. Paul Brandt watched the meeting. The town is sad.",
            "According to Paul Brandt, the pool of Lindau will be closed in May.",
        ),
        (
            "Das Bad von Lindau schließt im Mai. Paul Brandt sah der Sitzung zu. Die Stadt ist traurig.",
            "Laut Paul Brandt schließt das Bad von Lindau im Mai.",
        ),
        (
            "Das Bad von Lindau schließt im Mai. Paul Brandt sah der Sitzung zu. Die Stadt ist traurig.",
            "Paul Brandt zufolge schließt das Bad von Lindau im Mai.",
        ),
    ] {
        let verdict = check(&Article::new(article), statement);
        assert!(!verdict.publish && !verdict.reasons.is_empty(), "{statement}");
    }
    for (article, statement) in [
        (
            "The council met on Monday. Tom Reed said the firm plans to hire 200 people. The town is glad.",
            "Tom Reed said the firm plans to hire 200 people.",
        ),
        (
            "The council met on Monday. \"The firm will hire 200 people,\" Tom Reed said. The town is glad.",
            "Tom Reed said the firm will hire 200 people.",
        ),
        (
            "The council, which is old, met on Monday in the town hall. The town is glad.",
            "The council met on Monday in the town hall.",
        ),
        (
            "The council met on Monday. Nearly 300 people, many of them from Lenn, came to the hall. It was warm.",
            "Nearly 300 people came to the hall.",
        ),
        (
            "The ferries will arrive on Monday, the harbour office said. If it rains, nobody will come. The crew is ready.",
            "The ferries will arrive on Monday, the harbour office said.",
        ),
        (
            "The minister said the firm would pay 3 million euros to the town. He left.",
            "The minister said the firm would pay 3 million euros.",
        ),
        (
            "The harbour of Lindau will be closed for six weeks in the spring, Ana Ruiz said on Monday. It was warm.",
            "According to Ana Ruiz, the harbour of Lindau will be closed for six weeks in the spring.",
        ),
        (
            "Around 300 people came to the hall, as long as six weeks ago. It was warm.",
            "About 300 people came to the hall.",
        ),
    ] {
        let verdict = check(&Article::new(article), statement);
        assert!(verdict.publish, "{statement}: {:?}", verdict.reasons);
    }
}

#[test]
fn a_context_must_name_whom_the_pronoun_stands_for() {
    let article = Article::new(
        "The court acquitted the former minister Rui Teles on Tuesday, but convicted his brother Paulo Teles. Rui Teles resigned in \
         2015. He always denied the charges. The builder paid.",
    );
    let publishes =
        |context| desk::check_in_context(&article, "He always denied the charges.", Some(context)).publish;
    assert!(publishes("Rui Teles resigned in 2015."));
    assert!(publishes("Teles was minister."));
    assert!(!publishes("Paulo Teles was convicted."));
    assert!(!publishes("Tom Lark met the council."));
}
