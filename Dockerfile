# The dashboard as an image: a server, the page and the study, and nothing else.
# Build it with `make image` or `docker build -t conjoint_dashboard .`.
#
# No `# syntax` line and no BuildKit-only instruction, so that the classic builder can read it too.

# Another source of the same image, such as a mirror.
ARG BASE=rust:1.95-bookworm

# The build runs on the builder's processor and compiles for the target's. The classic builder
# does not set BUILDPLATFORM.
FROM --platform=${BUILDPLATFORM:-linux/amd64} ${BASE} AS build
WORKDIR /build
RUN apt-get update \
    && apt-get install -y --no-install-recommends nodejs npm \
    && rm -rf /var/lib/apt/lists/*

# From what rarely changes to what often changes: each step is cached until its files change.
COPY Makefile Cargo.toml rust-toolchain.toml ./
RUN make tools
COPY package.json package-lock.json ./
RUN make node_modules/.package-lock.json
COPY . .
# No later step needs what the page was compiled to, and storing a gigabyte takes time.
RUN make page && rm -rf target/wasm* target/worker
# BuildKit sets the target processor; the classic builder does not, and builds for its own.
ARG TARGETARCH
RUN make packed ARCH="${TARGETARCH}"
# The same commit gives the same layers: every file has the time of the commit, not that of the build.
# The folder's name has it, too, because BuildKit does not copy again what differs only in its times.
ARG SOURCE_DATE_EPOCH=0
RUN rm -rf packed-* && cp -r packed "packed-${SOURCE_DATE_EPOCH}" \
    && find "packed-${SOURCE_DATE_EPOCH}" -exec touch --no-dereference --date="@${SOURCE_DATE_EPOCH}" {} +

FROM scratch
ARG VERSION=unknown
ARG REVISION=unknown
LABEL org.opencontainers.image.title="conjoint_dashboard" \
      org.opencontainers.image.description="A what-if market simulator for pricing and product people" \
      org.opencontainers.image.licenses="MIT OR Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
ARG SOURCE_DATE_EPOCH=0
COPY --from=build /build/packed-${SOURCE_DATE_EPOCH} /
WORKDIR /app
# A number, because the image has no list of users; never root.
USER 65532:65532
EXPOSE 8050
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s CMD ["/conjoint-server", "health"]
ENTRYPOINT ["/conjoint-server"]
