//! The catalogue as Markdown files.

use std::fmt::Write;

use domain::{InstitutionType, date::long};

use super::{CataloguePage, area_label, force_about, force_label, pages};
use crate::{Cases, Rulebook, pack::Force};

/// The files of `docs/catalogue`: each path relative to that folder, with its text. An index, and a page per requirement.
pub fn markdown(rulebook: &Rulebook, cases: &Cases) -> Vec<(String, String)> {
    let mut frameworks: Vec<&str> = Vec::new();
    for pack in rulebook.packs().iter().rev() {
        if !frameworks.contains(&pack.id.as_str()) {
            frameworks.push(&pack.id);
        }
    }
    frameworks.sort_unstable_by_key(|id| (id.contains("post16"), std::cmp::Reverse(*id)));
    let mut index = String::from(
        "# Catalogue of requirements\n\n\
         What Waymark checks, a page for each requirement, with its source and worked examples. These pages are made from\n\
         `rulebook/`; change them there and run `cargo xtask generate`.\n",
    );
    let mut files = Vec::new();
    for framework in frameworks {
        let pages = pages(rulebook, cases, framework);
        let Some(first) = pages.first() else { continue };
        line(&mut index, &format!("\n## {}\n\n`{framework}`\n", first.framework_title));
        for (heading, for_each_learner) in
            [("Asked for each learner", true), ("Asked of the institution as a whole", false)]
        {
            line(&mut index, &format!("### {heading}\n\n| id | | force |\n| --- | --- | --- |"));
            for page in pages.iter().filter(|page| page.for_each_learner == for_each_learner) {
                let forces: Vec<&str> = page.forces().iter().map(|(force, _)| force.word()).collect();
                line(
                    &mut index,
                    &format!(
                        "| [`{0}`]({framework}/{0}.md) | {1} | {2} |",
                        page.id,
                        page.wording.title,
                        forces.join(", ")
                    ),
                );
            }
            index.push('\n');
        }
        files.extend(pages.iter().map(|page| (format!("{framework}/{}.md", page.id), text(page))));
    }
    let index = format!("{}\n", index.trim_end());
    files.insert(0, ("README.md".to_owned(), index));
    files
}

fn line(text: &mut String, words: &str) {
    text.push_str(words);
    text.push('\n');
}

fn text(page: &CataloguePage) -> String {
    let mut text = String::new();
    let wording = &page.wording;
    line(&mut text, &format!("# {}\n", wording.title));
    line(&mut text, &format!("`{}` · {} · [{}](../README.md)\n", page.id, area_label(page.area), page.framework_title));
    line(&mut text, &format!("{}\n", wording.asks));
    line(&mut text, "| | |\n| --- | --- |");
    line(&mut text, &format!("| Of whom | {} |", wording.of_whom));
    line(&mut text, &format!("| By when | {} |", wording.by_when));
    line(&mut text, &format!("| How it is counted | {} |", wording.counted));
    line(&mut text, "\n## How strongly it is asked\n");
    for (force, kinds) in page.forces() {
        line(&mut text, &force_line(force, &kinds));
    }
    if page.offered {
        line(
            &mut text,
            "- The offer of two occasions to each year group is a **must** wherever section 42B binds the school.",
        );
    }
    for (force, until) in &page.earlier_forces {
        line(&mut text, &format!("- Until {}: **{}**.", long(*until), force_label(*force)));
    }
    if !page.parameters.is_empty() {
        line(&mut text, "\n## What an institution may set\n\n| parameter | otherwise | |\n| --- | --- | --- |");
        for parameter in &page.parameters {
            line(&mut text, &format!("| `{}` | {} | {} |", parameter.name, parameter.default, parameter.about));
        }
    }
    line(&mut text, "\n## Sources\n");
    for source in &page.sources {
        let title = match &source.url {
            Some(url) => format!("[{}]({url})", source.title),
            None => source.title.clone(),
        };
        line(&mut text, &format!("- {title} ({})", source.evidence));
    }
    if !page.cases.is_empty() {
        line(&mut text, "\n## Worked examples");
    }
    for case in &page.cases {
        line(&mut text, &format!("\n### {}\n", case.that));
        for given in &case.given {
            line(&mut text, &format!("- {given}"));
        }
        let _ = writeln!(text, "\n**{}**", case.outcome);
    }
    text
}

fn force_line(force: Force, kinds: &[InstitutionType]) -> String {
    let kinds: Vec<&str> = kinds.iter().map(|kind| kind.label()).collect();
    format!("- **{}** ({}): {}", force_label(force), kinds.join(", "), force_about(force))
}
