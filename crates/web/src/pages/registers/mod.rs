//! Registers: the page that marks one, what becomes of marks that two people made at once, and the other ways to fill it.

mod conflicts;
mod marks;
mod register;

#[cfg(test)]
pub(crate) use {
    conflicts::{ConflictLine, ConflictsPage},
    register::{RegisterLine, RegisterPage},
};
pub(crate) use {
    marks::{everybody, save, undo},
    register::get,
};
