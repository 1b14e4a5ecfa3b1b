"""What a program hands in for a table that stands in a database: an address, or what it has opened and what to read."""

from collections.abc import Mapping

from policydsl.catalogue import say
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.inputs.databases.address import Asked, read_address, shown_url
from policydsl.inputs.databases.reading import Database, Read, read_databases
from policydsl.inputs.packages import missing


def read_handed(tables: Mapping[str, object]) -> Read:
    """The sheets of tables in databases, those of each database in one transaction; all must be `is_in_database`."""
    faults: list[Diagnostic] = []
    databases: dict[object, Database] = {}
    for name, table in tables.items():
        if isinstance(table, tuple):
            opened, source = table
            database = databases.setdefault(id(opened), Database(shown_url(opened.engine.url), opened))
            database.asked.append(Asked(name, source))
            continue
        if (told := missing("sqlalchemy", "databases", "a database", name)) is not None:
            return [], [told]
        found = read_address(str(table))
        if isinstance(found, Diagnostic):
            faults.append(found)
        elif len(found.asked) > 1:
            faults.append(say("PD850", DataPlace(found.shown), why=f"`{name}` is one table: name one after the `#`"))
        else:
            database = databases.setdefault(found.url, Database(found.shown, found))
            database.asked += [Asked(name, asked.source) for asked in found.asked]
    sheets, told_of = read_databases(list(databases.values()))
    return sheets, faults + told_of
