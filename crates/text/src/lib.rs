//! Copy as a desk reads it: sentences, words, names, figures, dates, quotations with their speakers.
//! Pure: knows no disk, network, database or clock. Reads by rule, without a trained model: each function says what it cannot do.
//!
//! Ranges are byte offsets into the text that was given, always on character boundaries.
//!
//! ```
//! let copy = "Dr. Weber said: \"It fell by 3.5 percent.\" She left on Monday.";
//! let found: Vec<&str> = text::sentences(copy).into_iter().map(|range| &copy[range]).collect();
//! assert_eq!(found, ["Dr. Weber said: \"It fell by 3.5 percent.\"", "She left on Monday."]);
//! ```

mod ago;
mod attribution;
mod dates;
mod descriptions;
mod language;
mod lexicon;
mod names;
mod numbers;
mod places;
mod quotations;
mod read;
mod sentences;
mod similarity;
mod spelling;
mod stance;
mod synonyms;
mod word_list;
mod words;

pub use ago::ago;
pub use attribution::{Attribution, attributions};
pub use dates::{Calendar, Date, DateKind, absolute, calendar, dates};
pub use descriptions::{Description, described, descriptions};
pub use language::{Language, language};
pub use lexicon::{Relation, related};
pub use names::{Name, is_title, names, same_person};
pub use numbers::{Number, numbers};
pub use quotations::{Quotation, quotations};
pub use read::{Copy, read};
pub use sentences::sentences;
pub use similarity::{jaccard, shingles};
pub use stance::{is_hedge, is_negation, is_pronoun, is_speech_verb, is_stop};
pub use word_list::WordList;
pub use words::{Word, words};
