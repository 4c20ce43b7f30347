//! An organisation joins the mediation scheme, and consumers find it.

pub mod directory;
