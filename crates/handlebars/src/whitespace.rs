//! White space control: what `~` strips, and the lines that hold nothing but a block's tag, a comment or a partial.

use crate::javascript::is_space;
use crate::syntax::{Block, Content, Program, Statement, Strip};

/// What a statement asks of the text around it.
#[derive(Default)]
struct Wish {
    strip: Strip,
    open_standalone: bool,
    close_standalone: bool,
    inline_standalone: bool,
}

/// Strips the texts of a whole template.
pub(crate) fn control(root: &mut Program, ignore_standalone: bool) {
    program(root, !ignore_standalone, true);
}

fn program(program: &mut Program, standalone: bool, root: bool) {
    let body = &mut program.body;
    for i in 0..body.len() {
        let Some(wish) = body.get_mut(i).and_then(|statement| wish(statement, standalone)) else {
            continue;
        };
        let space_before = space_before(body, i, root);
        let space_after = space_after(body, i + 1, root);
        if wish.strip.close {
            omit_right(body.get_mut(i + 1), true);
        }
        if wish.strip.open {
            omit_left(before(body, i), true);
        }
        if !standalone {
            continue;
        }
        if wish.inline_standalone && space_before && space_after {
            omit_right(body.get_mut(i + 1), false);
            if omit_left(before(body, i), false) {
                let indent = match before(body, i) {
                    Some(Statement::Content(text)) => trailing_blanks(&text.original).to_owned(),
                    _ => String::new(),
                };
                if let Some(Statement::Partial(partial)) = body.get_mut(i) {
                    partial.indent = indent;
                }
            }
        }
        if wish.open_standalone && space_before {
            if let Some(Statement::Block(block)) = body.get_mut(i) {
                let first = if block.program.is_some() { &mut block.program } else { &mut block.inverse };
                omit_right(first.as_mut().and_then(|first| first.body.first_mut()), false);
            }
            omit_left(before(body, i), false);
        }
        if wish.close_standalone && space_after {
            omit_right(body.get_mut(i + 1), false);
            if let Some(Statement::Block(block)) = body.get_mut(i) {
                let last = if block.inverse.is_some() { &mut block.inverse } else { &mut block.program };
                omit_left(last.as_mut().and_then(|last| last.body.last_mut()), false);
            }
        }
    }
}

fn before(body: &mut [Statement], i: usize) -> Option<&mut Statement> {
    body.get_mut(i.checked_sub(1)?)
}

fn wish(statement: &mut Statement, standalone: bool) -> Option<Wish> {
    match statement {
        Statement::Content(_) => None,
        Statement::Mustache { strip, .. } | Statement::Decorator { strip, .. } => {
            Some(Wish { strip: *strip, ..Wish::default() })
        }
        Statement::Comment(strip) => Some(Wish { strip: *strip, inline_standalone: true, ..Wish::default() }),
        Statement::Partial(partial) => {
            Some(Wish { strip: partial.strip, inline_standalone: true, ..Wish::default() })
        }
        Statement::Block(inner) => Some(block(inner, standalone)),
    }
}

/// A block with the chain of `{{else name}}` behind it, which can be long: it is taken apart, and put together again
/// from its last link on, each settled before the one that holds it.
fn block(first: &mut Block, standalone: bool) -> Wish {
    let mut links = Vec::new();
    let mut next = first.inverse.as_mut().and_then(Program::take_chained);
    while let Some(mut link) = next {
        next = link.inverse.as_mut().and_then(Program::take_chained);
        links.push(link);
    }
    let mut inner: Option<Box<Block>> = None;
    while let Some(mut link) = links.pop() {
        settled(&mut link, inner.take(), standalone);
        inner = Some(link);
    }
    settled(first, inner, standalone)
}

/// One block; `inner` is the block of its `{{else name}}`, settled already.
fn settled(block: &mut Block, inner: Option<Box<Block>>, standalone: bool) -> Wish {
    if let Some(first) = &mut block.program {
        program(first, standalone, false);
    }
    match (&mut block.inverse, inner) {
        (Some(inverse), Some(inner)) => inverse.put_chained(inner),
        (Some(inverse), None) => program(inverse, standalone, false),
        (None, _) => {}
    }
    // A block `{{^name}}` may have only its inverse: then that is its first part.
    let (first, inverse) = match (&mut block.program, &mut block.inverse) {
        (Some(first), inverse) => (first, inverse.as_mut()),
        (None, Some(only)) => (only, None),
        (None, None) => return Wish::default(),
    };
    let strip = Strip { open: block.open_strip.open, close: block.close_strip.close };
    let open_standalone = space_after(&first.body, 0, false);
    let close_standalone = ends_in_space(first, inverse.as_deref());
    if block.open_strip.close {
        omit_right(first.body.first_mut(), true);
    }
    rest(first, inverse, block.inverse_strip, block.close_strip, standalone);
    Wish { strip, open_standalone, close_standalone, inline_standalone: false }
}

fn ends_in_space(first: &Program, inverse: Option<&Program>) -> bool {
    let last = match inverse {
        Some(inverse) if inverse.chained => chained(inverse).unwrap_or(inverse),
        Some(inverse) => inverse,
        None => first,
    };
    space_before(&last.body, last.body.len(), false)
}

/// The body of the block that an `{{else name}}` holds.
fn chained(inverse: &Program) -> Option<&Program> {
    match inverse.body.first() {
        Some(Statement::Block(block)) => block.program.as_ref(),
        _ => None,
    }
}

fn chained_mut(inverse: &mut Program) -> Option<&mut Program> {
    match inverse.body.first_mut() {
        Some(Statement::Block(block)) => block.program.as_mut(),
        _ => None,
    }
}

/// Around `{{else}}` and before the closing tag.
fn rest(first: &mut Program, inverse: Option<&mut Program>, between: Strip, close: Strip, standalone: bool) {
    let Some(inverse) = inverse else {
        if close.open {
            omit_left(first.body.last_mut(), true);
        }
        return;
    };
    let inverse = if inverse.chained { chained_mut(inverse) } else { Some(inverse) };
    let Some(inverse) = inverse else {
        return;
    };
    if between.open {
        omit_left(first.body.last_mut(), true);
    }
    if between.close {
        omit_right(inverse.body.first_mut(), true);
    }
    if close.open {
        omit_left(inverse.body.last_mut(), true);
    }
    if standalone
        && space_before(&first.body, first.body.len(), false)
        && space_after(&inverse.body, 0, false)
    {
        omit_left(first.body.last_mut(), false);
        omit_right(inverse.body.first_mut(), false);
    }
}

/// Whether the line before statement `i` is blank so far.
fn space_before(body: &[Statement], i: usize, root: bool) -> bool {
    let Some(previous) = i.checked_sub(1).and_then(|previous| body.get(previous)) else {
        return root;
    };
    let Statement::Content(text) = previous else {
        return false;
    };
    let blank = text.original.trim_end_matches(is_space);
    let space = text.original.get(blank.len()..).unwrap_or_default();
    space.contains('\n') || i == 1 && root && blank.is_empty()
}

/// Whether the line is blank from statement `i` on.
fn space_after(body: &[Statement], i: usize, root: bool) -> bool {
    let Some(next) = body.get(i) else {
        return root;
    };
    let Statement::Content(text) = next else {
        return false;
    };
    let blank = text.original.trim_start_matches(is_space);
    let space = text.original.get(..text.original.len() - blank.len()).unwrap_or_default();
    space.contains('\n') || i + 1 == body.len() && root && blank.is_empty()
}

/// Strips the start of a text: all white space, or blanks and one line break.
fn omit_right(statement: Option<&mut Statement>, all: bool) {
    let Some(Statement::Content(text)) = statement else {
        return;
    };
    if !all && text.right_stripped {
        return;
    }
    let value = value(text);
    let left = if all {
        value.trim_start_matches(is_space)
    } else {
        let left = value.trim_start_matches([' ', '\t']);
        let left = left.strip_prefix('\r').unwrap_or(left);
        left.strip_prefix('\n').unwrap_or(left)
    };
    let stripped = value.len() - left.len();
    text.start += stripped;
    text.right_stripped = stripped > 0;
}

/// Strips the end of a text: all white space, or blanks. Says whether there was any.
fn omit_left(statement: Option<&mut Statement>, all: bool) -> bool {
    let Some(Statement::Content(text)) = statement else {
        return false;
    };
    if !all && text.left_stripped {
        return false;
    }
    let value = value(text);
    let left = if all { value.trim_end_matches(is_space) } else { value.trim_end_matches([' ', '\t']) };
    let stripped = value.len() - left.len();
    text.end -= stripped;
    text.left_stripped = stripped > 0;
    text.left_stripped
}

fn value(text: &Content) -> &str {
    text.original.get(text.start..text.end).unwrap_or_default()
}

fn trailing_blanks(text: &str) -> &str {
    text.get(text.trim_end_matches([' ', '\t']).len()..).unwrap_or_default()
}
