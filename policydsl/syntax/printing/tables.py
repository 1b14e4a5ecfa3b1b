"""Input tables and scales."""

from typing import assert_never

from policydsl.syntax import ast
from policydsl.syntax.printing.clauses import INDENT
from policydsl.syntax.printing.names import column, listed, name, name_or_text, text
from policydsl.syntax.words import Words

_WIDEST = 110
_BLANKS = {"none": "NONE", "no": "NO", "unrated": "UNRATED"}


def table(words: Words, said: ast.Table) -> list[str]:
    """The lines of a `table`."""
    singular = f", {words.written('EACH')} {name(words, said.singular)}" if said.singular else ""
    lines = [f"{words.written('TABLE')} {name(words, said.name)}{singular}"]
    if said.dated_by is not None:
        lines.append(f"{INDENT}{words.written('DATED_BY')} {name(words, said.dated_by)}")
    width = max((len(column(words, one.name)) for one in said.columns), default=0)
    return lines + [f"{INDENT}{column(words, one.name).ljust(width)}  {_column(words, one)}" for one in said.columns]


def _column(words: Words, said: ast.Column) -> str:
    parts = [column_type(words, said.type)]
    parts += [words.written("KEY")] * said.key
    parts += [words.written("NOT_NEGATIVE")] * said.not_negative
    if said.blank is not None:
        what = "0" if said.blank == "0" else words.written(_BLANKS[said.blank])
        parts.append(f"{words.written('BLANK_MEANS')} {what}")
    if said.also:
        parts.append(f"{words.written('ALSO')} {', '.join(text(one.value) for one in said.also)}")
    return ", ".join(parts)


def column_type(words: Words, said: ast.ColumnType) -> str:
    """The type of a column or of a supplied parameter."""
    word = listed(words, said.word) if said.word else ""
    match said.kind:
        case "text" | "date" | "number":
            return words.written(said.kind.upper())
        case "yes/no":
            return f"{words.written('YES')}/{words.written('NO')}"
        case "money":
            return f"{words.written('MONEY_IN')} {word}"
        case "link":
            return f"{words.written('LINK_TO')} {word}"
        case "share" | "term":
            unit = words.units[said.word.text].called if said.word else ""
            return f"{words.written('SHARE_IN' if said.kind == 'share' else 'TERM_IN')} {unit}"
        case "one of":
            return f"{words.written('ONE_OF')} {', '.join(listed(words, label) for label in said.labels)}"
        case "list":
            what = words.written("TEXT") if said.word and said.word.text == "text" else word
            return f"{words.written('LIST_OF')} {what} {words.written('SEPARATED_BY')} {text(said.separator or '')}"
        case "scale":
            return word
    assert_never(said.kind)


def scale(words: Words, said: ast.Scale) -> list[str]:
    """The lines of a `scale`, filled like a paragraph."""
    grades = [" = ".join(name_or_text(words, one) for one in grade.names) for grade in said.grades]
    items = [f"{grade}," for grade in grades[:-1]] + grades[-1:]
    if said.unrated:
        unrated = [name_or_text(words, one) for one in said.unrated]
        items[-1] += ";"
        items += [f"{words.written('UNRATED')}:", *(f"{one}," for one in unrated[:-1]), unrated[-1]]
    lines = [f"{words.written('SCALE')} {name(words, said.name)}, {words.written('BEST_FIRST')}:"]
    for item in items:
        if len(lines[-1]) + len(item) < _WIDEST:
            lines[-1] += f" {item}"
        else:
            lines.append(f"{INDENT}{item}")
    return lines
