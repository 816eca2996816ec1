//! Cells of tables with inputs, shared by the offers, sweeps, market conditions and the optimizer.

mod cell;
mod message;
mod product_options;
mod row_heading;

pub use cell::{
    EditableCell, NumberOptions, level_cell, number_cell, product_cell, ranged_number_cell,
};
pub use message::cell_message;
pub use product_options::{ProductOption, product_options};
pub use row_heading::{result_heading, row_heading};
