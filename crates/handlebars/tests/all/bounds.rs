//! Templates without end, and templates nested without measure: each stops with an error, at a fixed count.

use std::collections::HashMap;

use handlebars::{Arena, Call, Error, HelperId, Host, Kind, Limits, Names, Object, Template, Value};

struct Partials(HashMap<&'static str, Template>);

struct Lent<'p>(&'p Partials);

impl<'a> Host<'a> for Lent<'a> {
    fn call(&self, _: HelperId, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
        Err(call.error("there are no helpers"))
    }

    fn partial(&self, name: &str) -> Result<Option<&'a Template>, Error> {
        Ok(self.0.0.get(name))
    }
}

/// Output and outcome of a template whose only field is `list`, a hundred numbers.
fn render(source: &str, partials: &[(&'static str, &str)], limits: Limits) -> (String, Result<(), Error>) {
    let names = Names::default();
    let compiled = |(name, source): &(&'static str, &str)| {
        (*name, Template::compile(name, source, &names).expect("partials of tests are templates"))
    };
    let partials = Partials(partials.iter().map(compiled).collect());
    let template = Template::compile("t", source, &names).expect("templates of tests are templates");
    let arena = Arena::new();
    let list = arena.list((0..100).map(|number| Value::Number(f64::from(number))));
    let mut out = String::new();
    let done = template.render(&Lent(&partials), &arena, arena.map([("list", list)]), &[], limits, &mut out);
    (out, done)
}

fn check(source: &str, partials: &[(&'static str, &str)], limits: Limits, message: &str) {
    let (first, done) = render(source, partials, limits);
    let error = done.expect_err("the template goes beyond its limits");
    assert_eq!((error.kind, &*error.message), (Kind::Limit, message));
    assert!(error.line() > 0, "{error}");
    // The same count on every run.
    assert_eq!(render(source, partials, limits).0, first);
}

#[test]
fn loops_stop_at_a_number_of_steps() {
    let source = "{{#each list}}{{#each @root.list}}{{#each @root.list}}{{#each @root.list}}{{/each}}{{/each}}{{/each}}{{/each}}";
    let limits = Limits { steps: 10_000, ..Limits::default() };
    check(source, &[], limits, "more than 10000 steps");
    check(source, &[], Limits::default(), "more than 5000000 steps");
}

#[test]
fn partials_that_fan_out_stop_at_a_number_of_steps() {
    let partials = [
        ("p", "{{#each @root.list}}{{> q}}{{/each}}"),
        ("q", "{{#each @root.list}}{{> r}}{{/each}}"),
        ("r", "{{#each @root.list}}{{#if .}}{{/if}}{{/each}}"),
    ];
    check(
        "{{#each list}}{{> p}}{{/each}}",
        &partials,
        Limits { steps: 100_000, ..Limits::default() },
        "more than 100000 steps",
    );
}

#[test]
fn recursion_stops_at_a_depth() {
    let message = "more than 150 blocks and partials inside each other";
    check("{{> p}}", &[("p", "x{{> p}}")], Limits::default(), message);
    check("{{> p}}", &[("p", "{{> q}}"), ("q", "{{#if list}}{{> p}}{{/if}}")], Limits::default(), message);
    check("{{#*inline 'i'}}{{> i}}{{/inline}}{{> i}}", &[], Limits::default(), message);
    check("{{> p}}", &[("p", "{{#> p}}{{> @partial-block}}{{/p}}")], Limits::default(), message);
    check("{{> (lookup 'p' 0)}}", &[("p", "{{> (lookup 'p' 0)}}")], Limits::default(), message);
}

#[test]
fn the_output_stops_at_a_number_of_bytes() {
    let source = "{{#each list}}0123456789{{/each}}";
    check(source, &[], Limits { output_bytes: 95, ..Limits::default() }, "more than 95 bytes of output");
    assert_eq!(render(source, &[], Limits { output_bytes: 1000, ..Limits::default() }).1, Ok(()));
    // Each partial doubles what the next one makes.
    let doubling =
        [("p", "{{#each list}}{{> q}}{{/each}}"), ("q", "{{@root.list}}{{@root.list}}{{@root.list}}")];
    check(
        "{{> p}}",
        &doubling,
        Limits { output_bytes: 10_000, ..Limits::default() },
        "more than 10000 bytes of output",
    );
}

#[test]
fn the_memory_stops_at_a_number_of_bytes() {
    let limits = Limits { arena_bytes: 1 << 20, ..Limits::default() };
    let source = "{{#each list}}{{#each @root.list}}{{#each @root.list}}{{> q a=1 b=2 c=3}}{{/each}}{{/each}}{{/each}}";
    check(source, &[("q", "")], limits, "more than 1048576 bytes of memory");
}

/// The error of a template nested without measure. On the stack of a thread of a test, 2 MiB.
fn too_deep(source: &str) -> Error {
    let error = Template::compile("t", source, &Names::default()).expect_err("too deep");
    assert_eq!(error.kind, Kind::Syntax);
    assert!(error.line() > 0, "{error}");
    error
}

#[test]
fn deep_nesting_in_a_template_is_an_error() {
    for (open, close) in [
        ("{{#if a}}", "{{/if}}"),
        ("{{^a}}", "{{/a}}"),
        ("{{#> p}}", "{{/p}}"),
        ("{{#*inline 'p'}}", "{{/inline}}"),
        ("{{#if a}}{{else if b}}", "{{/if}}"),
    ] {
        let whole = open.repeat(100_000) + &close.repeat(100_000);
        assert!(too_deep(&whole).message.starts_with("more than 200 "), "{open}");
        too_deep(&open.repeat(100_000));
    }
    let calls = format!("{{{{a {}b{}}}}}", "(lookup ".repeat(100_000), ")".repeat(100_000));
    assert!(too_deep(&calls).message.starts_with("more than 200 "));
}

#[test]
fn chains_of_else_are_long_and_take_no_stack() {
    let open = "{{#if x}}";
    for link in ["{{else if x}}", "{{else unless list}}", "{{else x}}", "{{else with x}}", "{{else each x}}"]
    {
        let chain = link.repeat(10_000);
        let whole = format!("{open}{chain}{{{{else}}}}z{{{{/if}}}}");
        assert_eq!(render(&whole, &[], Limits::default()), ("z".to_owned(), Ok(())), "{link}");
        // What was read of a broken one is dropped as well.
        too_deep(&format!("{open}{chain}"));
        too_deep(&format!("{open}{chain}{{{{/if}}}}{{{{"));
        let longer = too_deep(&format!("{open}{chain}{link}{{{{/if}}}}"));
        assert_eq!(longer.message, "more than 10000 links in a chain of else");
    }
}

#[test]
fn long_templates_are_read_once() {
    // Each of these takes hours where the time grows with the square of the length.
    let n = 1_000_000;
    let compile = |source: String| drop(Template::compile("t", &source, &Names::default()));
    compile("{{".repeat(n));
    compile("{{!--".to_owned() + &"--".repeat(n));
    compile("{{! ".repeat(n));
    compile("\\{{".repeat(n));
    compile("{{a".to_owned() + &"/a".repeat(n) + "}}");
    compile("{{a".to_owned() + &" x=1".repeat(n / 10) + "}}");
    compile("{{{{a}}}}".to_owned() + &"{{{{b}}}}".repeat(n / 10));
    compile("{{a ".repeat(n / 10));
    compile("{{a}} ".repeat(n / 10));
    compile("{{a '".to_owned() + &"\\'".repeat(n));
    compile("{{[".repeat(n / 10));
    compile(" \n{{#a}}\n{{/a}}\n".repeat(n / 10));
}

/// A field that names itself: a value without end.
struct Endless;

impl<'a> Object<'a> for Endless {
    fn get(&'a self, name: &str, _: &'a Arena) -> Value<'a> {
        if name == "next" { Value::Object(self) } else { Value::Undefined }
    }

    fn keys(&'a self, _: &'a Arena) -> &'a [&'a str] {
        &["next"]
    }
}

#[test]
fn a_value_without_end_stops_at_a_depth() {
    let partials = Partials(HashMap::from([(
        "p",
        Template::compile("p", "{{#each .}}{{> p}}{{/each}}", &Names::default()).expect("a template"),
    )]));
    let template = Template::compile("t", "{{> p}}", &Names::default()).expect("a template");
    let (arena, endless) = (Arena::new(), Endless);
    let mut out = String::new();
    let error = template
        .render(&Lent(&partials), &arena, Value::Object(&endless), &[], Limits::default(), &mut out)
        .expect_err("there is no end");
    assert_eq!(error.kind, Kind::Limit);
}
