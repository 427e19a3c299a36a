//! Order strings: `published_at desc, title asc`.

/// Which way a list runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    Ascending,
    Descending,
}

/// One rule of an order string.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Lower case: letters, digits, `_` and `.`.
    pub field: String,
    pub direction: Direction,
}

/// The rules of an order string. What is not `<field> <asc|desc>` is left out.
pub fn rules(text: &str) -> Vec<Rule> {
    text.split(',').filter_map(rule).collect()
}

fn rule(text: &str) -> Option<Rule> {
    let text = text.trim_matches(crate::lexer::is_space);
    let field_end = text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '.'))?;
    let (field, rest) = text.split_at(field_end);
    let direction = rest.trim_start_matches(crate::lexer::is_space);
    if field.is_empty() {
        return None;
    }
    let direction = if direction.eq_ignore_ascii_case("asc") {
        Direction::Ascending
    } else if direction.eq_ignore_ascii_case("desc") {
        Direction::Descending
    } else {
        return None;
    };
    Some(Rule { field: field.to_ascii_lowercase(), direction })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_need_a_field_and_a_direction() {
        let texts: Vec<_> = rules("published_at DESC , title,a-b asc,  count.posts\tasc,x  asc y,é asc")
            .into_iter()
            .map(|rule| (rule.field, rule.direction == Direction::Ascending))
            .collect();
        assert_eq!(texts, [("published_at".to_owned(), false), ("count.posts".to_owned(), true)]);
        assert!(rules("").is_empty());
        assert!(rules(",,,").is_empty());
    }
}
