//! Prints how long a search in the directory takes, median and 99th percentile, on 5,000 names: what people type letter
//! by letter, whole names, slips, common words alone, and what is typed to hurt.

#[path = "../tests/directory/names.rs"]
mod names;

use std::time::{Duration, Instant};

use palier_server::mediation::directory::{Entry, Index};

const NAMES: usize = 5_000;
const LIMIT: usize = 10;

/// What is typed, by kind.
fn queries(names: &[String]) -> Vec<(&'static str, Vec<String>)> {
    let some = || names.iter().step_by(25);
    let typed = some().flat_map(|name| {
        let letters: Vec<char> = name.chars().collect();
        (2..=letters.len()).step_by(3).map(move |end| letters[..end].iter().collect())
    });
    let turned = some().map(|name| {
        let mut words: Vec<&str> = name.split_whitespace().collect();
        words.reverse();
        words.join(" ")
    });
    let slipped = some().map(|name| {
        let mut letters: Vec<char> = name.chars().collect();
        let middle = letters.len() / 2;
        letters.swap(middle, middle - 1);
        letters.into_iter().collect()
    });
    let common =
        ["habitat", "office public", "oph", "société anonyme d’habitations à loyer modéré", "sa hlm"];
    let hostile = [
        "a".repeat(10_000),
        "ab ".repeat(1_000),
        "sain sein soin sien sani sina snai saen".to_owned(),
        "habitat ".repeat(500),
        "\u{fdfa}".repeat(1_000),
        "saintes agglomeratoin metropoel vallése riviere resdiences dveeloppement fonciere".to_owned(),
        "e\u{301}\u{302}\u{303}".repeat(1_000),
        "….' ".repeat(1_000),
    ];
    let again = |queries: &[String]| queries.iter().cycle().take(200).cloned().collect();
    vec![
        ("typed letter by letter", typed.collect()),
        ("whole names", some().cloned().collect()),
        ("words turned round", turned.collect()),
        ("with a slip", slipped.collect()),
        ("common words alone", again(&common.map(str::to_owned))),
        ("hostile", again(&hostile)),
    ]
}

fn report(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |percent: usize| times[(times.len() - 1) * percent / 100].as_secs_f64() * 1e3;
    println!("{what:<24} {:>6} searches   median {:>7.3} ms   99 % {:>7.3} ms", times.len(), at(50), at(99));
}

#[expect(clippy::disallowed_methods, reason = "how long it takes is what is measured")]
fn main() {
    let names = names::names(NAMES);
    let entries = (1..).zip(&names).map(|(id, name)| Entry { id, name: name.clone() }).collect();
    let begun = Instant::now();
    let index = Index::new(entries);
    println!(
        "{:<24} {:>6} names      {:>7.3} ms",
        "index built",
        index.len(),
        begun.elapsed().as_secs_f64() * 1e3
    );
    let mut all = Vec::new();
    let mut found = 0;
    for (what, queries) in queries(&names) {
        let mut times = Vec::with_capacity(queries.len());
        for query in &queries {
            let begun = Instant::now();
            found += index.search(query, LIMIT).hits.len();
            times.push(begun.elapsed());
        }
        all.extend_from_slice(&times);
        report(what, times);
    }
    report("all", all);
    println!("{found} names shown");
}
