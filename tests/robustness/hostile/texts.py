"""Text files: what they are coded in, how they are parted, what their lines are."""

from .case import TWO, Case, file

LINES = "instrument;amount\na;1\nb;2\n"
NAMED = "instrument;issuer;amount\na;Ångström;1\nb;Øster;2\n"
NAMES = {"issuer": ("Ångström", "Øster"), "amount": ("1", "2")}
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"

TITLE = "Text files"
CASES = [
    Case("an empty file", file(b""), ("PD305",)),
    Case("nothing but empty lines", file(b"\n\r\n \n"), ("PD305",)),
    Case("headings and no row", file("instrument;amount\n"), ("PD363",), {"amount": ()}),
    Case("a PNG picture called `.csv`", file(PNG), ("PD306",)),
    Case("a workbook called `.csv`", file(b"PK\x03\x04\x14\x00\x06\x00\x08\x00"), ("PD306",)),
    Case("a web page called `.csv`", file("<html><body><p>Log in</p></body></html>"), ("PD354", "PD363", "PD910")),
    Case("JSON called `.csv`", file('{"instrument": "a"}'), ("PD354", "PD363", "PD910")),
    Case("NUL bytes between the letters", file(b"instrument;amount\na;\x001\n"), ("PD306",)),
    Case("terminal colours (escape sequences) in a cell", file(b"instrument;amount\na\x1b[31m;1\n"), ("PD306",)),
    Case("UTF-8 with a byte order mark", file("\ufeff" + NAMED), (), NAMES),
    Case("UTF-16, as Excel's “Unicode text”", file(NAMED.replace(";", "\t").encode("utf-16")), (), NAMES),
    Case("UTF-16, the other byte first", file(b"\xfe\xff" + NAMED.encode("utf-16-be")), (), NAMES),
    Case("UTF-16 without a byte order mark", file(NAMED.encode("utf-16-le")), ("PD306",)),
    Case("UTF-32", file(NAMED.encode("utf-32")), ("PD306",)),
    Case("Windows-1252, as older Nordic programs write", file(NAMED.encode("cp1252")), ("PD312",), NAMES),
    Case("code page 850, as still older ones write", file(NAMED.encode("cp850")), ("PD306",)),
    Case("half UTF-8, half Windows-1252", file(NAMED.encode() + NAMED.encode("cp1252")), ("PD306",)),
    Case("accents as separate signs", file(NAMED.replace("Å", "A\u030a")), (), NAMES),
    Case("lines that end with a carriage return alone", file(LINES.replace("\n", "\r")), (), TWO),
    Case("lines that end in two ways", file("instrument;amount\r\na;1\nb;2\r\n"), (), TWO),
    Case("no line end behind the last row", file(LINES.rstrip("\n")), (), TWO),
    Case("the end-of-file sign of DOS", file(LINES + "\x1a"), (), TWO),
    Case("empty lines among the rows", file("\n\ninstrument;amount\n\na;1\n;\nb;2\n\n"), (), TWO),
    Case("`sep=;` in the first line", file("sep=;\n" + LINES), (), TWO),
    Case("commas between cells", file(LINES.replace(";", ",")), (), TWO),
    Case("tabs between cells", file(LINES.replace(";", "\t")), (), TWO),
    Case("strokes (`|`) between cells", file(LINES.replace(";", "|")), ("PD354", "PD910")),
    Case("headings parted by `;`, rows by commas", file("instrument;amount\na,1\nb,2\n"), ("PD310",)),
    Case("decimal commas in a file parted by commas", file("instrument,amount\na,1,5\n"), ("PD310",)),
    Case("rows with too many or too few cells", file("instrument;amount\na;1;2\nb\nc;3\n"), ("PD310",)),
    Case("a `;` at the end of every line", file("instrument;amount;\na;1;\nb;2;\n"), (), TWO),
    Case("line feeds and `;` within quotation marks", file('instrument;issuer;amount\na;"The\nbank; AB";1\n'), (),
         {"issuer": ("The bank; AB",)}),
    Case("doubled quotation marks", file('instrument;issuer;amount\na;"The ""big"" bank";1\n'), (),
         {"issuer": ('The "big" bank',)}),
    Case("an inch sign in a cell without quotation marks", file('instrument;issuer;amount\na;5" pipes;1\n'), (),
         {"issuer": ('5" pipes',)}),
    Case("a quotation mark that nothing closes", file('instrument;amount\n"a;1\nb;2\n'), ("PD311",)),
    Case("text behind a closing quotation mark", file('instrument;amount\n"a" x;1\n'), ("PD311",)),
    Case("the same heading twice", file("instrument;amount;amount\na;1;2\n"), ("PD308",)),
    Case("the same heading in other letters", file("instrument;amount;AMOUNT\na;1;2\n"), ("PD308",)),
    Case("a heading that means no column", file("instrument;amount;remark\na;1;x\nb;2;\n"), ("PD910",), TWO),
    Case("two headings that mean the same column", file("instrument;issuer;Emittent;amount\na;x;y;1\n"), ("PD353",)),
    Case("a filled column without a heading", file("instrument;;amount\na;x;1\n"), ("PD309",)),
    Case("an empty column without a heading", file("instrument;;amount\na;;1\nb;;2\n"), (), TWO),
    Case("a title above the headings of a text file", file("Innehav;\ninstrument;amount\na;1\n"), ("PD309",)),
    Case("the headings once more among the rows", file(LINES + "instrument;amount\n"), ("PD320",)),
    Case("headings with spaces of other kinds", file("\u00a0instrument ;amount\u2003\na;1\nb;2\n"), (), TWO),
    Case("the same key in two rows", file("instrument;amount\na;1\nA ;2\n"), ("PD358",)),
    Case("a row without a key", file("instrument;amount\na;1\n;2\n"), ("PD357",)),
]  # fmt: skip
