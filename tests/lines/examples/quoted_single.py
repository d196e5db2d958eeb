"""Single, by item."""

from tco.model.own import quoted_single
from tests.lines.worked import worked

case = worked(quoted_single)
BOTH = ["server", "server", "switch", "switch"]

case("quote_weight", quote_chosen=[0, 1, 1, 0], offered_item=BOTH, gives=[0, 1, 1, 0])
case("quote_weight", quote_chosen=[1, 1, 1, 0], offered_item=BOTH, gives=[0.5, 0.5, 1, 0])
