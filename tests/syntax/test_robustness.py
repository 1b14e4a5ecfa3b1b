"""Whatever the text, it is read or told about, soon."""

import random
import threading
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from policydsl.source import Source
from policydsl.syntax import ast, kept, parse, parse_expression
from policydsl.syntax.loading import load_tables
from policydsl.syntax.printing import print_expr
from policydsl.syntax.translating import print_file

SAMPLE = """\
rulebook "Example"
  currency SEK
  base portfolio
table holdings, each holding
  issuer_type one of state, bank, blank means none
  amount      money in SEK, key
scale s, best first: A = B, C; unrated: NR
category c of holdings where held
  A "x": rating >= AA- or (a and b)
  otherwise B
parameter p: supplied by the run, one of a, b
define r of holdings = 1 when a > 3y otherwise better of x and y
rule DN "Title":
  per issuer: sum D..E of holdings where duration > 7y <= 20% of portfolio, norm 10% unless frozen
  source "Annex" item "X" not checkable because "no"
  warn at 90% of limit
limits T "x": share of debt
  | fixing  | max | min per x share |
  | 1y..<3y | 5%  | -               |
  | otherwise | 0% | undecided |
test "t"
  as of 2015-01-31
  given holdings with a = yes
    | a | b |
    | 1 |   |
  expect T[1y..<3y, max] breach at 20% for issuer = "X"
"""
PIECES = SAMPLE.replace("\n", " \n ").split(" ")


def check(text: str) -> None:
    """Reading ends in a tree, and every message points into the text."""
    file, told = parse(Source("here", text))
    assert all(0 <= one.where.start <= one.where.end <= len(text) for one in told)
    assert told or not any(isinstance(one, ast.Broken) for one in file.declarations)


def test_sample_is_sound():
    assert parse(Source("here", SAMPLE))[1] == ()


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(codec=None, categories=None)))
@example("\ud800")
@example("rule \ud800: sum <= 5%")
@example('rule a "\ud800": sum <= 5%')
@example("rule a: sum <= 5%\r")
@example("\x1a\x0c\x1c\x85\u2028")
@example("rule a:\u2028 sum <= 5%")
@example("`")
@example("rule")
@example("|")
@example("limits a\n  |\n")
@example("limits a\n  ||\n")
@example("limits a\n  | # |\n  | x |\n")
@example('test "x"\n  given a\n  |\n  | |\n')
def test_any_text_is_told_about(text):
    check(text)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=40))
def test_any_salad_of_words_is_told_about(pieces):
    check(" ".join(pieces).replace("\n ", "\n"))


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(SAMPLE)), st.integers(0, 30), st.text(max_size=3))
def test_any_slip_is_told_about(at, length, instead):
    check(SAMPLE[:at] + instead + SAMPLE[at + length :])


def test_every_prefix_is_told_about():
    for end in range(len(SAMPLE)):
        check(SAMPLE[:end])


@pytest.mark.parametrize("text", [
    "rule a: " + "(" * 10_000 + "x" + ")" * 10_000 + " <= 5%",
    "rule a: " + "(" * 10_000,
    "rule a: " + ")" * 10_000,
    "rule a: each x: " + "not " * 10_000 + "y",
    "rule a: each x: " + "a or " * 10_000 + "b",
    "rule a: each x: " + "a and " * 10_000 + "b",
    "define a = " + "1 + " * 10_000 + "1",
    "define a = " + "2 * " * 10_000 + "1",
    "define a = " + "1 when x otherwise " * 10_000 + "1",
    "define a = " + "larger of 1 and (" * 10_000,
    "define a = " + "-(" * 10_000,
    "limits a: sum\n  | x | max |\n  | " + "a or " * 10_000 + "b | 1% |",
    "category c of t\n  A: " + "a or " * 10_000 + "b",
])  # fmt: skip
def test_what_is_too_deep_is_told(text):
    _, told = parse(Source("here", text + "\n"))
    assert [one.code for one in told] in (["PD105"], ["PD151"], ["PD126"])


def test_depth_that_is_allowed_can_be_printed_and_compared():
    for text in ("a or " * 98 + "b", "(" * 90 + "a" + ")" * 90, "1 + " * 98 + "1", "not " * 98 + "a"):
        made, told = parse_expression(text)
        assert told == ()
        assert parse_expression(print_expr(made)) == (made, ())
        hash(made), repr(made)


def test_list_may_be_long():
    values = ", ".join(f'"Issuer {number}"' for number in range(2_000))
    labels = ", ".join(f"label{number}" for number in range(2_000))
    file, told = parse(Source("here", f"rule a: no x where i in ({values})\ntable t\n  a one of {labels}\n"))
    assert told == ()
    assert len(file.declarations[1].columns[0].type.labels) == 2_000


@pytest.mark.parametrize("text", [
    "x" * 100_000_000,
    "rule a: sum <= 5%\n" + " " * 200_000 + "x",
    "MZ\x90\x00\x03" + "\x00" * 1_000_000,
    "".join(chr(random.Random(1).randrange(256)) for _ in range(100_000)),
], ids=["one line of 100 MB", "a long line", "zeros", "noise"])  # fmt: skip
def test_what_is_no_rulebook_is_refused_soon(text):
    start = time.perf_counter()
    _, told = parse(Source("here", text))
    assert told
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize("line", [
    "rule r{}: sum D..E where duration > 7y <= 20%\n",
    "rule r{}: sum D..E where duration >> 7y <= 20%\n",
    "noise{}\n",
    "rule r{}: x in (1 2 3 4 5 6 7 8 9 10 11 12 13)\n",
    'rule r{} "x: \'` “ sum <= 20%\n',
    "define x{} =\n",
])  # fmt: skip
def test_time_grows_with_the_length_and_no_faster(line):
    def seconds(count: int) -> float:
        text = "".join(line.format(number) for number in range(count))
        start = time.process_time()
        parse(Source("here", text))
        return time.process_time() - start

    seconds(50)
    assert seconds(3_000) < 20 * seconds(500) + 0.5


@pytest.mark.parametrize("inside", ["1 ", "100 ", "1,", "a.", '"', "`", "1-", "(", "x y ", "\u00a0", "#", "| "])
def test_long_declarations_take_no_longer_than_their_length(inside):
    start = time.process_time()
    parse(Source("here", "rule a:\n" + f"  {inside * 2_000}\n" * 20))
    assert time.process_time() - start < 5


def test_threads_read_the_same():
    expected = parse(Source("here", SAMPLE))
    found = []

    def work() -> None:
        for _ in range(5):
            found.append(parse(Source("here", SAMPLE)) == expected)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [True] * 40


def test_tree_of_a_broken_file_cannot_be_printed():
    file, _ = parse(Source("here", "rule\n"))
    with pytest.raises(ValueError, match="does not parse"):
        print_file(file)


@pytest.fixture
def empty_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    load_tables.cache_clear()
    yield tmp_path / "policydsl"
    load_tables.cache_clear()


def test_tables_are_kept_and_found_again(empty_cache):
    made = load_tables()
    (kept_file,) = empty_cache.iterdir()
    found = kept.load(kept_file)
    assert found is not None
    assert (found.moves, found.starts, found.ends) == (made.moves, made.starts, made.ends)
    assert list(found.patterns.items()) == list(made.patterns.items())
    assert [one.name for one in found.productions] == [one.name for one in made.productions]


@pytest.mark.parametrize("content", ["", "nonsense", "x\n[]", "{}\n{}", None])
def test_spoilt_cache_is_built_anew(empty_cache, content):
    load_tables()
    (kept_file,) = empty_cache.iterdir()
    whole = kept_file.read_text(encoding="utf-8")
    kept_file.write_text(whole[: len(whole) // 2] if content is None else content, encoding="utf-8")
    load_tables.cache_clear()
    assert len(load_tables().moves) > 100
    assert kept.load(kept_file) is not None


def test_cache_that_cannot_be_written_is_no_hindrance(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    load_tables.cache_clear()
    assert len(load_tables().moves) > 100
    load_tables.cache_clear()
