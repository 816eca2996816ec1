//! What the page says in whole sentences, kept apart from the components that show it.

/// What a 90 % interval says, and what it does not say.
macro_rules! interval_meaning {
    () => {
        "If the survey were repeated many times, about nine in ten such intervals would contain the \
         true value; a new survey's own figure would fall inside only about 76 times in 100."
    };
}

pub mod glossary;
pub mod how_to_read;
pub mod measures;
pub mod messages;
pub mod model;
pub mod scenarios;
pub mod terms;

#[cfg(test)]
mod tests;
