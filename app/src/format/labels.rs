//! Names of columns, and texts of cells.

use conjoint::study::{Attribute, Cell};

use super::numbers::plain_number;

/// A column's name as people say it: "monthly cost" for "monthly_cost".
pub fn column_label(column: &str) -> String {
    column.replace('_', " ")
}

/// An offer's value of an attribute.
pub fn cell_text(attribute: &Attribute, cell: Cell) -> String {
    match cell {
        Cell::Number(value) => plain_number(value),
        _ => attribute.write(cell),
    }
}

/// The text with a capital first letter, as a sentence or a title begins. Only ASCII letters change:
/// the page's own words are English, and the tables for all other scripts would be a fiftieth of the
/// Wasm.
pub fn capitalize(text: &str) -> String {
    change_initial(text, str::make_ascii_uppercase)
}

/// The text with a small first letter, as it continues a sentence.
pub fn uncapitalize(text: &str) -> String {
    change_initial(text, str::make_ascii_lowercase)
}

fn change_initial(text: &str, change: impl Fn(&mut str)) -> String {
    let mut text = text.to_owned();
    if let Some(initial) = text.get_mut(..1) {
        change(initial);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_named_with_spaces() {
        assert_eq!(column_label("monthly_cost"), "monthly cost");
    }

    #[test]
    fn only_the_first_letter_changes() {
        assert_eq!(
            capitalize("monthly cost of Kia Soul"),
            "Monthly cost of Kia Soul"
        );
        assert_eq!(uncapitalize("Share of Kia"), "share of Kia");
        assert_eq!(uncapitalize("Élan of VW"), "Élan of VW");
        assert_eq!(capitalize(""), "");
    }
}
