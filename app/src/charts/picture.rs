//! A chart as a picture file. It has the figure's title, which the page shows above the chart, and a
//! background, where the page's chart is transparent.

use super::drawing::to_json;
use super::markup;
use super::{Theme, file_stem};
use serde_json::json;

/// The format of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Picture {
    /// A raster image.
    Png,
    /// A vector image.
    Svg,
}

/// The height of the title above the chart, CSS pixels.
const TITLE_HEIGHT: i32 = 32;
/// The title's start, from the picture's left and upper edge, CSS pixels.
const TITLE_START: [f64; 2] = [16.0, 28.0];

impl Picture {
    /// The options with which plotly.js exports a chart of this size, CSS pixels, as JSON. Under
    /// `layout` is what differs from the page's layout. The file is named after the title, and its
    /// resolution is high enough for a slide. `lift` is how far plotly.js raises a title, CSS
    /// pixels.
    pub fn export_options(
        self,
        title: &str,
        theme: Theme,
        (width, height): (i32, i32),
        lift: f64,
    ) -> String {
        let (format, scale) = match self {
            Self::Png => ("png", 2),
            Self::Svg => ("svg", 1),
        };
        let height = height + TITLE_HEIGHT;
        let [left, down] = TITLE_START;
        to_json(&json!({
            "format": format,
            "scale": scale,
            "width": width,
            "height": height,
            "filename": file_stem(title),
            "layout": {
                "paper_bgcolor": theme.surface(),
                "title": {
                    // plotly.js interprets tags.
                    "text": markup::escape(title),
                    "font": { "size": 17 },
                    "xref": "container",
                    "x": left / f64::from(width),
                    "xanchor": "left",
                    "yref": "container",
                    "y": 1.0 - (down + lift) / f64::from(height),
                    "yanchor": "bottom",
                },
                "margin": { "l": 64, "r": 32, "t": 40 + TITLE_HEIGHT, "b": 24 },
            },
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    fn options(kind: Picture, theme: Theme) -> Value {
        serde_json::from_str(&kind.export_options("Movement: <25", theme, (640, 352), 0.0)).unwrap()
    }

    #[test]
    fn a_picture_has_its_title_on_the_surface_of_the_theme() {
        let [light, dark] = [Theme::Light, Theme::Dark].map(|theme| options(Picture::Svg, theme));
        assert_eq!(light["layout"]["title"]["text"], "Movement: &lt;25");
        assert_eq!(light["layout"]["paper_bgcolor"], "#ffffff");
        assert_ne!(
            light["layout"]["paper_bgcolor"],
            dark["layout"]["paper_bgcolor"]
        );
    }

    #[test]
    fn a_picture_is_as_wide_as_its_chart_and_has_room_for_the_title() {
        let png = options(Picture::Png, Theme::Light);
        assert_eq!(
            [&png["width"], &png["height"], &png["scale"]],
            [640, 384, 2]
        );
        assert_eq!(png["filename"], "movement-25");
        assert_eq!(options(Picture::Svg, Theme::Light)["scale"], 1);
    }
}
