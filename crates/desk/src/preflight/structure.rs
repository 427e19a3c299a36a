//! Headings: one level after the other, below the headline.

use super::findings::{Findings, quoted};
use super::sheet::Kind;
use super::story::{Spot, Story};

pub(super) fn check(story: &Story<'_>, findings: &mut Findings) {
    // The headline is the first level.
    let mut above = 1;
    for (at, block) in story.body.blocks.iter().enumerate() {
        let Kind::Heading(level) = block.kind else { continue };
        let place = || story.place(Spot::Block(at), &quoted(story.body.block_text(at)));
        if level == 1 {
            findings.doubtful(
                "heading-level",
                place(),
                "It is of the headline's own level, so the page has two headlines.",
                "Make it a heading of the second level.",
            );
        } else if level > above + 1 {
            findings.doubtful(
                "heading-level",
                place(),
                format!("It is of level {level} below one of level {above}."),
                format!("Make it a heading of level {}.", above + 1),
            );
        }
        above = level.max(1);
    }
}
