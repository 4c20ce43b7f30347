//! The inputs that fuzzing begins with, and those that once showed a fault.

use std::fs;
use std::path::Path;

/// Tries each seed of a target, of which there are `least` or more.
pub fn each(target: &str, least: usize, check: impl Fn(&[u8])) {
    let above = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    let folder = above.map(|above| above.join("fuzz/seeds")).find(|seeds| seeds.is_dir());
    let seeds = fs::read_dir(folder.expect("the seeds").join(target)).expect("those of the target");
    let tried = seeds.map(|file| check(&fs::read(file.expect("a seed").path()).expect("a seed"))).count();
    assert!(tried >= least, "{tried} seeds of {target}");
}
