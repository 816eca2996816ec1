//! Roles of columns by their names.

/// The name in the form in which names are compared.
fn plain(name: &str) -> String {
    name.trim().to_lowercase()
}

/// Whether a column contains the respondents' ids.
pub(crate) fn is_id(name: &str) -> bool {
    const NAMES: [&str; 21] = [
        "respondent",
        "sys_respnum",
        "sys_sequentialrespnum",
        "respnum",
        "id",
        "caseid",
        "case id",
        "respid",
        "resp_id",
        "resp.id",
        "responseid",
        "response id",
        "response_id",
        "subject",
        "subject id",
        "unitid",
        "respondent_id",
        "respondent id",
        "respondentid",
        "parent_id",
        "user_id",
    ];
    let name = plain(name);
    NAMES.contains(&name.as_str()) || name.starts_with("participant")
}

/// Whether a column says how well the model fits.
pub(crate) fn is_fit(name: &str) -> bool {
    let letters: String = plain(name)
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect();
    let names = [
        "rlh",
        "fit",
        "percentcertainty",
        "pctcert",
        "pctcertainty",
        "numparameters",
        "holdout",
        "rootlikelihood",
        "loglikelihood",
    ];
    names.contains(&letters.as_str())
}

/// Whether a column contains weights.
pub(crate) fn is_weight(name: &str) -> bool {
    ["weight", "weights", "wgt", "w", "weighting", "gewicht"].contains(&plain(name).as_str())
}

/// Whether a column is the utility of choosing nothing.
pub(crate) fn is_none(name: &str) -> bool {
    const NAMES: [&str; 27] = [
        "none",
        "no choice",
        "no_choice",
        "nochoice",
        "none of these",
        "none of the above",
        "none threshold",
        "optout",
        "opt-out",
        "opt out",
        "opt_out",
        "outside",
        "outside option",
        "outside good",
        "no purchase",
        "kein",
        "keine",
        "keins",
        "keines",
        "keine davon",
        "keines davon",
        "ninguno",
        "ninguna",
        "nessuno",
        "nessuna",
        "ascnone",
        "asc_none",
    ];
    let name = plain(name);
    NAMES.contains(&name.as_str())
        || name.starts_with("aucun")
        || name.starts_with("none of ")
        || name.starts_with("keine der ")
        || name.ends_with("(none of these)")
}

/// Whether a column is the constant of an alternative, as Displayr names them.
pub(crate) fn is_alternative(name: &str) -> bool {
    let name = plain(name);
    let number = name.strip_prefix("alternative:").map(str::trim);
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}

/// Whether a column is the constant of a regression of ratings.
pub(crate) fn is_rating_constant(name: &str) -> bool {
    ["constant", "intercept", "(intercept)"].contains(&plain(name).as_str())
}

/// Whether a column says nothing about utilities or groups.
pub(crate) fn is_ignored(name: &str) -> bool {
    const NAMES: [&str; 20] = [
        "notes",
        "note",
        "email",
        "e-mail",
        "startdate",
        "start date",
        "enddate",
        "end date",
        "status",
        "progress",
        "finished",
        "recordeddate",
        "ipaddress",
        "ip address",
        "model_run_id",
        "version",
        "duration",
        "duration (in seconds)",
        "distributionchannel",
        "userlanguage",
    ];
    let name = plain(name);
    // Predicted ratings and simulated shares of SPSS.
    let is_prediction = ["score", "simul"].iter().any(|stem| {
        let number = name.strip_prefix(stem);
        number.is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
    });
    NAMES.contains(&name.as_str()) || is_prediction || is_rating_constant(&name)
}

/// Whether a row with this id summarizes the others.
pub(crate) fn is_footer(id: &str) -> bool {
    const WORDS: [&str; 19] = [
        "average",
        "mean",
        "means",
        "total",
        "totals",
        "base",
        "sum",
        "std",
        "std dev",
        "std. dev.",
        "stddev",
        "standard deviation",
        "median",
        "min",
        "max",
        "n",
        "mittelwert",
        "durchschnitt",
        "gesamt",
    ];
    WORDS.contains(&plain(id).trim_end_matches(':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_names_have_their_roles() {
        assert!(
            ["sys_RespNum", "Participant ID", "ResponseId", " ID "]
                .into_iter()
                .all(is_id)
        );
        assert!(
            ["RLH", "Num_Parameters", "Pct.Cert"]
                .into_iter()
                .all(is_fit)
        );
        let none = [
            "NONE",
            "None of the above",
            "Keines",
            "ascNone",
            "Alternative: 4 (none of these)",
        ];
        assert!(none.into_iter().all(is_none));
        assert!(
            is_alternative("Alternative: 2") && !is_alternative("Alternative: 4 (none of these)")
        );
        assert!(is_ignored("SCORE3") && is_ignored("Notes") && !is_ignored("Score"));
        assert!(!is_none("None left") && !is_id("identity") && !is_weight("Weight (kg)"));
    }
}
