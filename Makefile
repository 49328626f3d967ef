# Two commands do everything on a fresh machine: `make validate` and `make test`.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/installed

.PHONY: validate test check bench train wheel docs clean

validate: $(STAMP)  ## the main job, on the demo corpus
	$(BIN)/provcheck validate fixtures/corpus

test: $(STAMP)
	$(BIN)/python -m pytest --numprocesses auto --dist loadgroup

check: $(STAMP)  ## lint and types
	ci/check

bench: $(STAMP)
	ci/bench

train: $(STAMP)  ## rebuild the weights and tables, from ../shared/gold and from packages
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[train]'
	$(BIN)/python ci/build_places.py
	$(BIN)/python ci/train_plausibility.py
	$(BIN)/python ci/train
	$(BIN)/python benchmarks/truncation.py --fit-teasers ../shared/gold
	$(BIN)/python ci/train_titles.py ../shared/gold
	$(BIN)/python ci/train_dates.py ../shared/gold
	$(BIN)/python ci/train_authors.py ../shared/gold

docs: $(STAMP)  ## write the generated pages of docs/
	ci/docs

wheel: $(STAMP)  ## build the wheel and try it alone in an empty venv
	ci/wheel

clean:
	rm -rf .venv build dist provcheck-report

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $@
