//! The tables of the sweeps as their author wrote them, and how their figures are shown.

use conjoint::study::ProductId;
use conjoint::study::Study;
use conjoint::sweep::{Baseline, ChangeUnit, Cost, Field, GridRowText, LockstepRowText, defaults};

use crate::text::terms::short_column_label;

/// What is swept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Analysis {
    /// One cost of several products, changed together.
    #[default]
    Lockstep,
    /// Two costs of several products, every pair of points.
    Grid,
}

/// One of the three tables: each sweep has its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One cost.
    Lockstep(Cost),
    /// Monthly cost across, upfront cost upwards.
    Grid,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 3] = [
        Self::Lockstep(Cost::Monthly),
        Self::Lockstep(Cost::Upfront),
        Self::Grid,
    ];

    /// The cost along the grid's x axis.
    pub const ACROSS: Cost = Cost::Monthly;

    /// The columns beside the product: a range, or two, with the cost that each is about.
    pub fn columns(self) -> Vec<(Cost, Field)> {
        let range = |cost| Field::RANGE.map(|field| (cost, field));
        match self {
            Self::Lockstep(cost) => range(cost).to_vec(),
            Self::Grid => [range(Self::ACROSS), range(Self::ACROSS.other())].concat(),
        }
    }

    /// A column as the table names it: by its cost where there are two.
    pub fn name_of(self, (cost, field): (Cost, Field), study: &Study) -> String {
        match self {
            Self::Lockstep(_) => field.name().to_owned(),
            Self::Grid => format!("{} {}", short_column_label(cost.name(study)), field.name()),
        }
    }

    /// The table that is there before anybody writes one.
    pub fn default_table(self, study: &Study) -> Vec<Row> {
        match self {
            Self::Lockstep(cost) => {
                let rows = defaults::lockstep_table(study, cost);
                rows.into_iter().map(Row::from).collect()
            }
            Self::Grid => defaults::grid_table(study)
                .into_iter()
                .map(Row::from)
                .collect(),
        }
    }
}

/// A row of a sweep's table, as it was written: not every text is a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The product's id.
    pub product: String,
    /// A text a column of [`Kind::columns`].
    pub texts: Vec<String>,
}

impl Row {
    /// As the model reads a lockstep's row.
    pub fn lockstep(&self) -> LockstepRowText {
        LockstepRowText {
            product: self.product.clone(),
            range: self.range(0),
        }
    }

    /// As the model reads a grid's row.
    pub fn grid(&self) -> GridRowText {
        GridRowText {
            product: self.product.clone(),
            x: self.range(0),
            y: self.range(1),
        }
    }

    /// The texts of one of the row's ranges.
    fn range(&self, axis: usize) -> [String; 4] {
        std::array::from_fn(|field| {
            self.texts
                .get(4 * axis + field)
                .cloned()
                .unwrap_or_default()
        })
    }
}

impl From<LockstepRowText> for Row {
    fn from(row: LockstepRowText) -> Self {
        Self {
            product: row.product,
            texts: row.range.to_vec(),
        }
    }
}

impl From<GridRowText> for Row {
    fn from(row: GridRowText) -> Self {
        Self {
            product: row.product,
            texts: row.x.into_iter().chain(row.y).collect(),
        }
    }
}

/// Whose figures a lockstep shows, and against what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LockstepView {
    /// By parent company; else by brand.
    pub consolidated: bool,
    /// What changes are measured from.
    pub baseline: Baseline,
}

impl LockstepView {
    /// In the order of the select.
    pub const ALL: [Self; 4] = [
        Self::new(false, Baseline::Defined),
        Self::new(true, Baseline::Defined),
        Self::new(false, Baseline::Initial),
        Self::new(true, Baseline::Initial),
    ];

    const fn new(consolidated: bool, baseline: Baseline) -> Self {
        Self {
            consolidated,
            baseline,
        }
    }

    /// As the select says it.
    pub fn label(self) -> &'static str {
        match (self.consolidated, self.baseline) {
            (false, Baseline::Defined) => "Individual, defined baseline",
            (true, Baseline::Defined) => "Consolidated, defined baseline",
            (false, Baseline::Initial) => "Individual, initial baseline",
            (true, Baseline::Initial) => "Consolidated, initial baseline",
        }
    }
}

/// How a grid's changes are shown, in the order of the select.
pub const RELATIVES: [(ChangeUnit, &str); 2] = [
    (ChangeUnit::Nominal, "Nominal"),
    (ChangeUnit::Percentage, "Percentage"),
];

/// Everything about the page "Attribute Sweep" that its user chose or wrote.
#[derive(Debug, Clone, PartialEq)]
pub struct Sweep {
    /// What is swept.
    pub analysis: Analysis,
    /// The cost of a lockstep.
    pub cost: Cost,
    /// What a lockstep's figures show.
    pub view: LockstepView,
    /// What a grid's figures show.
    pub relative: ChangeUnit,
    /// The point of "Movement at one point", from 0, where one was chosen.
    pub point: Option<usize>,
    tables: [Vec<Row>; 3],
}

/// Something that the user did on the page "Attribute Sweep".
#[derive(Debug, Clone, PartialEq)]
pub enum SweepAction {
    /// Chose what is swept.
    Analyse(Analysis),
    /// Chose the cost of a lockstep.
    Attribute(Cost),
    /// Chose what a lockstep's figures show.
    View(LockstepView),
    /// Chose what a grid's figures show.
    ChangeUnit(ChangeUnit),
    /// Chose the point whose movement is shown.
    Point(usize),
    /// Chose the product of a row.
    Product(usize, String),
    /// Committed a text in a row's column.
    Text(usize, usize, String),
    /// Added a row.
    Add(Row),
    /// Took a row away.
    Remove(usize),
    /// Wants the table back that was there at first.
    Restore,
}

impl Sweep {
    /// What is shown before anybody changes anything.
    pub fn new(study: &Study) -> Self {
        Self {
            analysis: Analysis::default(),
            cost: Cost::available_in(study).next().unwrap_or(Cost::Monthly),
            view: LockstepView::new(false, Baseline::Defined),
            relative: ChangeUnit::Nominal,
            point: None,
            tables: Kind::ALL.map(|kind| kind.default_table(study)),
        }
    }

    /// Which of the tables is worked on.
    pub fn kind(&self) -> Kind {
        match self.analysis {
            Analysis::Lockstep => Kind::Lockstep(self.cost),
            Analysis::Grid => Kind::Grid,
        }
    }

    /// The table that is worked on.
    pub fn table(&self) -> &[Row] {
        self.table_of(self.kind())
    }

    /// A table.
    pub(super) fn table_of(&self, kind: Kind) -> &[Row] {
        let [monthly, upfront, grid] = &self.tables;
        match kind {
            Kind::Lockstep(Cost::Monthly) => monthly,
            Kind::Lockstep(Cost::Upfront) => upfront,
            Kind::Grid => grid,
        }
    }

    pub(super) fn table_mut(&mut self, kind: Kind) -> &mut Vec<Row> {
        let [monthly, upfront, grid] = &mut self.tables;
        match kind {
            Kind::Lockstep(Cost::Monthly) => monthly,
            Kind::Lockstep(Cost::Upfront) => upfront,
            Kind::Grid => grid,
        }
    }

    /// Whether the tables are another sweep's.
    pub(super) fn has_tables_of(&self, other: &Self) -> bool {
        self.tables == other.tables
    }

    /// Takes the tables of another sweep over, and nothing of how it is looked at.
    pub(super) fn take_tables_of(&mut self, other: &Self) {
        self.tables.clone_from(&other.tables);
    }

    /// Empties the rows' products that are gone, so that one that takes their id is not swept.
    pub(super) fn forget(&mut self, gone: &[&ProductId]) {
        for row in self.tables.iter_mut().flatten() {
            if gone.iter().any(|id| id.as_str() == row.product) {
                row.product.clear();
            }
        }
    }

    /// Does what the user did.
    pub(super) fn apply(&mut self, study: &Study, action: SweepAction) {
        let kind = self.kind();
        match action {
            SweepAction::Analyse(analysis) => self.analysis = analysis,
            SweepAction::Attribute(cost) => self.cost = cost,
            SweepAction::View(view) => self.view = view,
            SweepAction::ChangeUnit(relative) => self.relative = relative,
            SweepAction::Point(point) => self.point = Some(point),
            SweepAction::Product(row, id) => {
                if let Some(row) = self.table_mut(kind).get_mut(row) {
                    row.product = id;
                }
            }
            SweepAction::Text(row, column, text) => {
                let row = self.table_mut(kind).get_mut(row);
                if let Some(cell) = row.and_then(|row| row.texts.get_mut(column)) {
                    *cell = text;
                }
            }
            SweepAction::Add(row) => self.table_mut(kind).push(row),
            SweepAction::Remove(row) => {
                let table = self.table_mut(kind);
                if row < table.len() {
                    table.remove(row);
                }
            }
            SweepAction::Restore => *self.table_mut(kind) = kind.default_table(study),
        }
    }
}
