"""Every English text that verdicts and reports put together, found in the source."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2] / "policydsl"
MODULES = [
    *(
        ROOT / "verdicts" / f"{name}.py"
        for name in ("sentence", "printed", "granted", "cured", "settling", "wording", "said")
    ),
    *(
        ROOT / "reports" / f"{name}.py"
        for name in ("text", "attention", "limit_lines", "notes", "diagnostics_text", "tests_text")
    ),
    *(ROOT / "reports" / f"{name}.py" for name in ("plan_text", "rules_text", "history_text", "items_text")),
    *(ROOT / "reports" / f"{name}.py" for name in ("coverage_text", "comparison", "board_text", "proposed_mapping")),
    *(ROOT / "reports" / f"{name}.py" for name in ("findings", "lacking", "naming", "owed", "rulings")),
    *(ROOT / "reports" / f"{name}.py" for name in ("calendar", "markdown", "template", "workbook")),
    *sorted((ROOT / "reports" / "html").glob("*.py")),
    *sorted((ROOT / "reports" / "papers").glob("*.py")),
    ROOT / "reports" / "since.py",
    *sorted((ROOT / "records").glob("*.py")),
    ROOT / "catalogue" / "telling.py",
    ROOT / "cli" / "testing.py",
    ROOT / "cli" / "checking.py",
    ROOT / "cli" / "waiting.py",
    ROOT / "cli" / "following.py",
    ROOT / "cli" / "recording.py",
    ROOT / "whatif" / "text.py",
    ROOT / "whatif" / "short_text.py",
    ROOT / "testing" / "run.py",
]
DYNAMIC = {
    "breach", "undetermined", "deviation", "waived", "warning", "pass", "not applicable",
    "breaches", "deviations", "warnings", "{size} too much", "{size} too little", "text", "meaning", "data",
    "attestation", "duty", "and", "or", "error", "errors", "note", "notes",
    "Worse", "Better", "New", "Gone", "Figures and limits that move", "Wrong", "Right", "kept", "failing", "open",
    "executed", "executed, unproved", "attested", "not checkable", "missing",
    "Would fail because of it", "Would not be known", "Judged on the trade itself", "Other verdicts that get worse",
    "Fails already, and moves", "Gets better",
    "Table", "Column", "What it holds", "Needed", "Other headings", "for some rules",
    "Still open", "Not known any more", "Waived now", "Cured", "No longer judged", "active", "passive",
    "active: the owner's trades did it", "passive: prices, ratings or maturities moved",
    "neither: the rules changed", "active or passive is not known",
    "day", "days", "banking day", "banking days", "month", "months", "weeks", "year", "years",
}  # fmt: skip
"""Texts that are not written out where they are said."""

_BLANK = re.compile(r"\{[a-z_]+\}")


def sentences() -> set[str]:
    """All of them."""
    return {text for module in MODULES for text in _of(module)} | DYNAMIC


def finished(module: Path) -> set[str]:
    """The texts that a module writes out whole, its docstrings apart."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    described = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    parts = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for part in ast.walk(node)
        if part != node
    }
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in described | parts
    }


def refused() -> set[str]:
    """Why boards leave something to the judge, or there is none, and why books don't answer, with `x` in the place of
    names and numbers."""
    modules = sorted([*(ROOT / "boards").glob("*.py"), *(ROOT / "whatif").glob("*.py")])
    trees = (ast.parse(module.read_text(encoding="utf-8")) for module in modules)
    raised = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Raise))
    return {
        "".join(str(part.value) if isinstance(part, ast.Constant) else "x" for part in _parts(call.args[0]))
        for call in (node.exc for node in raised)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
        if call.func.id in ("Refused", "NoBoard", "NoAnswer")
        if isinstance(call.args[0], ast.Constant | ast.JoinedStr)
    }


def _parts(text: ast.expr) -> list[ast.expr]:
    return text.values if isinstance(text, ast.JoinedStr) else [text]


def _of(module: Path) -> Iterator[str]:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    parts = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)}
    said = {id(part) for call in ast.walk(tree) if _is_say(call) for part in _first(call)}
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
            continue
        if re.fullmatch(r"PD\d{3}", node.value):
            continue
        if id(node) in said or (id(node) not in parts and _BLANK.search(node.value) and "\n" not in node.value):
            yield node.value


def _first(call: ast.AST) -> Iterator[ast.AST]:
    """What the first argument of a call may be: itself, or either side of a choice."""
    assert isinstance(call, ast.Call)
    pending = [arg for arg in call.args if not isinstance(arg, ast.Name)][:1]
    while pending:
        node = pending.pop()
        pending += [node.body, node.orelse] if isinstance(node, ast.IfExp) else []
        yield node


def _is_say(node: ast.AST) -> bool:
    match node:
        case ast.Call(func=ast.Name(id="say") | ast.Attribute(attr="say")):
            return True
        case ast.Call(func=ast.Name(id="sentence"), args=[ast.Name(id="language"), *_]):
            return True
    return False
