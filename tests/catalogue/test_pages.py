"""Every message has a page, every page is said somewhere, and the examples on the pages do what they say."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from policydsl import catalogue
from policydsl.diagnostics import Diagnostic
from policydsl.model.check import check
from policydsl.source import Source, Span
from policydsl.syntax import parse

ROOT = Path(__file__).resolve().parents[2]
SNIPPET = "example.policy"
PRELUDE = """\
rulebook "Example"
  currency SEK
  use standard/holdings
  base portfolio
define portfolio = sum market_value of holdings
"""
STANDARD = ROOT / "rulebooks" / "standard"

CODES = catalogue.codes()
EXAMPLE = re.compile(r"\nWrong:\n\n(?P<wrong>.*?)\nRight:\n\n(?P<right>.*)", re.DOTALL)
BLOCK = re.compile(r"(?P<fence>`{3,})(?P<language>\w+)(?: (?P<name>\w+))?[^\n]*\n(?P<body>.*?)(?P=fence)", re.DOTALL)


def explanation(code: str) -> str:
    """What a page says between its sentence and its examples."""
    page = catalogue.page(code)
    return page.text.partition(f"> {page.sentence}\n")[2].partition("\nWrong:\n")[0].strip()


def examples(code: str, side: str) -> list[tuple[str, str]]:
    """The blocks of a page's wrong or right example: language and body."""
    found = EXAMPLE.search(catalogue.page(code).text)
    blocks = [] if found is None else BLOCK.finditer(found[side])
    return [(block["language"], block["body"]) for block in blocks if not is_base(block)]


def is_base(block: re.Match[str]) -> bool:
    """Whether a block is a rulebook of its own that the examples extend: a policy with a name."""
    return block["language"] == "policy" and block["name"] is not None


def base(code: str) -> list[Source]:
    """The rulebook that a page's examples extend, if they do: the block that has a name."""
    named = [block for block in BLOCK.finditer(catalogue.page(code).text) if is_base(block)]
    return [Source(f"{block['name']}.policy", block["body"]) for block in named]


POLICY = [code for code in CODES if {language for language, _ in examples(code, "wrong")} <= {"policy", "markdown"}]


def snippet(code: str, side: str) -> Source:
    """The example of a page, as a file: a rulebook, or a document with one inside."""
    ((language, body),) = examples(code, side)
    return Source(f"{SNIPPET}.md" if language == "markdown" else SNIPPET, body)


def parsed(*sources: Source) -> tuple[list[tuple[Source, object]], list[Diagnostic]]:
    files, told = [], []
    for source in sources:
        file, wrong = parse(source)
        files.append((source, file))
        told += wrong
    return files, told


def said(example: Source, code: str) -> list[Diagnostic]:
    """All that is said of an example: of its text alone where the code is the parser's, else of what it means too."""
    if code < "PD200":
        return parsed(example)[1]
    alone = re.search(r'^(rulebook|regelbok|regelbog) "', example.text, re.MULTILINE)
    prelude = () if alone else (Source("prelude.policy", PRELUDE),)
    used = {"holdings", *re.findall(r"\bstandard/(\w+)", example.text)}
    paths = [STANDARD / f"{name}.policy" for name in sorted(used)]
    shared = [Source(file.name, file.read_text(encoding="utf-8")) for file in paths]
    if below := base(code):
        (files, told), (bases, wrong) = parsed(example), parsed(*below, *shared)
        return [*wrong, *told, *check(files, [bases])[1]]
    files, told = parsed(*prelude, example, *shared)
    return [*told, *check(files)[1]]


# ---------------------------------------------------------------- pages and sources


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Every place of the source that says something: the code, and the call."""
    for module in sorted((ROOT / "policydsl").rglob("*.py")):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id="say" | "wrong"), args=[ast.Constant(value=str() as code), *_]):
                    if re.fullmatch(r"PD\d{3}", code):
                        yield code, node


def named_in_the_source() -> set[str]:
    """Every code that stands in the source as a text of its own."""
    modules = (ROOT / "policydsl").rglob("*.py")
    return {code for module in modules for code in re.findall(r'"(PD\d{3})"', module.read_text(encoding="utf-8"))}


def test_every_code_that_is_said_has_a_page():
    assert sorted(({code for code, _ in calls()} | named_in_the_source()) - set(CODES)) == []


def test_every_page_is_said_somewhere():
    assert sorted(set(CODES) - named_in_the_source()) == []


def blanks(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def test_whoever_says_a_sentence_fills_in_its_blanks():
    unfilled = set()
    for code, call in calls():
        given = {keyword.arg for keyword in call.keywords}
        if None not in given and code in CODES and blanks(catalogue.page(code).sentence) - given:
            unfilled.add(f"{code} {call.lineno}: {sorted(blanks(catalogue.page(code).sentence) - given)}")
    assert sorted(unfilled) == []


# ---------------------------------------------------------------- examples


@pytest.mark.parametrize("code", CODES)
def test_page_has_an_explanation_and_a_wrong_and_a_right_example(code):
    assert len(explanation(code)) > 60
    assert examples(code, "wrong")
    assert examples(code, "right")


@pytest.mark.parametrize("code", POLICY)
def test_wrong_example_yields_the_code(code):
    told = said(snippet(code, "wrong"), code)
    assert {one.code for one in told} == {code}, [one.message for one in told]
    for one in told:
        assert isinstance(one.where, Span)
        assert one.where.path.removesuffix(".md") == SNIPPET


@pytest.mark.parametrize("code", POLICY)
def test_right_example_yields_nothing(code):
    assert [f"{one.code}: {one.message}" for one in said(snippet(code, "right"), code)] == []


def test_pages_about_rulebooks_show_rulebooks():
    """Those about files show commands, which `test_file_pages.py` runs."""
    others = {code for code in CODES if code < "PD300"} - set(POLICY)
    assert {language for code in others for side in ("wrong", "right") for language, _ in examples(code, side)} <= {
        "console"
    }
    assert others <= {"PD281", "PD289", "PD291", "PD295", "PD296", "PD297", "PD299"}


# ---------------------------------------------------------------- style

TERMINAL = re.compile(r"\b[A-Z][A-Z]+_[A-Z_]*[A-Z]\b|\bK_[A-Z]+\b|\$END\b|\b__ANON")
PYTHON = re.compile(
    r"\b(?:NoneType|None|True|False|Traceback|self|kwargs|frozenset|tuple|dict|str|int|bool|attrs)\b"
    r"|\b\w+(?:Error|Exception)\b|__\w+__|<\w+(?:\.\w+)+ object"
)
LEXER_TALK = re.compile(
    r"\b(?:[Uu]nexpected|[Tt]oken|[Pp]arser?|[Ss]yntax|[Ee]xpression|[Ii]dentifier|[Ll]iteral|[Bb]oolean)\b"
)


def without_examples_of_ones_own(sentence: str) -> str:
    """A sentence without what it quotes: the author's words may be anything."""
    return re.sub(r"`[^`]*`|\"[^\"]*\"", "", sentence)


def faults(sentence: str) -> list[str]:
    """What is wrong with a sentence's style."""
    plain = without_examples_of_ones_own(sentence)
    found = []
    if not (sentence[0].islower() or sentence[0] in '`"{'):
        found.append("it begins with a capital letter")
    if sentence.endswith((".", "!", " ")):
        found.append("it ends in a sign")
    for what, pattern in (("a terminal", TERMINAL), ("a Python word", PYTHON), ("a programmer's word", LEXER_TALK)):
        found += [f"it has {what}: {match.group()}" for match in pattern.finditer(plain)]
    return found


@pytest.mark.parametrize("code", CODES)
def test_sentence_is_in_style(code):
    page = catalogue.page(code)
    assert faults(page.sentence) == []
    assert len(page.sentence) <= 200
    assert page.sentence.count("`") % 2 == 0
    assert not page.title.endswith(".")
    assert not TERMINAL.search(page.title)


@pytest.mark.parametrize("code", CODES)
def test_explanation_is_in_style(code):
    text = without_examples_of_ones_own(explanation(code))
    assert [match.group() for pattern in (TERMINAL, PYTHON) for match in pattern.finditer(text)] == []


@pytest.mark.parametrize("code", POLICY)
def test_messages_about_the_wrong_example_are_in_style(code):
    for one in said(snippet(code, "wrong"), code):
        assert faults(one.message) == []
        assert "{" not in without_examples_of_ones_own(one.message)
