//! Where ids, uuids and secrets come from: the system's randomness, or a fixed sequence in tests.
//!
//! Never reads the clock: an id takes its time from the caller.

use jiff::Timestamp;
use rsa::rand_core::{OsRng, RngCore};

/// A source of ids and secrets.
#[derive(Debug)]
pub struct Chance {
    source: Source,
    /// The middle of each id of this source.
    machine: [u8; 5],
    /// The end of the next id; grows, so that ids of one second are in the order of their making.
    counter: u32,
}

#[derive(Debug)]
enum Source {
    System,
    /// State of SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014).
    Sequence(u64),
}

impl Chance {
    /// The system's randomness: what a publication uses.
    pub fn of_system() -> Self {
        let mut chance = Chance { source: Source::System, machine: [0; 5], counter: 0 };
        let mut start = [0; 8];
        chance.fill(&mut start);
        let [counter @ .., a, b, c, d, e] = start;
        chance.machine = [a, b, c, d, e];
        let [x, y, z] = counter;
        chance.counter = u32::from_be_bytes([0, x, y, z]);
        chance
    }

    /// The same sequence for the same seed. For tests and examples: its secrets can be guessed.
    pub fn sequence(seed: u64) -> Self {
        let mut chance = Chance { source: Source::Sequence(seed), machine: [0; 5], counter: 0 };
        let mut machine = [0; 5];
        chance.fill(&mut machine);
        chance.machine = machine;
        chance
    }

    /// An id made at this instant: 24 hexadecimal digits, ordered by second and then by making.
    pub fn id(&mut self, at: Timestamp) -> String {
        // Four bytes of seconds, as in MongoDB's ObjectID; they last until 2106.
        let seconds = u32::try_from(at.as_second()).unwrap_or(0).to_be_bytes();
        let [_, counter @ ..] = self.counter.to_be_bytes();
        self.counter = self.counter.wrapping_add(1) & 0x00ff_ffff;
        hex(&[&seconds[..], &self.machine, &counter].concat())
    }

    /// A random uuid (version 4), 36 characters.
    pub fn uuid(&mut self) -> String {
        let mut bytes = [0; 16];
        self.fill(&mut bytes);
        bytes[6] = bytes[6] & 0x0f | 0x40;
        bytes[8] = bytes[8] & 0x3f | 0x80;
        let digits = hex(&bytes);
        let (a, rest) = digits.split_at(8);
        let (b, rest) = rest.split_at(4);
        let (c, rest) = rest.split_at(4);
        let (d, e) = rest.split_at(4);
        format!("{a}-{b}-{c}-{d}-{e}")
    }

    /// A secret of this many hexadecimal digits.
    pub fn secret(&mut self, n_digits: usize) -> String {
        let mut bytes = vec![0; n_digits.div_ceil(2)];
        self.fill(&mut bytes);
        let mut digits = hex(&bytes);
        digits.truncate(n_digits);
        digits
    }

    /// The form of a bcrypt hash that no password is known for.
    pub fn closed_password(&mut self) -> String {
        const LETTERS: &[u8; 64] = b"./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        let mut bytes = [0; 53];
        self.fill(&mut bytes);
        let salt_and_hash = bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte & 63)]));
        "$2b$10$".chars().chain(salt_and_hash).collect()
    }

    fn fill(&mut self, bytes: &mut [u8]) {
        match &mut self.source {
            Source::System => OsRng.fill_bytes(bytes),
            Source::Sequence(state) => {
                for byte in bytes {
                    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
                    let mut mixed = *state;
                    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
                    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
                    [*byte, ..] = (mixed ^ (mixed >> 31)).to_le_bytes();
                }
            }
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |four: u8| char::from(DIGITS[usize::from(four & 15)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(*byte)]).collect()
}
