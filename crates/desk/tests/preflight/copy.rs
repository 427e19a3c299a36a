//! Spelling and signs: what stands in sentences.

use desk::preflight::{Manuscript, Severity};

use crate::{base, fires, found, of, severity, silent};

#[test]
fn missing_spaces_are_found_with_their_replacement() {
    let finding = &of("<p>According to his office,Lukashenko left.</p>", "missing-space")[0];
    assert_eq!(finding.place, "paragraph 1: “…office,Lukashenko…”");
    assert_eq!(finding.mend, "Write “office, Lukashenko”.");
    assert_eq!(of("<p>By Mellor,Brown,and Lee,</p>", "missing-space")[0].mend, "Write “Mellor, Brown, and”.");
    for html in [
        "<p>It was <b>office,</b>people said.</p>",
        "<p>The meeting ended.The mayor left.</p>",
        "<p>Was it late?The mayor left.</p>",
        "<p>It was in 2020,when he left.</p>",
        "<p>He left;she stayed.</p>",
        "<p>Der Rat (neun Sitze),der tagte, ging.</p>",
        "<p>It ended in 1985.Return was not thought of.</p>",
        "<p>\"We will go,\"she said.</p>",
        "<p>“It was late.”The mayor left.</p>",
        "<p>She said,\"We will go.\"</p>",
        "<p>The bridge opens.“Good,” he said.</p>",
        "<p>The mayor said,“Good” and left.</p>",
        "<p>Er kam an.„Gut“, sagte er.</p>",
        "<p>The U.S.and the bloc agreed.</p>",
        "<p>The E.U.agreed to it.</p>",
        "<p>It went to the U.S.He left.</p>",
    ] {
        severity(html, "missing-space", Severity::Wrong);
    }
    severity("<p>The mayor said:We will go.</p>", "missing-space", Severity::Doubtful);
}

#[test]
fn signs_inside_words_are_no_missing_spaces() {
    for html in [
        "<p>The U.S.A. paid 1,200.50 dollars at 10:30 a.m. to J.K. Rowling, Ph.D, i.e. to her.</p>",
        "<p>Read www.example.com/a,b or https://example.org/x?a=b,c or Booking.com or Amazon.De today.</p>",
        "<p>Write to ana.Ruiz@example.org about Report.Final.pdf now.</p>",
        "<p>The point x,y lies on <code>a,b.Then</code> here.</p>",
        "<p>Die Leser:innen, z.B. im Haus, kamen um 10.30 Uhr; die Leser:Innen auch.</p>",
        "<p>It rose 3,5 percent, “he said,” and fell.</p>",
        "<pre>a,bc.Then</pre>",
        "<p>Die Zeitschrift Theorie.Organisation.Praxis erscheint.</p>",
        "<p>爱,一直存在</p>",
        "<p>The U.S.-led force of J.R.R.Tolkien and S.p.A. met at A.B.C.D. today, i.e.it stayed.</p>",
        "<p>Er sagte „Gut.“ Sie ging.</p>",
    ] {
        silent(html, "missing-space");
    }
}

#[test]
fn doubled_words_are_found_across_tags() {
    severity("<p>He left <em>the</em> the city.</p>", "doubled-word", Severity::Wrong);
    severity("<p>The the city slept.</p>", "doubled-word", Severity::Wrong);
    severity("<p>It slept. The The city.</p>", "doubled-word", Severity::Wrong);
    severity("<p>Er ging in in die Stadt.</p>", "doubled-word", Severity::Doubtful);
    severity("<p>What he had had was enough.</p>", "doubled-word", Severity::Doubtful);
    severity("<p>It was three three-year terms.</p>", "doubled-word", Severity::Doubtful);
}

#[test]
fn words_that_may_meet_are_not_doubled() {
    for html in [
        "<p>They saw Duran Duran play.</p>",
        "<p>He looked at it. It was late.</p>",
        "<p>No, no, he said; a tip-tip of 10 10 cents.</p>",
        "<p>One line of it<br>it goes on.</p>",
        "<p>He came in</p><p>in a hurry.</p>",
        "<p>The group IS is weak.</p>",
    ] {
        silent(html, "doubled-word");
    }
}

#[test]
fn quotation_marks_are_held_in_balance() {
    for html in [
        "<p>\"We will build, he said.</p>",
        "<p>He said: “We will build.</p>",
        "<p>We will build,” he said.</p>",
        "<p>We will build,\" he said.</p>",
        "<p>Er sagte: „Wir bauen.</p>",
        "<p>Er sagte: Wir bauen“, und ging.</p>",
        "<p>Il a dit : « Nous allons.</p>",
        "<p>Er sagte: »Wir bauen.</p>",
        "<p>“We “will” build.</p>",
    ] {
        severity(html, "unbalanced-quotes", Severity::Wrong);
    }
    severity(
        "<p>“We will build.</p><p>And we will pay,” he said.</p>",
        "unbalanced-quotes",
        Severity::Doubtful,
    );
}

#[test]
fn balanced_marks_are_left_alone() {
    for html in [
        "<p>\"We will,\" he said. \"Now.\"</p>",
        "<p>“We will,” he said. Don’t ask ’em.</p>",
        "<p>Er sagte: „Wir bauen“, und »ja« und „nein”.</p>",
        "<p>Il a dit : « Nous allons. »</p>",
        "<p>”Vi bygger”, sa han.</p>",
        "<p>The screen has 6\" and the man 5' 10\" or so, the other 7\".</p>",
        // Each paragraph of a long quotation opens it anew.
        "<p>“We will build.</p><p>“And we will pay,” he said.</p>",
        "<p>\"We will build.</p><p>\"And we will pay,\" he said.</p>",
        "<p>Der „Städtegipfel\" in der „Stadt“, sagte er.</p>",
        "<p>“She said \"yes\" to it,” he said.</p>",
        "<p>» Zur Übersicht » Archiv</p><p>»</p><p>“</p>",
        "<p>The boys' 'friend' said rock 'n' roll.</p>",
    ] {
        silent(html, "unbalanced-quotes");
    }
}

#[test]
fn names_in_two_spellings_are_doubtful() {
    let html = "<p>The office of Volodymyr Zelensky spoke. Later Volodymyr Zelenskyy left with Zelensky's aides.</p>";
    let finding = &of(html, "name-two-ways")[0];
    assert_eq!(finding.severity, Severity::Doubtful);
    assert_eq!(finding.place, "paragraph 1: “…Zelenskyy…”");
    assert!(finding.reason.contains("“Zelensky”"));
    for html in [
        "<p>In Minsk Alexander Lukashenko spoke. We heard Lukashenka there.</p>",
        "<p>We met Karl Müller. Then Karl Mueller left.</p>",
        "<p>We met Karl Fagstein. Then Karl Fagstien left.</p>",
    ] {
        severity(html, "name-two-ways", Severity::Doubtful);
    }
}

#[test]
fn a_name_is_spelled_one_way_in_headline_teaser_and_body() {
    let of = |story: Manuscript<'_>| {
        let found = found(&story).into_iter().filter(|finding| finding.code == "name-two-ways");
        found.map(|finding| finding.place).collect::<Vec<_>>()
    };
    let html = "<p>The office of Tom Brennick spoke. Then Mr Brennick left.</p>";
    let excerpt = |words| Manuscript { html, custom_excerpt: Some(words), teaser: Some(words), ..base() };
    assert_eq!(of(excerpt("A word of Tom Brenick.")), ["teaser: “Brenick”"]);
    assert_eq!(of(excerpt("A word of Tom Brennick.")), [""; 0]);
    assert_eq!(of(Manuscript { title: "What Brenick said", html, ..base() }), ["headline: “Brenick”"]);
    let slips = "<p>We met Tom Brenick. Then Mr Brenick left.</p>";
    assert_eq!(of(Manuscript { title: "What Brennick said", html: slips, ..base() }).len(), 1);
    // At a sentence's beginning too, and short ones with the same first name.
    for html in
        ["<p>We saw Zelensky. Zelenskyy left.</p>", "<p>We met Tom Lark there. Then Tom Larck left.</p>"]
    {
        severity(html, "name-two-ways", Severity::Doubtful);
    }
    for html in [
        "<p>We met Tom Lark there. Then Ann Larck left.</p>",
        "<p>Martin left. Marten came.</p>",
        "<p>We met Lark there, and then Larck came.</p>",
    ] {
        silent(html, "name-two-ways");
    }
}

#[test]
fn ages_and_sums_are_given_one_way() {
    for html in [
        "<p>We met Anna Berg, 45, there.</p><p>Then Anna Berg, 54, left.</p>",
        "<p>We met Anna Berg, 45. Then the 54-year-old Anna Berg left.</p>",
        "<p>Wir trafen dort am Montag Anna Berg (45) aus der Stadt, und dann ging auch Anna Berg (54) nach dem Fest.</p>",
        "<p>The new bridge will cost 3.5 million euros.</p><p>Nobody knows who will pay the 35 million euros that the bridge will cost.</p>",
        "<p>The council gave $1.25bn for the old port.</p><p>The old port got $125m of the council.</p>",
    ] {
        severity(html, "number-differs", Severity::Doubtful);
    }
    for html in [
        "<p>We met Anna Berg, 45, there.</p><p>Then Anna Berg, 45, and Jan Berg, 54, left.</p>",
        "<p>Goals came from Harry Kane (45) and again Harry Kane (54) on that day.</p>",
        "<p>We met Anna Berg, 45 of us. Then Anna Berg, 30,000 euros richer, left.</p>",
        "<p>The bridge will cost 3.5 million euros.</p><p>The town hall had 35 million euros in the bank.</p>",
        "<p>The bridge will cost 3 million euros.</p><p>Nobody will pay 30 million euros for the bridge and its cost.</p>",
        "<p>Of the 35 million euros of the bridge, 3.5 million euros are for its lamps.</p>",
        "<p>The bridge cost 3.5 million euros for lamps, a bridge of 35 tonnes.</p>",
    ] {
        silent(html, "number-differs");
    }
    let story = Manuscript { title: "It ended 5-5 on the bridge", html: "<p>The council met.</p>", ..base() };
    let found = found(&story).into_iter().filter(|finding| finding.code == "number-differs");
    assert_eq!(found.count(), 1, "a score is one thing");
}

#[test]
fn names_of_two_are_not_one() {
    for html in [
        "<p>In Russia the Russian army and Russians in Germany met German soldiers of Belarus and Belarusian aides.</p>",
        "<p>We met Ana Johnson and Bill Johnston there.</p>",
        "<p>We met Andrew Miller and Andrea Jones there.</p>",
        "<p>We asked a Congressman, and then Congressmen came to the Americas with American friends.</p>",
        "<p>Der Vorstand des Schweizer Lehrerverbands und der Rat des Schweizer Lehrerverbandes trafen sich am Montag in der Stadt.</p>",
        "<p>We saw Treasury men and a treasure. At sea Treasure was found.</p>",
    ] {
        silent(html, "name-two-ways");
    }
}

#[test]
fn numbers_of_the_headline_must_be_the_texts() {
    let html = "<p>The police counted 1,300 people at the bridge.</p>";
    let differs = |title, html| {
        let found = found(&Manuscript { title, html, ..base() });
        found.into_iter().filter(|finding| finding.code == "number-differs").collect::<Vec<_>>()
    };
    let finding = &differs("1,200 people at the bridge", html)[0];
    assert_eq!((finding.severity, finding.place.as_str()), (Severity::Doubtful, "headline: “1,200 people”"));
    let absent = &differs("1,200 homes at the bridge", html)[0];
    assert_eq!(
        (absent.severity, absent.reason.as_str()),
        (Severity::Doubtful, "The text does not have this number.")
    );
    for (title, html) in [
        ("1,300 people at the bridge", html),
        // Rounded.
        ("1,200 people at the bridge", "<p>The police counted 1,234 people.</p>"),
        // Counted in another sentence.
        ("Five people at the bridge", "<p>Five came. Two people were hurt.</p>"),
        // Years, ages, orders, times of day.
        ("At 10:30 on the bridge", html),
        ("2024 people's choice", html),
        ("The 5th people's prize after 40 years", "<p>It took 30 years.</p>"),
    ] {
        assert_eq!(differs(title, html), [], "{title}");
    }
}

#[test]
fn hidden_and_mixed_letters_are_found() {
    for html in [
        "<p>The coun\u{200b}cil met.</p>",
        "<p>The \u{202e}council\u{202c} met.</p>",
        "<p>The \u{2066}council met.</p>",
        "<p>The council\u{e0101} met.</p>",
        "<p>The cou\u{2060}ncil met.</p>",
        "<p>The council\u{e0041} met.</p>",
        "<p>The coun&#8203;cil met.</p>",
    ] {
        fires(html, "invisible-character");
    }
    let finding = &of("<p>The coun\u{200b}cil met.</p>", "invisible-character")[0];
    assert_eq!(finding.place, "paragraph 1: “…coun[U+200B]cil…”");
    assert_eq!(finding.mend, "Write “council” anew.");
    fires("<p>\u{412}elarus and China.</p>", "mixed-scripts");
    fires("<p>The cafÃ© closed.</p>", "broken-encoding");
    fires("<p>Smith &amp;amp; Sons closed.</p>", "broken-encoding");
    let record = format!("<p>The council met.\u{feff}{}</p>", "\u{fe01}".repeat(40));
    for html in [
        "<p>A family 👨\u{200d}👩\u{200d}👧 and a heart ❤\u{fe0f} and 🏴\u{e0067}\u{e0062}\u{e007f}.</p>",
        "<p>می\u{200c}خواهم</p>",
        "<p>Wörter mit Donau\u{ad}dampf und Минск.</p>",
        // A signed record of provenance.
        &record,
    ] {
        silent(html, "invisible-character");
        silent(html, "mixed-scripts");
        silent(html, "broken-encoding");
    }
}

#[test]
fn spaces_too_many_are_doubtful() {
    severity("<p>The council  met.</p>", "double-space", Severity::Doubtful);
    severity("<p>The council , it met.</p>", "space-before-punctuation", Severity::Doubtful);
    assert_eq!(of("<p>The council met .</p>", "space-before-punctuation")[0].mend, "Write “met.”.");
    for html in ["<p>The council\n      met.</p>", "<p>The <b>council </b> met.</p>", "<p>One<br>  two.</p>"]
    {
        silent(html, "double-space");
    }
    for html in [
        "<p>Il est venu : « oui » ! Et alors ? Nous sommes allés avec les enfants dans la maison de la ville.</p>",
        "<p>The .com boom and … so on :)</p>",
    ] {
        silent(html, "space-before-punctuation");
    }
}

#[test]
fn text_to_come_is_found() {
    for html in [
        "<p>The mayor, TK years old, left.</p>",
        "<p>TODO: ask the mayor.</p>",
        "<p>Lorem ipsum dolor.</p>",
        "<p>By [name] in Minsk.</p>",
        "<p>Hello {{first_name}}, welcome.</p>",
        "<p>XXXX people came.</p>",
    ] {
        severity(html, "placeholder", Severity::Wrong);
    }
    severity("<p>The result is TBD here.</p>", "placeholder", Severity::Doubtful);
    for html in [
        "<p>Die Versicherten der TK und der AOK wollen, dass der Beitrag nicht weiter steigt.</p>",
        "<p>Super Bowl XX and the Todo list of Ipsum Ltd.</p>",
        "<pre>// TODO later {{x}}</pre>",
    ] {
        silent(html, "placeholder");
    }
}
