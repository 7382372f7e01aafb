using System.Text;
using Google.Protobuf;
using Maestro.Telemetry.Protocol.Otlp;
using Maestro.Telemetry.Server.Receivers.Intake;
using Label = Maestro.Telemetry.Server.Receivers.Intake.Label;

namespace Maestro.Telemetry.Server.Receivers.Otlp;

/// <summary>Reads an ExportMetricsServiceRequest where it lies.</summary>
/// <typeparam name="T">How the sink knows a series.</typeparam>
internal sealed class OtlpReader<T>(ISeriesSink<T> sink)
    where T : class
{
    private const WireFormat.WireType Delimited = WireFormat.WireType.LengthDelimited;

    private readonly KeyBuilder _key = new();

    /// <exception cref="MalformedRequestException">It is no ExportMetricsServiceRequest.</exception>
    public void Read(ReadOnlySpan<byte> request)
    {
        var reader = new WireReader(request);
        while (reader.MoveNext())
        {
            if (reader.Is(ExportMetricsServiceRequest.ResourceMetricsFieldNumber, Delimited))
            {
                ReadResource(reader.ReadBytes());
            }
            else
            {
                reader.Skip();
            }
        }
    }

    // Fields may come in any order, and what a resource or a metric is named concerns all that is in it: two walks.
    private void ReadResource(ReadOnlySpan<byte> message)
    {
        var resource = ReadOnlySpan<byte>.Empty;
        var names = new WireReader(message);
        while (names.MoveNext())
        {
            if (names.Is(ResourceMetrics.ResourceFieldNumber, Delimited))
            {
                resource = names.ReadBytes();
            }
            else
            {
                names.Skip();
            }
        }

        var scopes = new WireReader(message);
        while (scopes.MoveNext())
        {
            if (scopes.Is(ResourceMetrics.ScopeMetricsFieldNumber, Delimited))
            {
                ReadScope(scopes.ReadBytes(), resource);
            }
            else
            {
                scopes.Skip();
            }
        }
    }

    private void ReadScope(ReadOnlySpan<byte> message, ReadOnlySpan<byte> resource)
    {
        var reader = new WireReader(message);
        while (reader.MoveNext())
        {
            if (reader.Is(ScopeMetrics.MetricsFieldNumber, Delimited))
            {
                ReadMetric(reader.ReadBytes(), resource);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private void ReadMetric(ReadOnlySpan<byte> message, ReadOnlySpan<byte> resource)
    {
        var name = ReadOnlySpan<byte>.Empty;
        var unit = ReadOnlySpan<byte>.Empty;
        var names = new WireReader(message);
        while (names.MoveNext())
        {
            if (names.Is(Metric.NameFieldNumber, Delimited))
            {
                name = names.ReadBytes();
            }
            else if (names.Is(Metric.UnitFieldNumber, Delimited))
            {
                unit = names.ReadBytes();
            }
            else
            {
                names.Skip();
            }
        }

        var data = new WireReader(message);
        while (data.MoveNext())
        {
            if (data.Type != Delimited || data.Field is not (>= Metric.GaugeFieldNumber and <= Metric.SummaryFieldNumber))
            {
                data.Skip();
                continue;
            }

            var kind = data.Field;
            var points = data.ReadBytes();
            if (kind is Metric.GaugeFieldNumber or Metric.SumFieldNumber)
            {
                ReadPoints(points, new MetricPlace(resource, name, unit, kind == Metric.SumFieldNumber && IsDelta(points)));
            }
            else if (kind is Metric.HistogramFieldNumber or Metric.ExponentialHistogramFieldNumber or Metric.SummaryFieldNumber)
            {
                sink.Ignore(IgnoredReason.Distribution, CountPoints(points));
            }
        }
    }

    private static bool IsDelta(ReadOnlySpan<byte> sum)
    {
        var temporality = 0UL;
        var reader = new WireReader(sum);
        while (reader.MoveNext())
        {
            if (reader.Is(Sum.AggregationTemporalityFieldNumber, WireFormat.WireType.Varint))
            {
                temporality = reader.ReadVarint();
            }
            else
            {
                reader.Skip();
            }
        }

        return temporality == (ulong)AggregationTemporality.Delta;
    }

    private static int CountPoints(ReadOnlySpan<byte> distribution)
    {
        var points = 0;
        var reader = new WireReader(distribution);
        while (reader.MoveNext())
        {
            points += reader.Is(Distribution.DataPointsFieldNumber, Delimited) ? 1 : 0;
            reader.Skip();
        }

        return points;
    }

    private void ReadPoints(ReadOnlySpan<byte> message, MetricPlace place)
    {
        _key.Truncate(0);
        _key.Append(place.Resource);
        _key.Append(place.Name);
        _key.Append(place.Unit);
        _key.Append(place.IsDelta ? "delta"u8 : []);
        var prefix = _key.Length;
        var reader = new WireReader(message);
        while (reader.MoveNext())
        {
            // A gauge and a sum have their points under the same number.
            if (reader.Is(Gauge.DataPointsFieldNumber, Delimited))
            {
                ReadPoint(reader.ReadBytes(), prefix, place);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private void ReadPoint(ReadOnlySpan<byte> message, int prefix, MetricPlace place)
    {
        _key.Truncate(prefix);
        var (time, value, flags) = (0UL, (double?)null, 0UL);
        var reader = new WireReader(message);
        while (reader.MoveNext())
        {
            switch (reader.Field, reader.Type)
            {
                case (NumberDataPoint.TimeUnixNanoFieldNumber, WireFormat.WireType.Fixed64):
                    time = reader.ReadFixed64();
                    break;
                case (NumberDataPoint.AsDoubleFieldNumber, WireFormat.WireType.Fixed64):
                    value = reader.ReadDouble();
                    break;
                case (NumberDataPoint.AsIntFieldNumber, WireFormat.WireType.Fixed64):
                    value = (long)reader.ReadFixed64();
                    break;
                case (NumberDataPoint.FlagsFieldNumber, WireFormat.WireType.Varint):
                    flags = reader.ReadVarint();
                    break;
                case (NumberDataPoint.AttributesFieldNumber, Delimited):
                    _key.Append(reader.ReadBytes());
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        if (value is not { } number || (flags & 1) != 0)
        {
            sink.Ignore(IgnoredReason.Stale, 1);
            return;
        }

        var key = _key.Key;
        sink.Add(sink.Find(key) ?? sink.Describe(key, Describe(place, message)), OtlpTime.Milliseconds(time), number);
    }

    private static SeriesDescription Describe(MetricPlace place, ReadOnlySpan<byte> point)
    {
        var labels = new List<Label>();
        OtlpAttributes.Read(place.Resource, Protocol.Otlp.Resource.AttributesFieldNumber, labels);
        OtlpAttributes.Read(point, NumberDataPoint.AttributesFieldNumber, labels);
        return new SeriesDescription(
            OtlpNames.Normalize(Encoding.UTF8.GetString(place.Name)),
            Encoding.UTF8.GetString(place.Unit),
            place.IsDelta,
            labels);
    }

    private readonly ref struct MetricPlace(
        ReadOnlySpan<byte> resource, ReadOnlySpan<byte> name, ReadOnlySpan<byte> unit, bool isDelta)
    {
        public readonly ReadOnlySpan<byte> Resource = resource;
        public readonly ReadOnlySpan<byte> Name = name;
        public readonly ReadOnlySpan<byte> Unit = unit;
        public readonly bool IsDelta = isDelta;
    }
}
