using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Scaling;

namespace Maestro.Telemetry.Tests.Service;

/// <summary>A ledger in memory.</summary>
internal sealed class FakeLedger : ILedger
{
    private readonly List<ScalingCommand> _commands = [];
    private readonly List<PauseRecord> _pauses = [];

    public List<ScalingPlan> Plans { get; } = [];

    /// <summary>When set, nothing can be read or written.</summary>
    public bool Broken { get; set; }

    public ScalingCommand this[string id] => _commands.Single(c => c.Id == id);

    public FakeLedger With(params ScalingCommand[] commands)
    {
        _commands.AddRange(commands);
        return this;
    }

    public Task RecordPlanAsync(ScalingPlan plan, CancellationToken cancellationToken)
    {
        Check();
        Plans.Add(plan);
        _commands.AddRange(plan.Commands);
        return Task.CompletedTask;
    }

    public Task<PlannerMemory> GetMemoryAsync(CancellationToken cancellationToken) =>
        Answer(Plans.LastOrDefault()?.Memory ?? PlannerMemory.Empty);

    public Task<IReadOnlyList<DecisionRecord>> ListDecisionsAsync(
        SecurityGroupId? group, DateTimeOffset before, int limit, CancellationToken cancellationToken) =>
        Answer<IReadOnlyList<DecisionRecord>>([.. Plans.SelectMany(p => p.Decisions).Reverse().Take(limit)]);

    public Task<bool> TransitionAsync(
        string commandId, CommandState expected, CommandState next, CommandStep step, CancellationToken cancellationToken)
    {
        Check();
        var index = _commands.FindIndex(c => c.Id == commandId && c.State == expected);
        if (index >= 0)
        {
            _commands[index] = _commands[index] with
            {
                State = next,
                UpdatedAt = step.Time,
                Steps = [.. _commands[index].Steps, step],
            };
        }

        return Task.FromResult(index >= 0);
    }

    public Task<ScalingCommand?> GetCommandAsync(string commandId, CancellationToken cancellationToken) =>
        Answer(_commands.Find(c => c.Id == commandId));

    public Task<IReadOnlyList<ScalingCommand>> ListOpenCommandsAsync(CancellationToken cancellationToken) =>
        Answer<IReadOnlyList<ScalingCommand>>([.. _commands.Where(c => c.IsOpen)]);

    public Task<IReadOnlyList<ScalingCommand>> ListCommandsAsync(
        DateTimeOffset since, int limit, CancellationToken cancellationToken) =>
        Answer<IReadOnlyList<ScalingCommand>>([.. _commands.Where(c => c.CreatedAt >= since).Take(limit)]);

    public Task PauseAsync(PauseRecord pause, CancellationToken cancellationToken)
    {
        Check();
        _pauses.Add(pause);
        return Task.CompletedTask;
    }

    public Task<bool> ResumeAsync(
        PauseScope scope, string actor, DateTimeOffset at, CancellationToken cancellationToken) =>
        Answer(_pauses.RemoveAll(p => p.Group == scope.Group && p.Site == scope.Site) > 0);

    public Task<IReadOnlyList<PauseRecord>> ListPausesAsync(DateTimeOffset at, CancellationToken cancellationToken) =>
        Answer<IReadOnlyList<PauseRecord>>([.. _pauses.Where(p => p.Until is null || p.Until > at)]);

    public Task<long> DeleteDecisionsAsync(DateTimeOffset before, CancellationToken cancellationToken) => Answer(0L);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task<T> Answer<T>(T answer)
    {
        Check();
        return Task.FromResult(answer);
    }

    private void Check()
    {
        if (Broken)
        {
            throw new StoreUnavailableException("The ledger cannot be written.");
        }
    }
}
