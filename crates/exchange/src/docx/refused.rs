use crate::{archive::Unsafe, xml};

/// Why a Word document is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// Nothing is in the file.
    Empty,
    /// Not a zip, which every DOCX is.
    NotADocument,
    /// Word's older format, or a document under a password: both are wrapped alike.
    OldOrProtected,
    /// A PDF.
    Pdf,
    /// A zip, but with something else in it, such as a workbook or an OpenDocument text.
    OtherFormat,
    /// The zip is damaged, or made to harm.
    Zip(Unsafe),
    /// A part is not XML as it should be, or made to harm.
    Xml(xml::Refused),
}

impl Refused {
    /// What happened and what to do, in a sentence or two for whoever chose the file.
    pub fn message(&self) -> &'static str {
        match self {
            Self::Empty => "The file is empty. Choose it again, or save it again in Word.",
            Self::NotADocument => "This is not a Word document. Choose a file that ends in .docx.",
            Self::OldOrProtected => {
                "This is a Word file of the older kind (.doc), or it has a password. Open it in Word, take off the password, and save it as a Word document (.docx)."
            }
            Self::Pdf => "This is a PDF. Choose the Word document (.docx) that it was made from.",
            Self::OtherFormat => {
                "This is another kind of file than a Word document, even if its name ends in .docx. Open it, and save it as a Word document (.docx)."
            }
            Self::Zip(
                Unsafe::Packed(_) | Unsafe::Unpacked(_) | Unsafe::Entry(..) | Unsafe::Ratio(..) | Unsafe::Entries(_),
            ) => {
                "This document is too large, or unpacks to far more than it should. Take out large pictures, save it again, and choose it again."
            }
            Self::Zip(Unsafe::Encrypted(_)) => "This document has a password. Take it off in Word, and save it again.",
            Self::Zip(Unsafe::Damaged) => {
                "This file is damaged, or was cut short. Open it in Word, save it again, and choose it again."
            }
            Self::Zip(_) => {
                "This file holds what no Word document does, so it was not opened. Save it again in Word, and choose it again."
            }
            Self::Xml(xml::Refused::DocumentType | xml::Refused::Entity) => {
                "This file holds instructions that no Word document needs, so it was not opened. Save it again in Word, and choose it again."
            }
            Self::Xml(
                xml::Refused::Bytes(_) | xml::Refused::Depth(_) | xml::Refused::Text(_) | xml::Refused::Attributes(_),
            ) => {
                "This document is too large or too deeply nested to read. Save it again in Word, in parts if it is very long."
            }
            Self::Xml(_) => {
                "This document is damaged inside. Open it in Word, let Word repair it, save it, and choose it again."
            }
        }
    }
}

impl From<Unsafe> for Refused {
    fn from(reason: Unsafe) -> Self {
        Self::Zip(reason)
    }
}

impl From<xml::Refused> for Refused {
    fn from(reason: xml::Refused) -> Self {
        Self::Xml(reason)
    }
}
