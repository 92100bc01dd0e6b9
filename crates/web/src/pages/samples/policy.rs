/// Pages of this area from invented values.
pub(super) fn pages() -> Vec<(&'static str, String)> {
    Vec::new()
}
