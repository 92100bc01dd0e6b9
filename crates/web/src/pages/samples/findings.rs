use jiff::civil::date;

use super::{render, shell};
use crate::{
    pages::{
        audit::AuditLine, benchmarks::*, home::*, learner::*, provider_access::*, requirement, why::*, year_grid::*,
    },
    parts::*,
};

const TITLES: [&str; 8] = [
    "A stable careers programme",
    "Career and labour market information",
    "The needs of each young person",
    "Careers in the curriculum",
    "Encounters with employers",
    "Experiences of workplaces",
    "Encounters with providers",
    "Personal guidance",
];

fn strip() -> Strip {
    let percents = [Some(88.9), Some(100.0), Some(50.0), None, Some(73.4), Some(41.0), Some(12.6), Some(0.0)];
    let rows = (0..8)
        .map(|index| StripRow {
            code: format!("GB{}", index + 1),
            title: TITLES[index].into(),
            href: format!("/institutions/7/benchmarks#gb{}", index + 1),
            percent: percents[index],
            figure: percents[index].map_or("–".into(), |percent| format!("{percent:.1}%")),
            verdict: if percents[index] == Some(100.0) { "achieved" } else { "in progress" },
        })
        .collect();
    Strip { rows }
}

fn phases() -> Phases {
    let cohort = |label: &str, opens: f64, closes: f64, met, counted| PhaseCohort {
        label: label.into(),
        href: "#".into(),
        opens,
        closes,
        deadline: "28 February 2027".into(),
        met,
        counted,
        percent: met as f64 * 100.0 / counted as f64,
    };
    let phase = |title: &str, low: u8| Phase {
        title: title.into(),
        href: "#".into(),
        cohorts: vec![
            cohort(&format!("Year {low}"), 40.0, 100.0, 61, 190),
            cohort(&format!("Year {}", low + 1), 0.0, 60.0, 172, 188),
        ],
    };
    Phases {
        phases: vec![
            phase("First phase, Years 8 and 9", 8),
            phase("Second phase, Years 10 and 11", 10),
            phase("Third phase, Years 12 and 13", 12),
        ],
        today: 49.0,
        today_label: "23 November 2026".into(),
        ticks: vec![(0.0, "Sept 2025".into()), (40.0, "Sept 2026".into()), (80.0, "Sept 2027".into())],
    }
}

fn filters() -> Filters {
    let choices = vec![Choice::new("", "All", false), Choice::new("9", "Year 9", true)];
    Filters { filters: vec![Filter { name: "year", label: "Year group", choices }], kept: vec![], clear: "#".into() }
}

fn home() -> HomePage {
    HomePage {
        shell: shell("Larkfield Academy today", ""),
        lead: "1,043 learners are on roll. Four duties need attention before 28 February 2027.".into(),
        nothing: None,
        todo: vec![
            TodoItem {
                what: "16 learners in Year 9 still need two provider encounters".into(),
                href: "#".into(),
                more: "Provider access, first phase. A duty. Planned for five of them.".into(),
                tag: Tag::due(date(2027, 1, 28), date(2026, 11, 23)),
            },
            TodoItem {
                what: "Four learners missed provider access, second phase".into(),
                href: "#".into(),
                more: "A duty. The window closed on 28 February 2026.".into(),
                tag: Tag::plain(Sign::Missed),
            },
        ],
        later: Vec::new(),
        tasks: Vec::new(),
        strip: strip(),
        phases: Some(phases()),
        to_mark: vec![HomeLine {
            title: "Mock interviews, year 11".into(),
            href: "/institutions/1/activities/7/register".into(),
            day: "17 November 2026".into(),
            near: "6 days ago".into(),
        }],
        more_to_mark: Some(("/institutions/1/activities".into(), "six registers wait in all".into())),
        ahead: vec![HomeLine {
            title: "Visit to Hazelmere Technical College".into(),
            href: "/institutions/1/activities/8".into(),
            day: "2 December 2026".into(),
            near: "in 9 days".into(),
        }],
        coming: vec![Coming {
            day: "2026-12-31".into(),
            label: "31 December 2026".into(),
            near: "in 38 days".into(),
            what: "Compass snapshot".into(),
        }],
        origin: "From the records of 1,043 learners.".into(),
    }
}

fn benchmarks() -> BenchmarksPage {
    let line = |title: &str| LearnerLine {
        title: title.into(),
        href: "#".into(),
        force: "regard",
        force_label: "have regard",
        met: "766".into(),
        met_href: "#".into(),
        due: "277".into(),
        due_href: "#".into(),
        missed: "0".into(),
        missed_href: "#".into(),
        percent: "73.4%".into(),
    };
    let benchmark = |number: usize| BenchmarkBlock {
        code: format!("GB{number}"),
        anchor: format!("gb{number}"),
        title: TITLES[number - 1].into(),
        percent: Some(73.4),
        figure: "73.4%".into(),
        tag: Tag::new(Sign::Planned, "In progress"),
        open: number == 5,
        learners: vec![line("An employer encounter this year"), line("One in every year so far")],
        institution: vec![InstitutionLine {
            title: "A policy that governors approved".into(),
            href: "#".into(),
            force: "must",
            force_label: "must",
            tag: Tag::plain(Sign::Met),
        }],
    };
    BenchmarksPage {
        shell: shell("Benchmarks", "benchmarks"),
        lead: "One of eight benchmarks is achieved, six are in progress.".into(),
        grid: "#".into(),
        benchmarks: (1..=8).map(benchmark).collect(),
        others: vec![line("Two weeks’ worth of work experience by the end of Year 9")],
        trend: vec![TrendPoint { day: "30 September 2026".into(), href: "#".into(), figures: vec!["12.0%".into(); 8] }],
        origin: "From the records.".into(),
    }
}

fn provider_access() -> ProviderAccessPage {
    let row = CohortRow {
        label: "Year 9".into(),
        offered: Tag::plain(Sign::Met),
        occasions: "two dates".into(),
        met: "172".into(),
        met_href: "#".into(),
        due: "16".into(),
        due_href: "#".into(),
        missed: "0".into(),
        missed_href: "#".into(),
        deadline: "28 February 2027, in 97 days".into(),
    };
    ProviderAccessPage {
        shell: shell("Provider access", "provider-access"),
        requests: "#".into(),
        asked_says: "One request waits for an answer; one is late.".into(),
        asked: vec![AskedRow {
            organisation: "Riverbank College".into(),
            href: "#".into(),
            state: "Received",
            next: "Answer due by 16 November 2026".into(),
            late: Some(Tag::new(Sign::Due, "Late")),
        }],
        six_says: "One encounter of two took place, one is planned.".into(),
        six: vec![SixRow {
            phase: "First phase, Year 9".into(),
            first: Tag::plain(Sign::Met),
            second: Tag::new(Sign::Planned, "26 January 2027"),
            deadline: "28 February 2027".into(),
        }],
        lead: "Two phases are on course.".into(),
        phases: phases(),
        none_because: String::new(),
        details: vec![PhaseDetail {
            title: "First phase".into(),
            anchor: "first".into(),
            href: "#".into(),
            force: "must",
            force_label: "must",
            asks: "Two encounters with different providers.".into(),
            rows: vec![row],
        }],
        occasions: vec![Occasion {
            title: "College morning".into(),
            href: "#".into(),
            date: "12 November 2026".into(),
            provider: "Ashdown College".into(),
            years: "Year 9".into(),
            counts: Tag::plain(Sign::Met),
        }],
        origin: "From the registers.".into(),
    }
}

fn year_grid() -> YearGridPage {
    let cell = |percent: f64| Some(HeatCell { href: "#".into(), percent: Some(percent), met: 12, counted: 30 });
    let row = |title: &str| HeatRow {
        title: title.into(),
        href: "#".into(),
        cells: vec![cell(0.0), cell(12.5), cell(45.0), cell(70.1), cell(93.2), cell(100.0), None],
    };
    YearGridPage {
        shell: shell("Year groups side by side", "benchmarks"),
        lead: "Year 7 has most still to do.".into(),
        heat: Heat {
            columns: (7..=13).map(|year| format!("Y{year}")).collect(),
            rows: vec![row("An employer encounter this year"), row("Two experiences of workplaces by 16")],
        },
        origin: "From the records.".into(),
    }
}

fn requirement() -> requirement::RequirementPage {
    let line = |name: &str, tag: Tag, because: &str| requirement::LearnerLine {
        name: name.into(),
        href: "#".into(),
        form: "9A".into(),
        tag,
        because: because.into(),
    };
    let number = |figure: &str, sign| requirement::BigNumber {
        figure: figure.into(),
        tag: Tag::plain(sign),
        href: "#".into(),
        chosen: sign == Sign::Due,
    };
    requirement::RequirementPage {
        shell: shell("An employer encounter this year", "benchmarks").under("#", "Benchmarks"),
        lead: "766 of 1,043 learners have met an employer this year; 277 have until 31 August 2027.".into(),
        asks: "A meaningful encounter with an employer in every year.".into(),
        force: "regard",
        force_label: "have regard",
        why: "#".into(),
        leads_to_learners: true,
        exports: true,
        numbers: vec![number("766", Sign::Met), number("277", Sign::Due), number("0", Sign::Missed)],
        filters: filters(),
        shown: "277 learners".into(),
        csv: "#".into(),
        xlsx: "#".into(),
        learners: vec![
            line(
                "Sample, Avery",
                Tag::due(date(2027, 1, 20), date(2026, 11, 23)),
                "No meaningful employer encounter yet. Mock interviews, 12 October 2026: reflection is not ticked.",
            ),
            line("Test, Billie", Tag::new(Sign::Planned, "Planned"), "Invited to Enterprise day, 3 December 2026."),
            line("Trial, Casey", Tag::plain(Sign::Missed), "No encounter in 2025/26."),
        ],
        pages: Pages { first: None, next: Some("#".into()), shown: "1 to 100".into() },
        breakdowns: vec![requirement::Breakdown {
            title: "Special educational needs",
            rows: vec![requirement::BreakdownRow {
                label: "SEN support".into(),
                counts: Some(requirement::BreakdownCounts {
                    met: "60".into(),
                    met_href: "#".into(),
                    due: "20".into(),
                    due_href: "#".into(),
                    missed: "0".into(),
                    missed_href: "#".into(),
                    percent: "75.0%".into(),
                }),
            }],
        }],
        origin: "From the records.".into(),
    }
}

fn why() -> WhyPage {
    WhyPage {
        shell: shell("An employer encounter this year", "benchmarks"),
        id: "bm5.1".into(),
        asks: "Every learner has a meaningful encounter with an employer in every year.".into(),
        of_whom: "Learners in Years 7 to 13.".into(),
        by_when: "The end of the academic year.".into(),
        counted: "One employer encounter with every box ticked.".into(),
        force: "regard",
        force_label: "have regard",
        force_about: "statutory guidance that the institution must have regard to",
        paper: None,
        edition: "Schools, from September 2025".into(),
        sources: vec![SourceLine {
            title: "Careers guidance and access for education and training providers, Benchmark 5".into(),
            url: None,
            evidence: "read in the source",
        }],
        parameters: vec![(
            "virtual-alone-counts".into(),
            "no".into(),
            "Whether virtual encounters count alone.".into(),
        )],
        cases: vec![Case {
            title: "Reflection comes later".into(),
            story: vec![
                "A Year 9 learner met an engineer on 12 October.".into(),
                "Reflection was ticked in November.".into(),
            ],
            outcome: "Met on 12 October 2026.".into(),
        }],
        learners: Some("#".into()),
    }
}

fn learner() -> LearnerPage {
    let point = |at: f64, level, kind| Waypoint {
        at,
        level,
        kind,
        href: "#activity-1".into(),
        label: "Enterprise day, 3 December 2025".into(),
    };
    let asked = |id: &str, tag| Asked {
        id: id.into(),
        title: "An employer encounter this year".into(),
        href: Some("#".into()),
        tag,
        because: "Met on 12 November 2026.".into(),
        evidence: vec![Evidence {
            title: "Mock interviews".into(),
            href: Some("#".into()),
            date: "12 November 2026".into(),
            note: String::new(),
        }],
        more: vec![],
        missing: "one more encounter, in person".into(),
        not_counted: vec![Evidence {
            title: "Talk".into(),
            href: Some("#".into()),
            date: "2 October 2026".into(),
            note: "two-way is not ticked".into(),
        }],
    };
    let entry = |anchor: &str, class| Entry {
        anchor: anchor.into(),
        class,
        day: "2026-11-12".into(),
        date: "12 November 2026".into(),
        title: "Mock interviews".into(),
        href: Some("#".into()),
        who: "with Brightwater Engineering".into(),
        serves: "counts for GB5".into(),
        lacking: String::new(),
    };
    LearnerPage {
        meetings: vec![Meeting {
            date: "12 November 2026".into(),
            adviser: "Sam Sample".into(),
            agreed: "Look at two colleges.".into(),
        }],
        notes: Some(("#".into(), "Write down a meeting")),
        shell: shell("Avery Sample", "learners").under("#", "Learners"),
        lead: "Avery has seven of nine things that are asked by now; two are due.".into(),
        facts: vec![("Year and form", "Year 9, 9A".into()), ("On roll", "since 3 September 2024".into())],
        path: Path {
            years: (0..3)
                .map(|index| PathYear {
                    label: format!("Y{}", 7 + index),
                    academic_year: "2024/25".into(),
                    from: f64::from(index) * 33.3,
                    middle: f64::from(index) * 33.3 + 16.6,
                })
                .collect(),
            points: vec![
                point(8.0, 0, WaypointKind::Counted),
                point(40.0, 0, WaypointKind::Counted),
                point(41.0, 1, WaypointKind::NotCounted),
                point(90.0, 0, WaypointKind::Planned),
            ],
            walked: 74.0,
            description: "Three years with four activities.".into(),
        },
        requirements: vec![
            asked("bm5.1", Tag::plain(Sign::Met)),
            asked("bm6.1", Tag::due(date(2029, 8, 31), date(2026, 11, 23))),
        ],
        not_asked: vec![NotAsked {
            id: "bm7.2".into(),
            title: "Two visits to universities".into(),
            href: "#".into(),
            because: "asked from Year 12".into(),
        }],
        years: vec![StoryYear {
            label: "2026/27, Year 9".into(),
            entries: vec![entry("activity-1", ""), entry("activity-2", "planned"), entry("activity-3", "hollow")],
        }],
        reads: vec![AuditLine {
            day: "23 November 2026".into(),
            time: "14:05".into(),
            who: "Robin Example".into(),
            did: "read Avery Sample’s record".into(),
            href: None,
            why: "as a tutor of 9A".into(),
            changes: Vec::new(),
            rest: String::new(),
        }],
        all_reads: Some("#".into()),
        protect: Some(("/institutions/7/learners/42/copy".into(), "/institutions/7/learners/42/erase".into())),
        origin: "From registers and imports.".into(),
    }
}

pub(super) fn pages() -> Vec<(&'static str, String)> {
    let empty = HomePage {
        nothing: Some(Nothing {
            what: "There are no learners yet.".into(),
            how: "Import a list.".into(),
            button: Some(("#".into(), "Import learners")),
        }),
        ..home()
    };
    vec![
        ("home", render(&home())),
        ("home-empty", render(&empty)),
        ("benchmarks", render(&benchmarks())),
        ("provider-access", render(&provider_access())),
        ("year-grid", render(&year_grid())),
        ("requirement", render(&requirement())),
        ("why", render(&why())),
        ("learner", render(&learner())),
    ]
}
