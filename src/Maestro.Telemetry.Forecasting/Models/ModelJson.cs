using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Maestro.Telemetry.Forecasting.Models.Direct;
using Maestro.Telemetry.Forecasting.Models.HoltWinters;
using Maestro.Telemetry.Forecasting.Models.Ssa;
using Maestro.Telemetry.Forecasting.Models.Theta;

namespace Maestro.Telemetry.Forecasting.Models;

/// <summary>Saved states. NaN is written by name; doubles are written so that they come back bit for bit.</summary>
[JsonSourceGenerationOptions(
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(DirectState))]
[JsonSerializable(typeof(PointState<LastCycleState>))]
[JsonSerializable(typeof(PointState<ThetaState>))]
[JsonSerializable(typeof(PointState<SsaState>))]
[JsonSerializable(typeof(PointState<HoltWintersState>))]
internal sealed partial class ModelJson : JsonSerializerContext
{
    public static T Read<T>(string json, JsonTypeInfo<T> type, string model, Func<T, string> name)
        where T : class
    {
        try
        {
            var state = JsonSerializer.Deserialize(json, type);
            return state is not null && name(state) == model
                ? state
                : throw new FormatException($"The saved state is not one of model {model}.");
        }
        catch (JsonException e)
        {
            throw new FormatException($"The saved state of model {model} cannot be read: {e.Message}", e);
        }
    }
}
