"""Files that are archives: packed so that the same content is the same bytes."""

import re
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_FIRST = (1980, 1, 1, 0, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


def packed(archive: bytes, made: datetime) -> bytes:
    """An Office file whose parts bear no time of the clock, and which says that it was made at one that is told."""
    written = BytesIO()
    stamp = f"{made.isoformat()}Z".encode()
    with ZipFile(BytesIO(archive)) as old, ZipFile(written, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = _MODIFIED.sub(lambda found: found[1] + stamp + found[2], part)
            info = ZipInfo(name, _FIRST)
            info.compress_type = ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            new.writestr(info, part)
    return written.getvalue()
