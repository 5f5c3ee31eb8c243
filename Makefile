# Everything a developer does, by one word each. Every target prepares what it needs first.
.DEFAULT_GOAL := help
# Without compiled bytecode every start is several times slower.
unexport PYTHONDONTWRITEBYTECODE

BIN := .venv/bin
PREPARE := resources/deploy/prepare.sh
SOURCES := pos sync hardware migrations tests

.PHONY: help
help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-19s %s\n", $$1, $$2 }' Makefile

.PHONY: run
run: ## Open the till on the demo shop; without a display, play the demo day into demo-output/
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
		$(PREPARE) run && $(BIN)/mostrador demo; \
	else \
		echo 'No display here: playing the demo day under a virtual one, into demo-output/' && \
		$(MAKE) --no-print-directory demo; \
	fi

.PHONY: demo
demo: ## Play the demo day through the real window under a virtual display, into demo-output/
	@$(PREPARE) demo
	$(BIN)/mostrador demo --headless --out demo-output

.PHONY: test
test: ## Run all tests
	@$(PREPARE) test
	$(BIN)/pytest -n 3

.PHONY: faults
faults: ## Kill, cut the power, fill disks, break networks and clocks, at length; prints what was broken
	@$(PREPARE) faults
	$(BIN)/python -m tests.faults

.PHONY: mutants
mutants: ## Spoil the source in twenty ways, each in a copy, and show which test catches it
	@$(PREPARE) test
	$(BIN)/python -m tests.mutants

.PHONY: check
check: ## Check format, lint, types, import contracts and translations
	@$(PREPARE) run
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy $(SOURCES)
	$(BIN)/lint-imports --no-cache
	@resources/i18n/translations.sh check

.PHONY: translations-check
translations-check: ## Check that every text is translated and the compiled translations are current
	@$(PREPARE) run
	@resources/i18n/translations.sh check

.PHONY: translations
translations: ## Collect the texts of the screens into resources/i18n and compile the translations
	@$(PREPARE) run
	@resources/i18n/translations.sh update

.PHONY: format
format: ## Format the Python files and mend what the linter can mend
	@$(PREPARE) run
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

.PHONY: bench
bench: ## Measure speed and memory into tests/bench/RESULTS.md
	@$(PREPARE) test
	$(BIN)/python -m tests.bench --write

.PHONY: screenshots
screenshots: ## Take the pictures of every screen into resources/screenshots/
	@$(PREPARE) demo
	$(BIN)/mostrador screenshots --out resources/screenshots

.PHONY: lock
lock: ## Resolve pyproject.toml into requirements.lock, exact versions with hashes
	@$(PREPARE) run
	$(BIN)/uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 \
		--generate-hashes --no-annotate --no-header --no-emit-index-url --quiet --output-file requirements.lock
