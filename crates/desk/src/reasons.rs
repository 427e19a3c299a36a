//! Why a statement is refused: codes for programs, one plain sentence for the editor.

/// What is wrong with a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Code {
    UnknownName,
    NumberDiffers,
    DateDiffers,
    OtherSpeaker,
    RolesExchanged,
    NegationFlipped,
    StatedAsCertain,
    TimeLost,
    CauseInvented,
    QuotationAltered,
    AttributionLost,
    NotInText,
    DanglingPronoun,
    TooLong,
}

impl Code {
    /// The code as it is written in files and answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::UnknownName => "unknown-name",
            Self::NumberDiffers => "number-differs",
            Self::DateDiffers => "date-differs",
            Self::OtherSpeaker => "other-speaker",
            Self::RolesExchanged => "roles-exchanged",
            Self::NegationFlipped => "negation-flipped",
            Self::StatedAsCertain => "stated-as-certain",
            Self::TimeLost => "time-lost",
            Self::CauseInvented => "cause-invented",
            Self::QuotationAltered => "quotation-altered",
            Self::AttributionLost => "attribution-lost",
            Self::NotInText => "not-in-text",
            Self::DanglingPronoun => "dangling-pronoun",
            Self::TooLong => "too-long",
        }
    }
}

/// A reason with its sentence for the editor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    pub code: Code,
    /// One plain sentence.
    pub message: String,
    /// Sentences of the article that show it.
    pub sentences: Vec<usize>,
    /// Says that the words are too far from the text's, not that something in particular is wrong.
    pub(crate) soft: bool,
}

impl Reason {
    /// A reason that names something in particular.
    pub fn new(code: Code, message: impl Into<String>, sentences: Vec<usize>) -> Self {
        Self { code, message: message.into(), sentences, soft: false }
    }

    pub(crate) fn soft(message: impl Into<String>, sentences: Vec<usize>) -> Self {
        Self { code: Code::NotInText, message: message.into(), sentences, soft: true }
    }
}
