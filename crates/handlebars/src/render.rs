//! Runs programs.

use crate::arena::Arena;
use crate::error::{Error, Kind};
use crate::frames::{Closure, Data, Env};
use crate::host::Host;
use crate::limits::Limits;
use crate::template::Template;
use crate::value::Value;

/// What one render writes and counts.
pub(crate) struct State<'a> {
    pub arena: &'a Arena,
    pub out: String,
    limits: Limits,
}

impl<'a> State<'a> {
    pub fn new(arena: &'a Arena, limits: Limits, out: String) -> Self {
        Self { arena, out, limits }
    }

    pub fn main(
        &mut self,
        _: &dyn Host<'a>,
        _: &'a Template,
        _: Value<'a>,
        _: &[(&'a str, Value<'a>)],
    ) -> Result<(), Error> {
        Ok(())
    }

    pub fn write(&mut self, text: &str) -> Result<(), Error> {
        if self.out.len() + text.len() > self.limits.output_bytes {
            return Err(Error::new(Kind::Limit, "the output is too long"));
        }
        self.out.push_str(text);
        Ok(())
    }

    pub fn run(
        &mut self,
        _: &dyn Host<'a>,
        _: Closure<'a>,
        _: Value<'a>,
        _: &'a Data<'a>,
        _: Option<&'a [Value<'a>]>,
    ) -> Result<(), Error> {
        Ok(())
    }

    pub fn partial_by_name(
        &mut self,
        _: &dyn Host<'a>,
        _: &Env<'a>,
        _: &'a str,
        _: Value<'a>,
    ) -> Result<(), Error> {
        Ok(())
    }
}
