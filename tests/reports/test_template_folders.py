"""Templates as their authors meet them: what is misspelt is told, with the nearest name and the place."""

from pathlib import Path

import pytest

from policydsl.cli import run

ROOT = Path(__file__).resolve().parents[2]
BOOK, DATA = str(ROOT / "rulebooks/borlange"), str(ROOT / "examples/borlange/2015-01-31")

WRONG = {
    "{{ figur portfolio }}": ("PD883", "did you mean `figure`?"),
    "{{ portfolio }}": ("PD883", "the words are `title`"),
    "{{ figure portfollio }}": ("PD884", "did you mean `portfolio`?"),
    "{{ figure T5 }}": ("PD884", "`T5` is a rule"),
    "{{ rule portfolio }}": ("PD884", "`portfolio` is a figure"),
    "{{ rule flor }}": ("PD884", "did you mean `floor`?"),
    "{{ limits floor }}": ("PD884", "`floor` is a rule"),
    "{{ limits T5-isuer }}": ("PD884", "did you mean `T5-issuer`?"),
    "{{ table holding }}": ("PD884", "did you mean `holdings`?"),
    "{{ table holdings: market_valeu }}": ("PD891", "did you mean `market_value`?"),
    "{{ rule }}": ("PD885", "`rule`"),
    "{{ verdict floor }}": ("PD895", "`verdict`"),
    "Before {{ table holdings }} after": ("PD896", "`{{ table holdings }}`"),
    "{{ figure portfolio }": ("PD894", "{{ figure portfolio }"),
    "![arms](a.png)": ("PD892", "`arms`"),
}


@pytest.fixture
def ours(tmp_path):
    """A template of one page, below two lines that are right."""
    folder = tmp_path / "ours"
    folder.mkdir()
    (folder / "template.toml").write_text('title = "Ours"\n', encoding="utf-8")
    return folder


def report(folder, tmp_path, *more, out="r.md"):
    return run(["report", "--template", str(folder), BOOK, DATA, "-o", str(tmp_path / out), *more])


def said(capsys):
    return " ".join(capsys.readouterr().err.split())


@pytest.mark.parametrize("text", WRONG)
def test_what_is_wrong_on_a_page_is_told_with_its_place(text, ours, tmp_path, capsys):
    (ours / "page.md").write_text(f"# Ours\n\n{text}\n", encoding="utf-8")
    assert report(ours, tmp_path) == 2
    told = said(capsys)
    code, hint = WRONG[text]
    assert f"page.md:3:{text.find('{{') + 1 if '{{' in text and code != 'PD894' else 1}: error {code}" in told
    assert hint in told
    assert told.count("error PD") == 1
    assert not (tmp_path / "r.md").exists()


def test_all_that_is_wrong_is_told_at_once(ours, tmp_path, capsys):
    (ours / "page.md").write_text("# Ours\n\n{{ figure a_b }}\n\n{{ rule c }}\n\n{{ table d }}\n", encoding="utf-8")
    assert report(ours, tmp_path) == 2
    assert said(capsys).count("error PD884") == 3


def test_a_template_adds_figures_and_tables_of_its_own(ours, tmp_path):
    rules = "table by_type, each type_of_issuer from holdings per issuer_type\n  owned = sum market_value\n"
    (ours / "figures.policy").write_text(
        f"{rules}define cash_share = share where asset_class = cash\n", encoding="utf-8"
    )
    (ours / "page.md").write_text("# Ours\n\n{{ table by_type }}\n\n{{ figure cash_share }}\n", encoding="utf-8")
    assert report(ours, tmp_path) == 0
    text = (tmp_path / "r.md").read_text(encoding="utf-8")
    assert "| Issuer type | Owned, SEK |" in text and "Cash share" in text


@pytest.mark.parametrize(
    "text",
    [
        "rule more: sum market_value of holdings <= 5 MSEK",
        'rulebook "Mine"',
        "replace floor: portfolio >= 1 SEK",
        'waiver W of floor granted by "me" on 2015-01-01 because "so"',
        'test "x"\n  expect floor pass',
    ],
)
def test_a_template_never_decides(text, ours, tmp_path, capsys):
    (ours / "figures.policy").write_text(f"{text}\n", encoding="utf-8")
    (ours / "page.md").write_text("# Ours\n", encoding="utf-8")
    assert report(ours, tmp_path) == 2
    assert "PD" in said(capsys)
    assert not (tmp_path / "r.md").exists()


def test_a_rule_among_the_figures_is_told_as_such(ours, tmp_path, capsys):
    (ours / "figures.policy").write_text("rule more: sum market_value of holdings <= 5 MSEK\n", encoding="utf-8")
    (ours / "page.md").write_text("# Ours\n", encoding="utf-8")
    assert report(ours, tmp_path) == 2
    assert "figures.policy:1:1: error PD886" in said(capsys)


def test_figures_for_another_rulebook_are_told(tmp_path, capsys):
    assert run(["report", "--template", "finansrapport", BOOK, DATA, "-o", str(tmp_path / "r.md")]) == 2
    told = said(capsys)
    assert "PD897" in told and "`board` fits any" in told


def test_texts_by_name(ours, tmp_path, capsys):
    (ours / "page.md").write_text("# Ours\n\n{{ text market: how it looks }}\n", encoding="utf-8")
    written = tmp_path / "market.md"
    written.write_text("Rates **fell** to {{ figure portfolio }}.\n\n- one\n- two\n", encoding="utf-8")
    assert report(ours, tmp_path, "--text", f"market={written}") == 0
    text = (tmp_path / "r.md").read_text(encoding="utf-8").replace("\u00a0", " ")
    assert "Rates **fell** to 390 040 795 SEK." in text and "- one\n- two" in text
    capsys.readouterr()
    assert report(ours, tmp_path, "--text", f"markt={written}", out="s.md") == 2
    assert "PD889" in (told := said(capsys)) and "did you mean `market`?" in told
    assert report(ours, tmp_path, "--text", f"market={tmp_path / 'none.md'}", out="s.md") == 2
    assert "PD299" in said(capsys)


@pytest.mark.parametrize("asked", ["market", "another"])
def test_a_text_asks_for_no_text(asked, ours, tmp_path, capsys):
    (ours / "page.md").write_text("# Ours\n\n{{ text market }}\n", encoding="utf-8")
    written = tmp_path / "market.md"
    written.write_text(f"As before.\n\n{{{{ text {asked} }}}}\n", encoding="utf-8")
    assert report(ours, tmp_path, "--text", f"market={written}") == 2
    assert "market.md:3:1: error PD898" in said(capsys)


def test_a_folder_written_on_windows(ours, tmp_path):
    (ours / "template.toml").write_bytes(b"\xef\xbb\xbftitle = 'Ours'\r\n")
    (ours / "page.md").write_bytes(b"\xef\xbb\xbf# Ours\r\n\r\n{{ figure portfolio }}\r\n")
    assert report(ours, tmp_path) == 0
    assert (tmp_path / "r.md").read_text(encoding="utf-8").startswith("# Ours\n\n| What | Value |")


def test_folders_that_are_none(tmp_path, ours, capsys):
    assert report("bord", tmp_path) == 2
    assert "PD880" in (told := said(capsys)) and "did you mean `board`?" in told
    assert report(tmp_path, tmp_path) == 2
    assert "PD881" in said(capsys)
    assert report(ours, tmp_path) == 2
    assert "it has no page" in said(capsys)
    (ours / "page.md").write_text("# Ours\n", encoding="utf-8")
    (ours / "template.toml").write_text("titel = 'Ours'\n", encoding="utf-8")
    assert report(ours, tmp_path) == 2
    assert "PD882" in (told := said(capsys)) and "did you mean `title`?" in told
    (ours / "template.toml").write_text("title = Ours\n", encoding="utf-8")
    assert report(ours, tmp_path) == 2
    assert "PD881" in said(capsys)


def test_a_page_for_one_language(tmp_path, ours, capsys):
    (ours / "page.sv.md").write_text("# Vår\n", encoding="utf-8")
    assert report(ours, tmp_path) == 2
    assert "PD893" in (told := said(capsys)) and "`en`, only in sv" in told
    assert run(["--lang", "sv", "report", "--template", str(ours), BOOK, DATA, "-o", str(tmp_path / "r.md")]) == 0
    assert (tmp_path / "r.md").read_text(encoding="utf-8").startswith("# Vår")


def test_files_of_other_forms_and_over_the_data(tmp_path, ours, capsys):
    assert report("board", tmp_path, out="r.doc") == 2
    assert "PD887" in (told := said(capsys)) and "did you mean `.docx`?" in told
    data = tmp_path / "market.md"
    data.write_text("x", encoding="utf-8")
    assert report("board", tmp_path, "--text", f"comment={data}", out="market.md") == 2
    assert "PD412" in said(capsys)
    assert run(["report", "--template", "board", BOOK]) == 2
    assert "PD408" in said(capsys)


def test_copies(tmp_path, capsys):
    target = tmp_path / "copy"
    assert run(["report", "--copy-template", "board", str(target)]) == 0
    page = target / "report.en.md"
    page.write_text(page.read_text(encoding="utf-8").replace("## Figures", "## Our figures"), encoding="utf-8")
    assert report(target, tmp_path) == 0
    assert "\n## Our figures\n" in (tmp_path / "r.md").read_text(encoding="utf-8")
    capsys.readouterr()
    assert run(["report", "--copy-template", "board", str(target)]) == 2
    assert "PD890" in said(capsys)
    assert run(["report", "--copy-template", "bord", str(tmp_path / "b")]) == 2
    assert "PD880" in said(capsys)
    assert run(["report", "--templates"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == ["board", "finansrapport"]


def test_pages_in_all_languages_have_the_same_blanks():
    from policydsl.reports.papers.folder import read_template

    for name in ("board", "finansrapport"):
        found = []
        for language in ("en", "sv", "da"):
            template, _, told = read_template(ROOT / "templates" / name, language)
            assert not told
            blanks = [blank for page in template.pages for blank in page.blanks]
            found.append([(blank.kind, blank.names if blank.kind != "text" else ()) for blank in blanks])
        assert found[0] == found[1] == found[2]
