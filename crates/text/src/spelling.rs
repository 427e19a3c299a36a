//! British and American spellings of one English word.

/// Parts of words and what stands in their place in American spelling: at the beginning of a word.
const BEGINNINGS: &[(&str, &str)] = &[
    ("aluminium", "aluminum"),
    ("armour", "armor"),
    ("behaviour", "behavior"),
    ("calibre", "caliber"),
    ("cancell", "cancel"),
    ("catalogue", "catalog"),
    ("centimetre", "centimeter"),
    ("centre", "center"),
    ("colour", "color"),
    ("counsell", "counsel"),
    ("defence", "defense"),
    ("endeavour", "endeavor"),
    ("favour", "favor"),
    ("fibre", "fiber"),
    ("flavour", "flavor"),
    ("fuell", "fuel"),
    ("fulfill", "fulfil"),
    ("grey", "gray"),
    ("harbour", "harbor"),
    ("honour", "honor"),
    ("humour", "humor"),
    ("jewellery", "jewelry"),
    ("judgement", "judgment"),
    ("kilometre", "kilometer"),
    ("labell", "label"),
    ("labour", "labor"),
    ("levell", "level"),
    ("licence", "license"),
    ("litre", "liter"),
    ("manoeuvre", "maneuver"),
    ("metre", "meter"),
    ("millimetre", "millimeter"),
    ("modell", "model"),
    ("moustache", "mustache"),
    ("neighbour", "neighbor"),
    ("odour", "odor"),
    ("offence", "offense"),
    ("paediatric", "pediatric"),
    ("plough", "plow"),
    ("practise", "practice"),
    ("practising", "practicing"),
    ("programme", "program"),
    ("pyjama", "pajama"),
    ("quarrell", "quarrel"),
    ("rumour", "rumor"),
    ("sceptic", "skeptic"),
    ("signall", "signal"),
    ("skilful", "skillful"),
    ("theatre", "theater"),
    ("towards", "toward"),
    ("travell", "travel"),
    ("tumour", "tumor"),
    ("vapour", "vapor"),
];

/// Endings of verbs and nouns in "-ise", the longer first.
const ENDINGS: &[(&str, &str)] = &[
    ("isations", "izations"),
    ("isation", "ization"),
    ("ising", "izing"),
    ("ised", "ized"),
    ("ises", "izes"),
    ("iser", "izer"),
    ("isers", "izers"),
    ("ise", "ize"),
];

/// Beginnings of words that have an "s" on both sides of the Atlantic.
const ALWAYS_S: &[&str] = &[
    "advert", "adv", "appra", "ari", "ar", "chast", "compr", "comprom", "conc", "cru", "dev", "disgu",
    "enterpr", "exerc", "expert", "franch", "gu", "improv", "likew", "merchand", "no", "otherw", "parad",
    "po", "pra", "prec", "prem", "prom", "ra", "rev", "superv", "surpr", "telev", "treat", "upr", "w", "br",
    "bru", "dema", "surm", "r",
];

/// The American spelling of a word in small letters, when it has another.
///
/// Cannot: tell "tyre" and "kerb" from other words, nor know rare pairs.
pub(crate) fn american(lower: &str) -> Option<String> {
    let from = BEGINNINGS.partition_point(|pair| pair.0 <= lower);
    let begins = |pair: &&(&str, &str)| lower.starts_with(pair.0);
    if let Some((british, other)) = BEGINNINGS[..from].iter().rev().take(2).find(begins) {
        return Some(format!("{other}{}", &lower[british.len()..]));
    }
    // The endings all begin with "is"; most words have it nowhere near.
    if !lower.as_bytes()[lower.len().saturating_sub(8)..].windows(2).any(|two| two == b"is") {
        return None;
    }
    let (ending, other) = ENDINGS.iter().find(|pair| lower.ends_with(pair.0))?;
    let stem = &lower[..lower.len() - ending.len()];
    (stem.len() >= 3 && !ALWAYS_S.contains(&stem)).then(|| format!("{stem}{other}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_meet_and_other_words_stay() {
        for (british, other) in [
            ("colours", "colors"),
            ("kilometres", "kilometers"),
            ("criticised", "criticized"),
            ("organisations", "organizations"),
            ("favourites", "favorites"),
            ("travelled", "traveled"),
        ] {
            assert_eq!(american(british).as_deref(), Some(other));
        }
        for same in ["promise", "raised", "surprises", "color", "wise", "exercise", "supervised", "poised"] {
            assert_eq!(american(same), None, "{same}");
        }
        assert!(BEGINNINGS.is_sorted());
    }
}
