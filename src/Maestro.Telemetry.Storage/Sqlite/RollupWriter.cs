using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Storage.Sqlite;

/// <summary>Gathers the roll-ups of a transaction and joins them with the stored ones at its end.</summary>
internal sealed class RollupWriter : IDisposable
{
    private readonly Database _database;
    private readonly RollupAccumulator _pending = new();
    private readonly Statement _insert;
    private readonly Statement _select;
    private readonly Statement _update;
    private readonly byte[] _bytes = new byte[RollupCodec.MaxBytes];
    private readonly Action<long, Span<Rollup>> _write;
    private int _added;

    public RollupWriter(Database database)
    {
        _database = database;
        _insert = database.Prepare("INSERT INTO rollup (id, v) VALUES (?, ?) ON CONFLICT (id) DO NOTHING");
        _select = database.Prepare("SELECT v FROM rollup WHERE id = ?");
        _update = database.Prepare("UPDATE rollup SET v = ? WHERE id = ?");
        _write = Write;
    }

    public void Add(long key, ReadOnlySpan<int> columns, ReadOnlySpan<double> values) =>
        _pending.Add(key, columns, values);

    public void Clear() => _pending.Clear();

    /// <summary>Writes what was gathered; gives the roll-ups that are new.</summary>
    public int Flush()
    {
        _added = 0;
        _pending.Drain(_write);
        return _added;
    }

    public void Dispose()
    {
        _insert.Dispose();
        _select.Dispose();
        _update.Dispose();
    }

    private void Write(long key, Span<Rollup> rollups)
    {
        var length = RollupCodec.Write(rollups, _bytes);
        _insert.Bind(1, key);
        _insert.Bind(2, _bytes.AsSpan(0, length));
        _insert.Run();
        if (_database.Changes > 0)
        {
            _added++;
            return;
        }

        MergeStored(key, rollups);
        length = RollupCodec.Write(rollups, _bytes);
        _update.Bind(1, _bytes.AsSpan(0, length));
        _update.Bind(2, key);
        _update.Run();
    }

    private void MergeStored(long key, Span<Rollup> rollups)
    {
        _select.Bind(1, key);
        if (_select.Step())
        {
            var stored = _select.GetBlob(0);
            for (var i = 0; i < rollups.Length; i++)
            {
                rollups[i] = RollupAccumulator.Merge(RollupCodec.Read(stored, i), rollups[i]);
            }
        }

        _select.Reset();
    }
}
