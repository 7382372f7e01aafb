using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Ports;

namespace Maestro.Telemetry.Tests.Service;

/// <summary>Orchestrators that answer as a test tells them to.</summary>
internal sealed class FakeController : IFabricController
{
    public List<MembershipChange> Applied { get; } = [];

    public Func<MembershipChange, ApplyResult> OnApply { get; set; } = _ => new(ApplyOutcome.Applied, "Done.");

    public Func<FabricSnapshot> OnRead { get; set; } = () => Given.Fabric(Given.Noon);

    public Task<FabricSnapshot> ReadAsync(CancellationToken cancellationToken) => Task.FromResult(OnRead());

    public Task<ApplyResult> ApplyAsync(MembershipChange change, CancellationToken cancellationToken)
    {
        Applied.Add(change);
        return Task.FromResult(OnApply(change));
    }
}
