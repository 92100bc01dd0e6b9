//! What each writer makes of the same document.

mod docx;
mod html;
mod office;
mod pdf;
mod pdf_structure;
mod poppler;
mod sample;
mod text;
