using Maestro.Telemetry.Protocol.Otlp;

namespace Maestro.Telemetry.Tests.Receivers.Foreign;

/// <summary>Any request of OTLP.</summary>
internal sealed class RandomExport(Random random)
{
    private static readonly string[] Texts = ["", "system.cpu.utilization", "sp_member_id", "ü ö", "vs_id_0", "7"];

    public ExportMetricsServiceRequest Request()
    {
        var request = new ExportMetricsServiceRequest();
        Repeat(3, () => request.ResourceMetrics.Add(Resource()));
        return request;
    }

    private ResourceMetrics Resource()
    {
        var resource = new ResourceMetrics();
        if (random.Next(4) > 0)
        {
            resource.Resource = new Resource();
            Repeat(4, () => resource.Resource.Attributes.Add(Attribute()));
        }

        Repeat(3, () =>
        {
            var scope = new ScopeMetrics();
            Repeat(4, () => scope.Metrics.Add(Metric()));
            resource.ScopeMetrics.Add(scope);
        });
        return resource;
    }

    private Metric Metric()
    {
        var metric = new Metric { Name = Text(), Unit = random.Next(2) == 0 ? "1" : "" };
        switch (random.Next(5))
        {
            case 0 or 1:
                metric.Gauge = new Gauge();
                Repeat(4, () => metric.Gauge.DataPoints.Add(Point()));
                break;
            case 2:
                metric.Sum = new Sum { AggregationTemporality = (AggregationTemporality)random.Next(3) };
                Repeat(4, () => metric.Sum.DataPoints.Add(Point()));
                break;
            case 3:
                metric.Histogram = new Distribution();
                Repeat(4, () => metric.Histogram.DataPoints.Add(new DistributionDataPoint()));
                break;
        }

        return metric;
    }

    private NumberDataPoint Point()
    {
        var point = new NumberDataPoint
        {
            TimeUnixNano = (ulong)random.NextInt64(),
            Flags = random.Next(5) == 0 ? 1u : 0,
        };
        switch (random.Next(5))
        {
            case 0:
                point.AsInt = random.Next(-5, 1_000_000);
                break;
            case > 1:
                point.AsDouble = random.Next(10) == 0 ? double.NaN : random.NextDouble() * 100;
                break;
        }

        Repeat(4, () => point.Attributes.Add(Attribute()));
        return point;
    }

    private KeyValue Attribute() => new()
    {
        Key = Text(),
        Value = random.Next(5) switch
        {
            0 => new AnyValue { IntValue = random.Next(-10, 10) },
            1 => new AnyValue { BoolValue = random.Next(2) == 0 },
            2 => null,
            _ => new AnyValue { StringValue = Text() },
        },
    };

    private string Text() => Texts[random.Next(Texts.Length)];

    private void Repeat(int most, Action action)
    {
        for (var i = random.Next(most); i > 0; i--)
        {
            action();
        }
    }
}
