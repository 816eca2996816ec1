//! Which product wins each draw of a respondent.

use super::OfferErrors;
use crate::choice::Transition;
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
        let mut race = Race::new(draws);
        for respondent in 0..inputs.best.len() {
            self.run_race(&mut race, inputs, scale, respondent);
            visit(respondent, race.count_wins(self.offers().len()));
        }
    }

    /// Finds the winner of every draw of a respondent.
    fn run_race(&self, race: &mut Race, inputs: &ChanceInputs<'_>, scale: f64, respondent: usize) {
        let chooser = inputs.chooser;
        let (none, best) = (chooser.none[respondent], inputs.best[respondent]);
        let start = self.start(respondent);
        // Dividing all utilities by the scale of the errors keeps their order. The highest one is
        // subtracted, because only differences need single precision.
        let ratio = chooser.scale / scale;
        let utility = |utility: f64| (ratio * (utility - best)) as f32;
        race.start(utility(none), &self.none()[start..]);
        for (product, errors) in self.offers().iter().enumerate() {
            let utility = utility(inputs.utilities[(respondent, product)]);
            race.enter(product, utility, &errors[start..]);
        }
    }

    /// Calls `visit` with the share of each respondent's draws that one product wins before and another
    /// one after a change of the offers; `inputs` are those before and after.
    pub(crate) fn visit_changed_wins(
        &self,
        after: &Self,
        inputs: [ChanceInputs<'_>; 2],
        mut visit: impl FnMut(Transition),
    ) {
        let [inputs, inputs_after] = inputs;
        let draws = self.draws();
        let [mut race, mut race_after] = [Race::new(draws), Race::new(draws)];
        let sides = self.offers().len() + 1;
        let mut counts = vec![0_u32; sides * sides];
        let product = |number: usize| number.checked_sub(1);
        for respondent in 0..inputs.best.len() {
            self.run_race(&mut race, &inputs, self.scale(), respondent);
            after.run_race(&mut race_after, &inputs_after, after.scale(), respondent);
            counts.fill(0);
            for (from, to) in race.leader.iter().zip(&race_after.leader) {
                counts[*from as usize * sides + *to as usize] += 1;
            }
            for (place, count) in counts.iter().enumerate() {
                let (from, to) = (place / sides, place % sides);
                if *count > 0 && from != to {
                    visit(Transition {
                        respondent,
                        from: product(from),
                        to: product(to),
                        probability: f64::from(*count) / draws as f64,
                    });
                }
            }
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
