using System.Collections.Concurrent;
using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Storage.Sqlite;

/// <summary>
/// Serials and the small numbers that stand for them in keys. The writer adds, readers look up at any time. What a
/// transaction added is forgotten when it fails.
/// </summary>
internal sealed class GatewayCatalog
{
    private readonly Database _database;
    private readonly ConcurrentDictionary<GatewaySerial, int> _numbers = new();
    private readonly HashSet<long> _groups = [];
    private readonly List<GatewaySerial> _addedSerials = [];
    private readonly List<long> _addedGroups = [];
    private readonly Func<GatewaySerial, string?> _siteOf;
    private readonly Dictionary<int, string> _sites = [];
    private readonly List<(int Gateway, string? Before)> _changedSites = [];
    private volatile GatewayNames _names;
    private long[] _newest = new long[64];
    private int _count;

    /// <param name="database">The write connection.</param>
    /// <param name="siteOf">The site of an SGM as far as it is known now.</param>
    public GatewayCatalog(Database database, Func<GatewaySerial, string?> siteOf)
    {
        _database = database;
        _siteOf = siteOf;
        var names = new List<GatewaySerial> { default };
        var gateways = database.Cached("SELECT id, serial, newest_ms, site FROM gateway ORDER BY id");
        while (gateways.Step())
        {
            var serial = new GatewaySerial(gateways.GetString(1));
            _numbers[serial] = ++_count;
            names.Add(serial);
            SetNewest(_count, gateways.GetInt64(2));
            if (!gateways.IsNull(3))
            {
                _sites[_count] = gateways.GetString(3);
            }
        }

        var groups = database.Cached("SELECT gw, grp FROM gateway_group");
        while (groups.Step())
        {
            _groups.Add(GroupKey(groups.GetInt32(0), groups.GetInt32(1)));
        }

        _names = new GatewayNames([.. names]);
    }

    /// <summary>The serials by number, as complete as any row that a reader can see.</summary>
    public GatewayNames Names => _names;

    public bool TryGetNumber(GatewaySerial serial, out int number) => _numbers.TryGetValue(serial, out number);

    /// <summary>When the newest stored sample of an SGM was taken, in ms; below 0 when there is none.</summary>
    public long Newest(int gateway) => _newest[gateway];

    public void SetNewest(int gateway, long timeMs)
    {
        if (gateway >= _newest.Length)
        {
            Array.Resize(ref _newest, Math.Max(gateway + 1, _newest.Length * 2));
        }

        _newest[gateway] = timeMs;
    }

    /// <summary>The number of a serial, given now when it is new. Within the writer's transaction.</summary>
    public int Intern(GatewaySerial serial, int group)
    {
        if (!_numbers.TryGetValue(serial, out var number))
        {
            number = Add(serial);
        }

        KeepSite(number, serial);
        var key = GroupKey(number, group);
        if (_groups.Add(key))
        {
            _addedGroups.Add(key);
            var insert = _database.Cached("INSERT INTO gateway_group (gw, grp) VALUES (?, ?)");
            insert.Bind(1, number);
            insert.Bind(2, group);
            insert.Run();
        }

        return number;
    }

    public void Committed()
    {
        _addedSerials.Clear();
        _addedGroups.Clear();
        _changedSites.Clear();
    }

    public void RolledBack()
    {
        foreach (var serial in _addedSerials)
        {
            _numbers.TryRemove(serial, out _);
            _count--;
        }

        foreach (var (gateway, before) in Enumerable.Reverse(_changedSites))
        {
            if (before is null)
            {
                _sites.Remove(gateway);
            }
            else
            {
                _sites[gateway] = before;
            }
        }

        foreach (var group in _addedGroups)
        {
            _groups.Remove(group);
        }

        if (_addedSerials.Count > 0)
        {
            _names = _names.Take(_count);
        }

        Committed();
    }

    private static long GroupKey(int gateway, int group) => ((long)group << SampleKey.GatewayBits) | (uint)gateway;

    private void KeepSite(int gateway, GatewaySerial serial)
    {
        var before = _sites.GetValueOrDefault(gateway);
        if (_siteOf(serial) is not { } site || site == before)
        {
            return;
        }

        var update = _database.Cached("UPDATE gateway SET site = ? WHERE id = ?");
        update.Bind(1, site);
        update.Bind(2, gateway);
        update.Run();
        _sites[gateway] = site;
        _changedSites.Add((gateway, before));
    }

    private int Add(GatewaySerial serial)
    {
        if (_count == SampleKey.MaxGateway)
        {
            throw new InvalidOperationException(
                $"The store knows {SampleKey.MaxGateway} serials and takes no more. Start a new data directory.");
        }

        var number = _count + 1;
        var insert = _database.Cached("INSERT INTO gateway (id, serial, newest_ms) VALUES (?, ?, -1)");
        insert.Bind(1, number);
        insert.Bind(2, serial.Value);
        insert.Run();
        _count = number;
        _addedSerials.Add(serial);
        SetNewest(number, -1);
        _numbers[serial] = number;
        // Before the commit: a reader that sees the first row of an SGM must find its name.
        _names = _names.Append(serial);
        return number;
    }
}
