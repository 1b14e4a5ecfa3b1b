"""Messages as printed: the place, the line with a caret under the words at fault, labels, hints, the count."""

from policydsl.catalogue import say
from policydsl.diagnostics import DataPlace, Diagnostic, Label, Severity
from policydsl.reports.diagnostics_text import diagnostics_text
from policydsl.source import Source, Span

TEXT = "table holdings\n  value number\nrule R: sum valeu <= 20%\n"
SOURCE = Source("book.policy", TEXT)


def span(words, text=TEXT):
    return Span("book.policy", text.index(words), text.index(words) + len(words))


def test_error_in_a_rulebook():
    found = Diagnostic(
        "PD204", Severity.ERROR, "no column is called `valeu`", span("valeu"),
        (Label(span("holdings"), "the columns of holdings are declared here"),), ("did you mean `value`?",),
    )  # fmt: skip
    assert diagnostics_text([found], [SOURCE]) == (
        "book.policy:3:13: error PD204: no column is called `valeu`\n"
        "     3 | rule R: sum valeu <= 20%\n"
        "       |             ^^^^^\n"
        "    book.policy:1:7: the columns of holdings are declared here\n"
        "     1 | table holdings\n"
        "       |       ^^^^^^^^\n"
        "    hint: did you mean `value`?\n"
        "\n"
        "1 error; `policydsl explain PD204` says more\n"
    )


def test_place_in_the_data_and_no_place():
    told = [
        Diagnostic("PD320", Severity.ERROR, "`x` is no number", DataPlace("holdings.csv", None, 5, "duration")),
        Diagnostic("PD350", Severity.WARNING, "there is no data for `orders`"),
        Diagnostic("PD321", Severity.ERROR, "twice", DataPlace("a.xlsx", "Sheet1", 2)),
    ]
    assert diagnostics_text(told) == (
        "holdings.csv, row 5, column duration: error PD320: `x` is no number\n"
        "\n"
        "warning PD350: there is no data for `orders`\n"
        "\n"
        "a.xlsx, sheet Sheet1, row 2: error PD321: twice\n"
        "\n"
        "2 errors, 1 warning; `policydsl explain PD320` says more\n"
    )


def test_nothing_to_tell():
    assert diagnostics_text([]) == ""


def test_long_line_is_cut_around_the_words():
    text = "a" * 5000 + " wrong " + "b" * 5000
    found = diagnostics_text(
        [Diagnostic("PD100", Severity.ERROR, "no", span("wrong", text))], [Source("book.policy", text)]
    )
    _, quoted, carets, *_ = found.splitlines()
    assert max(map(len, found.splitlines())) <= 100
    assert quoted[carets.index("^") : carets.rindex("^") + 1] == "wrong"


def test_span_of_many_lines_and_at_the_end_underlines_one():
    found = diagnostics_text([Diagnostic("PD100", Severity.ERROR, "no", span("table holdings\n  value"))], [SOURCE])
    assert found.splitlines()[1:3] == ["     1 | table holdings", "       | ^^^^^^^^^^^^^^"]
    at_end = diagnostics_text(
        [Diagnostic("PD100", Severity.ERROR, "no", Span("book.policy", len(TEXT), len(TEXT)))], [SOURCE]
    )
    assert at_end.splitlines()[2] == "       | ^"


def test_tabs_and_what_moves_the_cursor_take_one_place_each():
    text = "\trule\x1b[31m R\r\n"
    found = diagnostics_text(
        [Diagnostic("PD100", Severity.ERROR, "a\x1b[2Jb", span("R", text))], [Source("book.policy", text)]
    )
    _, quoted, carets, *_ = found.splitlines()
    assert "\x1b" not in found
    assert quoted[carets.index("^")] == "R"


def test_every_page_of_the_catalogue_prints():
    assert "PD403" in diagnostics_text([say("PD403", given="x", option="--as-of")])


def test_file_that_is_gone_leaves_its_name():
    assert diagnostics_text([Diagnostic("PD100", Severity.ERROR, "no", Span("gone.policy", 0, 1))]).startswith(
        "gone.policy: error PD100: no\n"
    )
