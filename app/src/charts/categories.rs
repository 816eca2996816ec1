//! The names along a category axis.

use plotly::layout::{Axis, AxisType};
use std::collections::HashSet;

use crate::format::reader_separators;

/// More places than this have no room for a name each, nor for a label in each.
pub const MANY: usize = 30;

/// The largest number of names on an axis of many places.
const MAX_TICKS: usize = 15;

/// The categories along an axis.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Categories {
    /// In order.
    pub names: Vec<String>,
    /// The title of an axis of numbers: "monthly cost of Tesla Model 3, $ a month". An axis of names
    /// has none.
    pub title: Option<String>,
    /// A further line of each hover text: "Tesla Model S 900, Tesla Model X 999". Empty, or as many
    /// as there are names, of which some may be empty.
    pub details: Vec<String>,
}

impl FromIterator<String> for Categories {
    fn from_iter<T: IntoIterator<Item = String>>(names: T) -> Self {
        Self {
            names: names.into_iter().collect(),
            ..Self::default()
        }
    }
}

/// A name as the axis shows it: a number has the reader's decimal separator.
pub fn localized(name: &str, is_number: bool) -> String {
    if is_number {
        reader_separators().localize(name)
    } else {
        name.to_owned()
    }
}

/// An axis of `count` categories. If they are many, it names some of them, evenly spaced, and more
/// as the reader zooms in.
pub fn axis(count: usize) -> Axis {
    // A category axis even where every category is a number, such as a sweep's point.
    let axis = Axis::new().type_(AxisType::Category);
    if count > MANY {
        axis.n_ticks(MAX_TICKS)
    } else {
        axis
    }
}

/// The names, with a number after each repetition: plotly.js takes two categories of the same name,
/// such as an offer and its copy, for one.
pub fn distinct<'n>(names: impl Iterator<Item = &'n str> + Clone) -> Vec<String> {
    let mut used: HashSet<String> = HashSet::new();
    let given: HashSet<&str> = names.clone().collect();
    let mut make_distinct = |name: &str| {
        if used.insert(name.to_owned()) {
            return name.to_owned();
        }
        let numbered = (2..).map(|number: u32| format!("{name} ({number})"));
        let mut free = numbered.filter(|name| !given.contains(name.as_str()));
        let found = free.find(|name| used.insert(name.clone()));
        found.unwrap_or_else(|| name.to_owned())
    };
    names.map(&mut make_distinct).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_of_many_categories_names_some() {
        let ticks = |count: usize| {
            let axis = serde_json::to_value(axis(count)).unwrap();
            axis["nticks"].as_u64()
        };
        assert_eq!([ticks(MANY), ticks(MANY + 1)], [None, Some(15)]);
    }

    #[test]
    fn repeated_names_get_a_free_number() {
        let names = ["Kia Soul", "Kia Soul", "Kia Soul (2)", "Kia Soul", "VW up!"];
        assert_eq!(
            distinct(names.into_iter()),
            [
                "Kia Soul",
                "Kia Soul (3)",
                "Kia Soul (2)",
                "Kia Soul (4)",
                "VW up!"
            ]
        );
    }
}
