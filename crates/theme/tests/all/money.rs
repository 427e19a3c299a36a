//! Numbers, amounts and plurals against `Intl`'s own answers (`tests/data/make-money.cjs`).

use serde_json::Value;
use theme::numbers::{CurrencyDisplay, Numbers, currency_sign, rough_count};

#[test]
fn amounts_are_written_as_intl_writes_them() {
    let path = std::env::var("MONEY")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/money.jsonl").into());
    let cases = std::fs::read_to_string(path).expect("the cases are beside the test");
    let (mut n, mut wrong) = (0, Vec::new());
    for line in cases.lines() {
        let case: Vec<Value> = serde_json::from_str(line).expect("a line is JSON");
        let numbers = Numbers::of(case[1].as_str().expect("a tag")).expect("a known language");
        let number = |index: usize| case[index].as_f64().expect("a number");
        let (ours, expected) = match case[0].as_str() {
            Some("number") => (numbers.format(number(2)), &case[3]),
            Some("plural") => (numbers.plural(number(3), case[2] == true).to_owned(), &case[4]),
            _ => {
                let display = match case[3].as_str() {
                    Some("code") => CurrencyDisplay::Code,
                    Some("name") => CurrencyDisplay::Name,
                    _ => CurrencyDisplay::Symbol,
                };
                let least = case[4].as_u64().map(|least| least as usize);
                let currency = case[2].as_str().expect("a currency");
                (numbers.money(number(5), currency, display, least).expect("a currency"), &case[6])
            }
        };
        n += 1;
        if expected != &ours {
            wrong.push(format!("{line}\n  ours {ours:?}"));
        }
    }
    assert!(n > 1000, "only {n} cases");
    assert!(wrong.is_empty(), "{} of {n} differ:\n{}", wrong.len(), wrong[..wrong.len().min(30)].join("\n"));
}

#[test]
fn signs_of_currencies_stand_alone() {
    assert_eq!(currency_sign("usd").as_deref(), Some("$"));
    assert_eq!(currency_sign("CHF").as_deref(), Some("CHF"));
    assert_eq!(currency_sign("XOF").as_deref(), Some("FCFA"));
    assert_eq!(currency_sign("dollars"), None);
}

#[test]
fn members_are_counted_roughly() {
    let counts = [
        (0, "0"),
        (50, "50"),
        (51, "50+"),
        (99, "90+"),
        (149, "100+"),
        (999, "950+"),
        (1_234, "1,200+"),
        (45_678, "45,000+"),
        (123_456, "120k+"),
        (1_000_000, "1m+"),
        (1_234_567, "1.2m+"),
        (12_345_678, "12.3m+"),
    ];
    for (count, text) in counts {
        assert_eq!(rough_count(count), text);
    }
}
