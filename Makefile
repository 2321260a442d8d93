# Everything sets itself up: a virtual environment in .venv with the versions of constraints.txt.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# What validation needs (.light), and all that the other targets need (.ready), in the same environment.
LIGHT := $(VENV)/.light
READY := $(VENV)/.ready
PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable
# Material announces its successor on every build.
export NO_MKDOCS_2_WARNING := 1
EXTRAS := charts,curate,draft,export,lint,office,site,test

.PHONY: help validate verify test evidence lint fmt looks agreement site serve benchmark mutants draft-score rule-mutants code-mutants fuzz changes release release-files clean

help: ## List what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 15

$(LIGHT): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(PIP) .
	@touch $@

$(READY): $(LIGHT)
	$(PIP) ".[$(EXTRAS)]"
	@touch $@

validate: $(LIGHT) ## Check the data package
	$(BIN)/plandata validate .

verify: $(LIGHT) ## Prove the data against the texts in $PLANDATA_SOURCES
	$(BIN)/plandata verify . --sources "$(PLANDATA_SOURCES)"

test: lint ## Lint, check and test, in some minutes
	$(BIN)/plandata fmt --check .
	$(BIN)/python -m pytest -n 2 -m "not slow"

evidence: $(READY) ## Test what takes longer: the site in a browser, the wheel, other programs, hostile input
	$(BIN)/python -m pytest -n 2 -m slow
	$(BIN)/python benchmarks/mistakes.py --each 1 --sample 12 --least 0.75

lint: $(READY) ## Ruff and mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

fmt: $(READY) ## Bring tables and code into canonical form, renew all that is made from them, the guide's output too
	$(BIN)/plandata fmt .
	$(BIN)/python tests/guide.py
	$(BIN)/python -m pytest -q tests/test_drafted.py --snapshot-update
	$(BIN)/ruff format .

looks: $(READY) ## Keep what commands, charts, workbooks, pages and drafts say and look like now, once the difference was looked at
	$(BIN)/python -m pytest -q tests/test_looks.py tests/test_told.py tests/test_drafted.py --snapshot-update

agreement: $(LIGHT) ## Print how far the two codings agree
	$(BIN)/python -m plandata.texts.agreement coding

site: $(READY) ## Build the documentation into site/
	$(BIN)/mkdocs build --strict

serve: $(READY) ## Serve the documentation while it is edited
	$(BIN)/mkdocs serve

benchmark: $(READY) ## Time validation against frictionless and a bare read, and the collecting of 3,000 workbooks
	$(BIN)/python -m pytest benchmarks/test_synthetic.py
	$(BIN)/python benchmarks/run.py
	$(BIN)/python benchmarks/collect.py 3000

mutants: $(READY) ## Make mistakes in the data and count which of them validate and verify find
	$(BIN)/python benchmarks/mistakes.py --sources "$(PLANDATA_SOURCES)" --record docs/data/mistakes.json

draft-score: $(READY) ## Draft each document by what the other ones know, and score it against its rows
	PLANDATA_SOURCES="$(PLANDATA_SOURCES)" $(BIN)/python benchmarks/draft_score.py --record docs/data/drafts.json

rule-mutants: $(READY) ## Break each boundary of the rules on purpose and see a test go red
	$(BIN)/python tests/mutants.py

code-mutants: $(READY) ## Change the code at random places, in a copy, and count what the tests notice
	$(PIP) ".[mutants]"
	$(BIN)/python benchmarks/code_mutants.py

MINUTES ?= 10
fuzz: $(READY) ## Attack every file and command for $MINUTES (10)
	PYTHONPATH=tests $(BIN)/python tests/test_fuzz.py $(MINUTES)

changes: $(READY) ## Record what changed since the edition $OLD (a folder, a zip or a commit) in docs/data
	$(BIN)/python tools/release.py changes "$(OLD)"

release: $(READY) ## Check everything, then build what a release consists of into dist/; publishes nothing
	$(BIN)/python tools/release.py check
	$(BIN)/python tools/release.py build

release-files: $(READY) ## Build what a release consists of into dist/, unchecked
	$(BIN)/python tools/release.py build

clean: ## Remove what was made
	rm -rf $(VENV) site build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
