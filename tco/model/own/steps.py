"""Steps: where drivers tie that the advantage follows in no straight line, and those that are."""

from tco.lines import *
from tco.model.own.driver import BY_LINE, BY_STEPS, Driver
from tco.model.own.drivers import in_words

SECTION = "steps"
PAGE = Page(
    "Where inputs tie that the advantage does not follow straight: step by step along secants",
    place=132,
    planned=True,
)


@of_each(Driver)
def ties_in_words(driver):
    """Where it ties, by steps."""
    if driver.sought in (BY_LINE, BY_STEPS):
        yield in_words(driver)
