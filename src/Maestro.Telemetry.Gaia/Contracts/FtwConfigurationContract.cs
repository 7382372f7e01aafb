using System.Text.Json;

namespace Maestro.Telemetry.Gaia.Contracts;

/// <summary>
/// The one part of "ftw-configuration" that is wanted. The passwords beside it have no property here, so that the
/// reader skips them.
/// </summary>
internal sealed class FtwConfigurationContract
{
    /// <summary>True or false, as a literal or as a string.</summary>
    public JsonElement IsVsx { get; init; }
}
