using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Gaia;
using Maestro.Telemetry.Gaia.Diagnostics;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Server.Ingest;

namespace Maestro.Telemetry.Server.Polling;

/// <summary>
/// Asks the members of one group, round by round. Until one has answered, members are asked one by one, so that a password
/// that is refused is tried once; then several at once. Whose samples come anyway is not asked.
/// </summary>
internal sealed partial class GroupPoller(
    int group,
    PollingOptions options,
    DiagnosticsClient client,
    PolledMembers members,
    PolledRows rows,
    LatestBoard latest,
    PollCounters counters,
    PollBoard board,
    TimeProvider time,
    ILogger<GroupPoller> logger) : IAsyncDisposable
{
    // So many members in a row without an answer, and none with one: the group is the matter, not they.
    private const int PatienceMembers = 3;
    private const int ShownMembers = 3;

    private readonly Dictionary<GatewaySerial, PolledMember> _members = [];
    private List<string> _told = [];

    public int Group => group;

    /// <summary>Rounds in a row in which nobody answered.</summary>
    public int Failures { get; private set; }

    /// <summary>Asks every member once.</summary>
    public async Task RoundAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        if (members.Of(new(group)) is not { } present)
        {
            Tell(["it is not known who is in it: the fabric has not been read yet."]);
            return;
        }

        var due = Due(present);
        var problem = present.Count == 0 ? "the fabric has no member of it; check Maestro:Polling:Targets." : null;
        try
        {
            var answered = await AskAsync(due, cancellationToken);
            Failures = answered || due.Count == 0 ? 0 : Failures + 1;
        }
        catch (GaiaException e) when (IsOfGroup(e))
        {
            problem = e.Message;
            Failures++;
        }

        foreach (var unasked in due.Where(m => !m.IsSettled))
        {
            Settle(unasked, PollOutcome.Deferred);
        }

        counters.CountRound(group, time.GetElapsedTime(started));
        Tell(problem is null ? Describe() : [problem]);
    }

    public ValueTask DisposeAsync() => client.DisposeAsync();

    /// <summary>Whom to ask in this round: those first who answered before.</summary>
    private List<PolledMember> Due(IReadOnlyList<Gateway> present)
    {
        var serials = present.Select(g => g.Serial).ToHashSet();
        foreach (var gone in _members.Keys.Where(serial => !serials.Contains(serial)).ToList())
        {
            _members.Remove(gone);
        }

        var due = new List<PolledMember>();
        foreach (var gateway in present)
        {
            if (!_members.TryGetValue(gateway.Serial, out var member))
            {
                _members[gateway.Serial] = member = new PolledMember(gateway);
            }

            (member.Gateway, member.IsSettled) = (gateway, false);
            if (IsPushed(member))
            {
                (member.Failures, member.RoundsOut, member.Problem) = (0, 0, null);
                Settle(member, PollOutcome.Pushed);
            }
            else if (member.RoundsOut > 0)
            {
                member.RoundsOut--;
                Settle(member, PollOutcome.Deferred);
            }
            else
            {
                due.Add(member);
            }
        }

        return [.. due.OrderBy(m => m.Failures)];
    }

    /// <summary>Whether the newest sample is fresh, is not one of ours, and says what we would ask for.</summary>
    private bool IsPushed(PolledMember member)
    {
        var serial = member.Gateway.Serial;
        return latest.NewestOf(serial) is { } newest
            && newest > member.LastRow
            && time.GetUtcNow() - newest <= options.Interval
            && double.IsFinite(latest.ValueOf(serial, MetricId.CpuMeanPercent));
    }

    /// <returns>Whether anybody answered.</returns>
    private async Task<bool> AskAsync(List<PolledMember> due, CancellationToken cancellationToken)
    {
        var asked = 0;
        var answered = false;
        while (!answered && asked < Math.Min(due.Count, PatienceMembers))
        {
            answered = await AskAsync(due[asked++], cancellationToken);
        }

        if (answered)
        {
            await Parallel.ForEachAsync(
                due[asked..],
                new ParallelOptions { MaxDegreeOfParallelism = options.Parallel, CancellationToken = cancellationToken },
                async (member, token) => await AskAsync(member, token));

            // Only now: while nobody answers, the members are not to blame.
            foreach (var failed in due.Where(m => m.Failures > 0))
            {
                failed.RoundsOut = PollPace.RoundsOut(failed.Failures);
            }
        }

        return answered;
    }

    /// <returns>Whether the member answered.</returns>
    private async Task<bool> AskAsync(PolledMember member, CancellationToken cancellationToken)
    {
        try
        {
            var reading = await client.ReadAsync(member.Id, cancellationToken);
            (member.Failures, member.Problem) = (0, reading.MemoryProblem);
            Take(member, reading);
            return true;
        }
        catch (GaiaException e)
        {
            Settle(member, PollOutcome.Failed, ReasonOf(e));
            if (IsOfGroup(e))
            {
                throw;
            }

            member.Failures++;
            member.Problem = e.Message;
            return false;
        }
    }

    private void Take(PolledMember member, MemberReading reading)
    {
        if (!members.IsStill(member.Gateway))
        {
            // Its number may be another SGM's by now: nobody can say whose figures these are.
            Settle(member, PollOutcome.Refused, "Moved");
        }
        else if (rows.HandIn(member, reading) is var (reason, sentence))
        {
            member.Problem = sentence;
            Settle(member, PollOutcome.Refused, reason);
        }
        else
        {
            Settle(member, PollOutcome.Accepted);
        }
    }

    private void Settle(PolledMember member, PollOutcome outcome, string reason = "none")
    {
        member.IsSettled = true;
        counters.Count(group, outcome, reason);
    }

    /// <summary>Whether the next member would fare no better.</summary>
    private static bool IsOfGroup(GaiaException e) => e is GaiaAuthenticationException or GaiaUnreachableException;

    private static string ReasonOf(GaiaException e) => e.GetType().Name["Gaia".Length..^"Exception".Length];

    private List<string> Describe()
    {
        var problems = _members.Values
            .Where(m => m.Problem is not null)
            .OrderBy(m => m.Gateway.Site)
            .ThenBy(m => m.Gateway.MemberId)
            .ToList();
        var shown = problems.Take(ShownMembers).Select(m => $"member {m.Id} (SGM {m.Gateway.Serial}): {m.Problem}");
        return problems.Count > ShownMembers
            ? [.. shown, FormattableString.Invariant($"and {problems.Count - ShownMembers} more of its members.")]
            : [.. shown];
    }

    private void Tell(List<string> problems)
    {
        board.Set(group, [.. problems.Select(p => FormattableString.Invariant($"Polling of Security Group {group}: {p}"))]);
        if (problems.SequenceEqual(_told))
        {
            return;
        }

        _told = problems;
        if (problems.Count > 0)
        {
            LogProblem(group, string.Join(' ', problems));
        }
        else
        {
            LogWell(group);
        }
    }

    [LoggerMessage(1701, LogLevel.Warning, "Polling of Security Group {Group}: {Problems}")]
    private partial void LogProblem(int group, string problems);

    [LoggerMessage(1702, LogLevel.Information, "Polling of Security Group {Group}: every member answers")]
    private partial void LogWell(int group);
}
