# Everything a person or CI runs. Needs Rust (rustup), Node.js with npm, and make;
# whatever else is missing, these commands install themselves.

PORT ?= 8050
# Whom `make run` serves: this machine alone, or with LISTEN=0.0.0.0 whoever reaches it.
LISTEN ?= 127.0.0.1
# `make LOCKED=` lets cargo change Cargo.lock, after a dependency was added.
LOCKED ?= --locked

TARGET := $(or $(CARGO_TARGET_DIR),target)
TOOLS := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/conjoint-dashboard/tools
TRUNK := $(TOOLS)/trunk-0.21.14
# The command line must be of the crate's version, and Cargo.toml holds that.
WASM_BINDGEN := $(TOOLS)/wasm-bindgen-cli-$(shell sed -n 's/^wasm-bindgen = "=\(.*\)"/\1/p' Cargo.toml)
# What the page is made of: a change in one of these rebuilds dist/. Folders too, because
# that is where a file's going shows.
PAGE := $(shell find app conjoint/src scripts) conjoint/Cargo.toml \
	Cargo.toml Cargo.lock Trunk.toml package-lock.json rust-toolchain.toml \
	$(wildcard *.html *.js *.css *.svg)

.PHONY: help run test bench bench-page dist clean check rust browser native
.DELETE_ON_ERROR:

help: ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

run: dist ## Build what changed and serve the dashboard on http://localhost:8050 (PORT=... LISTEN=...)
	@echo "The dashboard: http://localhost:$(PORT)  (Ctrl-C ends it)"
	@exec $(TARGET)/release/conjoint-server --listen $(LISTEN):$(PORT)

test: check dist browser ## Format, lints, unit tests and browser tests
	CONJOINT_SERVER="$(abspath $(TARGET)/release/conjoint-server)" cargo test $(LOCKED) --workspace
	CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER="$(WASM_BINDGEN)/bin/wasm-bindgen-test-runner" \
	cargo test $(LOCKED) --target wasm32-unknown-unknown -p conjoint --no-default-features --test wasm

bench: rust ## Measure the model
	cargo bench $(LOCKED) -p conjoint

bench-page: dist browser ## Measure edits in the page, in headless Chromium
	CONJOINT_SERVER="$(abspath $(TARGET)/release/conjoint-server)" cargo test $(LOCKED) -p e2e --bench page --bench sweep

dist: native dist/index.html ## The page in dist/ and the programs in target/release/

clean: ## Remove what was built here (the tools in the user's cache stay)
	rm -rf dist node_modules
	cargo clean

check: rust
	cargo fmt --all --check
	cargo clippy $(LOCKED) --workspace --exclude app --all-targets -- -D warnings
	cargo clippy $(LOCKED) -p app --target wasm32-unknown-unknown --all-targets -- -D warnings

native: rust
	cargo build $(LOCKED) --release -p conjoint -p conjoint-server

dist/index.html: $(PAGE) $(TRUNK)/bin/trunk $(WASM_BINDGEN)/bin/wasm-bindgen node_modules/.package-lock.json | rust
	@echo "Building the page (about two minutes the first time) ..."
	PATH="$(WASM_BINDGEN)/bin:$(CURDIR)/node_modules/.bin:$$PATH" $(TRUNK)/bin/trunk build

# --- Set-up: each step does nothing when its result is there. ---

rust:
	@cargo clippy --version >/dev/null 2>&1 && cargo fmt --version >/dev/null 2>&1 \
	&& test -d "$$(rustc --print target-libdir --target wasm32-unknown-unknown)" \
	|| { echo "Installing the Rust toolchain that rust-toolchain.toml names ..."; \
		rustup toolchain install && rustup component add clippy rustfmt && rustup target add wasm32-unknown-unknown; }

$(TRUNK)/bin/trunk:
	@echo "Building trunk, once for this user (several minutes) ..."
	cargo install --locked --root $(TRUNK) --version $(patsubst $(TOOLS)/trunk-%,%,$(TRUNK)) trunk

$(WASM_BINDGEN)/bin/wasm-bindgen:
	@echo "Building wasm-bindgen, once for this user (a minute or two) ..."
	cargo install --locked --root $(WASM_BINDGEN) --version $(patsubst $(TOOLS)/wasm-bindgen-cli-%,%,$(WASM_BINDGEN)) wasm-bindgen-cli

node_modules/.package-lock.json: package.json package-lock.json
	npm ci --ignore-scripts
	@touch $@

browser:
	@command -v chromedriver >/dev/null && command -v chromium >/dev/null || \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing Chromium for the browser tests ..."; \
		apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium chromium-driver fonts-dejavu-core; \
	else \
		echo "The browser tests need chromium and chromedriver, e.g.: sudo apt-get install chromium chromium-driver"; exit 1; \
	fi
