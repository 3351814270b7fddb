# `make demo` and `make test` need nothing but Python 3.11 or later.
PYTHON ?= python3
BIN := .venv/bin
.DEFAULT_GOAL := help

help:  ## what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: .venv/ready  ## make .venv with the locked dependencies

.venv/ready: requirements-dev.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.txt
	@touch $@

demo: setup  ## try the whole bot in Kota Kendari, without token or network (PORT=8081)
	@$(BIN)/python -m bot demo $(if $(PORT),--port $(PORT))

pictures: setup  ## take the pictures of docs/pictures from the demo; needs chromium
	$(BIN)/python -m tests.web.pictures

test: setup  ## run every test; needs chromium for the page of the demo
	$(BIN)/python -m pytest -n auto --dist worksteal

soak: setup  ## kill the bot 160 times and judge what is left; a quarter of an hour
	$(BIN)/python -m tests.crash

check: setup  ## format, lint, types, imports
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

scan: setup  ## look for known flaws in the locked dependencies; needs the network
	@$(BIN)/pip-audit --strict --require-hashes --disable-pip -r requirements.txt || { \
		echo "a dependency has a known flaw, or could not be looked up: see above" >&2; exit 1; }

format: setup  ## put the code in form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

coverage: setup  ## run every test and say which lines none of them reached
	$(BIN)/coverage run -m pytest
	$(BIN)/coverage report

lock:  ## choose exact versions anew (needs uv)
	uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 \
		pyproject.toml -o requirements.txt
	uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 \
		--extra demo --extra dev pyproject.toml -c requirements.txt -o requirements-dev.txt

clean:  ## remove what make made
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage

.PHONY: help setup demo pictures test soak check scan format coverage lock clean
