//! What each writer makes of the same document.

mod html;
mod pdf;
mod poppler;
mod sample;
mod text;
