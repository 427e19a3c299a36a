//! Makes `data/wordnet.bin` from the files of WordNet 3.0: `cargo run --release -p text --example wordnet -- FOLDER OUTPUT`.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::Path;

type Synset = (String, u8);

struct Pointer {
    symbol: String,
    target: Synset,
    source_word: usize,
    target_word: usize,
}

fn letter(pos: &str) -> u8 {
    match pos.as_bytes().first() {
        Some(b's') => b'a',
        Some(byte) => *byte,
        None => b'?',
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let folder = args.next().ok_or("the folder of WordNet's files is missing")?;
    let output = args.next().ok_or("the output file is missing")?;
    let mut members: HashMap<Synset, Vec<String>> = HashMap::new();
    let mut pointers: HashMap<Synset, Vec<Pointer>> = HashMap::new();
    // Only the first senses of a word count: rare ones make everything mean everything.
    let mut common: HashSet<(String, Synset)> = HashSet::new();
    for (name, pos) in [("noun", b'n'), ("verb", b'v'), ("adj", b'a'), ("adv", b'r')] {
        for line in std::fs::read_to_string(Path::new(&folder).join(format!("index.{name}")))?
            .lines()
            .filter(|line| !line.starts_with(' '))
        {
            let fields: Vec<&str> = line.split_whitespace().collect();
            let n_senses: usize = fields[2].parse()?;
            for offset in fields[fields.len() - n_senses..].iter().take(4) {
                common.insert((fields[0].to_owned(), ((*offset).to_owned(), pos)));
            }
        }
        for line in std::fs::read_to_string(Path::new(&folder).join(format!("data.{name}")))?
            .lines()
            .filter(|line| !line.starts_with(' '))
        {
            let fields: Vec<&str> = line.split_whitespace().collect();
            let id: Synset = (fields[0].to_owned(), pos);
            let n_words = usize::from_str_radix(fields[3], 16)?;
            let words = (0..n_words)
                .map(|n| fields[4 + 2 * n].split('(').next().unwrap_or_default().to_lowercase())
                .collect();
            members.insert(id.clone(), words);
            let mut at = 4 + 2 * n_words;
            let n_pointers: usize = fields[at].parse()?;
            at += 1;
            let list = pointers.entry(id).or_default();
            for _ in 0..n_pointers {
                let both = fields[at + 3];
                list.push(Pointer {
                    symbol: fields[at].to_owned(),
                    target: (fields[at + 1].to_owned(), letter(fields[at + 2])),
                    source_word: usize::from_str_radix(&both[..2], 16)?,
                    target_word: usize::from_str_radix(&both[2..], 16)?,
                });
                at += 4;
            }
        }
    }
    let key = |word: &str| -> Option<u32> {
        let plain = word.len() > 2 && word.bytes().all(|b| b.is_ascii_lowercase());
        let found = text::words(word, text::Language::English);
        (plain && found.len() == 1 && !found[0].stop).then(|| found[0].key as u32)
    };
    let common_keys = |id: &Synset| -> Vec<u32> {
        members[id]
            .iter()
            .filter(|word| common.contains(&((*word).clone(), id.clone())))
            .filter_map(|word| key(word))
            .collect()
    };
    // The lowest relation wins when two words are related in several ways, but an opposite is always kept.
    let mut table: BTreeMap<u32, BTreeMap<u32, u32>> = BTreeMap::new();
    let mut opposite: BTreeSet<(u32, u32)> = BTreeSet::new();
    let mut put = |from: u32, to: u32, relation: u32| {
        if from != to {
            let slot = table.entry(from).or_default().entry(to).or_insert(relation);
            *slot = (*slot).min(relation);
        }
    };
    for (id, list) in &pointers {
        let own = common_keys(id);
        for one in &own {
            for other in &own {
                put(*one, *other, 0);
            }
        }
        for pointer in list {
            let exact = |synset: &Synset, number: usize| -> Vec<u32> {
                if number == 0 {
                    common_keys(synset)
                } else {
                    members[synset].get(number - 1).and_then(|word| key(word)).into_iter().collect()
                }
            };
            match pointer.symbol.as_str() {
                "!" => {
                    for one in exact(id, pointer.source_word) {
                        for other in exact(&pointer.target, pointer.target_word) {
                            opposite.insert((one, other));
                        }
                    }
                }
                "+" | "\\" => {
                    for one in exact(id, pointer.source_word) {
                        for other in exact(&pointer.target, pointer.target_word) {
                            put(one, other, 1);
                            put(other, one, 1);
                        }
                    }
                }
                "&" => {
                    for one in &own {
                        for other in common_keys(&pointer.target) {
                            put(*one, other, 0);
                        }
                    }
                }
                "@" => {
                    let mut up = vec![pointer.target.clone()];
                    if id.1 == b'n' {
                        up.extend(
                            pointers[&pointer.target]
                                .iter()
                                .filter(|p| p.symbol == "@")
                                .map(|p| p.target.clone()),
                        );
                    }
                    for above in up {
                        for wide in common_keys(&above) {
                            for narrow in &own {
                                put(wide, *narrow, 2);
                                put(*narrow, wide, 3);
                            }
                        }
                    }
                }
                _ => {}
            }
        }
    }
    for (one, other) in opposite {
        table.entry(one).or_default().insert(other, 4);
    }
    for (from, list) in &mut table {
        // Very wide words ("thing", "act") are above everything and say nothing.
        if list.values().filter(|relation| **relation == 2).count() > 150 {
            list.retain(|_, relation| *relation != 2);
        }
        list.remove(from);
    }
    let all: BTreeSet<u32> =
        table.iter().flat_map(|(from, list)| std::iter::once(*from).chain(list.keys().copied())).collect();
    let index: HashMap<u32, u32> = all.iter().enumerate().map(|(at, hash)| (*hash, at as u32)).collect();
    let mut bytes = Vec::new();
    let mut put = |value: u32| bytes.extend_from_slice(&value.to_le_bytes());
    put(all.len() as u32);
    all.iter().for_each(|hash| put(*hash));
    let mut offset = 0;
    for hash in &all {
        put(offset);
        offset += table.get(hash).map_or(0, |list| list.len() as u32);
    }
    put(offset);
    for hash in &all {
        for (other, relation) in table.get(hash).into_iter().flatten() {
            put(index[other] | relation << 24);
        }
    }
    println!("{} stems, {offset} relations, {} bytes", all.len(), bytes.len());
    std::fs::write(output, bytes)?;
    Ok(())
}
