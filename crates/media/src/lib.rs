//! Pictures in other sizes and formats, made on demand and kept on disk. Knows nothing of HTTP, themes or databases.
//!
//! What holds here:
//! - a picture is known by its first bytes, never by its name;
//! - nothing is decoded before its measures are known and found within [`Limits`]; no decoder asks the
//!   network, starts another program but the one that it is given ([`Apart`]), or reads another file but the machine's
//!   fonts, for letters in drawings;
//! - the reader of a picture gets the name of who made it (creator, credit, copyright) and nothing else of what the
//!   camera wrote: no place, no serial number, no preview;
//! - one picture is made once for all who wait for it, and a kept file appears whole or not at all.
//!
//! ```
//! use media::{Format, Limits, Order, Size};
//! let drawing = br#"<svg xmlns="http://www.w3.org/2000/svg" width="8" height="4"><path d="M0 0h4v4H0z"/></svg>"#;
//! let order = Order { size: Size::width(600), format: Some(Format::Png), enlarge: true, drawing: true };
//! let png = media::convert(drawing, &order, &Limits::default()).unwrap();
//! assert_eq!(media::measure(&png), Some((600, 300)));
//! ```

mod apart;
mod av1;
mod container;
mod convert;
mod credits;
mod decode;
mod drawing;
mod encode;
mod fault;
mod fonts;
mod format;
mod kept;
mod limits;
mod pixels;
mod size;
mod studio;
mod wanted;

pub use apart::{Apart, decode_apart};
pub use convert::{Order, convert};
pub use credits::Credits;
pub use decode::measure;
pub use fault::Fault;
pub use format::{Format, Kind};
pub use kept::{Kept, below};
pub use limits::Limits;
pub use size::{Plan, Size};
pub use studio::{Busy, Studio};
pub use wanted::Wanted;

/// Who made the picture in these bytes and whose it is, as its IPTC, XMP or EXIF data say; empty where they do not.
pub fn credits(bytes: &[u8]) -> Credits {
    container::found(bytes).credits
}
