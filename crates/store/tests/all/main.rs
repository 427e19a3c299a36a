//! The store on real databases: copies of the fixture publication, and made-up ones.

mod acts_faults;
mod acts_ghost;
mod acts_more;
mod acts_random;
mod acts_requests;
mod acts_rows;
mod attacks;
mod fixture;
mod listing;
mod open_files;
mod open_writer;
mod pairs;
mod schema_create;
mod schema_ghost;
