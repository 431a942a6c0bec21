# make run, make test: all that a fresh machine needs. See README.md.

PYTHON ?= python3
ARGS ?=
# On Linux without a GPU set this to PyTorch's CPU index: the default wheel brings gigabytes of CUDA.
PIP_ARGS ?=

VENV := .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
PIP := $(BIN)/python -m pip install --disable-pip-version-check -q $(PIP_ARGS) -c constraints.txt

.PHONY: run test train notebook bench film outputs tables clean

run: $(VENV)/.run
	$(BIN)/python gui.py $(ARGS)

train: $(VENV)/.run
	$(BIN)/python -m vae_explorer.train $(ARGS)

notebook: $(VENV)/.notebook
	$(BIN)/python -m jupyter lab LatentDigits.ipynb $(ARGS)

bench: $(VENV)/.run
	$(BIN)/python -m benchmarks $(ARGS)

film: $(VENV)/.test  # the pictures of README
	sh tests/system.sh
	$(BIN)/python -m docs.film
	$(BIN)/python -m docs.page

outputs: $(VENV)/.test  # of the notebook; MNIST must be at hand
	$(BIN)/python -m docs.notebook

tables: $(VENV)/.run  # of docs/commands.md
	$(BIN)/python -m docs.commands

test: $(VENV)/.test
	sh tests/system.sh
	$(BIN)/python -m ruff check .
	$(BIN)/python -m mypy
	$(BIN)/python -m pytest $(ARGS)

$(VENV)/.run: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name one with make PYTHON=...")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) -e .
	touch $@

$(VENV)/.test: $(VENV)/.run
	$(PIP) -e '.[test]'
	touch $@

$(VENV)/.notebook: $(VENV)/.run
	$(PIP) -e '.[notebook]'
	touch $@

clean:
	rm -rf $(VENV) build dist
