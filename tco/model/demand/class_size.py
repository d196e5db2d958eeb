"""The size of a model whose parameters are a result, for the defaults that go by it."""

from tco.lines import *

SECTION = "workload"

class_parameters = Given(
    "Size that picks the class of defaults",
    "parameter",
    above=0,
    note="Default MFU, availability and load factor are those of a model of this size.",
)
