using System.Buffers;

namespace Maestro.Telemetry.Server.Receivers.Otlp;

/// <summary>OTLP's dotted names as Prometheus writes them, so that one table has both.</summary>
internal static class OtlpNames
{
    private static readonly SearchValues<char> Allowed = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_:");

    public static string Normalize(string name) => !name.AsSpan().ContainsAnyExcept(Allowed)
        ? name
        : string.Create(name.Length, name, static (to, from) =>
        {
            for (var i = 0; i < to.Length; i++)
            {
                to[i] = Allowed.Contains(from[i]) ? from[i] : '_';
            }
        });
}
