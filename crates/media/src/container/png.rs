//! PNG's chunks.

use super::{Found, Sources};
use crate::credits::{exif, xmp};

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
/// How the text chunk with an XMP packet begins: its keyword, not packed, no language.
const XMP: &[u8] = b"XML:com.adobe.xmp\0\0\0\0\0";

/// Chunks' names, data and whole bytes, up to the end or to where the file breaks off.
fn chunks(bytes: &[u8]) -> impl Iterator<Item = (&[u8], &[u8], &[u8])> {
    let mut rest = bytes.strip_prefix(SIGNATURE).unwrap_or_default();
    std::iter::from_fn(move || {
        let length = rest.get(..4)?;
        let length = u32::from_be_bytes([length[0], length[1], length[2], length[3]]) as usize;
        let whole = rest.get(..length.checked_add(12)?)?;
        rest = &rest[whole.len()..];
        Some((&whole[4..8], &whole[8..8 + length], whole))
    })
}

pub fn found(bytes: &[u8]) -> Found {
    let mut sources = Sources::default();
    for (name, data, _) in chunks(bytes) {
        match name {
            b"eXIf" if sources.exif.is_none() => sources.exif = Some(exif::read(data)),
            b"iTXt" => {
                if let Some(packet) = data.strip_prefix(XMP) {
                    sources.xmp.fill_from(xmp::read(packet));
                }
            }
            _ => {}
        }
    }
    sources.into_found(None)
}

pub fn cleaned(bytes: &[u8], found: &Found) -> Option<Vec<u8>> {
    let mut out = SIGNATURE.to_vec();
    let mut ended = false;
    for (name, _, whole) in chunks(bytes) {
        let stays = matches!(
            name,
            b"IHDR" | b"PLTE" | b"IDAT" | b"IEND" | b"tRNS" | b"cHRM" | b"gAMA" | b"iCCP" | b"sBIT" | b"sRGB"
                | b"cICP" | b"bKGD" | b"pHYs"
                // animated PNG
                | b"acTL" | b"fcTL" | b"fdAT"
        );
        if stays {
            out.extend(whole);
        }
        if name == b"IHDR" {
            if let Some(block) = exif::write(found.orientation, &found.credits) {
                chunk(&mut out, *b"eXIf", &block);
            }
            if let Some(packet) = xmp::write(&found.credits) {
                chunk(&mut out, *b"iTXt", &[XMP, packet.as_bytes()].concat());
            }
        }
        ended = name == b"IEND";
        if ended {
            break;
        }
    }
    ended.then_some(out)
}

/// A file that was just written, with credits in it.
pub fn with_credits(bytes: Vec<u8>, found: &Found) -> Vec<u8> {
    if found.credits.is_empty() {
        return bytes;
    }
    cleaned(&bytes, found).unwrap_or(bytes)
}

fn chunk(out: &mut Vec<u8>, name: [u8; 4], data: &[u8]) {
    out.extend((data.len() as u32).to_be_bytes());
    let mut checksum = flate2::Crc::new();
    checksum.update(&name);
    checksum.update(data);
    out.extend(name);
    out.extend(data);
    out.extend(checksum.sum().to_be_bytes());
}
