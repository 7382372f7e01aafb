#!/usr/bin/env bash
# Kills collector, senders and InfluxDB in any order under load, and holds what is stored against what was acknowledged.
# Usage: tests/tools/kill-rounds.sh [ROUNDS [SEED [sqlite|influxdb]]]   (200 rounds with each store by default)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

log=$(mktemp)
trap 'rm -f "$log"' EXIT
export MAESTRO_KILL_ROUNDS=${1:-200} MAESTRO_KILL_SEED=${2:-20261122} MAESTRO_KILL_LOG=$log
filter="FullyQualifiedName~KillRoundsTests"
[[ -z "${3:-}" ]] || filter="$filter&DisplayName~$3"

# Shown as they come: a run takes a while.
tail -f "$log" &
tail=$!
result=0
dotnet test tests/Maestro.Telemetry.IntegrationTests --nologo --filter "$filter" \
  --logger "console;verbosity=minimal" || result=$?
sleep 1
kill "$tail"
echo
grep " lost, " "$log" || echo "No run came to its end." >&2
exit "$result"
