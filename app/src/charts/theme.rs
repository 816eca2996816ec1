//! Light and dark: plotly.js templates that match the page's colors.

use super::contrast::ensure_contrast;
use super::drawing::to_json;
use crate::format::reader_separators;
use serde_json::json;
use std::sync::LazyLock;

const CLEAR: &str = "rgba(0,0,0,0)";
/// The page's fonts.
const FONTS: &str =
    "system-ui, 'Segoe UI', Roboto, Oxygen, Ubuntu, Cantarell, Helvetica, Arial, sans-serif";
/// The size of all text, in pixels.
const FONT_SIZE: u8 = 13;
/// Okabe and Ito's palette without black, which readers with any color blindness can distinguish.
const PALETTE: [&str; 7] = [
    "#0072b2", "#e69f00", "#009e73", "#d55e00", "#56b4e9", "#cc79a7", "#b8a800",
];

/// The color of products without a brand and of all respondents; legible on light and dark pages.
pub const UNBRANDED: &str = "#7b8495";

/// The colors of a chart, unless its traces have their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// Dark marks on a light page.
    Light,
    /// Light marks on a dark page.
    Dark,
}

/// The colors of everything that is not data.
struct Colors {
    text: &'static str,
    grid: &'static str,
    axis: &'static str,
    surface: &'static str,
    /// The colors of differences, from far below 0 to far above; the middle is the surface. Orange
    /// and blue are distinguishable with any color blindness, and the contrast to the surface grows
    /// with the difference.
    diverging: [&'static str; 4],
}

const LIGHT: Colors = Colors {
    text: "#373c44",
    grid: "#e3e6ec",
    axis: "#8891a4",
    surface: "#ffffff",
    diverging: ["#a84300", "#efa35c", "#79b3dc", "#00538f"],
};
const DARK: Colors = Colors {
    text: "#c2c7d0",
    grid: "#2a3140",
    axis: "#7b8495",
    surface: "#1c212c",
    diverging: ["#ffa64d", "#98561a", "#22669c", "#62b5f0"],
};

static LIGHT_TEMPLATE: LazyLock<String> = LazyLock::new(|| template(&LIGHT));
static DARK_TEMPLATE: LazyLock<String> = LazyLock::new(|| template(&DARK));

impl Theme {
    /// The theme for a reader's preference.
    pub fn from_preference(prefers_dark: bool) -> Self {
        if prefers_dark {
            Self::Dark
        } else {
            Self::Light
        }
    }

    /// A brand's color as it is drawn: the same hue with enough contrast to the surface. It is the
    /// same in every figure of a theme.
    pub fn mark(self, color: &str) -> String {
        let towards = match self {
            Self::Light => 0,
            Self::Dark => 255,
        };
        ensure_contrast(color, self.surface(), towards)
    }

    /// The background of figures.
    pub fn surface(self) -> &'static str {
        match self {
            Self::Light => LIGHT.surface,
            Self::Dark => DARK.surface,
        }
    }

    /// The plotly.js template, as JSON.
    pub fn template(self) -> &'static str {
        match self {
            Self::Light => &LIGHT_TEMPLATE,
            Self::Dark => &DARK_TEMPLATE,
        }
    }
}

fn template(colors: &Colors) -> String {
    // plotly.js would make titles a fifth larger than other text, which is too long for a phone.
    let title = json!({ "font": { "size": FONT_SIZE } });
    let axis = |grid: bool| {
        json!({
            "automargin": true,
            "title": title,
            "showgrid": grid,
            "gridcolor": colors.grid,
            "linecolor": colors.axis,
            "zerolinecolor": colors.axis,
            "tickcolor": colors.axis,
        })
    };
    let [lowest, low, high, highest] = colors.diverging;
    let font = json!({ "family": FONTS, "size": FONT_SIZE, "color": colors.text });
    // Plain JSON, because the crate's template type would add its whole layout to the Wasm.
    to_json(&json!({ "layout": {
        "font": font,
        "separators": reader_separators().decimal_and_group(),
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "colorway": PALETTE,
        "colorscale": { "diverging": [
            [0, lowest], [0.25, low], [0.5, colors.surface], [0.75, high], [1, highest],
        ] },
        "hovermode": "closest",
        "hoverlabel": { "bgcolor": colors.surface, "bordercolor": colors.axis, "font": font },
        "annotationdefaults": { "arrowcolor": colors.text },
        "modebar": { "bgcolor": CLEAR, "color": colors.axis, "activecolor": colors.text },
        // Below the chart there is room for any number of rows. Above it, plotly.js's buttons would
        // cover the legend.
        "legend": {
            "bgcolor": CLEAR,
            "orientation": "h",
            "x": 0,
            "yref": "container",
            "y": 0,
            "yanchor": "bottom",
            "tracegroupgap": 0,
        },
        "margin": { "l": 48, "r": 16, "t": 40, "b": 24 },
        "xaxis": axis(false),
        "yaxis": axis(true),
    }, "data": {
        // An edge makes marks of any color visible.
        "scatter": [{ "marker": { "line": { "width": 1, "color": colors.axis } } }],
        "heatmap": [{ "colorbar": { "title": title } }],
    }}))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::{Separators, set_reader_separators};
    use serde_json::Value;

    #[test]
    fn both_themes_are_transparent_and_differ_in_text() {
        let read = |theme: Theme| serde_json::from_str::<Value>(theme.template()).unwrap();
        let (light, dark) = (
            read(Theme::from_preference(false)),
            read(Theme::from_preference(true)),
        );
        for theme in [&light, &dark] {
            assert_eq!(theme["layout"]["paper_bgcolor"], CLEAR);
            assert_eq!(theme["layout"]["xaxis"]["automargin"], true);
        }
        assert_ne!(light["layout"]["font"], dark["layout"]["font"]);
    }

    #[test]
    fn axes_and_hover_texts_have_the_readers_separators() {
        set_reader_separators(Separators::from_browser(Some(','), Some('.')));
        let german: Value = serde_json::from_str(&template(&LIGHT)).unwrap();
        assert_eq!(german["layout"]["separators"], ",.");
        set_reader_separators(Separators::PLAIN);
        let english: Value = serde_json::from_str(&template(&LIGHT)).unwrap();
        assert_eq!(english["layout"]["separators"], ".,");
    }

    #[test]
    fn a_difference_of_0_has_the_color_of_the_surface() {
        for colors in [&LIGHT, &DARK] {
            let template: Value = serde_json::from_str(&template(colors)).unwrap();
            let scale = &template["layout"]["colorscale"]["diverging"];
            assert_eq!(scale[2], json!([0.5, colors.surface]));
            assert_eq!(scale[4][1], colors.diverging[3]);
        }
    }
}
