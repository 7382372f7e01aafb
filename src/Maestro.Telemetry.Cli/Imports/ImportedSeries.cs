namespace Maestro.Telemetry.Cli.Imports;

/// <summary>What came of one series.</summary>
/// <param name="Series">The series.</param>
/// <param name="Begin">The first minute that may be stored.</param>
/// <param name="End">The end of the last.</param>
/// <param name="TooOld">Minutes before, that the store would not keep.</param>
/// <param name="TooNew">Minutes after, of which samples may still come.</param>
/// <param name="Minutes">What became of those between.</param>
internal sealed record ImportedSeries(
    HistorySeries Series, DateTimeOffset Begin, DateTimeOffset End, long TooOld, long TooNew, ImportTally Minutes)
{
    public long Stored(bool replace) =>
        Minutes[MinuteFate.New] + Minutes[MinuteFate.Added] + (replace ? Minutes[MinuteFate.Different] : 0);
}
