#!/bin/bash
# Runs once, after InfluxDB has made the bucket "maestro" on an empty volume: the bucket of raw samples, the names by
# which the 1.x API finds both, and a user each for the collector and for Grafana, who is only let read.
set -euo pipefail

samples="$(influx bucket create --name maestro/samples --retention 168h --org "$DOCKER_INFLUXDB_INIT_ORG" --json |
  sed -n 's/.*"id": *"\([0-9a-f]*\)".*/\1/p' | head -n 1)"
main="$DOCKER_INFLUXDB_INIT_BUCKET_ID"

influx v1 dbrp create --org "$DOCKER_INFLUXDB_INIT_ORG" --db maestro --rp autogen --default --bucket-id "$main"
influx v1 dbrp create --org "$DOCKER_INFLUXDB_INIT_ORG" --db maestro --rp samples --bucket-id "$samples"

influx v1 auth create --org "$DOCKER_INFLUXDB_INIT_ORG" --username maestro \
  --password "$(cat /run/secrets/influxdb-writer)" \
  --read-bucket "$main" --write-bucket "$main" --read-bucket "$samples" --write-bucket "$samples"
influx v1 auth create --org "$DOCKER_INFLUXDB_INIT_ORG" --username grafana \
  --password "$(cat /run/secrets/influxdb-reader)" \
  --read-bucket "$main" --read-bucket "$samples"
