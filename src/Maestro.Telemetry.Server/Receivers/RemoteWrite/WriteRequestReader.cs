using System.Text;
using Google.Protobuf;
using Maestro.Telemetry.Protocol.RemoteWrite;
using Maestro.Telemetry.Server.Receivers.Intake;
using Label = Maestro.Telemetry.Server.Receivers.Intake.Label;

namespace Maestro.Telemetry.Server.Receivers.RemoteWrite;

/// <summary>Reads a WriteRequest of remote write 1.0 where it lies.</summary>
internal static class WriteRequestReader
{
    private const string MetricName = "__name__";

    // The NaN by which Prometheus says that a series has ended.
    private const ulong StaleMarker = 0x7FF0_0000_0000_0002;

    /// <exception cref="MalformedRequestException">It is no WriteRequest.</exception>
    public static void Read<T>(ReadOnlySpan<byte> request, ISeriesSink<T> sink)
        where T : class
    {
        var reader = new WireReader(request);
        while (reader.MoveNext())
        {
            if (reader.Is(WriteRequest.TimeseriesFieldNumber, WireFormat.WireType.LengthDelimited))
            {
                ReadSeries(reader.ReadBytes(), sink);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static void ReadSeries<T>(ReadOnlySpan<byte> message, ISeriesSink<T> sink)
        where T : class
    {
        var key = message[..LabelBytes(message)];
        var series = sink.Find(key) ?? sink.Describe(key, Describe(key));
        var reader = new WireReader(message);
        while (reader.MoveNext())
        {
            if (reader.Is(TimeSeries.SamplesFieldNumber, WireFormat.WireType.LengthDelimited))
            {
                ReadSample(reader.ReadBytes(), series, sink);
            }
            else if (reader.Is(TimeSeries.HistogramsFieldNumber, WireFormat.WireType.LengthDelimited))
            {
                reader.Skip();
                sink.Ignore(IgnoredReason.Distribution, 1);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    /// <summary>Bytes up to the end of the last label: senders write labels first, so that it is the labels.</summary>
    private static int LabelBytes(ReadOnlySpan<byte> message)
    {
        var reader = new WireReader(message);
        var end = 0;
        while (reader.MoveNext())
        {
            var isLabel = reader.Is(TimeSeries.LabelsFieldNumber, WireFormat.WireType.LengthDelimited);
            reader.Skip();
            end = isLabel ? message.Length - reader.Remaining : end;
        }

        return end;
    }

    private static SeriesDescription Describe(ReadOnlySpan<byte> key)
    {
        var name = "";
        var labels = new List<Label>();
        var reader = new WireReader(key);
        while (reader.MoveNext())
        {
            if (!reader.Is(TimeSeries.LabelsFieldNumber, WireFormat.WireType.LengthDelimited))
            {
                reader.Skip();
                continue;
            }

            var label = ReadLabel(reader.ReadBytes());
            if (label.Name == MetricName)
            {
                name = label.Value;
            }
            else
            {
                labels.Add(label);
            }
        }

        return new SeriesDescription(name, "", IsDelta: false, labels);
    }

    private static Label ReadLabel(ReadOnlySpan<byte> message)
    {
        var (name, value) = ("", "");
        var reader = new WireReader(message);
        while (reader.MoveNext())
        {
            if (reader.Is(Protocol.RemoteWrite.Label.NameFieldNumber, WireFormat.WireType.LengthDelimited))
            {
                name = Encoding.UTF8.GetString(reader.ReadBytes());
            }
            else if (reader.Is(Protocol.RemoteWrite.Label.ValueFieldNumber, WireFormat.WireType.LengthDelimited))
            {
                value = Encoding.UTF8.GetString(reader.ReadBytes());
            }
            else
            {
                reader.Skip();
            }
        }

        return new Label(name, value);
    }

    private static void ReadSample<T>(ReadOnlySpan<byte> message, T series, ISeriesSink<T> sink)
        where T : class
    {
        var (value, time) = (0.0, 0L);
        var reader = new WireReader(message);
        while (reader.MoveNext())
        {
            if (reader.Is(Sample.ValueFieldNumber, WireFormat.WireType.Fixed64))
            {
                value = reader.ReadDouble();
            }
            else if (reader.Is(Sample.TimestampFieldNumber, WireFormat.WireType.Varint))
            {
                time = (long)reader.ReadVarint();
            }
            else
            {
                reader.Skip();
            }
        }

        if (BitConverter.DoubleToUInt64Bits(value) == StaleMarker)
        {
            sink.Ignore(IgnoredReason.Stale, 1);
        }
        else
        {
            sink.Add(series, time, value);
        }
    }
}
