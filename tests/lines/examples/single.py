"""Single: all to the quote chosen."""

from tco.model.own import single
from tests.lines.worked import worked

case = worked(single)

case("quote_weight", quote_chosen=[0, 1, 0], gives=[0, 1, 0])
case("quote_weight", quote_chosen=[1, 1, 0], gives=[0.5, 0.5, 0])
