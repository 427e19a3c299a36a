//! The store on real databases: copies of the fixture publication, and made-up ones.

mod attacks;
mod fixture;
mod listing;
mod open_files;
mod open_writer;
mod pairs;
mod schema_create;
mod schema_ghost;
mod schema_write;
