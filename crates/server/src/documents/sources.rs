use std::collections::BTreeMap;
use std::path::Path;

include!(concat!(env!("OUT_DIR"), "/documents.rs"));

/// A document as written.
#[derive(Clone, Debug)]
pub struct Source {
    /// The file, for messages.
    pub place: String,
    /// Its content: Markdown with `{name}` for values, or a template for paper.
    pub text: String,
}

impl Source {
    /// The placeholders that `known` refuses, with their lines.
    pub(super) fn unknown_placeholders(&self, known: impl Fn(&str) -> bool) -> Vec<(usize, String)> {
        let mut unknown = Vec::new();
        for (line, text) in (1..).zip(self.text.lines()) {
            let names = crate::texts::placeholders(text).into_iter().filter(|name| !known(name));
            unknown.extend(names.map(|name| (line, name.to_owned())));
        }
        unknown
    }
}

/// The documents as written: those inside the program, with those of a folder laid over them.
#[derive(Clone, Debug, Default)]
pub struct Sources(BTreeMap<String, Source>);

impl Sources {
    /// Those inside the program.
    pub fn embedded() -> Self {
        let place = |path: &str| format!("documents/{path}");
        Self(
            FILES
                .iter()
                .map(|(path, text)| {
                    ((*path).to_owned(), Source { place: place(path), text: (*text).to_owned() })
                })
                .collect(),
        )
    }

    /// Lays the files of `folder` over them: `cgu/VERSION/LANGUAGE.md`, `pages/NAME.LANGUAGE.md`,
    /// `courrier/LANGUAGE.md`, `identifiants/LANGUAGE.md`, `paper/NAME.typ`.
    ///
    /// # Errors
    /// The folder or a file in it can't be read, or a file isn't UTF-8.
    pub fn lay_over(&mut self, folder: &Path) -> std::io::Result<()> {
        let mut folders = vec![folder.to_path_buf()];
        while let Some(next) = folders.pop() {
            for entry in std::fs::read_dir(&next)? {
                let path = entry?.path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|kind| kind == "md" || kind == "typ") {
                    let name =
                        path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                    let text = std::fs::read_to_string(&path)?;
                    self.0.insert(name, Source { place: path.display().to_string(), text });
                }
            }
        }
        Ok(())
    }

    /// A document by its path below `documents/`.
    pub fn get(&self, path: &str) -> Option<&Source> {
        self.0.get(path)
    }

    /// What lies in `paper/`: the templates, by path below `documents/`.
    pub fn templates(&self) -> impl Iterator<Item = (&str, &Source)> {
        let all = self.0.iter().filter(|(path, _)| path.starts_with("paper/"));
        all.map(|(path, source)| (path.as_str(), source))
    }

    /// The versions of the terms that there are in French, oldest first.
    pub fn terms(&self) -> Vec<&str> {
        self.versions("cgu/")
    }

    /// The versions of the contract that there are in French, oldest first.
    pub fn contracts(&self) -> Vec<&str> {
        self.versions("contrat/")
    }

    fn versions(&self, folder: &str) -> Vec<&str> {
        self.0.keys().filter_map(|path| path.strip_prefix(folder)?.strip_suffix("/fr.md")).collect()
    }
}
