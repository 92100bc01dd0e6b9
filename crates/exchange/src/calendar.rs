//! Calendars as programs on phones and desks read them: iCalendar (RFC 5545), with the name and the hours between two looks that
//! RFC 7986 added. Times are those of clocks in England; the rule of their zone goes with the file.

use icalendar::{Calendar, Component, Event as Component5545, EventLike, Property};
use jiff::{
    Timestamp, ToSpan,
    civil::{Date, DateTime},
};

/// Something on a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// What it is known by, for ever.
    pub uid: String,
    /// A few words.
    pub title: String,
    /// What to know about it; may be blank.
    pub about: String,
    /// Where.
    pub place: Option<String>,
    /// When.
    pub when: Moment,
    /// Whether it takes place.
    pub state: EventState,
    /// Whether it takes up the time of whoever has it in their calendar.
    pub is_busy: bool,
    /// Grows with each change.
    pub sequence: u32,
    /// When it was last changed.
    pub changed_at: Timestamp,
}

/// When something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// Whole days, the last one included.
    Days {
        /// The first.
        first: Date,
        /// The last.
        last: Date,
    },
    /// By the clock, in England. The same twice is a moment.
    Hours {
        /// From when.
        start: DateTime,
        /// To when.
        end: DateTime,
    },
}

/// Whether something takes place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventState {
    /// It does.
    Confirmed,
    /// It is not certain.
    Tentative,
    /// It was to, and does not.
    Cancelled,
}

const ZONE: &str = "Europe/London";
/// Clocks in England since 1996: forward on the last Sunday in March, back on the last in October, both at 01:00 GMT.
const ZONE_RULE: &str = "BEGIN:VTIMEZONE\r\nTZID:Europe/London\r\nBEGIN:DAYLIGHT\r\nDTSTART:19960331T010000\r\n\
    TZOFFSETFROM:+0000\r\nTZOFFSETTO:+0100\r\nTZNAME:BST\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nEND:DAYLIGHT\r\n\
    BEGIN:STANDARD\r\nDTSTART:19961027T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0000\r\nTZNAME:GMT\r\n\
    RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n";

/// A calendar of this name. The same events give the same text.
pub fn write(name: &str, events: &[Event]) -> String {
    let mut calendar = Calendar::empty();
    for (key, value) in [("VERSION", "2.0"), ("PRODID", "-//Waymark//Careers calendar//EN"), ("CALSCALE", "GREGORIAN")]
    {
        calendar.append_property(Property::new(key, value));
    }
    calendar.append_property(Property::new("METHOD", "PUBLISH"));
    calendar.name(&one_line(name));
    calendar.append_property(Property::new("X-WR-TIMEZONE", ZONE));
    let mut refresh = Property::new("REFRESH-INTERVAL", "PT4H");
    refresh.add_parameter("VALUE", "DURATION");
    calendar.append_property(refresh);
    calendar.append_property(Property::new("X-PUBLISHED-TTL", "PT4H"));
    for event in events {
        calendar.push(component(event));
    }
    let text = calendar.to_string();
    // The library has no component for a zone.
    let at = text.find("BEGIN:VEVENT").or_else(|| text.find("END:VCALENDAR")).unwrap_or(text.len());
    format!("{}{ZONE_RULE}{}", &text[..at], &text[at..])
}

fn component(event: &Event) -> Component5545 {
    let mut component = Component5545::new();
    component.uid(&event.uid).summary(&one_line(&event.title));
    let changed = instant(event.changed_at);
    component.add_property("DTSTAMP", &changed).add_property("LAST-MODIFIED", &changed);
    component.add_property("SEQUENCE", event.sequence.to_string());
    if !event.about.is_empty() {
        component.description(&event.about.replace('\r', ""));
    }
    if let Some(place) = &event.place {
        component.location(&one_line(place));
    }
    component.add_property(
        "STATUS",
        match event.state {
            EventState::Confirmed => "CONFIRMED",
            EventState::Tentative => "TENTATIVE",
            EventState::Cancelled => "CANCELLED",
        },
    );
    let is_free = !event.is_busy || event.state == EventState::Cancelled;
    component.add_property("TRANSP", if is_free { "TRANSPARENT" } else { "OPAQUE" });
    match event.when {
        Moment::Days { first, last } => {
            // The end is the first day that is not part of it.
            let end = last.saturating_add(1.day());
            component.append_property(day("DTSTART", first)).append_property(day("DTEND", end));
        }
        Moment::Hours { start, end } => {
            component.append_property(clock("DTSTART", start));
            if end > start {
                component.append_property(clock("DTEND", end));
            }
        }
    }
    component.done()
}

fn day(key: &str, date: Date) -> Property {
    let mut property = Property::new(key, date.strftime("%Y%m%d").to_string());
    property.add_parameter("VALUE", "DATE");
    property
}

fn clock(key: &str, at: DateTime) -> Property {
    let mut property = Property::new(key, at.strftime("%Y%m%dT%H%M%S").to_string());
    property.add_parameter("TZID", ZONE);
    property
}

fn instant(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
