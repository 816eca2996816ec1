//! The design of a survey as numbers: per respondent a block of alternatives, one parameter after
//! another, so that the sampler runs through memory in order.

use super::coding::CodingPlan;
use super::tasks::{ChoiceSurvey, ChoiceTask};

/// The design of the observations of one respondent after another.
///
/// A task is one observation; a dual-response task is two: the choice among its concepts, and the chosen
/// concept against None.
#[derive(Clone, Debug, PartialEq)]
pub struct ChoiceDesign {
    /// How many parameters there are.
    pub width: usize,
    /// The designs of all respondents: `width` columns of `rows` numbers each.
    x: Vec<f64>,
    /// The share of the answer that each row got.
    answer: Vec<f64>,
    /// The row after the last of each observation, counted within its respondent.
    ends: Vec<u32>,
    respondents: Vec<Extent>,
}

/// Where the numbers of a respondent are.
#[derive(Clone, Debug, PartialEq)]
struct Extent {
    x: usize,
    row: usize,
    rows: usize,
    end: usize,
    observations: usize,
    weight: f64,
}

/// The design of a respondent.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Block<'d> {
    /// One column of `rows` numbers per parameter.
    pub(crate) x: &'d [f64],
    pub(crate) answer: &'d [f64],
    pub(crate) ends: &'d [u32],
    pub(crate) weight: f64,
}

impl Block<'_> {
    /// How many alternatives there are in all observations.
    pub(crate) fn rows(&self) -> usize {
        self.answer.len()
    }

    /// The columns of the design.
    pub(crate) fn columns(&self) -> std::slice::ChunksExact<'_, f64> {
        self.x.chunks_exact(self.answer.len().max(1))
    }

    /// The utilities `X b` of all rows at parameters `b`, added to `utilities`.
    pub(crate) fn add_utilities(&self, b: &[f64], utilities: &mut [f64]) {
        let rows = self.rows().max(1);
        // Four columns at a time read and write the utilities once instead of four times.
        let (fours, rest) = b.as_chunks::<4>();
        let mut x = self.x;
        for [b0, b1, b2, b3] in fours {
            let Some((columns, behind)) = x.split_at_checked(4 * rows) else {
                return;
            };
            x = behind;
            let (one, others) = columns.split_at(rows);
            let (two, others) = others.split_at(rows);
            let (three, four) = others.split_at(rows);
            for ((((utility, x0), x1), x2), x3) in
                utilities.iter_mut().zip(one).zip(two).zip(three).zip(four)
            {
                *utility += (b0 * x0 + b1 * x1) + (b2 * x2 + b3 * x3);
            }
        }
        for (column, parameter) in x.chunks_exact(rows).zip(rest) {
            for (utility, x) in utilities.iter_mut().zip(column) {
                *utility += parameter * x;
            }
        }
    }

    /// The rows of each observation.
    pub(crate) fn observations(&self) -> impl Iterator<Item = std::ops::Range<usize>> {
        let mut start = 0;
        self.ends.iter().map(move |end| {
            let range = start..*end as usize;
            start = *end as usize;
            range
        })
    }
}

impl ChoiceDesign {
    /// The design of the tasks to estimate from.
    pub fn new(survey: &ChoiceSurvey, plan: &CodingPlan) -> Self {
        let people = survey
            .respondents
            .iter()
            .map(|person| (person.tasks.as_slice(), person.weight));
        Self::from_tasks(people, plan)
    }

    /// The design of the holdout tasks.
    pub fn holdout(survey: &ChoiceSurvey, plan: &CodingPlan) -> Self {
        let people = survey
            .respondents
            .iter()
            .map(|person| (person.holdout.as_slice(), person.weight));
        Self::from_tasks(people, plan)
    }

    fn from_tasks<'t>(
        people: impl Iterator<Item = (&'t [ChoiceTask], f64)>,
        plan: &CodingPlan,
    ) -> Self {
        let mut design = Self {
            width: plan.width,
            x: Vec::new(),
            answer: Vec::new(),
            ends: Vec::new(),
            respondents: Vec::new(),
        };
        for (tasks, weight) in people {
            design.push(tasks, weight, plan);
        }
        design
    }

    fn push(&mut self, tasks: &[ChoiceTask], weight: f64, plan: &CodingPlan) {
        let (x, row, end) = (self.x.len(), self.answer.len(), self.ends.len());
        let mut rows: Vec<Vec<f64>> = Vec::new();
        let coded = |levels: &[u32], is_none: bool| {
            let mut row = vec![0.0; plan.width];
            plan.write_row(levels, is_none, &mut row);
            row
        };
        let count = |rows: &Vec<Vec<f64>>| u32::try_from(rows.len()).unwrap_or(u32::MAX);
        for task in tasks {
            rows.extend(
                task.alternatives()
                    .map(|(levels, is_none)| coded(levels, is_none)),
            );
            self.answer.extend(&task.answer);
            self.ends.push(count(&rows));
            let chosen = task.alternatives().nth(task.chosen());
            if let (Some(would_buy), Some((levels, _)), Some(_)) =
                (task.would_buy, chosen, plan.none)
            {
                rows.push(coded(levels, false));
                rows.push(coded(&[], true));
                let bought = f64::from(u8::from(would_buy));
                self.answer.extend([bought, 1.0 - bought]);
                self.ends.push(count(&rows));
            }
        }
        for column in 0..plan.width {
            self.x.extend(rows.iter().filter_map(|row| row.get(column)));
        }
        self.respondents.push(Extent {
            x,
            row,
            rows: rows.len(),
            end,
            observations: self.ends.len() - end,
            weight,
        });
    }

    /// How many respondents there are.
    pub fn len(&self) -> usize {
        self.respondents.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.respondents.is_empty()
    }

    /// How many observations there are.
    pub fn observation_count(&self) -> usize {
        self.ends.len()
    }

    /// The design of a respondent; an empty one beyond the last.
    pub(crate) fn block(&self, respondent: usize) -> Block<'_> {
        let empty = Extent {
            x: 0,
            row: 0,
            rows: 0,
            end: 0,
            observations: 0,
            weight: 0.0,
        };
        let at = self.respondents.get(respondent).unwrap_or(&empty);
        Block {
            x: self
                .x
                .get(at.x..at.x + at.rows * self.width)
                .unwrap_or_default(),
            answer: self
                .answer
                .get(at.row..at.row + at.rows)
                .unwrap_or_default(),
            ends: self
                .ends
                .get(at.end..at.end + at.observations)
                .unwrap_or_default(),
            weight: at.weight,
        }
    }

    /// The designs of all respondents.
    pub(crate) fn blocks(&self) -> impl Iterator<Item = Block<'_>> {
        (0..self.len()).map(|respondent| self.block(respondent))
    }
}
