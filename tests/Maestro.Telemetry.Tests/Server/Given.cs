using System.Diagnostics.Metrics;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Series;
using Microsoft.Extensions.DependencyInjection;

namespace Maestro.Telemetry.Tests.Service;

/// <summary>What many tests of the server begin with.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static IMeterFactory Meters() =>
        new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();

    public static SecurityGroupId? Group(int? id) => id is { } number ? new SecurityGroupId(number) : null;

    public static Gateway Gateway(string serial, int? group, MemberState state = MemberState.Active, int site = 1) => new()
    {
        Serial = new(serial),
        Site = new(site),
        Group = Group(group),
        Model = new("9300", 24, 1),
        Release = new("R82"),
        State = state,
    };

    public static FabricSnapshot Fabric(DateTimeOffset readAt, params Gateway[] gateways) => new(
        readAt,
        gateways.Select(g => g.Group).OfType<SecurityGroupId>().Distinct()
            .Select(id => new SecurityGroup { Id = id, Name = $"SG-{id}" }),
        gateways);

    public static ScalingCommand Command(
        string id = "c1",
        CommandState state = CommandState.Approved,
        string serial = "S1",
        int? from = null,
        int? to = 1,
        int site = 1,
        ScalingMode mode = ScalingMode.Enforce) => new()
        {
            Id = id,
            Kind = from is null ? CommandKind.Add : to is null ? CommandKind.Remove : CommandKind.Move,
            Serial = new(serial),
            Site = new(site),
            From = Group(from),
            To = Group(to),
            DecisionId = "d1",
            Reason = "Demand grows.",
            Mode = mode,
            State = state,
            CreatedAt = Noon,
            UpdatedAt = Noon,
            ExpiresAt = Noon + TimeSpan.FromMinutes(30),
        };

    public static ScalingPolicy Policy(
        int group = 1, ScalingMode scaleOut = ScalingMode.Enforce, ScalingMode scaleIn = ScalingMode.Enforce) => new()
        {
            Group = new(group),
            ScaleOutMode = scaleOut,
            ScaleInMode = scaleIn,
        };

    public static SampleBatch Batch(string serial, params double[] cpu) => new()
    {
        Serial = new(serial),
        Group = new SecurityGroupId(1),
        Metrics = [MetricId.CpuMeanPercent],
        TimestampsMs = cpu.Select((_, i) => Noon.ToUnixTimeMilliseconds() + i).ToArray(),
        Values = cpu,
    };
}
