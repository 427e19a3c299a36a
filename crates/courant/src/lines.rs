//! Protocols of one question a line on standard input. A line that cannot be read is answered with what is wrong with it,
//! the others as ever; which those were is said at the end.

use std::io::{BufRead, Write};

/// The numbers of lines that could not be read, from 1.
#[derive(Default)]
pub struct Broken(Vec<usize>);

impl Broken {
    /// Takes note of a line whose answer says what is wrong with it.
    pub fn add(&mut self, line: usize) {
        self.0.push(line);
    }

    /// The end of a run. Errors: a sentence on the lines that could not be read, if there were any.
    pub fn told(&self) -> Result<(), String> {
        match self.0.as_slice() {
            [] => Ok(()),
            [line] => Err(format!("line {line} could not be read; its answer says why")),
            [first, ..] => Err(format!(
                "{} lines could not be read, the first of them line {first}; their answers say why",
                self.0.len()
            )),
        }
    }
}

/// The lines of standard input that hold anything, with their numbers from 1.
pub fn questions() -> impl Iterator<Item = Result<(usize, String), String>> {
    let lines = (1_usize..).zip(std::io::stdin().lock().lines());
    lines.filter_map(|(number, line)| match line {
        Ok(line) if line.trim().is_empty() => None,
        Ok(line) => Some(Ok((number, line))),
        Err(error) => Some(Err(format!("reading standard input: {error}"))),
    })
}

/// Answers each line with one, in order.
pub fn answer_each(mut answer: impl FnMut(&str) -> String) -> Result<(), String> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut broken = Broken::default();
    for question in questions() {
        let (number, line) = question?;
        let answer = answer(&line);
        if is_error(&answer) {
            broken.add(number);
        }
        writeln!(out, "{answer}").map_err(|error| format!("writing the answer: {error}"))?;
    }
    out.flush().map_err(|error| format!("writing the answer: {error}"))?;
    broken.told()
}

/// Whether an answer says what is wrong with the question.
fn is_error(answer: &str) -> bool {
    answer.contains("\"error\":")
        && serde_json::from_str::<serde_json::Value>(answer).is_ok_and(|answer| answer.get("error").is_some())
}
