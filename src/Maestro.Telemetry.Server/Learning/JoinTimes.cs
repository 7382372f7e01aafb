using System.Diagnostics.Metrics;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Scaling.Learning;
using Maestro.Telemetry.Server.Autoscaling;

namespace Maestro.Telemetry.Server.Learning;

/// <summary>
/// How long joins and approvals took, by the ledger; read anew each hour, and when a command was verified meanwhile.
/// Safe for concurrent use.
/// </summary>
internal sealed class JoinTimes
{
    private const int MostCommands = 20_000;
    private static readonly TimeSpan Holds = TimeSpan.FromHours(1);

    private readonly ILedger _ledger;
    private volatile Reading _last = new(LearnedTimes.Empty, DateTimeOffset.MinValue, null);

    public JoinTimes(ILedger ledger, IMeterFactory meters)
    {
        _ledger = ledger;
        var meter = meters.Create(CommandCounters.MeterName);
        meter.CreateObservableGauge(
            "maestro.autoscaler.learned_join_time",
            () => _last.Times.Joins.SelectMany(Joins),
            "s",
            "Time from the approval until the SGM was ACTIVE, over 90 days; newer joins count more.");
        meter.CreateObservableGauge(
            "maestro.autoscaler.learned_approval_time",
            () => _last.Times.Approvals.SelectMany(a => Quantiles(a.Time, [new("group", a.Group.Value)])),
            "s",
            "Time from the proposal until an operator approved it, over 90 days; newer ones count more.");
    }

    /// <summary>What is known at <paramref name="now"/>.</summary>
    /// <param name="recent">Commands that were read already; a verified one that is new makes the rest be read.</param>
    /// <param name="fabric">Says which model an SGM is of.</param>
    /// <param name="now">The time of the plan.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<LearnedTimes> ReadAsync(
        IEnumerable<ScalingCommand> recent,
        FabricSnapshot fabric,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var newest = recent.Where(c => c.State is CommandState.Verified).MaxBy(c => c.UpdatedAt)?.Id;

        // Also after the clock was set back: what was read in the future would hold for too long.
        var last = _last;
        if (newest != last.Newest || (now - last.At).Duration() >= Holds)
        {
            var commands = await _ledger.ListCommandsAsync(now - TimeLearner.Window, MostCommands, cancellationToken);
            last = new(TimeLearner.Learn(commands, fabric, now), now, newest);
            _last = last;
        }

        return last.Times;
    }

    private static IEnumerable<Measurement<double>> Joins(LearnedJoin join) => Quantiles(
        join.Time,
        [
            new("site", join.Site.Value),
            new("model", join.Model),
            new("kind", (join.IsMove ? CommandKind.Move : CommandKind.Add).ToString()),
        ]);

    private static IEnumerable<Measurement<double>> Quantiles(
        LearnedTime time, KeyValuePair<string, object?>[] tags) =>
        [
            new(time.P50.TotalSeconds, [.. tags, new("quantile", "0.5")]),
            new(time.P90.TotalSeconds, [.. tags, new("quantile", "0.9")]),
            new(time.P99.TotalSeconds, [.. tags, new("quantile", "0.99")]),
        ];

    private sealed record Reading(LearnedTimes Times, DateTimeOffset At, string? Newest);
}
