using System.Globalization;
using System.Text;
using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Storage.Influx;

/// <summary>
/// The tags under which an SGM's points are stored while it is in one group at one site, and the beginning of their
/// lines, made once. Tags are in the order of their names, as the server sorts them.
/// </summary>
internal sealed class SeriesTags
{
    public SeriesTags(string fabric, GatewaySerial serial, int group, string? site)
    {
        Serial = serial;
        Group = group;
        var tags = new StringBuilder();
        Add(tags, "fabric", fabric);
        Add(tags, Measurements.Group, group == 0 ? "" : group.ToString(CultureInfo.InvariantCulture));
        Add(tags, Measurements.Serial, serial.Value);
        Add(tags, Measurements.Site, site ?? "");
        SampleLine = Encoding.UTF8.GetBytes($"{Measurements.Samples}{tags} ");
        RollupLine = Encoding.UTF8.GetBytes($"{Measurements.Rollups}{tags} {Measurements.RowCount}=");
        GroupField = Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"{Measurements.GroupNumber}={group}i"));
    }

    public GatewaySerial Serial { get; }

    /// <summary>0 when the SGM was free.</summary>
    public int Group { get; }

    /// <summary>A sample's line up to its fields.</summary>
    public byte[] SampleLine { get; }

    /// <summary>A roll-up's line up to the value of its first field.</summary>
    public byte[] RollupLine { get; }

    /// <summary>The field that every row has.</summary>
    public byte[] GroupField { get; }

    // An empty tag is no tag.
    private static void Add(StringBuilder tags, string key, string value)
    {
        if (value.Length > 0)
        {
            TagText.AppendTag(tags, key, TagText.Encode(value));
        }
    }
}
