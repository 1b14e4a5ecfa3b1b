"""Comments and blank lines of a translated file, and documents with a rulebook in them."""

from policydsl.source import Source
from policydsl.syntax import parse
from policydsl.syntax.translating import translated


def swedish(text: str, path: str = "here.policy") -> str:
    source = Source(path, text)
    file, told = parse(source)
    assert told == ()
    return translated(source, file, "sv")


def test_comments_and_blank_lines_stay_in_their_places():
    assert (
        swedish("""\
# a file
rulebook "R"      # its header
  # a line of its own
  currency SEK    # what it counts in

# ---- rules
rule a: sum <= 5%
rule b "B":       # the second
  sum <= 5.5%
  # before the source
  source "x # y"  # its source
# the end
""")
        == """\
# språk: sv
# a file
regelbok "R"      # its header
  # a line of its own
  valuta SEK      # what it counts in

# ---- rules
regel a: summa <= 5 %
regel b "B":      # the second
  summa <= 5,5 %
  # before the source
  källa "x # y"      # its source
# the end
"""
    )


def test_comments_of_lines_that_are_joined_move_above():
    assert (
        swedish("""\
rule a: sum     # of the base
  <= 5%         # a twentieth
""")
        == """\
# språk: sv
# a twentieth
regel a: summa <= 5 %      # of the base
"""
    )


def test_comments_behind_rows_of_tables():
    assert (
        swedish("""\
limits T: sum
  | duration | max |
  | < 1y     | 5%  |   # short
""")
        == """\
# språk: sv
gränser T: summa
  | duration | max |
  | < 1 år   | 5 % |      # short
"""
    )


def test_the_line_that_named_the_language_gives_way():
    assert swedish("# sprog: da\nregel a: sum <= 5,5 %\n") == "# språk: sv\nregel a: summa <= 5,5 %\n"


def test_references_to_cells_are_in_the_language_of_the_file():
    assert "förvänta T[annars, duration > 7 år] uppfylld" in swedish(
        'test "t"\n  expect T[otherwise, duration>7y] pass\n'
    )


def test_document_keeps_its_prose():
    assert (
        swedish(
            """\
# Policy
Say `policy`.

```policy
# of the rulebook
rule a: sum <= 5%
```

More prose: sum <= 5%.

```policy
rule b: sum <= 2.5%
```
""",
            "here.policy.md",
        )
        == """\
# Policy
Say `policy`.

```policy
# språk: sv
# of the rulebook
regel a: summa <= 5 %
```

More prose: sum <= 5%.

```policy
regel b: summa <= 2,5 %
```
"""
    )
