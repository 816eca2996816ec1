//! What the page says in whole sentences, kept apart from the places that show it.

pub mod faults;
pub mod glossary;
pub mod model;
pub mod own;
pub mod reading;
pub mod scenarios;
