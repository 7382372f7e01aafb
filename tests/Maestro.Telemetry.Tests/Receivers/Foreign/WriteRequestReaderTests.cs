using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using Maestro.Telemetry.Protocol.RemoteWrite;
using Maestro.Telemetry.Server.Receivers.Intake;
using Maestro.Telemetry.Server.Receivers.RemoteWrite;
using Label = Maestro.Telemetry.Protocol.RemoteWrite.Label;

namespace Maestro.Telemetry.Tests.Receivers.Foreign;

public sealed class WriteRequestReaderTests
{
    private static readonly double StaleMarker = BitConverter.UInt64BitsToDouble(0x7FF0_0000_0000_0002);

    [Fact]
    public void Read_AnyRequest_TellsWhatTheGeneratedParserReads() => ForAnyRequest((request, _) =>
        Read(request.ToByteArray()).Lines.SequenceEqual(Expected(request)));

    [Fact]
    public void Read_AnyDamage_IsRefusedOrReadAndNothingElse() => ForAnyRequest((request, random) =>
    {
        var bytes = Mutation.Of(request.ToByteArray(), random);
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            Read(bytes);
        }
        catch (MalformedRequestException e)
        {
            Assert.NotEmpty(e.Message);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before < 10_000_000;
    });

    [Fact]
    public void Read_LabelsAfterSamples_AreTheSeriesAllTheSame()
    {
        var labels = new TimeSeries { Labels = { new Label { Name = "__name__", Value = "m" } } }.ToByteArray();
        var samples = new TimeSeries { Samples = { new Sample { Value = 1, Timestamp = 5 } } }.ToByteArray();
        var body = new byte[2 + labels.Length + samples.Length];
        (body[0], body[1]) = (0x0A, (byte)(labels.Length + samples.Length));
        samples.CopyTo(body, 2);
        labels.CopyTo(body, 2 + samples.Length);

        Assert.Equal([RecordingSink.Line("m", "", false, [], 5, 1)], Read(body).Lines);
    }

    [Fact]
    public void Read_StalenessMarkersAndHistograms_AreIgnoredWithTheirReason()
    {
        var sink = Read(new WriteRequest
        {
            Timeseries =
            {
                new TimeSeries
                {
                    Samples = { new Sample { Value = StaleMarker }, new Sample { Value = double.NaN } },
                    Histograms = { new Histogram(), new Histogram() },
                },
            },
        }.ToByteArray());

        Assert.Single(sink.Points);
        Assert.Equal(1, sink.Ignored[IgnoredReason.Stale]);
        Assert.Equal(2, sink.Ignored[IgnoredReason.Distribution]);
    }

    private static void ForAnyRequest(Func<WriteRequest, Random, bool> law) =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);

            return law(Any(random), random);
        }).Check(Trials.Of(2_000));

    private static WriteRequest Any(Random random)
    {
        var request = new WriteRequest();
        for (var i = random.Next(6); i > 0; i--)
        {
            var series = new TimeSeries();
            for (var l = random.Next(5); l > 0; l--)
            {
                series.Labels.Add(new Label { Name = l == 1 ? "__name__" : $"l{l}", Value = $"v{random.Next(3)}" });
            }

            for (var s = random.Next(4); s > 0; s--)
            {
                var value = random.Next(5) switch { 0 => double.NaN, 1 => 0, _ => random.NextDouble() };
                series.Samples.Add(new Sample { Value = value, Timestamp = random.NextInt64(-10, long.MaxValue) });
            }

            request.Timeseries.Add(series);
        }

        return request;
    }

    private static IEnumerable<string> Expected(WriteRequest request) =>
        from series in request.Timeseries
        from sample in series.Samples
        select RecordingSink.Line(
            series.Labels.LastOrDefault(l => l.Name == "__name__")?.Value ?? "",
            "",
            false,
            series.Labels.Where(l => l.Name != "__name__")
                .Select(l => new Server.Receivers.Intake.Label(l.Name, l.Value)),
            sample.Timestamp,
            sample.Value);

    private static RecordingSink Read(byte[] bytes)
    {
        var sink = new RecordingSink();
        WriteRequestReader.Read(bytes, sink);
        return sink;
    }
}
