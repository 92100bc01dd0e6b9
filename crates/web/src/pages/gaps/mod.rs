//! Who still needs what by when, and what leads from there.

mod ways;

#[cfg(test)]
pub(crate) use ways::Way;
pub(crate) use ways::Ways;
