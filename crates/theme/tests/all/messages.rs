//! Messages with values against the real intl-messageformat, where its answers are not in `helpers`.

use handlebars::{Arena, Value};
use theme::messages::{Message, MessageError};

fn check(text: &str, values: &[(&str, Value<'_>)], expected: &str) {
    let arena = Arena::new();
    let values: Vec<(&str, Value<'_>)> = values
        .iter()
        .map(|(name, value)| {
            let value = match *value {
                Value::Number(number) => Value::Number(number),
                Value::Text(text) => Value::Text(arena.text(text)),
                _ => Value::Null,
            };
            (arena.text(name), value)
        })
        .collect();
    let message = Message::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    let value = message.format(&arena, "en", &values).unwrap_or_else(|error| panic!("{text}: {error}"));
    assert_eq!(value.as_str(), Some(expected), "{text}");
}

#[test]
fn values_are_put_in_their_places() {
    check("plain  text\n with blanks ", &[], "plain  text\n with blanks ");
    check("a {x} b", &[("x", Value::Text("y"))], "a y b");
    check("{ x }{x}", &[("x", Value::Number(0.0))], "00");
    check("{0} {1}", &[("0", Value::Text("a")), ("1", Value::Text("b"))], "a b");
    check("it''s \\{x\\} \\u0041 \\\\", &[], "it's {x} A \\");
    check("{n, number}", &[("n", Value::Number(1234.5678))], "1,234.568");
}

#[test]
fn forms_are_chosen() {
    let plural = "{n, plural, offset:1 =0 {none} =1 {you} one {you and # other} other {you and # others}}";
    check(plural, &[("n", Value::Number(0.0))], "none");
    check(plural, &[("n", Value::Number(1.0))], "you");
    check(plural, &[("n", Value::Number(2.0))], "you and 2 other");
    check(plural, &[("n", Value::Number(5.0))], "you and 5 others");
    check("{g, select, a {A} other {O {g}}}", &[("g", Value::Text("b"))], "O b");
    check("{n, selectordinal, one {#st} other {#th}}", &[("n", Value::Number(11.0))], "11th");
    // only the first text of a form has its number put in
    check("{n, plural, other {# {n} #}}", &[("n", Value::Number(3.0))], "3 3 #");
}

#[test]
fn mistakes_are_told() {
    for text in
        ["{", "}", "{x", "{x,", "{x, plural, one {a}", "{x, select}", "\\x", "{n, plural, many}", "{a b}"]
    {
        assert!(matches!(Message::parse(text), Err(MessageError::Malformed(_))), "{text}");
    }
    let deep = "{a, select, other {".repeat(5000);
    assert!(matches!(Message::parse(&deep), Err(MessageError::Malformed(_))));
    let arena = Arena::new();
    let message = Message::parse("{x} {y}").expect("a message");
    let values = [("x", Value::Text("a"))];
    assert!(
        matches!(message.format(&arena, "en", &values), Err(MessageError::Unfilled(name)) if name == "y")
    );
}
