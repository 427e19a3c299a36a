//! Proposals before the gate.

use std::collections::HashSet;

use desk::{Article, Code, Reason, Verdict, check};

use crate::{Proposal, answer, framed};

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
/// as it came, refused. Beyond the gate, a line is refused that the text has only under another statement ("publish that …").
pub fn judged(article: &Article, proposals: Vec<Proposal>) -> Vec<Judged> {
    let mut seen = HashSet::new();
    let judged = proposals.into_iter().map(|proposal| judge(article, proposal.text));
    judged.filter(|one| seen.insert(answer::spoken(&one.text))).collect()
}

fn judge(article: &Article, text: String) -> Judged {
    let verdict = strictly(article, &text);
    if !verdict.publish
        && let Some(mended) = &verdict.mended
    {
        let again = strictly(article, mended);
        if again.publish {
            return Judged { text: mended.clone(), verdict: again, proposed: Some(text) };
        }
    }
    Judged { text, verdict, proposed: None }
}

fn strictly(article: &Article, line: &str) -> Verdict {
    let mut verdict = check(article, line);
    if verdict.publish
        && let Some((sentence, frame)) = framed::lost(article, line)
    {
        let message = format!("The text says this only as part of something else, “{frame} …”; say so.");
        verdict.publish = false;
        verdict.reasons.push(Reason::new(Code::StatedAsCertain, message, vec![sentence]));
    }
    verdict
}
