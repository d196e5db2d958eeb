"""Whether another case than the base is chosen."""

from tco.model import cases
from tests.lines.worked import worked

case = worked(cases)

case("case_is_base", case="base", gives=0)
case("case_is_base", case="glut", gives=1)
