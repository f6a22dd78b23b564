# One command each: `make run` serves the app, `make test` checks everything.
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin
# The first Python that is new enough: a plain `python3` may be older than what stands beside it.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo "$$p"; break; }; done)

.PHONY: run write test check unit js search format bench lock clean
.DEFAULT_GOAL := run

run: $(VENV)/.run
	$(BIN)/streamlit run app.py --server.port $(PORT) --server.headless true

# Open pages follow the files of the course as they are saved.
write: export HEADWATERS_WRITING = 1
write: run

test: check unit

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m lifecycle check content --strict
	$(BIN)/python tools/javascript.py check

unit: $(VENV)/.dev
	$(BIN)/python -m tools.browser
	$(BIN)/python -m tools.postgres
	$(BIN)/python -m tools.haproxy
	$(BIN)/python -m slipcover -m pytest -n 2 --dist loadgroup --max-worker-restart 0
	$(BIN)/python -m tools.coverage_rooms

# Bundles the JavaScript again: for those who change it. The bundles are committed.
js: $(VENV)/.dev
	$(BIN)/python tools/javascript.py build

search: $(VENV)/.dev
	$(BIN)/python -m pytest -n 2 --hypothesis-profile=search -m "not browser"

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.dev
	$(BIN)/python -m tools.browser
	$(BIN)/python -m benchmarks

# The tests' libraries in their newest releases; then run the tests, and commit the file with what they asked for.
lock: $(VENV)/bin/python
	$(BIN)/python tools/lock.py

clean:
	rm -rf $(VENV) js/node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache .coverage.json

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Headwaters needs Python 3.11 or newer: install it, or name it with make PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "This Python cannot make virtual environments: on Debian and Ubuntu, apt install python3-venv"; exit 1; }

$(VENV)/.run: requirements.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-lock.txt requirements-dev.txt requirements.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt -c requirements-lock.txt
	@touch $(VENV)/.run $@
