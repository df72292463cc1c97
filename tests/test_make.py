"""What `make` says to somebody who tries it the first time."""

import asyncio
import os
import shutil
import sys
from pathlib import Path

HERE = Path(__file__).parents[1]


async def test_without_a_network_the_last_words_are_pips_error_and_a_sentence(tmp_path: Path) -> None:
    for name in ("Makefile", "pyproject.toml"):
        shutil.copy(HERE / name, tmp_path)
    (tmp_path / "requirements.lock").write_text("a-package-of-nobody==1\n")
    python = tmp_path / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    python.chmod(0o755)
    # Neither what pip is told here, nor what a `make test` around this tells those inside it.
    without = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "MAKE", "MFLAGS"))}
    make = await asyncio.create_subprocess_exec(
        "make",
        "run",
        cwd=tmp_path,
        env=without | {"PIP_CONFIG_FILE": os.devnull, "PIP_INDEX_URL": "http://127.0.0.1:1/", "PIP_RETRIES": "0"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    printed, _ = await make.communicate()
    assert make.returncode == 2
    *_, error, sentence, _makes_own = printed.decode().splitlines()
    assert error == "ERROR: No matching distribution found for a-package-of-nobody==1"
    assert "could not be reached, see to the network" in sentence
    assert not (tmp_path / ".venv/run").exists()
