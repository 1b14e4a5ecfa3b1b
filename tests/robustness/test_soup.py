"""Any bytes, any words in any order, any rulebook with a piece cut out: never anything but a message or a rulebook."""

import tempfile
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import policydsl
from policydsl.api import check_files
from policydsl.cli import run
from policydsl.testing import run_tests

from .limited import ROOT, RULEBOOK

SHIPPED = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "rulebooks").rglob("*.policy"))]
WORDS = sorted({word for text in SHIPPED for word in text.split()} | set('()[]|,:;.<>=+-*/%#"`“”„&!?{}\\$§'))
SIGNS = ["\n", "\n  ", " ", "", "\t", "\u00a0", "\r\n"]


def soups() -> st.SearchStrategy[str]:
    """Words of real rulebooks in any order, each with what parts it from the next."""
    parts = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(SIGNS)), max_size=60)
    return parts.map(lambda found: "".join(word + sign for word, sign in found))


@st.composite
def torn(draw: st.DrawFn) -> str:
    """A real rulebook in which a few pieces are cut out, said twice or put elsewhere."""
    text = draw(st.sampled_from([*SHIPPED, RULEBOOK]))
    for _ in range(draw(st.integers(1, 4))):
        start, length, to = draw(st.integers(0, len(text))), draw(st.integers(0, 40)), draw(st.integers(0, len(text)))
        piece = text[start : start + length]
        match draw(st.sampled_from(("cut", "twice", "move", "insert"))):
            case "cut":
                text = text[:start] + text[start + length :]
            case "twice":
                text = text[:to] + piece + text[to:]
            case "move":
                rest = text[:start] + text[start + length :]
                text = rest[:to] + piece + rest[to:]
            case _:
                text = text[:to] + draw(st.sampled_from(WORDS)) + text[to:]
    return text


@cache
def folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="policydsl-soup-"))


def read(content: bytes) -> None:
    file = folder() / "soup.policy"
    file.write_bytes(content)
    rulebook, told = policydsl.read(file)
    wrong = [one for one in told if one.is_error]
    assert (rulebook is None) == bool(wrong), told
    for one in told:
        assert one.message.strip() and one.code.startswith("PD"), one
        assert "Traceback" not in one.message
    if rulebook is not None:
        run_tests(rulebook)


MANY = settings(
    max_examples=300, deadline=None, database=None, suppress_health_check=list(HealthCheck), derandomize=True
)


@MANY
@given(st.binary(max_size=400))
def test_bytes_as_a_rulebook(content: bytes) -> None:
    read(content)


@MANY
@given(st.text(max_size=300))
def test_text_as_a_rulebook(text: str) -> None:
    read(text.encode("utf-8", "surrogatepass"))


@MANY
@given(soups())
def test_words_in_any_order_as_a_rulebook(text: str) -> None:
    read(text.encode())


@MANY
@given(soups())
def test_words_in_any_order_after_a_rulebook(text: str) -> None:
    read(f"{RULEBOOK}rule soup: {text}\n".encode())


@MANY
@given(torn())
def test_a_torn_rulebook(text: str) -> None:
    read(text.encode())


# --- data -------------------------------------------------------------------------------------------------------------


@cache
def small() -> policydsl.Rulebook:
    file = folder() / "small.policy"
    file.write_text(RULEBOOK, encoding="utf-8")
    return policydsl.load(file)


CELLS = st.sampled_from(
    ["a", "x", "20", "-5", "1,5", "1.5", "", " ", '"', '"x"', "NA", "=1", "20 SEK", "1e5", "1 000", "\u2212 5", ";"]
)
LINES = st.lists(st.lists(CELLS, max_size=5), max_size=8)


@st.composite
def sheets(draw: st.DrawFn) -> bytes:
    """Something like a table."""
    separator = draw(st.sampled_from([",", ";", "\t", ", "]))
    head = draw(
        st.sampled_from(["instrument,issuer,amount", "instrument,amount", "amount,issuer,instrument,amount", ""])
    )
    lines = [head.replace(",", separator), *(separator.join(line) for line in draw(LINES))]
    text = draw(st.sampled_from(["\n", "\r\n", "\r"])).join(lines)
    return text.encode(draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"])), "replace")


def judge(content: bytes, name: str) -> None:
    file = folder() / name
    file.write_bytes(content)
    report, told = check_files(small(), [file])
    assert (report is None) == any(one.is_error for one in told), told
    if report is not None:
        assert report.to_json() and report.to_text()


@MANY
@given(st.binary(max_size=300))
def test_bytes_as_csv(content: bytes) -> None:
    judge(content, "holdings.csv")


@MANY
@given(st.binary(max_size=300))
def test_bytes_as_xlsx(content: bytes) -> None:
    judge(b"PK\x03\x04" + content, "holdings.xlsx")


@MANY
@given(sheets())
def test_tables_in_any_shape(content: bytes) -> None:
    judge(content, "holdings.csv")


# --- the command ------------------------------------------------------------------------------------------------------

ARGUMENTS = st.lists(
    st.one_of(
        st.sampled_from([
            "check", "test", "plan", "explain", "--as-of", "2015-01-31", "--set", "a=1", "--format", "json", "text",
            "--fail-on", "breach", "--engine", "columnar", "-h", "--", "-", "PD200", "rulebooks/borlange", "rulebooks",
            "", "examples/borlange/2015-01-31", "nothing.policy", "--set=liabilities_value=350 MSEK",
            "--as-of=2015-13-01",
        ]),
        st.text(st.characters(blacklist_characters="\0", blacklist_categories=["Cs"]), max_size=8),
    ),
    max_size=6,
)  # fmt: skip


@settings(MANY, max_examples=150)
@given(ARGUMENTS)
def test_any_arguments(arguments: list[str]) -> None:
    safe = [word for word in arguments if word not in ("-o",) and not word.startswith(("-o", "--output"))]
    assert run(safe) in (0, 1, 2, 3)
