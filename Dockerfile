# docker build -t checker .
# docker run --rm -v "$PWD:/records" checker check records/2025
FROM python:3.13-slim AS build
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install --yes --no-install-recommends gcc libc6-dev \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY checker checker
COPY rules rules
RUN python -m venv /opt/checker \
 && /opt/checker/bin/pip install --no-cache-dir --disable-pip-version-check --constraint constraints.txt ".[durable-rules]"

FROM python:3.13-slim
COPY --from=build /opt/checker /opt/checker
ENV PATH="/opt/checker/bin:$PATH"
RUN useradd --create-home --uid 1000 checker
USER 1000
WORKDIR /records
ENTRYPOINT ["checker"]
CMD ["--help"]
