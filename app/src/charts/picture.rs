//! A chart as a picture file. It has the figure's title and what its numbers are based on, which the page
//! shows above the chart, and a background, where the page's chart is transparent.

use super::drawing::to_json;
use super::markup;
use super::{Theme, file_stem};
use crate::format::wrap;
use serde_json::json;

/// The format of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Picture {
    /// A raster image.
    Png,
    /// A vector image.
    Svg,
}

/// What is written above the chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caption<'a> {
    /// The figure's title.
    pub title: &'a str,
    /// The rule, the segment, the number of respondents and the scenario: "By first choice · 560
    /// respondents · Baseline". Empty where numbers have no such basis.
    pub subtitle: &'a str,
}

/// The height of a title of one line above the chart, CSS pixels.
const TITLE_HEIGHT: i32 = 32;
/// The title's start, from the picture's left and upper edge, CSS pixels.
const TITLE_START: [i32; 2] = [16, 28];

/// The room between the subtitle and the chart, CSS pixels.
const SUBTITLE_GAP: i32 = 8;

/// The letters of the title, and those of the subtitle.
const TITLE: Font = Font {
    size: 17,
    width: 9,
    line: 22,
};
const SUBTITLE: Font = Font {
    size: 12,
    width: 7,
    line: 16,
};

/// Letters, CSS pixels.
struct Font {
    size: i32,
    /// How wide one is on average, in a font with wide letters.
    width: i32,
    /// The height of a line.
    line: i32,
}

impl Font {
    /// The text in lines that fit into the width, for plotly.js, and their number.
    fn lines(&self, text: &str, width: i32) -> (String, i32) {
        let columns = usize::try_from(width / self.width).unwrap_or(0);
        let lines = wrap(text, columns);
        let count = i32::try_from(lines.len()).unwrap_or(0);
        (markup::escape(&lines.join("<br>")), count)
    }
}

impl Picture {
    /// The options with which plotly.js exports a chart of this size, CSS pixels, as JSON. Under
    /// `layout` is what differs from the page's layout. The file is named after the title, and its
    /// resolution is high enough for a slide. `lift` is how far plotly.js raises a title, CSS
    /// pixels.
    pub fn export_options(
        self,
        caption: Caption<'_>,
        theme: Theme,
        (width, height): (i32, i32),
        lift: f64,
    ) -> String {
        let (format, scale) = match self {
            Self::Png => ("png", 2),
            Self::Svg => ("svg", 1),
        };
        let [left, down] = TITLE_START;
        let room = width - left;
        let (title, title_lines) = TITLE.lines(caption.title, room);
        let (subtitle, subtitle_lines) = SUBTITLE.lines(caption.subtitle, room);
        let subtitle_height = match subtitle_lines {
            0 => 0,
            lines => lines * SUBTITLE.line + SUBTITLE_GAP,
        };
        let above = TITLE_HEIGHT + (title_lines - 1) * TITLE.line + subtitle_height;
        let height = height + above;
        to_json(&json!({
            "format": format,
            "scale": scale,
            "width": width,
            "height": height,
            "filename": file_stem(caption.title),
            "layout": {
                "paper_bgcolor": theme.surface(),
                "title": {
                    "text": title,
                    "font": { "size": TITLE.size },
                    "subtitle": { "text": subtitle, "font": { "size": SUBTITLE.size } },
                    "xref": "container",
                    "x": f64::from(left) / f64::from(width),
                    "xanchor": "left",
                    "yref": "container",
                    "y": 1.0 - (f64::from(down) + lift) / f64::from(height),
                    "yanchor": "bottom",
                },
                "margin": { "l": 64, "r": 32, "t": 40 + above, "b": 24 },
            },
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    fn options(kind: Picture, theme: Theme) -> Value {
        let caption = Caption {
            title: "Movement: <25",
            subtitle: "By first choice · R&D, 560 respondents · Baseline",
        };
        serde_json::from_str(&kind.export_options(caption, theme, (640, 352), 0.0)).unwrap()
    }

    #[test]
    fn a_picture_has_its_title_on_the_surface_of_the_theme() {
        let [light, dark] = [Theme::Light, Theme::Dark].map(|theme| options(Picture::Svg, theme));
        assert_eq!(light["layout"]["title"]["text"], "Movement: &lt;25");
        assert_eq!(
            light["layout"]["title"]["subtitle"]["text"],
            "By first choice · R&amp;D, 560 respondents · Baseline"
        );
        assert_eq!(light["layout"]["paper_bgcolor"], "#ffffff");
        assert_ne!(
            light["layout"]["paper_bgcolor"],
            dark["layout"]["paper_bgcolor"]
        );
    }

    #[test]
    fn a_narrow_picture_has_as_many_lines_as_it_needs() {
        let caption = Caption {
            title: "Predicted market share by product",
            subtitle: "By first choice · 560 respondents · Baseline",
        };
        let options = Picture::Svg.export_options(caption, Theme::Light, (280, 352), 0.0);
        let options: Value = serde_json::from_str(&options).unwrap();
        let title = &options["layout"]["title"];
        assert_eq!(title["text"], "Predicted market share by<br>product");
        assert_eq!(
            title["subtitle"]["text"],
            "By first choice · 560 respondents ·<br>Baseline"
        );
        // Another line of the title, two of the subtitle, and the gap.
        assert_eq!(options["height"], 352 + 32 + 22 + 2 * 16 + 8);
        assert_eq!(options["layout"]["margin"]["t"], 40 + 94);
    }

    #[test]
    fn a_picture_is_as_wide_as_its_chart_and_has_room_for_the_title() {
        let png = options(Picture::Png, Theme::Light);
        assert_eq!(
            [&png["width"], &png["height"], &png["scale"]],
            [640, 408, 2]
        );
        assert_eq!(png["filename"], "movement-25");
        assert_eq!(options(Picture::Svg, Theme::Light)["scale"], 1);
    }
}
