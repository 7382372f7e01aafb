using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Scaling;

namespace Maestro.Telemetry.Tests.Scaling.Learning;

/// <summary>Builds commands that were carried out, and the fabric they were carried out on.</summary>
internal static class Joins
{
    public static readonly FabricSnapshot Fabric = new(
        Scene.Noon,
        [new SecurityGroup { Id = new(1), Name = "SG-1" }],
        [Gateway("A", 1, "9300"), Gateway("B", 1, "9700"), Gateway("C", 2, "9300")]);

    /// <summary>An SGM was proposed, approved after some minutes, and ACTIVE after some more.</summary>
    public static ScalingCommand Verified(
        int minutes, double daysAgo = 1, string serial = "A", int waited = 0, int? from = null, int number = 0)
    {
        var ended = Scene.Noon.AddDays(-daysAgo);
        var approved = ended.AddMinutes(-minutes);
        return new ScalingCommand
        {
            Id = $"{serial}-{minutes}-{daysAgo}-{number}",
            Kind = from is null ? CommandKind.Add : CommandKind.Move,
            Serial = new(serial),
            Site = new(serial == "C" ? 2 : 1),
            From = from is { } f ? new SecurityGroupId(f) : null,
            To = new(1),
            DecisionId = "d",
            Reason = "a test",
            Mode = ScalingMode.Recommend,
            State = CommandState.Verified,
            CreatedAt = approved.AddMinutes(-waited),
            UpdatedAt = ended,
            ExpiresAt = approved.AddMinutes(15),
            Steps =
            [
                new(approved, CommandState.Approved, "ana", "Approved."),
                new(approved.AddMinutes(1), CommandState.Applied, "autoscaler", "Applied."),
                new(ended, CommandState.Verified, "autoscaler", "It is ACTIVE."),
            ],
        };
    }

    public static Gateway Gateway(string serial, int site, string model) => new()
    {
        Serial = new(serial),
        Site = new(site),
        Group = new(1),
        Model = new(model, 24, 1),
        Release = new("R82"),
        State = MemberState.Active,
    };
}
