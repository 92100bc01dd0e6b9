//! Names that nobody has: readable, pronounceable, and plainly made up.

use crate::random::Random;

const FORENAMES: [&str; 96] = [
    "Acorn",
    "Alder",
    "Amberly",
    "Anvil",
    "Arbor",
    "Aspen",
    "Aurelio",
    "Barley",
    "Beck",
    "Birch",
    "Bracken",
    "Bramble",
    "Briony",
    "Brook",
    "Burdock",
    "Calico",
    "Campion",
    "Cedar",
    "Celandine",
    "Cinder",
    "Clover",
    "Cobalt",
    "Comfrey",
    "Copper",
    "Coral",
    "Cowslip",
    "Crispin",
    "Dahlia",
    "Damson",
    "Dapple",
    "Drift",
    "Eider",
    "Ember",
    "Fable",
    "Fennel",
    "Fern",
    "Finch",
    "Flint",
    "Foxglove",
    "Garnet",
    "Gorse",
    "Hazel",
    "Heron",
    "Indigo",
    "Isolde",
    "Jasper",
    "Jetty",
    "Juniper",
    "Kestrel",
    "Lark",
    "Lichen",
    "Linden",
    "Lorimer",
    "Lovage",
    "Mallow",
    "Marl",
    "Meadow",
    "Merlin",
    "Minnow",
    "Misty",
    "Nettle",
    "Nimbus",
    "Oakley",
    "Ochre",
    "Olive",
    "Onyx",
    "Opal",
    "Orchid",
    "Osier",
    "Pebble",
    "Peregrine",
    "Petal",
    "Pippin",
    "Plover",
    "Poppy",
    "Quartz",
    "Quill",
    "Rill",
    "River",
    "Rowan",
    "Rush",
    "Saffron",
    "Sage",
    "Sedge",
    "Slate",
    "Sorrel",
    "Sparrow",
    "Talwin",
    "Tansy",
    "Teasel",
    "Thistle",
    "Thyme",
    "Vesper",
    "Willow",
    "Wren",
    "Yarrow",
];

const FIRST: [&str; 40] = [
    "Apple", "Badger", "Barrel", "Bell", "Bramble", "Butter", "Candle", "Clock", "Cloud", "Copper", "Dapple", "Ember",
    "Fern", "Fiddle", "Fox", "Frost", "Glimmer", "Goose", "Hazel", "Honey", "Kettle", "Lantern", "Marble", "Meadow",
    "Mill", "Moon", "Moss", "Nettle", "Otter", "Paper", "Pebble", "Pepper", "Quill", "Rabbit", "Silver", "Starling",
    "Thimble", "Thistle", "Tumble", "Whistle",
];

const LAST: [&str; 32] = [
    "acre", "barrow", "beck", "bough", "bridge", "brook", "button", "combe", "crest", "dale", "down", "fell", "field",
    "fold", "ford", "gate", "glade", "hollow", "latch", "lea", "mere", "mist", "moor", "nook", "quay", "ridge",
    "spark", "stile", "thorpe", "wick", "wind", "wool",
];

/// A forename and a surname. A few carry a hyphen or an apostrophe, because real lists do.
pub(crate) fn person(random: &mut Random) -> (String, String) {
    let forename = (*random.pick(&FORENAMES)).to_owned();
    let mut surname = format!("{}{}", random.pick(&FIRST), random.pick(&LAST));
    match random.below(60) {
        0 => surname = format!("O'{surname}"),
        1 | 2 => surname = format!("{surname}-{}{}", random.pick(&FIRST), random.pick(&LAST)),
        _ => {}
    }
    (forename, surname)
}

/// Employers of the demo's town, none of which exists.
pub(crate) const EMPLOYERS: [&str; 24] = [
    "Thimblewick Engineering",
    "Otterquay Boatyard",
    "Lanternmere Hospital Trust",
    "Kettlefold Bakery",
    "Mossgate Water Company",
    "Silverstile Accountants",
    "Pebblecombe Borough Council",
    "Foxbough Veterinary Practice",
    "Cloudnook Software",
    "Marblelatch Construction",
    "Honeybeck Care Homes",
    "Clockridge Railway Works",
    "Paperspark Publishing",
    "Starlingwind Energy",
    "Fernacre Nurseries",
    "Goosemoor Farms",
    "Bellbridge Law",
    "Frostfield Logistics",
    "Whistledown Theatre",
    "Copperwool Textiles",
    "Quillthorpe Architects",
    "Peppergate Hotels",
    "Badgerlea Fire and Rescue",
    "Glimmerfell Laboratories",
];

/// Further education colleges of the demo's town.
pub(crate) const COLLEGES: [&str; 3] =
    ["Brambleford College", "Hazelmere Technical College", "Emberdale College of Land and Food"];

/// Independent training providers.
pub(crate) const TRAINING_PROVIDERS: [&str; 3] =
    ["Tumblestile Training", "Applebarrow Apprenticeships", "Dapplecrest Skills"];

/// Universities.
pub(crate) const UNIVERSITIES: [&str; 3] =
    ["University of Moonfell", "Nettlecombe University", "University of Fiddlewick"];

/// School sixth forms and sixth-form colleges.
pub(crate) const SIXTH_FORMS: [&str; 2] = ["Thistlemoor Sixth Form College", "Waymark Demo Academy sixth form"];
