using System.Globalization;
using System.Text.Json;
using Maestro.Telemetry.IntegrationTests.Storage;

namespace Maestro.Telemetry.IntegrationTests.Outages;

/// <summary>Asks InfluxDB itself, and not the collector, what it has.</summary>
internal sealed class StoredRows(InfluxProcess server)
{
    private const string Database = "maestro";

    // Enough to see a row that is there twice while another lacks.
    private const int SgmsReadRowByRow = 20;

    /// <summary>How old the newest row of an SGM is; null while there is no answer.</summary>
    public async Task<TimeSpan?> LagAsync(string serial)
    {
        try
        {
            var rows = await RowsAsync(
                $"SELECT \"group_number\" FROM \"samples\".\"sgm\" WHERE \"serial\" = '{serial}' ORDER BY time DESC LIMIT 1");
            return rows is [var newest]
                ? TimeProvider.System.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(newest.Values[0].GetInt64())
                : null;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>Acknowledged rows that are not there, and rows that are there more than once.</summary>
    public async Task<(long Stored, long Lost, long Twice)> CompareAsync(IReadOnlyList<SteadySgm> sgms)
    {
        var counts = (await RowsAsync("SELECT count(\"group_number\") FROM \"samples\".\"sgm\" GROUP BY \"serial\""))
            .ToDictionary(r => r.Serial, r => r.Values[1].GetInt64());
        var (lost, twice) = (0L, 0L);
        foreach (var sgm in sgms)
        {
            var more = counts.GetValueOrDefault(sgm.Serial) - sgm.Acknowledged;
            lost += Math.Max(0, -more);
            twice += Math.Max(0, more);
        }

        foreach (var sgm in sgms.Where((_, i) => i % Math.Max(1, sgms.Count / SgmsReadRowByRow) == 0))
        {
            var rows = await RowsAsync(
                $"SELECT \"group_number\" FROM \"samples\".\"sgm\" WHERE \"serial\" = '{sgm.Serial}'");
            var times = rows.Select(r => r.Values[0].GetInt64()).ToList();
            Assert.Equal(Enumerable.Range(0, (int)sgm.Acknowledged).Select(row => sgm.TimeMs(row)), times);
        }

        return (counts.Values.Sum(), lost, twice);
    }

    /// <summary>The samples that all roll-ups are of.</summary>
    public async Task<long> RolledUpAsync() =>
        await RowsAsync("SELECT sum(\"n\") FROM \"sgm_1m\"") is [var sum] ? sum.Values[1].GetInt64() : 0;

    private async Task<List<(string Serial, JsonElement[] Values)>> RowsAsync(string statement)
    {
        using var answer = JsonDocument.Parse(await server.AskAsync(statement, Database));
        var result = answer.RootElement.GetProperty("results")[0];
        Assert.False(result.TryGetProperty("error", out var error), string.Create(CultureInfo.InvariantCulture, $"{error}"));
        return !result.TryGetProperty("series", out var series) ? [] :
        [
            .. series.EnumerateArray().SelectMany(s => s.GetProperty("values").EnumerateArray().Select(row => (
                s.TryGetProperty("tags", out var tags) ? tags.GetProperty("serial").GetString()! : "",
                row.EnumerateArray().Select(cell => cell.Clone()).ToArray()))),
        ];
    }
}
