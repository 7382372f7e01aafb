using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Storage.Sqlite;

/// <summary>Serials by number, as they were at one moment. Number 0 stands for none.</summary>
internal sealed class GatewayNames(GatewaySerial[] serials)
{
    private int[]? _ranks;

    /// <summary>The serials that a database of any schema holds.</summary>
    public static GatewayNames Read(Database database)
    {
        var serials = new List<GatewaySerial> { default };
        var gateways = database.Cached("SELECT serial FROM gateway ORDER BY id");
        while (gateways.Step())
        {
            serials.Add(new GatewaySerial(gateways.GetString(0)));
        }

        return new GatewayNames([.. serials]);
    }

    public GatewaySerial this[int gateway] => serials[gateway];

    /// <summary>The place of each number when the serials are sorted.</summary>
    public ReadOnlySpan<int> Ranks => _ranks ??= Rank(serials);

    public GatewayNames Append(GatewaySerial serial) => new([.. serials, serial]);

    public GatewayNames Take(int gateways) => new(serials[..(gateways + 1)]);

    private static int[] Rank(GatewaySerial[] serials)
    {
        var order = new int[serials.Length];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(order, (a, b) => string.CompareOrdinal(serials[a].Value, serials[b].Value));
        var ranks = new int[serials.Length];
        for (var i = 0; i < order.Length; i++)
        {
            ranks[order[i]] = i;
        }

        return ranks;
    }
}
