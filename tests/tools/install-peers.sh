#!/bin/sh
# Installs what the tests need from elsewhere, foreign peers, Prometheus and a browser; quick when it is there already.
set -eu
install() {
  sudo=""
  [ "$(id -u)" = 0 ] || sudo="sudo"
  $sudo apt-get update -qq
  DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "$@"
}

peers="$(cd "$(dirname "$0")/../Maestro.Telemetry.IntegrationTests/Interop/peers" && pwd)"

if ! /usr/bin/python3 -c 'import grpc, google.protobuf' 2>/dev/null; then
  install python3 python3-grpcio python3-protobuf
fi

if ! command -v curl >/dev/null 2>&1; then
  install curl
fi

if ! command -v npm >/dev/null 2>&1; then
  install nodejs npm
fi

if ! command -v chromium >/dev/null 2>&1; then
  install chromium
fi

# Both only as programs: backups are made, and the compose file is checked.
if ! command -v sqlite3 >/dev/null 2>&1; then
  install sqlite3
fi

if ! command -v docker-compose >/dev/null 2>&1; then
  install docker-compose
fi

# Only the program: the tests run servers of their own.
if ! command -v influxd >/dev/null 2>&1; then
  install influxdb
fi

# Unpacked, not installed: the packages would start services.
tools="$(cd "$(dirname "$0")/../.." && pwd)/.tools"
unpack() {
  if [ -x "/usr/bin/$1" ] || [ -x "$tools/$1/usr/bin/$1" ]; then
    return
  fi

  unpacked="$(mktemp -d)"
  (
    cd "$unpacked"
    apt-get download -qq "$1" || { install --download-only "$1"; apt-get download -qq "$1"; }
    dpkg-deb -x "$1"_*.deb "$1"
  )
  mkdir -p "$tools"
  mv "$unpacked/$1" "$tools/$1"
  rm -rf "$unpacked"
}

unpack prometheus

# For the benchmarks only.
unpack victoria-metrics

# npm writes this file when it has installed all; it is older than a lock file that has changed since.
installed="$peers/node_modules/.package-lock.json"
if [ ! -e "$installed" ] || [ "$peers/package-lock.json" -nt "$installed" ]; then
  (cd "$peers" && npm ci --no-audit --no-fund --ignore-scripts)
  touch "$installed"
fi

# The compiler and the types that the dashboards are built with.
grafana="$(cd "$(dirname "$0")/../../grafana" && pwd)"
installed="$grafana/node_modules/.package-lock.json"
if [ ! -e "$installed" ] || [ "$grafana/package-lock.json" -nt "$installed" ]; then
  (cd "$grafana" && npm ci --no-audit --no-fund --ignore-scripts)
  touch "$installed"
fi
