# The worker and the command line in one image. `docker run plumbline <command>`; without a command: worker.
ARG NODE_IMAGE=node:20-bookworm-slim

FROM ${NODE_IMAGE} AS build
# For better-sqlite3, where no ready binary can be fetched for this platform.
RUN apt-get update \
    && apt-get install -y --no-install-recommends python3 make g++ \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build
# What only compiling and testing needs goes; so does the Temporal core of other platforms (four fifths of 148 MB).
RUN npm ci --omit=dev --no-audit --no-fund \
    && cd node_modules/@temporalio/core-bridge/releases \
    && find . -mindepth 1 -maxdepth 1 ! -name "$(uname -m)-unknown-linux-gnu" -exec rm -rf {} + \
    && test -f "$(uname -m)-unknown-linux-gnu/index.node"

FROM ${NODE_IMAGE}
# Zones and certificates: schedules are written in local time, and sources and mail servers are checked.
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates tzdata \
    && rm -rf /var/lib/apt/lists/*
# The config folder is mounted read-only, so what can be fetched again is kept elsewhere.
ENV NODE_ENV=production PLUMBLINE_CACHE=/tmp/plumbline-cache
WORKDIR /app
COPY --from=build /app/package.json /app/LICENSE ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/templates ./templates
# An ordinary user who owns nothing of the program.
USER node
# One-off commands share this image: whether a worker is well is for Temporal's task queue to say, not for a probe here.
HEALTHCHECK NONE
ENTRYPOINT ["node", "--enable-source-maps", "/app/dist/src/cli/main.js"]
CMD ["worker", "--config", "/etc/plumbline"]
