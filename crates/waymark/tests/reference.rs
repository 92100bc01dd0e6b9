//! Generated reference is what the program would write today.

mod program;

use program::Program;

#[test]
fn the_description_of_the_api_is_fresh() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/openapi.json");
    let kept = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let now = Program::new().done(&["openapi"]);
    assert!(kept == now, "docs/openapi.json is not what the code says: `cargo xtask generate` writes it again");
}
