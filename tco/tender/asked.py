"""What is asked for: items with quantity and specification, and conditions; from the scenario."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tco.catalogue.shipped import MISSING, Table, defaults
from tco.errors import Mistake, Mistakes, mistake
from tco.facts import RowFact, options
from tco.lines import Choice, Undefined
from tco.model import ITEMS, model_for
from tco.quantities import is_date
from tco.scenario import Scenario
from tco.tender.columns import BUY, INCOTERMS, RENT, SIDES, Side

VALID_DAYS = 60  # an offer is wished to hold so long from the scenario's day
INCOTERM = "DAP"
SERVERS = "servers"  # what there are so many of, of an item that is one
DAYS_PER_WEEK = 7


@dataclass(frozen=True)
class Wishes:
    """What is wished of an answer: an Incoterm, and the day until which it holds."""

    incoterm: str = ""
    valid_until: str = ""


@dataclass(frozen=True)
class Item:
    """One thing that is asked for; `key` is its name in the file of quotes."""

    key: str
    label: str
    specification: str
    quantity: int
    unit: str


@dataclass(frozen=True)
class Condition:
    """One condition: what is wished, in words and as a number or text that an answer is held to.

    `column` is what an answer says to it, "" where there is nothing to fill in.
    """

    key: str
    label: str
    words: str
    wished: float | str | None = None
    column: str = ""


@dataclass(frozen=True)
class Request:
    """All that one request says."""

    side: Side
    title: str
    items: tuple[Item, ...]
    conditions: tuple[Condition, ...]
    as_of: str

    def wished(self, key: str) -> float | str | None:
        """What is wished of one column, None where nothing is."""
        return next((one.wished for one in self.conditions if one.column == key), None)


def request_of(scenario: Scenario, side: str, wishes: Wishes | None = None) -> Request:
    """The request that a scenario makes.

    Raises `Mistakes` where nothing is bought or rented in it, or a wish is none.
    """
    wishes = wishes or Wishes()
    _refuse(wishes, side)
    items = tuple(_bought(scenario) if side == BUY else _rented(scenario))
    if not items:
        what = "no server is bought" if side == BUY else "no GPU is rented"
        raise mistake(scenario.path, f"{what} in this scenario, so there is nothing to ask for",
                      "Name a scenario with a fleet: tco scenarios lists them.")  # fmt: skip
    build = _to_buy if side == BUY else _to_rent
    conditions = tuple(build(scenario, wishes))
    return Request(SIDES[side], _title(scenario, items), items, conditions, scenario.as_of)


def _title(scenario: Scenario, items: tuple[Item, ...]) -> str:
    """What is asked for in a few words; the scenario's own title may say what is nobody's."""
    first, name = items[0], _chip(scenario)["name"]
    if first.unit == SERVERS:
        return f"{first.quantity:,} servers with {_gpus_per_server(scenario)} × {name}"
    return f"{first.quantity:,} × {name}" if first.unit == "GPUs" else f"{len(items)} items"


def _refuse(wishes: Wishes, side: str) -> None:
    found: list[Mistake] = []
    if wishes.incoterm and side == RENT:
        found += mistake("--incoterm", "what is rented is not delivered, so it has no Incoterm",
                         "Leave it out, or ask with: --side buy").mistakes  # fmt: skip
    if wishes.incoterm and wishes.incoterm.upper() not in INCOTERMS:
        remedy = f"It is one of: {', '.join(INCOTERMS)}."
        found += mistake("--incoterm", f"“{wishes.incoterm}” is no Incoterm of 2020",
                         remedy).mistakes  # fmt: skip
    if wishes.valid_until and not is_date(wishes.valid_until):
        found += mistake("--valid-until", f"“{wishes.valid_until}” is not a date",
                         "Write year-month-day, for example: 2026-12-31").mistakes  # fmt: skip
    if found:
        raise Mistakes(found)


def compared_items(scenario: Scenario) -> list[str]:
    """The items whose quotes the scenario compares, in small letters; none for any."""
    model, table = scenario.model, SIDES[BUY].table
    if table not in model.tables:
        model = model_for("own", quoted=True, listed=ITEMS in scenario.model.tables)
    given = model.givens.get("offered_item")
    if not isinstance(given, Choice):
        return []
    found = options(scenario.catalogue, given, scenario.tables)
    return [str(key).casefold() for key, _ in found]


# ---- items ---------------------------------------------------------------------------------------


def _bought(scenario: Scenario) -> Iterator[Item]:
    """Servers, and what else the scenario counts; a table of items says all of it."""
    numbers = scenario.numbers
    rows = scenario.tables.get(ITEMS, ())
    for number, row in enumerate(rows):
        quantity = _count(numbers["item_quantity"][number])
        if quantity:
            yield _of_table(scenario, row, quantity)
    if rows or not (servers := _count(numbers.get("servers"))):
        return
    yield Item("server", "Server", _server(scenario), servers, SERVERS)
    if numbers.get("network_basis") == "counts":
        yield from _network(numbers)


def _of_table(scenario: Scenario, row: RowFact, quantity: int) -> Item:
    """A row of the table of items, under its own name; a server is specified."""
    name, spelled = row.name, scenario.model.tables[ITEMS].spelled
    category = next((str(value) for key, value in row.values.items()
                     if spelled(key).endswith("category")), "")  # fmt: skip
    if category.casefold() == "server" or name.casefold() in ("server", "servers"):
        return Item(name, "Server", _server(scenario), quantity, SERVERS)
    said = f"{name}, for servers of {_gpus_per_server(scenario)} × {_chip(scenario)['name']}"
    return Item(
        name, name[:1].upper() + name[1:], said, quantity, "piece" if quantity == 1 else "pieces"
    )


def _network(numbers: Mapping[str, Any]) -> Iterator[Item]:
    tiers = (("leaf", "towards servers"), ("spine", "between leaves"), ("core", "between spines"))
    ports = _count(numbers.get("switch_links"))
    for name, where in tiers:
        if quantity := _count(numbers.get(f"{name}_switches")):
            said = f"Switch of {ports} ports, {where}" if ports else f"Switch {where}"
            yield Item(f"{name} switch", f"{name.capitalize()} switch", said, quantity, "switches")
    if links := _count(numbers.get("network_links")):
        said = "Link with an optic at each end and its cable, of the rate of the switches"
        yield Item("link", "Link", said, links, "links")


def _rented(scenario: Scenario) -> Iterator[Item]:
    numbers = scenario.numbers
    gpus = _count(numbers.get("fleet_gpus")) or _count(numbers.get("gpus"))
    if gpus and "chip" in numbers:
        said = f"{_facts(scenario)}; in servers of {_gpus_per_server(scenario)}, with their network"
        yield Item("gpu", "GPUs, rented", said, gpus, "GPUs")


def _server(scenario: Scenario) -> str:
    chip = _chip(scenario)
    count = _gpus_per_server(scenario)
    return f"Server with {count} × {_facts(scenario, chip)}"


def _facts(scenario: Scenario, row: dict[str, str] | None = None) -> str:
    """What is published about the GPU: nothing that the scenario assumes."""
    chip = row or _chip(scenario)
    said = [chip["name"]]
    if chip.get("memory_gb", MISSING) not in ("", MISSING):
        said.append(f"{float(chip['memory_gb']):,.10g} GB of memory each")
    if chip.get("memory_gb_per_s", MISSING) not in ("", MISSING):
        said[-1:] = [f"{said[-1]} at {float(chip['memory_gb_per_s']):,.10g} GB/s"]
    return "; ".join(said)


def _chip(scenario: Scenario) -> dict[str, str]:
    table: Table = scenario.catalogue["chips"]
    return dict(table.row(str(scenario.numbers["chip"])))


def _gpus_per_server(scenario: Scenario) -> int:
    return _count(scenario.numbers.get("gpus_per_server")) or 1


def _count(number: Any) -> int:
    """A whole number, 0 for what is not known."""
    if number is None or isinstance(number, Undefined | str) or number != number:
        return 0
    return round(float(number))


# ---- conditions ----------------------------------------------------------------------------------


def _to_buy(scenario: Scenario, wishes: Wishes) -> Iterator[Condition]:
    incoterm = (wishes.incoterm or INCOTERM).upper()
    yield Condition(
        "incoterm", "Incoterm", f"{incoterm} (Incoterms 2020), our site; name another if you must",
        incoterm, "incoterm",
    )  # fmt: skip
    yield _validity(scenario, wishes)
    days = _given(scenario, "lead_limit_days")
    weeks = None if days is None else days / DAYS_PER_WEEK
    said = "State the weeks from order to delivery"
    if weeks is not None:
        said = f"Within {weeks:,.3g} weeks of the order"
    yield Condition("delivery", "Delivery", said, weeks, "lead_weeks")
    years = _known(scenario, "warranty_required_years")
    said = "State the years in the price"
    if years is not None:
        said = f"{years:,.3g} years from acceptance, in the price"
    yield Condition("warranty", "Warranty required", said, years, "warranty_years")
    said = "State the share due with the order; say how it is secured under Remarks"
    yield Condition("deposit", "Payment: with the order", said, None, "deposit_share")
    said = "State the share due on delivery; the rest is due on acceptance"
    yield Condition("on_delivery", "Payment: on delivery", said, None, "delivery_share")
    said = "State the days from delivery until that share is due"
    yield Condition("net_days", "Payment: net days", said, None, "net_days")
    said = "State the share of the price that you owe for a week of delay"
    yield Condition("delay", "Delay: damages a week", said, None, "damages_share")
    said = "State the share of the price that damages come to at most"
    yield Condition("delay_most", "Delay: damages at most", said, None, "damages_cap")
    said = "State the share of the deposit that a bank guarantees"
    yield Condition("secured", "Deposit: guaranteed", said, None, "guaranteed_share")
    yield Condition("acceptance", "Acceptance test", _acceptance(scenario))
    yield from _answered("document", "Your offer: its number")


def _to_rent(scenario: Scenario, wishes: Wishes) -> Iterator[Condition]:
    yield _validity(scenario, wishes)
    said = "Offer any of: on demand; reserved, for a term; a block of days. A line each"
    yield Condition("commitment", "Commitment", said)
    said = "State when all GPUs stand ready, and what is billed until then"
    yield Condition("delivery", "Delivery", said)
    said = "State what is billed: support, storage, egress, set-up, and the fee for leaving early"
    yield Condition("payment", "Payment", said)
    said = "State the goodput you warrant: the share of hours in which all GPUs can compute"
    yield Condition("warranty", "Warranty required", said)
    said = "All GPUs compute together over their network before the first hour is billed"
    yield Condition("acceptance", "Acceptance test", said)
    yield from _answered("", "")


def _answered(document: str, label: str) -> Iterator[Condition]:
    if document:
        yield Condition("document", label, "As we should cite it", None, document)
    said = "Three letters; all your prices are in it unless their line says otherwise"
    yield Condition("currency", "Currency", said, None, "currency")


def _validity(scenario: Scenario, wishes: Wishes) -> Condition:
    day = wishes.valid_until
    if not day:
        last = datetime.date.fromisoformat(scenario.as_of) + datetime.timedelta(VALID_DAYS)
        day = last.isoformat()
    said = f"Until {day} or longer"
    return Condition("validity", "Validity", said, day, "valid_until")


def _acceptance(scenario: Scenario) -> str:
    said = "All servers compute together, at the rates specified, over the network"
    days = _given(scenario, "acceptance_days")
    return said if days is None else f"{said}, within {days:,.3g} days of delivery"


def _given(scenario: Scenario, key: str) -> float | None:
    """An input that the scenario gives itself."""
    fact = scenario.facts.get(key)
    if fact is None or fact.origin not in ("scenario", "set"):
        return None
    return None if isinstance(fact.value, Undefined | str) else float(fact.value)


def _known(scenario: Scenario, key: str) -> float | None:
    """An input as the scenario has it, else as it is usual."""
    fact, usual = scenario.facts.get(key), defaults().get(key)
    if fact is not None and not isinstance(fact.value, Undefined | str):
        return float(fact.value)
    return float(usual.value) if usual else None
