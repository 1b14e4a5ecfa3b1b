"""A MariaDB server of the tests' own: in a folder that is thrown away, reached by a socket in it, by no network."""

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from getpass import getuser
from importlib.util import find_spec
from pathlib import Path

LONGEST = 30
"""Seconds that the server may take to start."""


@cache
def reason() -> str | None:
    """Why no server can be started here."""
    if shutil.which("mariadbd") is None or shutil.which("mariadb-install-db") is None:
        return "MariaDB's server is not installed"
    return None if find_spec("pymysql") else "PyMySQL is not installed"


@contextmanager
def server() -> Iterator[str]:
    """A server, by the socket that it is reached with; its user `root` has no password."""
    with tempfile.TemporaryDirectory() as folder:
        place = ["--no-defaults", f"--user={getuser()}", f"--datadir={folder}/data"]
        made = ["mariadb-install-db", *place, "--auth-root-authentication-method=normal", "--skip-test-db"]
        subprocess.run(made, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        socket = f"{folder}/socket"
        with (Path(folder) / "log").open("wb") as log:
            started = subprocess.Popen(
                ["mariadbd", *place, f"--socket={socket}", "--skip-networking", f"--pid-file={folder}/pid"],
                stdout=log, stderr=log,
            )  # fmt: skip
        try:
            _wait_for(socket, started)
            yield socket
        finally:
            started.terminate()
            started.wait()


def _wait_for(socket: str, started: "subprocess.Popen[bytes]") -> None:
    import pymysql

    for _ in range(LONGEST * 10):
        assert started.poll() is None, "the server has stopped"
        try:
            pymysql.connect(unix_socket=socket, user="root").close()
            return
        except pymysql.err.OperationalError:
            time.sleep(0.1)
    raise TimeoutError("the server does not answer")
