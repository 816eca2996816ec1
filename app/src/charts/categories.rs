//! The names along a category axis.

use plotly::layout::{Axis, AxisType};
use std::collections::HashSet;

/// Places on an axis that are many; beside one another they have room neither for a name each
/// nor for anything to read in each.
pub const MANY: usize = 30;

/// Names on an axis of many places, at most.
const TICKS: usize = 15;

/// Names along an axis and what else is known of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Categories {
    /// In order.
    pub names: Vec<String>,
    /// The axis' title: "monthly cost of Tesla Model 3, $ a month"; without it the names speak
    /// for themselves.
    pub title: Option<String>,
    /// A further line of the hover text, as many as there are names: "Tesla Model S 900, Tesla
    /// Model X 999". None, or empty ones, say nothing.
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

/// A name as an axis says it: a number with the reader's separator, which the table has not.
pub fn read_as(name: &str, number: bool) -> String {
    if number {
        crate::format::reader_separators().localize(name)
    } else {
        name.to_owned()
    }
}

/// An axis of so many categories. Where they are many it names some of them, evenly, and more as
/// the reader zooms in.
pub fn axis(count: usize) -> Axis {
    // A category axis even where every category is a number, such as a sweep's point.
    let axis = Axis::new().type_(AxisType::Category);
    if count > MANY {
        axis.n_ticks(TICKS)
    } else {
        axis
    }
}

/// The names, a repeated one with a number behind: to plotly.js two categories of one name, such
/// as an offer and its copy, are one.
pub fn distinct<'n>(names: impl Iterator<Item = &'n str> + Clone) -> Vec<String> {
    let mut taken: HashSet<String> = HashSet::new();
    let given: HashSet<&str> = names.clone().collect();
    let mut own = |name: &str| {
        if taken.insert(name.to_owned()) {
            return name.to_owned();
        }
        let numbered = (2..).map(|number: u32| format!("{name} ({number})"));
        let mut free = numbered.filter(|name| !given.contains(name.as_str()));
        let found = free.find(|name| taken.insert(name.clone()));
        found.unwrap_or_else(|| name.to_owned())
    };
    names.map(&mut own).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_of_many_names_some() {
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
