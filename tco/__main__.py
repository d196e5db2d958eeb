"""The `tco` command. `--version` is answered before anything else is imported."""

import gc
import sys


def main() -> None:
    """Run the command line."""
    if sys.argv[1:] == ["--version"]:
        from tco import __version__

        print(f"tco {__version__}")
        return
    # A build makes many small objects that live until its end; fewer collections, less time.
    gc.set_threshold(100_000, 20, 100)
    from tco.cli import run

    run()


if __name__ == "__main__":
    main()
