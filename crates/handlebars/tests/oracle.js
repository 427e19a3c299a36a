// Renders JSON lines with the real Handlebars, whose folder is the first argument:
// {"template", "data", "partials", "variables", "helpers", "options", "give"} in, {"output"} or {"error"} out.
// "give" says how partials are handed over: "compiled" (the default), "text" with the call, or "registered".
"use strict";
const readline = require("readline");
const Handlebars = require(process.argv[2]);
const helper = require("./helpers.js")(Handlebars);
for (const name of ["log", "info", "warn", "error", "debug"]) console[name] = () => {};

function render({ template, data, partials = {}, variables, helpers = [], options = {}, give }) {
  const handlebars = Handlebars.create();
  for (const name of helpers) handlebars.registerHelper(name, helper(name));
  const runtime = {};
  if (variables) runtime.data = variables;
  if (give === "registered") {
    for (const name of Object.keys(partials)) handlebars.registerPartial(name, partials[name]);
  } else if (give === "text") {
    runtime.partials = partials;
  } else {
    runtime.partials = {};
    for (const name of Object.keys(partials)) runtime.partials[name] = handlebars.compile(partials[name], options);
  }
  return handlebars.compile(template, options)(data, runtime);
}

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  let answer;
  try {
    // Half a character, as `{{lookup "😀" 0}}` gives, has no UTF-8.
    answer = { output: render(JSON.parse(line)).toWellFormed() };
  } catch (error) {
    answer = { error: String(error && error.message).toWellFormed() };
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
});
