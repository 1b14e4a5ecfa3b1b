"""The pages PD400 to PD449: each wrong command gives its message, each right one does not."""

import re
import shlex

import pytest

from policydsl import api, catalogue, cli

CODES = [code for code in catalogue.codes() if "PD400" <= code < "PD450"]
COMMAND = re.compile(r"^\$ (?P<variables>(?:[A-Z_]+=\S+ )*)policydsl (?P<words>.+)$", re.MULTILINE)


def said(example, capsys):
    """What is said on stderr about the commands of an example."""
    commands = COMMAND.findall(example)
    assert commands
    for _, words in commands:
        cli.run(shlex.split(words))
    return capsys.readouterr().err


@pytest.fixture
def place(tmp_path, monkeypatch):
    from policydsl._resources import resource_dir

    source = resource_dir("rulebooks").parent / "examples" / "borlange" / "2015-01-31" / "holdings.csv"
    (tmp_path / "rulebooks").symlink_to(resource_dir("rulebooks"))
    (tmp_path / "holdings.csv").write_bytes(source.read_bytes())
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("POLICYDSL_DEBUG", raising=False)


@pytest.mark.parametrize("code", CODES)
def test_examples(code, place, capsys, monkeypatch):
    wrong, right = catalogue.page(code).text.split("\nRight:\n")
    with monkeypatch.context() as broken:
        if code == "PD407":
            broken.setattr(api, "check_files_by_all", lambda *_: 1 / 0)
        assert f"error {code}:" in said(wrong, capsys)
    assert "error PD" not in said(right, capsys)


@pytest.mark.parametrize("code", CODES)
def test_style(code):
    page = catalogue.page(code)
    assert page.sentence[0].islower() or page.sentence[0] in "`{"
    assert not page.sentence.endswith(".")
    assert not re.search(r"\b(?:None|Exception|traceback|stdout|Python)\b", page.text)
