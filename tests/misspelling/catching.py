"""What catches a mutant: an error, or a test of the rulebook."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

import policydsl
from policydsl.testing import run_test

from .declared import Declaration, Mutant, read
from .near import near_miss
from .rulebook import Parts
from .words import COUNTS, Word

BATCH = 60
FEW = 12


def mutants(parts: Parts) -> list[Mutant]:
    """One mutant of every word that counts."""
    return [
        Mutant(at, same, near_miss(same[0].text, declaration.start + same[0].start, parts.taken))
        for at, declaration in enumerate(parts.declarations)
        for same in _one_word(declaration, [word for word in parts.words(declaration) if word.role in COUNTS])
    ]


def _one_word(declaration: Declaration, found: list[Word]) -> list[tuple[Word, ...]]:
    """Each word by itself. Only in a scale a grade that has a second name in other letters of the same word
    (`AAA = Aaa`) is misspelt in both: grades compare without regard to case, so that either stands in for the other.
    So do the name of a table and the word for one of its rows where they are the same word."""
    if declaration.is_scale:
        same: dict[str, tuple[Word, ...]] = {}
        for word in found:
            same[word.text.casefold()] = (*same.get(word.text.casefold(), ()), word)
        return list(same.values())
    named = [word for word in found if word.text == declaration.table_and_row]
    return [tuple(named[:2]), *((word,) for word in found if word not in named[:2])] if named else [(w,) for w in found]


def survivors(parts: Parts, asked: Sequence[Mutant]) -> list[Mutant]:
    """The mutants that nothing catches."""
    of_tests = [one for one in asked if parts.declarations[one.declaration].is_test]
    others = [one for one in asked if not parts.declarations[one.declaration].is_test]
    found = [one for one in others if not _caught(parts, one)]
    for start in range(0, len(of_tests), BATCH):
        found += _of_tests(parts, of_tests[start : start + BATCH])
    return found


def never_caught(parts: Parts, asked: Sequence[Mutant], green: Sequence[Mutant]) -> list[Mutant]:
    """Those of the survivors whose word nothing catches anywhere: a word in the data of an example may decide nothing
    there if the same word is caught elsewhere; any other word may never survive."""
    caught = {one.word for one in asked if one not in green}
    others: dict[str, list[Mutant]] = {}
    for one in mutants(parts):
        if one not in asked:
            others.setdefault(one.word, []).append(one)
    for word in {one.word for one in green if one.in_example} - caught:
        left = others.get(word, [])
        tried = (left[start : start + FEW] for start in range(0, len(left), FEW))
        if any(len(survivors(parts, some)) < len(some) for some in tried):
            caught.add(word)
    return [one for one in green if not one.in_example or one.word not in caught]


def _caught(parts: Parts, mutant: Mutant) -> bool:
    """Whether a mutant of anything but a test is caught."""
    declaration = parts.declarations[mutant.declaration]
    if declaration.is_header:
        return caught_in_files(parts, mutant)
    changed, wrong = read(declaration.parsed[0].path, mutant.of(declaration.text), declaration.code)
    if wrong:
        return True
    files = [changed if each is declaration else each.parsed for each in parts.declarations]
    tests = [each.is_test for each in parts.declarations]
    if parts.checked([file for file, is_test in zip(files, tests, strict=True) if not is_test])[0] is None:
        return True
    rulebook, _ = parts.checked(files)
    return rulebook is None or parts.failing_test(rulebook, declaration) is not None


def _of_tests(parts: Parts, asked: Sequence[Mutant]) -> list[Mutant]:
    """The mutants of tests that nothing catches: a test sees no other test, so many are tried at once."""
    left: dict[str, Mutant] = {}
    files = []
    for number, mutant in enumerate(asked):
        declaration = parts.declarations[mutant.declaration]
        file, wrong = read(f"mutant {number}", mutant.of(declaration.text), declaration.code)
        if not wrong:
            left[f"mutant {number}"] = mutant
            files.append(file)
    others = [each.parsed for each in parts.declarations if not each.is_test]
    rulebook, told = parts.checked([*others, *files])
    if rulebook is None:
        blamed = {one.where.path for one in told if one.is_error and one.where is not None}
        assert blamed <= set(left), blamed - set(left)
        files = [file for file in files if file[0].path not in blamed]
        rulebook, told = parts.checked([*others, *files])
        assert rulebook is not None, told
    failing = {test.span.path for test in rulebook.model.tests if not run_test(rulebook, test, "reference").passed}
    return [left[source.path] for source, _ in files if source.path not in failing]


def caught_in_files(parts: Parts, mutant: Mutant) -> bool:
    """Whether a mutant is caught when the changed files are read as an author's are."""
    declaration = parts.declarations[mutant.declaration]
    with tempfile.TemporaryDirectory() as folder:
        for name, text in parts.files.items():
            copy = Path(folder) / name
            copy.parent.mkdir(exist_ok=True)
            copy.write_text(text, encoding="utf-8")
        text = parts.files[declaration.file]
        end = declaration.start + len(declaration.text)
        changed = text[: declaration.start] + mutant.of(declaration.text) + text[end:]
        (Path(folder) / declaration.file).write_text(changed, encoding="utf-8")
        rulebook, _ = policydsl.read(Path(folder) / parts.name)
        return rulebook is None or parts.failing_test(rulebook, declaration) is not None
