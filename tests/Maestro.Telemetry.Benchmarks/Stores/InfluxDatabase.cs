using System.CommandLine;
using Maestro.Telemetry.Storage.Influx;

namespace Maestro.Telemetry.Benchmarks.Stores;

/// <summary>A database of its own in a server that runs, gone with this.</summary>
internal sealed class InfluxDatabase(Uri server) : IAsyncDisposable
{
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromMinutes(1) };

    /// <summary>The option that names the server.</summary>
    public static Option<Uri?> Option() => new("--influx")
    {
        Description = "An InfluxDB that runs",
        HelpName = "url",
        CustomParser = result =>
        {
            if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var url))
            {
                return url;
            }

            result.AddError($"--influx is '{result.Tokens[0].Value}'; write http://HOST:8086.");
            return null;
        },
    };

    public string Name { get; } = $"maestro_benchmark_{Environment.ProcessId}";

    public InfluxStoreOptions Options => new() { Url = server, Database = Name };

    /// <summary>Asks as Grafana does, and gives the bytes of the answer.</summary>
    /// <exception cref="HttpRequestException">There is no answer, or a refusal.</exception>
    public async Task<long> AskAsync(string statement, CancellationToken cancellationToken)
    {
        using var content = new FormUrlEncodedContent([new("db", Name), new("epoch", "ms"), new("q", statement)]);
        using var answer = await _http.PostAsync(new Uri(server, "/query"), content, cancellationToken);
        var bytes = await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(cancellationToken);
        return bytes.LongLength;
    }

    public async ValueTask DisposeAsync()
    {
        await AskAsync($"DROP DATABASE {Name}", CancellationToken.None);
        _http.Dispose();
    }
}
