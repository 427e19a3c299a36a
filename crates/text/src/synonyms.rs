//! Groups of words that news copy uses for one another, beside what WordNet knows: made by hand, verbs of reporting first.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::Language;
use crate::words::stem_key;

/// One group a line. A word may be in several; doubt and denial are in none.
const GROUPS: &[&str] = &[
    "say tell state add explain note remark comment announce declare report acknowledge emphasize emphasise stress insist",
    "rise grow growth increase climb strengthen surge jump soar expand gain intensify",
    "fall drop decline decrease shrink plunge slump tumble sink slide dip",
    "talk discuss discussion meet meeting negotiate conversation",
    "cover include discuss feature",
    "travel go visit fly journey trip head",
    "start begin launch open commence",
    "end finish conclude close complete",
    "conduct perform execute",
    "contain restrain control curb limit",
    "buy purchase acquire",
    "win beat victory",
    "kill die dead death",
    "arrest detain custody",
    "jail prison imprison",
    "charge accuse",
    "injure injury hurt wound",
    "country nation state",
    "firm company business",
    "plan propose intend",
    "help support assist aid back",
    "ask request call urge demand",
    "build construct create",
    "show reveal find",
    "stop halt cease prevent",
    "ban prohibit bar outlaw",
    "house home property",
    "child kid youngster",
    "student pupil",
    "money cash fund",
    "large big huge major massive significant",
    "about around approximately roughly",
    "resign quit",
    "appoint name hire",
    "crash collision accident",
    "fire blaze",
    "attack assault raid",
    "game match fixture",
    "team side squad club",
    "film movie",
    "season campaign",
    "warn caution",
    "cost price",
    "job post role position",
    "cut reduce lower",
    "raise boost lift increase",
    "hit strike",
    "row dispute argument",
    "get receive obtain",
    "need require",
    "try attempt",
    "allow permit let",
    "keep retain maintain",
    "remain stay continue",
    "leave depart",
    "search hunt",
    "discover locate find",
    "consider regard deem",
    "worldwide globally global",
    "britain british uk",
    "america american us",
    "shop store",
    "worker employee staff",
    "doctor medic physician",
    "inquiry investigation investigate probe",
    "reject refuse",
    "steal theft thief rob robbery",
    "save rescue",
    "pay payment",
    "hold stage host",
    "release free",
];

/// Low halves of the keys of the words in one group with this key.
pub(crate) fn group(key: u64) -> &'static [u32] {
    static TABLE: LazyLock<HashMap<u32, Vec<u32>>> = LazyLock::new(|| {
        let stemmer = Language::English.stemmer();
        let mut table: HashMap<u32, Vec<u32>> = HashMap::new();
        for line in GROUPS {
            let keys: Vec<u32> = line
                .split(' ')
                .map(|word| stem_key(word, stemmer.as_ref(), Language::English) as u32)
                .collect();
            for one in &keys {
                let others = table.entry(*one).or_default();
                others.extend(keys.iter().filter(|other| *other != one));
                others.sort_unstable();
                others.dedup();
            }
        }
        table
    });
    TABLE.get(&(key as u32)).map_or(&[], Vec::as_slice)
}
