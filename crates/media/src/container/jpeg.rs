//! JPEG's segments.

use super::{Found, Sources};
use crate::credits::{exif, iptc, xmp};

const EXIF: &[u8] = b"Exif\0\0";
const XMP: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";
const PROFILE: &[u8] = b"ICC_PROFILE\0";
/// Segments that are looked at; real files have dozens.
const MOST_SEGMENTS: usize = 10_000;

/// One segment, or the compressed data after a scan's header.
enum Piece<'b> {
    Segment { marker: u8, data: &'b [u8], whole: &'b [u8] },
    Scan(&'b [u8]),
}

/// The pieces after the first marker up to the end-of-image marker, or to where the file breaks off.
fn pieces(bytes: &[u8]) -> impl Iterator<Item = Piece<'_>> {
    let mut at = 2;
    let mut in_scan = false;
    std::iter::from_fn(move || {
        if in_scan {
            in_scan = false;
            let start = at;
            // The data end at the first marker that is neither an escaped FF nor a restart.
            let ends = |pair: &[u8]| pair[0] == 0xff && !matches!(pair[1], 0 | 0xd0..=0xd7 | 0xff);
            at = bytes[start..].windows(2).position(ends).map_or(bytes.len(), |found| start + found);
            return Some(Piece::Scan(&bytes[start..at]));
        }
        while bytes.get(at..at + 2)? == [0xff, 0xff] {
            at += 1;
        }
        let [0xff, marker] = *bytes.get(at..at + 2)? else { return None };
        if marker == 0xd9 {
            return None;
        }
        let length = bytes.get(at + 2..at + 4)?;
        let length = usize::from(u16::from_be_bytes([length[0], length[1]]));
        let whole = bytes.get(at..at + 2 + length).filter(|_| length >= 2)?;
        at += whole.len();
        in_scan = marker == 0xda;
        Some(Piece::Segment { marker, data: &whole[4..], whole })
    })
    .take(MOST_SEGMENTS)
}

pub fn found(bytes: &[u8]) -> Found {
    let mut sources = Sources::default();
    let mut profile: Vec<(u8, &[u8])> = Vec::new();
    for piece in pieces(bytes) {
        let Piece::Segment { marker, data, .. } = piece else { break };
        match marker {
            0xe1 if sources.exif.is_none() && data.starts_with(EXIF) => {
                sources.exif = Some(exif::read(&data[EXIF.len()..]));
            }
            0xe1 if data.starts_with(XMP) => sources.xmp.fill_from(xmp::read(&data[XMP.len()..])),
            0xed if data.starts_with(iptc::SIGNATURE) => {
                sources.iptc.fill_from(iptc::read(&data[iptc::SIGNATURE.len()..]));
            }
            0xe2 => {
                if let Some([number, _, part @ ..]) = data.strip_prefix(PROFILE) {
                    profile.push((*number, part));
                }
            }
            _ => {}
        }
    }
    profile.sort_by_key(|(number, _)| *number);
    let profile: Vec<u8> = profile.into_iter().flat_map(|(_, part)| part).copied().collect();
    sources.into_found((!profile.is_empty()).then_some(profile))
}

/// How many scans the file has: a progressive picture can ask for as many passes over all its pixels.
pub fn n_scans(bytes: &[u8]) -> u64 {
    pieces(bytes).filter(|piece| matches!(piece, Piece::Scan(_))).count() as u64
}

/// Segments that say `found` and nothing else, to stand right after the first marker.
fn segments(found: &Found) -> Vec<u8> {
    let mut out = Vec::new();
    for (marker, front, data) in blocks(found) {
        out.extend([0xff, marker]);
        out.extend(((front.len() + data.len() + 2) as u16).to_be_bytes());
        out.extend(front);
        out.extend(data);
    }
    out
}

/// Marker, signature and data of each block; all are far below the 64 KiB that a segment can hold.
fn blocks(found: &Found) -> Vec<(u8, &'static [u8], Vec<u8>)> {
    let mut out = Vec::new();
    out.extend(exif::write(found.orientation, &found.credits).map(|block| (0xe1, EXIF, block)));
    out.extend(xmp::write(&found.credits).map(|packet| (0xe1, XMP, packet.into_bytes())));
    out.extend(iptc::write(&found.credits).map(|block| (0xed, [].as_slice(), block)));
    out
}

pub fn cleaned(bytes: &[u8], found: &Found) -> Option<Vec<u8>> {
    let mut out = vec![0xff, 0xd8];
    let mut credits = Some(segments(found));
    let mut scans = 0;
    for piece in pieces(bytes) {
        match piece {
            Piece::Scan(data) => {
                scans += 1;
                out.extend(data);
            }
            Piece::Segment { marker, data, whole } => {
                let stays = match marker {
                    // The header of the format, the colour profile, how colours are meant.
                    0xe0 => data.starts_with(b"JFIF\0"),
                    0xe2 => data.starts_with(PROFILE),
                    0xee => data.starts_with(b"Adobe"),
                    0xe1..=0xef | 0xfe => false,
                    _ => true,
                };
                // JFIF's header has to be the first.
                if marker != 0xe0 {
                    out.extend(credits.take().unwrap_or_default());
                }
                if stays {
                    out.extend(whole);
                }
            }
        }
    }
    out.extend([0xff, 0xd9]);
    (scans > 0).then_some(out)
}

/// The same, of a file that was just written and has nothing to be taken out.
pub fn with_credits(bytes: Vec<u8>, found: &Found) -> Vec<u8> {
    if found.credits.is_empty() {
        return bytes;
    }
    cleaned(&bytes, found).unwrap_or(bytes)
}
