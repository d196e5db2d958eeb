"""Which formulas read each other in a circle."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from tco.audit.book import At, Book
from tco.audit.formula import Box

MOST_EDGES = 6_000_000
_SKIPPED = frozenset(("ROW", "ROWS", "COLUMN", "COLUMNS", "CELL", "FORMULATEXT", "ISFORMULA",
                      "OFFSET", "ADDRESS", "ISREF", "AREAS", "SHEET"))  # fmt: skip


def circles(book: Book) -> list[list[tuple[int, At]]]:
    """The circles: in each the sheets' places and the cells, in order of the book.

    Ranges lead to trees over the formula cells of each column, so that a thousand running totals
    are a few thousand steps, not a million.
    """
    graph = _Graph(book)
    return [
        sorted(graph.cells[one] for one in found if one < len(graph.cells))
        for found in _components(graph.edges)
        if any(one < len(graph.cells) for one in found)
    ]


class _Graph:
    """Nodes: formula cells first, then the inner nodes of the trees over columns."""

    def __init__(self, book: Book) -> None:
        self.cells: list[tuple[int, At]] = [
            (sheet.place, at) for sheet in book.sheets for at in sheet.formulas
        ]
        numbers = {one: number for number, one in enumerate(self.cells)}
        self.edges: list[list[int]] = [[] for _ in self.cells]
        self._leaves: dict[int, Sequence[int]] = {}
        self.columns: dict[str, dict[int, tuple[list[int], int]]] = {}
        for sheet in book.sheets:
            by_column: dict[int, list[int]] = {}
            for row, column in sorted(sheet.formulas):
                by_column.setdefault(column, []).append(row)
            self.columns[sheet.name.upper()] = {
                column: (rows, self._tree([numbers[sheet.place, (row, column)] for row in rows]))
                for column, rows in by_column.items()
            }
        count = 0
        for sheet in book.sheets:
            for at, cell in sheet.formulas.items():
                if cell.shape is not None and cell.shape.functions & _SKIPPED:
                    continue  # it may name a cell without reading it
                edges = self.edges[numbers[sheet.place, at]]
                for box in book.reads(sheet, at):
                    edges += self._below(box)
                count += len(edges)
                if count > MOST_EDGES:
                    self.edges = []
                    return

    def _tree(self, leaves: Sequence[int]) -> int:
        """The number of a tree's first node: node k has the nodes 2k and 2k + 1 below it."""
        size, first = len(leaves), len(self.edges)
        self.edges += [[] for _ in range(size)]
        for node in range(1, size):
            self.edges[first + node] = [
                first + child if child < size else leaves[child - size]
                for child in (2 * node, 2 * node + 1)
            ]
        self._leaves[first] = leaves
        return first

    def _below(self, box: Box) -> list[int]:
        columns = self.columns.get(box.sheet.upper(), {})
        wanted: list[int] = []
        span = range(box.left, box.right + 1)
        for column in span if len(span) < len(columns) else sorted(columns):
            if column not in columns or not box.left <= column <= box.right:
                continue
            rows, first = columns[column]
            low, high = bisect_left(rows, box.top), bisect_right(rows, box.bottom)
            wanted += self._covering(first, low, high)
        return wanted

    def _covering(self, first: int, low: int, high: int) -> list[int]:
        """The nodes that together cover some leaves of a tree."""
        leaves = self._leaves[first]
        size = len(leaves)
        found = []
        low, high = low + size, high + size
        while low < high:
            if low & 1:
                found.append(first + low if low < size else leaves[low - size])
                low += 1
            if high & 1:
                high -= 1
                found.append(first + high if high < size else leaves[high - size])
            low, high = low >> 1, high >> 1
        return found


def _components(edges: list[list[int]]) -> list[list[int]]:
    """The strongly connected components that hold a circle (Tarjan's, without recursion)."""
    index = [0] * len(edges)
    low = [0] * len(edges)
    on_stack = bytearray(len(edges))
    stack: list[int] = []
    found: list[list[int]] = []
    count = 0
    for root in range(len(edges)):
        if index[root]:
            continue
        count += 1
        index[root] = low[root] = count
        stack.append(root)
        on_stack[root] = 1
        path = [(root, iter(edges[root]))]
        while path:
            node, ahead = path[-1]
            for other in ahead:
                if not index[other]:
                    count += 1
                    index[other] = low[other] = count
                    stack.append(other)
                    on_stack[other] = 1
                    path.append((other, iter(edges[other])))
                    break
                if on_stack[other]:
                    low[node] = min(low[node], index[other])
            else:
                path.pop()
                if path:
                    low[path[-1][0]] = min(low[path[-1][0]], low[node])
                if low[node] == index[node]:
                    component = []
                    while True:
                        one = stack.pop()
                        on_stack[one] = 0
                        component.append(one)
                        if one == node:
                            break
                    if len(component) > 1 or node in edges[node]:
                        found.append(component)
    return found
