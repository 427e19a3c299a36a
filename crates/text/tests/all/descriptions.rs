//! Offices that stand for names: what a text says of its people, and whom a description means by that.

use text::{Language, described, descriptions, read};

/// Whom `mention` means by what `copy` says; the empty string for nobody.
fn meant(copy: &str, mention: &str) -> String {
    let copy = read(copy, None);
    let of = read(mention, Some(copy.language));
    let all = descriptions(&copy);
    let mentions = descriptions(&of);
    let [one] = mentions.as_slice() else { panic!("one description in {mention:?}: {mentions:?}") };
    let found = described(one, &all, &copy).and_then(|found| found.name.clone());
    found.map_or(String::new(), |name| {
        copy.text[copy.words[name.start].range.start..copy.words[name.end - 1].range.end].to_owned()
    })
}

#[test]
fn a_text_joins_names_and_offices_in_many_ways() {
    for copy in [
        "Belarusian President Alexander Lukashenko met Xi Jinping on Monday.",
        "Belarusian president Alexander Lukashenko met Xi Jinping on Monday.",
        "President Alexander Lukashenko of Belarus met Xi Jinping on Monday.",
        "Belarus's President Alexander Lukashenko met Xi Jinping on Monday.",
        "Alexander Lukashenko, the president of Belarus, met Xi Jinping on Monday.",
        "Alexander Lukashenko, president of Belarus, met Xi Jinping on Monday.",
        "Xi Jinping met Alexander Lukashenko, the Belarusian president.",
        "The president of Belarus, Alexander Lukashenko, met Xi Jinping on Monday.",
        "On Monday the Belarusian president, Alexander Lukashenko, met Xi Jinping.",
    ] {
        for mention in [
            "The Belarusian president left.",
            "He met the president of Belarus.",
            "He met Belarus's president.",
            "The president left.",
        ] {
            assert_eq!(meant(copy, mention), "Alexander Lukashenko", "{copy} {mention}");
        }
        for mention in [
            "The Chinese president left.",
            "The Belarusian minister left.",
            "The former Belarusian president left.",
        ] {
            assert_eq!(meant(copy, mention), "", "{copy} {mention}");
        }
    }
}

#[test]
fn offices_of_several_words_and_lands_with_two() {
    let copy = "South Korean Foreign Minister Cho Tae-yul spoke to U.S. Secretary of State Marco Rubio and to \
        Narendra Modi, prime minister of India. Apple chief executive Tim Cook listened.";
    assert_eq!(meant(copy, "the foreign minister of South Korea"), "Cho Tae-yul");
    assert_eq!(meant(copy, "the American secretary of state"), "Marco Rubio");
    assert_eq!(meant(copy, "India's prime minister"), "Narendra Modi");
    assert_eq!(meant(copy, "the chief executive of Apple"), "Tim Cook");
    assert_eq!(meant(copy, "the minister"), "");
    assert_eq!(meant(copy, "the North Korean foreign minister"), "");
}

#[test]
fn what_is_said_of_two_means_neither() {
    let copy = "Belarusian President Alexander Lukashenko met Chinese President Xi Jinping. Lukashenko left.";
    assert_eq!(meant(copy, "the president"), "");
    assert_eq!(meant(copy, "the Chinese president"), "Xi Jinping");
    let change = "Mayor Ana Ruiz of Bilbao resigned. Mayor Jon Etxe of Bilbao took the oath.";
    assert_eq!(meant(change, "the mayor of Bilbao"), "");
    let same = "Mayor Ana Ruiz resigned. Mayor Ruiz had been ill.";
    assert_eq!(meant(same, "the mayor"), "Ana Ruiz");
}

#[test]
fn german_offices() {
    let copy = "Der belarussische Präsident Alexander Lukaschenko traf am Montag in Peking den chinesischen Staatschef. \
        Die deutsche Außenministerin Annalena Baerbock war nicht dabei.";
    assert_eq!(read(copy, None).language, Language::German);
    assert_eq!(meant(copy, "Der Präsident von Belarus ging."), "Alexander Lukaschenko");
    assert_eq!(meant(copy, "Sie sprach mit dem belarussischen Präsidenten nicht."), "Alexander Lukaschenko");
    assert_eq!(meant(copy, "Das sagte die Außenministerin am Montag."), "Annalena Baerbock");
}

#[test]
fn words_that_describe_nobody() {
    for copy in [
        "He was president for two years.",
        "A minister spoke.",
        "Stephen King writes.",
        "The presidents met.",
    ] {
        assert_eq!(descriptions(&read(copy, Some(Language::English))), [], "{copy}");
    }
}
