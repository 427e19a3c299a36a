//! XMP's credits: `dc:creator`, `photoshop:Credit`, `dc:rights`.

use std::fmt::Write;

use super::{Credits, line};

const DC: &str = "http://purl.org/dc/elements/1.1/";
const PHOTOSHOP: &str = "http://ns.adobe.com/photoshop/1.0/";
const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
/// Bytes of a packet that are read; larger ones hold previews and histories of editing.
const MOST_BYTES: usize = 256 * 1024;
const MOST_NODES: u32 = 20_000;

/// The credits in a packet; none where it is no XML that is fit to read.
pub fn read(packet: &[u8]) -> Credits {
    let text = std::str::from_utf8(packet).ok().filter(|text| text.len() <= MOST_BYTES);
    let Some(text) = text.map(|text| text.trim_matches(['\0', '\u{feff}', ' ', '\n', '\r', '\t'])) else {
        return Credits::default();
    };
    // A document type, and with it entities, is refused by the parser.
    let options = roxmltree::ParsingOptions { nodes_limit: MOST_NODES, ..Default::default() };
    let Ok(document) = roxmltree::Document::parse_with_options(text, options) else {
        return Credits::default();
    };
    let list = |namespace: &'static str, name: &'static str| {
        let element = document.descendants().find(|node| node.has_tag_name((namespace, name)))?;
        let items: Vec<&str> = element
            .descendants()
            .filter(|node| node.has_tag_name((RDF, "li")))
            .filter_map(|node| node.text())
            .take(20)
            .collect();
        if items.is_empty() { element.text().and_then(line) } else { line(&items.join(", ")) }
    };
    let credit = document
        .descendants()
        .find_map(|node| node.attribute((PHOTOSHOP, "Credit")))
        .and_then(line)
        .or_else(|| list(PHOTOSHOP, "Credit"));
    // Of a text in several languages the first, which is the default, is enough.
    let rights = document
        .descendants()
        .find(|node| node.has_tag_name((DC, "rights")))
        .and_then(|element| element.descendants().find(|node| node.has_tag_name((RDF, "li"))))
        .and_then(|node| node.text())
        .and_then(line)
        .or_else(|| list(DC, "rights"));
    Credits { creator: list(DC, "creator"), credit, copyright: rights }
}

/// A packet that says these credits; None when there are none.
pub fn write(credits: &Credits) -> Option<String> {
    if credits.is_empty() {
        return None;
    }
    let mut out = String::from("<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">");
    // Writing to a string does not fail.
    let _ = write!(
        out,
        "<rdf:RDF xmlns:rdf=\"{RDF}\"><rdf:Description rdf:about=\"\" xmlns:dc=\"{DC}\" xmlns:photoshop=\"{PHOTOSHOP}\">"
    );
    if let Some(creator) = &credits.creator {
        let _ =
            write!(out, "<dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>", escaped(creator));
    }
    if let Some(credit) = &credits.credit {
        let _ = write!(out, "<photoshop:Credit>{}</photoshop:Credit>", escaped(credit));
    }
    if let Some(copyright) = &credits.copyright {
        let _ = write!(
            out,
            "<dc:rights><rdf:Alt><rdf:li xml:lang=\"x-default\">{}</rdf:li></rdf:Alt></dc:rights>",
            escaped(copyright)
        );
    }
    out.push_str("</rdf:Description></rdf:RDF></x:xmpmeta>");
    Some(out)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let credits = Credits {
            creator: Some("Ana <Müller> & Co".into()),
            credit: Some("Courant".into()),
            copyright: Some("© 2026".into()),
        };
        assert_eq!(read(write(&credits).unwrap().as_bytes()), credits);
    }

    #[test]
    fn entities_and_rubbish_say_nothing() {
        let bomb = b"<!DOCTYPE a [<!ENTITY b \"bb\">]><a>&b;</a>";
        assert_eq!(read(bomb), Credits::default());
        assert_eq!(read(b"\xff\xfe"), Credits::default());
        assert_eq!(read(b""), Credits::default());
    }
}
