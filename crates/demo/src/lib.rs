//! Believable institutions that do not exist: an 11–18 academy, an 11–16 special school and a further education college.
//!
//! They are plain [`domain::Records`], the same bytes each time, dated around [`AS_OF`]. Every name is made up, unique
//! pupil numbers name local authority 000, which does not exist, and URNs and UKPRNs lie beyond what is ever issued.
//! Nobody has a unique learner number: one that passes its check could be somebody's.

mod academy;
mod book;
mod build;
mod college;
mod draft;
mod identifier;
mod kept;
mod name;
mod random;
mod register;
mod scenario;
mod special_school;
mod term;

use domain::Date;

pub use academy::academy;
pub use build::{Built, DemoPerson, PASSWORD, build, files, people};
pub use college::college;
pub use scenario::{Expected, Place, Scenario, scenarios};
pub use special_school::special_school;

/// The day on which the demo's story is told: a Monday in November 2026. What is dated later is planned.
pub const AS_OF: Date = Date::constant(2026, 11, 23);
