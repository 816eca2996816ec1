//! Fields of the page "Attribute Sweep": its tables, and how its figures are shown.

use std::rc::Rc;

use conjoint::study::Study;
use conjoint::sweep::Cost;
use form_urlencoded::{byte_serialize, parse};

use super::field::LinkField;
use crate::state::{Analysis, CHANGE_UNITS, Kind, LockstepView, Row, Snapshot};

/// The grid, as an analysis and as a table.
const GRID: &str = "grid";

/// A table: `monthly=9:399:499:20:399` is one of its rows.
macro_rules! table {
    ($key:expr, $kind:expr) => {
        LinkField::list(
            $key,
            |snapshot| snapshot.sweep_mut().table_mut($kind).clear(),
            |snapshot, _, text| read_row(snapshot, $kind, text),
            |snapshot, _| {
                let rows = snapshot.sweep.table_of($kind).iter();
                rows.map(row_text).collect()
            },
        )
    };
}

pub(super) const FIELDS: [LinkField; 8] = [
    LinkField::new(
        "analysis",
        |snapshot, _, text| {
            snapshot.sweep_mut().analysis = (text == GRID).then_some(Analysis::Grid)?;
            Some(())
        },
        |snapshot, _| {
            let is_grid = snapshot.sweep.analysis == Analysis::Grid;
            is_grid.then(|| GRID.to_owned()).into_iter().collect()
        },
    ),
    LinkField::new("attribute", read_cost, |snapshot, _| {
        vec![snapshot.sweep.cost.column().to_owned()]
    }),
    LinkField::new(
        "view",
        |snapshot, _, text| {
            let mut views = LockstepView::ALL.into_iter();
            snapshot.sweep_mut().view = views.find(|view| view.label() == text)?;
            Some(())
        },
        |snapshot, _| vec![snapshot.sweep.view.label().to_owned()],
    ),
    LinkField::new(
        "change",
        |snapshot, _, text| {
            let mut options = CHANGE_UNITS.into_iter();
            let (unit, _) = options.find(|(_, label)| *label == text)?;
            snapshot.sweep_mut().change_unit = unit;
            Some(())
        },
        |snapshot, _| {
            let options = CHANGE_UNITS.iter();
            let chosen = options.filter(|(option, _)| *option == snapshot.sweep.change_unit);
            chosen.map(|(_, label)| (*label).to_owned()).collect()
        },
    ),
    // Links count points from 1.
    LinkField::new(
        "point",
        |snapshot, _, text| {
            let point = text.parse::<usize>().ok()?.checked_sub(1)?;
            snapshot.sweep_mut().point = Some(point);
            Some(())
        },
        |snapshot, _| {
            let point = snapshot.sweep.point.iter();
            point.map(|point| (point + 1).to_string()).collect()
        },
    ),
    table!("monthly", Kind::Lockstep(Cost::Monthly)),
    table!("upfront", Kind::Lockstep(Cost::Upfront)),
    table!(GRID, Kind::Grid),
];

fn read_cost(snapshot: &mut Snapshot, study: &Study, text: &str) -> Option<()> {
    let exists = |cost: &Cost| cost.attribute(study.schema()).is_some();
    snapshot.sweep_mut().cost = Cost::from_column(text).filter(exists)?;
    Some(())
}

/// Adds a row to a table. An empty text means a table without rows.
fn read_row(snapshot: &mut Snapshot, kind: Kind, text: &str) -> Option<()> {
    if text.is_empty() {
        return Some(());
    }
    let mut parts = text.split(':').map(unescape);
    let product = parts.next()?.trim().to_owned();
    let texts: Vec<String> = parts.collect();
    if texts.len() != kind.columns().len() {
        return None;
    }
    let sweep = Rc::make_mut(&mut snapshot.sweep);
    sweep.table_mut(kind).push(Row { product, texts });
    Some(())
}

/// A row as the command line writes it; characters that look like separators are escaped.
fn row_text(row: &Row) -> String {
    let parts = std::iter::once(&row.product).chain(&row.texts);
    let escaped = parts.map(|part| byte_serialize(part.as_bytes()).collect::<String>());
    escaped.collect::<Vec<_>>().join(":")
}

fn unescape(part: &str) -> String {
    let pair = parse(part.as_bytes()).next();
    pair.map_or(String::new(), |(text, _)| text.into_owned())
}
