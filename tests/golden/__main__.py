"""`python -m tests.golden` writes every text anew. Read the difference, then commit."""

from tests.golden.said import TEXTS, texts


def main() -> None:
    """Write what is not as it was, and take away what nothing makes any more."""
    TEXTS.mkdir(exist_ok=True)
    made = texts()
    for name, make in made.items():
        path, said = TEXTS / f"{name}.txt", make().encode()
        if not path.exists() or path.read_bytes() != said:
            path.write_bytes(said)
            print(f"{path.name}: written")
    for path in TEXTS.glob("*.txt"):
        if path.stem not in made:
            path.unlink()
            print(f"{path.name}: gone")


main()
