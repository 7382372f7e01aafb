using System.Globalization;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Gaia;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Protocol.V1;
using Maestro.Telemetry.Server.Configuration;
using Gateway = Maestro.Telemetry.Fabric.Gateway;
using MemberState = Maestro.Telemetry.Fabric.MemberState;
using SecurityGroup = Maestro.Telemetry.Fabric.SecurityGroup;

namespace Maestro.Telemetry.Server.Fabrics;

/// <summary>
/// The fabric when no Orchestrator is configured: it is what the agents say of themselves. It can be measured and
/// forecast; it cannot be changed.
/// </summary>
internal sealed class LearnedFabric(
    FabricState state,
    ApplianceCatalogue models,
    IOptions<GaiaSection> gaia,
    IOptions<FabricOptions> options,
    TimeProvider time) : IFabricController
{
    private readonly Lock _gate = new();
    private readonly Dictionary<GatewaySerial, Gateway> _gateways = [];

    /// <summary>True when there is nobody better to ask.</summary>
    public bool Enabled { get; } = gaia.Value.Orchestrators.Count == 0;

    public void Learn(Hello hello)
    {
        var serial = new GatewaySerial(hello.Serial);
        if (!Enabled || serial == GatewaySerial.WholeGroup)
        {
            return;
        }

        var gateway = new Gateway
        {
            Serial = serial,
            Site = new SiteId(hello.Site > 0 ? hello.Site : 1),
            Group = hello.SecurityGroup > 0 ? new SecurityGroupId(hello.SecurityGroup) : null,
            Model = models.Resolve(hello.Model, out _),
            Release = new Release(hello.Release),
            State = hello.SecurityGroup > 0 ? MemberState.Active : MemberState.Unassigned,
        };
        lock (_gate)
        {
            // Also when it is known: a reading from before may have come after, and must not hide it for long.
            _gateways[serial] = gateway;
            if (state.Current.Find(serial) != gateway)
            {
                state.Set(Snapshot());
            }
        }
    }

    /// <summary>The same from the labels of a series that hold a serial; what they leave out is not changed.</summary>
    public void Learn(GatewaySerial serial, int? site, int? group, int? member)
    {
        if (!Enabled || serial == GatewaySerial.WholeGroup)
        {
            return;
        }

        lock (_gate)
        {
            var known = _gateways.GetValueOrDefault(serial) ?? new Gateway
            {
                Serial = serial,
                Site = new SiteId(1),
                Model = models.Resolve("", out _),
                Release = new Release(""),
                State = MemberState.Unassigned,
            };
            var gateway = known with
            {
                Site = site is { } siteId ? new SiteId(siteId) : known.Site,
                Group = group is > 0 ? new SecurityGroupId(group.Value) : known.Group,
                MemberId = member ?? known.MemberId,
            };
            _gateways[serial] = gateway with
            {
                State = gateway.Group is null ? MemberState.Unassigned : MemberState.Active,
            };
            state.Set(Snapshot());
        }
    }

    public Task<FabricSnapshot> ReadAsync(CancellationToken cancellationToken) => Task.FromResult(LockedSnapshot());

    public Task<ApplyResult> ApplyAsync(MembershipChange change, CancellationToken cancellationToken) =>
        Task.FromResult(new ApplyResult(
            ApplyOutcome.RefusedByOrchestrator,
            "No Orchestrator is configured; set Maestro:Gaia:Orchestrators to change the fabric."));

    private FabricSnapshot LockedSnapshot()
    {
        lock (_gate)
        {
            return Snapshot();
        }
    }

    private FabricSnapshot Snapshot()
    {
        var gateways = _gateways.Values.ToList();
        var groups = gateways.Select(g => g.Group).OfType<SecurityGroupId>()
            .Concat(options.Value.Groups.Select(g => new SecurityGroupId(g.Id)))
            .Distinct()
            .Select(id => new SecurityGroup { Id = id, Name = NameOf(id) });
        return new FabricSnapshot(time.GetUtcNow(), groups, gateways);
    }

    private string NameOf(SecurityGroupId id) =>
        options.Value.Groups.FirstOrDefault(g => g.Id == id.Value)?.DisplayName
        ?? string.Create(CultureInfo.InvariantCulture, $"SG-{id.Value}");
}
