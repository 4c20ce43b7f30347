//! `palier import`, as people call it.

use super::{RIVES, folder, run, text};

#[test]
fn a_portal_takes_in_only_what_it_has_journeys_for() {
    let folder = folder(RIVES);
    let file = folder.path().join("file.csv").display().to_string();
    std::fs::write(&file, "numero_client;raison_sociale;fonction_representant\n").expect("written");
    for (kind, reason) in [
        ("clients", "this portal has no [onboarding] section: it takes no clients"),
        ("partners", "this portal has no [partners] section: it takes no partners"),
    ] {
        let refused = run(folder.path(), &["import", kind, &file]);
        assert_eq!(refused.status.code(), Some(1));
        let said = text(&refused.stderr);
        assert!(said.contains(reason), "{said}");
    }
    assert!(!folder.path().join("palier.db").exists());
}

#[test]
fn p1_partners_are_taken_in_under_the_portals_own_headers() {
    let folder = folder(&format!("{RIVES}\n[partners]\n\n[columns.partners]\nref_tiers = \"Tiers\"\n"));
    let file = folder.path().join("file.csv").display().to_string();
    let lines = "code_organisme;tiers;rang;nom;email\n078;270075;1;SCI du Palier;sci@exemple.fr\n";
    std::fs::write(&file, lines).expect("written");
    let taken = run(folder.path(), &["import", "partners", &file]);
    assert_eq!(taken.status.code(), Some(0), "{}", text(&taken.stderr));
    assert!(text(&taken.stdout).contains("Créés\u{a0}: 1, modifiés\u{a0}: 0,"), "{}", text(&taken.stdout));
    std::fs::write(&file, lines.replace("078;", "78;")).expect("written");
    let refused = run(folder.path(), &["import", "partners", &file]);
    assert_eq!(refused.status.code(), Some(1));
    let said = text(&refused.stdout);
    assert!(said.contains(&format!("{file}:2: code_organisme: ")), "{said}");
}

#[test]
fn d1_exits_are_taken_in_for_leases_that_there_are() {
    let folder = folder(RIVES);
    let file = folder.path().join("file.csv").display().to_string();
    std::fs::write(&file, "reference;nom_signataire\n482173;LEFÈVRE\n").expect("written");
    assert_eq!(run(folder.path(), &["import", "leases", &file]).status.code(), Some(0));
    let lines = "reference;date_sortie\nL 482173;15/12/2026\n";
    std::fs::write(&file, lines).expect("written");
    let taken = run(folder.path(), &["import", "exits", &file]);
    assert_eq!(taken.status.code(), Some(0), "{}", text(&taken.stderr));
    assert!(
        text(&taken.stdout).contains("modifiés\u{a0}: 1, inchangés\u{a0}: 0,"),
        "{}",
        text(&taken.stdout)
    );
    std::fs::write(&file, format!("{lines}482174;15/12/2026\n")).expect("written");
    let refused = run(folder.path(), &["import", "exits", &file]);
    assert_eq!(refused.status.code(), Some(1));
    let said = text(&refused.stdout);
    assert!(said.contains(&format!("{file}:3: reference: Aucun bail")), "{said}");
}
