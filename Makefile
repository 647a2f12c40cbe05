# Each target only calls the script beside it, so that Windows users type the same: python dev.py TARGET
PYTHON ?= python3

.PHONY: quickstart test test-rest test-all coverage test-later soak check assets bench bench-match bench-words learn-words docs pictures site lock advisories clean

quickstart test test-rest test-all coverage test-later soak check assets bench bench-match bench-words learn-words docs pictures site lock advisories clean:
	@$(PYTHON) dev.py $@
