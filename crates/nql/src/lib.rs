//! Ghost's filter language: text to a checked tree; knows no tables.
