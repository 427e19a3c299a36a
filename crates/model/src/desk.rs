//! What the news desk keeps of a post: key points with their verdicts, choices of related stories, corrections.

use std::ops::Range;

use jiff::Timestamp;

use crate::id::PostId;

/// Where a key point came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PointOrigin {
    /// A sentence of the text, or a safe shortening of one, chosen by the program.
    Text,
    /// Proposed by a language model.
    Model,
    /// Written or changed by an editor.
    Editor,
}

impl PointOrigin {
    /// The word in the column `origin` and in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            PointOrigin::Text => "text",
            PointOrigin::Model => "model",
            PointOrigin::Editor => "editor",
        }
    }

    /// Reads the column; an unknown word counts as the least trusted origin.
    pub fn parse(text: &str) -> Self {
        match text {
            "text" => PointOrigin::Text,
            "editor" => PointOrigin::Editor,
            _ => PointOrigin::Model,
        }
    }
}

/// What an editor has said of a key point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PointState {
    /// Nothing yet.
    Open,
    /// It may be shown in her name.
    Approved,
    /// It is not to be shown, nor to be chosen again.
    Refused,
}

impl PointState {
    /// The word in the column `state`.
    pub fn as_str(self) -> &'static str {
        match self {
            PointState::Open => "open",
            PointState::Approved => "approved",
            PointState::Refused => "refused",
        }
    }

    /// Reads the column; what is unknown is not shown.
    pub fn parse(text: &str) -> Self {
        match text {
            "open" => PointState::Open,
            "approved" => PointState::Approved,
            _ => PointState::Refused,
        }
    }
}

/// Why the gate refuses a point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PointReason {
    /// Such as `number-differs`.
    pub code: String,
    /// One plain sentence for the editor.
    pub message: String,
}

/// A key point on record.
#[derive(Debug, Clone, PartialEq)]
pub struct KeyPoint {
    /// Empty for one that is not kept yet.
    pub id: String,
    pub post: PostId,
    /// Its place in the list, from 0.
    pub position: u32,
    pub text: String,
    pub origin: PointOrigin,
    pub state: PointState,
    /// Whether the gate passes it for publication, against the text of `text_hash`.
    pub is_supported: bool,
    /// Why not; empty when it is supported.
    pub reasons: Vec<PointReason>,
    /// Sentences of the running text that it rests on: number from 0, bytes of the text.
    pub evidence: Vec<(u32, Range<u32>)>,
    /// Fingerprint of the running text that it was checked against, 16 hexadecimal digits.
    pub text_hash: String,
    pub created_at: Timestamp,
    /// Who wrote it, for one by an editor.
    pub created_by: Option<String>,
    /// When and by whom it was approved, refused or changed.
    pub decided_at: Option<Timestamp>,
    pub decided_by: Option<String>,
}

/// What an editor wants of another story beside this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RelatedChoice {
    /// Always shown, before those that are found.
    Pinned,
    /// Never shown.
    Hidden,
}

impl RelatedChoice {
    /// The word in the column `choice`.
    pub fn as_str(self) -> &'static str {
        match self {
            RelatedChoice::Pinned => "pin",
            RelatedChoice::Hidden => "hide",
        }
    }

    /// Reads the column; what is unknown is not shown.
    pub fn parse(text: &str) -> Self {
        if text == "pin" { RelatedChoice::Pinned } else { RelatedChoice::Hidden }
    }
}

/// An error that was published and put right.
#[derive(Debug, Clone, PartialEq)]
pub struct Correction {
    /// Empty for one that is not kept yet.
    pub id: String,
    pub post: PostId,
    /// What the story said.
    pub was: String,
    /// What it says now.
    pub is: String,
    /// What readers are told besides.
    pub note: Option<String>,
    pub made_at: Timestamp,
    pub made_by: String,
    /// When and by whom it was taken back: it is kept, and shown to no reader.
    pub withdrawn: Option<(Timestamp, String)>,
}
