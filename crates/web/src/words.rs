//! Our own words for readers, in the languages that we know. Knows nothing of themes, whose translations go before.

/// The words for an English sentence of ours in the publication's language; the English where we have no other.
pub fn ours<'w>(locale: &str, english: &'w str) -> &'w str {
    let is_german = locale.split(['-', '_']).next().is_some_and(|tag| tag.eq_ignore_ascii_case("de"));
    match GERMAN.iter().find(|(key, _)| is_german && *key == english) {
        Some((_, german)) => german,
        None => english,
    }
}

/// English and German.
const GERMAN: &[(&str, &str)] = &[
    ("Key points", "Das Wichtigste"),
    (
        "Made by a program, each point checked against the text.",
        "Von einem Programm erstellt, jeder Punkt am Text geprüft.",
    ),
    (
        "Made by a program, checked and approved by {names}.",
        "Von einem Programm erstellt, geprüft und freigegeben von {names}.",
    ),
    (
        "Made in part by a program, each point checked against the text; others written or approved by {names}.",
        "Zum Teil von einem Programm erstellt, jeder Punkt am Text geprüft; andere geschrieben oder freigegeben von {names}.",
    ),
    (
        "Made in part by a program; all checked and approved by {names}.",
        "Zum Teil von einem Programm erstellt; alle geprüft und freigegeben von {names}.",
    ),
    ("Written and checked by {names}.", "Geschrieben und geprüft von {names}."),
    (
        "Written by {names}, each point checked against the text.",
        "Geschrieben von {names}, jeder Punkt am Text geprüft.",
    ),
    ("the editors", "der Redaktion"),
    ("In the text: “{words}”", "Im Text: „{words}“"),
    ("In the text", "Im Text"),
    ("On the same subject", "Zum selben Thema"),
    ("Correction", "Korrektur"),
    ("Corrections", "Korrekturen"),
    ("Search", "Suche"),
    (
        "This story said: “{was}” It should say: “{is}”",
        "In diesem Beitrag stand: „{was}“ Richtig ist: „{is}“",
    ),
    (
        "A correction was made in the part of this story that is for members.",
        "Im Teil für Mitglieder wurde eine Korrektur vorgenommen.",
    ),
    (
        "What we got wrong and put right, the latest first.",
        "Was falsch war und berichtigt wurde, das Neueste zuerst.",
    ),
    ("For everyone.", "Für alle."),
    ("This link opens the whole story to you.", "Dieser Link öffnet Ihnen den ganzen Beitrag."),
    (
        "For members. You are signed in, and can read all of it.",
        "Für Mitglieder. Sie sind angemeldet und können alles lesen.",
    ),
    (
        "For members. The beginning is open; the rest needs a free account.",
        "Für Mitglieder. Der Anfang ist frei; für den Rest braucht es ein kostenloses Konto.",
    ),
    (
        "For subscribers. Your subscription includes this story.",
        "Für Abonnenten. Ihr Abonnement umfasst diesen Beitrag.",
    ),
    (
        "For subscribers. Your free account opens the beginning only.",
        "Für Abonnenten. Ihr kostenloses Konto öffnet nur den Anfang.",
    ),
    (
        "For subscribers. The beginning is open; the rest needs a subscription.",
        "Für Abonnenten. Der Anfang ist frei; für den Rest braucht es ein Abonnement.",
    ),
    (
        "For some subscriptions. Yours includes this story.",
        "Für bestimmte Abonnements. Ihres umfasst diesen Beitrag.",
    ),
    ("For some subscriptions: {names}.", "Für bestimmte Abonnements: {names}."),
    ("Yours does not include it.", "Ihres umfasst ihn nicht."),
    ("The beginning is open.", "Der Anfang ist frei."),
];
