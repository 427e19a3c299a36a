//! `{{price}}`.

use handlebars::{Call, Error, Value};

use crate::coercion;
use crate::numbers::{CurrencyDisplay, Numbers, currency_sign};
use crate::render::Render;

pub(super) fn price<'a>(render: &Render<'a>, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    let (mut plan, mut amount) = (Value::Undefined, None);
    if let [given] = call.params() {
        match given {
            Value::Number(number) => amount = Some(*number),
            Value::Object(_) | Value::List(_) | Value::Safe(_) => plan = *given,
            _ => {}
        }
    }
    let mut currency = call.option("currency");
    if matches!(plan, Value::Object(_) | Value::List(_)) {
        amount = plan.get("amount", render.arena).as_number();
        if !currency.is_truthy() {
            currency = plan.get("currency", render.arena);
        }
        if !currency.is_truthy() {
            return Err(call.error("Currency code is required with currency style."));
        }
    } else if !currency.is_truthy() {
        return Ok(match amount {
            Some(amount) => Value::Number(amount / 100.0),
            None => Value::Text(""),
        });
    }
    let currency = coercion::text(currency);
    let invalid = || format!("Invalid currency code : {currency}");
    let Some(amount) = amount else {
        // the sign alone
        let sign = currency_sign(&currency).ok_or_else(|| call.error(invalid()))?;
        return Ok(Value::Text(render.arena.text(&sign)));
    };
    // nothing costs nothing: Ghost divides only what is not zero
    let amount = if amount == 0.0 { amount } else { amount / 100.0 };
    let locale = match call.option("locale") {
        Value::Undefined => call.data("site").get("locale", render.arena),
        given => given,
    };
    let locale = if locale.is_absent() { "en".into() } else { coercion::text(locale) };
    let numbers = Numbers::of(&locale).ok_or_else(|| call.error("Incorrect locale information provided"))?;
    let display = match call.option("currencyFormat") {
        Value::Undefined | Value::Text("symbol") => CurrencyDisplay::Symbol,
        Value::Text("narrowSymbol") => CurrencyDisplay::NarrowSymbol,
        Value::Text("code") => CurrencyDisplay::Code,
        Value::Text("name") => CurrencyDisplay::Name,
        other => {
            let other = coercion::text(other);
            return Err(call.error(format!(
                "Value {other} out of range for Intl.NumberFormat options property currencyDisplay"
            )));
        }
    };
    let short = matches!(call.option("numberFormat"), Value::Undefined | Value::Text("short"));
    let at_least = short.then_some(if amount.fract() == 0.0 { 0 } else { 2 });
    let text = numbers.money(amount, &currency, display, at_least).ok_or_else(|| call.error(invalid()))?;
    Ok(Value::Text(render.arena.text(&text)))
}
