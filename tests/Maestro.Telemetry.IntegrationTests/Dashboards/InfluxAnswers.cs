using System.Text.Json;
using Maestro.Telemetry.IntegrationTests.Storage;

namespace Maestro.Telemetry.IntegrationTests.Dashboards;

/// <summary>Answers of an InfluxDB, as rows.</summary>
public sealed class InfluxAnswers(InfluxProcess influx)
{
    public const string Database = "dashboards";

    /// <summary>Rows with their tags, by the names of tags and columns; an error of the server fails the test.</summary>
    public async Task<List<Dictionary<string, string?>>> QueryAsync(string query)
    {
        var text = await influx.AskAsync(query, Database);
        using var answer = JsonDocument.Parse(text);
        Assert.False(answer.RootElement.TryGetProperty("error", out _), $"{text} for {query}");
        var rows = new List<Dictionary<string, string?>>();
        foreach (var result in answer.RootElement.GetProperty("results").EnumerateArray())
        {
            Assert.False(result.TryGetProperty("error", out _), $"{text} for {query}");
            if (result.TryGetProperty("series", out var series))
            {
                rows.AddRange(series.EnumerateArray().SelectMany(RowsOf));
            }
        }

        return rows;
    }

    private static IEnumerable<Dictionary<string, string?>> RowsOf(JsonElement series)
    {
        var columns = series.GetProperty("columns").EnumerateArray().Select(c => c.GetString()!).ToList();
        foreach (var values in series.GetProperty("values").EnumerateArray())
        {
            var row = new Dictionary<string, string?>(StringComparer.Ordinal);
            if (series.TryGetProperty("tags", out var tags))
            {
                foreach (var tag in tags.EnumerateObject())
                {
                    row[tag.Name] = tag.Value.GetString();
                }
            }

            foreach (var (column, value) in columns.Zip(values.EnumerateArray()))
            {
                row[column] = value.ValueKind is JsonValueKind.Null ? null : value.ToString();
            }

            yield return row;
        }
    }
}
