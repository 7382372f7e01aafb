#!/usr/bin/env bash
# Stops InfluxDB under a steady load of the native stream, starts it again, and holds what it has against what was
# acknowledged: rows lost and twice, how soon live rows came back, how long the spool took.
# Usage: tests/tools/outage.sh [MINUTES [ROWS_A_SECOND]]   (10 minutes at 10,000 rows a second; MINUTES may be 0.5)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

log=$(mktemp)
trap 'rm -f "$log"' EXIT
MAESTRO_OUTAGE_SECONDS=$(awk -v m="${1:-10}" 'BEGIN { printf "%d", m * 60 }')
export MAESTRO_OUTAGE_SECONDS MAESTRO_OUTAGE_RATE=${2:-10000} MAESTRO_OUTAGE_LOG=$log
dotnet build tests/Maestro.Telemetry.IntegrationTests -c Release --nologo -v quiet

# Shown as they come: a run takes a while.
tail -f "$log" &
tail=$!
result=0
dotnet test tests/Maestro.Telemetry.IntegrationTests -c Release --no-build --nologo \
  --filter "FullyQualifiedName~InfluxOutageTests" --logger "console;verbosity=minimal" || result=$?
sleep 1
kill "$tail"
grep -q " lost, " "$log" || echo "The run did not come to its end." >&2
exit "$result"
