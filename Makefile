# The two that matter: `make run` and `make test`. Everything else is a part of them.
PORT ?= 8501
BIN := .venv/bin

.PHONY: install run test check lint fmt bench

install: .venv/.installed

.venv/.installed: requirements.lock pyproject.toml .ci/uv.txt .ci/install
	@.ci/install
	@touch $@

run: install
	@$(BIN)/crm migrate --with-demo
	@$(BIN)/crm serve --port $(PORT)

test: install
	@.ci/system
	@$(MAKE) --no-print-directory lint check

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: install
	$(BIN)/python -m pytest -n 3 --cov --cov-report=term
	$(BIN)/coverage report --include='crm/*/rules.py,crm/*/rules/*,crm/core/access.py' --fail-under=100

fmt: install
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: install
	@$(BIN)/crm bench
