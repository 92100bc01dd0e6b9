use askama::Template;

use super::renders_itself;

/// One of several values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Choice {
    pub(crate) value: String,
    pub(crate) label: String,
    pub(crate) chosen: bool,
}

impl Choice {
    pub(crate) fn new(value: impl ToString, label: impl ToString, chosen: bool) -> Self {
        Self { value: value.to_string(), label: label.to_string(), chosen }
    }
}

/// The `aria-describedby` and `aria-invalid` of a field, with the space before them.
fn described(name: &str, hint: &str, problem: Option<&str>) -> Described {
    let ids = [(!hint.is_empty()).then(|| format!("{name}-hint")), problem.map(|_| format!("{name}-error"))];
    let ids: Vec<_> = ids.into_iter().flatten().collect();
    if ids.is_empty() {
        return Described(String::new());
    }
    let invalid = if problem.is_some() { r#" aria-invalid="true""# } else { "" };
    Described(format!(r#" aria-describedby="{}"{invalid}"#, ids.join(" ")))
}

/// Attributes made of field names, which are ours.
pub(crate) struct Described(String);

impl std::fmt::Display for Described {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

renders_itself!(Described);

/// A field for text, a date, an address or a password.
#[derive(Template)]
#[template(path = "parts/input.html")]
pub(crate) struct Input<'a> {
    name: &'a str,
    label: &'a str,
    value: &'a str,
    problem: Option<&'a str>,
    hint: &'a str,
    kind: &'a str,
    width: &'a str,
    autocomplete: &'a str,
    inputmode: &'a str,
    list: &'a str,
}

impl askama::filters::HtmlSafe for Input<'_> {}

impl<'a> Input<'a> {
    pub(crate) fn new(name: &'a str, label: &'a str, value: &'a str, problem: Option<&'a str>) -> Self {
        let (hint, kind, width, autocomplete, inputmode, list) = ("", "text", "", "", "", "");
        Self { name, label, value, problem, hint, kind, width, autocomplete, inputmode, list }
    }

    pub(crate) fn hint(mut self, hint: &'a str) -> Self {
        self.hint = hint;
        self
    }

    /// `text`, `email`, `password`, `date`, or `long` for several lines.
    pub(crate) fn kind(mut self, kind: &'a str) -> Self {
        self.kind = kind;
        self
    }

    /// About how many characters fit: 2, 3, 4, 5, 10, 20 or 30.
    pub(crate) fn width(mut self, width: &'a str) -> Self {
        self.width = width;
        self
    }

    pub(crate) fn autocomplete(mut self, autocomplete: &'a str) -> Self {
        self.autocomplete = autocomplete;
        self
    }

    pub(crate) fn inputmode(mut self, inputmode: &'a str) -> Self {
        self.inputmode = inputmode;
        self
    }

    /// The id of a list of values to offer.
    pub(crate) fn list(mut self, list: &'a str) -> Self {
        self.list = list;
        self
    }

    fn described(&self) -> Described {
        described(self.name, self.hint, self.problem)
    }
}

/// One value out of a list.
#[derive(Template)]
#[template(path = "parts/select.html")]
pub(crate) struct Select<'a> {
    name: &'a str,
    label: &'a str,
    choices: &'a [Choice],
    problem: Option<&'a str>,
    hint: &'a str,
}

impl askama::filters::HtmlSafe for Select<'_> {}

impl<'a> Select<'a> {
    pub(crate) fn new(name: &'a str, label: &'a str, choices: &'a [Choice], problem: Option<&'a str>) -> Self {
        Self { name, label, choices, problem, hint: "" }
    }

    pub(crate) fn hint(mut self, hint: &'a str) -> Self {
        self.hint = hint;
        self
    }

    fn described(&self) -> Described {
        described(self.name, self.hint, self.problem)
    }
}

/// Boxes to tick, or one of several to choose.
#[derive(Template)]
#[template(path = "parts/checkboxes.html")]
pub(crate) struct Checkboxes<'a> {
    name: &'a str,
    id: &'a str,
    label: &'a str,
    choices: &'a [Choice],
    problem: Option<&'a str>,
    hint: &'a str,
    radios: bool,
}

impl askama::filters::HtmlSafe for Checkboxes<'_> {}

impl<'a> Checkboxes<'a> {
    pub(crate) fn new(name: &'a str, label: &'a str, choices: &'a [Choice], problem: Option<&'a str>) -> Self {
        Self { name, id: name, label, choices, problem, hint: "", radios: false }
    }

    pub(crate) fn hint(mut self, hint: &'a str) -> Self {
        self.hint = hint;
        self
    }

    /// The id, where several groups share a name.
    pub(crate) fn id(mut self, id: &'a str) -> Self {
        self.id = id;
        self
    }

    /// One only.
    pub(crate) fn one(mut self) -> Self {
        self.radios = true;
        self
    }

    /// Whether several fit beside each other.
    fn is_short(&self) -> bool {
        self.choices.iter().all(|choice| choice.label.len() < 12)
    }

    fn described(&self) -> Described {
        described(self.id, self.hint, self.problem)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_keeps_its_value_and_says_what_is_wrong() {
        let html =
            Input::new("urn", "URN", "12\"3", Some("A URN has six digits.")).hint("Six digits").render().unwrap();
        assert!(html.contains(r#"value="12&#34;3""#), "{html}");
        assert!(html.contains(r#"aria-describedby="urn-hint urn-error" aria-invalid="true""#), "{html}");
        assert!(html.contains("A URN has six digits."), "{html}");
    }
}
