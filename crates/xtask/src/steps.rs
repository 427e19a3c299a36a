//! `cargo xtask test`: form, lints, tests of all crates, tests in a browser.

use crate::setup;

/// Runs everything that can be tested; stops at the first failure.
pub fn test() -> Result<(), String> {
    let root = setup::root();
    let shared = setup::shared()?;
    for (program, needed_for) in
        [("node", "comparisons with npm packages"), ("npm", "the same"), ("python3", "the reference tools")]
    {
        if !setup::has(program) {
            return Err(format!("{program} is not installed; it is needed for {needed_for}"));
        }
    }
    setup::run("cargo", &["fmt", "--all", "--check"])?;
    setup::run("cargo", &["clippy", "--release", "--workspace", "--all-targets", "--", "-D", "warnings"])?;
    setup::ghost(&shared)?;
    setup::run("cargo", &["test", "--release", "--workspace"])?;
    setup::browser()?;
    setup::npm(&root.join("browser"))?;
    setup::run_in(&root.join("browser"), "npm", &["test"])
}
