//! The letters that the program sends: a code with its arguments, and their sentences.

/// Somebody to write to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Addressee {
    pub(crate) name: String,
    pub(crate) email: String,
}

/// What is written to whom. Besides the addressee's name it holds nothing about people: letters travel through strangers' hands.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Letter {
    pub(crate) to: Addressee,
    pub(crate) about: About,
}

/// What a letter is about. Links are whole addresses.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum About {
    /// An institution invites somebody.
    Invitation { institution: String, link: String, until: String },
    /// Somebody, most likely the addressee, forgot the password.
    PasswordReset { link: String },
    /// The password is another one since just now.
    PasswordChanged { sign_in: String },
}

impl About {
    /// The word for the log.
    pub(crate) const fn code(&self) -> &'static str {
        match self {
            Self::Invitation { .. } => "invitation",
            Self::PasswordReset { .. } => "password-reset",
            Self::PasswordChanged { .. } => "password-changed",
        }
    }

    fn subject(&self) -> String {
        match self {
            Self::Invitation { institution, .. } => format!("You are invited to Waymark at {institution}"),
            Self::PasswordReset { .. } => "Set a new password for Waymark".to_owned(),
            Self::PasswordChanged { .. } => "Your Waymark password was changed".to_owned(),
        }
    }

    fn paragraphs(&self) -> Vec<String> {
        match self {
            Self::Invitation { institution, link, until } => vec![
                format!("{institution} keeps its careers records in Waymark and invites you to work with them."),
                "Open this address to accept:".to_owned(),
                link.clone(),
                format!("The address is for you alone. It works once, until {until}."),
                "If you did not expect this, you need not do anything. Ask at the institution if you are unsure."
                    .to_owned(),
            ],
            Self::PasswordReset { link } => vec![
                "Somebody asked to set a new password for your account. If it was you, open this address:".to_owned(),
                link.clone(),
                "It works once, within one hour. Setting a new password signs you out everywhere else.".to_owned(),
                "If it was not you, you need not do anything: your password stays as it is.".to_owned(),
            ],
            Self::PasswordChanged { sign_in } => vec![
                "The password of your account was changed just now, and every session of it was ended.".to_owned(),
                "If it was you, you need not do anything. You sign in here:".to_owned(),
                sign_in.clone(),
                "If it was not you, choose “Forgotten your password?” there, and tell an administrator of your institution."
                    .to_owned(),
            ],
        }
    }
}

impl Letter {
    /// Its subject and its text.
    pub(crate) fn words(&self) -> (String, String) {
        let mut paragraphs = vec![format!("Dear {},", self.to.name)];
        paragraphs.extend(self.about.paragraphs());
        paragraphs.push("This message was sent by Waymark. Nobody reads replies to it.".to_owned());
        let text: Vec<String> = paragraphs.iter().map(|paragraph| wrapped(paragraph)).collect();
        (self.about.subject(), text.join("\n\n") + "\n")
    }
}

/// Links sign people in, so a letter shows its code only.
impl std::fmt::Debug for Letter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Letter({})", self.about.code())
    }
}

/// Lines of at most 76 characters, as long as no word is longer: links stay whole.
pub(crate) fn wrapped(paragraph: &str) -> String {
    let mut text = String::with_capacity(paragraph.len());
    let mut length = 0;
    for word in paragraph.split_whitespace() {
        let more = word.chars().count();
        if length > 0 && length + 1 + more > 76 {
            text.push('\n');
            length = 0;
        } else if length > 0 {
            text.push(' ');
            length += 1;
        }
        text.push_str(word);
        length += more;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(about: About) -> Letter {
        Letter { to: Addressee { name: "Robin Example".into(), email: "robin@school.example".into() }, about }
    }

    #[test]
    fn an_invitation_says_who_invites_and_until_when() {
        let link = format!("https://careers.example/join/7/{}", "0".repeat(64));
        let (subject, text) = letter(About::Invitation {
            institution: "Larkfield Academy".into(),
            link: link.clone(),
            until: "30 November 2026".into(),
        })
        .words();
        assert_eq!(subject, "You are invited to Waymark at Larkfield Academy");
        assert_eq!(
            text,
            format!(
                "Dear Robin Example,\n\nLarkfield Academy keeps its careers records in Waymark and invites you to\n\
                 work with them.\n\nOpen this address to accept:\n\n{link}\n\nThe address is for you alone. It works once, \
                 until 30 November 2026.\n\nIf you did not expect this, you need not do anything. Ask at the institution\n\
                 if you are unsure.\n\nThis message was sent by Waymark. Nobody reads replies to it.\n"
            )
        );
    }

    #[test]
    fn no_letter_names_an_address_or_prints_its_link() {
        for about in [
            About::PasswordReset { link: "https://careers.example/reset/secret".into() },
            About::PasswordChanged { sign_in: "https://careers.example/sign-in".into() },
        ] {
            let letter = letter(about);
            assert!(!letter.words().1.contains("robin@"));
            assert!(!format!("{letter:?}").contains("secret"));
            assert!(letter.words().1.lines().all(|line| line.chars().count() <= 76));
        }
    }
}
