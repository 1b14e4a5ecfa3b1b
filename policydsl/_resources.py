"""Where the grammar and the shipped rulebooks are: in a wheel, an editable install or a bare checkout."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource_dir(name: str) -> Path:
    """The folder of the data called `grammar` or `rulebooks`.

    A wheel carries it inside the package; an editable install and a checkout have it beside the package.
    """
    for folder in (_PACKAGE / "_data" / name, _PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"policydsl is installed without its folder {name!r}; install it again")
