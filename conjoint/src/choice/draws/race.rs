//! Which product wins each draw of a respondent.

use super::OfferErrors;
use crate::choice::rules::ChanceInputs;

impl OfferErrors {
    /// Counts, for one respondent after the other, in how many of the first `draws` draws each product
    /// has the highest utility with errors of that scale, None included. Calls `visit` with the
    /// respondent and the counts by product.
    pub(crate) fn count_wins(
        &self,
        inputs: &ChanceInputs<'_>,
        scale: f64,
        draws: usize,
        mut visit: impl FnMut(usize, &[u32]),
    ) {
        let chooser = inputs.chooser;
        let mut race = Race::new(draws);
        for (respondent, (none, best)) in chooser.none.iter().zip(inputs.best).enumerate() {
            let start = self.start(respondent);
            // Dividing all utilities by the scale of the errors keeps their order. The highest one is
            // subtracted, because only differences need single precision.
            let ratio = chooser.scale / scale;
            let utility = |utility: f64| (ratio * (utility - best)) as f32;
            race.start(utility(*none), &self.none()[start..]);
            for (product, errors) in self.offers().iter().enumerate() {
                let utility = utility(inputs.utilities[(respondent, product)]);
                race.enter(product, utility, &errors[start..]);
            }
            visit(respondent, race.count_wins(self.offers().len()));
        }
    }
}

/// The products of one respondent in all draws.
struct Race {
    /// The highest utility so far, by draw.
    best: Vec<f32>,
    /// The product that leads, by draw, counted from 1; 0 is None.
    leader: Vec<u32>,
    /// How many draws each leads, counted from 1.
    wins: Vec<u32>,
}

impl Race {
    fn new(draws: usize) -> Self {
        Self {
            best: vec![0.0; draws],
            leader: vec![0; draws],
            wins: Vec::new(),
        }
    }

    /// Starts over with None, of that utility without errors.
    fn start(&mut self, none: f32, errors: &[f32]) {
        for (best, error) in self.best.iter_mut().zip(errors) {
            *best = none + error;
        }
        self.leader.fill(0);
    }

    /// Adds a product of that utility without errors.
    fn enter(&mut self, product: usize, utility: f32, errors: &[f32]) {
        if utility == f32::NEG_INFINITY {
            return;
        }
        let number = product as u32 + 1;
        let draws = self.best.iter_mut().zip(&mut self.leader).zip(errors);
        for ((best, leader), error) in draws {
            let utility = utility + error;
            let leads = utility > *best;
            // Selected instead of branched to, so that the processor handles several draws at once.
            *leader = if leads { number } else { *leader };
            *best = if leads { utility } else { *best };
        }
    }

    /// In how many draws each product leads.
    fn count_wins(&mut self, products: usize) -> &[u32] {
        self.wins.clear();
        self.wins.resize(products + 1, 0);
        for leader in &self.leader {
            self.wins[*leader as usize] += 1;
        }
        &self.wins[1..]
    }
}
