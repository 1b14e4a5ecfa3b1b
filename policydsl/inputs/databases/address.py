"""The address of tables in a database: `sqlite:///treasury.db#holdings,loans`, `postgresql://host/db#loans=select ...`.

What stands before the `#` is SQLAlchemy's URL. No message repeats it, since it may hold a password.
"""

import os
import re
from typing import TYPE_CHECKING

from policydsl._frozen import field, frozen
from policydsl.catalogue import nearest, say
from policydsl.diagnostics import DataPlace, Diagnostic

if TYPE_CHECKING:
    from sqlalchemy.engine import URL

KINDS = ("postgresql", "sqlite", "mysql", "mariadb", "mssql", "oracle")

_DRIVERS = {"postgresql": "+psycopg", "mysql": "+pymysql", "mariadb": "+pymysql"}
"""What speaks to a kind of database, where the address names nothing else."""

_SCHEME = re.compile(r"(?:(?P<table>[^=:#/]+)=)?(?P<kind>[A-Za-z][\w.-]+)(?P<driver>\+\w+)?://")
_QUERY = re.compile(r"\s*\(*\s*(select|with|values)\b", re.IGNORECASE)
_NAMED = re.compile(r"\s*([^=,#]+?)\s*=\s*(.+)", re.DOTALL)
_SECRET = re.compile(r"\$(\w+)")


@frozen
class Asked:
    """A table of the rulebook, and where its rows are: a table or view of the database, or a query."""

    table: str
    source: str

    @property
    def is_query(self) -> bool:
        """Whether the rows are those of a query."""
        return _QUERY.match(self.source) is not None


@frozen
class Address:
    """A database and what is asked of it; `shown` is how messages call it."""

    url: str = field(repr=False)
    shown: str
    asked: tuple[Asked, ...]


def is_address(text: object) -> bool:
    """Whether something names a database and no file."""
    return isinstance(text, str) and _SCHEME.match(text) is not None


def file_of(text: str) -> str:
    """The file that is meant by a path, or by the address of a database that is a file."""
    scheme = _SCHEME.match(text)
    if scheme is None or scheme["kind"].casefold() != "sqlite":
        return text
    return text[scheme.end() :].partition("#")[0].removeprefix("/")


def is_in_database(table: object) -> bool:
    """Whether something is no table by itself, but says where one is in a database."""
    if isinstance(table, tuple) and len(table) == 2:
        return type(table[0]).__module__.startswith("sqlalchemy.") and isinstance(table[1], str)
    return is_address(table)


def read_address(text: str) -> Address | Diagnostic:
    """The address that a text is, or what is wrong with it."""
    scheme = _SCHEME.match(text)
    assert scheme is not None
    kind = "postgresql" if scheme["kind"].casefold() == "postgres" else scheme["kind"].casefold()
    refused = _refused(text, kind, scheme.end())
    if refused is not None:
        return refused
    driver = scheme["driver"] or _DRIVERS.get(kind, "")
    before, _, after = text.partition("#")
    try:
        shown, url = _with_secret(f"{kind}{driver}://{before[scheme.end() :]}")
    except KeyError as absent:
        return say("PD850", DataPlace(kind), why=f"the environment has no variable `{absent.args[0]}` for the password")
    except ValueError:  # SQLAlchemy's own words repeat the text
        return say("PD850", DataPlace(kind), why=f"an address is `{_pattern(kind)}`")
    asked = asked_by(after)
    if scheme["table"] is None:
        return Address(url, shown, asked)
    if len(asked) > 1:
        return say("PD850", DataPlace(shown), why=f"`{scheme['table']}` is one table: name one after the `#`")
    name = scheme["table"].strip()
    return Address(url, shown, (Asked(name, asked[0].source if asked else name),))


def _refused(text: str, kind: str, start: int) -> Diagnostic | None:
    """Why a text can't be an address, seen before anything in it is taken for what it may not be."""
    place, user_part = DataPlace(kind), text[start:].partition("/")[0]
    if kind == "file":
        why = f"a file is named without `file://`: `{text[start:].partition('#')[0]}`"
        return say("PD850", place, why=why)
    if kind in ("http", "https", "ftp", "s3"):
        return say("PD850", place, why="nothing is fetched from the net: download the file and name it")
    if kind not in KINDS and not _is_added(kind):
        near = nearest(kind, list(KINDS))
        hints = (f"did you mean `{near}://`?",) if near else ()
        known = ", ".join(f"`{each}`" for each in KINDS)
        return say("PD850", place, hints=hints, why=f"`{kind}` is none of the databases that are known: {known}")
    if "#" in user_part and "@" in user_part.partition("#")[2]:
        return say("PD850", place, why="a `#` in a user name or password is written `%23`")
    if user_part.partition("#")[0].count("@") > 1:
        return say("PD850", place, why="an `@` in a user name or password is written `%40`")
    return None


def _is_added(kind: str) -> bool:
    """Whether a package that is installed teaches SQLAlchemy a further kind of database."""
    from sqlalchemy.dialects import registry
    from sqlalchemy.exc import NoSuchModuleError

    try:
        return registry.load(kind) is not None
    except NoSuchModuleError:
        return False


def _with_secret(url: str) -> tuple[str, str]:
    """How messages call a URL, and the URL with a password `$NAME` taken from the environment."""
    from sqlalchemy.engine import make_url

    made = make_url(url)
    password = made.password
    if password is not None and (named := _SECRET.fullmatch(password)) is not None:
        if named[1] not in os.environ:
            raise KeyError(named[1])
        made = made.set(password=os.environ[named[1]])
    return shown_url(made), made.render_as_string(hide_password=False)


def shown_url(url: "URL") -> str:
    """A URL as messages and reports show it: neither its user and password nor its options."""
    port = "" if url.port is None else f":{url.port}"
    return f"{url.get_backend_name()}://{url.host or ''}{port}/{url.database or ''}"


def _pattern(kind: str) -> str:
    return "sqlite:///treasury.db#holdings" if kind == "sqlite" else f"{kind}://user@host/database#holdings"


def asked_by(text: str) -> tuple[Asked, ...]:
    """What stands behind the `#`: names of tables, or one table with the table or query that holds its rows."""
    named = _NAMED.fullmatch(text)
    if named is not None and _QUERY.match(text) is None:
        return (Asked(named[1], named[2].strip()),)
    names = [name.strip() for name in text.split(",")]
    return tuple(Asked(name.rpartition(".")[2], name) for name in names if name)
