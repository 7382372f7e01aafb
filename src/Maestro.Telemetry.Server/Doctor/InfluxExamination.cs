using System.Globalization;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Storage.Influx;

namespace Maestro.Telemetry.Server.Doctor;

/// <summary>The InfluxDB server and the spool in front of it, when telemetry is kept there.</summary>
internal sealed class InfluxExamination(IOptions<StorageOptions> storage, IOptions<FabricOptions> fabric) : IExamination
{
    private const string SpoolFile = "spool.db";

    public string Area => "influxdb";

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken) =>
        storage.Value.Kind == StoreKind.InfluxDb
            ? [.. await ServerAsync(cancellationToken), .. Spool(Path.GetFullPath(storage.Value.Directory))]
            : [];

    private async Task<List<Finding>> ServerAsync(CancellationToken cancellationToken)
    {
        var options = storage.Value.Influx.ToStore(storage.Value.Retention, fabric.Value.Name, static _ => null);
        await using var history = InfluxTelemetryHistory.Open(options);
        var findings = new List<Finding>();
        try
        {
            var server = await history.GetServerAsync(cancellationToken);
            findings.Add(new(
                Area, Verdict.Ok, $"{options.Url} answers: InfluxDB {(server.Version.Length > 0 ? server.Version : "that hides its release")}."));
            findings.Add(await history.GetSpanAsync(cancellationToken) is var (first, end)
                ? new(Area, Verdict.Ok, string.Create(
                    CultureInfo.InvariantCulture,
                    $"The database {options.Database} can be read; it holds {first:yyyy-MM-dd HH:mm} to {end:yyyy-MM-dd HH:mm} UTC."))
                : new(Area, Verdict.Ok, $"The database {options.Database} can be read, and is empty."));
            var policies = server.Generation == InfluxGeneration.One
                ? await history.GetPoliciesAsync(cancellationToken)
                : null;
            findings.AddRange(RetentionFindings.Of(Area, options, server, policies));
        }
        catch (StoreUnavailableException e)
        {
            findings.Add(findings.Count > 0 && IsMissing(e.Message)
                ? new(
                    Area, Verdict.Warning, $"The database {options.Database} or its policy is not there yet ({e.Message}).",
                    "On 1.x and 3.x the service makes it; on 2.x make the buckets that docs/storage.md names.")
                : new(Area, Verdict.Failed, e.Message, "Look at Maestro:Storage:Influx, and whether the server runs."));
        }

        return findings;
    }

    private static bool IsMissing(string error) => error.Contains("not found", StringComparison.OrdinalIgnoreCase);

    private IEnumerable<Finding> Spool(string directory)
    {
        if (!Directory.Exists(directory))
        {
            yield break;
        }

        var file = new FileInfo(Path.Combine(directory, SpoolFile));
        yield return new(Area, Verdict.Ok, file.Exists
            ? string.Create(CultureInfo.InvariantCulture, $"The spool {file.FullName} takes {file.Length / (double)(1 << 20):F1} MiB on disk.")
            : "There is no spool: the store has never been late.");
        foreach (var damaged in Directory.EnumerateFiles(directory, $"{SpoolFile}.damaged-*").Order(StringComparer.Ordinal))
        {
            yield return new(
                Area, Verdict.Warning, $"{damaged} holds samples that could not all be read back.",
                "Look why the disk gave wrong bytes; delete the file when nobody needs it.");
        }
    }
}
