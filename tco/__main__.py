"""The `tco` command. `--version` is answered before anything else is imported."""

import sys


def main() -> None:
    """Run the command line."""
    if sys.argv[1:] == ["--version"]:
        from tco import __version__

        print(f"tco {__version__}")
        return
    from tco.cli import run

    run()


if __name__ == "__main__":
    main()
