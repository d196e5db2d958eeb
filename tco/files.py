"""Files of the product: where bundled scenarios and templates are; writing beside and renaming."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tco.errors import Mistake, Mistakes, Place

_PACKAGE = Path(__file__).parent


def bundled(folder: str) -> Path:
    """The folder of bundled `scenarios` or `templates`: in the wheel, else beside the package."""
    inside = _PACKAGE / folder
    return inside if inside.is_dir() else _PACKAGE.parent / folder


def write_all(contents: Mapping[Path, bytes]) -> None:
    """Write every file or none: each is written beside its place first, then all are renamed.

    Raises `Mistakes` where a folder cannot be written.
    """
    ready: list[tuple[str, Path]] = []
    try:
        for path, content in contents.items():
            try:
                if path.is_dir():
                    raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
                path.parent.mkdir(parents=True, exist_ok=True)
                handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
                ready.append((beside, path))
                with os.fdopen(handle, "wb") as file:
                    file.write(content)
                Path(beside).chmod(0o666 & ~_umask())
            except OSError as error:
                raise unwritable(path, error) from None
        for beside, path in ready:
            try:
                Path(beside).replace(path)
            except OSError as error:
                raise unwritable(path, error) from None
    finally:
        for beside, _ in ready:
            Path(beside).unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def unwritable(path: Path, error: OSError) -> Mistakes:
    """The mistake of an output that cannot be written."""
    return Mistakes(
        [
            Mistake(
                Place(str(path)),
                f"cannot be written: {(error.strerror or str(error)).lower()}",
                "Name another folder, or make this one writable.",
            )
        ]
    )
