using System.Globalization;
using System.Text.Json;

namespace Maestro.Telemetry.Benchmarks.Peers;

/// <summary>Asks foreign servers how many values they have.</summary>
internal static class PeerQueries
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    /// <summary>What PromQL counts, in Prometheus and VictoriaMetrics, of the metrics with this before their names.</summary>
    public static async Task<long> CountByPromQlAsync(Uri server, string prefix, CancellationToken cancellationToken)
    {
        var values = 0L;
        foreach (var name in PeerData.Names)
        {
            var query = $"sum(count_over_time({prefix}{name}[30d]))";
            var answer = await AskAsync(new Uri(server, "/api/v1/query"), [new("query", query)], cancellationToken);
            var result = answer.GetProperty("data").GetProperty("result");
            values += result.GetArrayLength() == 0
                ? 0
                : long.Parse(result[0].GetProperty("value")[1].GetString()!, CultureInfo.InvariantCulture);
        }

        return values;
    }

    /// <summary>What InfluxDB counts in the fields that are sent.</summary>
    public static async Task<long> CountByInfluxQlAsync(
        Uri server, string database, string measurement, CancellationToken cancellationToken)
    {
        var fields = string.Join(", ", PeerData.Names.Select(name => $"count({name}) AS {name}"));
        var answer = await AskAsync(
            new Uri(server, "/query"),
            [new("db", database), new("q", $"SELECT {fields} FROM {measurement}")],
            cancellationToken);
        if (!answer.GetProperty("results")[0].TryGetProperty("series", out var series))
        {
            return 0;
        }

        // The first column is a time.
        return series[0].GetProperty("values")[0].EnumerateArray().Skip(1).Sum(count => count.GetInt64());
    }

    public static async Task<JsonElement> AskAsync(
        Uri url, IEnumerable<KeyValuePair<string, string>> form, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = Patience };
        using var content = new FormUrlEncodedContent(form);
        using var answer = await http.PostAsync(url, content, cancellationToken);
        answer.EnsureSuccessStatusCode();
        return JsonElement.Parse(await answer.Content.ReadAsStringAsync(cancellationToken));
    }
}
