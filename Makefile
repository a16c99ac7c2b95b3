# `make run` serves the application with a sample municipality; `make test` and `make lint` check it; `make bench` measures.

PYTHON ?= python3
PORT ?= 8000
DATA ?= data
ARGS ?=

BIN := .venv/bin
PIP := $(BIN)/pip install --quiet --require-hashes
NPM := PATH="$(BIN):$$PATH" npm --silent --ignore-scripts
PIP_TOOLS := pip-tools==7.6.2
COMPILE := CUSTOM_COMPILE_COMMAND="make requirements" $(BIN)/pip-compile --quiet --generate-hashes --strip-extras \
	--allow-unsafe --annotation-style line --no-emit-options --no-emit-index-url --no-emit-find-links --no-emit-trusted-host

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: run test loss bench lint format browser screenshots vendor requirements clean venv

# --- everyday

run: export DATA := $(DATA)
run: export PORT := $(PORT)
run: .venv/run.stamp
	@$(BIN)/python -m scripts.run

test: .venv/dev.stamp browser node_modules/.package-lock.json
	$(BIN)/pytest --numprocesses logical --maxprocesses 4 --dist worksteal $(ARGS)

loss: export LOSS_KILLS := 200
loss: .venv/dev.stamp browser
	$(BIN)/pytest tests/loss --numprocesses logical --maxprocesses 4 --dist worksteal $(ARGS)

bench: .venv/dev.stamp
	$(BIN)/python -m tests.bench

lint: .venv/dev.stamp node_modules/.package-lock.json
	$(BIN)/ruff check --output-format concise .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	PATH="$(BIN):$$PATH" node_modules/.bin/tsc -p jsconfig.json
	PATH="$(BIN):$$PATH" node_modules/.bin/eslint static/js

format: .venv/dev.stamp
	$(BIN)/ruff check --quiet --fix .
	$(BIN)/ruff format --quiet .

screenshots: .venv/dev.stamp browser
	$(BIN)/python -m scripts.screenshots

# --- now and then: after an edit of requirements.in, requirements-dev.in or package.json

requirements: .venv/run.stamp
	$(BIN)/pip install --quiet $(PIP_TOOLS)
	$(COMPILE) $(ARGS) --output-file requirements.txt requirements.in
	$(COMPILE) $(ARGS) --output-file requirements-dev.txt requirements-dev.in

vendor: .venv/dev.stamp
	$(NPM) install --package-lock-only --omit-lockfile-registry-resolved
	$(NPM) ci
	$(BIN)/python -m scripts.vendor

clean:
	rm -rf .venv node_modules .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- what the others stand on; the stamps say which requirements are installed

venv: .venv/dev.stamp

.venv/run.stamp: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Please install Python 3.11 or newer, or name one: make PYTHON=..." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || scripts/need.sh "Python's venv" python3-venv
	@test -x $(BIN)/pip || $(PYTHON) -m venv .venv
	$(PIP) --requirement requirements.txt
	@touch $@

.venv/dev.stamp: .venv/run.stamp requirements-dev.txt
	$(PIP) --requirement requirements-dev.txt
	@touch $@

node_modules/.package-lock.json: .venv/dev.stamp package-lock.json
	$(NPM) ci
	@touch $@

browser: .venv/dev.stamp
	@scripts/browser.sh
