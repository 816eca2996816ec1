//! The sheets of a workbook: the page's inputs, then its tables. Pure, tested without a browser.

use conjoint::index_vec::{AttributeIndex, ProductIndex};
use conjoint::report::{Cell, Column, Table};
use conjoint::study;

use crate::charts::file_stem;
use crate::format::{attribute_unit, column_label};
use crate::state::{Analysis, Kind, Page, State};
use crate::text::terms::sweep_column_label;

/// The largest number of characters in a cell of Excel.
const MAX_CELL_LENGTH: usize = 32_767;

/// What the sheet of inputs contains besides the state.
pub struct Source {
    /// The link that restores the page; left out if it is too long for a cell.
    pub link: String,
    /// Whether the sweep's figures are older than its table.
    pub older: bool,
}

/// The workbook's name: "electric-vehicle-leases-attribute-sweep.xlsx".
pub fn name(state: &State) -> String {
    let title = &state.study().settings().title;
    format!(
        "{}.xlsx",
        file_stem(&format!("{title} {}", state.page().title()))
    )
}

/// All sheets: the inputs, then the page's tables in order.
pub fn sheets(state: &State, source: &Source, tables: Vec<Table>) -> Vec<Table> {
    let inputs = inputs(state, source, &tables);
    std::iter::once(inputs)
        .chain(tables.into_iter().map(sheet))
        .collect()
}

/// A table as a sheet. If all categories are numbers, such as a sweep's points, they become numbers.
fn sheet(mut table: Table) -> Table {
    let categories = table.rows.iter().map(|row| row.first().and_then(number));
    let numbers: Option<Vec<f64>> = categories.collect();
    for (row, number) in table.rows.iter_mut().zip(numbers.unwrap_or_default()) {
        if let Some(category) = row.first_mut() {
            *category = Cell::exact(number);
        }
    }
    table
}

/// The inputs of the tables: one row per input.
fn inputs(state: &State, source: &Source, tables: &[Table]) -> Table {
    let row = |of: &str, input: &str, value: &str| {
        vec![
            Cell::text(of),
            Cell::text(input),
            Cell::text(value),
            Cell::Empty,
        ]
    };
    let mut rows = vec![
        row("study", "title", &state.study().settings().title),
        row("study", "digest", state.digest()),
        row("page", "title", state.page().title()),
    ];
    if source.link.len() <= MAX_CELL_LENGTH {
        rows.push(row("page", "link", &source.link));
    }
    let described = tables.iter().filter(|it| !it.note.is_empty());
    rows.extend(described.map(|it| row("figure", &it.title, &it.note)));
    rows.push(row("method", "rule", state.model().rule.label()));
    let settings = state.choice_model_fields().into_iter();
    let settings = settings.filter(|(key, _)| *key != "rule");
    rows.extend(settings.map(|(key, value)| row("method", key, &value)));
    for product in state.edits().scenario().offers().indices() {
        rows.extend(offer(state, product));
    }
    if state.page() == Page::Sweep {
        rows.extend(sweep(state, source.older));
    }
    let columns = ["of", "input", "value", "the study's own, where edited"];
    let mut table = Table::new("Inputs", columns.map(Column::new));
    table.rows = rows;
    table
}

/// An offer: whether it is on the market, and its values.
fn offer(state: &State, product: ProductIndex) -> Vec<Vec<Cell>> {
    let (study, edits) = (state.study(), state.edits());
    let (schema, scenario) = (study.schema(), edits.scenario());
    let offer = &scenario.offers()[product];
    let own = &study.offers()[scenario.origin(product)];
    let of = format!("offer {}, {}", offer.id, study.name_of(offer));
    let row = |input: String, value, own: Option<Cell>| {
        vec![
            Cell::text(&of),
            Cell::text(&input),
            value,
            own.unwrap_or(Cell::Empty),
        ]
    };
    let market_text = |withdrawn| Cell::text(if withdrawn { "withdrawn" } else { "offered" });
    let was = (offer.withdrawn != own.withdrawn).then(|| market_text(own.withdrawn));
    let market = row("market".to_owned(), market_text(offer.withdrawn), was);
    let copied = scenario.is_added(product).then(|| {
        let origin = format!("offer {}, {}", own.id, study.name_of(own));
        row("added as a copy of".to_owned(), Cell::text(&origin), None)
    });
    let value = |index: AttributeIndex, cell| match cell {
        study::Cell::Number(value) => Cell::exact(value),
        _ => match schema.attributes()[index].write(cell).as_str() {
            "" => Cell::text("none"),
            level => Cell::text(level),
        },
    };
    let cells = schema.attributes().indices().map(|index| {
        let name = column_label(&schema.attributes()[index].name);
        let input = match attribute_unit(schema, index, study.settings()) {
            Some(unit) => format!("{name}, {unit}"),
            None => name,
        };
        let was = edits.original(study, product, index);
        let was = was.map(|cell| value(index, cell));
        row(input, value(index, offer.cells[index]), was)
    });
    std::iter::once(market).chain(copied).chain(cells).collect()
}

/// A sweep's table as the user wrote it.
fn sweep(state: &State, older: bool) -> Vec<Vec<Cell>> {
    let (sweep, scenario) = (state.sweep(), state.edits().scenario());
    let row =
        |of: &str, input: &str, value| vec![Cell::text(of), Cell::text(input), value, Cell::Empty];
    let analysis = match sweep.analysis {
        Analysis::Lockstep => "Lockstep",
        Analysis::Grid => "Attribute grid",
    };
    let mut rows = vec![row("sweep", "analysis", Cell::text(analysis))];
    if let Kind::Lockstep(cost) = sweep.kind() {
        rows.push(row(
            "sweep",
            "attribute",
            Cell::text(column_label(cost.column())),
        ));
    }
    if older {
        let status = Cell::text("older than the table that follows");
        rows.push(row("sweep", "figures", status));
    }
    for (place, swept) in sweep.table().iter().enumerate() {
        let of = format!("sweep, row {}", place + 1);
        let product = scenario.find(&swept.product);
        let offer = product.and_then(|product| scenario.offers().get(product));
        let name = offer.map(|offer| state.study().name_of(offer));
        rows.push(row(&of, "product", Cell::text(name.unwrap_or_default())));
        let columns = sweep.kind().columns().into_iter().zip(&swept.texts);
        rows.extend(columns.map(|(column, written)| {
            let value = Cell::text(written);
            let value = number(&value).map_or(value, Cell::exact);
            let label = sweep_column_label(sweep.kind(), column, state.study());
            row(&of, &label, value)
        }));
    }
    rows
}

/// The number in a text, if the text is how the page writes it: "399", but not "0399" or "NaN".
fn number(cell: &Cell) -> Option<f64> {
    let Cell::Text(text) = cell else { return None };
    let number = text.parse::<f64>().ok().filter(|it| it.is_finite())?;
    (number.to_string() == *text).then_some(number)
}

#[cfg(test)]
mod tests;
