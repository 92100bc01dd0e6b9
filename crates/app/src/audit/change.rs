//! What a detail of an event says: fields, each with what was there before and what is there now.

use std::collections::BTreeMap;

use serde_json::{Value, json};

/// Fields by name, each before and after; `None` where there was or is nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Change(BTreeMap<String, (Option<String>, Option<String>)>);

impl Change {
    /// The same with a field that changed; one that did not is left out.
    pub(crate) fn with(mut self, field: &str, before: Option<&str>, after: Option<&str>) -> Self {
        let text = |text: Option<&str>| text.filter(|text| !text.is_empty()).map(str::to_owned);
        let (before, after) = (text(before), text(after));
        if before != after {
            self.0.insert(field.to_owned(), (before, after));
        }
        self
    }

    /// As the database keeps it: `{"title": ["before", "after"]}`.
    pub(crate) fn text(&self) -> String {
        let fields: serde_json::Map<_, _> =
            self.0.iter().map(|(field, (before, after))| (field.clone(), json!([before, after]))).collect();
        Value::Object(fields).to_string()
    }

    /// The names of the fields: they may stand in the event itself.
    pub(crate) fn names(&self) -> Vec<&str> {
        self.0.keys().map(String::as_str).collect()
    }

    /// What a detail says; nothing where it is no such object.
    pub(crate) fn parse(text: &str) -> Self {
        let Ok(Value::Object(fields)) = serde_json::from_str(text) else { return Self::default() };
        let text = |value: &Value| value.as_str().map(str::to_owned);
        Self(fields.into_iter().map(|(field, pair)| (field, (text(&pair[0]), text(&pair[1])))).collect())
    }

    /// What stood in a field before.
    pub(crate) fn before(&self, field: &str) -> Option<&str> {
        self.0.get(field).and_then(|(before, _)| before.as_deref())
    }

    /// What stands in a field since.
    pub(crate) fn after(&self, field: &str) -> Option<&str> {
        self.0.get(field).and_then(|(_, after)| after.as_deref())
    }

    pub(crate) fn into_fields(self) -> impl Iterator<Item = (String, Option<String>, Option<String>)> {
        self.0.into_iter().map(|(field, (before, after))| (field, before, after))
    }
}

/// The fields that differ between two lists of the same fields.
pub(crate) fn changes<'f>(
    before: impl IntoIterator<Item = (&'f str, String)>,
    after: impl IntoIterator<Item = (&'f str, String)>,
) -> Change {
    let after: BTreeMap<_, _> = after.into_iter().collect();
    let mut change = Change::default();
    let mut seen = Vec::new();
    for (field, before) in before {
        change = change.with(field, Some(&before), after.get(field).map(String::as_str));
        seen.push(field);
    }
    after
        .iter()
        .filter(|(field, _)| !seen.contains(field))
        .fold(change, |change, (field, after)| change.with(field, None, Some(after)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_read_back_as_it_was_written() {
        let change = changes(
            [("title", "Visit".to_owned()), ("hours", "2".to_owned()), ("mode", "x".to_owned())],
            [
                ("title", "Visit “two”".to_owned()),
                ("hours", String::new()),
                ("mode", "x".to_owned()),
                ("subject", "Art".to_owned()),
            ],
        );
        assert_eq!(change.names(), ["hours", "subject", "title"]);
        assert_eq!(Change::parse(&change.text()), change);
        assert_eq!((change.before("hours"), change.before("subject")), (Some("2"), None));
        assert_eq!((Change::parse("[1]"), Change::default().text()), (Change::default(), "{}".to_owned()));
        let fields: Vec<_> = change.into_fields().collect();
        assert_eq!(fields[1], ("subject".to_owned(), None, Some("Art".to_owned())));
    }
}
