"""The locks pin everything and name no place."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_pins_versions_and_names_no_address_and_no_path(name: str) -> None:
    lines = [line for line in (ROOT / name).read_text().splitlines() if not line.lstrip().startswith("#")]
    pinned = [line for line in lines if line and not line.startswith(" ")]
    assert pinned
    assert all(re.match(r"^[a-z0-9._-]+==\S+", line, re.IGNORECASE) for line in pinned)
    assert not [line for line in lines if re.search(r"://|file:|--index|--find", line)]
