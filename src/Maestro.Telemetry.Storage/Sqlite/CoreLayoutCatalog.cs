using System.Runtime.InteropServices;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Storage.Sqlite;

/// <summary>
/// The cores of an SGM, stored once and referenced by number: type in the upper byte, core number below, 4 bytes each.
/// Belongs to the writer; what a transaction added is forgotten when it fails.
/// </summary>
internal sealed class CoreLayoutCatalog
{
    private const int NumberBits = 24;

    private readonly Database _database;
    private readonly Dictionary<byte[], int> _numbers;
    private readonly Dictionary<byte[], int>.AlternateLookup<ReadOnlySpan<byte>> _bySpan;
    private readonly List<byte[]> _added = [];
    private readonly Dictionary<int, CoreId[]> _decoded = [];
    private uint[] _encoded = new uint[64];
    private IReadOnlyList<CoreId>? _last;
    private int _lastNumber;

    public CoreLayoutCatalog(Database database)
    {
        _database = database;
        _numbers = new Dictionary<byte[], int>(ByteArrayComparer.Instance);
        _bySpan = _numbers.GetAlternateLookup<ReadOnlySpan<byte>>();
        var layouts = database.Cached("SELECT id, cores FROM core_layout");
        while (layouts.Step())
        {
            _numbers.Add(layouts.GetBlob(1).ToArray(), layouts.GetInt32(0));
        }
    }

    /// <summary>The number of a layout, given now when it is new; 0 when there are no cores.</summary>
    public int Intern(IReadOnlyList<CoreId> cores)
    {
        if (cores.Count == 0)
        {
            return 0;
        }

        if (ReferenceEquals(cores, _last))
        {
            return _lastNumber;
        }

        var bytes = Encode(cores);
        if (!_bySpan.TryGetValue(bytes, out var number))
        {
            number = Add(bytes);
        }

        (_last, _lastNumber) = (cores, number);
        return number;
    }

    /// <summary>The cores of a layout that a row refers to, those of this transaction included.</summary>
    public IReadOnlyList<CoreId> CoresOf(int number)
    {
        if (!_decoded.TryGetValue(number, out var cores))
        {
            var select = _database.Cached("SELECT cores FROM core_layout WHERE id = ?");
            select.Bind(1, number);
            cores = select.Step() ? Decode(select.GetBlob(0)) : [];
            select.Reset();
            _decoded.Add(number, cores);
        }

        return cores;
    }

    public void Committed() => _added.Clear();

    public void RolledBack()
    {
        foreach (var layout in _added)
        {
            _numbers.Remove(layout);
        }

        _last = null;
        _added.Clear();
        _decoded.Clear();
    }

    /// <summary>The cores of stored bytes.</summary>
    public static CoreId[] Decode(ReadOnlySpan<byte> bytes)
    {
        var encoded = MemoryMarshal.Cast<byte, uint>(bytes);
        var cores = new CoreId[encoded.Length];
        for (var i = 0; i < cores.Length; i++)
        {
            cores[i] = new CoreId((int)(encoded[i] & ((1 << NumberBits) - 1)), (CoreType)(encoded[i] >> NumberBits));
        }

        return cores;
    }

    private ReadOnlySpan<byte> Encode(IReadOnlyList<CoreId> cores)
    {
        if (_encoded.Length < cores.Count)
        {
            _encoded = new uint[cores.Count];
        }

        for (var i = 0; i < cores.Count; i++)
        {
            var core = cores[i];
            ArgumentOutOfRangeException.ThrowIfNegative(core.Number);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(core.Number, 1 << NumberBits);
            _encoded[i] = (uint)core.Number | ((uint)core.Type << NumberBits);
        }

        return MemoryMarshal.AsBytes(_encoded.AsSpan(0, cores.Count));
    }

    private int Add(ReadOnlySpan<byte> bytes)
    {
        var layout = bytes.ToArray();
        var number = _numbers.Count + 1;
        var insert = _database.Cached("INSERT INTO core_layout (id, cores) VALUES (?, ?)");
        insert.Bind(1, number);
        insert.Bind(2, layout);
        insert.Run();
        _numbers.Add(layout, number);
        _added.Add(layout);
        return number;
    }
}
