# syntax=docker/dockerfile:1
ARG PYTHON_IMAGE=python:3.13-slim

# Everything is installed here into a virtual environment; pip and build tools stay behind.
FROM ${PYTHON_IMAGE} AS build
WORKDIR /source
RUN python -m venv /opt/visnyk
COPY requirements.lock ./
RUN /opt/visnyk/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes --requirement requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY handlers handlers
COPY news news
COPY storage storage
COPY sandbox sandbox
COPY locales locales
RUN /opt/visnyk/bin/pip install --no-cache-dir --disable-pip-version-check --no-deps . \
    && /opt/visnyk/bin/python -m news.dictionaries \
    && /opt/visnyk/bin/pip uninstall --quiet --yes pip

FROM ${PYTHON_IMAGE}
RUN useradd --system --uid 10001 --home-dir /data --create-home visnyk
COPY --from=build /opt/visnyk /opt/visnyk
ENV PATH=/opt/visnyk/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DATABASE_URL=sqlite+aiosqlite:////data/visnyk.db
USER visnyk
WORKDIR /data
VOLUME /data
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s CMD ["visnyk", "healthcheck"]
ENTRYPOINT []
CMD ["visnyk", "run"]
