// The helpers that cases may ask for, the same as in `all/helpers.rs`.
"use strict";

module.exports = (Handlebars) => {
  const isSafe = (value) => value instanceof Handlebars.SafeString;

  // A value with its kind.
  function shown(value, depth = 0) {
    if (value === undefined) return "u";
    if (value === null) return "n";
    if (typeof value === "string") return `'${value}'`;
    if (isSafe(value)) return `safe'${value}'`;
    if (typeof value !== "object") return String(value);
    if (depth > 1) return "…";
    if (Array.isArray(value)) return `[${value.map((item) => shown(item, depth + 1)).join(",")}]`;
    return `{${Object.keys(value).map((key) => `${key}:${shown(value[key], depth + 1)}`).join(",")}}`;
  }

  // Name, arguments, kind and context of a call.
  function described(context, given) {
    const options = given[given.length - 1];
    const params = given.slice(0, -1).map((param) => shown(param));
    const hash = Object.keys(options.hash).map((key) => `${key}=${shown(options.hash[key])}`).sort();
    const kind = !options.fn ? "" : options.inverse === Handlebars.VM.noop ? "#" : "#^";
    return `${options.name}(${params.join(",")};${hash.join(",")})${kind}${shown(context, 2)}`;
  }

  // The first argument; the last thing given is none.
  const first = (given) => (given.length > 1 ? given[0] : undefined);
  const framed = (options, fields) => Object.assign(Handlebars.createFrame(options.data), fields);
  const args = function (...given) { return described(this, given); };

  const own = {
    args, bar: args, 12: args, "foo-bar": args,
    safe: (...given) => new Handlebars.SafeString(typeof first(given) === "string" ? first(given) : shown(first(given))),
    id: (...given) => first(given),
    pick: (...given) => Object.assign({}, given.pop().hash),
    list: (...given) => given.slice(0, -1),
    num: () => 7,
    nothing: () => undefined,
    fail: () => { throw new Error("the helper fails"); },
    wrap(...given) {
      const options = given.pop();
      return options.fn ? `<${options.fn(this)}|${options.inverse(this)}>` : given.length;
    },
    ctx(...given) {
      const options = given.pop();
      if (!options.fn) return undefined;
      const data = Object.keys(options.hash).length ? framed(options, options.hash) : options.data;
      return options.fn(given[0], { data, blockParams: [given[0], given.length] });
    },
    loop(...given) {
      const options = given.pop();
      if (!options.fn) return undefined;
      return [0, 1].map((index) => options.fn(this, { data: framed(options, { index, key: `k${index}` }) })).join("");
    },
    not(...given) {
      const options = given.pop();
      return options.fn ? `${options.inverse(this)}-${options.fn(given[0])}` : "-";
    },
  };

  // A helper of a theme.
  function stub(...given) {
    const options = given[given.length - 1];
    if (!options.fn) {
      const text = described(this, given);
      return text.length % 2 === 1 ? new Handlebars.SafeString(text) : text;
    }
    const items = Array.isArray(given[0]) ? given[0] : [given.length > 1 ? given[0] : this];
    let out = "";
    items.slice(0, 3).forEach((item, index) => {
      const data = framed(options, { index, number: index, last: index === items.length - 1 });
      out += options.fn(item, { data, blockParams: [item, index] });
    });
    return items.length ? out : options.inverse(this);
  }

  return (name) => (Object.hasOwn(own, name) ? own[name] : stub);
};
