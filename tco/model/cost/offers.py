"""Offers: what a GPU-hour costs on each of the terms that a provider has."""

from tco.lines import *

SECTION = "rent"
FRONT = Front(
    also_resting_on=("deadline_days", "offer", "on_demand_price"),
    assumptions=("offer", "on_demand_price", "reserved_price", "spot_price", "rent_addon_share"),
)

offer = Choice(
    "Rental offer",
    "choice",
    table="offers",
    catalogue=("chips", "default_offer"),
    follows=("chip",),
    required=False,
    vouches=True,
    note="A row of the Offers sheet; the median of what is listed when none is named.",
)
offer_chip = Given(
    "The offer rents",
    "text",
    required=False,
    catalogue=("offers", "chip"),
    follows=("offer",),
    note="The accelerator behind the offer.",
)
listed_rent_low = Given(
    "Lowest rent listed",
    "USD/GPU-h",
    money=True,
    required=False,
    catalogue=("chips", "rent_low"),
    follows=("chip",),
    note="Of the accelerator, on any terms, by anybody on the Offers sheet.",
)
listed_rent_high = Given(
    "Highest rent listed",
    "USD/GPU-h",
    money=True,
    required=False,
    catalogue=("chips", "rent_high"),
    follows=("chip",),
    note="Of the accelerator, on any terms, by anybody on the Offers sheet.",
)
on_demand_price = Given(
    "On-demand price",
    "USD/GPU-h",
    least=0,
    money=True,
    required=False,
    catalogue=("offers", "on_demand_price"),
    follows=("offer",),
    note="Price per GPU-hour without commitment.",
)
reserved_price = Given(
    "Reserved price",
    "USD/GPU-h",
    least=0,
    money=True,
    required=False,
    catalogue=("offers", "reserved_1y_price"),
    follows=("offer",),
    note="Price per GPU-hour under a commitment of one year, used or not.",
)
reserved_term_hours = Given(
    "Reserved term",
    "h",
    least=0,
    note="Hours that are paid whether used or not.",
    off_by="nothing",
)
spot_price = Given(
    "Spot price",
    "USD/GPU-h",
    least=0,
    money=True,
    required=False,
    catalogue=("offers", "spot_price"),
    follows=("offer",),
    note="Price per GPU-hour of capacity that can be taken away.",
)
interruptions_per_day = Given(
    "Spot interruptions", "1/day", least=0, note="Interruptions of the whole job per day."
)
checkpoint_hours = Given(
    "Checkpoint interval", "h", least=0, note="Hours between checkpoints; half is lost each time."
)
restart_hours = Given(
    "Restart time", "h", least=0, note="Hours from an interruption to training again."
)
cheapest_offer = Given(
    "Cheapest list price: the offer",
    "text",
    required=False,
    catalogue=("offers", "cheapest_offer"),
    follows=("offer",),
    note="The lowest listed on-demand price for the same accelerator; no marketplace, no survey.",
)
cheapest_price = Given(
    "Cheapest list price",
    "USD/GPU-h",
    least=0,
    money=True,
    required=False,
    catalogue=("offers", "cheapest_price"),
    follows=("offer",),
    note="The on-demand price of that offer.",
)
rent_addon_share = Given(
    "Rental add-ons",
    "share",
    least=0,
    most=10,
    note="Storage, data transfer and support, over the price of the GPU-hours.",
)


@check("The offer rents the accelerator", guards="offer")
def offer_fits(offer, offer_chip, chip):
    """The rental offer is for the accelerator that the fleet is sized in."""
    return both(unless(lacking(offer)), unless(picked(offer_chip, chip))), text(
        "offer {} rents {}, the fleet is {}", offer, offer_chip, chip
    )


@check("On-demand price against other offers", kind="alert")
def offer_is_cheapest(on_demand_price, cheapest_offer, cheapest_price):
    """No provider of the catalogue lists the accelerator for less on demand."""
    dearer = both(
        defined(on_demand_price), defined(cheapest_price), beyond(on_demand_price, cheapest_price)
    )
    return dearer, text(
        "{} lists the same accelerator at {} an hour, against {} here",
        cheapest_offer,
        shown(cheapest_price, "0.00"),
        shown(on_demand_price, "0.00"),
    )
