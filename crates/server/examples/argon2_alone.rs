//! Prints how many password hashes a second this machine makes when it does nothing else: what sign-ins are measured
//! against (`make bench`). The argument is for how many seconds.

use std::thread;
use std::time::{Duration, Instant};

use argon2::{Algorithm, Argon2, Block, Params, Version};

#[expect(clippy::disallowed_methods, reason = "how long it takes is what is measured")]
fn main() -> anyhow::Result<()> {
    let seconds: u64 = std::env::args().nth(1).unwrap_or_else(|| "5".to_owned()).parse()?;
    let cores = thread::available_parallelism()?.get();
    let begun = Instant::now();
    let workers: Vec<_> = (0..cores)
        .map(|_| {
            thread::spawn(move || {
                let hasher = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::DEFAULT);
                let mut memory = vec![Block::new(); Params::DEFAULT.block_count()];
                let mut hash = [0; Params::DEFAULT_OUTPUT_LEN];
                let mut made: u32 = 0;
                while begun.elapsed() < Duration::from_secs(seconds) {
                    hasher.hash_password_into_with_memory(
                        b"tram Bleu 47 Vigne",
                        &[7; 16],
                        &mut hash,
                        &mut memory,
                    )?;
                    made += 1;
                }
                Ok(made)
            })
        })
        .collect();
    let mut made = 0;
    for worker in workers {
        let hashes: Result<u32, argon2::Error> =
            worker.join().map_err(|_| anyhow::anyhow!("a thread failed"))?;
        made += hashes?;
    }
    println!("{}", f64::from(made) / begun.elapsed().as_secs_f64());
    Ok(())
}
