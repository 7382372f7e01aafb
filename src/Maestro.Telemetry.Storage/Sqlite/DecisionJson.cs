using System.Text.Json;
using Maestro.Telemetry.Scaling;

namespace Maestro.Telemetry.Storage.Sqlite;

/// <summary>A decision record as the JSON that the ledger keeps, for those who show the whole record.</summary>
public static class DecisionJson
{
    public static string Write(DecisionRecord decision) =>
        JsonSerializer.Serialize(decision, LedgerJson.Default.DecisionRecord);
}
