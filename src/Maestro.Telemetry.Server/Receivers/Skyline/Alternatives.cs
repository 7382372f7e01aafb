namespace Maestro.Telemetry.Server.Receivers.Skyline;

/// <summary>Texts with a bar between them, as the settings have them.</summary>
internal static class Alternatives
{
    public static string[] Split(string text) =>
        text.Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
