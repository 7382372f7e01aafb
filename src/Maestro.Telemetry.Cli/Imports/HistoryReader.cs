using System.Globalization;
using Maestro.Telemetry.Cli.Backtests;
using Maestro.Telemetry.Cli.Replays.Import;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Cli.Imports;

/// <summary>Reads recordings as history of SGMs or of a group, in the units that are stored.</summary>
internal sealed class HistoryReader(ImportSettings settings)
{
    /// <summary>Longer means hide the peaks that a group is sized for.</summary>
    private static readonly TimeSpan LongestStep = TimeSpan.FromHours(1);

    /// <summary>One series for each SGM, or one for the group.</summary>
    /// <exception cref="FormatException">A recording is not what it should be; the message says where, and what to do.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public IReadOnlyList<HistorySeries> Read()
    {
        var kind = KindOf();
        var unit = UnitOf(kind == TraceFormat.Cpview);
        var bounds = unit.Bounds(settings.Serials.Count == 0);

        // Prometheus gives a long time in several answers; each of the other files is a series of its own.
        var sources = kind == TraceFormat.Prometheus
            ? [new(kind, settings.Files)]
            : settings.Files.Select(file => new TraceSource(kind, [file]));
        var traces = TraceImport.Read(sources, settings.ToOptions(bounds));
        CheckCount(traces);
        return [.. traces.Select((trace, i) => Series(
            trace, settings.Serials.Count == 0 ? GatewaySerial.WholeGroup : settings.Serials[i], unit, bounds))];
    }

    private TraceFormat KindOf()
    {
        var kinds = settings.Files.Select(TraceImport.FormatOf).Distinct().ToList();
        if (kinds.Contains(TraceFormat.Store))
        {
            throw new FormatException(
                $"{settings.Files[0]} is a store of this product; `maestro migrate` takes all that is in it.");
        }

        if (kinds.Count > 1)
        {
            throw new FormatException(
                $"The files are of several kinds ({string.Join(", ", kinds)}); import those of each kind by themselves.");
        }

        if (kinds[0] == TraceFormat.Cpview && settings.Serials.Count == 0)
        {
            throw new FormatException(
                $"{settings.Files[0]} is of one SGM; name it with --serial, once for each file.");
        }

        return kinds[0];
    }

    private ImportUnit UnitOf(bool isCpview)
    {
        var name = Resources.Names.First(pair => pair.Value == settings.Resource).Key;
        if (isCpview && settings.Resource == Resource.CpuWork)
        {
            // The importer gives the busy share of the SGM.
            return settings.Unit is null or ImportUnit.Percent
                ? ImportUnit.Of(settings.Resource, name, "sgms")
                : throw new FormatException($"--unit is '{settings.Unit}', and CPView has percent; leave --unit out.");
        }

        var unit = ImportUnit.Of(settings.Resource, name, settings.Unit);
        if ((unit.Name == ImportUnit.Percent && settings.Serials.Count == 0) == settings.Members is null)
        {
            throw new FormatException(settings.Members is null
                ? "--members is missing: say how many SGMs the percentages of the group are a mean of, weighed by their models."
                : "--members is for percentages of a whole group; leave it out.");
        }

        return unit;
    }

    private void CheckCount(IReadOnlyList<ImportedTrace> traces)
    {
        var wanted = Math.Max(1, settings.Serials.Count);
        if (traces.Count != wanted)
        {
            throw new FormatException(string.Create(
                CultureInfo.InvariantCulture,
                $"There are {traces.Count} series ({string.Join(", ", traces.Select(static t => t.Column))}), and ")
                + (settings.Serials.Count == 0
                    ? "a group has one; choose it with --column, or name the SGM of each with --serial."
                    : string.Create(CultureInfo.InvariantCulture, $"--serial is given {wanted} times; give it once for each.")));
        }
    }

    private HistorySeries Series(
        ImportedTrace trace, GatewaySerial serial, ImportUnit unit, (double Least, double Most) bounds)
    {
        var points = ByMinute(trace);
        var factor = unit.Factor * (settings.Members ?? 1);
        var values = new double[points.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var value = points.Values.Span[i];
            values[i] = value < bounds.Least || value > bounds.Most
                ? throw new FormatException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{trace.Name}: the value of {points.TimeAt(i):u} is {value}; it must be from {bounds.Least} to ")
                    + string.Create(CultureInfo.InvariantCulture, $"{bounds.Most} {unit.Name}; look at --unit."))
                : value * factor;
        }

        return new(trace.Column, serial, MetricOf(settings.Resource), new(
            HistorySeries.Floor(points.Start - points.Step), points.Step, values));
    }

    /// <summary>Points stand at the end of what they are the mean of, as in a replay.</summary>
    private static TimeSeries ByMinute(ImportedTrace trace)
    {
        var (series, step) = (trace.Series, trace.Series.Step);
        if (step < HistorySeries.Minute)
        {
            return PointGrid.Of(
                [
                    .. Enumerable.Range(0, series.Count).Select(i =>
                        ((series.TimeAt(i) - DateTimeOffset.UnixEpoch).TotalSeconds, series.Values.Span[i])),
                ],
                HistorySeries.Minute,
                step);
        }

        return step <= LongestStep && step.Ticks % HistorySeries.Minute.Ticks == 0
            ? series
            : throw new FormatException(
                $"{trace.Name} has a point each {BacktestView.Say(step)}; it must be at least one an hour, and each whole "
                + "minutes after the one before; ask the source for 5 minutes.");
    }

    private static MetricId MetricOf(Resource resource) => resource switch
    {
        Resource.CpuWork => MetricId.CpuMeanPercent,
        Resource.BitsPerSecond => MetricId.ReceivedBitsPerSecond,
        Resource.ConcurrentConnections => MetricId.ConcurrentConnections,
        _ => MetricId.ConnectionsPerSecond,
    };
}
