"""What the same money buys on each accelerator of the catalogue, and which buys the most."""

from typing import Any

from tco.catalogue.shipped import SIZES
from tco.lines import *
from tco.model.demand.class_size import optimal_parameters, steps_of_size
from tco.model.published.law import NONE
from tco.model.run.rate import flop_per_hour

SECTION = "workload"
DEALS, CLASSES = "default_offers", "size_classes"

deal_chip = Given("Accelerator rented", "text", "What the offer rents.", along=DEALS)
deal_on_demand_price = Given(
    "Price of its default offer", "US$/GPU-h", "On demand.", required=False, along=DEALS
)
deal_family = Given(
    "Its family", "text", "The accelerator's family.", along=DEALS,
    catalogue=("chips", "family"), follows=("deal_chip",),
)  # fmt: skip
deal_bf16_tflops = Given(
    "Its bf16 peak", "TFLOP/s/GPU", "Dense; a dash where it has none.", required=False, along=DEALS,
    catalogue=("chips", "bf16_tflops"), follows=("deal_chip",),
)  # fmt: skip
family_id = Given("Class", "text", "Family and size.", along=CLASSES)
family_mfu = Given("MFU of the class", "share", "Its default.", along=CLASSES)
family_availability = Given("Availability of the class", "share", "Its default.", along=CLASSES)

places = Rows(tuple((str(place), "", "–") for place in range(1, 11)))

_most = Heading("Which accelerator buys the most, at catalogue prices and default MFU")


@line("Steps of size, for the defaults", "count")
def class_level(class_parameters):
    """0 for a small model, 1 for a medium one, 2 for a large one."""
    return steps_of_size(class_parameters)


@line("Size of the model, for the defaults", "text")
def class_size(class_level):
    """The size whose classes are taken below."""
    names = [part for level, (_, name) in enumerate(SIZES) for part in (level, name)]
    return chosen(class_level, *names)


@line("Accelerators that can be compared", "count")
def deals_count(deal_parameters):
    """Those with a price and a bf16 peak."""
    return counted(deal_parameters)


@line("Most parameters on any accelerator", "parameter", exact=True)
def best_parameters(deals_count, deal_parameters):
    """The highest of the table below."""
    return where(beyond(deals_count, 0), highest(deal_parameters), undefined("none has a price"))


@line("Accelerator that buys the most", "text")
def best_chip(best_parameters, deal_parameters, deal_chip):
    """The first accelerator of those that buy as many parameters."""
    return where(
        defined(best_parameters), lookup(best_parameters, deal_parameters, deal_chip), "none"
    )


_places = Heading("The ten accelerators that buy the largest model")


def _at(place_rank: Any, deal_rank: Any, column: Any) -> Any:
    """The number that a column of the deals has at a place, where no equals share one above."""
    found = lookup(place_rank, deal_rank, column)
    return where(listed(place_rank, deal_rank), found, undefined(NONE))


@line("Place", "count", along="places")
def place_number(place_number):
    """1 for the accelerator that buys most, 2 for the next."""
    return previous(place_number) + 1


@line("Rank from below", "count", along="places")
def place_rank(deals_count, place_number):
    """The rank that the place has among all."""
    return deals_count - place_number + 1


@line("Accelerator at that place", "text", along="places")
def place_chip(place_rank, deal_rank, deal_chip):
    """Its name; a dash where equals share a place above."""
    return where(listed(place_rank, deal_rank), lookup(place_rank, deal_rank, deal_chip), NONE)


@line("Parameters", "parameter", along="places", exact=True)
def place_parameters(place_rank, deal_rank, deal_parameters):
    """The largest compute-optimal model that the money trains there."""
    return _at(place_rank, deal_rank, deal_parameters)


@line("Tokens", "token", along="places")
def place_tokens(place_rank, deal_rank, deal_tokens):
    """The tokens that the model at that place is trained on."""
    return _at(place_rank, deal_rank, deal_tokens)


@line("GPU-hours", "GPU-h", along="places")
def place_hours(place_rank, deal_rank, deal_hours):
    """The hours that the money rents."""
    return _at(place_rank, deal_rank, deal_hours)


@line("Price of a GPU-hour", "USD/GPU-h", along="places")
def place_price(place_rank, deal_rank, deal_price):
    """What its default offer asks, without add-ons."""
    return _at(place_rank, deal_rank, deal_price)


@line("Default MFU", "share", along="places")
def place_mfu(place_rank, deal_rank, deal_mfu):
    """Of its family, for the size of the model."""
    return _at(place_rank, deal_rank, deal_mfu)


_deals = Heading("The budget on each accelerator: its default offer, bf16, the MFU of its class")


@line("Price in the currency", "USD/GPU-h", along=DEALS, guarded=True)
def deal_price(deal_on_demand_price, usd_rate):
    """The list price, converted."""
    return deal_on_demand_price * usd_rate


@line("GPU-hours rented", "GPU-h", along=DEALS)
def deal_hours(deal_price, cost, rent_addon_share):
    """The money over the price of an hour with its add-ons."""
    return where(
        both(defined(deal_price), beyond(deal_price, 0)),
        cost / (deal_price * (1 + rent_addon_share)),
        undefined(NONE),
    )


@line("Class of its defaults", "text", along=DEALS)
def deal_class(deal_family, class_size):
    """Family and size of the model."""
    return text("{}/{}", deal_family, class_size)


@line("MFU taken", "share", along=DEALS)
def deal_mfu(deal_class, family_id, family_mfu):
    """The default of the class, whatever MFU the scenario gives."""
    return lookup(deal_class, family_id, family_mfu)


@line("Availability taken", "share", along=DEALS)
def deal_availability(deal_class, family_id, family_availability):
    """The default of the family and the size of the model."""
    return lookup(deal_class, family_id, family_availability)


@line("Calibration taken", "ratio", along=DEALS)
def deal_calibration(deal_class, family_id, family_calibration):
    """What the hours of its class are multiplied by, after published runs."""
    return lookup(deal_class, family_id, family_calibration)


@line("Compute rented", "FLOP", along=DEALS, guarded=True)
def deal_flop(
    deal_hours, deal_bf16_tflops, deal_mfu, deal_availability, deal_calibration, seconds_per_day
):
    """Hours at the bf16 peak, times MFU and availability, calibrated."""
    rate = flop_per_hour(seconds_per_day, deal_bf16_tflops, deal_mfu, deal_availability)
    return deal_hours * rate / deal_calibration


@line("Parameters trained", "parameter", along=DEALS, exact=True, guarded=True)
def deal_parameters(deal_flop, flop_per_parameter_token, tokens_per_parameter):
    """The compute-optimal size of a model for that compute."""
    return optimal_parameters(deal_flop, flop_per_parameter_token, tokens_per_parameter)


@line("Tokens seen", "token", along=DEALS, guarded=True)
def deal_tokens(deal_parameters, tokens_per_parameter):
    """Parameters trained, times the tokens per parameter."""
    return deal_parameters * tokens_per_parameter


@line("Counts", "count", along=DEALS)
def deal_counts(deal_parameters):
    """1 where it can be compared."""
    return where(defined(deal_parameters), 1, 0)


@line("Rank, the smallest first", "count", along=DEALS, guarded=True)
def deal_rank(deal_counts, deal_parameters):
    """How many buy no larger model, itself included."""
    return total_through(deal_counts, deal_parameters, deal_parameters)


_classes = Heading("Default MFU and availability by family and size, from the Classes sheet")


@line("Calibration of the class", "ratio", along=CLASSES)
def family_calibration(calibrate, family_id, calibrated_id, calibrated_factor):
    """What its hours are multiplied by, after published runs: see Backtest; 1 if not wanted."""
    factor = lookup(family_id, calibrated_id, calibrated_factor)
    return where(picked(calibrate, "published"), factor, 1)


@line("MFU x availability, calibrated", "share", along=CLASSES)
def family_goodput(family_mfu, family_availability, family_calibration):
    """The part of the peak that advances training."""
    return family_mfu * family_availability / family_calibration


@line("Most for the money, in words", "text", section="summary")
def best_chip_sentence(best_parameters, best_chip):
    """Which accelerator buys the largest model."""
    return where(
        defined(best_parameters),
        text(
            "At catalogue prices and default MFU the {} buys the most: {} M parameters.",
            best_chip,
            shown(best_parameters / 1e6, "#,##0"),
        ),
        "No accelerator of the catalogue has both a price and a bf16 peak.",
    )
