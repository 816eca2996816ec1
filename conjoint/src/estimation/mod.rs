//! From choices to part-worths: choice tasks, ratings and rankings as survey tools save them, and the
//! models that estimate part-worths from them.
//!
//! [`read_survey`] turns files into a [`ChoiceSurvey`]; [`estimate`] fits hierarchical Bayes, a
//! multinomial logit or least squares; [`Estimation::write_study`] writes a study that the simulator opens.
//!
//! - `readers`: files → the internal form in `tasks`, one entry of a registry per layout
//! - `coding`, `design`, `identification`: levels → numbers, and whether the choices can separate them
//! - `mnl`, `hb`, `ols`: the models; `likelihood` and `matrix` are what they share
//! - `diagnostics`: convergence and precision
//! - `report`, `tables`, `verdict`, `study`: what is printed, shown and written
//!
//! # Examples
//! ```
//! use conjoint::estimation::{EstimationSettings, InputFile, Model, SurveyRequest, estimate, read_survey};
//!
//! let mut text = String::from("id,task,alt,choice,size\n");
//! for (task, choice) in ["1,1,1,1,small", "1,1,2,0,large", "1,2,1,0,small", "1,2,2,1,large",
//!     "2,1,1,1,small", "2,1,2,0,large"].iter().enumerate() {
//!     text += &format!("{choice}\n");
//!     assert!(task < 6);
//! }
//! let file = InputFile::open("choices.csv", text.into());
//! let survey = read_survey(&[file], &SurveyRequest::default())?;
//! let settings = EstimationSettings::new(Model::Logit);
//! let estimation = estimate(&survey, &settings, &mut |_| true)?;
//! // Two of three choices are for small: log(1/2) for large against small.
//! let large = &estimation.report.parameters[1];
//! assert!((large.estimate + 2_f64.ln()).abs() < 1e-8);
//! # Ok::<(), conjoint::estimation::EstimationError>(())
//! ```

mod coding;
mod design;
mod diagnostics;
mod error;
mod estimate;
pub mod hb;
mod hierarchy_report;
mod identification;
mod likelihood;
mod matrix;
mod mnl;
mod ols;
mod pooled;
mod predictions;
mod readers;
mod report;
mod study;
mod tables;
mod tasks;
mod verdict;

pub use coding::{Coding, CodingPlan, NONE, ParameterName};
pub use design::ChoiceDesign;
pub use diagnostics::Diagnostics;
pub use error::{CellProblem, ErrorPlace, EstimationError, TaskProblem};
pub use estimate::{
    Estimation, EstimationSettings, Model, combine_chains, estimate, fit_hierarchy, prepare_chains,
    prepare_hierarchy,
};
pub use mnl::{LogitFit, fit_logit};
pub use ols::{LeastSquares, RatingFit, fit_ratings};
pub use readers::{
    ColumnRoles, Holdout, InputFile, NoneRequest, SurveyRequest, find_column_roles, read_survey,
};
pub use report::{
    CovarianceReport, EstimationReport, FitReport, ParameterReport, PriorReport, RespondentReport,
    SamplingReport, TraceReport, VarianceReport,
};
pub use study::study_file_names;
pub use study::{Draws, PartWorths};
pub use tasks::{
    AttributeKind, ChoiceSurvey, ChoiceTask, LeftOut, NOT_SHOWN, SurveyAttribute, SurveyLevel,
    SurveyRespondent,
};
pub use verdict::{Finding, Verdict};
