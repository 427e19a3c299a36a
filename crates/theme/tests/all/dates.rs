//! Dates against moment's own answers (`tests/data/make-dates.cjs`).

use jiff::Timestamp;
use serde_json::Value;
use theme::dates::{Language, format, parse, relative, zone};

#[test]
fn dates_are_written_as_moment_writes_them() {
    let path = std::env::var("DATES")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/dates.jsonl").into());
    let cases = std::fs::read_to_string(path).expect("the cases are beside the test");
    let (mut n, mut wrong) = (0, Vec::new());
    for line in cases.lines() {
        let case: Value = serde_json::from_str(line).expect("a line is JSON");
        let at = |value: &Value| {
            Timestamp::from_millisecond(value.as_i64().expect("milliseconds")).expect("in range")
        };
        let zone = zone(case[1].as_str().expect("a zone")).expect("a known zone");
        let when = at(&case[0]).to_zoned(zone.clone());
        let language = Language::of(case[2].as_str().expect("a language"));
        let text = match &case[3] {
            Value::String(pattern) => format(&when, language, pattern),
            now => relative(&when, &at(now).to_zoned(zone), language),
        };
        n += 1;
        if case[4].as_str() != Some(&text) {
            wrong.push(format!("{line}\n  ours {text:?}"));
        }
    }
    assert!(n > 1000, "only {n} cases");
    assert!(wrong.is_empty(), "{} of {n} differ:\n{}", wrong.len(), wrong[..wrong.len().min(30)].join("\n"));
}

#[test]
fn languages_are_found_as_moment_finds_them() {
    let month = |tag| format(&parse("2024-05-01").expect("a date"), Language::of(tag), "MMMM LL");
    assert_eq!(month("de"), "Mai 1. Mai 2024");
    assert_eq!(month("de-DE"), "Mai 1. Mai 2024");
    assert_eq!(month("zh"), "五月 2024年5月1日");
    assert_eq!(month("zh-Hant"), month("zh-TW"));
    assert_eq!(month("zh-Hant-HK"), month("zh-HK"));
    assert_eq!(month("pt-BR"), month("pt_BR"));
    assert_eq!(month("xx"), "May May 1, 2024");
    assert_eq!(month("../en"), "May May 1, 2024");
    assert_eq!(month("hy"), month("hy-am"));
}

#[test]
fn texts_are_read_as_dates() {
    let read = |text: &str| parse(text).map(|when| when.timestamp().to_string());
    let is = |text: &str, expected: &str| assert_eq!(read(text).as_deref(), Some(expected), "{text}");
    is("2024-01-31T10:20:30.000+00:00", "2024-01-31T10:20:30Z");
    is("2024-01-31T10:20:30.000Z", "2024-01-31T10:20:30Z");
    is("2024-01-31T10:20:30.123456+02:00", "2024-01-31T08:20:30.123Z");
    is("2024-01-31 10:20", "2024-01-31T10:20:00Z");
    is("2024-01-31", "2024-01-31T00:00:00Z");
    is("2024-01", "2024-01-01T00:00:00Z");
    is("2024", "2024-01-01T00:00:00Z");
    is("2024-01-31T24:00:00Z", "2024-02-01T00:00:00Z");
    is("Tue, 05 Nov 2024 10:00:00 GMT", "2024-11-05T10:00:00Z");
    is("Tue Nov 05 2024 10:00:00 GMT+0100 (Central European Time)", "2024-11-05T09:00:00Z");
    is("November 5, 2024", "2024-11-05T00:00:00Z");
    is("11/05/2024", "2024-11-05T00:00:00Z");
    for text in ["", "yesterday", "2024-13-01", "2024-02-31", "2024-1-1T", "５", "2024-01-01T25:00", "🦀"]
    {
        assert_eq!(read(text), None, "{text}");
    }
}
