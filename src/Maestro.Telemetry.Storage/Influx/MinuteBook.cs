using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Storage.Influx;

/// <summary>
/// The minutes that the store has in hand: those that grow now, and those that late rows came to. What is not here is
/// read from the server when a row comes to it. Belongs to whoever holds the store's gate.
/// </summary>
internal sealed class MinuteBook(InfluxStoreOptions options)
{
    private readonly Dictionary<GatewaySerial, SgmState> _sgms = [];
    private readonly Dictionary<(SgmState, long), MinuteState> _minutes = [];

    public IEnumerable<SgmState> Sgms => _sgms.Values;

    public IEnumerable<MinuteState> Dirty => _minutes.Values.Where(m => m.IsDirty);

    public int Minutes => _minutes.Count;

    /// <summary>The newest minute of all SGMs that a row was written to; below 0 when there is none yet.</summary>
    public long NewestMinute { get; set; } = -1;

    public SgmState Sgm(GatewaySerial serial)
    {
        if (!_sgms.TryGetValue(serial, out var sgm))
        {
            sgm = new SgmState(serial, options);
            _sgms.Add(serial, sgm);
        }

        return sgm;
    }

    public MinuteState? Find(SgmState sgm, long minute) => _minutes.GetValueOrDefault((sgm, minute));

    /// <summary>Whether the server may have rows of a minute that is not here.</summary>
    public bool MustLoad(SgmState sgm, long minute) =>
        minute <= sgm.NewestMinute && !_minutes.ContainsKey((sgm, minute));

    public MinuteState Add(SgmState sgm, long minute)
    {
        var state = new MinuteState(sgm, minute);
        Add(state);
        return state;
    }

    public void Add(MinuteState minute) => _minutes.Add((minute.Sgm, minute.Minute), minute);

    /// <summary>Forgets a minute; it is read from the server before it is used again.</summary>
    public void Forget(MinuteState minute) => _minutes.Remove((minute.Sgm, minute.Minute));

    /// <summary>Forgets the minutes of which all is stored and that nothing came to since a time.</summary>
    public void Sweep(long touchedBefore)
    {
        foreach (var (key, minute) in _minutes)
        {
            if (!minute.IsDirty && minute.LastTouched < touchedBefore)
            {
                _minutes.Remove(key);
            }
        }
    }

    public void Clear()
    {
        _minutes.Clear();
        _sgms.Clear();
        NewestMinute = -1;
    }
}
