//! The demo's corner of the national register of institutions, in the shape of its public files: so that setting up by URN
//! can be tried, and the two schools have a trust.

const ESTABLISHMENTS: &str = "\
URN,LA (code),LA (name),EstablishmentNumber,EstablishmentName,TypeOfEstablishment (code),TypeOfEstablishment (name),\
EstablishmentStatus (code),EstablishmentStatus (name),OpenDate,CloseDate,PhaseOfEducation (code),PhaseOfEducation (name),\
StatutoryLowAge,StatutoryHighAge,OfficialSixthForm (code),OfficialSixthForm (name),Trusts (code),Trusts (name),UKPRN,\
FurtherEducationType (name),Town,Postcode,SchoolWebsite
999901,000,Waymarkshire,9901,Waymark Demo Academy,34,Academy converter,1,Open,01-09-2021,,4,Secondary,11,18,1,Has a sixth \
form,99901,Waymark Demo Trust,99999901,Not applicable,Otterquay,ZZ99 1AA,academy.example.org
999902,000,Waymarkshire,9908,Waymark Demo Special School,44,Academy special converter,1,Open,01-09-2021,,0,Not applicable,\
11,16,2,Does not have a sixth form,99901,Waymark Demo Trust,99999902,Not applicable,Otterquay,ZZ99 1AB,special.example.org
999903,000,Waymarkshire,8901,Waymark Demo College,18,Further education,1,Open,,,6,16 plus,16,19,0,Not applicable,,,99999903,\
General FE,Otterquay,ZZ99 1AC,college.example.org
999904,000,Waymarkshire,9902,Thistlemoor Demo School,01,Community school,1,Open,,,4,Secondary,11,16,2,Does not have a sixth \
form,,,99999904,Not applicable,Thistlemoor,ZZ99 1AD,thistlemoor.example.org
";

const GROUP_MEMBERS: &str = "\
URN,Group UID,Group ID,Group Name,Companies House Number,Group Type,Joined date
999901,99901,TR99901,Waymark Demo Trust,00000000,Multi-academy trust,01-09-2021
999902,99901,TR99901,Waymark Demo Trust,00000000,Multi-academy trust,01-09-2021
";

/// Names and texts of the files.
pub(crate) fn files() -> [(&'static str, &'static str); 2] {
    [("demo-establishments.csv", ESTABLISHMENTS), ("demo-group-members.csv", GROUP_MEMBERS)]
}
