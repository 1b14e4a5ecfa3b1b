"""A PostgreSQL server of the tests' own: in a folder that is thrown away, reached by a socket in it, by no network."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from pwd import getpwnam

PLACES = [Path("/usr/lib/postgresql"), Path("/usr/local/pgsql")]


@cache
def binaries() -> Path | None:
    """Where the newest `initdb` and `pg_ctl` are."""
    found = [path for place in PLACES for path in place.glob("**/bin/initdb")]
    beside = shutil.which("initdb")
    found += [] if beside is None else [Path(beside)]
    both = [path.parent for path in sorted(found, reverse=True) if (path.parent / "pg_ctl").exists()]
    return both[0] if both else None


def reason() -> str | None:
    """Why no server can be started here."""
    if binaries() is None:
        return "PostgreSQL's initdb and pg_ctl are not installed"
    if _user() == "root":
        return "PostgreSQL does not run as root, and there is no user postgres"
    return None


def _user() -> str | None:
    """Whose the server is to be, where it can't be one's own."""
    if os.geteuid() != 0:
        return None
    try:
        return getpwnam("postgres").pw_name
    except KeyError:
        return "root"


@contextmanager
def server() -> Iterator[str]:
    """A server, by what it is reached with."""
    place, user = binaries(), _user()
    assert place is not None
    with tempfile.TemporaryDirectory() as folder:
        if user is not None:
            shutil.chown(folder, user)

        def run(program: str, *arguments: str) -> None:
            command = [str(place / program), "-D", f"{folder}/data", *arguments]
            subprocess.run(
                command, check=True, user=user, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder
            )

        run("initdb", "-U", "policydsl", "-E", "UTF8", "--locale=C", "-A", "trust", "--no-sync")
        settings = (
            f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off -c synchronous_commit=off"
        )
        run("pg_ctl", "-w", "-l", f"{folder}/log", "-o", settings, "start")
        try:
            yield f"host={folder} user=policydsl dbname=postgres"
        finally:
            run("pg_ctl", "-w", "-m", "immediate", "stop")
