# Each target only calls the script beside it, so that Windows users type the same: python dev.py TARGET
PYTHON ?= python3

.PHONY: quickstart test test-later check bench bench-match docs lock clean

quickstart test test-later check bench bench-match docs lock clean:
	@$(PYTHON) dev.py $@
