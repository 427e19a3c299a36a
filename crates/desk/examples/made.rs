//! How many of the statements made by hand the gate publishes or mends: `cargo run --release -p desk --example made -- FILE …`, files
//! such as those in `tests/made`: a line an article, {"article", "text", "false": [statement], "true": [statement]}. With `--list`
//! it prints the false ones that pass.

use serde::Deserialize;

#[derive(Deserialize)]
struct Made {
    article: String,
    text: String,
    r#false: Vec<String>,
    #[serde(default)]
    r#true: Vec<String>,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (options, files): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|argument| argument.starts_with("--"));
    for file in files {
        let lines = std::fs::read_to_string(&file).map_err(|error| format!("{file}: {error}"))?;
        let (mut n_false, mut n_false_passed, mut n_true, mut n_true_passed) = (0, 0, 0, 0);
        for line in lines.lines() {
            let made: Made = serde_json::from_str(line).map_err(|error| format!("{file}: {error}"))?;
            let article = desk::Article::new(&made.text);
            let passes = |statement: &String| {
                let verdict = desk::check(&article, statement);
                verdict.publish || verdict.mended.is_some()
            };
            n_false += made.r#false.len();
            n_true += made.r#true.len();
            for statement in made.r#false.iter().filter(|statement| passes(statement)) {
                n_false_passed += 1;
                if options.iter().any(|option| option == "--list") {
                    println!("{}: {statement}", made.article);
                }
            }
            n_true_passed += made.r#true.iter().filter(|statement| passes(statement)).count();
        }
        println!(
            "{file}: {n_false_passed} of {n_false} false ones pass, {n_true_passed} of {n_true} true ones"
        );
    }
    Ok(())
}
