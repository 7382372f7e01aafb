using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Maestro.Telemetry.Forecasting;
using Maestro.Telemetry.Forecasting.Batch;

namespace Maestro.Telemetry.Cli.Batches;

/// <summary>Writes what tasks came to, one a line.</summary>
/// <param name="stream">Where to; not closed.</param>
/// <param name="maxima">Adds quantiles of the maximum up to each step, as max.</param>
/// <param name="details">Adds the status, the model and the reason.</param>
internal sealed class ForecastWriter(Stream stream, bool maxima, bool details) : IDisposable
{
    private static readonly JsonWriterOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> _buffer = new(1 << 16);
    private readonly Utf8JsonWriter _json = new(Stream.Null, Format);

    public async Task WriteAsync(BatchForecast result, CancellationToken cancellationToken)
    {
        _buffer.ResetWrittenCount();
        _json.Reset(_buffer);
        Line(result);
        _json.Flush();
        _buffer.Write("\n"u8);
        await stream.WriteAsync(_buffer.WrittenMemory, cancellationToken);
    }

    public void Dispose() => _json.Dispose();

    private void Line(BatchForecast result)
    {
        _json.WriteStartObject();
        if (result.Id.Length == 0)
        {
            _json.WriteNull("id"u8);
        }
        else
        {
            _json.WriteString("id"u8, result.Id);
        }

        if (result.Forecast is { } forecast)
        {
            Rows("q"u8, forecast, forecast.Marginal);
            if (maxima)
            {
                Rows("max"u8, forecast, forecast.PathMaximum);
            }
        }
        else
        {
            _json.WriteString("error"u8, result.Reason);
        }

        if (details)
        {
            _json.WriteString("status"u8, result.Status.ToString());
            _json.WriteString("model"u8, result.Model);
            _json.WriteString("reason"u8, result.Reason);
        }

        _json.WriteEndObject();
    }

    private void Rows(ReadOnlySpan<byte> name, QuantileForecast forecast, double[] values)
    {
        _json.WriteStartArray(name);
        for (var step = 0; step < forecast.Steps; step++)
        {
            _json.WriteStartArray();
            foreach (var value in values.AsSpan(step * forecast.Levels.Count, forecast.Levels.Count))
            {
                _json.WriteNumberValue(value);
            }

            _json.WriteEndArray();
        }

        _json.WriteEndArray();
    }
}
