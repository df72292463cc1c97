"""Numbers in what a person typed or a button carried."""


def number_of(text: str) -> int | None:
    """A whole number that a row's id can be, None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None
