"""The sentences of the ownership view: the verdict, and what would turn it."""

from tco.lines import *

SECTION = "summary"


@line("Verdict over the years, in words", "text")
def verdict_sentence(verdict_words):
    """Own or rent, by the NPV that decides, against the best rent that counts."""
    return verdict_words


@line("At the market's price, in words", "text")
def market_sentence(market_words):
    """What owning is worth against the lowest list price of the same accelerator."""
    return market_words


@line("When it holds, in words", "text")
def conditions_sentence(few_conditions):
    """Which drivers turn the verdict within their ranges, each alone, or how many."""
    return few_conditions


@line("How probable it is, in words", "text")
def draws_sentence(draws_words):
    """In how many draws of all drivers owning is better, and what it is worth in most of them."""
    return draws_words


@line("What would turn it, in words", "text")
def flip_sentence(flip_words):
    """The values of three drivers, each alone, at which owning and the best rent are level."""
    return flip_words


@line("Deducted the other way, on the first page", "text")
def deduction_sentence(deduction_words):
    """What owning is worth where the purchase is deducted as else the law allows."""
    return deduction_words
