using System.Globalization;
using System.Text;
using Google.Protobuf;
using Maestro.Telemetry.Protocol.Otlp;
using Maestro.Telemetry.Server.Receivers.Intake;
using Label = Maestro.Telemetry.Server.Receivers.Intake.Label;

namespace Maestro.Telemetry.Server.Receivers.Otlp;

/// <summary>Reads OTLP attributes as labels. Lists and maps are no labels, and are left out.</summary>
internal static class OtlpAttributes
{
    private const WireFormat.WireType Delimited = WireFormat.WireType.LengthDelimited;

    /// <summary>Adds the attributes that a message has under <paramref name="field"/>.</summary>
    public static void Read(ReadOnlySpan<byte> message, int field, List<Label> labels)
    {
        var reader = new WireReader(message);
        while (reader.MoveNext())
        {
            if (reader.Is(field, Delimited))
            {
                ReadPair(reader.ReadBytes(), labels);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static void ReadPair(ReadOnlySpan<byte> message, List<Label> labels)
    {
        var (key, value) = ("", (string?)null);
        var reader = new WireReader(message);
        while (reader.MoveNext())
        {
            if (reader.Is(KeyValue.KeyFieldNumber, Delimited))
            {
                key = Encoding.UTF8.GetString(reader.ReadBytes());
            }
            else if (reader.Is(KeyValue.ValueFieldNumber, Delimited))
            {
                value = ReadValue(reader.ReadBytes()) ?? value;
            }
            else
            {
                reader.Skip();
            }
        }

        if (value is not null)
        {
            labels.Add(new Label(OtlpNames.Normalize(key), value));
        }
    }

    private static string? ReadValue(ReadOnlySpan<byte> message)
    {
        string? value = null;
        var reader = new WireReader(message);
        while (reader.MoveNext())
        {
            switch (reader.Field, reader.Type)
            {
                case (AnyValue.StringValueFieldNumber, Delimited):
                    value = Encoding.UTF8.GetString(reader.ReadBytes());
                    break;
                case (AnyValue.BoolValueFieldNumber, WireFormat.WireType.Varint):
                    value = reader.ReadVarint() != 0 ? "true" : "false";
                    break;
                case (AnyValue.IntValueFieldNumber, WireFormat.WireType.Varint):
                    value = ((long)reader.ReadVarint()).ToString(CultureInfo.InvariantCulture);
                    break;
                case (AnyValue.DoubleValueFieldNumber, WireFormat.WireType.Fixed64):
                    value = reader.ReadDouble().ToString(CultureInfo.InvariantCulture);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return value;
    }
}
