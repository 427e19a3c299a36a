//! The sample publication and the theme are part of the binary: a new file in them is a reason to build again.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=../../demo");
    println!("cargo:rerun-if-changed=../../themes/courant");
}
