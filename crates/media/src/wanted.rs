//! A picture that somebody wants: which original, what size, what format; and where it is kept.

use std::path::{Component, Path, PathBuf};

use crate::convert::Order;
use crate::format::Format;
use crate::size::Size;

/// A picture that somebody wants.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Wanted {
    name: String,
    size: Size,
    format: Option<String>,
}

impl Wanted {
    /// `name` is the original's path below the folder of pictures, `format` a format's name as in the address.
    ///
    /// None when the name could lead elsewhere or is hidden, or the format is not one.
    pub fn new(name: &str, size: Size, format: Option<&str>) -> Option<Self> {
        let plain = !name.contains(['\0', '\\'])
            && Path::new(name).components().all(|part| match part {
                Component::Normal(part) => !part.as_encoded_bytes().starts_with(b"."),
                _ => false,
            });
        let known = format.is_none_or(|format| Format::named(format).is_some());
        (plain && known && !name.is_empty()).then(|| Wanted {
            name: name.to_owned(),
            size,
            format: format.map(str::to_owned),
        })
    }

    /// The format that is asked for by name.
    pub fn format(&self) -> Option<Format> {
        self.format.as_deref().and_then(Format::named)
    }

    /// Where it is kept, below the folder of pictures: where Ghost keeps it, too.
    pub fn kept_path(&self) -> PathBuf {
        let mut path = PathBuf::from("size");
        path.push(self.size.to_string());
        if let Some(format) = &self.format {
            path.push("format");
            path.push(format);
        }
        path.push(&self.name);
        path
    }

    /// Where the original may lie, in order: as uploaded (`a_o.jpg`, formerly `a_o-2.jpg` for `a-2.jpg`), as published.
    pub(crate) fn originals(&self) -> Vec<PathBuf> {
        let path = PathBuf::from(&self.name);
        let (Some(stem), Some(extension)) = (
            path.file_stem().and_then(|stem| stem.to_str()),
            path.extension().and_then(|extension| extension.to_str()),
        ) else {
            return vec![path];
        };
        let mut all = vec![path.with_file_name(format!("{stem}_o.{extension}"))];
        if let Some((front, number)) = stem.rsplit_once('-')
            && !front.is_empty()
            && !number.is_empty()
            && number.bytes().all(|byte| byte.is_ascii_digit())
        {
            all.push(path.with_file_name(format!("{front}_o-{number}.{extension}")));
        }
        all.push(path);
        all
    }

    /// What to make.
    pub(crate) fn order(&self) -> Order {
        let drawing = |ending: &str| self.name.ends_with(ending);
        Order {
            size: self.size,
            format: self.format(),
            enlarge: drawing(".svg"),
            drawing: drawing(".svg") || drawing(".svgz"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_lead_elsewhere_are_not_wanted() {
        let size = Size::width(600);
        for bad in
            ["../a.jpg", "a/../../b.jpg", "/etc/passwd", "a\\b.jpg", "a.jpg\0", ".a.jpg", "b/.c/a.jpg", ""]
        {
            assert_eq!(Wanted::new(bad, size, None), None, "{bad}");
        }
        assert_eq!(Wanted::new("a.jpg", size, Some("../x")), None);
        let wanted = Wanted::new("2026/11/a.jpg", size, Some("jpg")).unwrap();
        assert_eq!(wanted.kept_path(), Path::new("size/w600/format/jpg/2026/11/a.jpg"));
    }

    #[test]
    fn originals() {
        let names = |name| {
            let originals = Wanted::new(name, Size::width(600), None).unwrap().originals();
            originals.iter().map(|path| path.display().to_string()).collect::<Vec<_>>()
        };
        assert_eq!(names("x/a.jpg"), ["x/a_o.jpg", "x/a.jpg"]);
        assert_eq!(names("a-b-2.jpg"), ["a-b-2_o.jpg", "a-b_o-2.jpg", "a-b-2.jpg"]);
    }
}
