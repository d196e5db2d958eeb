"""What a template must not be: too large, with macros, or fetching what lies elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pptx.exc import PackageNotFoundError

from tco.errors import mistake
from tco.files import open_file
from tco.unpacking import Package, UnreadableError, count_tags

# All of it is in memory at once. A company's template has some 20 MB of pictures, 100,000 tags.
MOST_OF_TEMPLATE = 256 << 20
MOST_TAGS = 1_000_000


def refuse_hostile(template: Path) -> None:
    """Raise for what is too large, or not what it claims, before any of it is in memory.

    Raises:
        Mistakes: for macros.
        UnreadableError: for what is beyond the limits, or damaged.
        OSError: where there is no such file, or it is a folder, a pipe or a device.
        PackageNotFoundError: for what is no package.
    """
    with open_file(template) as file:
        if file.read(4) != b"PK\x03\x04":
            raise PackageNotFoundError
        file.seek(0)
        with Package(file) as package:
            if (size := sum(package.sizes.values())) > MOST_OF_TEMPLATE:
                most = f"the most is {MOST_OF_TEMPLATE >> 20:,} MB"
                raise UnreadableError(f"it unpacks to {size >> 20:,} MB; {most}", "")
            count_tags(package, package.sizes, MOST_TAGS)
            if any(name.lower().endswith("vbaproject.bin") for name in package.sizes):
                raise mistake(str(template), "this presentation has macros",
                              "Save it as a presentation without macros, .pptx.")  # fmt: skip


def refuse_links(template: Path, presentation: Any) -> None:
    """Raise where slides would fetch something from elsewhere; addresses to click may stay.

    Raises `Mistakes`.
    """
    for link in presentation.part.package.iter_rels():
        if link.is_external and not link.reltype.endswith("/hyperlink"):
            kind, where = link.reltype.rpartition("/")[2], link.target_ref[:80]
            raise mistake(str(template), f"it would fetch what lies elsewhere ({kind}): {where}",
                          "Put that into the file in place of the link, and save it.")  # fmt: skip
