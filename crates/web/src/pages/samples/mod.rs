//! Every page renders from invented values. With `WAYMARK_PAGES` set to a folder, the pages are written there, to be looked at.

mod activities;
mod calendar;
mod duties;
mod findings;
mod gaps;
mod organisations;
mod people;
mod placements;
mod policy;
mod policy_versions;
mod programme;
mod proofs;
mod protection;
mod records;
mod registers;
mod requests;
mod setting_up;
mod site;
mod site_check;

use std::{env, fs, path::Path};

use askama::Template;
use jiff::civil::date;

use crate::{
    assets,
    place::{Place, sample_frame},
    shell::Shell,
};

pub(super) fn shell(title: &str, here: &'static str) -> Shell {
    let today = date(2026, 11, 23);
    let place = Place::new(&sample_frame(today, today), here);
    Shell {
        title: title.into(),
        place: Some(place),
        here,
        person: Some("Robin Example".into()),
        csrf: "sample".into(),
        may: app::Actions::of(&app::Action::ALL),
        ..Shell::default()
    }
}

#[test]
fn every_page_renders_whole_small_and_without_inline_style_or_script() {
    let pages: Vec<(&str, String)> = findings::pages()
        .into_iter()
        .chain(people::pages())
        .chain(records::pages())
        .chain(setting_up::pages())
        .chain(proofs::pages())
        .chain(protection::pages())
        .chain(activities::pages())
        .chain(calendar::pages())
        .chain(gaps::pages())
        .chain(organisations::pages())
        .chain(placements::pages())
        .chain(programme::pages())
        .chain(registers::pages())
        .chain(duties::pages())
        .chain(policy::pages())
        .chain(policy_versions::pages())
        .chain(requests::pages())
        .chain(site::pages())
        .chain(site_check::pages())
        .collect();
    for (name, html) in &pages {
        assert_eq!(html.matches("<h1").count(), 1, "{name} has one h1");
        assert!(!html.contains("style=") && !html.contains("onclick"), "{name} has no inline style or script");
        assert!(html.len() < 100_000, "{name} has {} bytes", html.len());
        assert!(html.ends_with("</html>") || html.trim_end().ends_with("</html>"), "{name} is whole");
        let mut ids: Vec<_> = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        ids.sort_unstable();
        let twice: Vec<_> = ids.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
        assert!(twice.is_empty(), "{name} uses an id twice: {twice:?}");
    }
    if let Some(folder) = env::var_os("WAYMARK_PAGES") {
        write(Path::new(&folder), &pages);
    }
}

fn write(folder: &Path, pages: &[(&str, String)]) {
    let files = folder.join("assets").join(assets::version());
    fs::create_dir_all(&files).unwrap();
    for (name, content) in assets::all() {
        fs::write(files.join(name), content).unwrap();
    }
    for (name, html) in pages {
        fs::write(folder.join(format!("{name}.html")), html).unwrap();
    }
}

pub(super) fn render(page: &impl Template) -> String {
    page.render().expect("a page renders")
}
