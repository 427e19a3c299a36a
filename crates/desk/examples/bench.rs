//! Prints how many statements a second one core judges, and how reading time grows with the text. Made-up copy, nothing shared.

use std::time::Instant;

fn copy(n_words: usize) -> String {
    let mut out = String::new();
    let mut n = 0;
    while out.split_whitespace().count() < n_words {
        n += 1;
        out.push_str(&format!(
            "Mayor Ana Ruiz said on Monday that district {n} would get {} new homes. \"We will not wait for the county,\" she told reporters. \
             The plan, according to treasurer Paul Brandt, may cost ${n}.5 million before the summer of {}. ",
            n * 7,
            2000 + n % 25
        ));
    }
    out
}

fn main() {
    let text = copy(600);
    let statements = [
        "Ana Ruiz said district 3 would get 21 new homes.",
        "The plan may cost $4.5 million, according to Paul Brandt.",
        "Paul Brandt said the county would pay for all homes because of the election.",
        "\"We will wait for the county,\" Ruiz told reporters.",
    ];
    let n = 2000;
    let start = Instant::now();
    let mut passed = 0;
    for round in 0..n {
        let article = desk::Article::new(&text);
        passed += usize::from(desk::check(&article, statements[round % statements.len()]).publish);
    }
    let each = start.elapsed().as_secs_f64() / n as f64;
    println!(
        "600 words, article read anew for each statement: {:.0} statements a second ({passed} of {n} passed)",
        1.0 / each
    );
    let article = desk::Article::new(&text);
    let start = Instant::now();
    for round in 0..n {
        passed += usize::from(desk::check(&article, statements[round % statements.len()]).likely);
    }
    println!(
        "600 words, article read once: {:.0} statements a second ({passed})",
        n as f64 / start.elapsed().as_secs_f64()
    );
    for n_words in [1_000, 10_000, 100_000] {
        let text = copy(n_words);
        let start = Instant::now();
        let article = desk::Article::new(&text);
        let read = start.elapsed().as_secs_f64();
        let start = Instant::now();
        let verdict = desk::check(&article, statements[0]);
        println!(
            "{n_words} words: read in {:.2} ms, judged in {:.2} ms (score {:.2})",
            1e3 * read,
            1e3 * start.elapsed().as_secs_f64(),
            verdict.score
        );
    }
}
