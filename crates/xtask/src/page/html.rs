//! Finding and replacing elements of the built page. Its markup is our own and Trunk's, so that
//! looking for how a tag begins is enough.

use crate::failure::{Failure, Outcome};

/// The page with the first element that begins like this replaced by what `by` makes of it.
///
/// # Errors
/// When there is no such element, and those of `by`.
pub fn replace(
    page: &str,
    begin: &str,
    end: &str,
    by: impl FnOnce(&str) -> Outcome<String>,
) -> Outcome<String> {
    let (before, element, after) = cut(page, begin, end)
        .ok_or_else(|| Failure::new(format!("the built page has no {begin} ... {end}")))?;
    Ok([before, &by(element)?, after].concat())
}

/// The page with every element that begins like this replaced by what `by` makes of it.
///
/// # Errors
/// Those of `by`.
pub fn replace_all(
    page: &str,
    begin: &str,
    end: &str,
    by: impl Fn(&str) -> Outcome<String>,
) -> Outcome<String> {
    let mut done = String::new();
    let mut rest = page;
    while let Some((before, element, after)) = cut(rest, begin, end) {
        done.push_str(before);
        done.push_str(&by(element)?);
        rest = after;
    }
    Ok(done + rest)
}

/// The first value that stands between quotes behind `key`, such as `href=`.
///
/// # Errors
/// When the key is not there.
pub fn value<'a>(text: &'a str, key: &str) -> Outcome<&'a str> {
    let value = text.split_once(key).and_then(|(_, behind)| behind.split('"').nth(1));
    value.ok_or_else(|| Failure::new(format!("the built page has no value for {key}")))
}

/// A script's text as the content of a `script` element, which nothing in it may end: in strings,
/// where such words stand, a backslash changes nothing.
pub fn script(text: &str) -> String {
    // Of either case.
    text.replace("</s", "<\\/s").replace("</S", "<\\/S").replace("<!--", "<\\!--")
}

/// A style sheet as the content of a `style` element; what is said of [`script`] holds here.
pub fn style(text: &str) -> String {
    text.replace("</s", "<\\/s").replace("</S", "<\\/S")
}

fn cut<'a>(page: &'a str, begin: &str, end: &str) -> Option<(&'a str, &'a str, &'a str)> {
    let start = page.find(begin)?;
    let length = page[start..].find(end)? + end.len();
    let (before, rest) = page.split_at(start);
    let (element, after) = rest.split_at(length);
    Some((before, element, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replaces_elements() {
        let page = "a<b id=1>x</b>c<b id=2>y</b>d";
        let replaced = replace(page, "<b id=2", "</b>", |_| Ok("?".into()));
        assert_eq!(replaced.as_deref(), Ok("a<b id=1>x</b>c?d"));
        let all = replace_all(page, "<b", "</b>", |element| Ok(element.to_uppercase()));
        assert_eq!(all.as_deref(), Ok("a<B ID=1>X</B>c<B ID=2>Y</B>d"));
        assert!(replace(page, "<i", "</i>", |_| Ok("?".into())).is_err());
        assert!(replace(page, "<b", "</i>", |_| Ok("?".into())).is_err());
    }

    #[test]
    fn reads_values() {
        assert_eq!(value("<link href=\"./a.css\" rel=\"x\">", "href="), Ok("./a.css"));
        assert_eq!(value("{ \"wasm\": \"./a.wasm\" }", "\"wasm\":"), Ok("./a.wasm"));
        assert!(value("<link rel=\"x\">", "href=").is_err());
    }

    #[test]
    fn nothing_ends_the_element_that_it_stands_in() {
        assert_eq!(script("'</script></Script><!--'"), "'<\\/script><\\/Script><\\!--'");
        assert_eq!(style("a::after { content: '</style>' }"), "a::after { content: '<\\/style>' }");
    }
}
