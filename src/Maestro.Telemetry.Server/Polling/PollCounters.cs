using System.Diagnostics.Metrics;
using System.Globalization;
using Maestro.Telemetry.Server.Ingest;

namespace Maestro.Telemetry.Server.Polling;

/// <summary>Polls since the start: each member in each round is one, with one outcome.</summary>
internal sealed class PollCounters
{
    private readonly Counter<long> _polls;
    private readonly Histogram<double> _rounds;

    public PollCounters(IMeterFactory meters)
    {
        var meter = meters.Create(RowCounters.MeterName);
        _polls = meter.CreateCounter<long>(
            "maestro.polling.polls", "{poll}", "Members of polled groups in each round, by group, outcome and reason.");
        _rounds = meter.CreateHistogram<double>(
            "maestro.polling.round_duration", "s", "Time that a round over a group takes, by group.");
    }

    /// <param name="reason">Why it failed or was refused; none when it did not.</param>
    public void Count(int group, PollOutcome outcome, string reason = "none") => _polls.Add(
        1,
        Group(group),
        new KeyValuePair<string, object?>("outcome", outcome.ToString().ToLowerInvariant()),
        new KeyValuePair<string, object?>("reason", reason));

    public void CountRound(int group, TimeSpan elapsed) => _rounds.Record(elapsed.TotalSeconds, Group(group));

    private static KeyValuePair<string, object?> Group(int group) =>
        new("group", group.ToString(CultureInfo.InvariantCulture));
}
