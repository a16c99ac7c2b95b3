# `make run` serves the application with a sample municipality; `make test` and `make lint` check it.

PYTHON ?= python3
PORT ?= 8000
DATA ?= data
BIN := .venv/bin
PIP := $(BIN)/pip install --quiet --require-hashes

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: venv
venv: .venv/dev.stamp

# The stamps say which requirements the environment already holds.
.venv/run.stamp: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed (PYTHON=... names one)" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || scripts/need.sh "Python's venv" python3-venv
	@test -x $(BIN)/pip || $(PYTHON) -m venv .venv
	$(PIP) -r requirements.txt
	@touch $@

.venv/dev.stamp: .venv/run.stamp requirements-dev.txt
	$(PIP) -r requirements-dev.txt
	@touch $@

.PHONY: run
run: export DATA := $(DATA)
run: export PORT := $(PORT)
run: .venv/run.stamp
	@$(BIN)/python -m scripts.run
