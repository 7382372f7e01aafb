namespace Maestro.Telemetry.Cli.Replays.Import;

/// <summary>One series of a Prometheus server.</summary>
/// <param name="Key">Its labels as one text, to find it again in another file.</param>
/// <param name="Labels">Names and values.</param>
internal sealed record PrometheusSeries(string Key, IReadOnlyDictionary<string, string> Labels)
{
    /// <summary>Values by seconds of Unix time; NaN where missing.</summary>
    public SortedList<double, double> Points { get; } = [];
}
