STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2

.PHONY: bench bench-live build check docs fmt fuzz generated help install lint soak test test-matrix

bench: ## Measure speed: the linter against pg_query.Parse alone
	go test -run '^$$' -bench . -benchmem ./...

bench-live: ## Measure reading a database against its bare queries
	go test ./inspect/live -run '^$$' -bench Load -benchtime 3x

build: ## Build bin/policylint
	go build -trimpath -o bin/policylint ./cmd/policylint

check: ## What must hold before a commit, without the tests
	@.ci/check $(STATICCHECK)

docs: ## Rewrite the generated pages and lists
	go test ./cmd/policylint ./internal/report ./rules -run 'InSync|Golden' -update

fmt: ## Format the Go files
	gofmt -w $$(git ls-files --cached --others --exclude-standard '*.go')

fuzz: ## Fuzz each target for FUZZTIME (30s)
	@.ci/fuzz $${FUZZTIME:-30s}

generated: ## Check that generated files are in step
	go test ./... -run InSync

help: ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' Makefile | awk -F'|' '{printf "%-12s %s\n", $$1, $$2}'

install: ## Install policylint into GOBIN
	go install -trimpath ./cmd/policylint

lint: build ## Lint this repository's own migrations
	bin/policylint lint

soak: ## Replay random migrations against a server for POLICYLINT_SOAK (10m), then run all tests
	@.ci/soak $${POLICYLINT_SOAK:-10m}

test: ## Run all tests; finds PostgreSQL, or installs it where it can
	@.ci/postgres
	@.ci/chromium --find
	go test ./...

test-matrix: ## Run all tests on PostgreSQL 14 to 18
	@.ci/test-matrix
