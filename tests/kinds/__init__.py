"""Each kind of scenario: its figures, its edits in the file, its mistakes and its checks."""
