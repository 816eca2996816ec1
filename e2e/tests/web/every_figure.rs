//! What holds for the figures of every page, in one visit to each: plotly.js draws them, the page explains
//! them, and they can be saved as pictures.

use e2e::{Page, Result};
use fantoccini::key::Key;
use serde_json::json;

/// The pages with their numbers of figures, and the color scheme to check the explanation in.
const PAGES: [(&str, usize, &str); 5] = [
    ("", 5, "dark"),
    ("page=attractiveness", 5, "light"),
    ("page=insights", 5, "light"),
    ("page=sweep", 9, "dark"),
    ("page=sweep&analysis=grid", 4, "light"),
];

/// What plotly.js would draw otherwise than it is described: a trace type that its bundle lacks is drawn
/// as a scatter, and an unknown setting is ignored, both in silence.
const PROBLEMS: &str = r#"return [...document.querySelectorAll(".js-plotly-plot")].flatMap((chart) => [
    ...chart.data.filter(({ type }, place) => chart._fullData[place].type !== type),
    ...(Plotly.validate(chart.data, chart.layout) ?? []),
].map((problem) => JSON.stringify(problem.msg ?? problem.type)))"#;

/// A picture's title, and the texts that are not inside the picture.
const INSIDE: &str = "const box = document.createElement('div');
    box.innerHTML = arguments[0];
    document.body.append(box);
    const [picture, title, subtitle] = ['svg', '.gtitle', '.gtitle-subtitle']
        .map((part) => box.querySelector(part));
    const whole = picture.getBoundingClientRect();
    const isOutside = (text) => {
        const part = text.getBoundingClientRect();
        return part.left < whole.left || part.right > whole.right
            || part.top < whole.top || part.bottom > whole.bottom;
    };
    const texts = [title, subtitle, ...picture.querySelectorAll('.textpoint text')];
    const outside = texts.filter(isOutside).map((text) => text.textContent);
    box.remove();
    return [title.textContent, outside]";

#[tokio::test]
async fn figures_are_drawn_as_described_and_explained_and_saved_with_their_titles() -> Result {
    let page = Page::visit("about:blank").await?;
    for (fragment, count, scheme) in PAGES {
        page.show(fragment).await?;
        assert_eq!(page.eval(PROBLEMS).await?, json!([]), "at {fragment}");
        let titles = page.figure_titles().await?;
        assert_eq!(titles.len(), count, "{fragment}");
        check_explanation(&page, &titles[0], scheme).await?;
        // The picture of a narrow window has the least room for a title, and the longest needs the most.
        page.resize(390, 900).await?;
        let longest = titles.iter().max_by_key(|title| title.len());
        check_picture(&page, longest.unwrap()).await?;
        page.resize(1440, 900).await?;
    }
    page.finish().await
}

/// Every figure has an explanation, by its type; one of each page is opened.
async fn check_explanation(page: &Page, title: &str, scheme: &str) -> Result {
    let figure = page.figure(title).await?;
    let text = figure.reading().await?;
    assert!(text.len() > 100 && text.ends_with('.'), "{title}: {text}");
    let option = figure.option("How to read this").await?;
    assert_eq!(option.attr("aria-expanded").await?.as_deref(), Some("true"));
    page.send_keys(&Key::Escape.to_string()).await?;
    page.emulate_media("", &[("prefers-color-scheme", scheme)])
        .await?;
    assert_eq!(page.accessibility_violations().await?, [""; 0], "{title}");
    Ok(())
}

/// The picture has the whole title and subtitle, and all values at the ends of bars.
async fn check_picture(page: &Page, title: &str) -> Result {
    let svg = page.figure(title).await?.download("Download SVG").await?;
    let found = page.client().execute(INSIDE, vec![svg.into_text()?.into()]);
    assert_eq!(found.await?, json!([title, []]));
    Ok(())
}
