//! Words as they stand in addresses and class names.

use unidecode::unidecode_char;

/// The slug of a text: ASCII, in small letters, words joined by dashes.
pub fn slugify(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        if is_invisible(char) {
            continue;
        }
        if char == '£' {
            out.push('-');
            continue;
        }
        for plain in unidecode_char(char).chars() {
            match plain {
                '\'' => {}
                '.' | '@' | ':' | '/' | '?' | '#' | '[' | ']' | '!' | '$' | '&' | '(' | ')' | '*' | '+'
                | ',' | ';' | '=' | '\\' | '%' | '<' | '>' | '|' | '^' | '~' | '"' | '{' | '}' | '`' => {
                    out.push('-')
                }
                blank if blank.is_whitespace() => out.push('-'),
                other => out.push(other.to_ascii_lowercase()),
            }
        }
    }
    let mut joined = String::with_capacity(out.len());
    for char in out.chars() {
        if char != '-' || !joined.ends_with('-') {
            joined.push(char);
        }
    }
    let joined = joined.strip_suffix('-').unwrap_or(&joined);
    joined.strip_prefix('-').unwrap_or(joined).to_owned()
}

/// Controls, marks of direction and the like, which cannot be seen.
fn is_invisible(char: char) -> bool {
    char.is_control()
        || matches!(char,
            '\u{ad}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}' | '\u{8e2}' | '\u{180e}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}'
            | '\u{2066}'..='\u{206f}' | '\u{e000}'..='\u{f8ff}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

#[cfg(test)]
mod tests {
    use super::slugify;

    #[test]
    fn labels_become_class_names() {
        let cases = [
            ("Home", "home"),
            ("About us", "about-us"),
            ("Über uns!", "uber-uns"),
            ("北京", "bei-jing"),
            ("  a -- b  ", "a-b"),
            ("Don't £5 & 50%", "dont-5-50"),
            ("", ""),
        ];
        for (label, slug) in cases {
            assert_eq!(slugify(label), slug, "{label}");
        }
    }
}
