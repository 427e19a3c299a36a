//! The owner of a new publication, as Ghost's set-up would store her; her password is still to be chosen.

use model::edit::member::is_email;
use store::Chance;
use store::schema::NewOwner;

/// Letters that the columns of a name and of an address hold.
const LONGEST: usize = 191;
/// Whom every publication begins with where nobody is named.
const PLACEHOLDER: &str = "ghost@example.com";

/// A name as it may be given: without spaces around it.
///
/// Errors: why it is none.
pub fn owners_name(text: &str) -> Result<String, String> {
    let name = text.trim();
    match name.chars().count() {
        0 => Err("a name has at least one letter".to_owned()),
        n if n > LONGEST => Err(format!("a name has at most {LONGEST} letters; this one has {n}")),
        _ if name.chars().any(char::is_control) => {
            Err("a name stands on one line, without control characters".to_owned())
        }
        _ => Ok(name.to_owned()),
    }
}

/// An e-mail address as it may be given.
///
/// Errors: why it is none.
pub fn owners_email(text: &str) -> Result<String, String> {
    let email = text.trim();
    if !is_email(email) || email.chars().count() > LONGEST {
        return Err("this is no e-mail address such as ada@example.com".to_owned());
    }
    if email.eq_ignore_ascii_case(PLACEHOLDER) {
        return Err(format!(
            "{PLACEHOLDER} stands for an owner who is not there yet; give the address of a person"
        ));
    }
    Ok(email.to_owned())
}

/// She is active, as after Ghost's set-up, so that nobody else can set the publication up; with a password that nothing
/// opens, until she asks Ghost's Admin app for a new one.
pub fn with_no_password(name: String, email: String) -> NewOwner {
    // Without a slug the name makes it.
    NewOwner { name, slug: String::new(), email, password_hash: Chance::of_system().closed_password() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_addresses_are_checked() {
        assert_eq!(owners_name("  Ada Lovelace ").unwrap(), "Ada Lovelace");
        assert!(owners_name(&"ß".repeat(191)).is_ok());
        for (name, said) in [("", "at least one"), (" \t", "at least one"), ("A\nB", "one line")] {
            assert!(owners_name(name).unwrap_err().contains(said), "{name:?}");
        }
        assert!(owners_name(&"x".repeat(192)).unwrap_err().contains("192"));
        assert_eq!(owners_email("ada@herald.example").unwrap(), "ada@herald.example");
        for email in ["", "ada", "ada@", "@herald.example", "a b@herald.example", "Ghost@Example.com"] {
            assert!(owners_email(email).is_err(), "{email}");
        }
        assert!(owners_email(&format!("a@{}example", "x.".repeat(100))).is_err());
    }
}
