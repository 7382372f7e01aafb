#!/usr/bin/env bash
# Installs what the tests need, builds, and runs every test. Ends with a line `N passed, N failed`.
# Usage: tests/tools/run-tests.sh [--format]   (--format also holds the formatting)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
passed=0
failed=0

tests/tools/install-peers.sh
dotnet build Maestro.Telemetry.sln --nologo -v quiet

if [[ "${1:-}" == "--format" ]] && ! dotnet format Maestro.Telemetry.sln --verify-no-changes --no-restore; then
  echo "The formatting differs from .editorconfig; run: dotnet format" >&2
  failed=$((failed + 1))
fi

for project in tests/Maestro.Telemetry.Tests tests/Maestro.Telemetry.IntegrationTests; do
  name=$(basename "$project")
  # A failed test is counted below; a run that leaves no result file is a failure of its own.
  dotnet test "$project" --no-build --nologo --logger "trx;LogFileName=$name.trx" --results-directory "$results" \
    --logger "console;verbosity=minimal" || true
  if [[ -f "$results/$name.trx" ]]; then
    counters=$(grep -o '<Counters [^>]*>' "$results/$name.trx")
    passed=$((passed + $(sed 's/.* passed="\([0-9]*\)".*/\1/' <<<"$counters")))
    total=$(sed 's/.* total="\([0-9]*\)".*/\1/' <<<"$counters")
    # Whatever did not pass counts: a test that was not run has held nothing.
    failed=$((failed + total - $(sed 's/.* passed="\([0-9]*\)".*/\1/' <<<"$counters")))
  else
    echo "$name left no results: it crashed or was not built." >&2
    failed=$((failed + 1))
  fi
done

# The matrix of gRPC cases, peers and transports that the run has written.
cat artifacts/bin/Maestro.Telemetry.IntegrationTests/debug/interop-matrix.md || failed=$((failed + 1))
echo

if command -v node >/dev/null; then
  if node --test --test-reporter=tap src/Maestro.Telemetry.Console/tests/ >"$results/console.tap"; then :; else cat "$results/console.tap"; fi
  passed=$((passed + $(sed -n 's/^# pass //p' "$results/console.tap")))
  failed=$((failed + $(sed -n 's/^# fail //p' "$results/console.tap")))
else
  echo "node is missing, so that the console's own tests did not run." >&2
  failed=$((failed + 1))
fi

echo "$passed passed, $failed failed"
[[ "$failed" -eq 0 ]]
