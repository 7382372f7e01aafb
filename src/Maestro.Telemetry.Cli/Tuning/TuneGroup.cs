using System.Globalization;
using Maestro.Telemetry.Scaling;

namespace Maestro.Telemetry.Cli.Tuning;

/// <summary>What tuning came to for one group.</summary>
internal sealed record TuneGroup
{
    public required string Name { get; init; }

    /// <summary>The policy as it was given.</summary>
    public required ScalingPolicy Policy { get; init; }

    /// <summary>All settings, the one of the policy first.</summary>
    public required IReadOnlyList<TunePoint> Points { get; init; }

    public required TuneAdvice Advice { get; init; }

    /// <summary>Lines for the group's entry in the configuration: the knobs, and what they were tuned for.</summary>
    public IReadOnlyList<string> Configuration
    {
        get
        {
            var turned = Advice.Best.Setting.Turn(Policy);
            List<string> lines =
            [
                .. TuneKnobs.All.Zip(
                    Advice.Best.Setting.Positions,
                    static (knob, position) => $"\"{knob.Key}\": {TuneKnobs.Configure(knob, position)}"),
                $"\"LeadTime\": \"{Policy.LeadTime:c}\"",
                string.Create(CultureInfo.InvariantCulture, $"\"SurviveFailures\": {Policy.SurviveFailures}"),
            ];

            // The configuration wants it above the target.
            if (turned.TargetUtilization >= new ScalingPolicy { Group = Policy.Group }.HardUtilization)
            {
                var hard = Math.Min(1, turned.TargetUtilization + 0.05);
                lines.Add(string.Create(CultureInfo.InvariantCulture, $"\"HardUtilization\": {hard:0.###}"));
            }

            return [.. lines.Select((line, i) => i < lines.Count - 1 ? line + "," : line)];
        }
    }
}
