using static System.FormattableString;

namespace Maestro.Telemetry.IntegrationTests.Outages;

/// <summary>What became of the rows of an outage.</summary>
/// <param name="Acknowledged">Rows that were acknowledged to their senders.</param>
/// <param name="Stored">Rows that InfluxDB has.</param>
/// <param name="Lost">Acknowledged rows that it has not.</param>
/// <param name="Twice">Rows that it has more than once.</param>
/// <param name="RolledUp">Rows that its roll-ups are of.</param>
/// <param name="MostSpooled">The most rows that were in the spool.</param>
/// <param name="SpoolBytes">The most bytes that its files had.</param>
/// <param name="LiveAfter">From InfluxDB's answer until it had a row that was taken after it.</param>
/// <param name="LagMedian">Age of the newest stored row of an SGM while the spool followed, in seconds.</param>
/// <param name="LagMost">The same at its worst.</param>
/// <param name="CaughtUpAfter">From InfluxDB's answer until the spool was empty.</param>
/// <param name="RowsPerSecond">Rows a second that were stored until then, live ones and those of the spool.</param>
internal sealed record OutageReport(
    long Acknowledged,
    long Stored,
    long Lost,
    long Twice,
    long RolledUp,
    long MostSpooled,
    long SpoolBytes,
    TimeSpan LiveAfter,
    double LagMedian,
    double LagMost,
    TimeSpan CaughtUpAfter,
    double RowsPerSecond)
{
    public override string ToString() => Invariant(
        $"""
        {Acknowledged} rows acknowledged, {Stored} stored, {Lost} lost, {Twice} twice; roll-ups of {RolledUp} rows
        spool: at most {MostSpooled} rows, {SpoolBytes / 1048576.0:F0} MiB
        live rows again after {LiveAfter.TotalSeconds:F1} s; while the spool followed, the newest row stored was {LagMedian:F1} s old (median), {LagMost:F1} s at worst
        caught up after {CaughtUpAfter.TotalSeconds:F0} s: {RowsPerSecond:F0} rows a second
        """);
}
