# The image of Custos: docker build --tag custos .
#
# The bases are pinned to a version of Debian and of Node. To pin them to the very bytes that you have tested, add the
# digest that `docker buildx imagetools inspect debian:trixie-slim` prints: debian:trixie-slim@sha256:…

ARG DEBIAN=trixie

FROM node:26-${DEBIAN}-slim AS build
RUN apt-get update \
 && apt-get install --yes --no-install-recommends binutils libatomic1 \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/custos
COPY package.json package-lock.json ./
# The dependencies bring the Node that runs Custos. What nothing reads goes: its headers and symbols, and the types and
# source maps of packages.
RUN npm ci --omit=dev --no-audit --no-fund \
 && cd node_modules \
 && mv node/node_modules/node-*/LICENSE node/ \
 && rm -r node/node_modules \
 && strip node/bin/node \
 && find . -type f '(' -name '*.map' -o -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' ')' -delete
COPY bin bin
COPY commands commands
COPY src src
# Starts Custos for a while, without a Discord: what it compiles is what a start finds compiled when the root is
# read-only. Node keeps that apart for each user id. If Custos does not start, or does not stop with 0, the build fails.
RUN install --directory --owner=10001 node_modules/.cache
USER 10001
RUN DISCORD_TOKEN=none DISCORD_API=http://127.0.0.1:9 DATABASE_URL=sqlite::memory: \
    timeout --preserve-status 15 bin/custos
USER root
RUN chmod -R a+rX node_modules/.cache && mv node_modules/.cache /opt/compiled

FROM debian:${DEBIAN}-slim
LABEL org.opencontainers.image.title="Custos" \
      org.opencontainers.image.description="A Discord bot that answers who did what to whom, when and why in a server." \
      org.opencontainers.image.licenses="MIT"
# Node needs libatomic1.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends libatomic1 \
 && rm -rf /var/lib/apt/lists/* /var/cache/apt /var/log/apt /var/log/dpkg.log \
 && useradd --uid 10001 --user-group --no-log-init --home-dir /data --shell /usr/sbin/nologin custos \
 && install --directory --owner=custos --group=custos --mode=0700 /data
WORKDIR /opt/custos
# What changes least comes first, so that an update loads no more than it has to.
COPY --from=build /opt/custos/node_modules node_modules
COPY --from=build /opt/compiled node_modules/.cache
COPY package.json LICENSE ./
COPY bin bin
COPY commands commands
COPY src src
ENV NODE_ENV=production \
    DATABASE_URL=sqlite:/data/custos.db \
    HTTP_ADDRESS=127.0.0.1:9464
USER 10001:10001
# The only folder that is written.
VOLUME /data
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 CMD ["/opt/custos/bin/custos", "health"]
ENTRYPOINT ["/opt/custos/bin/custos"]
CMD ["start"]
