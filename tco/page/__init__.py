"""What any reader sees first, once, as data; and what draws it beside the workbook."""
