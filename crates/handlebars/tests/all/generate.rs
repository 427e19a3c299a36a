//! Makes random templates with data and partials, so that two engines can be compared. The same seed gives the same case.

use serde_json::{Value, json};

use crate::helpers::own_names;

/// A small generator of random numbers (xorshift).
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        let mut random = Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        for _ in 0..8 {
            random.next();
        }
        random
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub fn below(&mut self, n: usize) -> usize {
        (self.next() >> 16) as usize % n
    }

    pub fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub fn pick<'s>(&mut self, choices: &[&'s str]) -> &'s str {
        choices[self.below(choices.len())]
    }
}

const NAMES: &[&str] = &[
    "a",
    "b",
    "c",
    "x",
    "foo",
    "bar",
    "list",
    "items",
    "obj",
    "title",
    "zero",
    "no",
    "yes",
    "nil",
    "foo-bar",
    "a b",
    "12",
    "0",
    "this",
    "true",
    "length",
    "mythis",
    "toString",
    "index",
    "empty",
    "nums",
    "constructor",
    "__proto__",
    "hasOwnProperty",
    "valueOf",
    "string",
    "args",
    "id",
];

const PARTIALS: &[&str] = &["p", "q", "dir/r", "undefined", "12", "toString", "rec", "in"];

const WORDS: &[&str] = &[
    "text",
    "<b>&\"'`=",
    "é漢😀",
    "\\",
    "\\\\",
    "{ ",
    "}",
    "}}",
    "{ { ",
    "~",
    "-",
    "\u{a0}",
    "\u{feff}",
    "\u{2028}",
    "x",
    "\n",
    "\n",
    "\n",
    "\n",
    " ",
    " ",
    "  ",
    "\t",
    "\r\n",
    "\r",
    "\n\n",
    "\n  ",
    " \n",
    "  \n  ",
];

/// A template with data, partials and options, as the oracle takes it.
pub fn case(seed: u64) -> Value {
    let mut random = Random::new(seed);
    let data = if random.percent(97) { root(&mut random) } else { value(&mut random, 0) };
    let helpers = random.percent(50);
    let mut partials = serde_json::Map::new();
    for name in PARTIALS {
        if random.percent(85) {
            let mut writer = Writer::new(&mut random, helpers, 12);
            writer.program(1);
            partials.insert((*name).to_owned(), Value::String(writer.out));
        }
    }
    if random.percent(60) {
        let rec = "<{{x}}{{#each list}}\n  {{> rec}}\n{{/each}}{{#obj}}{{>rec}}{{/obj}}>";
        partials.insert("rec".to_owned(), json!(rec));
    }
    let mut writer = Writer::new(&mut random, helpers, 40);
    writer.program(0);
    let mut template = writer.out;
    if random.percent(12) {
        template = damaged(&mut random, &template);
    }
    let mut case = json!({ "template": template, "data": data, "partials": partials });
    if random.percent(25) {
        case["options"] = json!({ "preventIndent": true });
    }
    if helpers {
        case["helpers"] = json!(own_names());
    }
    // Given as text, Handlebars compiles a partial anew for each scope of inline partials: then one that renders
    // itself does not keep them, as compiled ones do.
    let give = random.below(3);
    if give > 0 && !case.to_string().contains("inline") {
        case["give"] = json!(["", "registered", "text"][give]);
    }
    if random.percent(10) {
        case["variables"] = json!({ "level": 0, "site": { "title": "<t>" }, "x": 5, "index": "own" });
    }
    case
}

/// Takes a piece out, puts one in, or repeats one.
fn damaged(random: &mut Random, template: &str) -> String {
    let mut chars: Vec<char> = template.chars().collect();
    for _ in 0..=random.below(3) {
        let at = random.below(chars.len() + 1);
        let end = (at + random.below(4)).min(chars.len());
        match random.below(3) {
            0 => drop(chars.drain(at..end)),
            1 => {
                let piece = random.pick(&[
                    "{{", "}}", "{", "}", "\\", "~", "#", "/", "^", "{{else}}", "{{/if}}", "\"", "'", "[",
                    "]", "=", "|", "(", ")", "@", ".", "..", " as |x|", "{{{{", "}}}}", "!--", "{{!", ">",
                    "*", "\n", "&", "\0", " ", "else", "{{!--", "--}}",
                ]);
                chars.splice(at..at, piece.chars());
            }
            _ => {
                let piece: Vec<char> = chars[at..end].to_vec();
                chars.splice(at..at, piece);
            }
        }
    }
    chars.into_iter().collect()
}

fn root(random: &mut Random) -> Value {
    let mut fields = serde_json::Map::new();
    for name in NAMES {
        if random.percent(60) {
            let value = match *name {
                "list" | "items" => list(random, 0),
                "nums" => json!([1, 2, 2, "2", 0, null]),
                "zero" => json!(0),
                "no" => json!(false),
                "yes" => json!(true),
                "nil" => Value::Null,
                "empty" => json!([]),
                "obj" => object(random, 0),
                "toString" => continue,
                "__proto__" => prototype(random),
                _ => value(random, 0),
            };
            fields.insert((*name).to_owned(), value);
        }
    }
    if random.percent(2) {
        fields.insert("toString".to_owned(), json!("x"));
    }
    Value::Object(fields)
}

fn value(random: &mut Random, depth: usize) -> Value {
    match random.below(if depth > 2 { 10 } else { 14 }) {
        0 => Value::Null,
        1 => json!(true),
        2 => json!(false),
        3 => json!(0),
        4 => json!(random.below(100) as f64 / 8.0 - 3.0),
        5 => json!([1e21, 1e-7, -0.0, 123456789012345680000.0, 0.1, 5e-324][random.below(6)]),
        6 => json!(""),
        7 => json!(random.pick(&[
            "<a href='x'>&amp;`=\"</a>",
            "é😀漢",
            "p",
            "1",
            "0",
            " ",
            "dir/r",
            "a\nb\n",
            "foo"
        ])),
        8 | 9 => json!(random.pick(&["one", "two", "x y"])),
        10 | 11 => list(random, depth + 1),
        _ => object(random, depth + 1),
    }
}

fn list(random: &mut Random, depth: usize) -> Value {
    let n = random.below(4);
    Value::Array((0..n).map(|_| value(random, depth + 1)).collect())
}

fn object(random: &mut Random, depth: usize) -> Value {
    let mut fields = serde_json::Map::new();
    for _ in 0..random.below(5) {
        match random.pick(NAMES) {
            "toString" => {}
            "__proto__" => drop(fields.insert("__proto__".to_owned(), prototype(random))),
            name => drop(fields.insert(name.to_owned(), value(random, depth + 1))),
        }
    }
    Value::Object(fields)
}

/// No object: it would become the prototype of copies.
fn prototype(random: &mut Random) -> Value {
    [json!("proto"), json!(1), json!(true)][random.below(3)].clone()
}

/// Writes a template piece by piece. The calls of helpers are in `generate_calls`.
pub struct Writer<'r> {
    pub random: &'r mut Random,
    pub out: String,
    /// Whether there are helpers beside Handlebars' own.
    pub helpers: bool,
    /// Block parameters in force.
    params: Vec<String>,
    /// Statements that may still be written.
    budget: usize,
}

impl<'r> Writer<'r> {
    fn new(random: &'r mut Random, helpers: bool, budget: usize) -> Self {
        Self { random, out: String::new(), helpers, params: Vec::new(), budget }
    }
}

impl Writer<'_> {
    pub fn push(&mut self, text: &str) {
        self.out.push_str(text);
    }

    pub fn push_one(&mut self, choices: &[&str]) {
        let choice = self.random.pick(choices);
        self.push(choice);
    }

    fn program(&mut self, depth: usize) {
        for _ in 0..self.random.below(if depth == 0 { 9 } else { 5 }) {
            if self.budget == 0 {
                return;
            }
            self.budget -= 1;
            self.statement(depth);
        }
    }

    fn text(&mut self) {
        for _ in 0..=self.random.below(3) {
            let word = self.random.pick(WORDS);
            // A brace more at the end of a mustache would mostly spoil it.
            if !(word.starts_with('}') && self.out.ends_with('}')) {
                self.push(word);
            }
        }
    }

    fn space(&mut self) {
        let space = self.random.pick(&["", "", "", "", " ", "  ", "\n", "\t "]);
        self.push(space);
    }

    pub fn open(&mut self, sign: &str) {
        let tilde = if self.random.percent(12) { "~" } else { "" };
        self.push(&format!("{{{{{tilde}{sign}"));
        if sign != "{" || self.random.percent(50) {
            self.space();
        }
    }

    pub fn close(&mut self) {
        self.space();
        let tilde = if self.random.percent(12) { "~" } else { "" };
        self.push(&format!("{tilde}}}}}"));
    }

    fn statement(&mut self, depth: usize) {
        if self.helpers && self.random.percent(15) {
            return self.helper_statement(depth);
        }
        match self.random.below(if depth > 4 { 44 } else { 100 }) {
            0..20 => self.text(),
            20..30 => self.mustache(),
            30..33 => {
                self.push("{{{");
                self.expression();
                let end = if self.random.percent(3) { "}~}}" } else { "}}}" };
                self.push(end);
            }
            33..35 => {
                self.open("&");
                self.expression();
                self.close();
            }
            35..39 => {
                let comment = self.random.pick(&[
                    "{{! note }}",
                    "{{!-- }} --}}",
                    "{{~! x ~}}",
                    "{{!}}",
                    "{{!----}}",
                    "{{!--~}}",
                    "{{~!-- a -- --~}}",
                    "{{!-x}}",
                    "{{! <b> --}}",
                    "{{!\n\n}}",
                ]);
                self.push(comment);
            }
            39..41 => {
                let escaped = self.random.pick(&[
                    "\\{{x}}",
                    "\\\\{{x}}",
                    "\\{{{x}}}",
                    "\\{{x}} \\{{a}}",
                    "\\\\\\{{x}}",
                ]);
                self.push(escaped);
            }
            41..44 => self.partial(),
            44..58 => self.helper_block(depth),
            58..66 => self.value_block(depth),
            66..71 => self.inverted_block(depth),
            71..76 => self.partial_block(depth),
            76..81 => self.inline(depth),
            81..83 => self.raw_block(),
            84 if self.random.percent(30) => self.odd(),
            83 => self.odd(),
            _ => {
                // A statement alone on its line.
                self.push_one(&["\n", "\n  ", "\r\n\t"]);
                match self.random.below(4) {
                    0 => self.partial(),
                    1 => self.push("{{! alone }}"),
                    2 => self.helper_block(depth),
                    _ => self.partial_block(depth),
                }
                self.push_one(&["\n", "  \n", "\r\n", ""]);
            }
        }
    }

    fn odd(&mut self) {
        let odd = self.random.pick(&[
            "{{if}}",
            "{{#if}}{{/if}}",
            "{{#each}}{{/each}}",
            "{{lookup}}",
            "{{lookup a}}",
            "{{missing x}}",
            "{{* inline 'p'}}",
            "{{#*nope}}{{/nope}}",
            "{{helperMissing}}",
            "{{#if a b}}{{/if}}",
            "{{log a}}",
            "{{log 'x' level='error'}}",
            "{{(a)}}",
            "{{a.b.c d}}",
            "{{a h=1}}",
            "{{#a h=1}}x{{/a}}",
            "{{#missing x}}{{/missing}}",
            "{{> missing}}",
            "{{each}}",
            "{{#log a}}x{{/log}}",
            "{{#lookup this 'title'}}x{{/lookup}}",
            "{{this x}}",
            "{{. h=1}}",
            "{{@root}}",
            "{{[]}}",
            "{{''}}",
            "{{@this}}",
            "{{@../this}}",
            "{{@partial-block}}",
            "{{else}}",
            "{{^}}",
            "{{{{x}}}}",
            "{{if a}}",
            "{{#with}}{{/with}}",
            "{{foo.this}}",
            "{{foo/..}}",
            "{{../this}}",
            "{{./../x}}",
            "{{this.[this]}}",
            "{{@first.x}}",
            "{{@_parent.index}}",
            "{{this/x}}",
            "{{x.}}",
            "{{.x}}",
            "{{a..b}}",
            "{{foo.[0]}}",
            "{{foo.0}}",
            "{{foo/0}}",
            "{{list.[1].x}}",
            "{{&x}}",
            "{{&&x}}",
            "{{12.5}}",
            "{{-1}}",
            "{{1e3}}",
            "{{#true}}t{{/true}}",
            "{{#12}}t{{/12}}",
            "{{#'foo'}}t{{/foo}}",
            "{{else-x}}",
            "{{elsex}}",
            "{{x as |y|}}",
            "{{#if x as |y|}}{{y}}{{/if}}",
            "{{#x as |y|}}{{y}}{{/x}}",
            "{{#each list as |[a]|}}{{/each}}",
            "{{#each list as |a b c|}}{{a}}{{b}}{{c}}{{/each}}",
            "{{> p a b}}",
            "{{> (p)}}",
            "{{@each x}}",
            "{{if.x a}}",
            "{{../if a}}",
            "{{unless a}}",
            "{{#unless a b}}{{/unless}}",
            "{{lookup a b c}}",
            "{{with a}}",
            "{{hasOwnProperty}}{{constructor.name}}",
            "{{constructor x}}",
            "{{__proto__ x}}",
            "{{#toString}}t{{/toString}}",
            "{{lookup this 'constructor'}}{{lookup this '__proto__'}}",
            "{{lookup list 'length'}}{{lookup title 'length'}}{{lookup list 'concat'}}",
            "{{list.concat}}{{title.trim}}{{list.length.constructor}}",
            "{{> p __proto__=x constructor=a}}",
            "{{#with this as |constructor __proto__|}}{{constructor}}{{__proto__}}{{/with}}",
            "{{> constructor}}",
            "{{> hasOwnProperty}}",
            "{{#each __proto__}}x{{/each}}",
            "{{#*inline 'constructor'}}c{{/inline}}{{> constructor}}",
            "{{#x}}{{else y}}{{/x}}",
            "{{^x}}{{else y}}{{/x}}",
        ]);
        self.push(odd);
    }

    fn mustache(&mut self) {
        self.open("");
        self.expression();
        self.close();
    }

    /// A path, or a call of a helper that returns something.
    pub fn expression(&mut self) {
        match self.random.below(if self.helpers { 15 } else { 12 }) {
            0 => {
                self.push("lookup ");
                self.argument(0);
                self.push(" ");
                self.argument(0);
            }
            1 => self.push_one(&["\"x\"", "'a b'", "12", "true", "null", "undefined", "0"]),
            12.. => self.helper_expression(0),
            _ => self.path(),
        }
    }

    pub fn argument(&mut self, depth: usize) {
        match self.random.below(if self.helpers && depth < 3 { 14 } else { 12 }) {
            0 => self.push_one(&["1", "0", "-2.5", "true", "false", "null", "undefined"]),
            1 => self.push_one(&["\"x\"", "'foo'", "'it\\'s'", "\"p\"", "''", "'a\"b'"]),
            2 if depth < 3 => {
                self.push("(lookup ");
                self.argument(depth + 1);
                self.push(" ");
                self.argument(depth + 1);
                self.push(")");
            }
            3 if depth < 3 => {
                let call =
                    self.random.pick(&["(missing)", "(a)", "(lookup . 'x')", "(log x)", "(missing h=1)"]);
                self.push(call);
            }
            12.. => {
                self.push("(");
                self.helper_expression(depth + 1);
                self.push(")");
            }
            _ => self.path(),
        }
    }

    pub fn path(&mut self) {
        if !self.params.is_empty() && self.random.percent(40) {
            let param = self.params[self.random.below(self.params.len())].clone();
            self.push(&param);
            if self.random.percent(30) {
                self.push(".x");
            }
            return;
        }
        match self.random.below(16) {
            0 => self.push_one(&["this", ".", "..", "../..", "./this", "this/this"]),
            1 => {
                let data = self.random.pick(&[
                    "@index",
                    "@key",
                    "@first",
                    "@last",
                    "@root",
                    "@../index",
                    "@root.title",
                    "@root/list.length",
                    "@../key",
                    "@nothing",
                    "@../../first",
                    "@root.[a b]",
                    "@index.x",
                    "@level",
                    "@site.title",
                    "@x",
                    "@constructor",
                    "@__proto__",
                    "@root.constructor",
                    "@args",
                ]);
                self.push(data);
            }
            2 => {
                self.push_one(&["../", "./", "this.", "this/", "../../", ".././"]);
                self.name();
            }
            3..6 => {
                self.name();
                self.push_one(&[".", "/"]);
                self.name();
            }
            6 => {
                self.name();
                self.push_one(&[".[0]", ".[a b]", ".length", ".[length]", ".[1].x", ".[this]"]);
            }
            _ => self.name(),
        }
    }

    pub fn name(&mut self) {
        let name = self.random.pick(NAMES);
        let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        let keyword = matches!(name, "12" | "0" | "true" | "this") && self.random.percent(95);
        if !plain || keyword || self.random.percent(4) {
            self.push(&format!("[{name}]"));
        } else {
            self.push(name);
        }
    }

    /// Writes the names of block parameters, which the caller brings into force.
    pub fn block_params(&mut self, helper: &str) -> Vec<String> {
        let percent = if matches!(helper, "each" | "with" | "ctx" | "") { 25 } else { 2 };
        if !self.random.percent(percent) {
            return Vec::new();
        }
        let names: Vec<String> = (0..=self.random.below(2))
            .map(|_| self.random.pick(&["it", "k", "x", "foo", "v"]).to_owned())
            .collect();
        self.push(&format!(" as |{}|", names.join(" ")));
        names
    }

    pub fn body(&mut self, depth: usize, params: Vec<String>) {
        let n = self.params.len();
        self.params.extend(params);
        if self.random.percent(45) {
            self.push_one(&["\n", " \n", "\n  ", "\r\n"]);
        }
        self.program(depth + 1);
        if self.random.percent(45) {
            self.push_one(&["\n", "\n  ", "\n\t", " "]);
        }
        self.params.truncate(n);
    }

    pub fn end(&mut self, name: &str) {
        self.open("/");
        self.push(name);
        self.close();
    }

    fn helper_call(&mut self) -> &'static str {
        let helper = self.random.pick(&["if", "unless", "each", "each", "with", "if"]);
        self.push(helper);
        self.push(" ");
        if helper == "each" && self.random.percent(60) {
            self.push_one(&["list", "items", "obj", "nums", "../list", "this"]);
        } else {
            self.argument(0);
        }
        if self.random.percent(8) {
            self.push(" includeZero=");
            self.argument(2);
        }
        helper
    }

    pub fn else_part(&mut self, depth: usize) {
        while self.random.percent(25) {
            let tilde = if self.random.percent(15) { "~" } else { "" };
            self.push(&format!("{{{{{tilde}else "));
            let mut helper = "";
            if self.random.percent(70) {
                helper = self.helper_call();
            } else {
                self.path();
            }
            if self.helpers && self.random.percent(15) {
                self.push_one(&[" x=1", " includeZero=(num)"]);
            }
            let params = self.block_params(helper);
            self.close();
            self.body(depth, params);
        }
        if self.random.percent(40) {
            let sign = self.random.pick(&[
                "{{else}}",
                "{{^}}",
                "{{~else~}}",
                "{{ else }}",
                "{{~^}}",
                "{{else ~}}",
                "{{\nelse\n}}",
            ]);
            self.push(sign);
            self.body(depth, Vec::new());
        }
    }

    fn helper_block(&mut self, depth: usize) {
        self.open("#");
        let helper = self.helper_call();
        let params = self.block_params(helper);
        self.close();
        self.body(depth, params);
        self.else_part(depth);
        self.end(helper);
    }

    fn value_block(&mut self, depth: usize) {
        self.open("#");
        let start = self.out.len();
        self.path();
        let name = self.out[start..].to_owned();
        let params = self.block_params("");
        self.close();
        self.body(depth, params);
        self.else_part(depth);
        self.end(&name);
    }

    fn inverted_block(&mut self, depth: usize) {
        self.open("^");
        let start = self.out.len();
        self.path();
        let mut name = self.out[start..].to_owned();
        if self.random.percent(30) {
            self.out.truncate(start);
            name = self.helper_call().to_owned();
        }
        let params = self.block_params("if");
        self.close();
        self.body(depth, params);
        if self.random.percent(30) {
            self.push("{{else}}");
            self.body(depth, Vec::new());
        }
        self.end(&name);
    }

    fn partial_name(&mut self) -> String {
        let start = self.out.len();
        match self.random.below(20) {
            0 => self.push("(lookup . 'title')"),
            1 => self.push("(lookup this \"foo\")"),
            3 if self.helpers => {
                self.push_one(&["(id 'p')", "(safe 'q')", "(id in)", "(nothing)", "(num)", "(id 'in')"])
            }
            2 if self.random.percent(40) => self.push("@partial-block"),
            4 => self.push_one(&["in", "'in'", "\"p\"", "'dir/r'", "[p]", "12", "nope", "undefined"]),
            5..8 => self.push("in"),
            _ => {
                let name = self.random.pick(PARTIALS);
                self.push(name);
            }
        }
        self.out[start..].to_owned()
    }

    fn partial_arguments(&mut self) {
        if self.random.percent(25) {
            self.push(" ");
            self.argument(1);
        }
        for _ in 0..2 {
            if self.random.percent(15) {
                let key = self.random.pick(&["x", "foo", "z", "[a b]", "0", "title", "2"]);
                self.push(&format!(" {key}="));
                self.argument(1);
            }
        }
    }

    fn partial(&mut self) {
        self.open(">");
        self.partial_name();
        self.partial_arguments();
        self.close();
    }

    fn partial_block(&mut self, depth: usize) {
        self.open("#>");
        let name = self.partial_name();
        self.partial_arguments();
        self.close();
        self.body(depth, Vec::new());
        let name = if name.starts_with('(') { "undefined" } else { &name };
        self.end(name);
    }

    fn inline(&mut self, depth: usize) {
        self.open("#*");
        let name = self.random.pick(&["in", "in", "in", "p", "in"]);
        self.push(&format!("inline '{name}'"));
        self.close();
        self.body(depth, Vec::new());
        self.end("inline");
        if self.random.percent(70) {
            self.partial();
        }
    }

    fn raw_block(&mut self) {
        let raw = self.random.pick(&[
            "{{{{yes}}}} {{x}} {{{{/yes}}}}",
            "{{{{foo}}}}{{{{/foo}}}}",
            "\n{{{{obj}}}}\n {{{{a}}}} {{b}} {{{{/a}}}}\n{{{{/obj}}}}\n",
            "{{{{list}}}} \\{{x}} {{{{/list}}}}",
            "{{{{if yes}}}} {{x}}\n{{{{/if}}}}",
            "{{{{ a }}}}z{{{{/a}}}}",
        ]);
        self.push(raw);
    }
}
