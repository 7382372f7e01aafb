using Maestro.Telemetry.Server.Receivers.Assembly;

namespace Maestro.Telemetry.Tests.Receivers.Foreign;

/// <summary>A journal in memory that fails as a test tells it to.</summary>
internal sealed class FakeJournal : IPartsJournal
{
    public List<IReadOnlyList<HeldPart>> Rows { get; } = [];

    /// <summary>How often something was flushed to the disk.</summary>
    public int Flushes { get; private set; }

    /// <summary>Rows that are kept and not settled.</summary>
    public int Unsettled { get; set; }

    public bool IsBroken { get; set; }

    public int Append(IReadOnlyList<IReadOnlyList<HeldPart>> rows)
    {
        if (IsBroken)
        {
            throw new IOException("The disk is full.");
        }

        Flushes++;
        Rows.AddRange(rows);
        Unsettled += rows.Count;
        return 0;
    }

    public void Settle(int generation) => Unsettled--;
}
