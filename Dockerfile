# The HTTP service, without a shell user's rights and on a read-only file system; see docker-compose.yml.
FROM python:3.11-slim AS build
WORKDIR /src
COPY requirements/run.txt requirements/build.txt requirements/
RUN python -m venv /opt/iga \
 && /opt/iga/bin/pip install --no-cache-dir --require-hashes -r requirements/run.txt -r requirements/build.txt
COPY . .
RUN /opt/iga/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.11-slim
RUN useradd --system --uid 10001 --home-dir /var/lib/iga --create-home iga
COPY --from=build /opt/iga /opt/iga
ENV PATH=/opt/iga/bin:$PATH IGA_HOME=/var/lib/iga PYTHONUNBUFFERED=1
USER iga
VOLUME /var/lib/iga
# `iga serve` listens on the loopback address only, until there is authentication: run it with the host's network.
HEALTHCHECK --interval=10s --timeout=3s --retries=6 \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8750/healthz', timeout=2)"]
CMD ["iga", "serve"]
