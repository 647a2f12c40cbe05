#!/bin/sh
# Makes what the services tell one another apart by: passwords, and a certificate that signs itself. What is there stays.
set -eu
cd "${1:-/secrets}"
password() { python -c "import secrets; print(secrets.token_urlsafe(24), end='')"; }

if [ ! -s api/neo4j_password ]; then
  password >api/neo4j_password
  printf 'neo4j/%s' "$(cat api/neo4j_password)" >neo4j/auth
fi
if [ ! -s api/postgresql_password ]; then
  password >api/postgresql_password
  cp api/postgresql_password postgresql/password
fi
if [ ! -s proxy/key.pem ]; then
  openssl req -x509 -newkey rsa:3072 -nodes -days 90 -subj /CN=localhost -addext subjectAltName=DNS:localhost,IP:127.0.0.1 \
    -out proxy/certificate.pem -keyout proxy/key.pem 2>/dev/null
fi
chmod 0444 api/* neo4j/* postgresql/* proxy/*   # each service runs as an account of its own and has its volume alone
