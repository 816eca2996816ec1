# Every command that a person or CI runs. Needs Rust (rustup), Node.js with npm, and make;
# the commands install whatever else is missing.

PORT ?= 8050
# Who can reach `make run`: only this machine, or with LISTEN=0.0.0.0 other machines, too.
LISTEN ?= 127.0.0.1
# `make LOCKED=` lets cargo change Cargo.lock after you add a dependency.
LOCKED ?= --locked
# Limits `make test-web` to the tests whose name contains it, such as `offers::`.
FILTER ?=

TARGET := $(or $(CARGO_TARGET_DIR),target)
TOOLS := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/conjoint-dashboard/tools
TRUNK_VERSION := 0.21.14
# The command line must have the version of the crate, which Cargo.toml pins.
WASM_BINDGEN_VERSION := $(shell sed -n 's/^wasm-bindgen = "=\(.*\)"/\1/p' Cargo.toml)
DENY_VERSION := 0.20.2
GECKODRIVER_VERSION := 0.37.1
# $(call locate,PROGRAM,CRATE,VERSION): the program on the PATH if it has this version, else where
# `make tools` installs it.
locate = $(or $(if $(filter $3,$(shell $1 --version 2>/dev/null)),$(shell command -v $1 2>/dev/null)),$(TOOLS)/$2-$3/bin/$1)
TRUNK := $(call locate,trunk,trunk,$(TRUNK_VERSION))
WASM_BINDGEN := $(call locate,wasm-bindgen,wasm-bindgen-cli,$(WASM_BINDGEN_VERSION))
DENY := $(call locate,cargo-deny,cargo-deny,$(DENY_VERSION))
GECKODRIVER := $(call locate,geckodriver,geckodriver,$(GECKODRIVER_VERSION))
# The page's sources: a change in one of these rebuilds dist/. Folders are included because removing
# a file changes only them. (The image's build runs `make tools` before the sources exist.)
PAGE := $(shell find app worker conjoint/src web 2>/dev/null) conjoint/Cargo.toml \
	Cargo.toml Cargo.lock Trunk.toml package-lock.json rust-toolchain.toml \
	index.html

# The chart library, bundled with only the trace types that the page draws.
PLOTLY := node_modules/.plotly/plotly.js

# The image's processor: amd64 or arm64, by default that of this machine.
ARCH ?=
export ARCH
IMAGE ?= conjoint_dashboard
DOCKER ?= docker
BUILD_FLAGS ?=
VERSION := $(shell sed -n '/^\[workspace.package\]/,/^version/s/^version = "\(.*\)"/\1/p' Cargo.toml)
# The time of the commit, seconds since 1970.
EPOCH = $(or $(SOURCE_DATE_EPOCH),$(shell git log -1 --format=%ct 2>/dev/null || echo 0))
REVISION = $(shell git rev-parse HEAD 2>/dev/null || echo unknown)
# With vectors, which browsers have had since 2023, hierarchical Bayes takes about a quarter less time.
WASM_FLAGS := -C target-feature=+simd128
# Nextest runs the tests of all crates side by side.
CARGO_TEST = $(if $(shell cargo nextest --version 2>/dev/null),cargo nextest run,cargo test)
MUSL := $(patsubst amd64,x86_64,$(patsubst arm64,aarch64,$(or $(ARCH),$(shell uname -m))))-unknown-linux-musl

.PHONY: help run check deny advisories test-web test-browsers test-wasm test size bench bench-page bench-server \
	dist native page compile-page compile-workers test-programs tools rust browser firefox webkit clean image packed \
	test-image release push deploy undeploy test-deploy
.DELETE_ON_ERROR:

help: ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

run: dist ## Build what changed and serve the dashboard on http://localhost:8050 (PORT=... LISTEN=...)
	@echo "Starting the dashboard on http://localhost:$(PORT) (Ctrl-C ends it, PORT=... takes another port) ..."
	@exec $(TARGET)/release/conjoint-server --listen $(LISTEN):$(PORT)

# $(TWO) TARGETS: side by side, because parts of most keep one core busy only. A command's output is printed
# when it ends; the make of macOS cannot keep the outputs of two apart.
TWO = $(MAKE) --no-print-directory -j2 $(if $(filter output-sync,$(.FEATURES)),--output-sync=line)
# Cargo would ask for a share of make's processes, to which commands have no access, and warn.
export CARGO_MAKEFLAGS :=

# The image comes before what needs the page, which is taken from it if dist/ is not up to date. Without a
# Docker engine, test-image and test-deploy print that they were skipped; with CI=true they fail instead.
test: ## Everything that CI runs
	$(TWO) check test-image
	$(MAKE) --no-print-directory size test-web
	$(TWO) test-browsers test-wasm test-deploy

# Clippy checks each crate once for each target that its code is for: the page for wasm32, the worker
# for both, the others natively. Doctests are a step of their own because nextest cannot run them. The
# choice rules are listed for rustfmt because a macro declares their modules, which it does not see.
check: rust deny $(PLOTLY) ## Format, lints, and all tests that need no browser, in about two minutes
	cargo fmt --all -- --check conjoint/src/choice/rules/*.rs
	.ci/lint-prose
	cargo clippy $(LOCKED) --workspace --exclude app --all-targets -- -D warnings
	cargo clippy $(LOCKED) -p app -p worker --target wasm32-unknown-unknown --all-targets -- -D warnings
	$(CARGO_TEST) $(LOCKED) --workspace --tests
	cargo test $(LOCKED) --workspace --doc
	node --test web/build/licenses.test.mjs

deny: $(DENY) ## Check licenses and sources of every crate
	$(DENY) $(LOCKED) check licenses bans sources

# The database of RustSec changes from day to day, and this needs the network.
advisories: $(DENY) ## Check every crate for known vulnerabilities
	$(DENY) $(LOCKED) check advisories

# Chromium's headless shell, if it is installed, is the same engine without the windows and services of a
# whole browser, which each test would start. This is the program itself: the script on the PATH starts it
# without exec, so that a driver that ends the script would leave the browser running.
HEADLESS_SHELL := /usr/lib/chromium/chromium-headless-shell

# V8 optimizes a function of Wasm after fifteen times as much work as by default: a short test in a new
# browser is over before optimizing more has paid.
test-web: page browser test-programs ## Test the page in headless Chromium (FILTER=offers:: for one topic)
	CONJOINT_CHROMIUM="$$(ls $(HEADLESS_SHELL) 2>/dev/null)" \
	CONJOINT_SERVER="$(abspath $(TARGET)/debug/conjoint-server)" \
	CONJOINT_CHROMIUM_FLAGS="--js-flags=--wasm-tiering-budget=200000000" \
	cargo test $(LOCKED) --workspace --test web -- --test-threads=2 $(FILTER)

# One visit in each of the other browsers, and one line for each that cannot be installed.
test-browsers: page firefox webkit test-programs ## Test a visit in Firefox and WebKit
	@found=; \
	if $(HAS_FIREFOX) && test -x "$(GECKODRIVER)"; then found="$$found firefox"; \
	else echo "SKIPPED: Firefox, which needs the packages firefox-esr and, to build geckodriver, cargo"; fi; \
	if $(HAS_WEBKIT); then found="$$found webkit"; \
	else echo "SKIPPED: WebKit, which needs the packages webkit2gtk-driver and xvfb"; fi; \
	[ -z "$$found" ] || CONJOINT_SERVER="$(abspath $(TARGET)/debug/conjoint-server)" CONJOINT_GECKODRIVER="$(GECKODRIVER)" \
	cargo test $(LOCKED) --workspace --test browsers -- --test-threads=1 $$found

# Compiling the model optimized would take five times as long as these tests take without.
test-wasm: export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS = $(WASM_FLAGS)
test-wasm: rust $(WASM_BINDGEN) ## Test that the model gives the same figures in Wasm
	CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER="$(dir $(WASM_BINDGEN))wasm-bindgen-test-runner" \
	cargo test $(LOCKED) --config profile.dev.package.conjoint.opt-level=0 --workspace --target wasm32-unknown-unknown --test wasm

size: page ## Check the size of a first visit against its budgets
	node web/build/size.mjs

bench: rust ## Measure the model with criterion
	cargo bench $(LOCKED) -p conjoint

bench-page: dist browser firefox ## Measure opening and editing in the page, in headless browsers
	CONJOINT_SERVER="$(abspath $(TARGET)/release/conjoint-server)" CONJOINT_GECKODRIVER="$(wildcard $(GECKODRIVER))" \
	cargo test $(LOCKED) -p e2e --bench page --bench large --bench start --bench sweep --bench market --bench estimate

dist: native dist/index.html ## Build the page in dist/ and the programs in target/release/

image: ## Build the container image conjoint_dashboard (ARCH=arm64 for Graviton)
	@command -v $(DOCKER) >/dev/null || { echo "Building the image needs Docker: https://docs.docker.com/engine/install"; exit 1; }
	@$(if $(ARCH),DOCKER="$(DOCKER)" deploy/can-build $(ARCH))
	$(DOCKER) build $(if $(ARCH),--platform linux/$(ARCH) --build-arg TARGETARCH=$(ARCH)) \
	--build-arg VERSION=$(VERSION) --build-arg REVISION=$(REVISION) --build-arg SOURCE_DATE_EPOCH=$(EPOCH) $(BUILD_FLAGS) -t $(IMAGE) .

test-image: rust ## Build the image and check it, starting a Docker engine if none runs
	@echo "Building and checking the image (about ten minutes) ..."
	deploy/test/image

release: dist ## Build programs, page and images of this version in release/ (deploy/release --help)
	@deploy/release

push: ## Push the image of this commit to Amazon ECR (deploy/push --help)
	@deploy/push

deploy: ## Run the pushed image on Amazon ECS and print its address (deploy/up --help)
	@deploy/up

undeploy: ## Remove what `make deploy` created
	@deploy/down

test-deploy: rust ## Test push and deploy without AWS
	deploy/test/deploy

bench-server: dist ## Compare the server with nginx
	server/benches/nginx

clean: ## Remove everything that was built, except the tools in the user's cache
	rm -rf dist packed release node_modules
	cargo clean

native: rust
	cargo build $(LOCKED) --release -p conjoint-cli -p conjoint-server

# What the browser tests need besides the page. With the whole workspace, and for tests, Cargo compiles the
# same as for `make check`; another choice of packages would give other features and compile most crates anew.
test-programs: rust
	cargo build $(LOCKED) --workspace --bin conjoint --bin conjoint-server --test web --test browsers

tools: $(TRUNK) $(WASM_BINDGEN)

page: dist/index.html

# The image's files, which the Dockerfile copies: the page, the study, and the server as one static
# program. It has no brotli encoder, which would be a third of its size: pack.mjs compresses the files.
packed: page
	@test -d "$$(rustc --print target-libdir --target $(MUSL))" || rustup target add $(MUSL)
	cargo build $(LOCKED) --profile image --target $(MUSL) -p conjoint-server --no-default-features
	node web/build/pack.mjs $(TARGET)/$(MUSL)/image/conjoint-server packed

# Two steps of dist/index.html, which sets their flags.
compile-page:
	cargo build $(LOCKED) --target wasm32-unknown-unknown --profile wasm --manifest-path app/Cargo.toml

compile-workers:
	cargo build $(LOCKED) --target wasm32-unknown-unknown --profile worker --manifest-path worker/Cargo.toml

# The Wasm is the same from every machine: it does not contain where crates are on this one.
dist/index.html: export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS = $(WASM_FLAGS) --remap-path-prefix=$(or $(CARGO_HOME),$(HOME)/.cargo)=cargo
# Trunk builds one program at a time. Cargo builds them side by side, and Trunk finds them built.
dist/index.html: $(PAGE) $(PLOTLY) | rust
	@echo "Building the page (about five minutes the first time) ..."
	$(MAKE) --no-print-directory tools
	$(MAKE) --no-print-directory -j2 compile-page compile-workers
	PATH="$(dir $(WASM_BINDGEN)):$(CURDIR)/node_modules/.bin:$$PATH" $(TRUNK) build

# --- Set-up: each step does nothing if its result exists. ---

rust:
	@cargo clippy --version >/dev/null 2>&1 && cargo fmt --version >/dev/null 2>&1 \
	&& test -d "$$(rustc --print target-libdir --target wasm32-unknown-unknown)" \
	|| { echo "Installing the Rust toolchain that rust-toolchain.toml names ..."; \
		rustup toolchain install && rustup component add clippy rustfmt && rustup target add wasm32-unknown-unknown; }

# $(call install,CRATE,VERSION,FLAGS,VARIABLES): installs a program where `locate` expects it, ready-made if
# cargo-binstall is there and finds it, else from source.
define install
	@echo "Installing $1 $2, once for this user ..."
	@{ cargo binstall -V >/dev/null 2>&1 \
	&& cargo binstall --no-confirm --no-symlinks --disable-strategies compile --install-path "$(@D)" $1@$2; } \
	|| { echo "Building $1 from source (some minutes) ..."; \
		$4 cargo install --locked --root "$(patsubst %/bin,%,$(@D))" --version $2 $3 $1; }
endef

# Compiling these takes half as long without optimization, and that saves more than they lose by it.
UNOPTIMIZED := CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_LTO=false \
	CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_DEBUG=0

$(TOOLS)/trunk-$(TRUNK_VERSION)/bin/trunk:
	$(call install,trunk,$(TRUNK_VERSION),--no-default-features,$(UNOPTIMIZED))

$(TOOLS)/wasm-bindgen-cli-$(WASM_BINDGEN_VERSION)/bin/wasm-bindgen:
	$(call install,wasm-bindgen-cli,$(WASM_BINDGEN_VERSION),,$(UNOPTIMIZED))

$(TOOLS)/cargo-deny-$(DENY_VERSION)/bin/cargo-deny:
	$(call install,cargo-deny,$(DENY_VERSION),--no-default-features,$(UNOPTIMIZED))

$(TOOLS)/geckodriver-$(GECKODRIVER_VERSION)/bin/geckodriver:
	$(call install,geckodriver,$(GECKODRIVER_VERSION),,$(UNOPTIMIZED))

$(PLOTLY): web/build/plotly.mjs node_modules/.package-lock.json
	node web/build/plotly.mjs $@

node_modules/.package-lock.json: package.json package-lock.json
	npm ci --ignore-scripts
	@touch $@

HAS_FIREFOX = { command -v firefox-esr || command -v firefox; } >/dev/null
HAS_WEBKIT = { command -v WebKitWebDriver && command -v Xvfb; } >/dev/null

# $(call packages,TEST,NAMES): as root on Debian, installs packages unless the test succeeds.
define packages
	@$1 || [ "$$(id -u)" != 0 ] || ! command -v apt-get >/dev/null || { \
		echo "Installing $2 for the browser tests ..."; \
		apt-get update -qq && apt-get install -y -qq --no-install-recommends $2 fonts-dejavu-core >/dev/null; } || true
endef

# Compiled only for a browser that is there.
firefox:
	$(call packages,$(HAS_FIREFOX),firefox-esr)
	@! $(HAS_FIREFOX) || test -x "$(GECKODRIVER)" || $(MAKE) --no-print-directory "$(GECKODRIVER)"

webkit:
	$(call packages,$(HAS_WEBKIT),webkit2gtk-driver xvfb)

browser:
	@command -v chromedriver >/dev/null && command -v chromium >/dev/null && test -x $(HEADLESS_SHELL) || \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing Chromium for the browser tests ..."; \
		apt-get update -qq && apt-get install -y -qq --no-install-recommends \
			chromium chromium-driver chromium-headless-shell fonts-dejavu-core; \
	elif ! command -v chromedriver >/dev/null || ! command -v chromium >/dev/null; then \
		echo "The browser tests need chromium and chromedriver, e.g.: sudo apt-get install chromium chromium-driver"; exit 1; \
	fi
