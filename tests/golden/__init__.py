"""What a person sees, as text: each command's output, and the first page of every workbook."""
