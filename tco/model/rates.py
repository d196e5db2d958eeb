"""Rates of currencies in which a scenario types money: what one of each costs in its own."""

from tco.lines import *

RATE_OF = "rate_of_"  # begins the keys of such inputs


def rate_key(code: str) -> str:
    """The input that holds the rate of a currency."""
    return f"{RATE_OF}{code.lower()}"


def rate_code(key: str) -> str:
    """The code of the currency whose rate such an input is, "" for any other key."""
    code = key.removeprefix(RATE_OF)
    return code.upper() if code != key and len(code) == 3 and code.isalpha() else ""


def rate_given(key: str) -> Given:
    """The input of one currency's rate; prices that were typed in that currency follow it."""
    code = rate_code(key)
    return Given(
        f"Exchange rate of {code}",
        f"USD/{code}" if code != "USD" else "USD/US$",
        above=0,
        note=f"Turns prices that were typed in {code} into the currency of the scenario.",
        key=key,
        section="general",
    )
