namespace Maestro.Telemetry.Server.Receivers.Assembly;

/// <summary>A row that may still get points.</summary>
internal sealed class OpenRow(SgmRows sgm, long timeMs)
{
    private double[] _values = [];
    private bool[] _written = [];
    private uint _writtenTargets;

    public SgmRows Sgm => sgm;

    public long TimeMs => timeMs;

    /// <summary>Requests whose points are not in a batch yet.</summary>
    public List<WaitingRequest> Waiting { get; set; } = [];

    /// <summary>What was written last of the row; null when nothing was.</summary>
    public RowBatch? LastBatch { get; set; }

    /// <summary>When the oldest point came that is not written; null when there is none.</summary>
    public long? WaitingSince { get; set; }

    /// <summary>The number of the last request that gave it points.</summary>
    public long LastRequest { get; set; }

    /// <summary>When the newest point came.</summary>
    public long LastPoint { get; set; }

    /// <summary>The generations of the journal that keep parts of it.</summary>
    public List<int> Generations { get; } = [];

    public bool Has(SeriesSlot slot) => slot.Index < _values.Length && !double.IsNaN(_values[slot.Index]);

    public double ValueOf(SeriesSlot slot) => _values[slot.Index];

    public void Set(SeriesSlot slot, double value)
    {
        if (slot.Index >= _values.Length)
        {
            var before = _values.Length;
            var length = Math.Max(slot.Index + 1, sgm.Slots.Length);
            Array.Resize(ref _values, length);
            Array.Resize(ref _written, length);
            _values.AsSpan(before).Fill(double.NaN);
        }

        _values[slot.Index] = value;
    }

    /// <summary>Whether the column of one series, a core, was written.</summary>
    public bool IsWritten(SeriesSlot slot) => _written[slot.Index];

    public void MarkWritten(SeriesSlot slot) => _written[slot.Index] = true;

    /// <summary>Whether the column that many series give was written.</summary>
    public bool IsWritten(int target) => (_writtenTargets & (1U << target)) != 0;

    public void MarkWritten(int target) => _writtenTargets |= 1U << target;
}
