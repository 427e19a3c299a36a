//! Any text is a template or an error with its place, and every render ends: no panic, no limit left behind.

use handlebars::{Kind, Limits};
use proptest::prelude::*;

use crate::case::Case;
use crate::generate;

/// Small enough that a template which loops ends at once.
const LIMITS: Limits = Limits { steps: 20_000, depth: 60, output_bytes: 100_000, arena_bytes: 4 << 20 };

/// Pieces of the language, among which the surprising combinations are found sooner than among all bytes.
const PIECES: &[&str] = &[
    "{{",
    "}}",
    "{{{",
    "}}}",
    "{{{{",
    "}}}}",
    "{{#",
    "{{/",
    "{{^",
    "{{else",
    "{{>",
    "{{#>",
    "{{#*inline ",
    "{{!",
    "{{!--",
    "--}}",
    "~",
    "\\",
    "\\\\",
    "a",
    "list",
    "if ",
    "each ",
    "with ",
    "lookup ",
    "@root",
    "@index",
    "..",
    "this",
    ".",
    "/",
    "[",
    "]",
    "(",
    ")",
    "|",
    " as |x|",
    "=",
    "'",
    "\"",
    "1",
    "-",
    "true",
    "null",
    "undefined",
    " ",
    "\n",
    "\r\n",
    "\u{0}",
    "\u{2028}",
    "é😀",
    "p",
    "@partial-block",
    "{{#if a}}",
    "{{/if}}",
    "{{#each list}}",
    "{{/each}}",
    "{{> p}}",
    "{{/inline}}",
    "{{/p}}",
];

/// What must hold of every template.
fn check(template: &str) -> Result<(), TestCaseError> {
    let line = serde_json::json!({
        "template": template,
        "data": { "a": true, "list": [1, { "a": "<" }, []], "x": { "12": 1, "y": null } },
        "partials": { "p": "{{a}}{{#each list}}{{> @partial-block}}{{> p}}{{/each}}" },
    });
    let case = Case::read(&line.to_string(), &[]).expect("the line is a case");
    match case.render_within(LIMITS) {
        Ok(output) => prop_assert!(output.len() <= LIMITS.output_bytes),
        Err(error) => {
            prop_assert!(error.line() >= 1, "no place: {error}");
            prop_assert!(!error.message.is_empty());
            let text = if error.file == "template" { template } else { "" };
            // Handlebars counts `\r`, `\n` and `\r\n` as line breaks.
            let n_lines = text.matches(['\n', '\r']).count() + 1;
            prop_assert!(text.is_empty() || error.line() as usize <= n_lines, "{error}");
            let n_units = text.encode_utf16().count();
            prop_assert!(text.is_empty() || error.column() as usize <= n_units + 1, "{error}");
            if error.kind == Kind::Syntax {
                prop_assert!(
                    error.to_string().starts_with(&format!("template:{}:", error.line())),
                    "{error}"
                );
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        check(&String::from_utf8_lossy(&bytes))?;
    }

    #[test]
    fn any_text_around_mustaches(texts in proptest::collection::vec(".{0,8}", 0..20)) {
        check(&texts.join("{{"))?;
        check(&texts.join("}}"))?;
    }

    #[test]
    fn pieces_of_the_language(pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..60)) {
        check(&pieces.concat())?;
    }

    #[test]
    fn templates_with_a_piece_in_another_place(
        seed in any::<u32>(),
        from in any::<proptest::sample::Index>(),
        to in any::<proptest::sample::Index>(),
        piece in proptest::sample::select(PIECES),
    ) {
        let case = generate::case(u64::from(seed));
        let mut chars: Vec<char> = case["template"].as_str().unwrap_or_default().chars().collect();
        let taken = chars.split_off(from.index(chars.len() + 1));
        let at = to.index(chars.len() + 1);
        chars.splice(at..at, taken);
        chars.splice(at..at, piece.chars());
        check(&chars.into_iter().collect::<String>())?;
    }
}
