//! Creator, credit and copyright stay; place, camera and everything else goes; the picture stands upright.

use media::{Format, Limits, convert, measure};

use crate::samples::{jpeg, order};

const XMP: &str = concat!(
    "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF ",
    "xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description ",
    "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:photoshop=\"http://ns.adobe.com/photoshop/1.0/\" ",
    "xmlns:exif=\"http://ns.adobe.com/exif/1.0/\" exif:GPSLatitude=\"SECRET-PLACE\" photoshop:Credit=\"Pool\">",
    "<dc:rights><rdf:Alt><rdf:li>Desk 2026</rdf:li></rdf:Alt></dc:rights>",
    "</rdf:Description></rdf:RDF></x:xmpmeta>",
);

/// A JPEG as a camera and an agency leave it: EXIF with a place and on its side, XMP, IPTC, a comment.
fn photograph(width: u32, height: u32) -> Vec<u8> {
    let plain = jpeg(width, height);
    let exif = [
        b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x03".as_slice(),
        // lying on its side
        &[1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0],
        // the camera's make, in place
        &[1, 0x0f, 0, 2, 0, 0, 0, 4, b'C', b'A', b'M', 0],
        // where the places stand
        &[0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 50],
        &[0; 4],
        b"SECRET-PLACE",
    ]
    .concat();
    let records = b"\x1c\x02\x50\0\x0bAna Mueller\x1c\x02\x5a\0\x0bSECRET-CITY";
    let iptc =
        [b"Photoshop 3.0\08BIM\x04\x04\0\0".as_slice(), &(records.len() as u32).to_be_bytes(), records]
            .concat();
    let mut out = plain[..2].to_vec();
    for (marker, data) in [
        (0xe1, exif.as_slice()),
        (0xe1, XMP.as_bytes()),
        (0xed, iptc.as_slice()),
        (0xfe, b"SECRET-COMMENT".as_slice()),
    ] {
        out.extend([0xff, marker]);
        out.extend((data.len() as u16 + 2).to_be_bytes());
        out.extend(data);
    }
    out.extend(&plain[2..]);
    // What some telephones append: another picture, or a film.
    out.extend(b"SECRET-FILM");
    out
}

fn has(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[test]
fn who_made_it_stays_and_where_it_was_goes() {
    let original = photograph(120, 80);
    for format in [None, Some(Format::Jpeg), Some(Format::Png), Some(Format::Webp), Some(Format::Avif)] {
        let made = convert(&original, &order(40, format), &Limits::default()).unwrap();
        assert!(!has(&made, "SECRET") && !has(&made, "CAM"), "{format:?}");
        assert_eq!(measure(&made), Some((40, 60)), "upright, {format:?}");
        let credits = media::credits(&made);
        assert_eq!(credits.creator.as_deref(), Some("Ana Mueller"), "{format:?}");
        // What is written as AVIF has an EXIF block alone, in which there is no room for a credit line.
        let line = if format == Some(Format::Avif) { None } else { Some("Pool") };
        assert_eq!(credits.credit.as_deref(), line, "{format:?}");
        assert_eq!(credits.copyright.as_deref(), Some("Desk 2026"), "{format:?}");
    }
}

#[test]
fn an_original_that_stays_is_cleaned() {
    // So small that the making gains nothing.
    let small = convert(&jpeg(24, 16), &order(24, Some(Format::Jpeg)), &Limits::default()).unwrap();
    let full = photograph(24, 16);
    let headers = full.len() - jpeg(24, 16).len();
    let original = [&full[..2 + headers - "SECRET-FILM".len()], &small[2..], b"SECRET-FILM"].concat();
    let made = convert(&original, &order(600, None), &Limits::default()).unwrap();
    assert!(has(&original, "SECRET-PLACE") && !has(&made, "SECRET"));
    assert_eq!(media::credits(&made).creator.as_deref(), Some("Ana Mueller"));
}
