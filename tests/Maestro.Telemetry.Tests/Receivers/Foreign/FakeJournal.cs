using Maestro.Telemetry.Server.Receivers.Assembly;

namespace Maestro.Telemetry.Tests.Receivers.Foreign;

/// <summary>A journal in memory that fails as a test tells it to.</summary>
internal sealed class FakeJournal : IPartsJournal
{
    public List<IReadOnlyList<HeldPart>> Rows { get; } = [];

    /// <summary>Rows that are kept and not settled.</summary>
    public int Unsettled { get; set; }

    public bool IsBroken { get; set; }

    public int Append(IReadOnlyList<HeldPart> parts)
    {
        if (IsBroken)
        {
            throw new IOException("The disk is full.");
        }

        Rows.Add(parts);
        Unsettled++;
        return 0;
    }

    public void Settle(int generation) => Unsettled--;
}
