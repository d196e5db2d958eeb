"""The rules, a module for each thing they are about; a new one is one function in one of them."""

from tco.audit.rules import (  # noqa: F401
    caches,
    controls,
    copies,
    formulas,
    lookups,
    package,
    presentation,
    structure,
    totals,
    units,
)
