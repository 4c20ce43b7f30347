//! Puts into the program what it needs beside code: the pages, already compressed, the texts, and the documents.
//!
//! `PALIER_DIST` names the folder of the built pages; without it `dist/` of the repository is taken, and without that
//! the server says on each page that the pages weren't built.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let root = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR")?).join("../..").canonicalize()?;
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=PALIER_DIST");
    let dist = std::env::var_os("PALIER_DIST").map_or_else(|| root.join("dist"), PathBuf::from);
    fs::write(out.join("assets.rs"), assets(&dist, &root.join("public"), &out)?)?;
    fs::write(out.join("texts.rs"), texts(&root.join("locales"))?)?;
    fs::write(out.join("documents.rs"), documents(&root.join("documents"))?)?;
    Ok(())
}

/// Every file below `folder`, by its path with forward slashes.
fn files(folder: &Path) -> Outcome<BTreeMap<String, PathBuf>> {
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        if !next.is_dir() {
            continue;
        }
        for entry in fs::read_dir(&next)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name =
                    path.strip_prefix(folder)?.components().map(|part| part.as_os_str().to_string_lossy());
                found.insert(name.collect::<Vec<_>>().join("/"), path);
            }
        }
    }
    Ok(found)
}

/// The table of static files, and the page they belong to.
fn assets(dist: &Path, public: &Path, out: &Path) -> Outcome<String> {
    let mut code = String::new();
    let [mut index, mut tenants, mut scheme, mut clients, mut office, mut account] =
        [(); 6].map(|()| "None".to_owned());
    let mut rows = String::new();
    for (name, path) in files(dist)? {
        if name.starts_with('.') || name.contains("/.") {
            continue;
        }
        let page = match name.as_str() {
            "index.html" => Some(&mut index),
            "tenants.html" => Some(&mut tenants),
            "scheme.html" => Some(&mut scheme),
            "clients.html" => Some(&mut clients),
            "office.html" => Some(&mut office),
            "account.html" => Some(&mut account),
            _ => None,
        };
        if let Some(page) = page {
            *page = format!("Some(include_str!({:?}))", path.display().to_string());
            continue;
        }
        let content = fs::read(&path)?;
        let hash = hexadecimal(&Sha256::digest(&content));
        let brotli = compressed(out, &hash, "direct.br", &content, brotli)?;
        let gzip = compressed(out, &hash, "gz", &content, gzip)?;
        writeln!(
            rows,
            "    Asset {{ path: {:?}, hash: {:?}, plain: include_bytes!({:?}), brotli: {}, gzip: {} }},",
            format!("/{name}"),
            &hash[..32],
            path.display().to_string(),
            include(brotli.as_deref()),
            include(gzip.as_deref()),
        )?;
    }
    writeln!(
        code,
        "/// `index.html` as Trunk made it, when the pages were built.\npub const INDEX: Option<&str> = {index};"
    )?;
    for (name, page, whose) in [
        ("TENANTS", tenants, "tenants alone"),
        ("SCHEME", scheme, "tenants and mediation schemes"),
        ("CLIENTS", clients, "tenants and client organisations"),
        ("OFFICE", office, "those who are signed in and work"),
        ("ACCOUNT", account, "the account"),
    ] {
        writeln!(
            code,
            "/// The same, with the program for {whose}.\npub const {name}: Option<&str> = {page};"
        )?;
    }
    writeln!(code, "/// The static files, sorted by path.\npub static ASSETS: &[Asset] = &[\n{rows}];")?;
    let public: Vec<String> = files(public)?.into_keys().map(|name| format!("/{name}")).collect();
    writeln!(
        code,
        "/// Files that lie in `public/`, built or not.\npub const PUBLIC: &[&str] = &{public:?};"
    )?;
    Ok(code)
}

fn include(path: Option<&Path>) -> String {
    path.map_or_else(
        || "None".to_owned(),
        |path| format!("Some(include_bytes!({:?}))", path.display().to_string()),
    )
}

/// The compressed form of a file, when it is worth having. Kept by content: most builds change one file of many.
fn compressed(
    out: &Path,
    hash: &str,
    kind: &str,
    content: &[u8],
    compress: fn(&[u8]) -> Outcome<Vec<u8>>,
) -> Outcome<Option<PathBuf>> {
    let path = out.join(format!("{hash}.{kind}"));
    if !path.exists() {
        // Under another name first: a build that is interrupted must not leave half a file to the next one.
        let partial = path.with_extension("partial");
        fs::write(&partial, compress(content)?)?;
        fs::rename(&partial, &path)?;
    }
    let worth = fs::metadata(&path)?.len() + 16 < u64::try_from(content.len())?;
    Ok(worth.then_some(path))
}

/// With a dozen of the distances written as they are: it saves a tenth of a kilobyte of the pages' program.
fn brotli(content: &[u8]) -> Outcome<Vec<u8>> {
    let mut params = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    params.dist.num_direct_distance_codes = 12;
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &*content, &mut compressed, &params)?;
    Ok(compressed)
}

fn gzip(content: &[u8]) -> Outcome<Vec<u8>> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(content)?;
    Ok(writer.finish()?)
}

/// All texts as one table: language, file, key, text.
fn texts(locales: &Path) -> Outcome<String> {
    let mut rows = String::new();
    for (name, path) in files(locales)? {
        let Some((language, file)) = name.strip_suffix(".toml").and_then(|name| name.split_once('/')) else {
            continue;
        };
        let table: toml::Table =
            fs::read_to_string(&path)?.parse().map_err(|error| format!("{}: {error}", path.display()))?;
        let mut flat = Vec::new();
        flatten("", &toml::Value::Table(table), &mut flat)
            .map_err(|error| format!("{}: {error}", path.display()))?;
        for (key, text) in flat {
            writeln!(rows, "    ({language:?}, {file:?}, {key:?}, {text:?}),")?;
        }
    }
    Ok(format!("/// Language, file, key, text.\nstatic TEXTS: &[(&str, &str, &str, &str)] = &[\n{rows}];\n"))
}

fn flatten(key: &str, value: &toml::Value, found: &mut Vec<(String, String)>) -> Outcome<()> {
    match value {
        toml::Value::String(text) => found.push((key.to_owned(), text.clone())),
        toml::Value::Table(table) => {
            for (name, value) in table {
                let key = if key.is_empty() { name.clone() } else { format!("{key}.{name}") };
                flatten(&key, value, found)?;
            }
        }
        other => return Err(format!("{key} is a {}, not a text", other.type_str()).into()),
    }
    Ok(())
}

/// All documents: path, content.
fn documents(folder: &Path) -> Outcome<String> {
    let mut rows = String::new();
    for (name, path) in files(folder)? {
        if path.extension().is_some_and(|kind| kind == "md" || kind == "typ") {
            writeln!(rows, "    ({name:?}, include_str!({:?})),", path.display().to_string())?;
        }
    }
    Ok(format!("/// Path below `documents/`, content.\nstatic FILES: &[(&str, &str)] = &[\n{rows}];\n"))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()
}
