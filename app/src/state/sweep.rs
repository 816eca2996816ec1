//! The tables of the sweeps as the user wrote them, and how their figures are shown.

use conjoint::study::{ProductId, Study};
use conjoint::sweep::{Baseline, ChangeUnit, Cost, Field, GridRowText, LockstepRowText, defaults};

/// What is swept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Analysis {
    /// One cost of several products, changed together.
    #[default]
    Lockstep,
    /// Two costs of several products, at every pair of points.
    Grid,
}

/// One of the three tables; each sweep has its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One cost.
    Lockstep(Cost),
    /// Monthly cost along x, upfront cost along y.
    Grid,
}

impl Kind {
    /// All tables.
    pub const ALL: [Self; 3] = [
        Self::Lockstep(Cost::Monthly),
        Self::Lockstep(Cost::Upfront),
        Self::Grid,
    ];

    /// The cost along the grid's x axis.
    pub const ACROSS: Cost = Cost::Monthly;

    /// The columns after the product: the fields of one range or of two, each with its cost.
    pub fn columns(self) -> Vec<(Cost, Field)> {
        let range = |cost| Field::RANGE.map(|field| (cost, field));
        match self {
            Self::Lockstep(cost) => range(cost).to_vec(),
            Self::Grid => [range(Self::ACROSS), range(Self::ACROSS.other())].concat(),
        }
    }

    /// The table that is shown at first.
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

/// A row of a sweep's table as the user wrote it: not every text is a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The product's id.
    pub product: String,
    /// A text for each column of [`Kind::columns`].
    pub texts: Vec<String>,
}

impl Row {
    /// The row as the model reads it for a lockstep.
    pub fn lockstep(&self) -> LockstepRowText {
        LockstepRowText {
            product: self.product.clone(),
            range: self.range(0),
        }
    }

    /// The row as the model reads it for a grid.
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

/// How a lockstep's figures are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LockstepView {
    /// Whether brands are added up by parent company.
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

    /// The text of its option.
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
pub const CHANGE_UNITS: [(ChangeUnit, &str); 2] = [
    (ChangeUnit::Nominal, "Nominal"),
    (ChangeUnit::Percentage, "Percentage"),
];

/// The tables and options of the page "Attribute Sweep".
#[derive(Debug, Clone, PartialEq)]
pub struct Sweep {
    /// What is swept.
    pub analysis: Analysis,
    /// The cost of a lockstep.
    pub cost: Cost,
    /// How a lockstep's figures are shown.
    pub view: LockstepView,
    /// How a grid's changes are shown.
    pub change_unit: ChangeUnit,
    /// The point of "Movement at one point", from 0; `None` until one is chosen.
    pub point: Option<usize>,
    tables: [Vec<Row>; 3],
}

/// Something that the user did on the page "Attribute Sweep".
#[derive(Debug, Clone, PartialEq)]
pub enum SweepAction {
    /// Chose what is swept.
    Analyze(Analysis),
    /// Chose the cost of a lockstep.
    Attribute(Cost),
    /// Chose how a lockstep's figures are shown.
    View(LockstepView),
    /// Chose how a grid's changes are shown.
    ChangeUnit(ChangeUnit),
    /// Chose the point whose movement is shown.
    Point(usize),
    /// Chose the product of a row.
    Product(usize, String),
    /// Committed a text in a row's column.
    Text(usize, usize, String),
    /// Added a row.
    Add(Row),
    /// Removed a row.
    Remove(usize),
    /// Restored the table that is shown at first.
    Restore,
}

impl Sweep {
    /// The default tables and options.
    pub fn new(study: &Study) -> Self {
        Self {
            analysis: Analysis::default(),
            cost: Cost::available_in(study).next().unwrap_or(Cost::Monthly),
            view: LockstepView::new(false, Baseline::Defined),
            change_unit: ChangeUnit::Nominal,
            point: None,
            tables: Kind::ALL.map(|kind| kind.default_table(study)),
        }
    }

    /// Which table the page shows.
    pub fn kind(&self) -> Kind {
        match self.analysis {
            Analysis::Lockstep => Kind::Lockstep(self.cost),
            Analysis::Grid => Kind::Grid,
        }
    }

    /// The table that the page shows.
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

    /// Whether the tables are equal to those of another sweep.
    pub(super) fn has_same_tables(&self, other: &Self) -> bool {
        self.tables == other.tables
    }

    /// Copies the tables of another sweep, but not how they are shown.
    pub(super) fn copy_tables(&mut self, other: &Self) {
        self.tables.clone_from(&other.tables);
    }

    /// Removes products that are gone from the rows, so that another product with the same id is not
    /// swept.
    pub(super) fn forget(&mut self, gone: &[&ProductId]) {
        for row in self.tables.iter_mut().flatten() {
            if gone.iter().any(|id| id.as_str() == row.product) {
                row.product.clear();
            }
        }
    }

    /// Applies an action.
    pub(super) fn apply(&mut self, study: &Study, action: SweepAction) {
        let kind = self.kind();
        match action {
            SweepAction::Analyze(analysis) => self.analysis = analysis,
            SweepAction::Attribute(cost) => self.cost = cost,
            SweepAction::View(view) => self.view = view,
            SweepAction::ChangeUnit(unit) => self.change_unit = unit,
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
