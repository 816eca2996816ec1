//! The names along a category axis.

use plotly::layout::{Axis, AxisType};
use std::collections::HashSet;

use super::trace::Values;
use crate::format::{reader_separators, shorten};

/// More places than this have no room for a name each, nor for a label in each.
pub const MANY: usize = 30;

/// The largest number of names on an axis of many places.
const MAX_TICKS: usize = 15;

/// The width of the longest name along an axis, in letters.
const MAX_NAME: usize = 24;

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

/// Names as an axis shows them: each is different, and a long one is cut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AxisNames {
    shown: Vec<String>,
    /// The whole names, if any of them is cut.
    whole: Option<Vec<String>>,
}

impl AxisNames {
    /// The names along an axis, in order, of which it has little room for each.
    pub fn new<'n>(names: impl Iterator<Item = &'n str> + Clone) -> Self {
        Self::with_format(names, |name| shorten(name, MAX_NAME).into_owned())
    }

    /// The names along an axis, in order, as `format` writes them.
    pub fn with_format<'n>(
        names: impl Iterator<Item = &'n str> + Clone,
        format: impl Fn(&str) -> String,
    ) -> Self {
        let whole = distinct(names);
        let formatted: Vec<_> = whole.iter().map(|name| format(name)).collect();
        let shown = distinct(formatted.iter().map(String::as_str));
        let is_cut = shown != whole;
        Self {
            shown,
            whole: is_cut.then_some(whole),
        }
    }

    /// Whether a name is cut.
    pub fn is_cut(&self) -> bool {
        self.whole.is_some()
    }

    /// The number of names.
    pub fn len(&self) -> usize {
        self.shown.len()
    }

    /// The places of a trace's points.
    pub fn places(&self) -> Values {
        Values::Texts(self.shown.clone())
    }

    /// The custom data of a trace's points: the whole names; `None` if the axis shows them.
    pub fn whole(&self) -> Option<Values> {
        self.whole.clone().map(Values::Texts)
    }

    /// The placeholder of a point's whole name in a hover text: that of the axis, or of the custom data.
    pub fn placeholder(&self, on_axis: &'static str) -> &'static str {
        match self.whole {
            Some(_) => "%{customdata}",
            None => on_axis,
        }
    }

    /// The whole name of a place.
    pub fn name(&self, place: usize) -> &str {
        let names = self.whole.as_ref().unwrap_or(&self.shown);
        names.get(place).map_or("", String::as_str)
    }
}

/// The names, with a number after each repetition: plotly.js takes two categories of the same name,
/// such as an offer and its copy, for one.
fn distinct<'n>(names: impl Iterator<Item = &'n str> + Clone) -> Vec<String> {
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
    fn long_names_are_cut_and_stay_different() {
        let names = [
            "Kia Soul",
            "Kia Corporation Europe, Niro with the Winter Package",
            "Kia Corporation Europe, Niro with the Sports Package",
            "Kia Corporation Europe, Soul with the Winter Package",
        ];
        let axis = AxisNames::new(names.into_iter());
        assert_eq!(
            axis.shown,
            [
                "Kia Soul",
                "Kia Corporat…ter Package",
                "Kia Corporat…rts Package",
                "Kia Corporat…ter Package (2)"
            ]
        );
        assert!(axis.is_cut());
        assert_eq!(axis.placeholder("%{x}"), "%{customdata}");
        assert_eq!(axis.name(3), names[3]);
        assert_eq!(axis.name(4), "");
    }

    #[test]
    fn short_names_are_shown_as_they_are() {
        let axis = AxisNames::new(["Kia Soul", "Kia Soul"].into_iter());
        assert!(!axis.is_cut() && axis.whole().is_none());
        assert_eq!(axis.placeholder("%{x}"), "%{x}");
        assert_eq!([axis.name(0), axis.name(1)], ["Kia Soul", "Kia Soul (2)"]);
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
