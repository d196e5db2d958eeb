"""Arrays of floats, as every function here takes and gives them."""

from typing import Any

from numpy.typing import NDArray

Floats = NDArray[Any]
