//! Playing, stepping, jumping, and the moment in words that follows.

use crate::harness::{Key, Page, TestResult, run};
use crate::parts::{
    CONVOY, address_has, attribute, attribute_is, button, clock, content, contents, let_go,
    open_still, press_button,
};

#[test]
fn plays_and_pauses_by_button_and_by_space() -> TestResult {
    run(async |page| {
        open_still(page, "").await?;
        press_button(page, "Play").await?;
        moves(page).await?;
        press_button(page, "Pause").await?;
        stands(page).await?;
        let_go(page).await?;
        page.press(" ").await?;
        moves(page).await?;
        page.press(" ").await?;
        stands(page).await
    })
}

async fn moves(page: &Page) -> TestResult {
    button(page, "Pause").await?;
    let before = clock(page).await?;
    page.wait_until("the clock moves", async || Ok(clock(page).await? > before)).await
}

async fn stands(page: &Page) -> TestResult {
    button(page, "Play").await?;
    let before = clock(page).await?;
    page.settle().await?;
    assert_eq!(clock(page).await?, before);
    Ok(())
}

#[test]
fn steps_from_event_to_event() -> TestResult {
    run(async |page| {
        open_still(page, CONVOY).await?;
        page.press("n").await?;
        let start = current_event(page, "").await?;
        page.press(".").await?;
        let second = current_event(page, &start).await?;
        press_button(page, "One event forward").await?;
        let third = current_event(page, &second).await?;
        press_button(page, "One event back").await?;
        assert_eq!(current_event(page, &third).await?, second);
        let_go(page).await?;
        page.press(",").await?;
        assert_eq!(current_event(page, &second).await?, start);
        Ok(())
    })
}

/// The event that is marked in the list, once it is another one than before.
async fn current_event(page: &Page, before: &str) -> TestResult<String> {
    const CURRENT: &str = ".events [aria-current='true']";
    let other = async || Ok(!["", before].contains(&content(page, CURRENT).await?.as_str()));
    page.wait_until(&format!("another event than {before:?} is marked"), other).await?;
    content(page, CURRENT).await
}

#[test]
fn handoffs_are_told_as_state_trigger_and_consequence() -> TestResult {
    run(async |page| {
        open_still(page, CONVOY).await?;
        page.wait_for(".moment").await?;
        let first = handoff(page, "n").await?;
        let second = handoff(page, "n").await?;
        assert!(second > first, "{first} ms, then {second} ms");
        assert_eq!(handoff(page, "p").await?, first);
        press_button(page, "Next handoff").await?;
        page.wait_until("the next one is there", async || Ok(clock(page).await? == second)).await?;
        press_button(page, "Previous handoff").await?;
        page.wait_until("the first one is there", async || Ok(clock(page).await? == first)).await
    })
}

/// Goes to a handoff with a key, and reads about it. Hands back when it is.
async fn handoff(page: &Page, key: &str) -> TestResult<f64> {
    let before = clock(page).await?;
    page.press(key).await?;
    page.wait_until("the clock jumps", async || Ok(clock(page).await? != before)).await?;
    assert_eq!(contents(page, ".moment dt").await?, ["State", "Trigger", "Consequence"]);
    let told = contents(page, ".moment dd").await?;
    assert!(told.len() == 3 && told.iter().all(|words| words.len() > 10), "{told:?}");
    let event = content(page, ".events [aria-current='true']").await?;
    let (who, _) = event.split_once(" takes the ").ok_or_else(|| format!("no handoff: {event}"))?;
    let (_, who) = who.rsplit_once(' ').ok_or("no name")?;
    assert!(told[2].contains(who), "{told:?} tells nothing of {who}");
    let stage = attribute(page, ".stage canvas", "aria-label").await?;
    assert_eq!(stage, Some(format!("The stage: {who} has the GIL")));
    clock(page).await
}

#[test]
fn goes_to_the_ends_and_to_any_place_between() -> TestResult {
    run(async |page| {
        open_still(page, "").await?;
        let end = run_length(page).await?;
        page.press(Key::End).await?;
        let is_at = async |at: f64| Ok((clock(page).await? - at).abs() < end / 50.0);
        page.wait_until("the playhead is at the end", async || is_at(end).await).await?;
        page.press(Key::Home).await?;
        page.wait_until("it is at the beginning", async || Ok(clock(page).await? == 0.0)).await?;
        page.click(".scrub").await?;
        page.wait_until("it is in the middle", async || is_at(end / 2.0).await).await?;
        address_has(page, "/at=").await
    })
}

async fn run_length(page: &Page) -> TestResult<f64> {
    let nanos: String = attribute(page, ".scrub", "max").await?.ok_or("no end")?;
    Ok(nanos.parse::<f64>()? / 1e6)
}

#[test]
fn speed_and_loop_have_keys() -> TestResult {
    run(async |page| {
        open_still(page, "").await?;
        let usual = content(page, ".speed-text").await?;
        page.press("[").await?;
        page.wait_until("it is slower", async || Ok(speed(page).await? != usual)).await?;
        let slower = speed(page).await?;
        page.press("]").await?;
        page.wait_until("it is as before", async || Ok(speed(page).await? == usual)).await?;
        page.press("]").await?;
        let other = async || Ok(![&usual, &slower].contains(&&speed(page).await?));
        page.wait_until("it is faster", other).await?;
        address_has(page, "/slow=").await?;

        const LOOP: &str = ".toggle[title^='Start again at the end']";
        attribute_is(page, LOOP, "aria-pressed", "false").await?;
        page.press("l").await?;
        attribute_is(page, LOOP, "aria-pressed", "true").await?;
        address_has(page, "/loop=on").await?;
        press_button(page, "Loop").await?;
        attribute_is(page, LOOP, "aria-pressed", "false").await
    })
}

async fn speed(page: &Page) -> TestResult<String> {
    let text = content(page, ".speed-text").await?;
    assert!(text.starts_with("1 ms takes "), "{text:?}");
    Ok(text)
}
