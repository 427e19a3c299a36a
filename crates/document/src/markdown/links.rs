//! How addresses in Markdown are written into html, and how they are shown.

use markdown_it::parser::linkfmt::{LinkFormatter, MDLinkFormatter};

/// Punycode for hosts and percent signs for the rest in the address; both undone where it is shown.
#[derive(Debug)]
pub(super) struct Addresses;

impl LinkFormatter for Addresses {
    fn validate_link(&self, url: &str) -> Option<()> {
        MDLinkFormatter::new().validate_link(url.trim())
    }

    fn normalize_link(&self, url: &str) -> String {
        let encoded = |text: &str| MDLinkFormatter::new().normalize_link(text);
        match host_of(url) {
            Some((before, host, after)) if !host.is_ascii() => {
                format!("{}{}{}", encoded(before), punycode(host), encoded(after))
            }
            _ => encoded(url),
        }
    }

    fn normalize_link_text(&self, url: &str) -> String {
        decoded(url)
    }
}

/// The address cut around its host, if it has one that may be written in punycode.
fn host_of(url: &str) -> Option<(&str, &str, &str)> {
    let start = match url.find("//") {
        Some(0) => 2,
        Some(at) => {
            let scheme = url[..at].to_ascii_lowercase();
            (scheme == "http:" || scheme == "https:").then_some(at + 2)?
        }
        None => {
            let is_mail = url.get(..7).is_some_and(|scheme| scheme.eq_ignore_ascii_case("mailto:"));
            is_mail.then(|| url.find('@').map(|at| at + 1))??
        }
    };
    let rest = &url[start..];
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let after_user = rest[..end].rfind('@').map_or(0, |at| at + 1);
    let host = &rest[after_user..end];
    let host_end = after_user + host.find(|c: char| !is_of_host(c)).unwrap_or(host.len());
    Some((&url[..start + after_user], &rest[after_user..host_end], &rest[host_end..]))
}

fn is_of_host(c: char) -> bool {
    !c.is_ascii() || c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '_' | '.')
}

/// A host in ASCII, label by label.
fn punycode(host: &str) -> String {
    let labels = host.split(['.', '\u{3002}', '\u{FF0E}', '\u{FF61}']).map(|label| match label.is_ascii() {
        true => label.to_owned(),
        false => {
            idna::punycode::encode_str(label).map_or_else(|| label.to_owned(), |coded| format!("xn--{coded}"))
        }
    });
    labels.collect::<Vec<_>>().join(".")
}

/// Percent-encoded text shown as text, except signs that have a meaning in addresses.
fn decoded(url: &str) -> String {
    const KEPT: &[u8] = b";/?:@&=+$,#%";
    let bytes = url.as_bytes();
    let mut out: Vec<u8> = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let code = bytes
            .get(at + 1..at + 3)
            .filter(|_| *byte == b'%')
            .and_then(|hex| std::str::from_utf8(hex).ok())
            .filter(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()))
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match code {
            Some(code) if !KEPT.contains(&code) => {
                out.push(code);
                at += 3;
            }
            _ => {
                out.push(*byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}
