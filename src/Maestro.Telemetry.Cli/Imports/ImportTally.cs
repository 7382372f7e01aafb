namespace Maestro.Telemetry.Cli.Imports;

/// <summary>How many minutes of a history came to what.</summary>
internal sealed class ImportTally
{
    private readonly long[] _counts = new long[Enum.GetValues<MinuteFate>().Length];
    private readonly (DateTimeOffset First, DateTimeOffset Last)?[] _spans =
        new (DateTimeOffset First, DateTimeOffset Last)?[Enum.GetValues<MinuteFate>().Length];

    public long this[MinuteFate fate] => _counts[(int)fate];

    /// <summary>The first and the last minute of a kind; null when there is none.</summary>
    public (DateTimeOffset First, DateTimeOffset Last)? SpanOf(MinuteFate fate) => _spans[(int)fate];

    /// <summary>Counts a minute; they come in order of time.</summary>
    public void Add(MinuteFate fate, DateTimeOffset minute)
    {
        _counts[(int)fate]++;
        _spans[(int)fate] = (_spans[(int)fate]?.First ?? minute, minute);
    }
}
