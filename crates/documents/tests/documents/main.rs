//! What each writer makes of the same document.

mod docx;
mod html;
mod office;
mod pdf;
mod poppler;
mod sample;
mod text;
