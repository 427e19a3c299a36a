//! One picture made from another: by Ghost's rules, whole in memory.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError};

use crate::apart::Apart;
use crate::container::{self, Found};
use crate::decode::Opened;
use crate::drawing;
use crate::encode::{self, Moving};
use crate::fault::Fault;
use crate::fonts::Fonts;
use crate::format::{Format, Kind};
use crate::limits::Limits;
use crate::size::Size;

/// What is to be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    pub size: Size,
    /// None: the original's own.
    pub format: Option<Format>,
    /// Whether it may become larger than the original; a drawing may.
    pub enlarge: bool,
    /// Whether the original may be a drawing: only where its name says so, for drawings can carry scripts.
    pub drawing: bool,
}

/// The picture that was ordered.
///
/// Without a format the original comes back, freed of all data beside its pixels but the credits, when it is no larger
/// in bytes. Errors: see [`Fault`]; never a panic, whatever the bytes (of AVIF none was found: see [`Apart`]).
pub fn convert(bytes: &[u8], order: &Order, limits: &Limits) -> Result<Vec<u8>, Fault> {
    convert_alone(bytes, order, limits, &Shared::default())
}

/// What those have in common who make pictures at the same time.
#[derive(Default)]
pub(crate) struct Shared {
    /// Held by the one that makes a large picture.
    large: Mutex<()>,
    fonts: Fonts,
    /// Where AVIF is decoded; None: in this process.
    apart: Option<Apart>,
}

impl Shared {
    pub fn new(apart: Option<Apart>) -> Self {
        Shared { apart, ..Shared::default() }
    }
}

/// The same; a picture that takes much memory waits for the other such one.
pub(crate) fn convert_alone(
    bytes: &[u8],
    order: &Order,
    limits: &Limits,
    shared: &Shared,
) -> Result<Vec<u8>, Fault> {
    // The decoders are others' work: a fault of theirs is this picture's end, not the server's.
    catch_unwind(AssertUnwindSafe(|| made(bytes, order, limits, shared)))
        .unwrap_or_else(|_| Err(Fault::Broken("its decoder gave up".to_owned())))
}

fn made(bytes: &[u8], order: &Order, limits: &Limits, shared: &Shared) -> Result<Vec<u8>, Fault> {
    if bytes.is_empty() {
        return Err(Fault::Empty);
    }
    Fault::unless_within("bytes", bytes.len() as u64, limits.bytes)?;
    let Some(kind) = Kind::of(bytes) else { return Err(Fault::Unknown(beginning(bytes))) };
    if kind == Kind::Drawing {
        if !order.drawing {
            return Err(Fault::DisguisedDrawing);
        }
        let painted = drawing::painted(bytes, order.size, order.enlarge, limits, &shared.fonts)?;
        return encode::still(order.format.unwrap_or(kind.format()), painted, &Found::default());
    }
    let upright = |(width, height): (u32, u32)| order.size.plan((width, height), false).scaled;
    let opened = Opened::new(bytes, kind, limits, upright)?;
    let _alone = (opened.decoded_bytes > limits.large_bytes)
        .then(|| shared.large.lock().unwrap_or_else(PoisonError::into_inner));
    let found = opened.found.clone();
    let lying = found.orientation >= 5;
    let measures = if lying { (opened.height, opened.width) } else { (opened.width, opened.height) };
    let plan = order.size.plan(measures, false);
    let format = order.format.unwrap_or(kind.format());
    let moves = format.moves();
    let upright = Found { orientation: 1, credits: found.credits.clone(), profile: None };
    let mut still = None;
    let mut moving = Moving::new(format, opened.loops);
    opened.frames(moves, limits, shared.apart.as_ref(), |(pixels, delay_ms)| {
        let pixels = pixels.fitted(&plan, found.orientation)?.in_srgb(found.profile.as_deref());
        if moves {
            return moving.push(&pixels, delay_ms);
        }
        still = Some(pixels);
        Ok(())
    })?;
    let result = match still {
        Some(pixels) => encode::still(format, pixels, &upright)?,
        None => moving.finish(&upright)?,
    };
    if order.format.is_none() && result.len() >= bytes.len() {
        return Ok(match container::cleaned(bytes, &found) {
            Some(cleaned) => cleaned,
            // There is nothing beside its pixels.
            None if kind == Kind::Gif => bytes.to_vec(),
            None => result,
        });
    }
    Ok(result)
}

/// The first bytes for a message.
fn beginning(bytes: &[u8]) -> String {
    String::from_utf8_lossy(&bytes[..bytes.len().min(12)]).into_owned()
}
