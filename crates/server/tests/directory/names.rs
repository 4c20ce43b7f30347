//! Names as French housing organisations have them, the same ones each time.

/// Beginnings of the names of places.
const BEFORE: [&str; 8] = ["", "", "", "Saint-", "Bourg-", "Mont-", "Château-", "Villers-"];
/// The first halves of what places are called.
const STARTS: [&str; 48] = [
    "Aubr", "Auv", "Béart", "Beauv", "Bourd", "Bréf", "Cast", "Céven", "Chaum", "Cler", "Coët", "Corb",
    "Damm", "Douar", "Écu", "Étamp", "Fal", "Ferr", "Font", "Gât", "Genl", "Guér", "Haÿ", "Hér", "Isl",
    "Kerm", "Lann", "Lœv", "Lour", "Luç", "Mâc", "Marcq", "Nér", "Noirm", "Olér", "Ouch", "Périg", "Plou",
    "Quimp", "Reth", "Rouerg", "Sanc", "Sén", "Thiér", "Uss", "Val", "Vex", "Yv",
];
/// The second halves.
const ENDS: [&str; 40] = [
    "ac", "ade", "agne", "aies", "aise", "an", "arde", "aux", "ay", "eau", "ec", "èche", "elles", "enay",
    "ence", "eray", "erre", "èse", "eville", "euil", "eux", "iac", "icourt", "ières", "igny", "illac",
    "illiers", "ines", "inon", "issy", "ogne", "oing", "olles", "on", "onne", "orges", "ouche", "oy", "ulle",
    "y",
];
/// Ends of the names of places.
const AFTER: [&str; 12] = [
    "",
    "",
    "",
    "-sur-Loire",
    "-en-Brie",
    "-lès-Vignes",
    "-la-Rivière",
    "-d’Ardèche",
    "-les-Bains",
    " Agglomération",
    " et Vallées",
    "-Métropole",
];
/// What organisations are called, a place for `@`.
const SHAPES: [&str; 20] = [
    "Office public de l’habitat de @",
    "OPH de @",
    "O.P.H. @",
    "@ Habitat",
    "Habitat de @",
    "SA d’HLM de @",
    "S.A. d’H.L.M. « Le Foyer de @ »",
    "Société anonyme d’habitations à loyer modéré de @",
    "Coopérative d’HLM @",
    "@ Logement",
    "Logis de @",
    "Le Toit de @",
    "ESH @ Résidences",
    "SCIC d’HLM Les Maisons de @",
    "Société d’économie mixte @ Développement",
    "Immobilière @",
    "Foncière @ 3000",
    "Les Jardins de @",
    "Domaine de @",
    "Union de coopératives de @",
];

/// So many different names; the first ones are the same however many are asked for.
pub(crate) fn names(count: usize) -> Vec<String> {
    let (places, befores, afters) = (STARTS.len() * ENDS.len(), BEFORE.len(), AFTER.len());
    let all = places * befores * afters * SHAPES.len();
    let mut names = Vec::with_capacity(count);
    let mut known = std::collections::HashSet::new();
    // A step that shares no factor with their number comes by each combination once.
    let step = 7_919;
    assert!(!all.is_multiple_of(step));
    for turn in 0..all {
        if names.len() == count {
            break;
        }
        let number = turn * step % all;
        let start = STARTS[number % STARTS.len()];
        let end = ENDS[number % places / STARTS.len()];
        let before = BEFORE[number / places % befores];
        let after = AFTER[number / places / befores % afters];
        let shape = SHAPES[number / places / befores / afters];
        let name = shape.replace('@', &format!("{before}{start}{end}{after}"));
        if known.insert(name.clone()) {
            names.push(name);
        }
    }
    assert_eq!(names.len(), count, "there aren't so many different names");
    names
}
