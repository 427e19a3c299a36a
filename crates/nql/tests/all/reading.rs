//! Texts and their trees. `reading.jsonl` holds what nql-lang 0.7.0 made of them, written out as we write trees.

use jiff::Timestamp;
use nql::Filter;

fn now() -> Timestamp {
    "2026-03-31T12:34:56Z".parse().expect("an instant")
}

fn check(text: &str, tree: &str) {
    assert_eq!(
        Filter::parse(text, now()).map(|filter| filter.tree().to_string()).as_deref(),
        Ok(tree),
        "{text}"
    );
}

fn check_error(text: &str, position: usize, character: Option<char>) {
    assert_eq!(Filter::parse(text, now()).unwrap_err(), nql::Error { position, character }, "{text}");
}

#[test]
fn as_ghost_reads_them() {
    let corpus = include_str!("reading.jsonl");
    let mut failures = Vec::new();
    for line in corpus.lines() {
        let line: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let text = line["filter"].as_str().expect("a filter");
        let found = Filter::parse(text, now()).map(|filter| filter.tree().to_string()).ok();
        if found.as_deref() != line["tree"].as_str() {
            failures.push(format!("{text:?}: expected {}, found {found:?}", line["tree"]));
        }
    }
    assert!(
        failures.is_empty(),
        "{} of {}:\n{}",
        failures.len(),
        corpus.lines().count(),
        failures.join("\n")
    );
}

#[test]
fn relative_dates_are_counted_by_the_calendar_in_utc() {
    check("a:>now-30d", "a:>'2026-03-01 12:34:56'");
    check("a:>now-1M", "a:>'2026-02-28 12:34:56'");
    check("a:>now+1M+b:1", "(a:>'2026-04-30 12:34:56'+b:1)");
    check("a:[now-1y,now+2w]", "a:['2025-03-31 12:34:56','2026-04-14 12:34:56']");
    check("(a:now-5h)", "a:'2026-03-31 07:34:56'");
    check("a:now-35m", "a:'2026-03-31 11:59:56'");
    check("a:now+4s", "a:'2026-03-31 12:35:00'");
    check("a:now-99999999999y", "a:'Invalid DateTime'");
    check("a:now-99999999999999999999999999y", "a:'Invalid DateTime'");
    check("a:now-1q", "a:'now-1q'");
    check("a:now-1d ", "a:'now-1d'");
    check("a:now", "a:'now'");
}

#[test]
fn numbers_are_whole() {
    check("a:1.9", "a:1");
    check("a:007", "a:7");
    check("a:-1", "a:-1");
    check("a:123456789012345678901234567890", "a:123456789012345680000000000000");
}

#[test]
fn errors_say_where() {
    check_error("a:b+c", 5, Some('c'));
    check_error("title:\"x\"", 7, Some('"'));
    check_error("é日:x", 1, Some('é'));
    check_error("a:", 3, None);
    check_error("", 1, None);
    check_error("a:>-1", 4, Some('-'));
    check_error(&format!("{}a:1", "(".repeat(500)), 102, Some('('));
}

#[test]
fn a_filter_in_parentheses() {
    let inside =
        |text: &str| Filter::parse(text, now()).unwrap().tree_in_parentheses().map(|node| node.to_string());
    assert_eq!(inside("a:1,b:2").as_deref(), Ok("(a:1,b:2)"));
    assert_eq!(inside("(a:1,b:2)").as_deref(), Ok("((a:1,b:2))"), "ignored, as a whole");
    assert_eq!(inside("a:x ").as_deref(), Ok("a:'x'"));
    assert!(inside("a:x").is_err());
}
