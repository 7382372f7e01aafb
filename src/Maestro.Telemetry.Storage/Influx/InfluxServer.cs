namespace Maestro.Telemetry.Storage.Influx;

/// <summary>The server that answered.</summary>
/// <param name="Version">As it calls itself; empty when it says nothing.</param>
public sealed record InfluxServer(InfluxGeneration Generation, string Version)
{
    /// <summary>Reads the header X-Influxdb-Version. A server that hides it is taken for the newest, of which least is asked.</summary>
    internal static InfluxServer Of(string? version)
    {
        var text = (version ?? "").TrimStart('v', 'V');
        var generation = text.Split('.')[0] switch
        {
            "0" or "1" => InfluxGeneration.One,
            "2" => InfluxGeneration.Two,
            _ => InfluxGeneration.Three,
        };
        return new InfluxServer(generation, text);
    }
}
