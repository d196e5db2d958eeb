"""Latin hypercube: for each column as many strata as draws, and in every stratum one draw."""

from __future__ import annotations

import numpy as np

from tco.draws.floats import Floats

_BITS, _UNIT = 11, 1 / 9007199254740992  # of 64 bits the upper 53 are a float below 1


class Strata:
    """Columns of a Latin hypercube, one after the other, from a seed.

    The generator is PCG64, of which numpy keeps the bits but not what its methods make of them.
    """

    def __init__(self, seed: int) -> None:
        """Args: seed: a whole number from 0; the same one gives the same columns."""
        self._bits = np.random.PCG64(seed)

    def column(self, count: int) -> Floats:
        """So many draws between 0 and 1, shuffled: (count,), one in each stratum of 1 / count."""
        shuffled = np.argsort(self._plain(count), kind="stable")
        inside = self._plain(count)
        # The middle of a cell of 2**-53, so that none is 0 or 1, where quantiles are infinite.
        return (shuffled + inside + _UNIT / 2) / count

    def columns(self, count: int, many: int) -> Floats:
        """So many columns: (many, count)."""
        return np.array([self.column(count) for _ in range(many)]).reshape(many, count)

    def _plain(self, count: int) -> Floats:
        return (self._bits.random_raw(count) >> np.uint64(_BITS)) * _UNIT
