using Maestro.Telemetry.Cli.Replays.Import;
using Maestro.Telemetry.Forecasting;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Cli.Replays;

/// <summary>What `maestro replay` was asked for.</summary>
internal sealed record ReplaySettings
{
    /// <summary>Files of any kind; each column of each is a group.</summary>
    public required IReadOnlyList<string> Traces { get; init; }

    /// <summary>Files whose kind is known.</summary>
    public IReadOnlyList<TraceSource> Sources { get; init; } = [];

    /// <summary>A file that describes several groups; null for none. What it does not say is as here.</summary>
    public string? Scenario { get; init; }

    /// <summary>What is demanded, where a file holds several resources.</summary>
    public Resource Resource { get; init; } = Resource.CpuWork;

    /// <summary>Security Groups of a store; empty for all.</summary>
    public IReadOnlyList<int> Groups { get; init; } = [];

    /// <summary>Only samples at or after it; null for all.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only samples before it; null for all.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Names; empty for all columns.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>The grid that the file must have; null for the one it has.</summary>
    public TimeSpan? Step { get; init; }

    public required TimeSpan Lead { get; init; }

    /// <summary>The .9 quantile of the join time over its median; 1 when all take the same time.</summary>
    public double JoinSpread { get; init; } = 1;

    public double JoinFailures { get; init; }

    public bool JoinsTogether { get; init; } = true;

    /// <summary>Units that the .999 quantile of the trace needs.</summary>
    public required double PeakUnits { get; init; }

    /// <summary>False to leave units as they are where the trace tells what an SGM carries.</summary>
    public bool PeakUnitsGiven { get; init; } = true;

    /// <summary>Members whose loss must be survived; 0 for off.</summary>
    public required int Survive { get; init; }

    /// <summary>Utilization above which demand is violated, in (0, 1].</summary>
    public double Hard { get; init; } = 0.8;

    /// <summary>Utilization to plan for; null for <see cref="Hard"/>.</summary>
    public double? Target { get; init; }

    /// <summary>Share of demand that is to be served, in (0, 1).</summary>
    public double Quantile { get; init; } = 0.98;

    /// <summary>What the change of one unit costs, in unit-hours.</summary>
    public double SwitchingCost { get; init; } = 0.25;

    public int Minimum { get; init; } = 1;

    /// <summary>Free units for all groups; null for as many as they could want.</summary>
    public int? Pool { get; init; }

    /// <summary>History before the first decision; null for 14 days, or 7 of a trace shorter than 28.</summary>
    public TimeSpan? Train { get; init; }

    public required IForecastModel Model { get; init; }

    public TimeSpan RefitEvery { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Contestants; empty for all.</summary>
    public IReadOnlyList<string> Policies { get; init; } = [];

    /// <summary>True to sweep the knob of each policy that has one.</summary>
    public bool Sweep { get; init; }

    /// <summary>Telemetry faults to replay beside the trace as it was; "all" for each.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    /// <summary>Events of the demand to replay beside the trace as it was; "all" for each.</summary>
    public IReadOnlyList<string> Events { get; init; } = [];

    public ulong Seed { get; init; } = 1;

    /// <summary>All recordings.</summary>
    public IEnumerable<TraceSource> AllSources =>
        Traces.Count > 0 ? Sources.Prepend(new(null, Traces)) : Sources;

    public bool Json { get; init; }

    /// <summary>File for the report with pictures; null for none.</summary>
    public string? Html { get; init; }
}
