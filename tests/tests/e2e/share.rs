//! A link shows a colleague exactly the same.

use gil_share::snippet::Host;

use crate::harness::{By, Page, ROOT, TestResult, run};
use crate::parts::{
    CONVOY, address_has, choose, clock, content, fragment, headline, headline_has, open_still,
    press_button, type_into,
};

/// What two people should both see.
#[derive(Debug, PartialEq)]
struct Seen {
    headline: String,
    clock: f64,
    moment: String,
    fragment: String,
}

impl Seen {
    async fn on(page: &Page) -> TestResult<Self> {
        // The picture's width decides nothing, but it has to be there before the address is final.
        page.wait_for(".lanes canvas").await?;
        page.settle().await?;
        let moment = content(page, ".moment").await?;
        let (headline, fragment) = (headline(page).await?, fragment(page).await?);
        Ok(Self { headline, clock: clock(page).await?, moment, fragment })
    }
}

#[test]
fn a_shared_link_opens_the_same_for_others() -> TestResult {
    let mut link = String::new();
    let mut sent = None;
    run(async |page| {
        open_still(page, "").await?;
        choose(page, "#preset", "convoy").await?;
        type_into(page, "#set-switch-interval-value", "50ms").await?;
        headline_has(page, "50 ms").await?;
        page.click(".scrub").await?;
        press_button(page, "Next handoff").await?;
        press_button(page, "Zoom in").await?;
        press_button(page, "Loop").await?;
        for part in ["si=50ms", "/at=", "/from=", "/to=", "/loop=on"] {
            address_has(page, part).await?;
        }
        press_button(page, "Share").await?;
        press_button(page, "Copy link").await?;
        let copied = async || Ok(content(page, ".share [role='status']").await? == "Link copied");
        page.wait_until("it says that the link is copied", copied).await?;
        link = page.clipboard().await?;
        press_button(page, "Close").await?;
        assert_eq!(link, page.address().await?);
        sent = Some(Seen::on(page).await?);
        Ok(())
    })?;
    let (_, shared) = link.split_once('#').ok_or("a link without a scenario")?;
    run(async |page| {
        // A colleague's browser, where motion is welcome.
        page.open(ROOT, shared).await?;
        assert_eq!(Some(Seen::on(page).await?), sent);
        Ok(())
    })
}

#[test]
fn a_figure_is_tried_before_it_is_copied() -> TestResult {
    run(async |page| {
        open_still(page, CONVOY).await?;
        press_button(page, "Share").await?;
        press_button(page, "Embed").await?;
        tick(page, "Stage").await?;
        tick(page, "Switch interval").await?;
        let text = async || {
            page.eval::<String>("return document.querySelector('.copyable textarea').value").await
        };
        let element = text().await?;
        assert!(element.contains("view=\"timeline\" controls=\"play si\""), "{element}");
        // The preview is the figure itself.
        page.enter_frame(".share-preview").await?;
        page.wait_for(".embed .knob").await?;
        page.wait_for_none(".stage").await?;
        page.session().enter_default_frame().await?;
        let height = "return document.querySelector('.share-preview').clientHeight";
        page.wait_until_js("it is as high as its content", &format!("{height} !== 480")).await?;
        // For every kind of page there is a text with a link that opens.
        for host in Host::ALL {
            choose(page, ".share-field select", host.key()).await?;
            let text = text().await?;
            let (_, link) = text.split_once("#v1/").ok_or_else(|| format!("no link in {text}"))?;
            let end = link.find(|c: char| !(c.is_ascii_alphanumeric() || "-._:/+=@".contains(c)));
            let link = format!("v1/{}", &link[..end.unwrap_or(link.len())]);
            assert!(gil_notation::parse(&link).is_ok(), "{}: {link}", host.key());
        }
        Ok(())
    })
}

/// Ticks a box, or takes the tick away.
async fn tick(page: &Page, label: &str) -> TestResult {
    let path = format!("//label[@class='tick'][normalize-space()='{label}']/input");
    Ok(page.session().find(By::XPath(path)).await?.click().await?)
}

#[test]
fn what_plays_is_shared_as_playing_unless_the_moment_is_meant() -> TestResult {
    run(async |page| {
        page.open(ROOT, CONVOY).await?;
        page.wait_until("it plays", async || Ok(clock(page).await? > 0.0)).await?;
        press_button(page, "Share").await?;
        let link = async || {
            page.eval::<String>("return document.querySelector('.copyable textarea').value").await
        };
        assert!(!link().await?.contains("/at="));
        page.click(".share-moment input").await?;
        assert!(link().await?.contains("/at="));
        Ok(())
    })
}
