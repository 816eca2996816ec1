//! A chart as a picture of its own: the figure's title, which the page has above the chart, and a
//! surface, through which the page shines otherwise.

use super::drawing::written;
use super::{Theme, file_stem};
use serde_json::json;

/// The kind of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Picture {
    /// Pixels.
    Png,
    /// Lines and texts.
    Svg,
}

/// The room that the title takes above the chart, CSS pixels.
const TITLE: i32 = 32;
/// Where the title's line begins, from the picture's left and upper edge, CSS pixels.
const LINE: [f64; 2] = [16.0, 28.0];

impl Picture {
    /// What plotly.js is to make of a chart of this size, CSS pixels, as JSON: its options, and
    /// under `layout` what the picture's layout has otherwise than the page's. The file is named
    /// after the title, and its pixels are fine enough for a slide. `lifted` is by how much
    /// plotly.js lifts a title, CSS pixels.
    pub fn export_options(
        self,
        title: &str,
        theme: Theme,
        (width, height): (i32, i32),
        lifted: f64,
    ) -> String {
        let (format, scale) = match self {
            Self::Png => ("png", 2),
            Self::Svg => ("svg", 1),
        };
        let height = height + TITLE;
        let [left, down] = LINE;
        written(&json!({
            "format": format,
            "scale": scale,
            "width": width,
            "height": height,
            "filename": file_stem(title),
            "layout": {
                "paper_bgcolor": theme.surface(),
                "title": {
                    // plotly.js reads tags.
                    "text": title.replace('<', "&lt;"),
                    "font": { "size": 17 },
                    "xref": "container",
                    "x": left / f64::from(width),
                    "xanchor": "left",
                    "yref": "container",
                    "y": 1.0 - (down + lifted) / f64::from(height),
                    "yanchor": "bottom",
                },
                "margin": { "l": 64, "r": 32, "t": 40 + TITLE, "b": 24 },
            },
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    fn wanted(kind: Picture, theme: Theme) -> Value {
        serde_json::from_str(&kind.export_options("Movement: <25", theme, (640, 352), 0.0)).unwrap()
    }

    #[test]
    fn a_picture_has_its_title_on_the_surface_of_the_theme() {
        let [light, dark] = [Theme::Light, Theme::Dark].map(|theme| wanted(Picture::Svg, theme));
        assert_eq!(light["layout"]["title"]["text"], "Movement: &lt;25");
        assert_eq!(light["layout"]["paper_bgcolor"], "#ffffff");
        assert_ne!(
            light["layout"]["paper_bgcolor"],
            dark["layout"]["paper_bgcolor"]
        );
    }

    #[test]
    fn a_picture_is_as_wide_as_its_chart_and_has_room_for_the_title() {
        let png = wanted(Picture::Png, Theme::Light);
        assert_eq!(
            [&png["width"], &png["height"], &png["scale"]],
            [640, 384, 2]
        );
        assert_eq!(png["filename"], "movement-25");
        assert_eq!(wanted(Picture::Svg, Theme::Light)["scale"], 1);
    }
}
