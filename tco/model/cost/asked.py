"""Asked: what a run asks a board for, and the answer, a line each."""

from tco.lines import *
from tco.model.board import MONEY, OnBoard

SECTION = "rent"
BOARD = OnBoard(
    decision="run_asked_words",
    answer="run_answer",
    leads=("breakeven_words", "influence_words"),
    amount="buy_total",
    tiles=(
        ("buy_total", "Total to buy", MONEY),
        ("rent_total", "Total to rent", MONEY),
        ("gpus", "GPUs", "#,##0"),
        ("days_needed", "Days needed", "#,##0.0"),
        ("breakeven_runs", "Runs to break even", "#,##0.0"),
        ("co2_tonnes", "t CO2e, operational", "#,##0.00"),
    ),
)

_asked = Heading("What is to be approved, in words")


@line("What the run asks for", "text")
def run_asked_words(gpus, chip, days_needed, buy_total, board_divisor, board_unit):
    """The fleet, and the amount if it is bought."""
    return text(
        "Decision: approve {} {} to buy {} GPUs ({}) for a run of {} days, or rent them",
        shown(buy_total / board_divisor, "#,##0.00"),
        board_unit,
        shown(gpus, "#,##0"),
        chip,
        shown(days_needed, "#,##0.0"),
    )


@line("The run bought, in words", "text")
def run_bought_words(buy_total, board_divisor, board_unit):
    """What buying the fleet costs."""
    return text("{} {}", shown(buy_total / board_divisor, "#,##0.00"), board_unit)


@line("The run rented, in words", "text")
def run_rented_words(rent_total, board_divisor, board_unit, rent_option):
    """What renting it costs and on which terms, where it can be rented in time."""
    said = text("{} {} {}", shown(rent_total / board_divisor, "#,##0.00"), board_unit, rent_option)
    return where(defined(rent_total), said, rent_option)


@line("The other way, where there is one", "USD")
def run_alternative(rent_total, buy_total):
    """The cheapest rent in time; else there is only the purchase."""
    return where(defined(rent_total), rent_total, buy_total)


@line("Rented in time", "flag")
def run_rentable(rent_total):
    """1 where some rent is in time."""
    return where(defined(rent_total), 1, 0)


@line("Which way is cheaper", "count")
def run_choice(run_rentable, buy_total, run_alternative):
    """0: there is no other; 1: renting; 2: buying."""
    return run_rentable + where(below(buy_total, run_alternative), 1, 0)


@line("Answer for the run", "text")
def run_answer(run_choice, run_bought_words, run_rented_words):
    """Rent or buy, for this run alone; the rent with its terms."""
    return numbered(
        run_choice,
        text("Buying costs {}; renting is not compared: {}", run_bought_words, run_rented_words),
        text("Rent for this run: {}, against {} to buy", run_rented_words, run_bought_words),
        text("Buy for this run: {}, against {} to rent", run_bought_words, run_rented_words),
    )
