using FsCheck;
using FsCheck.Fluent;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Storage.Spool;

namespace Maestro.Telemetry.Tests.Storage;

public sealed class BatchCodecTests
{
    [Fact]
    public void Decode_OfWhatWasEncoded_GivesTheSame()
    {
        var seeds = Gen.Choose(0, int.MaxValue).ToArbitrary();
        Prop.ForAll(seeds, seed =>
        {
            var batches = Sample(seed);

            var decoded = BatchCodec.Decode(BatchCodec.Encode(batches));

            return decoded.Select(Text).SequenceEqual(batches.Select(Text));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Decode_OfChangedBytes_EitherGivesBatchesOrSaysThatTheyAreNone()
    {
        var seeds = Gen.Choose(0, int.MaxValue).ToArbitrary();
        Prop.ForAll(seeds, seed =>
        {
            var random = new Random(seed);
            var bytes = BatchCodec.Encode(Sample(seed));
            for (var i = 0; i < 3; i++)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            var cut = bytes.AsSpan(0, random.Next(bytes.Length + 1));
            try
            {
                return BatchCodec.Decode(cut).Sum(b => b.Rows) <= cut.Length / sizeof(long);
            }
            catch (InvalidDataException)
            {
                return true;
            }
        }).Check(Trials.Of(5_000));
    }

    private static string Text(SampleBatch batch) => string.Join(
        '|',
        batch.Serial,
        batch.Group,
        string.Join(',', batch.Metrics),
        string.Join(',', batch.Cores),
        string.Join(',', batch.TimestampsMs.ToArray()),
        string.Join(',', batch.Values.ToArray()),
        string.Join(',', batch.CoreValues.ToArray()));

    private static List<SampleBatch> Sample(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, random.Next(4)).Select(_ => One(random))];
    }

    private static SampleBatch One(Random random)
    {
        var metrics = Enum.GetValues<MetricId>().Where(_ => random.Next(2) == 0).ToArray();
        var cores = Enumerable.Range(0, random.Next(4)).Select(i => new CoreId(i, (CoreType)random.Next(3))).ToArray();
        var rows = random.Next(5);
        return new SampleBatch
        {
            Serial = new GatewaySerial(new string('Ü', random.Next(5)) + random.Next()),
            Group = random.Next(2) == 0 ? null : new SecurityGroupId(random.Next(1, 100)),
            Metrics = metrics,
            Cores = cores,
            TimestampsMs = Numbers(random, rows, r => r.NextInt64()),
            Values = Numbers(random, rows * metrics.Length, r => r.NextDouble()),
            CoreValues = Numbers(random, rows * cores.Length, r => r.NextDouble()),
        };
    }

    private static T[] Numbers<T>(Random random, int count, Func<Random, T> next) =>
        [.. Enumerable.Range(0, count).Select(_ => next(random))];
}
