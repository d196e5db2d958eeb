"""Where each input lies beside its usual band; the columns themselves stand in `limits.py`."""

from tco.model import bands
from tests.lines.worked import worked

case = worked(bands)

case("usual_rent_low", listed_rent_low=3, gives=1.5)
case("usual_rent_low", listed_rent_low=None, gives=0)
case("usual_rent_high", listed_rent_high=3, gives=6)
case("usual_rent_high", listed_rent_high=None, gives=0)

# A price at a rate of 3, a share, and a rent that is listed in the scenario's currency.
case("band_low", band_known_low=[5, 0.2, 0], band_is_money=[1, 0, 1], band_rate=[3, 3, 3],
     band_is_rent=[0, 0, 1], band_rent_low=[7, 7, 7], gives=[15, 0.2, 7])  # fmt: skip
case("band_high", band_known_high=[5, 0.2, 0], band_is_money=[1, 0, 1], band_rate=[3, 3, 3],
     band_is_rent=[0, 0, 1], band_rent_high=[7, 7, 7], gives=[15, 0.2, 7])  # fmt: skip

# Inside, at both ends, below, above, not given, and where nobody lists anything.
case("band_unusual", band_value=[3, 2, 5, 1.9, 5.1, None, 9, 0.7], gives=[0, 0, 0, 1, 1, 0, 0, 1],
     band_low=[2, 2, 2, 2, 2, 2, 0, 0], band_high=[5, 5, 5, 5, 5, 5, 0, 0.5])  # fmt: skip

# A hundred times below a low; from 0, and from below 0, as far down as the band is wide.
case("band_least", band_low=[5, 0.5, 0, -2], band_high=[9, 3, 3, 4], farthest_factor=100,
     gives=[0.05, 0.005, -300, -600])  # fmt: skip

# Too high, not quite, too low, just at the least, not quite, usual, and a what-if of 0.
case("band_unthinkable", band_unusual=[1, 1, 1, 1, 1, 0, 1], band_least=[0.02] * 7,
     band_value=[501, 499, 0.01, 0.02, 0.03, 999, 0], band_high=[5] * 7, farthest_factor=100,
     gives=[1, 0, 1, 0, 0, 0, 0])  # fmt: skip

# Too low, too high, a rent too low, just at the low, and between 1 and the low.
case("band_undone", band_value=[0.3, 80, 0.2, 2, 1.5], band_low=[2, 2, 0.7, 2, 2],
     band_slip_low=[1000, 3, 1, 7, 9], band_slip_high=[7, 100, 100, 10, 3],
     gives=[1000, 0.01, 1, 0.1, 9])  # fmt: skip
case("band_meant", band_unusual=[1, 1, 0], band_value=[85, 0.24, 7],
     band_undone=[0.001, 1000, 0.001], gives=[0.085, 240, None])  # fmt: skip

case("unusual_inputs", band_unusual=[1, 0, 1, 1], gives=3)
case("unthinkable_inputs", band_unthinkable=[1, 0, 1], gives=2)
case("inputs_usual", unusual_inputs=0, gives=0)
case("inputs_usual", unusual_inputs=1, gives=1)
case("inputs_usual", unusual_inputs=2, gives=1)
case("inputs_thinkable", unthinkable_inputs=0, gives=0)
case("inputs_thinkable", unthinkable_inputs=1, gives=1)
