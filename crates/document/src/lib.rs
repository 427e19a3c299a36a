//! Lexical, Mobiledoc and Markdown to HTML, plain text, excerpt and reading time.
