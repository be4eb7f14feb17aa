//! A link shows a colleague exactly the same.

use crate::harness::{Page, ROOT, TestResult, run};
use crate::parts::{
    address_has, choose, clock, content, fragment, headline, headline_has, open_still,
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
        let copied = async || Ok(content(page, ".share [role='status']").await? == "Link copied");
        page.wait_until("it says that the link is copied", copied).await?;
        link = page.clipboard().await?;
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
