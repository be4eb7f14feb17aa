//! The parts of the page, by the names that a person knows them by.

use serde_json::json;

use crate::harness::{By, Key, Media, Page, ROOT, TestResult, WebElement};

/// The scenario that the page opens with.
pub const DEFAULT: &str = "v1/count:4:py-50ms";

/// One thread that computes beside two that do quick I/O.
pub const CONVOY: &str = "v1/hog:py-5ms:daemon/io:2:py-100us+io-1ms:x30";

/// Opens the page for a person who wants no motion: nothing plays by itself.
pub async fn open_still(page: &Page, fragment: &str) -> TestResult {
    page.emulate(Media { reduced_motion: true, ..Media::default() }).await?;
    page.open(ROOT, fragment).await?;
    page.wait_for("main .finding").await?;
    Ok(())
}

/// Runs JavaScript for its effect.
pub async fn script(page: &Page, script: &str) -> TestResult {
    page.eval::<Option<()>>(script).await.map(|_| ())
}

/// The text of the first element that fits, shown or not; nothing where there is none.
pub async fn content(page: &Page, css: &str) -> TestResult<String> {
    page.eval(&format!("return document.querySelector({})?.textContent ?? ''", json!(css))).await
}

/// The texts of all elements that fit.
pub async fn contents(page: &Page, css: &str) -> TestResult<Vec<String>> {
    let css = json!(css);
    page.eval(&format!("return [...document.querySelectorAll({css})].map(e => e.textContent)"))
        .await
}

/// The sentence on top.
pub async fn headline(page: &Page) -> TestResult<String> {
    content(page, ".headline .finding").await
}

/// Waits until the sentence on top has this part.
pub async fn headline_has(page: &Page, part: &str) -> TestResult {
    let has = async || Ok(headline(page).await?.contains(part));
    let waited = page.wait_until(&format!("the headline has {part:?}"), has).await;
    explain(waited, headline(page).await?)
}

/// What stands behind `#` in the address.
pub async fn fragment(page: &Page) -> TestResult<String> {
    page.eval("return location.hash.slice(1)").await
}

/// Waits until what stands behind `#` is this.
pub async fn address_is(page: &Page, expected: &str) -> TestResult {
    wait_for_address(page, &format!("is {expected}"), |seen| seen == expected).await
}

/// Waits until the scenario in the address is this, whatever is shown of it.
pub async fn scenario_is(page: &Page, expected: &str) -> TestResult {
    wait_for_address(page, &format!("has the scenario {expected}"), |seen| {
        scenario(seen) == expected
    })
    .await
}

/// A link without what it says about the view.
fn scenario(link: &str) -> String {
    const VIEW: [&str; 7] = ["tab=", "debug=", "at=", "from=", "to=", "slow=", "loop="];
    let of_view = |part: &&str| VIEW.iter().any(|key| part.starts_with(key));
    let parts: Vec<&str> = link.split('/').filter(|part| !of_view(part)).collect();
    parts.join("/")
}

/// Waits until what stands behind `#` has this part.
pub async fn address_has(page: &Page, part: &str) -> TestResult {
    wait_for_address(page, &format!("has {part}"), |seen| seen.contains(part)).await
}

/// Waits until what stands behind `#` does not have this part.
pub async fn address_lacks(page: &Page, part: &str) -> TestResult {
    wait_for_address(page, &format!("lacks {part}"), |seen| !seen.contains(part)).await
}

async fn wait_for_address(page: &Page, what: &str, right: impl Fn(&str) -> bool) -> TestResult {
    let is_right = async || Ok(right(&fragment(page).await?));
    let waited = page.wait_until(&format!("the address {what}"), is_right).await;
    explain(waited, fragment(page).await?)
}

/// Adds to a failure what was there instead.
fn explain(waited: TestResult, seen: String) -> TestResult {
    waited.map_err(|error| format!("{error}; it is {seen:?}").into())
}

/// The playhead in milliseconds.
pub async fn clock(page: &Page) -> TestResult<f64> {
    let text = content(page, ".clock").await?;
    let millis = text.split_once(" ms").ok_or_else(|| format!("no clock: {text:?}"))?;
    Ok(millis.0.parse()?)
}

/// The button of this name; the key in brackets behind a name may be left out.
pub async fn button(page: &Page, name: &str) -> TestResult<WebElement> {
    let xpath = format!(
        "//button[@aria-label='{name}' or starts-with(@aria-label, '{name} (')
           or (not(@aria-label) and normalize-space()='{name}')]"
    );
    let find = async || page.session().find_all(By::XPath(&xpath)).await;
    let is_there = async || Ok(!find().await?.is_empty());
    page.wait_until(&format!("there is a button {name:?}"), is_there).await?;
    Ok(find().await?.remove(0))
}

/// Presses the button of this name with the mouse.
pub async fn press_button(page: &Page, name: &str) -> TestResult {
    Ok(button(page, name).await?.click().await?)
}

/// Chooses from a list.
pub async fn choose(page: &Page, select: &str, value: &str) -> TestResult {
    page.click(&format!("{select} option[value='{value}']")).await
}

/// Types into a field in place of what is there.
pub async fn type_into(page: &Page, field: &str, text: &str) -> TestResult {
    page.click(field).await?;
    page.press_with(Key::Control, 'a').await?;
    page.press(text).await
}

/// Lets go of whatever has the focus, so that keys go to the page.
pub async fn let_go(page: &Page) -> TestResult {
    script(page, "document.activeElement.blur()").await
}

/// An attribute of the first element that fits, waited for.
pub async fn attribute(page: &Page, css: &str, name: &str) -> TestResult<Option<String>> {
    Ok(page.wait_for(css).await?.attr(name).await?)
}

/// Waits until the first element that fits has an attribute of this value.
pub async fn attribute_is(page: &Page, css: &str, name: &str, value: &str) -> TestResult {
    page.wait_for(&format!("{css}[{name}='{value}']")).await.map(|_| ())
}
