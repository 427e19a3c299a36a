//! Why a statement is refused: codes for programs, one plain sentence for the editor.

/// What is wrong with a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Code {
    UnknownName,
    OtherName,
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
            Self::OtherName => "other-name",
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

/// Order of reasons: what is plainly false before what is only missing.
pub(crate) fn gravity(code: Code) -> u8 {
    match code {
        Code::OtherSpeaker => 0,
        Code::RolesExchanged => 1,
        Code::NegationFlipped => 2,
        Code::NumberDiffers => 3,
        Code::DateDiffers => 4,
        Code::UnknownName | Code::OtherName => 5,
        Code::QuotationAltered => 6,
        Code::CauseInvented => 7,
        Code::TimeLost => 8,
        Code::StatedAsCertain => 9,
        Code::NotInText => 10,
        Code::AttributionLost => 11,
        Code::DanglingPronoun => 12,
        Code::TooLong => 13,
    }
}

/// What a fault leaves of the score: the faults that seldom err against true statements. Chosen on the sets that the score is fitted on.
pub(crate) fn worth(code: Code) -> f64 {
    match code {
        Code::DanglingPronoun | Code::DateDiffers | Code::OtherName => 0.6,
        Code::NumberDiffers => 0.7,
        Code::TimeLost => 0.8,
        _ => 1.0,
    }
}

/// Score that outweighs a fault of [`is_grave`] that errs now and then against true paraphrases.
const OUTWEIGHS: f64 = 0.75;

/// Whether these reasons make a statement unlikely whatever its threshold. An invented cause does so when words are missing, too.
pub(crate) fn is_grave(reasons: &[Reason], score: f64) -> bool {
    let has = |code| reasons.iter().any(|reason| reason.code == code);
    let doubtful = has(Code::OtherSpeaker)
        || has(Code::RolesExchanged)
        || has(Code::CauseInvented) && has(Code::NotInText);
    has(Code::QuotationAltered)
        || has(Code::TimeLost)
        || has(Code::DanglingPronoun)
        || doubtful && score < OUTWEIGHS
}
