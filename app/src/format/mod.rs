//! Numbers and names as the page writes them: rounded for reading, with the reader's separators.

mod labels;
mod money;
mod numbers;
mod separators;

pub use labels::{capitalize, cell_text, column_label, uncapitalize};
pub use money::{
    amount, attribute_unit, cost_unit, measure_change, measure_value, thousands_change,
};
pub use numbers::{
    count, decimals, file_size, fixed_decimals, group_digits, percent, percent_change,
    plain_number, points_change, signed,
};
pub use separators::{AmbiguousNumber, Separators, reader_separators, set_reader_separators};
