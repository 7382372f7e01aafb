using Maestro.Telemetry.Cli.Replays.Import;
using Maestro.Telemetry.Replay;

namespace Maestro.Telemetry.Cli.Replays.Scenarios;

/// <summary>Reads the groups of a scenario and their traces.</summary>
/// <param name="directory">Where relative paths begin.</param>
/// <param name="settings">What holds where a group says nothing.</param>
/// <param name="import">Which part of the traces is wanted.</param>
internal sealed class ScenarioGroups(string directory, ReplaySettings settings, ImportOptions import)
{
    private static readonly Dictionary<string, TraceFormat> Formats = new()
    {
        ["csv"] = TraceFormat.Csv,
        ["prometheus"] = TraceFormat.Prometheus,
        ["cpview"] = TraceFormat.Cpview,
        ["store"] = TraceFormat.Store,
    };

    /// <summary>The group; null when something is wrong with it.</summary>
    public ReplayGroupPlan? Read(ScenarioFields fields)
    {
        if (!fields.IsObject)
        {
            return null;
        }

        var name = fields.Text("name");
        var trace = Trace(fields);
        var shift = fields.Duration("shift") ?? TimeSpan.Zero;
        var peak = fields.Number("peakUnits", 1, 1_000);
        var capacity = fields.Number("unitCapacity", 1e-9, 1e18);
        if (peak is not null && capacity is not null)
        {
            fields.Error("unitCapacity", "and peakUnits both size a unit; give one of them");
        }

        var initial = fields.Whole("initialUnits", 1, 1_000);
        var joins = Joins(fields.Within("join"));
        var adapt = ScenarioPolicy.Read(fields.Within("policy"), joins.Lead);
        fields.Done();
        if (trace is null)
        {
            return null;
        }

        if (shift.Ticks % trace.Series.Step.Ticks != 0)
        {
            fields.Error("shift", $"is {shift:c}; it must be a whole number of steps of {trace.Series.Step:c}");
        }

        return new()
        {
            Name = name ?? trace.Name,
            Series = trace.Series with { Start = trace.Series.Start + shift },
            UnitCapacity = capacity ?? (peak is null && !settings.PeakUnitsGiven ? trace.UnitCapacity : null),
            PeakUnits = peak,
            InitialUnits = initial,
            Joins = joins,
            Adapt = adapt,
        };
    }

    private ImportedTrace? Trace(ScenarioFields fields)
    {
        var named = fields.Texts("trace");
        var column = fields.Text("column");
        var group = fields.Whole("group", 1, int.MaxValue);
        var options = import with
        {
            Resource = fields.Choice("resource", Resources.Names) ?? settings.Resource,
            Columns = column is null ? [] : [column],
            Groups = group is { } number ? [number] : [],
        };
        var format = fields.Choice("format", Formats);
        var files = named.Select(file => Path.Combine(directory, file)).ToList();
        var missing = files.FirstOrDefault(static file => !File.Exists(file) && !Directory.Exists(file));
        if (files.Count == 0 || missing is not null)
        {
            fields.Error(
                "trace", missing is null ? "is missing; name a file" : $"is '{missing}', and there is no such file");
            return null;
        }

        return One(fields, new(format ?? TraceImport.FormatOf(files[0]), files), options);
    }

    private static ImportedTrace? One(ScenarioFields fields, TraceSource source, ImportOptions options)
    {
        try
        {
            var traces = TraceImport.Read([source], options);
            if (traces is [var one])
            {
                return one;
            }

            fields.Error(
                "trace",
                $"holds {string.Join(", ", traces.Select(static t => t.Column))}, and a group has one demand; choose by "
                + "column, or by group in a store");
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            fields.Error("trace", $"cannot be read: {e.Message.TrimEnd('.')}");
        }

        return null;
    }

    private JoinTimes Joins(ScenarioFields fields)
    {
        var joins = new JoinTimes
        {
            Lead = fields.Duration("lead") ?? settings.Lead,
            Spread = fields.Number("spread", 1, 10) ?? settings.JoinSpread,
            FailureShare = fields.Number("failures", 0, 0.9) ?? settings.JoinFailures,
            Seed = settings.Seed,
        };
        fields.Done();
        return joins;
    }
}
