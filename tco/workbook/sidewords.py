"""The sentences of a comparison as formulas, from pieces that stand in cells one below another."""

from __future__ import annotations

from dataclasses import dataclass

from tco.lines.expression import excel_text
from tco.page.sidewords import NOT_COMPARED
from tco.workbook.cells import address

# What the pieces are called, in the order in which they stand and are read.
PIECES = (
    "Difference, without its sign",
    "Largest difference of a part",
    "The part",
    "The difference of the part, in words",
    "The total, in words",
    "The share, in words",
    "The parts, in words",
)
LARGEST = 1  # the piece that is a number


@dataclass(frozen=True)
class Pieces:
    """Where the pieces of one scenario on one total stand, and what they read.

    Attributes:
        top: the row of the first piece, in the scenario's column.
        change, share: the cells of the difference of the total, in money and as a share.
        parts, names: the areas of the differences of the parts, and of the parts' names.
        base: the letter of the scenario that it is a difference to.
        money: an amount in words, with braces for its cell.
    """

    top: int
    column: int
    change: str
    share: str
    parts: str
    names: str
    base: str
    money: str

    def formulas(self) -> list[str]:
        """The formula of each piece; each reads those above it."""
        amount, largest, part, part_amount = (self.at(place) for place in range(4))
        ends = f"MAX({self.parts})", f"MIN({self.parts})"
        more = f'CHOOSE(2+SIGN({largest}),"less","–","more")'
        words = (f'{amount}&" less than in {self.base}"', f'"as in {self.base}"',
                 f'{amount}&" more than in {self.base}"')  # fmt: skip
        alone = f"ISNUMBER({self.change})*({largest}={self.change})*({'*'.join(ends)}=0)"
        return [
            f'IFERROR({self.money.format(self.change)},"–")',
            f"IF({'+'.join(ends)}>=0,{','.join(ends)})",
            f'IFERROR(INDEX({self.names},MATCH({largest},{self.parts},0)),"–")',
            f'{self.money.format(largest)}&" "&{more}',
            f'IFERROR(CHOOSE(2+SIGN({self.change}),{",".join(words)}),"{NOT_COMPARED}")',
            f'IFERROR(" ("&FIXED(100*ROUND(ABS({self.share}),3)+0,1)&"%)"," (of nothing)")',
            f'CHOOSE(1+({largest}<>0)*(1+{alone}),", each part too",'
            f'"; largest difference: "&{part}&", "&{part_amount},", all of it "&{part})',
        ]

    def sentence(self, head: str) -> str:
        """The formula of the sentence, which begins with these words."""
        of_total, of_share, of_parts = (self.at(place) for place in range(4, 7))
        rest = f'CHOOSE(1+ISNUMBER({self.change}),"",{of_share}&{of_parts})'
        return f"{excel_text(f'{head} ')}&{of_total}&{rest}"

    def at(self, place: int) -> str:
        """The cell of a piece."""
        return address(self.top + place, self.column)


def money_form(currency: str) -> str:
    """An amount without its sign in words, with braces for its cell."""
    few, many = 'FIXED(ROUND(ABS({0}),0)+0,0)&" ', 'FIXED(ROUND(ABS({0})/10^6,2)+0,2)&" M '
    return f'IF(ABS({{0}})<10^6,{few}{currency}",{many}{currency}")'
