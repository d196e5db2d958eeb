"""One LibreOffice kept open: books are opened in it, edited as a user edits them, and read."""

from tests.office.program import Book, Office, needs_libreoffice, python_of_libreoffice

__all__ = ["Book", "Office", "needs_libreoffice", "python_of_libreoffice"]
