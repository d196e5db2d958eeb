"""The workbook: lines placed in cells, styled, written with cached values, and read back.

openpyxl writes other bytes when lxml happens to be installed; the plain writer is chosen here,
before openpyxl is imported, so that the same scenario gives the same bytes on every machine.
"""

import os

os.environ.setdefault("OPENPYXL_LXML", "False")
