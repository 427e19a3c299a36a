//! Proposals before the gate.

use std::collections::HashSet;

use desk::{Article, Verdict, check};

use crate::{Proposal, answer};

/// A proposal with the gate's verdict.
#[derive(Debug, Clone)]
pub struct Judged {
    /// What the verdict is on.
    pub text: String,
    /// May be published only where `verdict.publish`; the reasons of the others are for the editor.
    pub verdict: Verdict,
    /// The model's own words, where the text's attribution was restored to them and `text` is what passed.
    pub proposed: Option<String>,
}

/// Every proposal with its verdict, in the proposals' order; of lines that read alike the first.
///
/// A line that fails only for want of an attribution stands mended when the mended one may be published; otherwise it stands
/// as it came, refused.
pub fn judged(article: &Article, proposals: Vec<Proposal>) -> Vec<Judged> {
    let mut seen = HashSet::new();
    let judged = proposals.into_iter().map(|proposal| judge(article, proposal.text));
    judged.filter(|one| seen.insert(answer::spoken(&one.text))).collect()
}

fn judge(article: &Article, text: String) -> Judged {
    let verdict = check(article, &text);
    if !verdict.publish
        && let Some(mended) = &verdict.mended
    {
        let again = check(article, mended);
        if again.publish {
            return Judged { text: mended.clone(), verdict: again, proposed: Some(text) };
        }
    }
    Judged { text, verdict, proposed: None }
}
