//! From foreign text to one plain line, or to nothing.

/// Characters of a point.
const LONGEST: usize = 400;

/// Bytes of an entry that are looked at.
const RAW_BYTES: usize = 8 * 1024;

/// A line of 1 to 400 characters with a letter in it: no controls, no hidden characters, white space as single spaces.
///
/// The marks that lists and emphasis have in Markdown are taken away. `None` where tags, references, links or addresses
/// stand, and where nothing is left or too much.
pub(crate) fn line(raw: &str) -> Option<String> {
    if raw.len() > RAW_BYTES {
        return None;
    }
    let visible: String = raw
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| !desk::preflight::is_invisible(*c) && *c != '\u{ad}')
        .filter(|c| !matches!(c, '*' | '`' | '~' | '|' | '\\'))
        .collect();
    let line = visible.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let line = unemphasised(&line);
    let line = unlisted(&line);
    let n = line.chars().count();
    (n <= LONGEST && line.chars().any(char::is_alphabetic) && !is_marked_up(line)).then(|| line.to_owned())
}

/// Without underscores other than inside of words.
fn unemphasised(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut chars = line.chars().peekable();
    let mut before = ' ';
    while let Some(c) = chars.next() {
        let inside = before.is_alphanumeric() && chars.peek().is_some_and(|next| next.is_alphanumeric());
        if c != '_' || inside {
            out.push(c);
        }
        before = c;
    }
    out
}

/// Without the mark or number of a list's item, or of a heading.
fn unlisted(line: &str) -> &str {
    let line = line.trim_start_matches(['-', '•', '–', '—', '·', '#', ' ']);
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    match line[digits..].strip_prefix(['.', ')']) {
        Some(rest) if (1..=2).contains(&digits) && rest.starts_with(' ') => rest.trim(),
        _ => line.trim(),
    }
}

/// Tags, references, links, addresses.
fn is_marked_up(line: &str) -> bool {
    let small = line.to_lowercase();
    let reference = small.match_indices('&').any(|(at, _)| {
        let name = small[at + 1..].bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').count();
        name > 0 && small[at + 1 + name..].starts_with(';')
    });
    reference
        || small.contains(['<', '>', '{', '}'])
        || ["](", "://", "www.", "mailto:", "javascript:", "data:text/"]
            .iter()
            .any(|mark| small.contains(mark))
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn plain_lines_stay_and_marks_go() {
        for (raw, wanted) in [
            ("The council met.", "The council met."),
            ("  The\n council\tmet. ", "The council met."),
            ("- The council met.", "The council met."),
            ("12. The council met.", "The council met."),
            ("2024 was a good year.", "2024 was a good year."),
            ("3.5 percent is left.", "3.5 percent is left."),
            ("**The** _council_ `met`, __said__ @ana_ruiz.", "The council met, said @ana_ruiz."),
            ("The coun\u{200b}cil\u{202e} met\u{0}.", "The council met."),
            ("Smith & Sons won by 3; “good”.", "Smith & Sons won by 3; “good”."),
        ] {
            assert_eq!(line(raw).as_deref(), Some(wanted), "{raw:?}");
        }
    }

    #[test]
    fn what_is_no_plain_line_goes() {
        let long = "a".repeat(401);
        for raw in [
            "",
            " \u{200b}",
            "...",
            "42",
            "<b>The council met.</b>",
            "The council &lt;met&gt;.",
            "The council &#60;met.",
            "The [council](https://evil.example) met.",
            "See https://evil.example now.",
            "See www.evil.example now.",
            "javascript:alert(1)",
            "{{#get \"posts\"}}",
            &long,
        ] {
            assert_eq!(line(raw), None, "{raw:?}");
        }
        assert!(line(&"a".repeat(400)).is_some());
    }
}
