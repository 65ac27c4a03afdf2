# Works with git, make and Python 3.11 to 3.13; everything else is set up in .venv.
PYTHON ?= python3

.PHONY: interview test quick check lock

# Hold an interview: make interview ARGS="--round behavioral --questions 3"
interview:
	@$(PYTHON) bootstrap.py
	@.venv/bin/interview practice $(ARGS)

# All tests.
test:
	@$(PYTHON) bootstrap.py --dev
	.venv/bin/python -m pytest

# The tests that take less than a minute together.
quick:
	@$(PYTHON) bootstrap.py --dev
	.venv/bin/python -m pytest -m "not slow"

# Style and types.
check:
	@$(PYTHON) bootstrap.py --dev
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy

# Lock the versions anew, for all platforms; the files name no host.
lock:
	@$(PYTHON) bootstrap.py --dev
	.venv/bin/python -m uv pip compile -q --universal --generate-hashes --no-annotate \
	  --custom-compile-command "make lock" --extra echo --group build pyproject.toml -o requirements.lock
	.venv/bin/python -m uv pip compile -q --universal --generate-hashes --no-annotate \
	  --custom-compile-command "make lock" --extra echo --group dev -c requirements.lock \
	  pyproject.toml -o requirements-dev.lock
