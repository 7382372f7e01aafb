using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Storage.Influx;

/// <summary>What the store remembers of one SGM.</summary>
internal sealed class SgmState(GatewaySerial serial, InfluxStoreOptions options)
{
    private readonly Dictionary<(int Group, string? Site), SeriesTags> _tags = [];
    private readonly Dictionary<int, SeriesTags> _current = [];

    public GatewaySerial Serial { get; } = serial;

    /// <summary>The minute of its newest sample, stored or on its way; below 0 when there is none.</summary>
    public long NewestMinute { get; set; } = -1;

    /// <summary>The tags of a row that is stored now.</summary>
    public SeriesTags TagsNow(int group)
    {
        if (!_current.TryGetValue(group, out var tags))
        {
            tags = TagsOf(group, options.SiteOf(Serial));
            _current.Add(group, tags);
        }

        return tags;
    }

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
