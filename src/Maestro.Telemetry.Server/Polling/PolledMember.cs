using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Server.Receivers;

namespace Maestro.Telemetry.Server.Polling;

/// <summary>What is remembered of a member from round to round. Used by one poll at a time.</summary>
internal sealed class PolledMember(Gateway gateway)
{
    /// <summary>Where it was when the round began.</summary>
    public Gateway Gateway { get; set; } = gateway;

    /// <summary>Its name in the Gaia API, for example 1_2.</summary>
    public string Id => FormattableString.Invariant($"{Gateway.Site.Value}_{Gateway.MemberId}");

    /// <summary>Whether this round has come to something for it.</summary>
    public bool IsSettled { get; set; }

    /// <summary>Polls in a row without an answer.</summary>
    public int Failures { get; set; }

    /// <summary>Rounds that it is still left out of.</summary>
    public int RoundsOut { get; set; }

    /// <summary>What is wrong with it, in a sentence; null when nothing is.</summary>
    public string? Problem { get; set; }

    /// <summary>The time of the newest row that was made of its answers; a newer one in the store was pushed.</summary>
    public DateTimeOffset LastRow { get; set; } = DateTimeOffset.MinValue;

    /// <summary>The columns of its rows, as long as its answers have the same ones.</summary>
    public SenderProfile? Profile { get; set; }
}
