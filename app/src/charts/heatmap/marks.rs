//! Marked cells of a heatmap.

use super::{Heatmap, edges, shape};
use plotly::common::{Anchor, DashType, Font};
use plotly::layout::{Annotation, Shape, ShapeLine, ShapeType};

/// A cell to mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// The row's place.
    pub row: usize,
    /// The column's place.
    pub column: usize,
    /// Why it is marked.
    pub kind: MarkKind,
}

/// Why a cell is marked. The marks are distinguishable without colors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkKind {
    /// The cell that the reader chose: a colored outline.
    Chosen,
    /// The best cell: a star and a thick outline.
    Best,
    /// What differences are measured from: a diamond and a dashed outline.
    Baseline,
}

/// The complement of the sequential scale's colors.
const CHOSEN: &str = "#e6550d";

/// Together they are visible on cells of any color, on a light and on a dark page.
const BLACK: &str = "#000000";
const WHITE: &str = "#ffffff";

/// The distances from a cell's corner to its badge, and from a small cell to its name, in pixels.
const INSET: f64 = 5.0;
const DISTANCE: f64 = 34.0;

impl MarkKind {
    /// In the order drawn: a later mark covers an earlier one.
    const ALL: [Self; 3] = [Self::Chosen, Self::Best, Self::Baseline];

    /// Its sign.
    fn sign(self) -> Option<&'static str> {
        match self {
            Self::Chosen => None,
            Self::Best => Some("★"),
            Self::Baseline => Some("◇"),
        }
    }

    /// Its sign and a word.
    fn name(self) -> Option<&'static str> {
        match self {
            Self::Chosen => None,
            Self::Best => Some("★ best"),
            Self::Baseline => Some("◇ baseline"),
        }
    }

    /// Lines around a cell, from the lowest to the topmost.
    fn lines(self) -> Vec<ShapeLine> {
        let line = |color: &str, width: f64| ShapeLine::new().color(color.to_owned()).width(width);
        match self {
            Self::Chosen => vec![line(CHOSEN, 3.0)],
            Self::Best => vec![line(WHITE, 6.0), line(BLACK, 4.0)],
            // White dashes on black, which are black dashes on white.
            Self::Baseline => vec![line(BLACK, 3.0), line(WHITE, 2.0).dash(DashType::Dash)],
        }
    }
}

/// The marks on cells that exist, in the order drawn.
fn drawn(map: &Heatmap) -> impl Iterator<Item = Mark> + '_ {
    let (rows, columns) = (map.rows.labels.len(), map.columns.labels.len());
    let inside = move |mark: &&Mark| mark.row < rows && mark.column < columns;
    let marks_of = move |kind| map.marks.iter().filter(move |mark| mark.kind == kind);
    MarkKind::ALL
        .into_iter()
        .flat_map(marks_of)
        .filter(inside)
        .copied()
}

/// The outlines of the marked cells.
pub(super) fn outlines(map: &Heatmap) -> impl Iterator<Item = Shape> + '_ {
    drawn(map).flat_map(|mark| {
        let cell = move || shape(ShapeType::Rect, edges(mark.column), edges(mark.row));
        let lines = mark.kind.lines().into_iter();
        lines.map(move |line| cell().line(line))
    })
}

/// The signs of the marked cells: in a corner of the cell if cells are `large` enough for labels,
/// otherwise next to it and with a name, because a cell may be only a few pixels wide.
pub(super) fn signs(map: &Heatmap, large: bool) -> Vec<Annotation> {
    let sign = |mark: Mark| {
        let (sign, name) = (mark.kind.sign()?, mark.kind.name()?);
        let badge = Annotation::new()
            .font(Font::new().size(11).color(BLACK))
            .background_color(WHITE)
            .border_color(BLACK)
            .border_pad(1.0);
        Some(if large {
            corner(badge.text(sign), mark, map)
        } else {
            callout(badge.text(name), mark, map)
        })
    };
    drawn(map).filter_map(sign).collect()
}

/// A badge in a corner: the best in the upper left one and the baseline in the lower right one,
/// because both may be the same cell.
fn corner(badge: Annotation, mark: Mark, map: &Heatmap) -> Annotation {
    let upper_left = mark.kind == MarkKind::Best;
    let ([left, right], [bottom, top]) = (edges(mark.column), map.vertical_edges(mark.row));
    let (x, y, right_by, up_by) = if upper_left {
        (left, top, INSET, -INSET)
    } else {
        (right, bottom, -INSET, INSET)
    };
    badge
        .x(x)
        .y(y)
        .x_shift(right_by)
        .y_shift(up_by)
        .show_arrow(false)
        .x_anchor(Anchor::Center)
        .y_anchor(Anchor::Middle)
}

/// A badge towards the middle of the map, where there is room. The baseline's is farther away than
/// the best's, because both may be the same cell.
fn callout(badge: Annotation, mark: Mark, map: &Heatmap) -> Annotation {
    let (rows, columns) = (map.rows.labels.len(), map.columns.labels.len());
    let left_half = 2 * mark.column < columns;
    let upper_half = (2 * mark.row < rows) == (map.first_row == super::FirstRow::Top);
    let far = if mark.kind == MarkKind::Best {
        1.0
    } else {
        2.0
    };
    let towards = |positive: bool| if positive { DISTANCE } else { -DISTANCE };
    badge
        .x(mark.column as f64)
        .y(mark.row as f64)
        .ax(towards(left_half))
        .ay(far * towards(upper_half))
        .show_arrow(true)
        .arrow_head(0)
        .arrow_width(1.5)
}

/// The remarks in the hover texts of cells with an interval or a mark: rows up to the last such cell, and
/// in each texts up to its last one.
pub(super) fn remarks(map: &Heatmap) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut add = |row: usize, column: usize, text: String| {
        if rows.len() <= row {
            rows.resize(row + 1, Vec::new());
        }
        let row = &mut rows[row];
        if row.len() <= column {
            row.resize(column + 1, String::new());
        }
        row[column] += &text;
    };
    for (row, intervals) in map.intervals.iter().enumerate() {
        for (column, interval) in intervals.iter().enumerate() {
            if let Some(interval) = interval {
                let [low, high] = [interval.low, interval.high].map(|end| map.scale.label(end, 2));
                add(row, column, format!("<br>90 % interval: {low} to {high}"));
            }
        }
    }
    for mark in drawn(map) {
        if let Some(name) = mark.kind.name() {
            add(mark.row, mark.column, format!("<br>{name}"));
        }
    }
    rows
}

/// What the signs mean, for the note under the chart.
pub(super) fn legend(map: &Heatmap) -> Option<String> {
    let meaning = |kind: MarkKind| match kind {
        MarkKind::Chosen => None,
        MarkKind::Best => Some("★, thick outline: best"),
        MarkKind::Baseline => Some("◇, dashed outline: baseline"),
    };
    let mut kinds: Vec<_> = drawn(map).map(|mark| mark.kind).collect();
    kinds.dedup();
    let meanings: Vec<_> = kinds.into_iter().filter_map(meaning).collect();
    (!meanings.is_empty()).then(|| meanings.join(" · "))
}
