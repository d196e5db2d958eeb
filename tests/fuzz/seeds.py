"""What fuzzing starts from, for each target; and the words that it puts in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tco.catalogue.listing import as_csv
from tco.catalogue.shipped import shipped
from tco.files import bundled, starters
from tco.model import KINDS, OWNABLE, model_for
from tco.tender.requestbook import request_bytes
from tests.fuzz.targets import requested, unpacked
from tests.verify import making
from tests.verify.making import F
from tests.verify.test_carried import LIES, good
from tests.verify.test_limits import BEYOND

GALLERY = Path(__file__).parents[1] / "errors" / "gallery"
FOUND = Path(__file__).with_name("found")
LARGEST = 16_000  # bytes of a seed


def seeds_of(target: str) -> Iterator[bytes]:
    """Bytes that a target reads, good and bad; what was once found too."""
    yield from (one for one in _MADE[target]() if len(one) <= LARGEST or target == "request")
    yield from (one.read_bytes() for one in sorted((FOUND / target).glob("*")))


def words_of(target: str) -> list[str]:
    """Words that a target knows."""
    if target in ("scenario", "document"):
        keys = {key for kind in KINDS for key in model_for(kind, kind in OWNABLE).items}
        return sorted(keys)[:1_500]
    if target in ("workbook", "request", "archive"):
        return [*_WORDS_OF_XML]
    if target == "formula":
        return [
            "SUM(",
            "IF(",
            "NOW()",
            "A1:B2",
            "S!$A$1",
            "'a b'!A1",
            '"x"',
            "#N/A",
            "1E+9",
            "{1,2;3}",
        ]
    heads = {column.name for one in shipped().tables.values() for column in one.columns}
    return [*sorted(heads), "vendor", "item", "price", "round", "valid_until", "currency", "sep=;"]


_WORDS_OF_XML = (
    "<c r=\"A1\">", "</c>", "<f>", "</f>", "<v>", "</v>", "<row r=\"1\">", "</row>", 't="s"',
    't="str"', 't="inlineStr"', 't="d"', 't="e"', 't="shared" si="0"', "<is><t>", "</t></is>",
    "<definedName name=\"a\">", "<sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/>", "_x0000_",
    "<!DOCTYPE a>", "xl/workbook.xml", "xl/sharedStrings.xml", "<si><t>", 'encoding="UTF-16"',
    "base64", "scenario", "table", "prices", "setting",
)  # fmt: skip


def _scenarios() -> Iterator[bytes]:
    for path in (*sorted(bundled("scenarios").glob("*.yaml")), *starters().values(),
                 *sorted(GALLERY.glob("*.yaml"))):  # fmt: skip
        yield path.read_bytes()
    yield b"parameters: 7B\ntokens: 1T\ndeadline: 30 days\n\0mfu=0.4\nquotes.A.price=3\n"
    yield b"parameters: 7B\ntokens: 1T\ndeadline: 9 days\nquotes: q.csv\nown:\n  pue: 1.2\n"


def _books() -> Iterator[bytes]:
    for content in _small_books():
        yield _laid(content)
    for rows, _ in LIES.values():
        yield _laid(making.parts({"Scenario": [*[[None]] * 4, *rows]}))
    yield _laid(making.parts({"Scenario": [*[[None]] * 4, *good()]}))


def _small_books() -> Iterator[making.Parts]:
    yield making.parts({"S": [[1.0, F("A1*2", 2.0), F('A1&"x"', "1x")]]})
    yield making.parts({"S": [[F("SUM(T!A1:A9)", 3.0)]], "T": [[1.0], [2.0]]},
                       names={"a": "S!$A$1", "b": "a*2"}, texts=["x", "y"])  # fmt: skip
    shared = ('<row r="1"><c r="A1"><f t="shared" ref="A1:A3" si="0">B1*2</f><v>2</v></c></row>'
              '<row r="2"><c r="A2"><f t="shared" si="0"/><v>4</v></c>'
              '<c r="B2" t="s"><v>0</v></c><c r="C2" t="d"><v>2026-11-21</v></c>'
              "</row>")  # fmt: skip
    yield making.parts({"S": making.worksheet(shared)}, texts=["x"])


def _laid(content: making.Parts) -> bytes:
    return "".join(f"@@ {name}\n{text}\n" for name, text in content.items()).encode()


def _archives() -> Iterator[bytes]:
    import tempfile

    with tempfile.TemporaryDirectory() as made:
        for packed in (True, False):
            for content in _small_books():
                yield making.save(Path(made, "a.xlsx"), content, packed=packed).read_bytes()
    yield from (
        b"%PDF-1.7",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        b"<html>",
        b"a,b\n1,2",
    )


def _formulas() -> Iterator[bytes]:
    yield from (rule.encode() for rule, _ in BEYOND.values() if len(rule) < LARGEST)
    yield from (
        b"SUM(A1:B2,'a b'!C3)*-2%",
        b'IF(A1>=1,"x""y",S!$A$1:$B$2)',
        b"_xlfn.XLOOKUP(A1,B:B,C:C)",
    )


def _requests() -> Iterator[bytes]:
    for side in ("buy", "rent"):
        yield unpacked(request_bytes(requested(side)))
    head = [["Line", "Item", "Quantity", "Specification", "Price of one, before tax", "Currency",
             "Valid until", "Company", "Remark"]]  # fmt: skip
    yield _laid(
        making.parts({"Items": [*head, ["1", "server", 2.0, "x", 3.0, "USD", "2027-01-01"]]})
    )


def _quotes() -> Iterator[bytes]:
    for path in sorted(bundled("scenarios").glob("*.csv")):
        lines = path.read_bytes().splitlines(keepends=True)
        yield b"".join(lines[:4])
        yield b"".join(lines[:3]).replace(b",", b";")
    yield "vendor;item;price;currency;round\nA;server;1.234,50;EUR;²\n".encode()
    yield b'sep=|\nvendor|item|price|note\nA|server|1|"a\nb"\n'


def _lists() -> Iterator[bytes]:
    for found in shipped().tables.values():
        yield as_csv(found, found.rows[:3]).encode()
    head = b"id,chip,on_demand_price,date\n"
    yield head + b"x,a100-sxm4-80gb,2,2026-11-01\ny,h100-sxm5-80gb,3,2026-11-01\n"
    yield b"id;chip;on_demand_price;date\nx;a100-sxm4-80gb;2,50;01.11.2026\n"
    yield (
        b"InstanceType,AcceleratorName,AcceleratorCount,vCPUs,MemoryGiB,GpuInfo,Price,SpotPrice,"
        b"Region\nx,H100,8.0,96,1000,,98.3,30,us-east-1\n"
    )
    yield (
        b"instance_name,location,price,cpu,memory,gpu_count,gpu_name,gpu_memory,spot,provider\n"
        b"x,us,2.5,8,64,1,H100,80,False,lambdalabs\n"
    )
    yield b'\xef\xbb\xbfid,name\n=1+1,"a\r\nb"\n'


_MADE = {
    "document": _scenarios, "scenario": _scenarios, "workbook": _books, "archive": _archives,
    "formula": _formulas, "request": _requests, "quotes": _quotes, "prices": _lists,
    "adding": _lists, "table": _quotes,
}  # fmt: skip
assert all(re.fullmatch(r"\w+", one) for one in _MADE)
