//! The example `handlebars-jsonl`: one answer a line, whatever the line is.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// What the program answers to these bytes, line by line.
fn answers(input: &[u8]) -> Vec<serde_json::Value> {
    let mut program = Command::new(program())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("cargo builds the examples with the tests");
    let mut stdin = program.stdin.take().expect("stdin is piped");
    let input = input.to_vec();
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = program.wait_with_output().expect("the program was started");
    writer.join().expect("the writer does not panic").expect("the program reads to the end");
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).expect("the program writes UTF-8");
    text.lines().map(|line| serde_json::from_str(line).expect("the program writes JSON")).collect()
}

/// Beside the folder of the test binary.
fn program() -> PathBuf {
    let tests = std::env::current_exe().expect("a test knows its own file");
    let profile = tests.ancestors().nth(2).expect("tests lie in the folder deps of their profile");
    profile.join("examples").join(format!("handlebars-jsonl{}", std::env::consts::EXE_SUFFIX))
}

#[test]
fn fields_are_walked_as_javascript_walks_them() {
    let line = br#"{"template": "{{#each .}}{{@key}}={{.}};{{/each}}", "data": {"b": 1, "10": 2, "a": 3, "9": 4, "01": 5}}"#;
    assert_eq!(answers(line), [serde_json::json!({ "output": "9=4;10=2;b=1;a=3;01=5;" })]);
}

#[test]
fn partials_are_found() {
    let line = br#"{"template": "{{> p x=1}}", "data": {"y": "<"}, "partials": {"p": "{{x}}{{y}}"}}"#;
    assert_eq!(answers(line), [serde_json::json!({ "output": "1&lt;" })]);
}

#[test]
fn json_is_read_as_javascript_reads_it() {
    let nested = format!("{}1{}", "[".repeat(900), "]".repeat(900));
    let nested = format!(r#"{{"template": "{{{{n.length}}}}", "data": {{"n": {nested}}}}}"#);
    let lines: [&[u8]; 5] = [
        br#"{"template": "{{a}} {{b}} {{c}}", "data": {"a": 1e400, "b": -1e400, "c": 1e-400}}"#,
        br#"{"template": "{{a}}{{a.length}}", "data": {"a": "\ud800x\ude00\ud83d\ude00\u00e9\n"}}"#,
        br#"{"template": "{{#each .}}{{@key}}={{.}};{{/each}}", "data": {"b": 1, "a": 2, "b": 3}}"#,
        br#"{"template": "{{__proto__}}{{x.constructor}}", "data": {"__proto__": 1, "x": {}}}"#,
        nested.as_bytes(),
    ];
    let outputs = ["Infinity -Infinity 0", "\u{fffd}x\u{fffd}\u{1f600}\u{e9}\n7", "b=3;a=2;", "1", "1"];
    assert_eq!(answers(&lines.join(&b'\n')), outputs.map(|output| serde_json::json!({ "output": output })));
}

#[test]
fn every_line_has_its_answer() {
    let deep = format!(r#"{{"template": "x", "data": {}1{}}}"#, "[".repeat(100_000), "]".repeat(100_000));
    let unclosed = "[".repeat(100_000);
    let lines: [&[u8]; 17] = [
        deep.as_bytes(),
        unclosed.as_bytes(),
        br#"{"template": "x", "data": 01}"#,
        br#"{"template": "x", "data": 1.}"#,
        br#"{"template": "x", "data": -}"#,
        br#"{"template": "x", "data": "\u12"}"#,
        br#"{"template": "x", "data": "\x"}"#,
        br#"{"template": "x", "data": [1,]}"#,
        br#"{"template": "x"} x"#,
        b"not json",
        b"{\"template\": \"\xff\"}",
        b"{}",
        b"[1]",
        br#"{"template": "{{#if}}"}"#,
        br#"{"template": "{{> p}}", "partials": {"p": "{{> p}}"}}"#,
        br#"{"template": "{{> p}}", "partials": {"p": 5}}"#,
        br#"{"template": "{{x}}", "data": {"x": "last"}}"#,
    ];
    let mut answers = answers(&lines.join(&b'\n'));
    assert_eq!(answers.pop(), Some(serde_json::json!({ "output": "last" })));
    assert_eq!(answers.len(), lines.len() - 1);
    for answer in answers {
        assert!(answer["error"].is_string(), "{answer}");
    }
}
