"""Split, by item: shares of the servers alone."""

from tco.model.own import quoted_split
from tests.lines.worked import worked

case = worked(quoted_split)
BOTH = ["server", "server", "switch", "switch"]

case("quote_split_reached", quote_open=[1, 1, 1, 0], offered_min_quantity=[1, 16, 17, 1],
     quote_split_share=[0.25, 0.25, 0.25, 0.75], quote_quantity=[64, 64, 64, 16],
     gives=[1, 16, 0, 0])  # fmt: skip
case("quote_alone_weight", quote_chosen=[1, 1, 1, 0], offered_item=BOTH, gives=[0.5, 0.5, 1, 0])
case("quote_weight", award_basis="split", quote_split_weight=[0.4, 0.6, 0, 0],
     quote_alone_weight=[1, 0, 0.5, 0.5], quote_of_servers=[1, 1, 0, 0],
     gives=[0.4, 0.6, 0.5, 0.5])  # fmt: skip
case("quote_weight", award_basis="single", quote_split_weight=[0.4, 0.6, 0, 0],
     quote_alone_weight=[1, 0, 0.5, 0.5], quote_of_servers=[1, 1, 0, 0],
     gives=[1, 0, 0.5, 0.5])  # fmt: skip
