//! IPTC's records in a picture (IIM, inside the block that Photoshop introduced): by-line, credit, copyright notice.

use super::{Credits, line, text_of};

/// How the block of a JPEG begins.
pub const SIGNATURE: &[u8] = b"Photoshop 3.0\0";
/// The resource in which the records stand.
const RECORDS: u16 = 0x0404;
const BY_LINE: u8 = 80;
const CREDIT: u8 = 110;
const COPYRIGHT: u8 = 116;

/// The credits in a block, after its signature. Broken blocks are read as far as they go.
pub fn read(mut block: &[u8]) -> Credits {
    let mut credits = Credits::default();
    // Each resource: "8BIM", number, a name of even length, the data's length, data of even length.
    while let Some(rest) = block.strip_prefix(b"8BIM") {
        let (Some(number), Some(n_name)) = (rest.get(..2), rest.get(2)) else { break };
        let name = (usize::from(*n_name) + 2) & !1;
        let Some(length) = rest.get(2 + name..6 + name) else { break };
        let length = u32::from_be_bytes([length[0], length[1], length[2], length[3]]) as usize;
        let Some(data) = rest.get(6 + name..).and_then(|rest| rest.get(..length)) else { break };
        if number == RECORDS.to_be_bytes() {
            credits.fill_from(read_records(data));
        }
        block = rest.get(6 + name + length + length % 2..).unwrap_or_default();
    }
    credits
}

fn read_records(mut data: &[u8]) -> Credits {
    let mut creators: Vec<String> = Vec::new();
    let mut credits = Credits::default();
    while let [0x1c, record, number, high, low, rest @ ..] = data {
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        // Longer records have the length's own length here; none of ours has.
        let Some(value) = rest.get(..length).filter(|_| *high < 0x80) else { break };
        match (record, *number) {
            (2, BY_LINE) if creators.len() < 20 => creators.extend(line(&text_of(value))),
            (2, CREDIT) => credits.credit = credits.credit.or_else(|| line(&text_of(value))),
            (2, COPYRIGHT) => credits.copyright = credits.copyright.or_else(|| line(&text_of(value))),
            _ => {}
        }
        data = &rest[length..];
    }
    credits.creator = line(&creators.join(", "));
    credits
}

/// A block with its signature that says these credits; None when there are none.
pub fn write(credits: &Credits) -> Option<Vec<u8>> {
    if credits.is_empty() {
        return None;
    }
    // "The texts are UTF-8", then the version of the records.
    let mut data = vec![0x1c, 1, 90, 0, 3, 0x1b, b'%', b'G', 0x1c, 2, 0, 0, 2, 0, 4];
    for (number, text) in
        [(BY_LINE, &credits.creator), (CREDIT, &credits.credit), (COPYRIGHT, &credits.copyright)]
    {
        if let Some(text) = text {
            data.extend([0x1c, 2, number]);
            data.extend((text.len() as u16).to_be_bytes());
            data.extend(text.as_bytes());
        }
    }
    let mut block = SIGNATURE.to_vec();
    block.extend(b"8BIM");
    block.extend(RECORDS.to_be_bytes());
    block.extend([0, 0]);
    block.extend((data.len() as u32).to_be_bytes());
    let odd = data.len() % 2 == 1;
    block.extend(data);
    if odd {
        block.push(0);
    }
    Some(block)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let credits = Credits {
            creator: Some("Ana Müller".into()),
            credit: Some("Courant/Pool".into()),
            copyright: Some("© 2026".into()),
        };
        let block = write(&credits).unwrap();
        assert_eq!(read(block.strip_prefix(SIGNATURE).unwrap()), credits);
    }

    #[test]
    fn several_creators_and_old_letters() {
        let records = b"\x1c\x02\x50\0\x03Ana\x1c\x02\x50\0\x04J\xf6rg\x1c\x02\x74\0\x05 \0\x07 x";
        let credits = read_records(records);
        assert_eq!(credits.creator.as_deref(), Some("Ana, Jörg"));
        assert_eq!(credits.copyright.as_deref(), Some("x"));
    }

    #[test]
    fn blocks_that_lie_about_lengths_end_there() {
        assert_eq!(read(b"8BIM\x04\x04\0\0\xff\xff\xff\xff\x1c\x02"), Credits::default());
        assert_eq!(read(b"8BIM\x04\x04\xff"), Credits::default());
        assert_eq!(read_records(b"\x1c\x02\x50\x80\x04aaaa"), Credits::default());
    }
}
