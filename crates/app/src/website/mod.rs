//! The public careers site: what the record says, written once when it is published and kept as it was.

mod answer;
mod basis;
mod content;
mod evidence;
mod few;
mod figures;
mod guard;
mod look;
mod overview;
mod pages;
mod public;
mod publish;
mod question;
mod render;
mod said;
mod task;
mod texts;

pub(crate) use public::Cache;

pub use answer::AnswerForm;
pub use basis::WebsiteDifference;
pub use evidence::WebsiteItem;
pub use look::{LogoUpload, RESERVED_WORDS, WebsiteLook};
pub use overview::{SnapshotRow, WebsitePage, WebsiteTextsPage};
pub use public::{PublicFile, PublicSite};
pub use publish::WebsiteFile;
pub use question::{AUDIENCES, QuestionForm, QuestionRow, Questions};
pub use texts::{WEBSITE_TEXTS, WebsiteText, WebsiteTextKind, WebsiteTexts};
