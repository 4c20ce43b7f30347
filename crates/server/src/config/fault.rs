use std::cell::RefCell;
use std::fmt;

/// What is wrong with a configuration, and where.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The file as named on the command line, or the environment variable.
    pub place: String,
    /// The line, from 1; none when there is no line to name.
    pub line: Option<usize>,
    /// What is wrong, and what would be right.
    pub reason: String,
}

/// `file:line: reason`.
impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(formatter, "{}:{line}: {}", self.place, self.reason),
            None => write!(formatter, "{}: {}", self.place, self.reason),
        }
    }
}

/// The faults found so far: reading goes on after each, so that one start shows all of them.
#[derive(Debug, Default)]
pub struct Faults(RefCell<Vec<Fault>>);

impl Faults {
    /// Notes a fault.
    pub fn add(&self, place: &str, line: impl Into<Option<usize>>, reason: impl Into<String>) {
        self.0.borrow_mut().push(Fault { place: place.to_owned(), line: line.into(), reason: reason.into() });
    }

    /// All faults, by file and line.
    pub fn into_sorted(self) -> Vec<Fault> {
        let mut faults = self.0.into_inner();
        faults.sort();
        faults.dedup();
        faults
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.borrow().is_empty()
    }
}
