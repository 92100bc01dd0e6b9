/// Reads `100 MB`, `64MiB`, `1 GB` or a number of bytes; `None` for anything else, and for nothing.
pub(super) fn parse(text: &str) -> Option<usize> {
    let text = text.trim();
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let unit: usize = match unit.trim().to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "kb" => 1_000,
        "mb" => 1_000_000,
        "gb" => 1_000_000_000,
        "kib" => 1 << 10,
        "mib" => 1 << 20,
        "gib" => 1 << 30,
        _ => return None,
    };
    number.parse::<usize>().ok()?.checked_mul(unit).filter(|bytes| *bytes > 0)
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn sizes_are_read_as_people_write_them() {
        assert_eq!(parse("100 MB"), Some(100_000_000));
        assert_eq!(parse("64MiB"), Some(67_108_864));
        assert_eq!(parse("2048"), Some(2048));
        for text in ["", "MB", "1.5 GB", "ten", "0", "-1", "99999999999999999999 GB"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
