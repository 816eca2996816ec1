//! Why parts do not make a study.

/// Why parts do not make a study.
///
/// The readers of files check more, and report every problem with its place. These checks keep a
/// study consistent wherever its parts come from.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StudyError {
    /// A part has no entry, and a study needs at least one.
    #[error("the study has no {part}")]
    Empty {
        /// The part.
        part: &'static str,
    },
    /// No attribute is the brand.
    #[error("none of the attributes is the brand")]
    NoBrandAttribute,
    /// A study with money figures needs costs, a term, and the current brand of each respondent.
    #[error("money figures need the {part}")]
    MoneyNeeds {
        /// What is missing.
        part: &'static str,
    },
    /// A part has more or fewer entries than another one requires.
    #[error("{part}: {found} entries instead of {expected}")]
    Length {
        /// The part.
        part: &'static str,
        /// How many there are.
        found: usize,
        /// How many there must be.
        expected: usize,
    },
    /// A value that its part does not allow: out of range, or the position of nothing.
    #[error("{part}: entry {position} has a value that is not allowed")]
    Value {
        /// The part.
        part: &'static str,
        /// The position of the entry, from 0.
        position: usize,
    },
}

impl StudyError {
    /// Checks that a part has the expected number of entries.
    pub(crate) fn check_length(
        part: &'static str,
        found: usize,
        expected: usize,
    ) -> Result<(), Self> {
        match found == expected {
            true => Ok(()),
            false => Err(Self::Length {
                part,
                found,
                expected,
            }),
        }
    }

    /// Checks every value of a part.
    pub(crate) fn check_values<'v, T: 'v>(
        part: &'static str,
        values: impl IntoIterator<Item = &'v T>,
        is_allowed: impl Fn(&T) -> bool,
    ) -> Result<(), Self> {
        let mut values = values.into_iter();
        match values.position(|value| !is_allowed(value)) {
            Some(position) => Err(Self::Value { part, position }),
            None => Ok(()),
        }
    }
}
