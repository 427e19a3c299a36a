//! EXIF: which way up a picture is, artist and copyright; read from any block, written as the smallest one.

use super::{Credits, line, text_of};

const ORIENTATION: u16 = 0x0112;
const ARTIST: u16 = 0x013b;
const COPYRIGHT: u16 = 0x8298;
const ASCII: u16 = 2;
const SHORT: u16 = 3;
/// Entries of a directory that are looked at.
const MOST_ENTRIES: u16 = 512;

/// Orientation (1 to 8; 1 when it is not told) and credits of a block that begins with its byte order.
///
/// Broken blocks are read as far as they go.
pub fn read(block: &[u8]) -> (u8, Credits) {
    let mut found = (1, Credits::default());
    let big = match block.get(..2) {
        Some(b"MM") => true,
        Some(b"II") => false,
        _ => return found,
    };
    let short = |at: usize| -> Option<u16> {
        let bytes: [u8; 2] = block.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if big { u16::from_be_bytes(bytes) } else { u16::from_le_bytes(bytes) })
    };
    let long = |at: usize| -> Option<usize> {
        let bytes: [u8; 4] = block.get(at..at.checked_add(4)?)?.try_into().ok()?;
        usize::try_from(if big { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) }).ok()
    };
    let Some(directory) = long(4) else { return found };
    let Some(n_entries) = short(directory) else { return found };
    for index in 0..usize::from(n_entries.min(MOST_ENTRIES)) {
        let Some(entry) = directory.checked_add(2 + index * 12) else { break };
        let (Some(tag), Some(kind), Some(length)) = (short(entry), short(entry + 2), long(entry + 4)) else {
            break;
        };
        let text = || {
            let start = if length <= 4 { entry + 8 } else { long(entry + 8)? };
            let bytes = block.get(start..start.checked_add(length)?)?;
            let bytes = bytes.split(|byte| *byte == 0).find(|part| !part.trim_ascii().is_empty())?;
            line(&text_of(bytes))
        };
        match (tag, kind) {
            (ORIENTATION, SHORT) => {
                found.0 = short(entry + 8)
                    .and_then(|value| u8::try_from(value).ok())
                    .filter(|value| (1..=8).contains(value))
                    .unwrap_or(1);
            }
            (ARTIST, ASCII) => found.1.creator = text(),
            (COPYRIGHT, ASCII) => found.1.copyright = text(),
            _ => {}
        }
    }
    found
}

/// A block with these facts alone; None when there is nothing to say.
pub fn write(orientation: u8, credits: &Credits) -> Option<Vec<u8>> {
    let mut texts = Vec::new();
    if let Some(creator) = &credits.creator {
        texts.push((ARTIST, creator));
    }
    if let Some(copyright) = &credits.copyright {
        texts.push((COPYRIGHT, copyright));
    }
    let turned = (2..=8).contains(&orientation);
    let n_entries = texts.len() + usize::from(turned);
    if n_entries == 0 {
        return None;
    }
    let mut block = b"MM\0\x2a\0\0\0\x08".to_vec();
    block.extend((n_entries as u16).to_be_bytes());
    if turned {
        block.extend(ORIENTATION.to_be_bytes());
        block.extend(SHORT.to_be_bytes());
        block.extend(1u32.to_be_bytes());
        block.extend([0, orientation, 0, 0]);
    }
    let mut data = Vec::new();
    let data_start = 8 + 2 + n_entries * 12 + 4;
    for (tag, text) in texts {
        let mut bytes = text.clone().into_bytes();
        bytes.push(0);
        block.extend(tag.to_be_bytes());
        block.extend(ASCII.to_be_bytes());
        block.extend((bytes.len() as u32).to_be_bytes());
        if bytes.len() <= 4 {
            bytes.resize(4, 0);
            block.extend(bytes);
        } else {
            block.extend(((data_start + data.len()) as u32).to_be_bytes());
            data.extend(bytes);
            if data.len() % 2 == 1 {
                data.push(0);
            }
        }
    }
    block.extend([0; 4]);
    block.extend(data);
    Some(block)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let credits =
            Credits { creator: Some("Ana Müller".into()), credit: None, copyright: Some("© A".into()) };
        assert_eq!(read(&write(6, &credits).unwrap()), (6, credits.clone()));
        assert_eq!(read(&write(1, &credits).unwrap()), (1, credits));
        assert_eq!(write(1, &Credits::default()), None);
    }

    #[test]
    fn broken_blocks_say_what_they_can() {
        let block = write(6, &Credits { creator: Some("A long name".into()), ..Credits::default() }).unwrap();
        for end in 0..block.len() {
            let (orientation, _) = read(&block[..end]);
            assert!(orientation == 1 || orientation == 6);
        }
        assert_eq!(read(b"II\x2a\0\xff\xff\xff\xff"), (1, Credits::default()));
    }
}
