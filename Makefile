# Everything sets itself up: a virtual environment in .venv with the versions of constraints.txt.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# Material announces its successor on every build.
export NO_MKDOCS_2_WARNING := 1
EXTRAS := charts,export,lint,site,test

.PHONY: help validate verify test lint fmt agreement ids codes site serve benchmark clean

help: ## List what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable ".[$(EXTRAS)]"
	@touch $@

validate: $(READY) ## Check the data package
	$(BIN)/plandata validate .

verify: $(READY) ## Prove the data against the texts in $PLANDATA_SOURCES
	$(BIN)/plandata verify . --sources "$(PLANDATA_SOURCES)"

test: lint ## Lint, check and test everything
	$(BIN)/plandata fmt --check .
	$(BIN)/python -m pytest -n 2

lint: $(READY) ## Ruff and mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

fmt: $(READY) ## Bring tables, descriptor and code into canonical form
	$(BIN)/plandata fmt .
	$(BIN)/ruff format .

agreement: $(READY) ## Print how far the two codings agree
	$(BIN)/python -m plandata.agreement coding

site: $(READY) ## Build the documentation into site/
	$(BIN)/mkdocs build --strict

serve: $(READY) ## Serve the documentation while it is edited
	$(BIN)/mkdocs serve

benchmark: $(READY) ## Time validation against frictionless and a bare read
	$(BIN)/python benchmarks/run.py

clean: ## Remove what was made
	rm -rf $(VENV) site build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
