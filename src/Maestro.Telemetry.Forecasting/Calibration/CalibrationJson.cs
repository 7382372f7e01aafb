using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Maestro.Telemetry.Forecasting.Calibration;

/// <summary>Saved states of what is kept about a series beside its model.</summary>
[JsonSourceGenerationOptions(NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(CalibratedModelState))]
[JsonSerializable(typeof(PreparedForecastState))]
internal sealed partial class CalibrationJson : JsonSerializerContext
{
    /// <exception cref="FormatException">The text is not such a state.</exception>
    public static T Read<T>(string json, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json, type)
                ?? throw new FormatException($"The saved state holds no {typeof(T).Name}.");
        }
        catch (JsonException e)
        {
            throw new FormatException($"The saved state cannot be read: {e.Message}", e);
        }
    }
}
