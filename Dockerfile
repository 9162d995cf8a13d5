# Keel as a container: the page is built in one stage, the server's packages in another, and neither
# builder is in the image that runs, which is not root and keeps its data in /data.

FROM node:20-bookworm-slim AS packages
WORKDIR /keel/frontend
COPY frontend/package.json frontend/package-lock.json frontend/.npmrc ./
RUN npm ci --omit=dev --ignore-scripts

FROM python:3.11-slim-bookworm AS python
WORKDIR /keel
COPY requirements/ requirements/
RUN python -m venv .venv \
    && .venv/bin/pip install --no-cache-dir --require-hashes -r requirements/runtime.txt

FROM python AS release
COPY --from=packages /usr/local/bin/node /usr/local/bin/node
COPY --from=packages /keel/frontend/node_modules frontend/node_modules
COPY frontend/ frontend/
COPY app/ app/
RUN .venv/bin/python -m app types \
    && node frontend/build.mjs \
    && .venv/bin/python -m app pages

FROM python:3.11-slim-bookworm
WORKDIR /keel
RUN useradd --system --uid 10001 --no-create-home keel \
    && install -d -o keel -g keel -m 0700 /data
COPY --from=python /keel/.venv .venv
COPY app/ app/
COPY migrations/ migrations/
COPY alembic.ini ./
COPY --from=release /keel/build/release build/release
RUN .venv/bin/python -m compileall -q app migrations
ENV PYTHONDONTWRITEBYTECODE=1 \
    KEEL_HOST=0.0.0.0 \
    KEEL_DATA_DIR=/data
USER keel
VOLUME ["/data"]
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s \
    CMD [".venv/bin/python", "-c", "import os; from urllib.request import urlopen; urlopen(f'http://127.0.0.1:{os.environ.get(\"KEEL_PORT\", 8000)}/readyz', timeout=4)"]
CMD [".venv/bin/python", "-m", "app", "serve"]
