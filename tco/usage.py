"""What `tco --help` prints, kept so that answering it imports nothing; a test compares both."""

HELP = """\
Usage: tco [OPTIONS] COMMAND [ARGS]...

  What would it cost to train it, and should we buy or rent?

Options:
  --version  Print the version.
  --help     Show this message and exit.

Commands:
  build      Write DIR/NAME.xlsx for each scenario, and print its cost...
  show       Print every line's value.
  explain    Print a line in words, its formula, and its inputs with...
  new        Start a scenario: write NAME.yaml as a copy of one that works.
  scenarios  List the bundled scenarios, a sentence each.
  inputs     List what a scenario file of a kind may hold: key, unit,...
  verify     Recalculate with independent engines; compare every formula...
  pull       Write what was typed in a workbook into its scenario's file.
  audit      Lay rules beside any workbook: what is wrong in it, why it...
  deck       Write the board's page as Markdown, HTML or slides.
  diff       Say what moved which figure by how much, from A to B.
  rfq        Write a request for quotation: a workbook for vendors to fill.
  schema     Print the JSON Schema of scenario files, for editors.
  quotes     Quotes side by side, or read from answers.
  catalogue  What the product knows, with source and date; add your own.
"""
