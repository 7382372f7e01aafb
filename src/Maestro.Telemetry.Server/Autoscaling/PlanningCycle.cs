using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Server.Diagnostics;
using Maestro.Telemetry.Server.Fabrics;
using Maestro.Telemetry.Server.Forecasting;
using Maestro.Telemetry.Server.Learning;

namespace Maestro.Telemetry.Server.Autoscaling;

/// <summary>Observe, decide, record, act: gathers what a plan depends on, and carries the plan to the ledger.</summary>
internal sealed partial class PlanningCycle(
    FabricReader fabric,
    DemandBoard demand,
    TelemetryObserver observer,
    PlanBoard board,
    PolicyCatalogue policies,
    ILedger ledger,
    DecisionJournal journal,
    ScalingExecutor executor,
    CommandCounters counters,
    JoinTimes joinTimes,
    EfficiencyHistory efficiencies,
    IOptions<FabricOptions> options,
    IOptions<AutoscalerOptions> autoscaler,
    TimeProvider time,
    ILogger<PlanningCycle> logger) : IDisposable
{
    // Budgets are of 24 hours; a command may have been created a while before it was sent.
    private static readonly TimeSpan BudgetDay = TimeSpan.FromHours(25);
    private const int MostCommands = 5_000;

    private readonly SemaphoreSlim _one = new(1, 1);

    public void Dispose() => _one.Dispose();

    /// <summary>Plans, records the plan and starts what may be started.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            using var span = Tracing.Plan();
            var (input, plan) = await PlanAsync(cancellationToken);
            var findings = input is null ? [] : PlanValidator.Check(input, plan);
            if (input is not null && findings.Count > 0)
            {
                // A second opinion says that the plan breaks a rule: it does not leave, and somebody must look.
                LogRefused(string.Join(" ", findings));
                plan = plan.Refused(input.Commands);
            }

            // First, so that nobody sends them meanwhile.
            await executor.WithdrawAsync(plan.Withdrawals, cancellationToken);
            var admitted = CommandGate.Admit(plan);
            var due = journal.Due(admitted);
            await ledger.RecordPlanAsync(due, cancellationToken);
            journal.Wrote(due);
            Publish(input, admitted);
            span?.SetTag("maestro.commands", admitted.Commands.Length);
        }
        finally
        {
            _one.Release();
        }

        await executor.AdvanceAsync(cancellationToken);
    }

    /// <summary>A plan for this moment, and what it depends on; nothing is recorded.</summary>
    public async Task<(PlannerInput? Input, ScalingPlan Plan)> PlanAsync(CancellationToken cancellationToken)
    {
        if (await fabric.ReadAsync(cancellationToken) is not { } current)
        {
            // The last reading may be hours old: there is nothing to decide about, and the record says why.
            var memory = await ledger.GetMemoryAsync(cancellationToken);
            var problem = fabric.Problem ?? "No Orchestrator has answered.";
            return (null, BlindPlan.Create(time.GetUtcNow(), policies.All, fabric.Last, memory, problem));
        }

        await demand.CatchUpAsync(cancellationToken);
        var input = await GatherAsync(current, cancellationToken);
        return (input, ScalingPlanner.Plan(input));
    }

    private async Task<PlannerInput> GatherAsync(FabricSnapshot current, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var longestCooldown = policies.All.Select(p => p.Cooldown).DefaultIfEmpty().Max();
        var open = await ledger.ListOpenCommandsAsync(cancellationToken);
        var remembered = longestCooldown + TimeSpan.FromHours(6);
        var recent = await ledger.ListCommandsAsync(
            now - (remembered > BudgetDay ? remembered : BudgetDay), MostCommands, cancellationToken);
        return new PlannerInput
        {
            Now = now,
            Fabric = current,
            Limits = options.Value.Limits,
            Allowances = options.Value.Allowances,
            Policies = policies.All,
            Telemetry = [.. policies.All.Select(p => observer.Observe(p, current, now))],
            Forecasts = [.. board.Forecasts.OrderBy(f => f.Group).ThenBy(f => f.Resource)],
            Commands = [.. open.Concat(recent).DistinctBy(c => c.Id).OrderBy(c => c.Id, StringComparer.Ordinal)],
            Pauses = [.. await ledger.ListPausesAsync(now, cancellationToken)],
            Memory = await ledger.GetMemoryAsync(cancellationToken),
            UnitCapacity = options.Value.UnitCapacity(),
            Earlier = board.Earlier,
            Budget = autoscaler.Value.Budget,
            LeadTimes = await joinTimes.ReadAsync(recent, current, now, cancellationToken),
            Efficiencies = await efficiencies.ReadAsync(now, cancellationToken),
        };
    }

    private void Publish(PlannerInput? input, ScalingPlan plan)
    {
        foreach (var decision in plan.Decisions)
        {
            counters.CountDecision(decision);
            if (decision.Action is not DecisionAction.Hold && board.DecisionOf(decision.Group)?.Sentence != decision.Sentence)
            {
                LogDecision(decision.Group, decision.Sentence);
            }
        }

        board.Set(input, plan);
    }

    [LoggerMessage(1404, LogLevel.Information, "Group {Group}: {Sentence}")]
    private partial void LogDecision(SecurityGroupId group, string sentence);

    [LoggerMessage(1405, LogLevel.Error, "The plan breaks rules and is not carried out: {Findings}")]
    private partial void LogRefused(string findings);
}
