//! The curriculum map: where lessons link to careers, who leads the subjects, and what staff learnt.

mod cell;
mod leads;
mod link;
mod map;
mod training;

pub(crate) use cell::get as cell;
pub(crate) use leads::{get as leads, save as save_leads};
pub(crate) use link::{add, change, get as link, record, remove, restore};
pub(crate) use map::get as map;
#[cfg(test)]
pub(crate) use map::{CellView, MapPage, MapRow};
pub(crate) use training::{
    add as add_training, get as training, remove as remove_training, restore as restore_training,
};
