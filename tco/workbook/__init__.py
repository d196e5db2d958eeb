"""The workbook: lines placed in cells, styled, and written with cached values."""
