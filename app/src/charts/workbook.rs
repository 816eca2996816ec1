//! The sheets of a workbook: the page's inputs, then its tables. Pure, tested without a browser.

use conjoint::index_vec::{AttributeIndex, ProductIndex};
use worker::protocol::{Sheet, Value};

use crate::charts::{Cell, DataTable, FigureTable, file_stem};
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
pub fn sheets(state: &State, source: &Source, tables: &[FigureTable]) -> Vec<Sheet> {
    let mut sheets = vec![inputs(state, source, tables)];
    sheets.extend(tables.iter().map(|it| sheet(&it.title, &it.table)));
    sheets
}

/// A table as a sheet. If all categories are numbers, such as a sweep's points, they become numbers.
fn sheet(title: &str, table: &DataTable) -> Sheet {
    let categories: Vec<_> = table.rows.iter().map(|row| row.category.as_str()).collect();
    let are_numbers = categories.iter().all(|text| number(text).is_some());
    let rows = table.rows.iter().zip(categories).map(|(row, category)| {
        let category = match number(category).filter(|_| are_numbers) {
            Some(number) => Value::Number(number),
            None => text(category),
        };
        let cells = row.cells.iter().map(|cell| match cell {
            Cell::Number(value) => Value::Number(*value),
            Cell::Text(words) => text(words),
            Cell::Empty => Value::Empty,
        });
        std::iter::once(category).chain(cells).collect()
    });
    Sheet {
        title: title.to_owned(),
        unit: table.unit.clone(),
        header: table.header().map(str::to_owned).collect(),
        rows: rows.collect(),
    }
}

/// The inputs of the tables: one row per input.
fn inputs(state: &State, source: &Source, tables: &[FigureTable]) -> Sheet {
    let row =
        |of: &str, input: &str, value: &str| vec![text(of), text(input), text(value), Value::Empty];
    let mut rows = vec![
        row("study", "title", &state.study().settings().title),
        row("study", "digest", state.digest()),
        row("page", "title", state.page().title()),
    ];
    if source.link.len() <= MAX_CELL_LENGTH {
        rows.push(row("page", "link", &source.link));
    }
    let described = tables.iter().filter(|it| !it.description.is_empty());
    rows.extend(described.map(|it| row("figure", &it.title, &it.description)));
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
    Sheet {
        title: "Inputs".to_owned(),
        unit: String::new(),
        header: ["of", "input", "value", "the study's own, where edited"]
            .map(str::to_owned)
            .to_vec(),
        rows,
    }
}

/// An offer: whether it is on the market, and its values.
fn offer(state: &State, product: ProductIndex) -> Vec<Vec<Value>> {
    let (study, edits) = (state.study(), state.edits());
    let (schema, scenario) = (study.schema(), edits.scenario());
    let offer = &scenario.offers()[product];
    let own = &study.offers()[scenario.origin(product)];
    let of = format!("offer {}, {}", offer.id, study.name_of(offer));
    let row = |input: String, value, own: Option<Value>| {
        vec![text(&of), text(&input), value, own.unwrap_or(Value::Empty)]
    };
    let market_text = |withdrawn| text(if withdrawn { "withdrawn" } else { "offered" });
    let was = (offer.withdrawn != own.withdrawn).then(|| market_text(own.withdrawn));
    let market = row("market".to_owned(), market_text(offer.withdrawn), was);
    let copied = scenario.is_added(product).then(|| {
        let origin = format!("offer {}, {}", own.id, study.name_of(own));
        row("added as a copy of".to_owned(), text(&origin), None)
    });
    let value = |index: AttributeIndex, cell| match cell {
        conjoint::study::Cell::Number(value) => Value::Number(value),
        _ => match schema.attributes()[index].write(cell).as_str() {
            "" => text("none"),
            level => text(level),
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
fn sweep(state: &State, older: bool) -> Vec<Vec<Value>> {
    let (sweep, scenario) = (state.sweep(), state.edits().scenario());
    let row = |of: &str, input: &str, value| vec![text(of), text(input), value, Value::Empty];
    let analysis = match sweep.analysis {
        Analysis::Lockstep => "Lockstep",
        Analysis::Grid => "Attribute grid",
    };
    let mut rows = vec![row("sweep", "analysis", text(analysis))];
    if let Kind::Lockstep(cost) = sweep.kind() {
        rows.push(row(
            "sweep",
            "attribute",
            text(&column_label(cost.column())),
        ));
    }
    if older {
        let status = text("older than the table that follows");
        rows.push(row("sweep", "figures", status));
    }
    for (place, swept) in sweep.table().iter().enumerate() {
        let of = format!("sweep, row {}", place + 1);
        let product = scenario.find(&swept.product);
        let offer = product.and_then(|product| scenario.offers().get(product));
        let name = offer.map(|offer| state.study().name_of(offer));
        rows.push(row(&of, "product", text(&name.unwrap_or_default())));
        let columns = sweep.kind().columns().into_iter().zip(&swept.texts);
        rows.extend(columns.map(|(column, written)| {
            let value = number(written).map_or_else(|| text(written), Value::Number);
            let label = sweep_column_label(sweep.kind(), column, state.study());
            row(&of, &label, value)
        }));
    }
    rows
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// The number in a text, if the text is how the page writes it: "399", but not "0399" or "NaN".
fn number(text: &str) -> Option<f64> {
    let number = text.parse::<f64>().ok().filter(|it| it.is_finite())?;
    (number.to_string() == text).then_some(number)
}

#[cfg(test)]
mod tests;
