using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Server.Autoscaling;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Server.Forecasting;
using Wire = Maestro.Telemetry.Protocol.V1;

namespace Maestro.Telemetry.Server.Control;

/// <summary>Why a group has, or had, the size it has: the decision in force at a time, since when, and what led to it.</summary>
internal sealed class ExplainQuery(
    ILedger ledger,
    PlanBoard board,
    MemberLoads members,
    PolicyCatalogue policies,
    IOptions<AutoscalerOptions> options,
    TimeProvider time)
{
    private const int Page = 100;
    private const int MostPages = 20;

    // A group that lost an SGM is told so for as long as it would still have helped.
    private static readonly TimeSpan LossTold = TimeSpan.FromHours(2);

    /// <summary>The decision in force, in sentences; null when nothing was recorded then.</summary>
    /// <param name="group">The group.</param>
    /// <param name="at">The time; null for now, with the numbers of the newest plan.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<Wire.Explanation?> ExplainAsync(int group, DateTimeOffset? at, CancellationToken cancellationToken)
    {
        var id = new SecurityGroupId(group);
        var now = time.GetUtcNow();
        var asked = at is { } given && given < now ? given : now;
        var newest = board.DecisionOf(id);
        var decision = (at is null ? newest : null) ?? await InForceAsync(id, asked, cancellationToken);
        if (decision is null)
        {
            return null;
        }

        var (since, lost) = await BeforeAsync(decision, cancellationToken);
        var explanation = new Wire.Explanation
        {
            Group = group,
            Time = decision.Time.ToTimestamp(),
            Since = since.ToTimestamp(),
            Decision = WireMapping.ToWire(decision),
        };
        var sentences = DecisionSentences.Explain(decision);
        explanation.Sentences.Add(sentences[0]);
        explanation.Sentences.Add($"It has been so since {Said(since)}{Gap(decision, asked)}.");
        explanation.Sentences.AddRange(sentences.Skip(1));
        if (lost is not null)
        {
            explanation.Sentences.AddRange(DecisionSentences.Lost(lost).Select(s => $"At {Said(lost.Time)}: {s}"));
        }

        if (newest?.Id == decision.Id && policies.Find(id) is { } policy)
        {
            explanation.Sentences.AddRange(members.Explain(policy));
        }

        return explanation;
    }

    /// <summary>Why there is nothing to explain, and what would change that.</summary>
    public async Task<string> WhyNothingAsync(int group, DateTimeOffset? at, CancellationToken cancellationToken)
    {
        var id = new SecurityGroupId(group);
        if (await InForceAsync(id, time.GetUtcNow(), cancellationToken) is { } newest)
        {
            return $"Nothing was recorded for group {group} at or before {Said(at ?? time.GetUtcNow())}: its records "
                + $"begin later, and the newest is of {Said(newest.Time)}. Ask for a later time.";
        }

        return policies.Find(id) is null
            ? $"Group {group} has no policy in Maestro:Fabric:Groups, so that nothing is decided for it."
            : $"Nothing was recorded for group {group} yet; the first decision comes within {options.Value.EvaluateEvery}.";
    }

    private async Task<DecisionRecord?> InForceAsync(
        SecurityGroupId group, DateTimeOffset at, CancellationToken cancellationToken) =>
        await ledger.ListDecisionsAsync(group, at, 1, cancellationToken) is [var record] ? record : null;

    // Since when the group's records say the same, and the last of them in which it lost an SGM that it still lacks.
    private async Task<(DateTimeOffset Since, DecisionRecord? Lost)> BeforeAsync(
        DecisionRecord decision, CancellationToken cancellationToken)
    {
        var (since, before) = (decision.Time, decision.Time);
        var (sameSoFar, seeksLoss) = (true, decision.Lost is null && decision.IsShort);
        for (var page = 0; page < MostPages; page++)
        {
            var records = await ledger.ListDecisionsAsync(decision.Group, before, Page, cancellationToken);
            foreach (var record in records)
            {
                sameSoFar &= DecisionLog.IsSame(record, decision);
                since = sameSoFar ? record.Time : since;
                seeksLoss &= decision.Time - record.Time <= LossTold && (record.IsShort || record.Lost is not null);
                if (seeksLoss && record.Lost is not null)
                {
                    // Where a loss was is another decision, so that all records of this one were seen.
                    return (since, record);
                }

                if (!sameSoFar && !seeksLoss)
                {
                    return (since, null);
                }
            }

            if (records.Count < Page)
            {
                break;
            }

            before = records[^1].Time.AddTicks(-1);
        }

        return (since, null);
    }

    // Records come at least at each heartbeat: a longer silence says that nobody looked.
    private string Gap(DecisionRecord decision, DateTimeOffset asked) =>
        asked - decision.Time > options.Value.DecisionHeartbeat * 2
            ? $"; after {Said(decision.Time)} nothing was recorded up to {Said(asked)}, as the planner did not run"
            : "";

    private static string Said(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
