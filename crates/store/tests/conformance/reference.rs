use store::{Store, gias};

use crate::given::day;

pub(crate) fn the_register_of_schools_is_replaced_and_searched(store: &Store) {
    let school = |urn: &str, name: &str| gias::Establishment {
        urn: urn.into(),
        name: name.into(),
        opened_on: Some(day("2011-09-01")),
        lowest_age: Some(11),
        ..Default::default()
    };
    let (first, second) = (school("999001", "St  Invented’s School"), school("999002", "Another 100% School"));
    let group = gias::Group {
        group_uid: "99".into(),
        name: "Invented Trust".into(),
        group_type: None,
        status: Some("Open".into()),
        opened_on: None,
        closed_on: None,
    };
    let member = gias::Member { group_uid: "99".into(), urn: "999001".into(), joined_on: Some(day("2020-01-01")) };
    let link = gias::Link {
        urn: "999001".into(),
        linked_urn: "999002".into(),
        link_type: "Predecessor".into(),
        established_on: None,
    };
    for _ in 0..2 {
        store
            .write(crate::given::within(), |tx| {
                gias::replace_establishments(tx, &[first.clone(), second.clone()])?;
                gias::replace_links(tx, std::slice::from_ref(&link))?;
                gias::replace_groups(tx, std::slice::from_ref(&group), std::slice::from_ref(&member))
            })
            .unwrap();
    }
    assert_eq!(store.read(crate::given::within(), gias::count).unwrap(), 2);
    assert_eq!(store.read(crate::given::within(), |tx| gias::find(tx, "999001")).unwrap(), Some(first.clone()));
    assert_eq!(
        store.read(crate::given::within(), |tx| gias::search(tx, "st invented", 5)).unwrap(),
        std::slice::from_ref(&first)
    );
    assert_eq!(
        store.read(crate::given::within(), |tx| gias::search(tx, "999002", 5)).unwrap(),
        std::slice::from_ref(&second)
    );
    assert_eq!(
        store.read(crate::given::within(), |tx| gias::search(tx, "100%", 5)).unwrap(),
        std::slice::from_ref(&second)
    );
    assert_eq!(store.read(crate::given::within(), |tx| gias::search(tx, "school", 5)).unwrap(), [second, first]);
    assert_eq!(store.read(crate::given::within(), |tx| gias::links(tx, "999001")).unwrap(), [link]);
    assert_eq!(store.read(crate::given::within(), |tx| gias::groups_of(tx, "999001")).unwrap(), [group]);
    assert_eq!(store.read(crate::given::within(), |tx| gias::members_of(tx, "99")).unwrap(), ["999001"]);
}
