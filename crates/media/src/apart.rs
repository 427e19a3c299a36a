//! AVIF decoded in another process. Its decoder is called through functions of C's kind, which a panic cannot leave: here
//! such a panic is that process's end, and the picture's.
//!
//! The other process reads the file from standard input to its end, then writes one byte: 0, and the pixels follow row by
//! row; 1, and a sentence follows that says what is wrong.

use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use crate::container::avif::{self, Picture};
use crate::decode::Opened;
use crate::fault::Fault;
use crate::format::Kind;
use crate::limits::Limits;
use crate::pixels::{Layout, Pixels};

/// A picture of as many pixels as the limits allow takes a few seconds.
const PATIENCE: Duration = Duration::from_secs(30);
/// Bytes of its sentence that are read.
const MOST_SAID: u64 = 500;
const DONE: u8 = 0;
const BROKEN: u8 = 1;

/// The program that decodes: one that calls [`decode_apart`].
#[derive(Debug, Clone)]
pub struct Apart {
    program: PathBuf,
    arguments: Vec<String>,
    patience: Duration,
}

impl Apart {
    /// The program with its arguments. It gets no environment.
    pub fn new(program: impl Into<PathBuf>, arguments: &[&str]) -> Self {
        let arguments = arguments.iter().map(|&argument| argument.to_owned()).collect();
        Apart { program: program.into(), arguments, patience: PATIENCE }
    }

    /// The same, ended after so long.
    pub fn with_patience(self, patience: Duration) -> Self {
        Apart { patience, ..self }
    }

    /// The pixels of the file, whose boxes told of `picture`.
    ///
    /// Errors: what the other process says of the file; that it ended before its time, or had to be ended.
    pub(crate) fn decoded(&self, bytes: &[u8], picture: &Picture) -> Result<Pixels, Fault> {
        let failed = |error: std::io::Error| Fault::disk(&self.program, &error);
        let mut child = Command::new(&self.program)
            .args(&self.arguments)
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(failed)?;
        let (Some(mut input), Some(mut output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(Fault::Broken("its decoder cannot be spoken to".to_owned()));
        };
        let (tell, answer) = channel();
        let outcome = std::thread::scope(|scope| {
            scope.spawn(move || {
                // One that ended says why by its status.
                drop(input.write_all(bytes));
                drop(input);
                drop(tell.send(answered(&mut output, picture)));
            });
            let outcome = answer.recv_timeout(self.patience);
            // Whatever it does now is of no use; and the thread that reads from it is to end.
            end(&mut child);
            outcome
        });
        match outcome {
            Ok(answer) => answer,
            Err(RecvTimeoutError::Timeout) => {
                Err(Fault::Broken(format!("its decoder was stopped after {:?}", self.patience)))
            }
            Err(RecvTimeoutError::Disconnected) => Err(Fault::Broken("its decoder gave up".to_owned())),
        }
    }
}

/// Leaves no process behind, and none that waits to be asked how it ended.
fn end(child: &mut Child) {
    drop(child.kill());
    drop(child.wait());
}

fn layout(picture: &Picture) -> Layout {
    if picture.alpha.is_some() { Layout::Rgba } else { Layout::Rgb }
}

/// The other process's answer: exactly the bytes that the measures ask for.
fn answered(output: &mut impl Read, picture: &Picture) -> Result<Pixels, Fault> {
    let gave_up = || Fault::Broken("its decoder gave up".to_owned());
    let mut outcome = [BROKEN];
    output.read_exact(&mut outcome).map_err(|_| gave_up())?;
    if outcome != [DONE] {
        let mut said = Vec::new();
        output.take(MOST_SAID).read_to_end(&mut said).map_err(|_| gave_up())?;
        return Err(Fault::Broken(String::from_utf8_lossy(&said).into_owned()));
    }
    let layout = layout(picture);
    let mut bytes = vec![0; picture.width as usize * picture.height as usize * layout.n_bytes()];
    output.read_exact(&mut bytes).map_err(|_| gave_up())?;
    Ok(Pixels { width: picture.width, height: picture.height, layout, bytes })
}

/// What the other process does: one file from `input`, its pixels to `output`. The limits are the defaults.
///
/// Errors: those of reading and writing; what is wrong with the file is written.
pub fn decode_apart(input: &mut impl Read, output: &mut impl Write) -> std::io::Result<()> {
    let limits = Limits::default();
    let mut bytes = Vec::new();
    input.take(limits.bytes + 1).read_to_end(&mut bytes)?;
    match pixels(&bytes, &limits) {
        Ok(pixels) => {
            output.write_all(&[DONE])?;
            output.write_all(&pixels.bytes)?;
        }
        Err(fault) => {
            let said = match &fault {
                Fault::Broken(said) => said.clone(),
                other => other.to_string(),
            };
            output.write_all(&[BROKEN])?;
            output.write_all(said.as_bytes())?;
        }
    }
    output.flush()
}

fn pixels(bytes: &[u8], limits: &Limits) -> Result<Pixels, Fault> {
    if !avif::begins(bytes) {
        return Err(Fault::Broken("it is no AVIF".to_owned()));
    }
    let mut found = None;
    Opened::new(bytes, Kind::Avif, limits, |measures| measures)?.frames(
        false,
        limits,
        None,
        |(pixels, _)| {
            found = Some(pixels);
            Ok(())
        },
    )?;
    found.ok_or_else(|| Fault::Broken("it has no frame".to_owned()))
}
