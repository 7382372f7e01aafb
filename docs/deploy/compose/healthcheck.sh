#!/bin/bash
# Healthy when /health/ready of the console says 200; over TLS, which bash does not speak, when somebody listens there.
# The image has neither curl nor wget.
set -euo pipefail
port="${MAESTRO_HEALTH_PORT:-8080}"
exec 3<>"/dev/tcp/127.0.0.1/${port}"
if [ "${MAESTRO_HEALTH_TLS:-false}" = true ]; then
  exit 0
fi

printf 'GET /health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3
read -r -t 4 _ status _ <&3
[ "$status" = 200 ]
