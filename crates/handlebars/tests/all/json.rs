//! Reads JSON as JavaScript does, where Rust's usual reader gives up: half characters, numbers beyond `f64`, hundreds of
//! lists inside each other.

/// A JSON value.
#[derive(Debug, Default)]
pub enum Json {
    #[default]
    Null,
    Bool(bool),
    Number(f64),
    /// Half characters are replaced: they have no UTF-8.
    Text(String),
    List(Vec<Json>),
    /// Each name once, where it stood first, with its last value.
    Object(Vec<(String, Json)>),
}

/// Lists and objects inside each other.
const MAX_DEPTH: u32 = 1000;

impl Json {
    /// Errors: what is wrong and at which byte.
    pub fn read(text: &str) -> Result<Self, String> {
        let mut reader = Reader { text, at: 0, depth: 0 };
        let value = reader.value()?;
        reader.skip_space();
        if reader.at < text.len() { Err(reader.error("more text after the value")) } else { Ok(value) }
    }

    /// Takes a field out of an object.
    pub fn take(&mut self, name: &str) -> Option<Json> {
        match self {
            Self::Object(fields) => {
                fields.iter_mut().find(|(field, _)| field == name).map(|(_, value)| std::mem::take(value))
            }
            _ => None,
        }
    }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    depth: u32,
}

impl<'t> Reader<'t> {
    fn error(&self, what: &str) -> String {
        format!("not JSON: {what} at byte {}", self.at)
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip_space(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start_matches([' ', '\t', '\n', '\r']).len();
    }

    fn takes(&mut self, text: &str) -> bool {
        let found = self.rest().starts_with(text);
        self.at += if found { text.len() } else { 0 };
        found
    }

    fn value(&mut self) -> Result<Json, String> {
        self.skip_space();
        match self.rest().bytes().next() {
            Some(b'{') => self.nested(Self::object),
            Some(b'[') => self.nested(Self::list),
            Some(b'"') => self.string().map(Json::Text),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ if self.takes("null") => Ok(Json::Null),
            _ if self.takes("true") => Ok(Json::Bool(true)),
            _ if self.takes("false") => Ok(Json::Bool(false)),
            _ => Err(self.error("no value")),
        }
    }

    fn nested(&mut self, read: impl FnOnce(&mut Self) -> Result<Json, String>) -> Result<Json, String> {
        if self.depth == MAX_DEPTH {
            return Err(format!("more than {MAX_DEPTH} lists and objects inside each other"));
        }
        self.depth += 1;
        self.at += 1;
        let value = read(self);
        self.depth -= 1;
        value
    }

    fn list(&mut self) -> Result<Json, String> {
        let mut items = Vec::new();
        self.skip_space();
        if self.takes("]") {
            return Ok(Json::List(items));
        }
        loop {
            items.push(self.value()?);
            self.skip_space();
            if self.takes("]") {
                return Ok(Json::List(items));
            }
            if !self.takes(",") {
                return Err(self.error("no comma"));
            }
        }
    }

    fn object(&mut self) -> Result<Json, String> {
        let mut fields: Vec<(String, Json)> = Vec::new();
        let mut places = std::collections::HashMap::new();
        self.skip_space();
        if self.takes("}") {
            return Ok(Json::Object(fields));
        }
        loop {
            self.skip_space();
            let name = self.string()?;
            self.skip_space();
            if !self.takes(":") {
                return Err(self.error("no colon"));
            }
            let value = self.value()?;
            let place = *places.entry(name.clone()).or_insert(fields.len());
            match fields.get_mut(place) {
                Some(field) => field.1 = value,
                None => fields.push((name, value)),
            }
            self.skip_space();
            if self.takes("}") {
                return Ok(Json::Object(fields));
            }
            if !self.takes(",") {
                return Err(self.error("no comma"));
            }
        }
    }

    fn number(&mut self) -> Result<Json, String> {
        let rest = self.rest();
        let ends = |char: char| !matches!(char, '0'..='9' | '+' | '-' | '.' | 'e' | 'E');
        let number = rest.get(..rest.find(ends).unwrap_or(rest.len())).unwrap_or_default();
        let digits = number.strip_prefix('-').unwrap_or(number);
        let is_digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
        let bytes = digits.as_bytes();
        let dot = digits.find('.');
        let plain = is_digit(bytes.first())
            && !(bytes.first() == Some(&b'0') && is_digit(bytes.get(1)))
            && dot.is_none_or(|dot| is_digit(bytes.get(dot + 1)));
        match number.parse() {
            Ok(value) if plain => {
                self.at += number.len();
                Ok(Json::Number(value))
            }
            _ => Err(self.error("no number")),
        }
    }

    fn string(&mut self) -> Result<String, String> {
        if !self.takes("\"") {
            return Err(self.error("no string"));
        }
        let mut units = Vec::new();
        loop {
            let rest = self.rest();
            let len = rest.find(|char| matches!(char, '"' | '\\' | '\0'..='\u{1f}')).unwrap_or(rest.len());
            units.extend(rest.get(..len).unwrap_or_default().encode_utf16());
            self.at += len;
            if self.takes("\"") {
                return Ok(String::from_utf16_lossy(&units));
            }
            if !self.takes("\\") {
                return Err(self.error("a string does not end"));
            }
            units.push(self.escape()?);
        }
    }

    /// What follows a backslash, as a UTF-16 unit.
    fn escape(&mut self) -> Result<u16, String> {
        let escape = self.rest().bytes().next();
        let unit = match escape {
            Some(b'"' | b'\\' | b'/') => escape.map(u16::from).unwrap_or_default(),
            Some(b'b') => 8,
            Some(b'f') => 12,
            Some(b'n') => 10,
            Some(b'r') => 13,
            Some(b't') => 9,
            Some(b'u') => {
                let digits = self.rest().get(1..5).filter(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()));
                let unit = digits.and_then(|digits| u16::from_str_radix(digits, 16).ok());
                self.at += 5;
                return unit.ok_or_else(|| self.error("no character"));
            }
            _ => return Err(self.error("no character")),
        };
        self.at += 1;
        Ok(unit)
    }
}
