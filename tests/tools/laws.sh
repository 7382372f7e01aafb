#!/usr/bin/env bash
# Tries every law on many more random cases than a build does, and on other ones. A failure names its case.
# Usage: tests/tools/laws.sh [TIMES [SEED]]   (20 times as many, from a seed of the clock)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

export MAESTRO_TRIALS_TIMES=${1:-20} MAESTRO_TRIALS_SEED=${2:-$(date +%s)}
echo "Seed $MAESTRO_TRIALS_SEED, $MAESTRO_TRIALS_TIMES times as many cases."
exec dotnet test tests/Maestro.Telemetry.Tests --nologo --logger "console;verbosity=minimal"
