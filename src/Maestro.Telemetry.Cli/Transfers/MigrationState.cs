using System.Text.Json;
using Maestro.Telemetry.Cli.Common;

namespace Maestro.Telemetry.Cli.Transfers;

/// <summary>How far a migration has come, in a file beside it, so that the next run goes on there.</summary>
/// <param name="From">The store read from.</param>
/// <param name="To">The store written to.</param>
/// <param name="Begin">The beginning of the time that is taken.</param>
/// <param name="End">Its end.</param>
/// <param name="Samples">Up to here, samples are there.</param>
/// <param name="Rollups">Up to here, roll-ups are there.</param>
/// <param name="Forecasts">Up to here, forecasts are there.</param>
internal sealed record MigrationState(
    string From,
    string To,
    DateTimeOffset Begin,
    DateTimeOffset End,
    DateTimeOffset Samples,
    DateTimeOffset Rollups,
    DateTimeOffset Forecasts)
{
    /// <summary>The site of each SGM by serial: what a minute has already must not get a second site by a later run.</summary>
    public IReadOnlyDictionary<string, string> Sites { get; init; } = new Dictionary<string, string>();

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>The state that is there; null when there is none.</summary>
    /// <exception cref="FormatException">It is that of another migration, or damaged.</exception>
    public static async Task<MigrationState?> LoadAsync(
        string path, string from, string to, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            var state = JsonSerializer.Deserialize<MigrationState>(await File.ReadAllTextAsync(path, cancellationToken), Json);
            return state is { From: var knownFrom, To: var knownTo } && knownFrom == from && knownTo == to
                ? state
                : throw new FormatException(
                    $"{path} is of the migration from {state?.From} to {state?.To}; give another --state, or delete it.");
        }
        catch (JsonException e)
        {
            throw new FormatException($"{path} is not the state of a migration ({e.Message}); delete it to begin anew.", e);
        }
    }

    public async Task SaveAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = AtomicFile.Create(path);
        await JsonSerializer.SerializeAsync(file.Stream, this, Json, cancellationToken);
        file.Keep();
    }
}
