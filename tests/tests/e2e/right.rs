//! The tab that holds the simulation against measurements.

use crate::harness::{TestResult, run};
use crate::parts::{address_has, contents, open_still, press_button};

#[test]
fn the_check_fills_its_table_and_owns_up_to_its_misses() -> TestResult {
    run(async |page| {
        open_still(page, "").await?;
        press_button(page, "How right is it?").await?;
        address_has(page, "/tab=right").await?;
        page.wait_for(".right-tab tbody tr").await?;
        page.wait_for(".right-tab [role='status'][aria-busy='false']").await?;

        let rows = contents(page, ".right-tab tbody tr").await?.len();
        assert!(rows >= 20, "{rows} rows");
        for column in [2, 4] {
            let cells = contents(page, &format!(".right-tab tbody td:nth-child({column})")).await?;
            let has_number = |cell: &String| cell.contains(|c: char| c.is_ascii_digit());
            assert!(cells.len() == rows && cells.iter().all(has_number), "{cells:?}");
        }
        let missed = contents(page, ".right-tab tr.missed").await?.len();
        let expected = format!("{} of {rows} figures are within", rows - missed);
        let said = page.text(".right-tab .finding").await?;
        assert!(said.contains(&expected), "{said:?} does not say {expected:?}");
        let titles = contents(page, ".right-tab h2").await?;
        let owns_up = titles.iter().any(|title| title.contains("Where it misses"));
        assert_eq!(owns_up, missed > 0, "{titles:?}");
        Ok(())
    })
}
