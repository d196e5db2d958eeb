"""The columns of offers: what a vendor fills in, and what the file of quotes holds."""

from __future__ import annotations

from dataclasses import dataclass

from tco.lines.plausible import is_plausible

INCOTERMS = ("EXW", "FCA", "FAS", "FOB", "CFR", "CPT", "CIF", "CIP", "DAP", "DPU", "DDP")
COMMITMENTS = ("on_demand", "reserved", "block")
YES, NO = "yes", "no"
# What a cell offers to choose from; another currency may be typed.
CURRENCIES = (
    "USD", "EUR", "GBP", "CHF", "JPY", "CNY", "TWD", "KRW", "SGD", "HKD", "INR", "AED", "SAR",
    "CAD", "AUD", "NZD", "BRL", "MXN", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "ILS", "TRY",
    "ZAR",
)  # fmt: skip
BUY, RENT = "buy", "rent"
_ANY = 1e15


@dataclass(frozen=True)
class Column:
    """One thing that an offer says.

    Attributes:
        key: its column in the file of quotes; none of the file where it is not `kept`.
        kind: text, price, currency, option, date, or number.
        unit: of a number, as quantities are read.
        required: an offer without it cannot be compared.
        told: what an offer lacks without it, in words.
        general: it may be said once for the whole answer.
        width: of its cells.
        above: what a number is above; `least` and `most` are what it may just be.
    """

    key: str
    heading: str
    kind: str
    unit: str = ""
    options: tuple[str, ...] = ()
    required: bool = False
    told: str = ""
    general: bool = False
    kept: bool = True
    width: float = 10
    look: str = "input:text"
    above: float | None = None
    least: float = 0
    most: float = _ANY

    def holds(self, number: float) -> bool:
        """Whether a number can be one of this column."""
        share = self.unit.startswith("share") and self.most == _ANY
        most = 1 if share else self.most
        low = number > self.above if self.above is not None else number >= self.least
        return low and number <= most and is_plausible(number, self.unit)


_CURRENCY = Column(
    "currency", "Currency", "currency", options=CURRENCIES, required=True, told="currency",
    general=True, width=9,
)  # fmt: skip
_VALID = Column(
    "valid_until", "Valid until", "date", required=True, told="validity", general=True, width=12,
    look="input:date",
)  # fmt: skip
_REMARKS = Column("note", "Remarks", "text", width=26)

_BUY = (
    Column("alternate", "Alternate: what is offered instead", "text", width=22),
    Column(
        "meets", "As specified (yes, no)", "option", options=(YES, NO), kept=False,
        told="as specified", width=11,
    ),
    Column(
        "price", "Price of one, before tax", "price", "USD/server", required=True, told="price",
        width=15, look="input:USD",
    ),
    _CURRENCY,
    Column("min_quantity", "From this quantity (empty: any)", "number", "server", width=11,
           look="input:server", least=1),
    Column("incoterm", "Incoterm", "option", options=INCOTERMS, required=True, told="Incoterm",
           general=True, width=9),
    _VALID,
    Column("lead_weeks", "Lead time, weeks", "number", "week", required=True, told="lead time",
           general=True, width=9, look="input:week"),
    Column("warranty_years", "Warranty in the price, years", "number", "years", required=True,
           told="warranty", general=True, width=10, look="input:years"),
    Column("deposit_share", "Due with the order", "number", "share", required=True,
           told="share due with the order", general=True, width=9, look="input:share"),
    Column("delivery_share", "Due on delivery", "number", "share", required=True,
           told="share due on delivery", general=True, width=9, look="input:share"),
    Column("net_days", "Net days", "number", "day", general=True, width=9, look="input:day"),
    Column("power_kw", "Power of one, kW", "number", "kW", required=True, told="power", width=9,
           look="input:kW"),
    Column("document", "Your document", "text", general=True, width=16),
    Column("damages_share", "Damages for a week of delay", "number", "share/week", general=True,
           width=11, look="input:share"),
    Column("damages_cap", "Damages at most", "number", "share", general=True, width=10,
           look="input:share"),
    Column("guaranteed_share", "Deposit guaranteed by a bank", "number", "share", general=True,
           width=11, look="input:share"),
    _REMARKS,
)  # fmt: skip
_RENT = (
    Column("commitment", "Commitment", "option", options=COMMITMENTS, required=True,
           told="commitment", width=12),
    Column("price", "Price of a GPU-hour, before tax", "price", "USD/GPU-h", required=True,
           told="price", width=15, look="input:USD/GPU-h"),
    _CURRENCY,
    Column("term_months", "Term, months", "number", "month", width=9, look="input:month", above=0),
    Column("min_gpus", "Fewest GPUs", "number", "GPU", width=9, look="input:GPU", least=1),
    Column("ramp_months", "Months until all stand ready", "number", "month", width=11,
           look="input:month", most=12),
    Column("price_growth", "Price path: change a year", "number", "share/year", width=11,
           look="input:share", above=-1),
    Column("goodput", "Goodput you warrant", "number", "share", width=11, look="input:share",
           above=0),
    Column("support_share", "Support, on the price", "number", "share", width=11,
           look="input:share"),
    Column("storage_price", "Storage, a GB-month", "price", "USD", width=12, look="input:USD"),
    Column("egress_price", "Egress, a GB", "price", "USD", width=11, look="input:USD"),
    Column("setup_cost", "Set-up, once", "price", "USD", width=12, look="input:USD"),
    Column("exit_fee_share", "Fee for leaving early, of what is left", "number", "share", width=13,
           look="input:share"),
    _VALID,
    _REMARKS,
)  # fmt: skip


@dataclass(frozen=True)
class Side:
    """What is asked for on one side of the question: to buy, or to rent.

    Attributes:
        table: of the scenario, which its file is named after too.
        who: the column of whoever offers.
        series: the columns by which a later answer takes the place of an earlier one.
        columns: what a vendor fills in, in order.
        head: the columns of the file.
    """

    name: str
    table: str
    who: str
    series: tuple[str, ...]
    columns: tuple[Column, ...]
    head: tuple[str, ...]

    def column(self, key: str) -> Column:
        """One column by its key."""
        return next(one for one in self.columns if one.key == key)

    @property
    def general(self) -> tuple[Column, ...]:
        """What may be said once for a whole answer."""
        return tuple(one for one in self.columns if one.general)


SIDES = {
    BUY: Side(
        BUY, "quotes", "vendor", ("vendor", "item"), _BUY,
        ("vendor", "item", "alternate", "price", "currency", "min_quantity", "incoterm",
         "valid_until", "lead_weeks", "warranty_years", "deposit_share", "delivery_share",
         "net_days", "duty_rate", "power_kw", "document", "round", "note"),
    ),
    RENT: Side(
        RENT, "rent_quotes", "provider", ("provider", "commitment"), _RENT,
        ("provider", "commitment", "price", "currency", "term_months", "min_gpus", "ramp_months",
         "price_growth", "goodput", "support_share", "storage_price", "egress_price", "setup_cost",
         "exit_fee_share", "valid_until", "round", "note"),
    ),
}  # fmt: skip
