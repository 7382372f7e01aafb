using System.Globalization;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Cli.Replays.Import;

/// <summary>
/// CPView histories: each file is an SGM, and all of them are one Security Group, whose demand is what its members carried
/// together.
/// </summary>
internal sealed class CpviewImporter : ITraceImporter
{
    /// <summary>That of the service's forecasts; CPView writes a row a minute.</summary>
    private static readonly TimeSpan UsualStep = TimeSpan.FromMinutes(5);

    /// <summary>A member that is silent for less has not left the group.</summary>
    private static readonly TimeSpan Absence = TimeSpan.FromHours(1);

    public IReadOnlyList<ImportedTrace> Read(IReadOnlyList<string> files, ImportOptions options)
    {
        var points = files.Select(file => new CpviewFile(file).Read(options)).ToList();
        var usual = points.Select(static p => PointGrid.StepOf([.. p.Select(static one => one.Time)])!.Value).ToList();
        var step = options.Step ?? (usual.Max() > UsualStep ? usual.Max() : UsualStep);
        var members = points.Zip(usual, (p, u) => PointGrid.Of(p, step, u < step ? u : step)).ToList();
        double? unit = options.Resource == Resource.CpuWork ? 1 : null;
        return [new(Name(files), Name(files), Sum(members, step), unit)];
    }

    private static TimeSeries Sum(List<TimeSeries> members, TimeSpan step)
    {
        var start = members.Min(static m => m.Start);
        var sum = new double[(int)Math.Round((members.Max(static m => m.End) - start) / step)];
        Array.Fill(sum, double.NaN);
        foreach (var member in members)
        {
            var values = PointGrid.Over(member, start, sum.Length);
            for (var i = 0; i < sum.Length; i++)
            {
                sum[i] = double.IsNaN(values[i]) ? sum[i] : double.IsNaN(sum[i]) ? values[i] : sum[i] + values[i];
            }
        }

        // Where a member only failed to report, the others are not all of it.
        foreach (var member in members)
        {
            foreach (var (first, count) in Gaps(member).Where(gap => gap.Count * step < Absence))
            {
                Array.Fill(sum, double.NaN, (int)Math.Round((member.Start - start) / step) + first, count);
            }
        }

        return new(start, step, sum);
    }

    /// <summary>Where nothing is known between two points that are.</summary>
    private static List<(int First, int Count)> Gaps(TimeSeries member)
    {
        var gaps = new List<(int, int)>();
        var last = 0;
        for (var i = 1; i < member.Count; i++)
        {
            if (!double.IsNaN(member.Values.Span[i]))
            {
                if (i - last > 1)
                {
                    gaps.Add((last + 1, i - last - 1));
                }

                last = i;
            }
        }

        return gaps;
    }

    private static string Name(IReadOnlyList<string> files) => files.Count == 1
        ? Path.GetFileNameWithoutExtension(files[0])
        : string.Create(
            CultureInfo.InvariantCulture, $"{Path.GetFileNameWithoutExtension(files[0])} and {files.Count - 1} more");
}
