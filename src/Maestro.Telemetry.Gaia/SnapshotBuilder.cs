using System.Collections.Concurrent;
using System.Text.Json;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Gaia.Contracts;
using Microsoft.Extensions.Logging;

namespace Maestro.Telemetry.Gaia;

/// <summary>Says a topology in the words of the domain.</summary>
internal sealed partial class SnapshotBuilder(ApplianceCatalogue catalogue, ILogger<SnapshotBuilder> logger)
{
    private readonly ConcurrentDictionary<string, bool> _noted = new(StringComparer.Ordinal);

    /// <exception cref="GaiaProtocolException">A member of a group has no site.</exception>
    public FabricSnapshot Build(
        TopologyView view, DateTimeOffset readAt, IEnumerable<OrchestratorStatus> orchestrators) =>
        new(
            readAt,
            view.Deployed.Groups.Select(g => Group(g.Key, g.Value)),
            view.Deployed.Gateways.Values.Select(Gateway).OfType<Gateway>(),
            orchestrators,
            view.Pending);

    private static SecurityGroup Group(SecurityGroupId id, SecurityGroupContract contract) => new()
    {
        Id = id,
        Name = GaiaText.Clean(contract.Description) is { Length: > 0 } name ? name : $"Security Group {id}",
        IsVsx = contract.FtwConfiguration?.IsVsx switch
        {
            { ValueKind: JsonValueKind.True } => true,
            { ValueKind: JsonValueKind.False } => false,
            { ValueKind: JsonValueKind.String } text when bool.TryParse(text.GetString(), out var isVsx) => isVsx,
            _ => null,
        },
    };

    private Gateway? Gateway(PlacedGateway placed)
    {
        var contract = placed.Contract;
        if (contract.Site is not > 0)
        {
            if (placed.Group is not null)
            {
                throw new GaiaProtocolException(
                    $"The SGM {placed.Serial} is a member of Security Group {placed.Group} and has no site.");
            }

            // Just plugged in and not yet placed: nothing can be done with it, and nothing depends on it.
            Note($"{placed.Serial}/site", $"The free SGM {placed.Serial} has no site yet and is left out.");
            return null;
        }

        var name = GaiaText.Clean(contract.Model);
        var model = catalogue.Resolve(name, out var note);
        if (note is not null)
        {
            Note($"model/{name}", note);
        }

        return new()
        {
            Serial = placed.Serial,
            Site = new(contract.Site.Value),
            Group = placed.Group,
            MemberId = placed.Group is null ? null : contract.MemberId,
            Model = model,
            Release = new(GaiaText.Clean(contract.Version)),
            State = State(contract.State, placed.Group),
        };
    }

    // The list is open, and a state may carry a remark: "ACTIVE(!)", "DOWN (admin)".
    private static MemberState State(string? text, SecurityGroupId? group)
    {
        var word = new string([.. (text ?? "").Trim().TakeWhile(char.IsAsciiLetter)]);
        return Enum.TryParse<MemberState>(word, ignoreCase: true, out var state) ? state
            : group is null && word.Length == 0 ? MemberState.Unassigned
            : MemberState.Unknown;
    }

    private void Note(string key, string note)
    {
        if (_noted.TryAdd(key, true))
        {
            LogNote(note);
        }
    }

    [LoggerMessage(3020, LogLevel.Warning, "{Note}")]
    private partial void LogNote(string note);
}
