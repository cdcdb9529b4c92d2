# Every command a person needs; CI calls the same ones. `make help` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help install demo serve test test-servers test-browser chaos check bench fuzz fix lock clean

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

demo: $(VENV)/installed  ## A believable club in one process: prints the address and three logins
	@$(BIN)/python -m clubsite.demo $(if $(PORT),--port $(PORT))

serve: $(VENV)/installed  ## Your own small club in one process, on SQLite
	@$(BIN)/python -m clubsite.serve $(if $(PORT),--port $(PORT))

test: $(VENV)/installed-dev  ## The tests; needs no server and leaves no process behind
	$(BIN)/python -m pytest -n auto --dist loadfile -m "not servers and not browser"

test-servers: $(VENV)/installed-dev  ## The tests that need a real PostgreSQL and a real Redis
	SUREFOOT_TEST_SERVERS=require $(BIN)/python -m pytest -m servers tests/servers

test-browser: $(VENV)/installed-dev  ## The tests in Chromium (apt-get install --no-install-recommends chromium)
	SUREFOOT_TEST_BROWSER=require DJANGO_ALLOW_ASYNC_UNSAFE=1 $(BIN)/python -m pytest -m browser tests/browser

chaos: $(VENV)/installed-dev  ## Kill everything at random for ROUNDS (50) in both modes, then count
	$(BIN)/python -m tests.servers.chaos --rounds $(or $(ROUNDS),50) --seed $(or $(SEED),1)

check: $(VENV)/installed-dev  ## Style, types, layers, templates, migrations, deployment checks
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python manage.py check
	$(BIN)/python manage.py makemigrations --check --dry-run
	git ls-files '*.html' | xargs -r $(BIN)/djlint --lint --quiet

bench: $(VENV)/installed-dev  ## Speed against a floor in the same run
	$(BIN)/python -m benchmarks

fuzz: $(VENV)/installed-dev  ## Break activity files at random for SECONDS (900), also those in FILES=folder
	$(BIN)/python -m tests.members.activity_files.fuzz --seconds $(or $(SECONDS),900) $(if $(FILES),--files $(FILES)) $(if $(SEED),--seed $(SEED))

fix: $(VENV)/installed-dev  ## Let ruff mend what it can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: $(VENV)/installed-dev  ## Pin requirements*.in again, with hashes
	$(BIN)/pip-compile -q --generate-hashes --strip-extras --allow-unsafe --no-header --no-emit-index-url --no-emit-find-links --no-emit-trusted-host -o requirements.txt requirements.in
	$(BIN)/pip-compile -q --generate-hashes --strip-extras --allow-unsafe --no-header --no-emit-index-url --no-emit-find-links --no-emit-trusted-host -o requirements-dev.txt requirements-dev.in

clean:  ## Remove the environment and everything under var/
	rm -rf $(VENV) var
