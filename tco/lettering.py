"""How much room a text takes on paper: by the widths of the letters of Calibri.

They are the advance widths of Carlito 1.104 (SIL Open Font License), its double in all of them.
"""

from __future__ import annotations

import functools

_FIRST = " "
_REGULAR = (
    463, 667, 821, 1020, 1038, 1464, 1397, 452, 621, 621, 1020, 1020, 511, 627, 517, 791, 1038,
    1038, 1038, 1038, 1038, 1038, 1038, 1038, 1038, 1038, 548, 548, 1020, 1020, 1020, 949, 1831,
    1185, 1114, 1092, 1260, 1000, 941, 1292, 1276, 516, 653, 1064, 861, 1751, 1322, 1356, 1058,
    1378, 1112, 941, 998, 1314, 1162, 1822, 1063, 998, 959, 628, 791, 628, 1020, 1020, 596, 981,
    1076, 866, 1076, 1019, 625, 964, 1076, 470, 490, 931, 470, 1636, 1076, 1080, 1076, 1076, 714,
    801, 686, 1076, 925, 1464, 887, 927, 809, 644, 943, 644, 1020,
)  # fmt: skip
_BOLD = (
    463, 667, 898, 1020, 1038, 1493, 1443, 478, 638, 638, 1020, 1020, 528, 627, 547, 880, 1038,
    1038, 1038, 1038, 1038, 1038, 1038, 1038, 1038, 1038, 565, 565, 1020, 1020, 1020, 949, 1840,
    1241, 1148, 1084, 1291, 999, 940, 1305, 1292, 546, 678, 1120, 866, 1790, 1349, 1385, 1090,
    1405, 1153, 968, 1014, 1337, 1211, 1856, 1128, 1064, 979, 665, 880, 665, 1020, 1020, 615, 1011,
    1099, 857, 1099, 1031, 648, 971, 1099, 503, 523, 983, 503, 1666, 1099, 1101, 1099, 1099, 728,
    817, 710, 1099, 969, 1526, 941, 970, 814, 704, 973, 704, 1020,
)  # fmt: skip
_PER_EM = 2048
_OTHER, _WIDE = 1100, 2048  # any other letter; a Chinese one
_WIDE_FROM = "⺀"
_MM = 25.4 / 72


def millimetres(text: str, points: float, *, bold: bool = False) -> float:
    """The width of a text on one line, in mm, in letters of a size in points."""
    widths = _BOLD if bold else _REGULAR
    return sum(_width(letter, widths) for letter in text) / _PER_EM * points * _MM


@functools.lru_cache(maxsize=1 << 12)
def _width(letter: str, widths: tuple[int, ...]) -> int:
    place = ord(letter) - ord(_FIRST)
    if 0 <= place < len(widths):
        return widths[place]
    return _WIDE if letter >= _WIDE_FROM else _OTHER
