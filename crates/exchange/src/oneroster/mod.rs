//! OneRoster CSV, editions 1.1 and 1.2: a zip or folder of files that name users, their roles, classes and enrolments.
//!
//! Read are users, roles, organisations, academic sessions, classes, enrolments and demographics, as far as they say who is
//! a learner, of which year and form. All other files are ignored, and the columns that hold passwords, telephone numbers
//! and addresses are left unread.

mod choose;
mod classes;
mod grade;
mod learners;
mod manifest;
mod options;
mod organisations;
mod package;
mod people;

pub use choose::{read_files_of, read_zip_of};
pub use manifest::{Edition, Presence};
pub use options::{Dates, FormFrom, Grades, IdentifierIs, Options};
pub use organisations::Organisation;
pub use package::{Package, is_package, read_files, read_zip};
