//! Coverage as one self-contained HTML page: no script, nothing from the network, readable in light and dark, by
//! keyboard and by screen reader.

use std::fmt::Write as _;

use super::coverage::{Coverage, QuestionLine, StoryLine, TagLine};
use super::report::{address, addressed, misuse, summary};
use crate::speech;

/// The style of the page.
const STYLE: &str = include_str!("page.css");

/// The page. Links are relative to where the page is put: `path#L12`.
#[must_use]
pub fn page(coverage: &Coverage) -> String {
    let mut out = String::new();
    let _ = write!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>Story bank</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#main\">Skip to the report</a>\n<header>\n<h1>Story bank</h1>\n<p>{}</p>\n{}</header>\n\
         <main id=\"main\" tabindex=\"-1\">\n",
        text(&summary(coverage)),
        contents(),
    );
    gaps(&mut out, coverage);
    matrix(&mut out, coverage, "themes", "Themes", &columns(&coverage.themes));
    matrix(&mut out, coverage, "principles", "Principles", &columns(&coverage.principles));
    matrix(&mut out, coverage, "questions", "Questions", &question_columns(&coverage.questions));
    answers(&mut out, coverage);
    stories(&mut out, coverage);
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn contents() -> String {
    let sections = [
        ("gaps", "Gaps"),
        ("themes", "Themes"),
        ("principles", "Principles"),
        ("questions", "Questions"),
        ("answers", "Best stories"),
        ("stories", "Stories"),
    ];
    let items: String =
        sections.iter().map(|(id, name)| format!("<li><a href=\"#{id}\">{name}</a></li>\n")).collect();
    format!("<nav aria-label=\"Sections\">\n<ul>\n{items}</ul>\n</nav>\n")
}

fn gaps(out: &mut String, coverage: &Coverage) {
    out.push_str("<section aria-labelledby=\"gaps\">\n<h2 id=\"gaps\">Gaps</h2>\n");
    let misused = coverage.stories.iter().filter(|story| story.misused()).map(misuse);
    let sentences: Vec<String> =
        coverage.gaps.iter().map(super::coverage::Gap::sentence).chain(misused).collect();
    if sentences.is_empty() {
        out.push_str("<p>None.</p>\n");
    } else {
        let items: String = sentences.iter().map(|gap| format!("<li>{}</li>\n", text(gap))).collect();
        let _ = write!(out, "<ul class=\"gaps\">\n{items}</ul>\n");
    }
    out.push_str("</section>\n");
}

/// A column of a matrix: its name, and for each of its stories what the cell says.
struct Column<'c> {
    name: &'c str,
    cells: Vec<(usize, String)>,
}

fn columns(lines: &[TagLine]) -> Vec<Column<'_>> {
    let column = |line: &'_ TagLine| line.stories.iter().map(|story| (*story, "✓".to_owned())).collect();
    lines.iter().map(|line| Column { name: &line.name, cells: column(line) }).collect()
}

fn question_columns(lines: &[QuestionLine]) -> Vec<Column<'_>> {
    let cells = |line: &'_ QuestionLine| {
        let cell = |answer: &super::coverage::Answer| {
            let total = answer.covered.len() + answer.gaps.len();
            let shown =
                if total == 0 { "✓".to_owned() } else { format!("{}/{total}", answer.covered.len()) };
            (answer.story, shown)
        };
        line.stories.iter().map(cell).collect()
    };
    lines.iter().map(|line| Column { name: &line.text, cells: cells(line) }).collect()
}

fn matrix(out: &mut String, coverage: &Coverage, id: &str, heading: &str, columns: &[Column<'_>]) {
    let _ = write!(
        out,
        "<section>\n<h2 id=\"{id}\">{heading}</h2>\n\
         <div class=\"scroll\" role=\"region\" aria-labelledby=\"{id}\" tabindex=\"0\">\n<table class=\"matrix\">\n\
         <caption>Stories against {}</caption>\n<thead>\n<tr><th scope=\"col\">Story</th>",
        heading.to_lowercase()
    );
    for column in columns {
        let none = if column.cells.is_empty() { " class=\"none\"" } else { "" };
        let _ = write!(out, "<th scope=\"col\"{none}><span>{}</span></th>", text(column.name));
    }
    out.push_str("</tr>\n</thead>\n<tbody>\n");
    for (index, story) in coverage.stories.iter().enumerate() {
        let _ = write!(out, "<tr><th scope=\"row\">{}</th>", text(&story.title));
        for column in columns {
            match column.cells.iter().find(|(of, _)| *of == index) {
                Some((_, shown)) => {
                    let label = format!("{}: {} {shown}", story.title, column.name);
                    let _ = write!(out, "<td class=\"yes\">{}</td>", link(story, shown, Some(&label)));
                }
                None => out.push_str("<td></td>"),
            }
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n<tfoot>\n<tr><th scope=\"row\">Stories</th>");
    for column in columns {
        let none = if column.cells.is_empty() { " class=\"none\"" } else { "" };
        let _ = write!(out, "<td{none}>{}</td>", column.cells.len());
    }
    out.push_str("</tr>\n</tfoot>\n</table>\n</div>\n</section>\n");
}

fn answers(out: &mut String, coverage: &Coverage) {
    out.push_str("<section aria-labelledby=\"answers\">\n<h2 id=\"answers\">Best stories</h2>\n");
    for question in &coverage.questions {
        let _ = writeln!(out, "<h3>{}</h3>", text(&question.text));
        if question.stories.is_empty() && question.candidates.is_empty() {
            out.push_str("<p class=\"none\">No story.</p>\n");
            continue;
        }
        out.push_str("<ol>\n");
        for (answers, note) in [(&question.stories, ""), (&question.candidates, "could answer it: ")] {
            for answer in answers {
                let story = &coverage.stories[answer.story];
                let _ = writeln!(
                    out,
                    "<li>{note}{}: {}</li>",
                    link(story, &story.title, None),
                    text(&addressed(answer))
                );
            }
        }
        out.push_str("</ol>\n");
    }
    out.push_str("</section>\n");
}

fn stories(out: &mut String, coverage: &Coverage) {
    out.push_str(
        "<section>\n<h2 id=\"stories\">Stories</h2>\n\
         <div class=\"scroll\" role=\"region\" aria-labelledby=\"stories\" tabindex=\"0\">\n<table>\n\
         <caption>Length and use of each story</caption>\n<thead>\n<tr><th scope=\"col\">Story</th>\
         <th scope=\"col\">Minutes</th><th scope=\"col\">Questions</th></tr>\n</thead>\n<tbody>\n",
    );
    for story in &coverage.stories {
        let none = if story.misused() { " class=\"none\"" } else { "" };
        let _ = writeln!(
            out,
            "<tr><th scope=\"row\">{}</th><td>{}</td><td{none}>{}</td></tr>",
            link(story, &story.title, None),
            speech::minutes(story.seconds),
            story.questions
        );
    }
    out.push_str("</tbody>\n</table>\n</div>\n</section>\n");
}

fn link(story: &StoryLine, shown: &str, label: Option<&str>) -> String {
    let label = label.map(|label| format!(" aria-label=\"{}\"", text(label))).unwrap_or_default();
    format!("<a href=\"{}\"{label}>{}</a>", text(&address(story)), text(shown))
}

/// A text in which no sign means anything to HTML, neither between tags nor in a quoted attribute.
fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            letter if letter.is_control() => out.push(' '),
            letter => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use starling_grammar::Vocabulary;

    use super::page;
    use crate::bank::coverage::coverage;
    use crate::bank::testing::{STORY, bank};

    #[test]
    fn nothing_in_a_bank_becomes_markup() {
        let evil =
            STORY.replace("# Checkout outage", "# <script>alert(\"1\")</script> & 'x' <img src=x onerror=y>");
        let bank = bank(&[("a\"><b> #?.md", &evil)]);
        let page = page(&coverage(&bank, Vocabulary::builtin()));
        assert!(!page.contains("<script") && !page.contains("<img") && !page.contains("<b>"), "{page}");
        assert!(page.contains("href=\"a%22%3E%3Cb%3E%20%23%3F.md#L6\""), "{page}");
    }

    #[test]
    fn every_tag_is_closed_and_every_cell_has_headers() {
        let page = page(&coverage(&bank(&[("a.md", STORY), ("b/c.md", STORY)]), Vocabulary::builtin()));
        for tag in [
            "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "a", "section", "ul", "ol",
            "li", "span", "div", "main", "header", "nav", "h2", "h3", "p", "style", "title",
        ] {
            let opened =
                page.matches(&format!("<{tag}>")).count() + page.matches(&format!("<{tag} ")).count();
            assert_eq!(opened, page.matches(&format!("</{tag}>")).count(), "{tag}");
        }
        assert_eq!(
            page.matches("<th").count() - page.matches("<thead").count(),
            page.matches("scope=\"").count()
        );
        assert_eq!(page.matches("<table").count(), page.matches("<caption>").count());
        assert!(
            page.contains(
                "<a href=\"b/c.md#L6\" aria-label=\"Checkout outage: Production incident ✓\">✓</a>"
            ),
            "{page}"
        );
        assert!(!page.contains("http://") && !page.contains("https://"), "nothing comes from the network");
    }
}
