//! Whether chains have converged, and how precise their means are (A. Vehtari, A. Gelman, D. Simpson,
//! B. Carpenter and P.-C. Bürkner, "Rank-normalization, folding, and localization: an improved R-hat for
//! assessing convergence of MCMC", 2021).

use crate::stats::normal::normal_quantile;

/// The diagnostics of one quantity.
#[derive(Clone, Copy, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Diagnostics {
    /// The mean of all draws.
    pub mean: f64,
    /// Their standard deviation.
    pub deviation: f64,
    /// The Monte Carlo standard error of the mean.
    pub mcse: f64,
    /// The larger of the rank-normalized split R-hats of the draws and of their distances from the
    /// median; 1 for a constant.
    pub rhat: f64,
    /// Bulk effective sample size: of the rank-normalized split chains.
    pub ess: f64,
}

impl Diagnostics {
    /// The diagnostics of chains of the same length.
    ///
    /// # Examples
    /// ```
    /// use conjoint::estimation::Diagnostics;
    ///
    /// // Two chains that disagree.
    /// let chains: [Vec<f64>; 2] = [
    ///     (0..100).map(|step| f64::from(step % 7)).collect(),
    ///     (0..100).map(|step| 50.0 + f64::from(step % 5)).collect(),
    /// ];
    /// let diagnostics = Diagnostics::compute(&[&chains[0], &chains[1]]);
    /// assert!(diagnostics.rhat > 1.5 && diagnostics.ess < 10.0);
    /// ```
    pub fn compute(chains: &[&[f64]]) -> Self {
        let draws: Vec<f64> = chains
            .iter()
            .flat_map(|chain| chain.iter().copied())
            .collect();
        let count = draws.len() as f64;
        let mean = draws.iter().sum::<f64>() / count.max(1.0);
        let squares: f64 = draws.iter().map(|draw| (draw - mean) * (draw - mean)).sum();
        let deviation = (squares / (count - 1.0).max(1.0)).sqrt();
        let halves = split(chains);
        // The spread of a constant is rounding noise.
        let is_constant = deviation <= 1e-12 * mean.abs() || deviation == 0.0;
        if is_constant || halves.iter().any(|half| half.len() < 2) {
            return Self {
                mean,
                deviation: 0.0,
                mcse: 0.0,
                rhat: if is_constant { 1.0 } else { f64::INFINITY },
                ess: if is_constant { count } else { 0.0 },
            };
        }
        let ranked = rank_normalize(&halves);
        let median = median(&draws);
        let folded: Vec<Vec<f64>> = halves
            .iter()
            .map(|half| half.iter().map(|draw| (draw - median).abs()).collect())
            .collect();
        Self {
            mean,
            deviation,
            mcse: deviation / effective_size(&halves).sqrt(),
            rhat: potential_reduction(&ranked).max(potential_reduction(&rank_normalize(&folded))),
            ess: effective_size(&ranked),
        }
    }
}

/// Both halves of each chain; the middle draw of an odd chain is dropped.
fn split(chains: &[&[f64]]) -> Vec<Vec<f64>> {
    let halves = chains.iter().flat_map(|chain| {
        let half = chain.len() / 2;
        [chain.get(..half), chain.get(chain.len() - half..)]
    });
    halves
        .map(|half| half.unwrap_or_default().to_vec())
        .collect()
}

fn median(draws: &[f64]) -> f64 {
    let mut sorted = draws.to_vec();
    crate::stats::quantile::percentile(&mut sorted, 0.5).unwrap_or(0.0)
}

/// The normal quantiles of the ranks of all draws together, ties at their mean rank.
fn rank_normalize(chains: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let all: Vec<f64> = chains.iter().flatten().copied().collect();
    let mut order: Vec<usize> = (0..all.len()).collect();
    let value = |place: &usize| all.get(*place).copied().unwrap_or(0.0);
    order.sort_unstable_by(|one, other| value(one).total_cmp(&value(other)));
    let mut scores = vec![0.0; all.len()];
    let mut start = 0;
    for ties in order.chunk_by(|one, other| value(one) == value(other)) {
        let rank = start as f64 + (ties.len() as f64 + 1.0) / 2.0;
        let score = normal_quantile((rank - 0.375) / (all.len() as f64 + 0.25));
        for place in ties {
            if let Some(entry) = scores.get_mut(*place) {
                *entry = score;
            }
        }
        start += ties.len();
    }
    let mut rest = scores.as_slice();
    chains
        .iter()
        .map(|chain| {
            let (own, others) = rest.split_at(chain.len());
            rest = others;
            own.to_vec()
        })
        .collect()
}

/// The variances within and between chains: `W`, and `var⁺`.
fn variances(chains: &[Vec<f64>]) -> (f64, f64) {
    let length = chains.first().map_or(0, Vec::len) as f64;
    let means: Vec<f64> = chains
        .iter()
        .map(|chain| chain.iter().sum::<f64>() / length)
        .collect();
    let grand = means.iter().sum::<f64>() / means.len() as f64;
    let within = chains.iter().zip(&means).map(|(chain, mean)| {
        chain
            .iter()
            .map(|draw| (draw - mean) * (draw - mean))
            .sum::<f64>()
            / (length - 1.0)
    });
    let within = within.sum::<f64>() / means.len() as f64;
    let between = means
        .iter()
        .map(|mean| (mean - grand) * (mean - grand))
        .sum::<f64>();
    let between = between / (means.len() as f64 - 1.0).max(1.0);
    (within, within * (length - 1.0) / length + between)
}

/// R-hat.
fn potential_reduction(chains: &[Vec<f64>]) -> f64 {
    let (within, total) = variances(chains);
    match within > 0.0 {
        true => (total / within).sqrt(),
        false if total > 0.0 => f64::INFINITY,
        false => 1.0,
    }
}

/// The effective sample size, by Geyer's initial monotone sequence of pairs of autocorrelations.
fn effective_size(chains: &[Vec<f64>]) -> f64 {
    let length = chains.first().map_or(0, Vec::len);
    let count = (length * chains.len()) as f64;
    let (within, total) = variances(chains);
    if total <= 0.0 {
        return count;
    }
    let centered: Vec<Vec<f64>> = chains
        .iter()
        .map(|chain| {
            let mean = chain.iter().sum::<f64>() / length as f64;
            chain.iter().map(|draw| draw - mean).collect()
        })
        .collect();
    // The mean autocovariance at a lag, with the variance's divisor at lag 0.
    let correlation = |lag: usize| {
        let sums = centered.iter().map(|chain| {
            let later = chain.get(lag..).unwrap_or_default();
            super::matrix::dot(chain.get(..later.len()).unwrap_or_default(), later)
        });
        let covariance = sums.sum::<f64>() / (length as f64 * chains.len() as f64);
        let unbiased = covariance * length as f64 / (length as f64 - 1.0);
        1.0 - (within - unbiased) / total
    };
    let mut sum = 0.0;
    let mut smallest = f64::INFINITY;
    let mut lag = 0;
    while lag + 1 < length {
        let pair = correlation(lag) + correlation(lag + 1);
        if pair <= 0.0 {
            break;
        }
        smallest = smallest.min(pair);
        sum += smallest;
        lag += 2;
    }
    let time = (2.0 * sum - 1.0).max(1.0 / libm::log10(count.max(10.0)));
    count / time
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::random::Draw;

    fn autoregressive(stream: u64, correlation: f64, length: usize) -> Vec<f64> {
        let mut draw = Draw::stream(5, stream);
        let noise = (1.0 - correlation * correlation).sqrt();
        let mut value = draw.standard_normal();
        (0..length)
            .map(|_| {
                value = correlation * value + noise * draw.standard_normal();
                value
            })
            .collect()
    }

    #[test]
    fn the_effective_size_is_that_of_the_autocorrelation() {
        for correlation in [0.0, 0.5, 0.9] {
            let chains: Vec<Vec<f64>> = (0..4)
                .map(|stream| autoregressive(stream, correlation, 5000))
                .collect();
            let chains: Vec<&[f64]> = chains.iter().map(Vec::as_slice).collect();
            let diagnostics = Diagnostics::compute(&chains);
            let expected = 20_000.0 * (1.0 - correlation) / (1.0 + correlation);
            assert!(
                (diagnostics.ess / expected - 1.0).abs() < 0.2,
                "{correlation}: {diagnostics:?}"
            );
            assert!(diagnostics.rhat < 1.01);
            let error = diagnostics.deviation / expected.sqrt();
            assert!((diagnostics.mcse / error - 1.0).abs() < 0.2);
        }
    }

    #[test]
    fn a_chain_that_drifts_is_found() {
        let drift = |stream| {
            let chain = autoregressive(stream, 0.0, 400).into_iter().enumerate();
            chain
                .map(|(step, value)| value + step as f64 / 100.0)
                .collect::<Vec<f64>>()
        };
        let (one, other) = (drift(1), drift(2));
        assert!(Diagnostics::compute(&[&one, &other]).rhat > 1.1);
        let constant = [2.0; 50];
        let diagnostics = Diagnostics::compute(&[&constant, &constant]);
        assert_eq!((diagnostics.rhat, diagnostics.mcse), (1.0, 0.0));
    }
}
