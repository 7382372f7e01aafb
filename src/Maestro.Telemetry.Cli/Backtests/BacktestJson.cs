using System.Text.Json;
using System.Text.Json.Serialization;

namespace Maestro.Telemetry.Cli.Backtests;

/// <summary>Backtests as one JSON array; figures that are unknown are null.</summary>
internal static class BacktestJson
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new UnknownIsNull() },
    };

    public static string Of(IEnumerable<SeriesBacktest> series) => JsonSerializer.Serialize(
        series.Select(static one => new
        {
            one.Name,
            one.Start,
            StepSeconds = one.Step.TotalSeconds,
            Count = one.Values.Length,
            Origins = one.Result.Origins.Select(one.TimeOf),
            one.Result.Skipped,
            Models = one.Result.Models.Select(static model => new
            {
                model.Model,
                model.Made,
                model.FellBack,
                model.Score,
                model.RelativeLoss,
                model.Buckets,
                model.Windows,
                model.Reliability,
            }),
        }),
        Web);

    private sealed class UnknownIsNull : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Null ? double.NaN : reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value))
            {
                writer.WriteNumberValue(value);
            }
            else
            {
                writer.WriteNullValue();
            }
        }
    }
}
