using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Storage.Influx;

/// <summary>What the store remembers of one SGM.</summary>
internal sealed class SgmState(GatewaySerial serial, InfluxStoreOptions options)
{
    private readonly Dictionary<(int Group, string? Site), SeriesTags> _tags = [];

    public GatewaySerial Serial { get; } = serial;

    /// <summary>The minute of its newest sample, stored or on its way; below 0 when there is none.</summary>
    public long NewestMinute { get; set; } = -1;

    /// <summary>The minute before the newest one that rows came to last; below 0 when there is none.</summary>
    public long LateMinute { get; set; } = -1;

    /// <summary>The tags of rows that are stored now: an SGM may be moved, and its site become known late.</summary>
    public SeriesTags TagsNow(int group) => TagsOf(group, options.SiteOf(Serial));

    /// <summary>The tags of a row that was stored before, perhaps when the SGM was elsewhere.</summary>
    public SeriesTags TagsOf(int group, string? site)
    {
        if (!_tags.TryGetValue((group, site), out var tags))
        {
            tags = new SeriesTags(options.Fabric, Serial, group, site);
            _tags.Add((group, site), tags);
        }

        return tags;
    }
}
