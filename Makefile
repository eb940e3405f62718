# litbase: `make demo` shows it at work, `make test` proves it. Both set themselves up.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo test lint bench scores shelf look faults fuzz clean

demo: $(STAMP)
	@$(BIN)/litbase demo

test: lint
	$(BIN)/python -m pytest $(PYTEST_ARGS)

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Long measurements, by hand; each prints its own figures.
bench: $(STAMP)
	$(BIN)/python tests/bench.py

scores: $(STAMP)
	$(BIN)/python tests/scores.py

# The finished entries of the shelf, made anew where the shelf or the formatting has changed.
shelf: $(STAMP)
	$(BIN)/python tests/shelf_apa.py

# Every output format as a file in build/look, with pictures where Chromium, LibreOffice and poppler are installed.
look: $(STAMP)
	$(BIN)/python tests/look.py build/look

# Killed, starved of room and lied to by the disk, some thousand times; half an hour.
faults: $(STAMP)
	$(BIN)/python tests/faults.py $(FAULTS_ARGS)

# What a coverage-guided fuzzer makes up, through everything that reads files; ten minutes for each of seven targets.
fuzz: $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[fuzz]'
	$(BIN)/python tests/fuzz.py $(FUZZ_ARGS)

$(STAMP): pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "litbase needs Python 3.11 or newer: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	# Compiled once here, so that the first start is as quick as the second.
	$(BIN)/python -m compileall -q litbase
	@touch $(STAMP)

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
