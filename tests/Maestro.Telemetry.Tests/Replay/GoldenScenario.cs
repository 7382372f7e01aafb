using Maestro.Telemetry.Cli.Replays;
using Maestro.Telemetry.Forecasting;
using Maestro.Telemetry.Replay;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Tests.Replay;

/// <summary>
/// Three groups on one site over ten days of a quarter of an hour each: the busy hours of the second are six hours later,
/// the third has a flash crowd and a gap. They share four free SGMs.
/// </summary>
internal static class GoldenScenario
{
    public const int Pool = 4;

    private static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(15);

    public static ReplaySettings Settings { get; } = new()
    {
        Traces = [],
        Lead = TimeSpan.FromMinutes(15),
        PeakUnits = 6,
        Survive = 0,
        Pool = Pool,
        Train = TimeSpan.FromDays(7),
        JoinSpread = 1.5,
        JoinFailures = 0.05,
        Model = ForecastModels.ByName("seasonal-naive")!,
        RefitEvery = TimeSpan.FromDays(7),
        Seed = 5,
    };

    public static IReadOnlyList<ReplayGroupPlan> Groups { get; } =
    [
        Plan("front", 0, policy: p => p with { Priority = 1, Minimum = 2, Maximum = 8 }),
        Plan("back", 24, 30, p => p with { Priority = 2, Maximum = 7, Quantile = 0.9 }),
        Plan("guests<b>", 48, 60, p => p with { Priority = 3, Maximum = 6 }, crowd: true),
    ];

    public static ReplayOutcome Run(ReplaySettings? settings = null) =>
        new ReplayRun(settings ?? Settings).Run(Groups, null, CancellationToken.None);

    private static ReplayGroupPlan Plan(
        string name,
        int shift,
        int lead = 15,
        Func<ScalingPolicy, ScalingPolicy>? policy = null,
        bool crowd = false)
    {
        var values = new double[10 * 96];
        for (var t = 0; t < values.Length; t++)
        {
            // Whole numbers and no sine: the same on every machine.
            var hour = (t + 96 - shift) % 96;
            var hill = Math.Max(0, 32 - Math.Abs(hour - 56));
            values[t] = 10 + (2 * hill) + (t * 7919 % 11) + (crowd && t is >= 800 and < 806 ? 70 : 0);
        }

        if (crowd)
        {
            Array.Fill(values, double.NaN, 850, 5);
        }

        return new()
        {
            Name = name,
            Series = new(Start, Step, values),
            Joins = new() { Lead = TimeSpan.FromMinutes(lead), Spread = 1.5, FailureShare = 0.05, Seed = 5 },
            Adapt = p => policy!(p) with { LeadTime = TimeSpan.FromMinutes(lead) },
        };
    }
}
