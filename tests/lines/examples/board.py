"""What the first sheet counts in."""

from tco.model import board
from tests.lines.worked import worked

case = worked(board)

case("board_scale", board_size=999, millions_from=1000, billions_from=1_000_000, gives=0)
case("board_scale", board_size=1000, millions_from=1000, billions_from=1_000_000, gives=1)
case("board_scale", board_size=999_999, millions_from=1000, billions_from=1_000_000, gives=1)
case("board_scale", board_size=1_000_000, millions_from=1000, billions_from=1_000_000, gives=2)
case("board_divisor", board_scale=0, gives=1)
case("board_divisor", board_scale=1, gives=1e6)
case("board_divisor", board_scale=2, gives=1e9)
