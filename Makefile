# Every command a person needs; CI calls the same ones. `make help` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000

.DEFAULT_GOAL := help
.PHONY: help install demo serve test test-servers test-browser check fix bench lock clean

help:  ## Say what each command does
	@grep -E '^[a-z-]+:.*##' Makefile | sed 's/:.*##/\t/' | expand -t 14

$(VENV)/installed: requirements.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

install: $(VENV)/installed  ## Create the environment and install what running needs

demo: install  ## A believable club on the embedded default; prints the address and three logins
	@exec $(BIN)/python -m clubsite.demo --port $(PORT)

serve: install  ## Web, worker and schedule in one process, with real members (README, docs/self-hosting.md)
	@exec $(BIN)/python -m clubsite.serve --port $(PORT)

test: $(VENV)/installed-dev  ## The tests; needs no server and leaves no process behind
	$(BIN)/python -m pytest -n auto --dist loadfile -m "not servers and not browser"

test-servers: $(VENV)/installed-dev  ## Tests that kill workers on a real PostgreSQL and a real Redis
	SUREFOOT_TEST_SERVERS=require $(BIN)/python -m pytest -m servers

test-browser: $(VENV)/installed-dev  ## The main flows in a real Chromium, with axe-core
	DJANGO_ALLOW_ASYNC_UNSAFE=1 $(BIN)/python -m pytest -m browser

check: $(VENV)/installed-dev  ## Style, types, layers, templates, migrations, deployment checks
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python manage.py check
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/djlint --lint --quiet clubsite members injuries dashboards

fix: $(VENV)/installed-dev  ## Let ruff mend what it can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/installed-dev  ## Measure against floors in the same run
	$(BIN)/python -m benchmarks

lock: $(VENV)/installed-dev  ## Pin requirements*.in again, with hashes
	$(BIN)/pip-compile -q --generate-hashes --strip-extras --allow-unsafe --no-header --no-emit-index-url --no-emit-find-links --no-emit-trusted-host -o requirements.txt requirements.in
	$(BIN)/pip-compile -q --generate-hashes --strip-extras --allow-unsafe --no-header --no-emit-index-url --no-emit-find-links --no-emit-trusted-host -o requirements-dev.txt requirements-dev.in

clean:  ## Remove the environment and everything under var/
	rm -rf $(VENV) var
