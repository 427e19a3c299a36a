// Renders JSON lines with the real Handlebars, whose folder is the first argument:
// {"template", "data", "partials", "options"} in, {"output"} or {"error"} out.
"use strict";
const readline = require("readline");
const Handlebars = require(process.argv[2]);
for (const name of ["log", "info", "warn", "error", "debug"]) console[name] = () => {};

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  const { template, data, partials, options } = JSON.parse(line);
  let answer;
  try {
    const handlebars = Handlebars.create();
    const compiled = {};
    for (const name of Object.keys(partials || {})) compiled[name] = handlebars.compile(partials[name], options || {});
    const output = handlebars.compile(template, options || {})(data, { partials: compiled });
    // Half a character, as `{{lookup "😀" 0}}` gives, has no UTF-8.
    answer = { output: output.toWellFormed() };
  } catch (error) {
    answer = { error: String(error && error.message).toWellFormed() };
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
});
