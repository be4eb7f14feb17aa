//! The debugger: open it, step, set breakpoints, run to them and back.

use crate::harness::{Key, PHONE, Page, TestResult, run};
use crate::parts::{
    CONVOY, address_has, address_lacks, clock, content, contents, let_go, open_still, press_button,
    type_into,
};

#[test]
fn a_key_opens_and_closes_it_and_the_link_says_so() -> TestResult {
    run(async |page| {
        open_still(page, CONVOY).await?;
        page.press("d").await?;
        page.wait_for("#debugger .listing").await?;
        address_has(page, "/debug=on").await?;
        page.press("d").await?;
        page.wait_for_none("#debugger").await?;
        address_lacks(page, "debug").await?;
        press_button(page, "Debugger").await?;
        page.wait_for("#debugger .listing").await?;
        page.reload().await?;
        page.wait_for("#debugger .listing").await.map(|_| ())
    })
}

#[test]
fn stepping_shows_what_each_event_does_to_the_variables() -> TestResult {
    run(async |page| {
        open_debugger(page).await?;
        // The handoff on request: the I/O thread has the GIL afterwards.
        page.press("n").await?;
        current_is(page, "take.locked").await?;
        let taker = content(page, ".line[aria-current] .now-marker").await?;
        assert_eq!(variable(page, "locked").await?, format!("1, by {taker}"));
        assert_eq!(variable(page, "last_holder").await?, taker);
        let number: u64 = variable(page, "switch_number").await?.parse()?;
        let changed = contents(page, ".debugger-variables .changed th").await?;
        assert!(changed.contains(&"switch_number".to_owned()), "{changed:?}");
        let log = content(page, ".debugger-log [aria-current]").await?;
        assert!(log.contains(&format!("switch_number = {number}")), "{log:?}");

        // Back to before it, and forward again: the same.
        let listing = contents(page, "#debugger td").await?;
        press_button(page, "Step back").await?;
        let before = (number - 1).to_string();
        variable_is(page, "switch_number", &before).await?;
        press_button(page, "Step").await?;
        variable_is(page, "switch_number", &number.to_string()).await?;
        assert_eq!(contents(page, "#debugger td").await?, listing);
        assert_eq!(contents(page, ".told dt").await?, ["State", "Trigger", "Consequence"]);
        let link = "return document.querySelector('#debugger .rule a').href";
        let rule: String = page.eval(link).await?;
        assert_eq!(rule, "https://github.com/python/cpython/blob/3.11/Python/ceval_gil.h");
        Ok(())
    })
}

#[test]
fn a_breakpoint_on_a_line_stops_there_forwards_and_backwards() -> TestResult {
    run(async |page| {
        open_debugger(page).await?;
        page.click(".line[data-line='take.request'] .gutter").await?;
        page.wait_for(".line[data-line='take.request'] .gutter[aria-pressed='true']").await?;
        press_button(page, "Run to breakpoint").await?;
        current_is(page, "take.request").await?;
        page.wait_for(".breakpoint.hit").await?;
        let first = clock(page).await?;
        assert_eq!(variable(page, "gil_drop_request").await?, "1");
        press_button(page, "Run to breakpoint").await?;
        page.wait_until("it runs on", async || Ok(clock(page).await? > first)).await?;
        current_is(page, "take.request").await?;
        press_button(page, "Run back").await?;
        page.wait_until("it is back", async || Ok(clock(page).await? == first)).await?;
        page.press("n").await?;
        page.press_with(Key::Shift, ',').await?;
        page.wait_until("the key runs back", async || Ok(clock(page).await? == first)).await?;
        press_button(page, "Remove line 22: gil_drop_request = 1; eval_breaker = 1").await?;
        page.wait_for_none(".breakpoint").await
    })
}

#[test]
fn playing_pauses_at_a_breakpoint() -> TestResult {
    run(async |page| {
        open_debugger(page).await?;
        page.click(".line[data-line='take.request'] .gutter").await?;
        page.wait_for(".breakpoint").await?;
        press_button(page, "Continue").await?;
        page.wait_for(".breakpoint.hit").await?;
        current_is(page, "take.request").await?;
        press_button(page, "Play").await
    })
}

#[test]
fn conditions_are_typed_with_help_where_they_are_wrong() -> TestResult {
    run(async |page| {
        open_debugger(page).await?;
        const FIELD: &str = ".new-condition input";
        type_into(page, FIELD, "wiat(io-1) > 3ms").await?;
        press_button(page, "Add").await?;
        page.wait_for(".new-condition .fault mark").await?;
        assert_eq!(content(page, ".new-condition .fault mark").await?, "wiat");
        let said = content(page, ".new-condition .fault").await?;
        assert!(said.contains("did you mean wait?"), "{said:?}");
        type_into(page, FIELD, "latency > 3ms").await?;
        press_button(page, "Add").await?;
        page.wait_for(".breakpoint").await?;
        let_go(page).await?;
        press_button(page, "Run to breakpoint").await?;
        page.wait_for(".breakpoint.hit").await?;
        current_is(page, "take.locked").await?;
        let taker = content(page, ".line[aria-current] .now-marker").await?;
        assert!(taker.starts_with("io-"), "{taker:?}");
        Ok(())
    })
}

#[test]
fn on_a_phone_it_stacks_and_nothing_is_cut_off() -> TestResult {
    run(async |page| {
        page.set_viewport(PHONE).await?;
        open_debugger(page).await?;
        page.press("n").await?;
        current_is(page, "take.locked").await?;
        let order = "const top = css => document.querySelector(css).getBoundingClientRect().top;
            return top('.debugger-controls') < top('.debugger-variables')
              && top('.debugger-variables') < top('.listing')
              && [...document.querySelectorAll('#debugger *:not(.visually-hidden)')]
                .every(element => element.getBoundingClientRect().right <= innerWidth + 1)";
        assert!(page.eval::<bool>(order).await?);
        Ok(())
    })
}

async fn open_debugger(page: &Page) -> TestResult {
    open_still(page, &format!("{CONVOY}/debug=on")).await?;
    page.wait_for("#debugger .listing").await.map(|_| ())
}

async fn current_is(page: &Page, line: &str) -> TestResult {
    page.wait_for(&format!(".line[data-line='{line}'][aria-current]")).await.map(|_| ())
}

/// What a variable holds.
async fn variable(page: &Page, name: &str) -> TestResult<String> {
    let script = "const rows = [...document.querySelectorAll('.debugger-variables tr')];
        return rows.find(row => row.cells[0].textContent === NAME).cells[1].textContent";
    page.eval(&script.replace("NAME", &format!("'{name}'"))).await
}

async fn variable_is(page: &Page, name: &str, value: &str) -> TestResult {
    let is = async || Ok(variable(page, name).await? == value);
    page.wait_until(&format!("{name} is {value}"), is).await
}
