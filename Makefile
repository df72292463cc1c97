# `make run` starts the bot, or the demo where there is no token; `make test` is what CI runs.
PYTHON ?= python3
IMAGE_BUILDER ?= docker
IMAGE ?= visnyk
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check
NOT_INSTALLED := { echo "What Visnyk needs could not be installed; pip's last line above says why. If the package index (Python's own, unless pip is told of another) could not be reached, see to the network and do the same again." >&2; exit 1; }

.DEFAULT_GOAL := help
.PHONY: help run demo test test-long format lock image bench pictures

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: .venv/run  ## the bot with TELEGRAM_TOKEN from .env or the environment, else the demo
	@$(BIN)/visnyk start

demo: .venv/run  ## the bot in a sandbox Telegram with a sample newsroom, in the browser
	@$(BIN)/visnyk demo

test: .venv/test  ## format, lint, types, import rules, catalogues, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest
	@$(IMAGE_BUILDER) info >/dev/null 2>&1 || echo "Not run here for want of an image builder ($(IMAGE_BUILDER)): the image; try make image IMAGE_BUILDER=podman"

test-long: .venv/test  ## the tests that take minutes: fifty kills in a broadcast, on both engines
	$(BIN)/python -m pytest -m long

format: .venv/test  ## put the source in form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: .venv/test  ## the benchmarks' tables
	@for each in benchmarks/[a-z]*.py; do $(BIN)/python -m benchmarks.$$(basename $$each .py) || exit 1; done

image:  ## the container image, built with IMAGE_BUILDER
	$(IMAGE_BUILDER) build --tag $(IMAGE) .

pictures: .venv/test  ## the pictures in docs/pictures, taken anew (needs Chromium)
	$(BIN)/python docs/pictures/take.py
	$(BIN)/python docs/pictures/gallery.py

lock: .venv/test  ## write the locks anew
	$(BIN)/pip-compile --quiet --extra postgres --generate-hashes --strip-extras --no-emit-index-url --no-emit-find-links --output-file requirements.lock pyproject.toml
	$(BIN)/pip-compile --quiet --extra dev --extra postgres --constraint requirements.lock --strip-extras --no-emit-index-url --no-emit-find-links --output-file requirements-dev.lock pyproject.toml

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("Visnyk needs Python 3.11 or newer; make PYTHON=/path/to/python3.11 …" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv

.venv/run: .venv/bin/python requirements.lock pyproject.toml
	@echo "Installing Visnyk into .venv (two or three minutes, the first time only)"
	@$(INSTALL) --requirement requirements.lock || $(NOT_INSTALLED)
	@$(INSTALL) --no-deps --editable . || $(NOT_INSTALLED)
	-@$(BIN)/python -m news.dictionaries
	@touch $@

.venv/test: .venv/run requirements-dev.lock
	@$(INSTALL) --requirement requirements-dev.lock || $(NOT_INSTALLED)
	@touch $@
