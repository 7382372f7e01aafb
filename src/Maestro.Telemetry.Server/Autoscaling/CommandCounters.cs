using System.Diagnostics.Metrics;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Scaling;

namespace Maestro.Telemetry.Server.Autoscaling;

/// <summary>Commands since the start, by what became of them.</summary>
internal sealed class CommandCounters
{
    public const string MeterName = "Maestro.Telemetry.Autoscaler";

    private const int LatenciesKept = 10_000;

    private readonly Lock _gate = new();
    private readonly Queue<double> _applySeconds = new();
    private readonly Counter<long> _applies;
    private readonly Counter<long> _ends;
    private readonly Counter<long> _decisions;
    private readonly Counter<long> _brakes;
    private readonly Histogram<double> _applyDuration;
    private readonly Histogram<double> _joinDuration;
    private long _add;
    private long _remove;
    private long _move;
    private long _failed;

    public CommandCounters(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _applies = meter.CreateCounter<long>("maestro.autoscaler.applies", "{apply}", "Applies by outcome.");
        _ends = meter.CreateCounter<long>("maestro.autoscaler.commands", "{command}", "Commands by their end.");
        _decisions = meter.CreateCounter<long>(
            "maestro.autoscaler.decisions", "{decision}", "Decisions by action and reason.");
        _brakes = meter.CreateCounter<long>(
            "maestro.autoscaler.brakes", "{decision}", "Decisions in which a brake held or was noted, by brake.");
        _applyDuration = meter.CreateHistogram<double>(
            "maestro.autoscaler.apply_duration", "s", "Time until the Orchestrator has answered an apply.");
        _joinDuration = meter.CreateHistogram<double>(
            "maestro.autoscaler.join_duration", "s", "Time from the apply until the SGM is where it should be.");
    }

    public long Add => Interlocked.Read(ref _add);

    public long Remove => Interlocked.Read(ref _remove);

    public long Move => Interlocked.Read(ref _move);

    public long Failed => Interlocked.Read(ref _failed);

    /// <summary>Seconds of recent applies, ascending.</summary>
    public double[] ApplySeconds()
    {
        lock (_gate)
        {
            return [.. _applySeconds.Order()];
        }
    }

    public void CountDecision(DecisionRecord decision)
    {
        _decisions.Add(
            1,
            new KeyValuePair<string, object?>("action", decision.Action.ToString()),
            new KeyValuePair<string, object?>("reason", ReasonCodes.ToCode(decision.Reason)));
        foreach (var brake in decision.Steps.Select(s => s.Rule).Where(ReasonCodes.IsBrake).Distinct())
        {
            _brakes.Add(1, new KeyValuePair<string, object?>("brake", brake));
        }
    }

    public void CountApply(ApplyOutcome outcome, TimeSpan elapsed)
    {
        _applies.Add(1, new KeyValuePair<string, object?>("outcome", outcome.ToString()));
        _applyDuration.Record(elapsed.TotalSeconds);
        lock (_gate)
        {
            _applySeconds.Enqueue(elapsed.TotalSeconds);
            if (_applySeconds.Count > LatenciesKept)
            {
                _applySeconds.Dequeue();
            }
        }
    }

    public void CountUnreachable() =>
        _applies.Add(1, new KeyValuePair<string, object?>("outcome", "Unreachable"));

    public void CountApplied(CommandKind kind)
    {
        switch (kind)
        {
            case CommandKind.Add:
                Interlocked.Increment(ref _add);
                break;
            case CommandKind.Remove:
                Interlocked.Increment(ref _remove);
                break;
            default:
                Interlocked.Increment(ref _move);
                break;
        }
    }

    public void CountFailed() => Interlocked.Increment(ref _failed);

    public void CountEnd(ScalingCommand command, CommandState state, DateTimeOffset now)
    {
        _ends.Add(
            1,
            new KeyValuePair<string, object?>("kind", command.Kind.ToString()),
            new KeyValuePair<string, object?>("end", state.ToString()));
        if (state is CommandState.Failed)
        {
            CountFailed();
        }
        else if (state is CommandState.Verified)
        {
            _joinDuration.Record((now - command.UpdatedAt).TotalSeconds);
        }
    }
}
