//! Files of other systems: bytes in, checked rows and an import plan out; our records out as their files.
//!
//! Every reader goes the same way. Bytes become text ([`text`]) or a sheet whose cells know their address; headings are
//! matched; each row becomes a value or [`problem::Problem`]s that say where, what and how to mend it, all of them at once.
//! Whatever the format, learners come out as a [`roster::Roster`], and the text of a page or document as [`passage::Passage`]s.
//! Nothing here opens a file, asks the time or knows a database.

pub mod archive;
pub mod calendar;
pub mod ctf;
pub mod docx;
pub mod folder;
pub mod gias;
pub mod html;
pub mod list;
pub mod mapping;
pub mod mis;
mod named;
pub mod oneroster;
pub mod pack;
pub mod passage;
pub mod pdf;
pub mod plan;
pub mod problem;
pub mod register;
pub mod roster;
pub mod sheet;
pub mod text;
mod value;
pub mod xml;
