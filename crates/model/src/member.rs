//! A member who is signed in, as far as reading needs to know her.

use crate::id::{MemberId, TierId};

/// What a member is, by what she pays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MemberStatus {
    /// Pays nothing.
    Free,
    /// Pays.
    Paid,
    /// Was given a tier by the publication.
    Comped,
    /// Was given a tier by another reader.
    Gift,
}

impl MemberStatus {
    /// The word in the column `status`.
    pub fn as_str(self) -> &'static str {
        match self {
            MemberStatus::Free => "free",
            MemberStatus::Paid => "paid",
            MemberStatus::Comped => "comped",
            MemberStatus::Gift => "gift",
        }
    }

    /// Reads the column `status`; an unknown word counts as free, which opens least.
    pub fn parse(text: &str) -> Self {
        match text {
            "paid" => MemberStatus::Paid,
            "comped" => MemberStatus::Comped,
            "gift" => MemberStatus::Gift,
            _ => MemberStatus::Free,
        }
    }
}

/// A signed-in member.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    pub id: MemberId,
    pub uuid: String,
    pub email: String,
    pub name: Option<String>,
    pub status: MemberStatus,
    /// The tiers she has now.
    pub tiers: Vec<TierId>,
}

impl Member {
    /// True for everyone but free members: those who pay, and those who were given what payers get.
    pub fn is_paid(&self) -> bool {
        self.status != MemberStatus::Free
    }
}
