//! Minutes it takes to read a post, as Ghost reckons them.

use memchr::{memchr, memmem};

const WORDS_PER_MINUTE: f64 = 275.0;

/// Whole minutes to read `html`: 275 words a minute, 12 seconds for the first image, 11 for the second, and so on
/// down to 3. A feature image counts as one more image. Zero is possible.
pub fn reading_time(html: &str, has_feature_image: bool) -> u32 {
    let n_images = count_images(html) + usize::from(has_feature_image);
    let mut seconds = count_words(html) as f64 / (WORDS_PER_MINUTE / 60.0);
    // 12 + 11 + … + 3 for the first ten, 3 for each further one.
    for nth in 0..n_images.min(10) {
        seconds += (12 - nth) as f64;
    }
    seconds += 3.0 * n_images.saturating_sub(10) as f64;
    (seconds / 60.0 + 0.5).floor() as u32
}

/// Words outside of tags.
///
/// A run of Latin, Greek, Cyrillic letters and digits is one word. Of CJK runs each character counts if the run's
/// first stands at U+4E00 or later, else the run is one word: so Ghost counts. If there are none of all these,
/// runs of Arabic or Hebrew count.
fn count_words(html: &str) -> usize {
    let mut n_words = 0;
    let mut n_rtl = 0;
    let mut previous = Kind::None;
    let mut each_counts = false;
    for piece in outside_tags(html) {
        for c in piece.chars() {
            let kind = kind_of(c);
            if kind == Kind::Cjk && (previous != kind || each_counts) {
                each_counts = if previous == kind { each_counts } else { c >= '\u{4E00}' };
                n_words += 1;
            } else if kind == Kind::Word && previous != kind {
                n_words += 1;
            } else if matches!(kind, Kind::Arabic | Kind::Hebrew) && previous != kind {
                n_rtl += 1;
            }
            previous = kind;
        }
        previous = Kind::None;
    }
    if n_words == 0 { n_rtl } else { n_words }
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    None,
    Word,
    Cjk,
    Arabic,
    Hebrew,
}

fn kind_of(c: char) -> Kind {
    match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '_' => Kind::Word,
        '\0'..='\u{7F}' => Kind::None,
        '\u{C0}'..='\u{FF}' | '\u{392}'..='\u{3C9}' | '\u{410}'..='\u{4F9}' => Kind::Word,
        '\u{3040}'..='\u{309F}'
        | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{AC00}'..='\u{D7AF}'
        | '\u{F900}'..='\u{FAFF}' => Kind::Cjk,
        '\u{600}'..='\u{6FF}' => Kind::Arabic,
        '\u{591}'..='\u{5F4}' => Kind::Hebrew,
        _ => Kind::None,
    }
}

/// The pieces of `html` between things that look like tags.
fn outside_tags(html: &str) -> impl Iterator<Item = &str> {
    let mut tags = TagEnds::new(html);
    let mut rest_at = Some(0);
    std::iter::from_fn(move || {
        let piece_at = rest_at?;
        let mut from = piece_at;
        while let Some(found) = memchr(b'<', &html.as_bytes()[from..]) {
            let open = from + found;
            if let Some(end) = tags.end_after(open + 1) {
                rest_at = Some(end);
                return Some(&html[piece_at..open]);
            }
            from = open + 1;
        }
        rest_at = None;
        Some(&html[piece_at..])
    })
}

fn count_images(html: &str) -> usize {
    const OPEN: &[u8] = b"<img";
    let mut tags = TagEnds::new(html);
    let mut n_images = 0;
    let mut from = 0;
    while let Some(found) = memmem::find(&html.as_bytes()[from..], OPEN) {
        let inside = from + found + OPEN.len();
        match tags.end_after(inside) {
            Some(end) => {
                n_images += 1;
                from = end;
            }
            None => from = inside,
        }
    }
    n_images
}

/// Finds where tags end, quotes regarded; in linear time over all questions, also when there is no end.
struct TagEnds<'a> {
    bytes: &'a [u8],
    /// One bit for each byte from which a search came to no end. Made at the first such search.
    dead: Vec<u64>,
}

impl<'a> TagEnds<'a> {
    fn new(html: &'a str) -> Self {
        TagEnds { bytes: html.as_bytes(), dead: Vec::new() }
    }

    /// Where the tag ends whose inside begins at `inside`: just behind its `>`. None when it never ends, has a
    /// quote that does not end, or is empty.
    fn end_after(&mut self, inside: usize) -> Option<usize> {
        let mut at = inside;
        loop {
            let dead = self.dead.get(at / 64).is_some_and(|word| word >> (at % 64) & 1 == 1);
            let step = match self.bytes.get(at) {
                _ if dead => None,
                None => None,
                Some(b'>') if at == inside => return None,
                Some(b'>') => return Some(at + 1),
                Some(quote @ (b'"' | b'\'')) => memchr(*quote, &self.bytes[at + 1..]).map(|found| found + 2),
                Some(_) => memchr::memchr3(b'>', b'"', b'\'', &self.bytes[at..])
                    .or_else(|| Some(self.bytes.len() - at)),
            };
            let Some(step) = step else {
                self.bury(inside, at);
                return None;
            };
            at += step;
        }
    }

    /// Marks every place that the search from `inside` to `end` went through.
    fn bury(&mut self, inside: usize, end: usize) {
        if self.dead.is_empty() {
            self.dead = vec![0; self.bytes.len() / 64 + 1];
        }
        let mut at = inside;
        while at < end {
            let quote = self.bytes[at];
            self.dead[at / 64] |= 1 << (at % 64);
            at += match quote {
                b'"' | b'\'' => memchr(quote, &self.bytes[at + 1..]).map_or(1, |found| found + 2),
                _ => 1,
            };
        }
        if let Some(word) = self.dead.get_mut(end / 64) {
            *word |= 1 << (end % 64);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words() {
        for (html, n_words) in [
            ("<p>One two</p><p>three</p>", 3),
            ("a<b>b</b>c", 3),
            ("don't &amp; 3.5", 5),
            ("<a title='x > y'>z</a>", 1),
            ("a < b > c", 2),
            ("a < b", 2),
            ("<>x<", 1),
            ("漢字かな", 4),
            ("かな漢字", 1),
            ("한국어 말", 4),
            ("שלום עולם", 2),
            ("שלום one", 1),
            ("été Ωμέγα слово", 3),
            ("", 0),
        ] {
            assert_eq!(count_words(html), n_words, "{html}");
        }
    }

    #[test]
    fn images() {
        for (html, n_images) in [
            (r#"<img src="a>b"><img>"#, 1),
            ("<img/>", 1),
            ("<IMG src=x>", 0),
            (r#"<img src="<img src='x'>"#, 1),
            ("<img src=\"x>", 0),
        ] {
            assert_eq!(count_images(html), n_images, "{html}");
        }
    }

    #[test]
    fn minutes() {
        let words = |n: usize| "word ".repeat(n);
        assert_eq!(reading_time("", false), 0);
        assert_eq!(reading_time(&words(137), false), 0);
        assert_eq!(reading_time(&words(138), false), 1);
        assert_eq!(reading_time(&words(1375), true), 5);
        assert_eq!(reading_time(&"<img src=x>".repeat(10), false), 1);
        assert_eq!(reading_time(&"<img src=x>".repeat(15), false), 2);
    }

    #[test]
    fn hostile_html_takes_linear_time() {
        for unit in ["<", "<a ", "<'", "<\"'", "<img \"'"] {
            let html = unit.repeat(300_000);
            reading_time(&html, false);
        }
    }
}
