use app::{Actor, App, Result, SavedPage};
use domain::InstitutionId;

/// The academy's careers page as it was before anybody looked after it: a former colleague's address, a review that is long over.
const CAREERS: &str = "<!DOCTYPE html><html lang=en><title>Careers - Waymark Demo Academy</title><h1>Careers at Waymark Demo Academy</h1>
<p>Our careers leader is Sam Holloway, <a href=mailto:s.holloway@academy.example.org>s.holloway@academy.example.org</a>, telephone 01632 960145.</p>
<h2>Our careers programme</h2>
<ul><li>Year 7: what people do all day, a morning with former students</li><li>Year 8: options evening and visits to two colleges</li>
<li>Year 9: a talk by an apprentice, the university day</li><li>Year 10: one week of work experience</li>
<li>Year 11: a meeting with the careers adviser, applications for sixth form, college and apprenticeships</li></ul>
<h2>Personal guidance</h2><p>Every student meets our qualified careers adviser by the end of Year 11. Ask at the library desk for an appointment.</p>
<p>Next review of this information: September 2024</p>";

/// What was read with it.
const ACCESS: &str = "<!DOCTYPE html><html lang=en><title>Provider access - Waymark Demo Academy</title><h1>Provider access policy statement</h1>
<p>A provider who wishes to request access should contact Sam Holloway, Careers Leader, by e-mail at s.holloway@academy.example.org at least six weeks before.</p>
<h2>Premises and facilities</h2><p>We make the main hall, classrooms or private meeting rooms available, with a projector and sound. Providers may leave prospectuses
in the careers corner of the library.</p>
<h2>Complaints</h2><p>Any complaint about provider access is dealt with under the school's complaints procedure.</p>";

/// What the demo shows of this area: a check of pages that were saved from the website of two years ago. Nothing is asked of anybody's server.
pub(super) fn build(app: &App, academy: InstitutionId) -> Result<()> {
    let saved = |name: &str, text: &str| SavedPage { name: name.to_owned(), bytes: text.as_bytes().to_vec() };
    let files = vec![saved("careers.html", CAREERS), saved("provider-access.html", ACCESS)];
    app.check_saved_pages(&Actor::operator(), academy, files)?;
    Ok(())
}
