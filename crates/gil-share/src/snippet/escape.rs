//! Text that is somebody else's, made harmless for each format.

use std::fmt::Write;

/// A title in one line: without line breaks, tabs and control characters, which are trouble in
/// every format and say nothing.
pub fn one_line(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An address without the characters that no address has: they are percent-encoded, as a browser
/// would. What remains can end neither an attribute nor a link's destination in angle brackets.
pub fn address(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.trim().chars() {
        if c.is_control() || c.is_whitespace() || "\"'<>\\`{}|^".contains(c) {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                let _ = write!(out, "%{byte:02X}");
            }
        } else {
            out.push(c);
        }
    }
    out
}

/// For an attribute in HTML, XML or JSX. Braces are escaped as well: mdBook and plug-ins of MkDocs
/// look for `{{` in whatever they read.
pub fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '{' => out.push_str("&#123;"),
            '}' => out.push_str("&#125;"),
            _ => out.push(c),
        }
    }
    out
}

/// For a picture's text in Markdown: what could be markup or a character reference, and no more,
/// because some programs lose escaped characters there.
pub fn markdown(text: &str) -> String {
    escaped(text, "\\`*_[]<&|~$")
}

/// For an [`address`] as a link's destination in Markdown.
pub fn destination(address: &str) -> String {
    escaped(address, "()&")
}

/// As a string in double quotes in YAML.
pub fn yaml(text: &str) -> String {
    format!("\"{}\"", escaped(text, "\\\""))
}

fn escaped(text: &str, special: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if special.contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_one_line() {
        assert_eq!(one_line(" a\r\n\n b\u{2028}c\0d\t"), "a b c d");
    }

    #[test]
    fn an_address_keeps_what_addresses_have() {
        let usual = "https://[::1]:8080/a%20b/(c)/?d=e&f=g#v1/io:8:py-1ms+io-2ms@3ms";
        assert_eq!(address(usual), usual);
        assert_eq!(address("a b\"><i>'\n{}\u{a0}é"), "a%20b%22%3E%3Ci%3E%27%0A%7B%7D%C2%A0é");
    }

    #[test]
    fn attributes_and_markup_cannot_be_left() {
        assert_eq!(html("\"><b>&amp;{{'"), "&quot;&gt;&lt;b&gt;&amp;amp;&#123;&#123;&#39;");
        assert_eq!(markdown("](x) `a` <b> \\"), "\\](x) \\`a\\` \\<b> \\\\");
        assert_eq!(destination("a/(b)?c&amp;"), "a/\\(b\\)?c\\&amp;");
        assert_eq!(yaml("a \"b\" \\ : # c"), "\"a \\\"b\\\" \\\\ : # c\"");
    }
}
