"""Whether a file is a workbook that can be opened safely: an unprotected zip archive of a bearable size."""

from io import BytesIO
from zipfile import BadZipFile, ZipFile

from policydsl.inputs.sheet import Wrong

MOST_BYTES = 600_000_000
MOST_TEXT_BYTES = 200_000_000
MOST_PACKED = 200
FREE_OF_SUSPICION = 20_000_000

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OLD_CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def check_archive(data: bytes, vital: str = "xl/workbook.xml") -> Wrong | None:
    """Why the bytes should not be opened as a workbook, which has the part `vital`; or None if they may be."""
    if data.startswith(_OLD_CONTAINER):
        return Wrong("PD314") if _ENCRYPTED in data else _no_workbook("it is an old .xls file")
    try:
        with ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
    except (BadZipFile, ValueError, OSError, NotImplementedError, UnicodeError):
        return _no_workbook("it is damaged, or another kind of file")
    if any(part.flag_bits & 0x1 for part in parts):
        return Wrong("PD314")
    names = {part.filename.lower() for part in parts}
    if vital not in names:
        return _no_workbook("it holds no workbook")
    unpacked = sum(part.file_size for part in parts)
    texts = sum(part.file_size for part in parts if part.filename.lower().endswith("sharedstrings.xml"))
    suspicious = unpacked > FREE_OF_SUSPICION and unpacked > MOST_PACKED * len(data)
    if unpacked > MOST_BYTES or texts > MOST_TEXT_BYTES or suspicious:
        return Wrong("PD315", (("size", f"{unpacked // 1_000_000} MB"),))
    return None


def _no_workbook(why: str) -> Wrong:
    return Wrong("PD313", (("why", why),))
