//! Simulated choices, as the text of a file, for tests and for benchmarks here and in `e2e`.

#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "tests and benchmarks use different parts, and fail by panicking"
)]

use std::fmt::Write;

/// A simple stream of random numbers: a linear congruential generator of Knuth's.
pub struct Noise(pub u64);

impl Noise {
    pub fn uniform(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }

    pub fn below(&mut self, count: usize) -> usize {
        (self.uniform() * count as f64) as usize
    }

    pub fn normal(&mut self) -> f64 {
        (-2.0 * self.uniform().ln()).sqrt() * (std::f64::consts::TAU * self.uniform()).cos()
    }

    pub fn gumbel(&mut self) -> f64 {
        -(-self.uniform().ln()).ln()
    }
}

/// A simulated survey.
pub struct Simulated {
    pub text: String,
    /// The true part-worths of each respondent: levels of all attributes, then the slope of price.
    pub truth: Vec<Vec<f64>>,
}

/// The size of a simulated survey.
pub struct Size {
    pub respondents: usize,
    pub tasks: usize,
    pub alternatives: usize,
    /// The number of levels of each attribute; price is added.
    pub levels: &'static [usize],
}

/// Simulates choices: part-worths are normal around population means, with standard deviation `spread`.
pub fn simulate(size: &Size, spread: f64, seed: u64) -> Simulated {
    let mut noise = Noise(seed);
    let mut text = String::from("id,task,alt");
    for attribute in 0..size.levels.len() {
        write!(text, ",a{}", attribute + 1).unwrap();
    }
    text.push_str(",price,choice\n");
    let mut truth = Vec::new();
    for respondent in 0..size.respondents {
        let mut own: Vec<f64> = Vec::new();
        for levels in size.levels {
            let worths: Vec<f64> = (0..*levels)
                .map(|level| {
                    0.8 - 1.6 * level as f64 / (*levels as f64 - 1.0) + spread * noise.normal()
                })
                .collect();
            let mean = worths.iter().sum::<f64>() / *levels as f64;
            own.extend(worths.iter().map(|worth| worth - mean));
        }
        own.push(-0.8 + spread * noise.normal());
        for task in 0..size.tasks {
            let shown: Vec<(Vec<usize>, f64)> = (0..size.alternatives)
                .map(|_| {
                    let levels = size
                        .levels
                        .iter()
                        .map(|count| noise.below(*count))
                        .collect();
                    (levels, [1.0, 1.5, 2.0, 2.5, 3.0][noise.below(5)])
                })
                .collect();
            let utilities: Vec<f64> = shown
                .iter()
                .map(|(levels, price)| {
                    let mut first = 0;
                    let mut utility = own[own.len() - 1] * price + noise.gumbel();
                    for (level, count) in levels.iter().zip(size.levels) {
                        utility += own[first + level];
                        first += count;
                    }
                    utility
                })
                .collect();
            let best = utilities.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            for (place, ((levels, price), utility)) in shown.iter().zip(&utilities).enumerate() {
                write!(text, "{},{},{}", respondent + 1, task + 1, place + 1).unwrap();
                for level in levels {
                    write!(text, ",L{}", level + 1).unwrap();
                }
                writeln!(text, ",{price},{}", u8::from(*utility == best)).unwrap();
            }
        }
        truth.push(own);
    }
    Simulated { text, truth }
}
