//! Files of management information systems, read through a mapping: learners, activities, participation.

mod roster;

pub use roster::{Read, roster};
