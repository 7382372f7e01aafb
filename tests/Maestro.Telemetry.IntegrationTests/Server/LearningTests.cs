using Maestro.Telemetry.Forecasts;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Server.Autoscaling;

namespace Maestro.Telemetry.IntegrationTests.Service;

/// <summary>What the ledger knows of past joins decides when the next SGM is ordered.</summary>
[Collection(ServerUnderTest.OneAtATime)]
public sealed class LearningTests
{
    private static readonly TimeSpan Patience = ServerUnderTest.Patience;

    [Fact]
    public async Task JoinsOf40Minutes_AgainstAPolicyOf20_MakeThePlannerOrderEarlier()
    {
        await using var server = await ServerUnderTest.StartAsync(
            ("Maestro:Fabric:Groups:0:LeadTime", "00:20:00"), ("Maestro:Fabric:Groups:0:ScaleOut", "Recommend"));
        await server.ExportAsync(ServerUnderTest.Batch(1, 40), ServerUnderTest.Hello("S1"));
        await server.ExportAsync(ServerUnderTest.Batch(1, 40), ServerUnderTest.Hello("S2"));
        var now = TimeProvider.System.GetUtcNow();
        server.Get<PlanBoard>().Add(Rise(now, now.AddMinutes(35)));

        var before = await DecideAsync(server);
        await JoinedAsync(server, count: 20, now);
        var after = await DecideAsync(server);

        Assert.DoesNotContain(before.Steps, s => s.Rule == "LEAD_TIME");
        Assert.Equal(DecisionAction.Hold, before.Action);
        Assert.True(after.Action is DecisionAction.Add, string.Join(" ", DecisionSentences.Explain(after)));
        Assert.Equal("S3", after.Serial?.Value);
        var learned = Assert.Single(after.Steps, s => s.Rule == "LEAD_TIME").Note;
        Assert.StartsWith("lead time 37 min, learned from 20 joins of model 9300 on site 1", learned, StringComparison.Ordinal);
        Assert.EndsWith("(policy: 20 min)", learned, StringComparison.Ordinal);
        Assert.True(after.LatestSafeStart < before.LatestSafeStart - TimeSpan.FromMinutes(15));

        var metrics = await server.Console.GetStringAsync(new Uri("/metrics", UriKind.Relative)).WaitAsync(Patience);
        Assert.Matches(
            "maestro_autoscaler_learned_join_time_seconds\\{[^}]*model=\"9300\"[^}]*quantile=\"0.9\"[^}]*\\} 2400", metrics);
    }

    private static async Task<DecisionRecord> DecideAsync(ServerUnderTest server) =>
        (await server.Get<PlanningCycle>().PlanAsync(default).WaitAsync(Patience)).Plan.Decisions.Single();

    // SGM S1 joined day after day, each time 40 minutes after the decision.
    private static async Task JoinedAsync(ServerUnderTest server, int count, DateTimeOffset now)
    {
        var ledger = server.Get<ILedger>();
        for (var i = 0; i < count; i++)
        {
            var approved = now.AddHours(-4).AddDays(-i);
            var command = new ScalingCommand
            {
                Id = $"past-{i}",
                Kind = CommandKind.Add,
                Serial = new("S1"),
                Site = new(1),
                To = new(1),
                DecisionId = "past",
                Reason = "Demand grew.",
                Mode = ScalingMode.Enforce,
                State = CommandState.Approved,
                CreatedAt = approved,
                UpdatedAt = approved,
                ExpiresAt = approved.AddMinutes(15),
            };
            await ledger.RecordPlanAsync(new(approved, [], [command], PlannerMemory.Empty), default).WaitAsync(Patience);
            await StepAsync(CommandState.Approved, CommandState.Applying, approved.AddMinutes(1));
            await StepAsync(CommandState.Applying, CommandState.Applied, approved.AddMinutes(2));
            await StepAsync(CommandState.Applied, CommandState.Verified, approved.AddMinutes(40));

            async Task StepAsync(CommandState from, CommandState to, DateTimeOffset at) => Assert.True(
                await ledger.TransitionAsync(command.Id, from, to, new(at, to, "autoscaler", "Past."), default)
                    .WaitAsync(Patience));
        }
    }

    /// <summary>Half an SGM of work, and two of them from a moment on; nearly certain.</summary>
    private static DemandForecast Rise(DateTimeOffset now, DateTimeOffset at)
    {
        const int Steps = 60;
        double[] levels = [0.5, 0.9, 0.95, 0.98];
        var start = now.AddMinutes(-2);
        var step = TimeSpan.FromMinutes(5);
        var marginal = new double[Steps * levels.Length];
        var maximum = new double[Steps * levels.Length];
        for (var i = 0; i < Steps; i++)
        {
            var value = start + (step * i) < at ? 0.5 : 1.9;
            for (var l = 0; l < levels.Length; l++)
            {
                // Not one and the same value in all cells: that is what a stuck model gives.
                marginal[(i * levels.Length) + l] = value * (l == 0 && i % 2 == 1 ? 0.999 : 1);
                maximum[(i * levels.Length) + l] = value;
            }
        }

        return new DemandForecast
        {
            Group = new(1),
            Resource = Resource.CpuWork,
            Model = "test",
            IssuedAt = start,
            Start = start,
            Step = step,
            Levels = levels,
            Marginal = marginal,
            PathMaximum = maximum,
            Trust = new ForecastTrust(true, 0.8, 0.95, "good enough"),
        };
    }
}
