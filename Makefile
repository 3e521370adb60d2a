# `make demo` and `make test` do all the set-up they need; see README.md.
.POSIX:
.DEFAULT_GOAL := help
.PHONY: help demo test lint bench fuzz serve-mail catalogues reference screenshot snapshots clean

BIN := .venv/bin
CATALOGUES := $(wildcard tui/locale/*/LC_MESSAGES/*.po)
INSTALLED := pyproject.toml constraints.txt hatch_build.py scripts/setup.sh $(CATALOGUES)

help:
	@echo "make demo        the Ånge story on an invented mailbox, and the full screen"
	@echo "make test        all tests that this machine can run"
	@echo "make lint        ruff, mypy, import-linter"
	@echo "make bench       speed, on this machine"
	@echo "make fuzz        hostile mail against the readers: ARGS='--minutes 5 mail html'"
	@echo "make serve-mail  the demonstration mailbox, left running"
	@echo "make catalogues  new strings into tui/locale, and compiled"
	@echo "make reference   docs/commands.md from the commands themselves"
	@echo "make screenshot  docs/screen.svg from the real screen"
	@echo "make snapshots   the views as text that tests hold them to, drawn anew: look at what changed"
	@echo "make clean       removes .venv and what tools leave behind"

.venv/.demo: $(INSTALLED)
	@sh scripts/setup.sh demo
	@touch $@

.venv/.dev: $(INSTALLED)
	@sh scripts/setup.sh demo,oauth,postgres,serve,test,dev
	@touch $@ .venv/.demo

demo: .venv/.demo
	@$(BIN)/aterkom demo $(ARGS)

serve-mail: .venv/.demo
	@$(BIN)/aterkom demo --serve $(ARGS)

# Each process of the tests would compile the same modules again where bytecode is not kept: a tenth of the whole time.
test: .venv/.dev
	@env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m pytest -n 3 --dist worksteal $(ARGS)

lint: .venv/.dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

bench: .venv/.dev
	@for script in benchmarks/reading.py benchmarks/intake.py benchmarks/starting.py benchmarks/painting.py benchmarks/chains.py benchmarks/peers.py; do echo "# $$script"; $(BIN)/python $$script || exit 1; done

fuzz: .venv/.dev
	@$(BIN)/python -c 'import atheris' 2>/dev/null || $(BIN)/pip install -q --constraint constraints.txt atheris
	@$(BIN)/python -m benchmarks.fuzzing $(ARGS)

catalogues: .venv/.dev
	@$(BIN)/pybabel -q extract -F babel.cfg -k N_ -k pgettext:1c,2 --no-location --sort-output --project=aterkom -o .venv/aterkom.pot .
	@$(BIN)/pybabel -q update -i .venv/aterkom.pot -d tui/locale -D aterkom -l sv --no-fuzzy-matching --ignore-obsolete
	@$(BIN)/pybabel -q compile -d tui/locale -D aterkom

reference: .venv/.dev
	@$(BIN)/python -m tui.cli.reference

screenshot: .venv/.dev
	@$(BIN)/aterkom demo --no-tui --keep .venv/demo >/dev/null
	@$(BIN)/python -m tui.screenshot docs/screen.svg --size 120x36 --database sqlite:///.venv/demo/aterkom.sqlite --today 2021-10-18

snapshots: .venv/.dev
	@ATERKOM_SNAPSHOTS=draw $(BIN)/python -m pytest -q tests/tui/test_snapshots.py
	@git diff --stat -- tests/tui/snapshots

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -prune -exec rm -rf {} +
	find tui/locale -name '*.mo' -delete
