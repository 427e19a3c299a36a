//! Random templates through this engine and the real one: the same output byte for byte, or an error from both.

use crate::case::Case;
use crate::generate;
use crate::helpers;
use crate::oracle;

/// Compares the cases of these seeds.
/// `COURANT_SEED` starts elsewhere, `COURANT_CASES` takes more: for long runs by hand.
#[test]
fn random_templates_render_as_in_javascript() {
    let from = number("COURANT_SEED").unwrap_or(1);
    let n = number("COURANT_CASES").unwrap_or(12_000);
    let cases: Vec<String> = (from..from + n).map(|seed| generate::case(seed).to_string()).collect();
    let (mut n_outputs, mut differences) = (0, Vec::new());
    for (seed, (line, expected)) in (from..).zip(cases.iter().zip(oracle::answers(&cases))) {
        n_outputs += usize::from(expected.get("output").is_some());
        if let Some(difference) = difference(line, &expected) {
            differences.push((format!("seed {seed}: {difference}"), line));
        }
    }
    // Making a case smaller takes minutes: asked for by hand.
    let shrink = std::env::var_os("COURANT_SHRINK").is_some();
    let shown: Vec<String> = differences
        .iter()
        .take(3)
        .map(|(what, line)| format!("{what}\n{}", if shrink { shrunk(line) } else { (*line).clone() }))
        .collect();
    assert!(differences.is_empty(), "{} of {n} differ\n\n{}", differences.len(), shown.join("\n\n"));
    assert!(n_outputs * 2 > cases.len(), "only {n_outputs} of {n} cases are templates that render");
}

#[test]
fn long_chains_of_else_render_as_in_javascript() {
    let links = [
        "{{else if no}}a",
        " \n{{~else unless yes}} b",
        "\n{{else no}}\n",
        "{{else with no as |x|}}{{x}}{{../c}}",
    ];
    let chain: String = links.iter().cycle().take(700).copied().collect();
    let cases = ["{{#if no}}", "{{#no}}\n", "{{#each no}}"].map(|open| {
        let name = open
            .trim()
            .trim_start_matches("{{#")
            .trim_end_matches("}}")
            .split(' ')
            .next()
            .unwrap_or_default();
        let ends = ["{{else yes}}\n<{{.}}>{{../c}}\n", "{{else}}\n{{c}}\n", ""];
        ends.map(|end| {
            let template = format!("{open}{chain}{end}{{{{/{name}}}}} .");
            serde_json::json!({ "template": template, "data": { "yes": "y", "c": "c" } }).to_string()
        })
    });
    let cases = cases.concat();
    for (line, expected) in cases.iter().zip(oracle::answers(&cases)) {
        assert!(expected["output"].is_string(), "{expected}");
        assert_eq!(difference(line, &expected), None);
    }
}

#[test]
fn named_arguments_are_worked_out_in_the_order_of_javascript() {
    let cases = [
        "{{id (id 0=(one 1) c=(two 2))}}",
        "{{id (id c=(two 2) 0=(one 1))}}",
        "{{id (id 10=(one 1) 9=(two 2))}}",
        "{{id (id 01=(one 1) b=(two 2))}}",
        "{{id (id a=1 b=(two 2) a=(one 1))}}",
        "{{id (id a=(one 1) b=(two 2) a=3)}}",
        "{{#each (pick a=1 b=2 a=3 c=4 7=5 6=6)}}{{@key}}={{this}};{{/each}}",
        "{{#each (pick a=1 a=undefined b=2)}}{{@key}}={{this}};{{/each}}",
    ]
    .map(|template| serde_json::json!({ "template": template, "helpers": ["id", "pick"] }).to_string());
    for (line, expected) in cases.iter().zip(oracle::answers(&cases)) {
        assert_eq!(difference(line, &expected), None, "{line}");
    }
}

/// `{{@partial-block}}` is a call of the block as if it were a helper: without arguments it gets the options of the
/// call as its context, and no data variables.
#[test]
fn the_block_of_a_partial_is_called_as_in_javascript() {
    let calls = [
        "{{@partial-block}}",
        " \n {{{@partial-block}}}",
        "{{@partial-block 5}}",
        "{{@partial-block list}}",
        "{{@partial-block k=5 j=list}}",
        "{{@partial-block 5 undefined}}",
        "{{id (@partial-block)}}",
        "{{id (@partial-block 5 k=1)}}",
        "{{#@partial-block}}x{{else}}y{{/@partial-block}}",
        "{{^@partial-block}}x{{/@partial-block}}",
        "{{#@partial-block 5}}x{{/@partial-block}}",
        "{{#@partial-block k=5}}x{{/@partial-block}}",
        "{{#each list}}{{@partial-block}}{{/each}}",
        "{{#each list as |x|}}{{@partial-block}}{{x}}{{@partial-block}}{{@partial-block x}}{{/each}}",
        "{{#each list as |x|}}{{@partial-block}}{{#if x}}{{x}}{{@partial-block}}{{/if}}{{/each}}",
        "{{#ctx 1 v=2 w=3}}{{@partial-block}}{{/ctx}}",
        "{{#if @partial-block}}y{{/if}}{{#with @partial-block}}{{.}}{{/with}}{{@../partial-block}}",
    ];
    let bodies = [
        "{{#each.}}\n{{/each}}",
        "{{this}}:{{#each .}}{{@key}}{{@index}},{{/each}}{{name}} {{@root.c}}",
        "{{#each hash}}{{@key}}={{this}};{{/each}}{{#each data}}{{@key}},{{/each}}{{loc.start.line}}/{{loc.start.column}}",
        "{{data.root.c}}{{data.key}}{{data._parent.key}}{{data._parent.root.c}}{{data._parent._parent._parent.root}}",
        "{{#each blockParams}}{{#each .}}{{.}},{{/each}};{{/each}}",
        "{{{.}}}",
        "",
    ];
    let mut cases = Vec::new();
    for call in calls {
        for body in bodies {
            for template in [format!("{{{{#>p}}}}{body}{{{{/p}}}}"), "{{>p}}".to_owned()] {
                let data = serde_json::json!({ "list": [1, 2], "c": "c" });
                cases.push(serde_json::json!({
                    "template": template, "data": data, "partials": { "p": call }, "helpers": ["id", "ctx"],
                }));
            }
        }
    }
    cases.push(serde_json::json!({
        "template": "{{#>p as |y|}}{{y}}{{/p}}", "data": { "list": ["z"] },
        "partials": { "p": "{{#each list as |x|}}{{x}}{{@partial-block x}}{{/each}}" },
    }));
    cases.push(serde_json::json!({
        "template": "{{#>p}}{{{.}}}{{/p}}", "data": {}, "partials": { "p": "{{{@partial-block 1}}}{{{@partial-block 2}}}" },
    }));
    let cases: Vec<String> = cases.iter().map(serde_json::Value::to_string).collect();
    let differences: Vec<String> = cases
        .iter()
        .zip(oracle::answers(&cases))
        .filter_map(|(line, expected)| Some(format!("{line}{}", difference(line, &expected)?)))
        .collect();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}

/// What differs, if anything. Messages of errors count where Handlebars words them itself.
pub fn difference(line: &str, expected: &serde_json::Value) -> Option<String> {
    let case = Case::read(line, &helpers::all()).expect("cases are well formed");
    match (case.render(), expected["output"].as_str(), expected["error"].as_str()) {
        (Ok(ours), Some(theirs), _) if ours == theirs => None,
        (Err(ours), None, Some(theirs)) => {
            let ours = ours.handlebars_message();
            let same = first_line(&ours) == first_line(theirs);
            (is_handlebars_own(theirs) && !same).then(|| format!("message\n- {theirs:?}\n+ {ours:?}"))
        }
        (ours, _, _) => {
            let ours = ours.map_err(|error| error.to_string());
            Some(format!("\n- {expected}\n+ {ours:?}"))
        }
    }
}

fn first_line(message: &str) -> &str {
    message.lines().next().unwrap_or_default()
}

fn is_handlebars_own(message: &str) -> bool {
    [
        "Missing helper",
        "Missing decorator",
        "The partial",
        "Parse error",
        "Lexical error",
        "Invalid path",
        "Unsupported",
    ]
    .iter()
    .any(|start| message.starts_with(start))
        || message.contains("doesn't match")
        || message.contains("requires exactly one argument")
}

/// A smaller case that still differs: pieces of the template, partials and fields of the data are left out while
/// the difference stays.
fn shrunk(line: &str) -> String {
    let mut case: serde_json::Value = serde_json::from_str(line).expect("cases are JSON");
    for _ in 0..15 {
        let smaller = smaller(&case);
        let lines: Vec<String> = smaller.iter().map(serde_json::Value::to_string).collect();
        let answers = oracle::answers(&lines);
        let still =
            lines.iter().zip(&answers).position(|(line, expected)| difference(line, expected).is_some());
        match still.and_then(|still| smaller.get(still)) {
            Some(next) => case = next.clone(),
            None => break,
        }
    }
    case.to_string()
}

fn smaller(case: &serde_json::Value) -> Vec<serde_json::Value> {
    let mut smaller = Vec::new();
    for field in ["partials", "data"] {
        for name in case[field].as_object().into_iter().flat_map(|fields| fields.keys()) {
            let mut without = case.clone();
            without[field].as_object_mut().expect("just seen").shift_remove(name);
            smaller.push(without);
        }
    }
    let mut texts: Vec<Vec<&str>> = vec![vec!["template"]];
    texts.extend(
        case["partials"]
            .as_object()
            .into_iter()
            .flat_map(|fields| fields.keys())
            .map(|name| vec!["partials", name]),
    );
    for path in texts {
        let text = path.iter().fold(case, |value, name| &value[*name]).as_str().unwrap_or_default();
        let chars: Vec<char> = text.chars().collect();
        let mut size = chars.len();
        while size > 0 {
            for start in (0..chars.len()).step_by(size) {
                let kept: String =
                    chars[..start].iter().chain(chars.get(start + size..).unwrap_or_default()).collect();
                let mut without = case.clone();
                *path.iter().fold(&mut without, |value, name| &mut value[*name]) = kept.into();
                smaller.push(without);
            }
            size = if size > 1 { size.div_ceil(2).min(size - 1) } else { 0 };
        }
    }
    smaller
}
