//! Ghost's themes: helpers, assets, locales, lookup, metadata.
