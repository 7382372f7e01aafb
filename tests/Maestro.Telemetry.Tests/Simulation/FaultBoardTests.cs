using Maestro.Telemetry.Simulator.Fabric;
using Maestro.Telemetry.Simulator.Faults;
using Maestro.Telemetry.Simulator.Load;
using Maestro.Telemetry.Simulator.Scenarios;

namespace Maestro.Telemetry.Tests.Simulation;

public sealed class FaultBoardTests
{
    private readonly ManualTime _time = new(new(2026, 1, 12, 8, 0, 0, TimeSpan.Zero));
    private readonly SimulatedFabric _fabric;
    private readonly FaultBoard _board;

    public FaultBoardTests()
    {
        var scenario = Scenario.DualSite();
        _fabric = new(scenario, _time);
        _board = new(_fabric, new FabricLoad(scenario), _time);
    }

    [Fact]
    public void Take_CountedFault_HitsSoOftenAndOnlyItsOrchestrator()
    {
        _board.Inject(new() { Kind = FaultKind.Error500, Orchestrator = "1_1", Count = 2 });

        Assert.Null(_board.Take("1_2", "login"));
        Assert.NotNull(_board.Take("1_1", "login"));
        Assert.NotNull(_board.Take("1_1", "login"));
        Assert.Null(_board.Take("1_1", "login"));
    }

    [Fact]
    public void Holds_TimedFault_EndsByTheClock()
    {
        _board.Inject(new() { Kind = FaultKind.TelemetryGap, Serial = "1007RT1940", Seconds = 60 });

        Assert.True(_board.Holds(FaultKind.TelemetryGap, "1007RT1940"));
        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.False(_board.Holds(FaultKind.TelemetryGap, "1007RT1940"));
    }

    [Fact]
    public void Take_ApplyLost_HitsTheNextApplyOnly()
    {
        _board.Inject(new() { Kind = FaultKind.ApplyLost });

        Assert.Null(_board.Take("1_1", "set-maestro-gateway"));
        Assert.NotNull(_board.Take("1_1", "apply-maestro-security-groups-changes"));
        Assert.Empty(_board.Active);
    }

    [Fact]
    public void Inject_ForeignPending_StagesForSomebodyElse()
    {
        Assert.Null(_board.Inject(new() { Kind = FaultKind.ForeignPending, Serial = "1007RT1955", Group = 3 }));

        Assert.Equal(3, Assert.Single(_fabric.View().Pending).PendingGroup);
    }

    [Theory]
    [InlineData(FaultKind.StuckValues, null, "serial")]
    [InlineData(FaultKind.MemberLost, null, "Gateway")]
    [InlineData(FaultKind.FlashCrowd, null, "seconds")]
    [InlineData(FaultKind.FlashCrowd, 60.0, "known group")]
    [InlineData(FaultKind.Down, -1.0, "seconds")]
    public void Inject_WhatCannotBe_SaysWhy(FaultKind kind, double? seconds, string expected) =>
        Assert.Contains(
            expected, _board.Inject(new() { Kind = kind, Seconds = seconds, Group = 9 }), StringComparison.Ordinal);

    [Fact]
    public void Clear_EndsWhatLasts()
    {
        _board.Inject(new() { Kind = FaultKind.Down });

        _board.Clear();

        Assert.Null(_board.Take("1_1", "login"));
    }
}
