# The HTTP service, without a shell user's rights and on a read-only file system; see docker-compose.yml.
FROM python:3.11.13-slim-bookworm AS build
WORKDIR /src
COPY requirements/run.txt requirements/build.txt requirements/node.txt requirements/
RUN python -m venv /opt/iga \
 && /opt/iga/bin/pip install --no-cache-dir --require-hashes -r requirements/run.txt -r requirements/build.txt
# Node builds what the pages are dressed in, and stays here. Without it they are plain.
RUN python -m venv /opt/node && /opt/node/bin/pip install --no-cache-dir --require-hashes -r requirements/node.txt || true
COPY . .
RUN PATH=/opt/node/bin:$PATH /opt/iga/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.11.13-slim-bookworm
RUN groupadd --system --gid 10001 iga \
 && useradd --system --uid 10001 --gid 10001 --home-dir /var/lib/iga --create-home iga \
 && install -d -o iga -g iga /secrets/neo4j /secrets/postgresql /secrets/api /secrets/proxy
COPY --from=build /opt/iga /opt/iga
ENV PATH=/opt/iga/bin:$PATH IGA_HOME=/var/lib/iga PYTHONUNBUFFERED=1
USER iga
VOLUME /var/lib/iga
# `iga serve` listens on the loopback address, where it shows what is public: share a network with a proxy.
HEALTHCHECK --interval=10s --timeout=3s --retries=6 \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8750/healthz', timeout=2)"]
CMD ["iga", "serve"]
