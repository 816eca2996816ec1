//! The test library itself, on small pages: it finds visible controls, and only those, and it reports
//! what a test must not miss.

use e2e::{Page, Result, wait_until_equal};

const FORM: &str = "<label>cost <input value=old></label><output></output>
<select aria-label=Rule><option>First choice<option>Logit</select>
<label><span>Tier</span> <select><option>Major<option>Minor</select></label>
<table><caption>Offers</caption><tr><th>id<th>cost<tr><td>1<td>9</table>
<button>Go</button><button>Twice</button><button>Twice</button><button hidden>Hidden</button>
<script>document.querySelector('input').onchange = ({ target }) =>
  document.querySelector('output').textContent = `committed ${target.value}`</script>";

async fn open_html(html: &str) -> Result<Page> {
    Page::visit(&format!("data:text/html,{html}")).await
}

#[tokio::test]
async fn controls_are_found_and_used_by_role_and_name() -> Result {
    let page = open_html(FORM).await?;
    page.fill("cost", "449").await?;
    page.wait_for_text("committed 449").await?;
    page.choose("Rule", "Logit").await?;
    let rule = page.find("combobox", "Rule").await?;
    assert_eq!(rule.prop("value").await?.as_deref(), Some("Logit"));
    page.choose("Tier", "Minor").await?;
    assert_eq!(page.input_value("combobox", "Tier").await?, "Minor");
    assert_eq!(page.table("Offers").await?, [["id", "cost"], ["1", "9"]]);
    assert!(page.scope().find_all("button", "Hidden").await?.is_empty());
    let error = page.press("Twice").await.unwrap_err();
    assert!(format!("{error:?}").contains("2 elements"), "{error:?}");
    page.finish().await
}

/// Presses "Right" on a page with a script. Its function `move` puts another button in that place.
async fn press_what_moves(script: &str) -> Result {
    let page = open_html(&format!(
        "<p></p><button onclick=show(this)>Right</button> <output></output>
        <script>const show = ({{ textContent }}) => document.querySelector('output').append(textContent);
        const move = () => document.querySelector('p').innerHTML =
          '<button style=width:50vw;height:50vh onclick=show(this)>Wrong</button>';
        {script}</script>"
    ))
    .await?;
    page.press("Right").await?;
    let shown = page
        .eval("return document.querySelector('output').textContent")
        .await?;
    assert_eq!(shown, "Right");
    page.finish().await
}

/// Runs a statement once the library has found where to click.
fn before_the_click(statement: &str) -> String {
    format!(
        "const find = document.elementFromPoint;
        document.elementFromPoint = (...point) => {{
            document.elementFromPoint = find;
            setTimeout(() => {{ {statement} }});
            return find.apply(document, point);
        }}"
    )
}

#[tokio::test]
async fn a_button_that_moves_away_from_the_mouse_is_pressed_nevertheless() -> Result {
    press_what_moves(&before_the_click("move()")).await
}

#[tokio::test]
async fn a_button_that_is_replaced_before_it_is_hit_is_found_again() -> Result {
    let replace = "const button = document.querySelector('button');
        button.replaceWith(button.cloneNode(true))";
    press_what_moves(&before_the_click(replace)).await
}

#[tokio::test]
async fn a_button_that_moves_away_while_it_is_pressed_is_pressed_again() -> Result {
    press_what_moves("addEventListener('mousedown', move, { once: true })").await
}

#[tokio::test]
async fn a_console_error_fails_the_visit() -> Result {
    let page = open_html("<script>console.error('broken')</script>").await?;
    let error = page.finish().await.unwrap_err();
    assert!(format!("{error:?}").contains("broken"), "{error:?}");
    Ok(())
}

#[tokio::test]
async fn a_policy_violation_fails_the_visit() -> Result {
    let policy = "<meta http-equiv=Content-Security-Policy content=\"script-src 'none'\">";
    let page = open_html(&format!("{policy}<script>1</script>")).await?;
    let error = page.finish().await.unwrap_err();
    assert!(
        format!("{error:?}").contains("policy: script-src-elem"),
        "{error:?}"
    );
    Ok(())
}

/// How many processes have a text in their command line.
fn count_processes(mark: &str) -> Result<usize> {
    let mut count = 0;
    for process in std::fs::read_dir("/proc")?.flatten() {
        // Not every entry is a process, and one may end meanwhile.
        let line = std::fs::read(process.path().join("cmdline")).unwrap_or_default();
        count += usize::from(String::from_utf8_lossy(&line).contains(mark));
    }
    Ok(count)
}

#[tokio::test]
async fn closing_a_page_ends_its_browser() -> Result {
    let mark = format!("--user-agent=closing-{}", std::process::id());
    let page = Page::visit_with(std::slice::from_ref(&mark), "about:blank").await?;
    assert!(count_processes(&mark)? > 0, "the browser has the flag");
    page.finish().await?;
    wait_until_equal("processes", 0, async || count_processes(&mark)).await
}
