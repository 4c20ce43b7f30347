# What people type. Each target sets up what it needs first (nothing is said when all is there); the work is in scripts/.
.DEFAULT_GOAL := help
.PHONY: help run test build dev bench prove dist fmt audit clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-6s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## the demonstration at http://127.0.0.1:8080
	@scripts/setup pages && exec scripts/run

test: ## every test; STAGES="format clippy" for some of them
	@scripts/test $(STAGES)

build: ## build/palier: the release server, pages inside
	@scripts/setup pages && scripts/build-pages && scripts/build-server server

dev: ## pages rebuilt and reloaded at each change
	@scripts/setup pages && exec scripts/dev

bench: build ## the measurements; ONLY="name" for one of them
	@scripts/setup tests && scripts/bench $(ONLY)

prove: build ## the long proofs: faults, several machines, hostile requests…; ONLY="name" for one of them
	@scripts/setup tests && scripts/prove $(ONLY)

dist: build ## build/dist: what is handed over: a tarball, a Debian package, a list of what is inside
	@scripts/setup dist && scripts/dist

fmt: ## the Rust code in form
	@scripts/setup lints && scripts/fmt

audit: ## licences, origins and known faults of the dependencies
	@scripts/setup audit && scripts/audit

clean: ## what was built here and what the demonstration kept (the cache outside the clone stays)
	@rm -rf build dist .palier end2end/test-results
