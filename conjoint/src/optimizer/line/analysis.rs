//! The best lines of a size, and the best reach of each smaller size.

use crate::index_vec::ProductIndex;
use crate::simulation::Simulation;
use crate::simulation::scenario::Scenario;
use crate::study::Study;

use super::{LineError, LineObjective, LineRequest, LineResult, LineSearch, ProductLine};

/// The best lines, and what each further offer reaches.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct LineAnalysis {
    /// The best lines.
    pub lines: LineResult,
    /// The offers that lines were chosen from, in file order.
    pub candidates: Vec<ProductIndex>,
    /// The best reach, 0–1, with 0, 1, … candidates added to the kept offers.
    pub reach_by_size: Vec<f64>,
}

impl LineAnalysis {
    /// The scenario with a line on the market and all other candidates off it.
    pub fn apply(&self, study: &Study, scenario: &Scenario, line: &ProductLine) -> Scenario {
        let mut scenario = scenario.clone();
        for product in &self.candidates {
            let is_out = !line.products.contains(product);
            // Candidates were on the market when the lines were searched. One that was removed or lost
            // its brand since stays as it is.
            let _ = scenario.set_withdrawn(study, *product, is_out);
        }
        scenario
    }
}

/// Finds the best lines and the best reach of each size up to the requested one; reports the fraction
/// that is done, 0–1.
///
/// # Errors
/// As [`super::find_lines`].
///
/// # Examples
/// ```
/// use conjoint::optimizer::line::{LineObjective, LineRequest, analyze_lines};
/// use conjoint::testing::generate_simulation;
///
/// let simulation = generate_simulation(1, &[("Gen X", 40)]);
/// let request = LineRequest {
///     size: 3,
///     candidates: Vec::new(),
///     kept: Vec::new(),
///     objective: LineObjective::Reach,
///     brand: None,
///     top: 1,
/// };
/// let found = analyze_lines(&simulation, &request, &mut |_| ())?;
/// assert_eq!(found.reach_by_size.len(), 4);
/// assert_eq!(found.reach_by_size.last(), Some(&found.lines.best[0].reach));
/// # Ok::<(), conjoint::optimizer::line::LineError>(())
/// ```
pub fn analyze_lines(
    simulation: &Simulation,
    request: &LineRequest,
    report: &mut dyn FnMut(f64),
) -> Result<LineAnalysis, LineError> {
    let search = LineSearch::new(simulation, request)?;
    let candidates = search.candidates().to_vec();
    // Each size takes longer than the one before, so that the sizes count in proportion.
    let all = (request.size * (request.size + 1) / 2 + request.size) as f64;
    let mut done = 0.0;
    let lines = search.run_reporting(&mut |part| report(part * request.size as f64 / all));
    done += request.size as f64;
    let mut reach_by_size = vec![LineSearch::new(simulation, request)?.reach_of_kept()];
    for size in 1..=request.size {
        let is_known = size == request.size && request.objective == LineObjective::Reach;
        let best = match is_known {
            true => lines.best.first().map(|line| line.reach),
            false => {
                let request = LineRequest {
                    size,
                    objective: LineObjective::Reach,
                    top: 1,
                    ..request.clone()
                };
                let mut report = |part: f64| report((done + part * size as f64) / all);
                let search = LineSearch::new(simulation, &request)?;
                let best = search.run_reporting(&mut report).best;
                best.first().map(|line| line.reach)
            }
        };
        reach_by_size.extend(best);
        done += size as f64;
    }
    Ok(LineAnalysis {
        lines,
        candidates,
        reach_by_size,
    })
}
