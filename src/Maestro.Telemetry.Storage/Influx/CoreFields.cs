using System.Collections.Concurrent;
using System.Text;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Storage.Influx;

/// <summary>The bytes of the cores' fields with their equals signs, made once each.</summary>
internal static class CoreFields
{
    private static readonly ConcurrentDictionary<CoreId, byte[]> Names = new();

    public static byte[] Of(CoreId core) =>
        Names.GetOrAdd(core, static c => Encoding.UTF8.GetBytes(Measurements.CoreField(c) + "="));
}
