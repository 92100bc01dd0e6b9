use domain::Date;

/// Today in England.
#[expect(clippy::disallowed_methods, reason = "a command that was not told the day may ask the machine")]
pub(crate) fn today() -> Date {
    let zone = jiff::tz::TimeZone::get("Europe/London").unwrap_or(jiff::tz::TimeZone::UTC);
    zone.to_datetime(jiff::Timestamp::now()).date()
}
