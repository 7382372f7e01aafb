#!/usr/bin/env bash
# Damages what every decoder reads, for a time, and says how many inputs that were. A failure names its seed.
# Usage: tests/tools/fuzz.sh [MINUTES [SEED]]   (10 minutes in all, over all decoders, from a seed of the clock)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

decoders=8
log=$(mktemp)
trap 'rm -f "$log"' EXIT
export MAESTRO_FUZZ_SECONDS=$((${1:-10} * 60 / decoders)) MAESTRO_FUZZ_SEED=${2:-$(date +%s)} MAESTRO_FUZZ_LOG=$log
echo "Seed $MAESTRO_FUZZ_SEED, $MAESTRO_FUZZ_SECONDS s for each of $decoders decoders."
result=0
dotnet test tests/Maestro.Telemetry.Tests --nologo --filter "FullyQualifiedName~FuzzTests" \
  --logger "console;verbosity=minimal" || result=$?
cat "$log"
exit "$result"
