//! What one organisation takes over from another where it says nothing itself.

use store::organisation::Organisation;

/// Fills in what is blank. What was, by field.
pub(super) fn fill(one: &mut Organisation, from: Organisation) -> Vec<&'static str> {
    let mut filled = Vec::new();
    for (field, into, text) in [
        ("provider_type", &mut one.provider_type, from.provider_type),
        ("sector", &mut one.sector, from.sector),
        ("size", &mut one.size, from.size),
        ("address", &mut one.address, from.address),
        ("postcode", &mut one.postcode, from.postcode),
        ("website", &mut one.website, from.website),
    ] {
        if into.is_none() && text.is_some() {
            *into = text;
            filled.push(field);
        }
    }
    for (field, into, text) in [
        ("sorts", &mut one.sorts, from.sorts),
        ("offers", &mut one.offers, from.offers),
        ("safeguarding", &mut one.safeguarding, from.safeguarding),
        ("notes", &mut one.notes, from.notes),
    ] {
        if into.is_empty() && !text.is_empty() {
            *into = text;
            filled.push(field);
        }
    }
    if one.owner.is_none() && from.owner.is_some() {
        one.owner = from.owner;
        filled.push("owner");
    }
    filled
}

/// Makes blank again what was filled in from the other and says the same still. Whether anything was.
pub(super) fn empty(one: &mut Organisation, from: &Organisation, filled: &[&str]) -> bool {
    let before = one.clone();
    for (field, into, text) in [
        ("provider_type", &mut one.provider_type, &from.provider_type),
        ("sector", &mut one.sector, &from.sector),
        ("size", &mut one.size, &from.size),
        ("address", &mut one.address, &from.address),
        ("postcode", &mut one.postcode, &from.postcode),
        ("website", &mut one.website, &from.website),
    ] {
        if filled.contains(&field) && *into == *text {
            *into = None;
        }
    }
    for (field, into, text) in [
        ("sorts", &mut one.sorts, &from.sorts),
        ("offers", &mut one.offers, &from.offers),
        ("safeguarding", &mut one.safeguarding, &from.safeguarding),
        ("notes", &mut one.notes, &from.notes),
    ] {
        if filled.contains(&field) && *into == *text {
            into.clear();
        }
    }
    if filled.contains(&"owner") && one.owner == from.owner {
        one.owner = None;
    }
    *one != before
}
