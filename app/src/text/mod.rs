//! What the page says in whole sentences, kept apart from the places that show it.

pub mod glossary;
pub mod how_to_read;
pub mod messages;
pub mod model;
pub mod scenarios;
pub mod terms;
