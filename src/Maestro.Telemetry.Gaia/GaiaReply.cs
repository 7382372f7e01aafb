using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Maestro.Telemetry.Gaia;

/// <summary>A JSON object that an Orchestrator answered with success. The body goes no further than the contracts.</summary>
internal sealed class GaiaReply(string orchestrator, GaiaCommand command, ReadOnlyMemory<byte> body)
{
    /// <exception cref="GaiaProtocolException">The body is not what the command promises.</exception>
    public T Read<T>(JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(body.Span, type) ?? throw new JsonException("It is null.");
        }
        catch (JsonException e)
        {
            // Not the exception itself: it may quote property names of the body.
            throw new GaiaProtocolException(
                $"{orchestrator} answered {command} with JSON of another form than promised "
                    + $"(line {e.LineNumber + 1}, byte {e.BytePositionInLine}).",
                command.Changes);
        }
    }
}
