"""The day that ages are counted from."""

from tco.model import general
from tests.lines.worked import worked

case = worked(general)

case("as_of_dated", as_of="2026-11-21", gives=0)
case("as_of_dated", as_of="soon", gives=1)
