//! How well predicted probabilities fit the answers.

use std::collections::HashMap;

use super::coding::CodingPlan;
use super::design::ChoiceDesign;
use super::likelihood::Workspace;
use super::pooled::Z_90;
use super::tasks::{ChoiceSurvey, ChoiceTask};
use crate::stats::bootstrap::Interval;

/// A figure of holdout tasks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct HoldoutFigure {
    /// The figure, a fraction.
    pub(crate) value: f64,
    /// Its 90 % interval, from how respondents differ; `None` with one respondent.
    pub(crate) interval: Option<Interval>,
}

impl HoldoutFigure {
    /// A figure with the influence of each respondent on it; these sum to 0. The interval is the normal one
    /// of the linearized figure (the delta method, with respondents as clusters), within 0 and 1.
    fn from_influences(value: f64, influences: &[f64]) -> Self {
        let count = influences.len() as f64;
        let squares: f64 = influences
            .iter()
            .map(|influence| influence * influence)
            .sum();
        let error = (squares * count / (count - 1.0)).sqrt();
        let end = |sign: f64| (value + sign * Z_90 * error).clamp(0.0, 1.0);
        Self {
            value,
            interval: (influences.len() > 1).then(|| Interval {
                low: end(-1.0),
                high: end(1.0),
            }),
        }
    }
}

/// The probabilities of all rows of a design where all respondents have the same parameters.
pub(crate) fn predict_all(design: &ChoiceDesign, b: &[f64]) -> Vec<f64> {
    let mut workspace = Workspace::default();
    let mut all = Vec::new();
    for block in design.blocks() {
        workspace.predict(block, b);
        all.extend(&workspace.probabilities);
    }
    all
}

/// The share of observations whose likeliest alternative was chosen; `None` without observations.
pub(crate) fn hit_rate(design: &ChoiceDesign, probabilities: &[f64]) -> Option<f64> {
    let (hits, count) = sum_hits(&count_hits(design, probabilities));
    (count > 0).then(|| hits as f64 / count as f64)
}

/// The same in holdout tasks, with its interval.
pub(crate) fn holdout_hit_rate(
    holdout: &ChoiceDesign,
    probabilities: &[f64],
) -> Option<HoldoutFigure> {
    let people = count_hits(holdout, probabilities);
    let (hits, count) = sum_hits(&people);
    if count == 0 {
        return None;
    }
    let rate = hits as f64 / count as f64;
    let influences = people.iter().filter(|(_, own)| *own > 0);
    let influences: Vec<f64> = influences
        .map(|(hits, own)| (*hits as f64 - rate * *own as f64) / count as f64)
        .collect();
    Some(HoldoutFigure::from_influences(rate, &influences))
}

fn sum_hits(people: &[(usize, usize)]) -> (usize, usize) {
    let sum = |(hits, count), (own_hits, own): &(usize, usize)| (hits + own_hits, count + own);
    people.iter().fold((0, 0), sum)
}

/// How many observations of each respondent were predicted, and how many there are.
fn count_hits(design: &ChoiceDesign, probabilities: &[f64]) -> Vec<(usize, usize)> {
    let mut people = Vec::with_capacity(design.len());
    let mut rest = probabilities;
    for block in design.blocks() {
        let (own, others) = rest.split_at(block.rows().min(rest.len()));
        rest = others;
        let hits = block.observations().filter(|range| {
            let answers = block.answer.get(range.clone()).unwrap_or_default();
            let predicted = own.get(range.clone()).unwrap_or_default();
            largest(answers) == largest(predicted)
        });
        people.push((hits.count(), block.observations().count()));
    }
    people
}

fn largest(values: &[f64]) -> Option<usize> {
    let places = values.iter().enumerate();
    // The first of equal ones.
    places
        .rev()
        .max_by(|one, other| one.1.total_cmp(other.1))
        .map(|(place, _)| place)
}

/// The mean root likelihood over respondents.
pub(crate) fn mean_rlh(design: &ChoiceDesign, b: &[f64]) -> f64 {
    let mut workspace = Workspace::default();
    let roots = design.blocks().map(|block| {
        let log_likelihood = workspace.predict(block, b);
        libm::exp(log_likelihood / block.ends.len().max(1) as f64)
    });
    roots.sum::<f64>() / design.len().max(1) as f64
}

/// The mean absolute error of predicted shares in the holdout tasks that all respondents saw alike, with
/// its interval; `None` without one.
pub(crate) fn holdout_error(
    survey: &ChoiceSurvey,
    plan: &CodingPlan,
    probabilities: &[f64],
) -> Option<HoldoutFigure> {
    let answers = split_answers(survey, plan, probabilities);
    let people = survey.respondents.len();
    let shared = shared_tasks(&answers, people);
    let count: usize = shared.iter().map(|task| task.errors.len()).sum();
    if count == 0 {
        return None;
    }
    // Errors of shares, and how much of each respondent's error adds to their absolute values.
    let parts = shared.iter().flat_map(|task| &task.errors);
    let error = parts.map(|sum| sum.abs()).sum::<f64>() / (people * count) as f64;
    let mut influences = vec![-error / people as f64; people];
    for task in &shared {
        for (person, answer) in &task.answers {
            let parts = answer.errors().zip(&task.errors);
            let own: f64 = parts.map(|(own, sum)| own * sum.signum()).sum();
            if let Some(influence) = influences.get_mut(*person) {
                *influence += own / (people * count) as f64;
            }
        }
    }
    Some(HoldoutFigure::from_influences(error, &influences))
}

/// A respondent's answer to a task, and its prediction.
struct PredictedAnswer<'t> {
    task: &'t ChoiceTask,
    probabilities: &'t [f64],
}

impl PredictedAnswer<'_> {
    /// Predicted minus observed, of every alternative.
    fn errors(&self) -> impl Iterator<Item = f64> {
        let pairs = self.probabilities.iter().zip(&self.task.answer);
        pairs.map(|(predicted, observed)| predicted - observed)
    }
}

/// The answers to holdout tasks with the positions of their respondents.
fn split_answers<'t>(
    survey: &'t ChoiceSurvey,
    plan: &CodingPlan,
    mut probabilities: &'t [f64],
) -> Vec<(usize, PredictedAnswer<'t>)> {
    let people = survey.respondents.iter().enumerate();
    let tasks =
        people.flat_map(|(place, person)| person.holdout.iter().map(move |task| (place, task)));
    let answers = tasks.map(|(place, task)| {
        let has_dual_none = task.would_buy.is_some() && plan.none.is_some();
        let rows = task.is_none.len() + if has_dual_none { 2 } else { 0 };
        let (own, others) = probabilities.split_at(rows.min(probabilities.len()));
        probabilities = others;
        let answer = PredictedAnswer {
            task,
            probabilities: own,
        };
        (place, answer)
    });
    answers.collect()
}

/// A holdout task that all respondents saw alike.
struct SharedTask<'a, 't> {
    answers: Vec<(usize, &'a PredictedAnswer<'t>)>,
    /// The sum over respondents of predicted minus observed, of every alternative.
    errors: Vec<f64>,
}

/// The tasks that all respondents saw alike, in the order of the first respondent.
fn shared_tasks<'a, 't>(
    answers: &'a [(usize, PredictedAnswer<'t>)],
    people: usize,
) -> Vec<SharedTask<'a, 't>> {
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut tasks: Vec<Vec<(usize, &PredictedAnswer<'_>)>> = Vec::new();
    for (person, answer) in answers {
        let place = *places.entry(&answer.task.name).or_insert(tasks.len());
        match tasks.get_mut(place) {
            Some(task) => task.push((*person, answer)),
            None => tasks.push(vec![(*person, answer)]),
        }
    }
    let are_alike = |task: &Vec<(usize, &PredictedAnswer<'_>)>| {
        let mut shown = task
            .iter()
            .map(|(_, answer)| (&answer.task.levels, &answer.task.is_none));
        let first = shown.next();
        task.len() == people && shown.all(|other| Some(other) == first)
    };
    let shared = tasks.into_iter().filter(are_alike).map(|answers| {
        let width = answers
            .first()
            .map_or(0, |(_, answer)| answer.task.answer.len());
        let mut errors = vec![0.0; width];
        for (_, answer) in &answers {
            for (sum, error) in errors.iter_mut().zip(answer.errors()) {
                *sum += error;
            }
        }
        SharedTask { answers, errors }
    });
    shared.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estimation::coding::Coding;
    use crate::estimation::estimate::identified;
    use crate::estimation::readers::{Holdout, InputFile, SurveyRequest, read_survey};

    /// Four respondents with two tasks; of the second, three chose the first alternative.
    fn survey() -> ChoiceSurvey {
        let mut text = "id,task,alt,size,choice\n".to_owned();
        for (person, chosen) in [1, 1, 2, 1].into_iter().enumerate() {
            for (task, chosen) in [(1, person % 2 + 1), (2, chosen)] {
                for (place, size) in [(1, "S"), (2, "M")] {
                    let mark = u8::from(place == chosen);
                    text += &format!("{person},{task},{place},{size},{mark}\n");
                }
            }
        }
        let request = SurveyRequest {
            holdout: Holdout::Last(1),
            ..SurveyRequest::default()
        };
        read_survey(
            &[InputFile::open("choices.csv", text.into_bytes())],
            &request,
        )
        .unwrap()
    }

    fn assert_figure(figure: Option<HoldoutFigure>, value: f64, error: f64) {
        let figure = figure.unwrap();
        let interval = figure.interval.unwrap();
        assert!((figure.value - value).abs() < 1e-12, "{figure:?}");
        let low = (value - Z_90 * error).max(0.0);
        let high = (value + Z_90 * error).min(1.0);
        assert!((interval.low - low).abs() < 1e-12, "{interval:?}");
        assert!((interval.high - high).abs() < 1e-12, "{interval:?}");
    }

    #[test]
    fn holdout_figures_have_the_intervals_of_means() {
        let survey = survey();
        let (plan, _) = identified(&survey, Coding::Effects).unwrap();
        let holdout = ChoiceDesign::holdout(&survey, &plan);
        let predicted = [0.6, 0.4].repeat(4);
        // Both figures follow from a share p of n answers, with the standard error √(p (1 − p) / (n − 1)).
        let error = (0.75_f64 * 0.25 / 3.0).sqrt();
        assert_figure(holdout_hit_rate(&holdout, &predicted), 0.75, error);
        assert_figure(holdout_error(&survey, &plan, &predicted), 0.15, error);
    }
}
