"""General: the currency and the day that ages are counted from."""

from tco.lines import *

SECTION = "general"
# What every answer rests on, as far as its kind has it.
FRONT = Front(assumptions=("parameters", "flop", "deadline_days"))
# What a day can be, as spreadsheets count them alike: 1902-09-26 to 2173-10-14.
FIRST_DAY, LAST_DAY = 1_000, 100_000

currency = Given(
    "Currency", "text", note="Every amount of money in this workbook is in this currency."
)
as_of = Given("As of", "date", note="Ages of prices are counted from this day; no clock is read.")
usd_rate = Given(
    "Exchange rate",
    "USD/US$",
    above=0,
    why="One US dollar costs this much of the currency; catalogue prices are in US dollars.",
    note="Turns the catalogue's US dollar prices into the currency; 1 when it is the US dollar.",
    off_by="nothing",
)
year = Given(
    "Year", "years", along=YEARS, note="0 to 7, the head of every yearly line; 0 is the purchase."
)


@check("As of is a date", of_inputs=True)
def as_of_dated(as_of):
    """Ages are counted from a day, which is a date and no text."""
    day = day_number(as_of)
    odd = either(unless(dated(as_of)), short_of(day, FIRST_DAY), beyond(day, LAST_DAY))
    return odd, text("as_of is {}: type year-month-day, as in 2026-11-21", as_of)
