using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Ports;

namespace Maestro.Telemetry.IntegrationTests.Service;

/// <summary>A fabric of three SGMs on two sites, which does as it is told and remembers it.</summary>
internal sealed class SwitchedFabric(TimeProvider time) : IFabricController
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (int Site, int? Group)> _places = new(StringComparer.Ordinal)
    {
        ["S1"] = (1, 1),
        ["S2"] = (2, 1),
        ["S3"] = (1, null),
    };

    /// <summary>Why the Orchestrators do not answer; null when they do.</summary>
    public string? Problem { get; set; }

    public int? GroupOf(string serial)
    {
        lock (_gate)
        {
            return _places[serial].Group;
        }
    }

    public Task<FabricSnapshot> ReadAsync(CancellationToken cancellationToken)
    {
        if (Problem is { } problem)
        {
            throw new FabricControllerException(problem);
        }

        lock (_gate)
        {
            return Task.FromResult(new FabricSnapshot(
                time.GetUtcNow(),
                [new SecurityGroup { Id = new(1), Name = "SG-1" }],
                _places.Select(place => new Gateway
                {
                    Serial = new(place.Key),
                    Site = new(place.Value.Site),
                    Group = place.Value.Group is { } group ? new SecurityGroupId(group) : null,
                    Model = new("9300", 24, 1),
                    Release = new("R82"),
                    MemberId = place.Value.Group is null ? null : 1,
                    State = place.Value.Group is null ? MemberState.Unassigned : MemberState.Active,
                })));
        }
    }

    public Task<ApplyResult> ApplyAsync(MembershipChange change, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _places[change.Serial.Value] = (_places[change.Serial.Value].Site, change.To?.Value);
        }

        return Task.FromResult(new ApplyResult(ApplyOutcome.Applied, "Done."));
    }
}
