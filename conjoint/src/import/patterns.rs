//! Attribute and level in one name: `Brand: Alba`, `Brand[Alba]`, `A1B2`.

/// How names of columns are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pattern {
    /// A separator between the two; the first of several, or the last.
    Separated(&'static str, Side),
    /// `Brand[Alba]`
    Brackets,
    /// `A1B2`: attribute 1, level 2.
    Code,
    /// `B2: Kea Lager`: attribute B, level 2 with its name.
    LetterLabel,
    /// `B2`
    Letter,
    /// `BRAND2`, and `PRICE_L` for a linear coefficient.
    Stem,
}

/// Which of several separators counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    First,
    Last,
}

/// The parts of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NameParts {
    pub(crate) attribute: String,
    pub(crate) level: String,
}

/// Patterns whose text is never a mere label, in the order in which they are tried.
const SURE: [Pattern; 5] = [
    Pattern::Code,
    Pattern::LetterLabel,
    Pattern::Brackets,
    Pattern::Separated(": ", Side::First),
    Pattern::Separated(": ", Side::Last),
];

/// Patterns that must fit every name.
const OTHERS: [Pattern; 12] = [
    Pattern::Separated(":", Side::First),
    Pattern::Separated(":", Side::Last),
    Pattern::Separated(" - ", Side::First),
    Pattern::Separated(" - ", Side::Last),
    Pattern::Separated(" | ", Side::First),
    Pattern::Separated(" | ", Side::Last),
    Pattern::Separated("|", Side::First),
    Pattern::Letter,
    Pattern::Separated("_", Side::Last),
    Pattern::Separated("_", Side::First),
    Pattern::Separated(".", Side::Last),
    Pattern::Separated(".", Side::First),
];

/// A pattern that fits names, and their parts; a name that it does not fit has none.
pub(crate) type Fit = (Pattern, Vec<Option<NameParts>>);

/// The pattern that fits the names of all columns: of those that do, the one with the fewest
/// attributes. `has_stems` says that names such as `BRAND2` consist of an attribute and a level; labels
/// such as `Level 2` look the same.
pub(crate) fn find_pattern(names: &[&str], has_stems: bool) -> Option<Fit> {
    let mut best: Option<(usize, Fit)> = None;
    let stems = has_stems.then_some(Pattern::Stem);
    for pattern in stems.into_iter().chain(SURE).chain(OTHERS) {
        let parts: Vec<Option<NameParts>> = names.iter().map(|name| pattern.split(name)).collect();
        let fitting = parts.iter().flatten().count();
        let is_enough = match SURE.contains(&pattern) {
            // The rest may be linear attributes or columns about the respondents.
            true => fitting * 10 >= names.len() * 7,
            false => fitting == names.len(),
        };
        let Some(attributes) = count_attributes(&parts).filter(|_| is_enough) else {
            continue;
        };
        // Sides of one separator compete; a kind of separator that comes first wins.
        let is_sibling = |other: &Pattern| match (other, pattern) {
            (Pattern::Separated(one, _), Pattern::Separated(two, _)) => *one == two,
            _ => false,
        };
        match &best {
            None => best = Some((attributes, (pattern, parts))),
            Some((fewest, (other, _))) if is_sibling(other) && attributes < *fewest => {
                best = Some((attributes, (pattern, parts)));
            }
            Some(_) => {}
        }
    }
    best.map(|(_, fit)| fit)
}

/// The number of attributes; `None` where one is not contiguous, or where none has two levels.
fn count_attributes(parts: &[Option<NameParts>]) -> Option<usize> {
    let mut attributes: Vec<(&str, Vec<&str>)> = Vec::new();
    for part in parts.iter().flatten() {
        let is_known = attributes.iter().any(|(name, _)| *name == part.attribute);
        match attributes.last_mut() {
            Some((name, levels)) if *name == part.attribute => {
                if levels.contains(&part.level.as_str()) {
                    return None;
                }
                levels.push(&part.level);
            }
            _ if is_known => return None,
            _ => attributes.push((&part.attribute, vec![&part.level])),
        }
    }
    let has_levels = attributes.iter().any(|(_, levels)| levels.len() > 1);
    has_levels.then_some(attributes.len())
}

impl Pattern {
    /// The parts of a name; `None` if it does not fit.
    pub(crate) fn split(self, name: &str) -> Option<NameParts> {
        let name = name.trim();
        let (attribute, level) = match self {
            Self::Separated(separator, Side::First) => name.split_once(separator)?,
            Self::Separated(separator, Side::Last) => name.rsplit_once(separator)?,
            Self::Brackets => name.strip_suffix(']')?.split_once('[')?,
            Self::Code => {
                let (attribute, level) = name.strip_prefix(['A', 'a'])?.split_once(['B', 'b'])?;
                (is_number(attribute) && is_number(level)).then_some((attribute, level))?
            }
            Self::LetterLabel => {
                let (code, label) = name.split_once(": ")?;
                (split_letters(code)?.0, label)
            }
            Self::Letter => split_letters(name)?,
            Self::Stem => match name.strip_suffix("_L") {
                Some(stem) => (stem, "_L"),
                None => {
                    let stem = name.trim_end_matches(|letter: char| letter.is_ascii_digit());
                    name.split_at_checked(stem.len())?
                }
            },
        };
        let [attribute, level] = [attribute, level].map(|part| part.trim().to_owned());
        let is_whole = !attribute.is_empty() && !level.is_empty();
        is_whole.then_some(NameParts { attribute, level })
    }

    /// Whether the parts are numbers or letters rather than names.
    pub(crate) fn is_code(self) -> bool {
        matches!(self, Self::Code | Self::Letter)
    }

    /// Whether the names of the attributes are in the names of the columns.
    pub(crate) fn names_attributes(self) -> bool {
        !matches!(self, Self::Code | Self::Letter | Self::LetterLabel)
    }

    /// Whether the names of the levels are in the names of the columns.
    pub(crate) fn names_levels(self) -> bool {
        !matches!(self, Self::Code | Self::Letter | Self::Stem)
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// One or two capital letters and a number: `B2`, `AA11`.
fn split_letters(code: &str) -> Option<(&str, &str)> {
    let letters = code.find(|letter: char| !letter.is_ascii_uppercase())?;
    let (attribute, level) = code.split_at_checked(letters)?;
    ((1..=2).contains(&attribute.len()) && is_number(level)).then_some((attribute, level))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(names: &[&str]) -> Option<(Pattern, Vec<String>)> {
        let (pattern, parts) = find_pattern(names, names.contains(&"BRAND1"))?;
        let parts = parts.into_iter().map(|parts| match parts {
            Some(NameParts { attribute, level }) => format!("{attribute}/{level}"),
            None => "-".to_owned(),
        });
        Some((pattern, parts.collect()))
    }

    #[test]
    fn names_are_split_into_attribute_and_level() {
        use Pattern::{Brackets, Code, Letter, LetterLabel, Separated, Stem};
        for (names, pattern, expected) in [
            (
                &["Brand: A", "Brand: B", "Price: 1"][..],
                Separated(": ", Side::First),
                &["Brand/A", "Brand/B", "Price/1"][..],
            ),
            (
                &["Size: inner: A", "Size: inner: B"],
                Separated(": ", Side::First),
                &["Size/inner: A", "Size/inner: B"],
            ),
            (
                &["B - A", "B - C-D"],
                Separated(" - ", Side::First),
                &["B/A", "B/C-D"],
            ),
            (&["A1B1", "A1B2", "A2B1"], Code, &["1/1", "1/2", "2/1"]),
            (
                &["A1: Kea", "A2: Moa: old", "B1: $2"],
                LetterLabel,
                &["A/Kea", "A/Moa: old", "B/$2"],
            ),
            (&["A1", "A2", "B1"], Letter, &["A/1", "A/2", "B/1"]),
            (&["Brand[A]", "Brand[B]"], Brackets, &["Brand/A", "Brand/B"]),
            (
                &["milk_frother_No", "milk_frother_Yes", "price_1"],
                Separated("_", Side::Last),
                &["milk_frother/No", "milk_frother/Yes", "price/1"],
            ),
            (
                &["BRAND1", "BRAND2", "PRICE_L"],
                Stem,
                &["BRAND/1", "BRAND/2", "PRICE/_L"],
            ),
        ] {
            let expected: Vec<String> = expected.iter().map(|part| (*part).to_owned()).collect();
            assert_eq!(parts(names), Some((pattern, expected)), "{names:?}");
        }
    }

    #[test]
    fn labels_without_an_attribute_fit_no_pattern() {
        for names in [
            &["Alba", "Brévia", "No", "Yes", "No", "Yes"][..],
            &["1 l", "1.5 l", "2 l"],
            &["Brand: A", "Price: 1", "Brand: B"],
            &[],
        ] {
            assert_eq!(parts(names), None, "{names:?}");
        }
    }
}
