//! Every mistake in a file is reported with its place, and hides no other one.

use super::*;

/// Makes one mistake after the other in a file of the small study, by replacing the first text with
/// the second, and expects a problem that begins with the third after the file's name.
fn check(file: &str, mistakes: &[(&str, &str, &str)]) {
    for (from, to, expected) in mistakes {
        let lines = problems(&damage(file, from, to));
        let is_reported = lines.iter().any(|line| {
            let rest = line
                .strip_prefix(file)
                .and_then(|line| line.strip_prefix(':'));
            rest.is_some_and(|rest| rest.trim_start().starts_with(expected))
        });
        assert!(
            is_reported,
            "{file}: {from} → {to}: {lines:#?} lacks {expected}"
        );
    }
}

#[test]
fn mistakes_in_offers() {
    check(
        OFFERS,
        &[
            (
                "200,500",
                "abc,500",
                "2: monthly_cost: `abc` is not a number",
            ),
            (
                "200,500",
                "NaN,500",
                "2: monthly_cost: `NaN` is not a number",
            ),
            (
                "200,500",
                "200,-inf",
                "2: upfront_cost: `-inf` is not a number",
            ),
            (
                "200,500",
                "2e14,500",
                "2: monthly_cost: 200000000000000 is too large",
            ),
            (
                ",24,blue",
                ",0,blue",
                "3: term: a term of 0 months is not possible",
            ),
            (
                ",24,blue",
                ",-3,blue",
                "3: term: a term of -3 months is not possible",
            ),
            (
                ",24,blue",
                ",1e-308,blue",
                "3: term: a term of 1e-308 months is not possible",
            ),
            (
                ",24,blue",
                ",1200.5,blue",
                "3: term: a term of 1200.5 months is not possible; write a number of months between 0.01 and 1200",
            ),
            (",24,blue", ",1e308,blue", "3: term: 1e308 is too large"),
            (
                ",24,blue",
                ",24,p\ti\u{1b}[2Jnk",
                "3: colour: `p\\ti\\u{1b}[2Jnk` is not a level",
            ),
            (
                "id,brand,model,monthly_cost",
                "\r\n\r\nid,brand,model,costs",
                "3: monthly_cost: the column is missing",
            ),
            (",24,blue", ",,blue", "3: term: the cell is empty"),
            (",24,blue", ",24,pink", "3: colour: `pink` is not a level"),
            (
                "200,500",
                ",500",
                "2: monthly_cost: the cell is empty; write an amount",
            ),
            (
                "a,Ant",
                "a,Wasp",
                "2: brand: `Wasp` is not a level of this attribute; levels are `Ant`, `Bee`",
            ),
            ("a,Ant", ",Ant", "2: id: the cell is empty"),
            ("b,Bee", "a,Bee", "3: id: `a` occurs twice, first in row 2"),
            (
                ",24,blue",
                ",24",
                "3: the row has 6 cells, but the header has 7",
            ),
            (
                ",24,blue",
                ",24,blue,x",
                "3: the row has 8 cells, but the header has 7",
            ),
            (",term,", ",terms,", "1: term: the column is missing"),
            (
                ",colour",
                ",paint",
                "1: colour: the attribute has no column here",
            ),
            (",colour", ",", "1: 7: the column has no name"),
            (",colour", ",term", "1: term: the column occurs twice"),
            (
                "One,200",
                "\"One,200",
                "2: a quote is opened here and never closed",
            ),
            (
                "200,500",
                "301,500",
                "2: monthly_cost: 301 is outside the surveyed range 100–300",
            ),
        ],
    );
}

#[test]
fn mistakes_in_respondents() {
    check(
        UTILITIES,
        &[
            ("p2,", "p1,", "4: id: `p1` occurs twice, first in row 3"),
            (
                "p2,old",
                "p2,aged",
                "4: segment: the segment `aged` is not in recontractRateEV.csv, whose segments are `young`, `old`",
            ),
            (
                "p2,old,Bee",
                "p2,old,Wasp",
                "4: current brand: the brand `Wasp` is not in baseVolumeEBIT_EV.csv",
            ),
            (
                "p2,old,Bee",
                "p2,old,",
                "4: current brand: the cell is empty",
            ),
            (
                "p2,old,Bee,-1",
                "p2,old,Bee,",
                "4: brand Ant: the cell is empty",
            ),
            (
                "p2,old,Bee,-1",
                "p2,old,Bee,inf",
                "4: brand Ant: `inf` is not a number",
            ),
            (
                "Ant,Bee,red",
                "Ant,Wasp,red",
                "2: brand Wasp: the brand `Wasp` is not in baseVolumeEBIT_EV.csv",
            ),
            ("\nid,", "\nx,", "2: the second header row is missing"),
            (
                "id,segment,current brand,brand,brand",
                "id,segment,current brand,id,brand",
                "1: id: the column occurs twice",
            ),
            (
                "brand,brand,colour",
                "current brand,brand,colour",
                "1: current brand: the column occurs twice",
            ),
            (
                ",Ant,Bee,red",
                ",Ant,Bee,Bee,red",
                "2: the row has 14 cells, but the header has 13",
            ),
            (
                "300,100",
                "300,inf",
                "2: monthly_cost inf: `inf` is not a number",
            ),
            ("red,blue", "1,NaN", "2: colour NaN: `NaN` is not a number"),
            ("p1,", "", "3: the row has 12 cells, but the header has 13"),
            (
                "red,blue",
                "red,red",
                "2: colour red: the column occurs twice",
            ),
            (
                "300,100",
                "300,3e2",
                "2: monthly_cost 3e2: the level 300 occurs twice",
            ),
            (
                "300,100",
                "300,1e13",
                "2: monthly_cost 1e13: 10000000000000 is too large",
            ),
            (
                "300,100",
                "300,low",
                "2: monthly_cost low: the level `low` is not a number",
            ),
            (
                "monthly_cost,monthly_cost",
                "monthly_cost,weight",
                "2: monthly_cost 300: a numeric attribute with one level",
            ),
            ("segment", "group", "1: segment: the column is missing"),
            (
                ",brand,brand",
                ",make,make",
                "1: brand: the column is missing",
            ),
        ],
    );
}

#[test]
fn mistakes_in_money_files() {
    check(
        RECONTRACT,
        &[
            ("0.25", "1.25", "2: old: 1.25 is not between 0 and 1"),
            ("Bee", "Wasp", "3: brand: the brand `Wasp` is not in"),
            (
                "\nBee,0.5,0.5",
                "",
                "the brand `Bee` in baseVolumeEBIT_EV.csv has no row here",
            ),
        ],
    );
    check(
        CHURN,
        &[
            ("0.25", "-0.1", "2: young: -0.1 is not between 0 and 1"),
            (
                "Bee,0.5",
                "Bee,0.6",
                "3: young: renewing and leaving customers of `Bee` add up to 1.1",
            ),
            (
                "old",
                "aged",
                "1: aged: the segment `aged` is not in recontractRateEV.csv",
            ),
            (
                ",old",
                "",
                "1: old: the segment `old` in recontractRateEV.csv has no column here",
            ),
        ],
    );
    check(
        BASE_ARPU,
        &[
            ("100", "-100", "2: young: -100 is below 0"),
            ("Bee", "Ant", "3: brand: `Ant` occurs twice, first in row 2"),
        ],
    );
    check(
        VOLUMES,
        &[
            ("0.75", "0.7", "Share of SIOs: the shares add up to 0.95"),
            ("0.75", "75", "2: Share of SIOs: 75 is not between 0 and 1"),
            (
                "0.1",
                "8",
                "2: EBIT margin per SIO: 8 is not between -1 and 1",
            ),
            (
                "EBIT margin per SIO",
                "margin",
                "1: EBIT margin per SIO: the column is missing",
            ),
        ],
    );
}

#[test]
fn mistakes_in_optional_files() {
    check(
        BRANDS,
        &[
            ("Bee", "Wasp", "3: brand: the brand `Wasp` is not in"),
            ("major", "large", "2: tier: `large` is not a tier"),
            ("#112233", "#12", "2: colour: `#12` is not a color"),
            ("tier", "rank", "1: rank: the column is unknown here"),
        ],
    );
    check(
        SETTINGS,
        &[
            (
                "8",
                "0",
                "market_size_thousands: the setting is 0; write a number above 0",
            ),
            (
                "8",
                "\"8\"",
                "market_size_thousands: the setting is \"8\"; write a number",
            ),
            (
                "8",
                "1e10",
                "market_size_thousands: the setting is 10000000000.0; write a number above 0 and up to 1e9",
            ),
            (
                "Small",
                "",
                "title: the setting is \"\"; write a text in quotes that is not empty",
            ),
            ("}", "", "1: this is not a JSON object"),
            (
                "market_size_thousands",
                "market",
                "market: the setting is unknown",
            ),
        ],
    );
}

#[test]
fn missing_empty_and_foreign_files_are_reported() {
    for file in [OFFERS, UTILITIES, RECONTRACT, CHURN, BASE_ARPU, VOLUMES] {
        let lines = |bytes: Option<&[u8]>| {
            let mut files = small_files();
            match bytes {
                Some(bytes) => files.insert(file, bytes.to_vec()),
                None => drop(files.remove(file)),
            }
            let lines = problems(&files);
            assert!(!lines.is_empty(), "{file}: {bytes:?}");
            lines.join("\n")
        };
        assert!(lines(None).contains(&format!("{file}: the file is missing")));
        assert!(lines(Some(b"")).contains(&format!("{file}: the file is empty")));
        assert!(lines(Some(b"\xef\xbb\xbf\r\n")).contains(&format!("{file}: the file is empty")));
        assert!(lines(Some(b"1,2\n")).contains(&format!("{file}:1: the header row is missing")));
        assert!(lines(Some(b"a\n\xfe\n")).contains(&format!("{file}:2: the text is not UTF-8")));
    }
    let only_header = |file: &str, rows: usize| {
        let mut files = small_files();
        let text = String::from_utf8(files.remove(file).unwrap()).unwrap();
        let kept: Vec<&str> = text.lines().take(rows).collect();
        files.insert(file, kept.join("\n").into_bytes());
        problems(&files).join("\n")
    };
    assert!(only_header(OFFERS, 1).contains("leaseOffers.csv: there are no rows"));
    assert!(only_header(UTILITIES, 2).contains("UtilityScoresEV.csv: there are no rows"));
    assert!(only_header(UTILITIES, 1).contains("UtilityScoresEV.csv:2: the second header"));
    assert!(only_header(VOLUMES, 1).contains("baseVolumeEBIT_EV.csv: there are no rows"));
}

#[test]
fn all_problems_are_listed_at_once_and_in_order() {
    let mut files = damage(OFFERS, "200,500", "x,y");
    files.insert(CHURN, b"brand,young,old\nAnt,2,0.25\nBee,0.5,3\n".to_vec());
    files.remove(VOLUMES);
    let lines = problems(&files);
    let starts = [
        "leaseOffers.csv:2: monthly_cost",
        "leaseOffers.csv:2: upfront_cost",
        "churnRateEV.csv:2: young",
        "churnRateEV.csv:3: old",
        "baseVolumeEBIT_EV.csv: the file is missing",
    ];
    assert_eq!(lines.len(), starts.len(), "{lines:#?}");
    for (line, start) in lines.iter().zip(starts) {
        assert!(line.starts_with(start), "{line}");
    }
}

#[test]
fn a_mistake_hides_no_other_one() {
    let expect = |files: &StudyFiles, starts: &[&str]| {
        let lines = problems(files);
        assert_eq!(lines.len(), starts.len(), "{lines:#?}");
        for (line, start) in lines.iter().zip(starts) {
            assert!(line.starts_with(start), "{line}");
        }
    };
    // A file cannot be read
    let mut files = damage(OFFERS, "200,500", "x,500");
    files.insert_unreadable(BRANDS, "Is a directory".to_owned());
    files.insert_unreadable(CHURN, "Permission denied".to_owned());
    let starts = [
        "leaseOffers.csv:2: monthly_cost: `x` is not a number",
        "churnRateEV.csv: the file cannot be read (Permission denied)",
        "brands.csv: the file cannot be read (Is a directory)",
    ];
    expect(&files, &starts);
    // A column is missing
    let mut files = small_files();
    let offers = "id,brand,model,monthly_cost,upfront_cost,colour\n\
        a,Ant,One,x,500,red\nb,Bee,Two,150,0,pink\n";
    files.insert(OFFERS, offers.as_bytes().to_vec());
    let starts = [
        "leaseOffers.csv:1: term: the column is missing",
        "leaseOffers.csv:2: monthly_cost: `x` is not a number",
        "leaseOffers.csv:3: colour: `pink` is not a level",
    ];
    expect(&files, &starts);
    // Brands cannot be matched
    let mut files = damage(CHURN, "young", "aged");
    files.insert(VOLUMES, b"brand,Share of SIOs\nAnt,1\n".to_vec());
    let starts = [
        "churnRateEV.csv:1: aged: the segment `aged` is not in",
        "churnRateEV.csv:1: young: the segment `young` in recontractRateEV.csv has no column",
        "baseVolumeEBIT_EV.csv:1: EBIT margin per SIO: the column is missing",
        "baseVolumeEBIT_EV.csv:1: Fixed cost percentage: the column is missing",
    ];
    expect(&files, &starts);
    // Segments cannot be matched
    let mut files = damage(CHURN, "Bee", "Wasp");
    files.remove(RECONTRACT);
    let starts = [
        "recontractRateEV.csv: the file is missing",
        "churnRateEV.csv: the brand `Bee` in baseVolumeEBIT_EV.csv has no row here",
        "churnRateEV.csv:3: brand: the brand `Wasp` is not in",
    ];
    expect(&files, &starts);
    // A second header of the wrong length is the only problem reported.
    let files = damage(UTILITIES, ",Ant,Bee,red", ",Ant,Bee,Bee,red");
    expect(&files, &["UtilityScoresEV.csv:2: the row has 14 cells"]);
}
