//! What must hold for every text, however broken.

use nql::{Filter, Join, Node};

/// A small generator of texts, the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n as u64) as usize
    }

    fn text(&mut self) -> String {
        const PIECES: &[&str] = &[
            "a:", "tag:", "x.y:", "a", "b", "ab", "null", "true", "1", "1.5", "now-1d", "now", "-", "+", ",",
            "(", ")", "[", "]", ">", "<", "=", "~", "~^", "~$", "'", "'x'", "''", "\"", "\\", "\\'", " ",
            "\n", "\u{a0}", "é", "日本", "🚋", "_", ".", ":", "*", "%", "\0", "\u{feff}",
        ];
        let n = self.roll(12);
        (0..n).map(|_| PIECES[self.roll(PIECES.len())]).collect()
    }
}

fn depth(node: &Node) -> usize {
    match node {
        Node::Group(_, members) => {
            assert!(!members.is_empty());
            1 + members.iter().map(depth).max().unwrap_or_default()
        }
        Node::Wrapped(inner) => 1 + depth(inner),
        Node::Test(..) => 1,
    }
}

#[test]
fn no_text_is_too_strange() {
    let now = "2026-03-31T12:34:56Z".parse().expect("an instant");
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let mut n_read = 0;
    for _ in 0..200_000 {
        let text = dice.text();
        match Filter::parse(&text, now) {
            Ok(filter) => {
                n_read += 1;
                // Written out and read again it means the same.
                let written = filter.tree().to_string();
                if let Ok(again) = Filter::parse(&written, now) {
                    assert_eq!(
                        again.tree().to_string().trim_matches(['(', ')']),
                        written.trim_matches(['(', ')'])
                    );
                }
                let _ = filter.tree().clone().without(&|key| key == "a");
                let _ = filter.tree().clone().resolved(&[]);
            }
            Err(error) => assert!(error.position <= text.chars().count() + 1),
        }
    }
    assert!(n_read > 1_000, "only {n_read} were filters");
}

#[test]
fn depth_is_bounded() {
    let now = "2026-03-31T12:34:56Z".parse().expect("an instant");
    for n in [1, 50, 99, 100] {
        let text = format!("{}a:1{}", "(b:2+(c:3,".repeat(n / 2), "))".repeat(n / 2));
        assert!(depth(Filter::parse(&text, now).expect("not too deep").tree()) <= 2 * n + 2);
    }
    assert!(Filter::parse(&"(".repeat(1_000_000), now).is_err());
    assert!(Filter::parse(&format!("{}a:1{}", "(".repeat(101), ")".repeat(101)), now).is_err());
}

/// A quadratic reader would not come to an end here within anybody's patience.
#[test]
fn long_texts_are_read_in_one_go() {
    let now = "2026-03-31T12:34:56Z".parse().expect("an instant");
    let long = vec!["slug:[aa,bb]"; 100_000].join(",");
    let filter = Filter::parse(&long, now).expect("it can be read");
    assert!(matches!(filter.tree(), Node::Group(Join::Or, members) if members.len() == 100_000));
    assert!(Filter::parse(&format!("a:'{}", "\\'".repeat(200_000)), now).is_ok());
    assert!(Filter::parse(&format!("a:{}", "1".repeat(400_000)), now).is_ok());
    assert!(Filter::parse(&format!("a:~'{}'", "x".repeat(400_000)), now).is_ok());
}
