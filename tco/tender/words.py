"""What a request says in words. How answers are compared is told without a figure."""

from __future__ import annotations

from tco.tender.columns import BUY, RENT

HOW_TO_FILL = {
    BUY: (
        "Fill the yellow cells here and on Items. What you say here holds for every line of Items "
        "that does not say otherwise.",
        "A price break is a line of its own, with the quantity from which it holds; an alternate "
        "is one too, with what is offered instead.",
        "Lines may be inserted and moved. Leave a cell empty rather than guess: an empty cell is a "
        "question to you, never taken as nought.",
    ),
    RENT: (
        "Fill the yellow cells here and on Items. What you say here holds for every line of Items "
        "that does not say otherwise.",
        "Each commitment and each term is a line of its own; so is a price for more GPUs.",
        "Lines may be inserted and moved. Leave a cell empty rather than guess: an empty cell is a "
        "question to you, never taken as nought.",
    ),
}
_SHARED = (
    ("Currency", "Prices in other currencies are brought to ours at the rate of a dated day, the "
                 "same for all."),
    ("Validity", "An offer counts while it is valid on the day of comparison. One that has expired "
                 "is shown and does not count."),
    ("Gaps", "What an offer leaves open is asked for. It is never taken as nought."),
    ("Later answers", "A later answer takes the place of your earlier one, which stays on "
                      "record."),
)  # fmt: skip
COMPARED = {
    BUY: (
        ("Specification", "It is a gate: an offer that does not meet it, or changes it, is shown "
                          "and does not count. What you can do instead is an alternate, on a line "
                          "of its own, compared for what it can do."),
        ("Landed price", "To your price is added what your Incoterm leaves to us: freight, its "
                         "insurance, and duty."),
        ("Warranty", "Years that are required and not in your price are made up: what they would "
                     "cost us is added."),
        ("Terms of payment", "What is due before delivery counts against an offer, what is due "
                             "after it in its favour, for as long as the money is out or kept."),
        ("Power and space", "The electricity and the space that it needs over the years of its "
                            "use are added, by the power you state."),
        ("Quantity", "Of your price breaks the highest one counts that our quantity reaches."),
        ("Delivery", "An offer that arrives later than our latest day is shown and does not "
                     "count."),
        ("Alternates", "They are welcome, and laid beside the offer as specified, each as an offer "
                       "of its own."),
        *_SHARED,
    ),
    RENT: (
        ("Useful hours", "Offers are compared by the cost of an hour in which a GPU does useful "
                         "work, over all the years: by the goodput you warrant, not by the uptime "
                         "of a service level."),
        ("What is billed", "A reservation is billed for all hours of its term, a block for its "
                           "block, on demand for the hours used. Your ramp and your price path are "
                           "followed."),
        ("Everything beside it", "Support, storage, egress and set-up are added."),
        ("What is signed", "What is bound at the start, and what leaving early would cost, are "
                           "shown beside the price."),
        ("Quantity", "An offer with more GPUs at the least than we need is billed for all of "
                     "them."),
        *_SHARED,
    ),
}  # fmt: skip
