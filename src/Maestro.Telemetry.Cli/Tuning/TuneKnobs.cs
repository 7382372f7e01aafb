using System.Globalization;

namespace Maestro.Telemetry.Cli.Tuning;

/// <summary>
/// The knobs that are swept. To sweep another, add a line. Crossed knobs are combined with each other; the others are
/// turned one at a time, at each position of the first knob, while the rest stands where the policy has it.
/// </summary>
internal static class TuneKnobs
{
    private static readonly double[] Headroom = [0.85, 0.9, 0.95, 1];

    public static IReadOnlyList<TuneKnob> All { get; } =
    [
        new()
        {
            Name = "quantile",
            Key = "Quantile",
            Positions = static _ => [0.85, 0.9, 0.95, 0.98, 0.99],
            Read = static policy => policy.Quantile,
            Turn = static (policy, to) => policy with { Quantile = to },
            IsCrossed = true,
        },
        new()
        {
            Name = "target",
            Key = "TargetUtilization",
            Positions = static settings => [.. Headroom.Select(share => Math.Round(share * settings.Hard, 3))],
            Read = static policy => policy.TargetUtilization,
            Turn = static (policy, to) => policy with { TargetUtilization = to },
            IsCrossed = true,
        },
        new()
        {
            Name = "stabilization",
            Key = "Stabilization",
            Positions = static _ => [5, 15, 30, 60],
            Read = static policy => policy.Stabilization.TotalMinutes,
            Turn = static (policy, to) => policy with { Stabilization = TimeSpan.FromMinutes(to) },
            IsDuration = true,
        },
        new()
        {
            Name = "cooldown",
            Key = "Cooldown",
            Positions = static _ => [10, 30, 60],
            Read = static policy => policy.Cooldown.TotalMinutes,
            Turn = static (policy, to) => policy with { Cooldown = TimeSpan.FromMinutes(to) },
            IsDuration = true,
        },
        new()
        {
            Name = "switching",
            Key = "SwitchingCost",
            Positions = static _ => [0.1, 0.25, 0.5, 1, 2, 4],
            Read = static policy => policy.SwitchingCost,
            Turn = static (policy, to) => policy with { SwitchingCost = to },
        },
    ];

    /// <summary>A position for people: 0.95, or 30 min.</summary>
    public static string Say(TuneKnob knob, double position) => knob.IsDuration
        ? string.Create(CultureInfo.InvariantCulture, $"{knob.Name} {position:0} min")
        : string.Create(CultureInfo.InvariantCulture, $"{knob.Name} {position:0.###}");

    /// <summary>A position as the configuration has it.</summary>
    public static string Configure(TuneKnob knob, double position) => knob.IsDuration
        ? $"\"{TimeSpan.FromMinutes(position):c}\""
        : position.ToString("0.###", CultureInfo.InvariantCulture);
}
