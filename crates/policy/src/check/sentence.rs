use super::{Check, CheckCode, CheckStanding, PromiseStanding};
use crate::Fact;

impl PromiseStanding {
    /// What it is called on pages.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Kept => "Kept",
            Self::AtRisk => "At risk",
            Self::Broken => "Broken",
            Self::Unknown => "Not known yet",
        }
    }
}

impl CheckStanding {
    /// What it is called on pages.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Stop => "To do",
            Self::Warn => "Look at",
            Self::Good => "Done",
        }
    }
}

impl Check {
    /// What it says to whoever writes the paper. Which clause it is about stands beside it.
    pub fn sentence(&self) -> String {
        let words = self.words.as_deref().unwrap_or_default();
        match self.code {
            CheckCode::Item => self.item(),
            CheckCode::FactMissing => {
                format!("{} is not entered yet.", self.fact.map_or("Something that the record fills in", Fact::label))
            }
            CheckCode::ExampleOpen => "This is an example: confirm it, or put your own words in its place.".into(),
            CheckCode::LeftOver => {
                format!(
                    "“{words}” looks as if it was meant to be filled in or deleted. Put in what is right, or take it out."
                )
            }
            CheckCode::NothingSaid => "Your own words are empty. Write something, or go back to our wording.".into(),
            CheckCode::RecommendedRemoved => {
                "You left out a recommended clause. That is allowed: it is only noted.".into()
            }
            CheckCode::WordingChanged => {
                "Our wording has changed since you chose. Compare the two and choose again.".into()
            }
            CheckCode::ReviewDate if words.is_empty() => "There is no review date.".into(),
            CheckCode::ReviewDate => format!("The review date has passed: it was {words}."),
            CheckCode::ReviewTooLate => {
                format!("The review date is too far away: it can be at most {words} from today.")
            }
            CheckCode::Promise => match &self.promise {
                Some(promise) => format!("{}: {}", promise.standing.label(), promise.says),
                None => "Nothing is known of this promise.".into(),
            },
        }
    }

    fn item(&self) -> String {
        let item = match self.requirement.as_deref() {
            Some("pal.policy.1") => "how a provider asks for access",
            Some("pal.policy.2") => "the grounds for granting and refusing access",
            Some("pal.policy.3") => "premises, facilities and the times of access",
            Some("pal.policy.4") => "how learners will meet providers",
            Some("web.1") => "the careers leader’s name, e-mail address and telephone number",
            Some("web.2") => "a summary of the careers programme, and how people find out more",
            Some("web.3") => "how the programme’s impact is measured and assessed",
            Some("web.4") => "the date of the next review of the published information",
            _ => return "A statutory clause that belongs in this paper is not there.".into(),
        };
        match self.standing {
            CheckStanding::Good => format!("The paper says {item}."),
            CheckStanding::Stop => format!("The paper has to say {item}, and does not."),
            CheckStanding::Warn => format!("The paper should say {item}, and does not."),
        }
    }
}
