using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Gaia;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Server.Access;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Server.Fabrics;
using Maestro.Telemetry.Server.Ingest;
using Maestro.Telemetry.Server.Ingest.Spooling;
using Maestro.Telemetry.Server.Receivers.Assembly;
using Maestro.Telemetry.Server.Receivers.Clocks;
using Maestro.Telemetry.Server.Receivers.Intake;
using Maestro.Telemetry.Server.Receivers.Skyline;
using Maestro.Telemetry.Tests.Service;
using Maestro.Telemetry.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Maestro.Telemetry.Tests.Receivers.Foreign;

/// <summary>
/// The way of a foreign point up to the queue. The fabric has S1 and S2 in group 1 on site 1 and S3 in it on site 2, as
/// members 1, 2 and 1.
/// </summary>
internal sealed class ForeignUnderTest : IDisposable
{
    private readonly IOptions<IngestOptions> _ingest;
    private readonly SeriesCatalogue _catalogue;

    public ForeignUnderTest(ReceiverOptions? options = null, bool orchestrators = true, int queue = 1_000)
    {
        Options = options ?? new ReceiverOptions();
        var wrapped = Microsoft.Extensions.Options.Options.Create(Options);
        _ingest = Microsoft.Extensions.Options.Options.Create(new IngestOptions { QueueBatches = queue });
        var gaia = new GaiaSection();
        if (orchestrators)
        {
            gaia.Orchestrators.Add(new OrchestratorOptions { Id = "1_1", Address = "https://192.0.2.1" });
        }

        Fabric = new FabricState(Time);
        var learned = new LearnedFabric(
            Fabric,
            new ApplianceCatalogue(gaia.ApplianceModels, gaia.ReferenceCores),
            Microsoft.Extensions.Options.Options.Create(gaia),
            Microsoft.Extensions.Options.Options.Create(new FabricOptions()),
            Time);
        if (orchestrators)
        {
            Fabric.Set(Given.Fabric(Time.GetUtcNow(), Member("S1", 1), Member("S2", 2), Member("S3", 1, site: 2)));
        }

        Table = new MappingTable(wrapped);
        Locator = new MemberLocator(Fabric, learned, wrapped);
        _catalogue = new SeriesCatalogue(new SeriesMapper(Table, wrapped));
        Queue = new IngestQueue(_ingest, new StoreGate());
        Assembler = new RowAssembler(
            new RowOutlet(Queue, Rows), new PartsKeeper(Journal, NullLogger<PartsKeeper>.Instance), Fabric, Options, Time);
        Clocks = new SenderClocks(Given.Meters(), _ingest, Time);
        Receiver = new PointReceiver(
            _catalogue, Locator, Assembler, Clocks, Points, _ingest, wrapped, Time);
    }

    public ReceiverOptions Options { get; }

    public ManualTimeProvider Time { get; } = new(Given.Noon);

    public FabricState Fabric { get; }

    public MappingTable Table { get; }

    public MemberLocator Locator { get; }

    public IngestQueue Queue { get; }

    public RowCounters Rows { get; } = new(Given.Meters());

    public ReceiverCounters Points { get; } = new(Given.Meters());

    public FakeJournal Journal { get; } = new();

    public RowAssembler Assembler { get; }

    public PointReceiver Receiver { get; }

    public SenderClocks Clocks { get; }

    public long NowMs => Time.GetUtcNow().ToUnixTimeMilliseconds();

    public static Gateway Member(string serial, int member, int site = 1) =>
        Given.Gateway(serial, 1, site: site) with { MemberId = member };

    /// <summary>The labels of S1, and these.</summary>
    public static Label[] Of(string member, params (string Name, string Value)[] labels) =>
    [
        new("sp_security_group_id", "1"),
        new("sp_site_id", member == "S3" ? "2" : "1"),
        new("sp_member_id", member == "S2" ? "2" : "1"),
        new("host_name", member == "S3" ? "sg1-ch02-01" : member == "S2" ? "sg1-ch01-02" : "sg1-ch01-01"),
        .. labels.Select(l => new Label(l.Name, l.Value)),
    ];

    public RequestIntake Intake(SerialScope? scope = null) => new(
        _catalogue, Locator, scope ?? SerialScope.All, _ingest.Value, Options, Time.GetUtcNow());

    /// <summary>A series as a decoder tells it.</summary>
    public static void Tell(
        RequestIntake intake, string metric, Label[] labels, double value, long timeMs, string unit = "", bool isDelta = false)
    {
        var key = System.Text.Encoding.UTF8.GetBytes(metric + unit + isDelta + string.Join(';', labels));
        var series = intake.Find(key)
            ?? intake.Describe(key, new SeriesDescription(metric, unit, isDelta, labels));
        intake.Add(series, timeMs, value);
    }

    /// <summary>Sends points as one request.</summary>
    public Task<ReceiverAnswer> SendAsync(
        IEnumerable<(string Metric, Label[] Labels, double Value)> points, long? timeMs = null) =>
        Receiver.ReceiveAsync(
            "test",
            Caller.Local,
            intake =>
            {
                foreach (var (metric, labels, value) in points)
                {
                    Tell(intake, metric, labels, value, timeMs ?? NowMs);
                }
            },
            CancellationToken.None);

    /// <summary>What is queued, committed at once.</summary>
    public List<SampleBatch> Commit()
    {
        var batches = new List<SampleBatch>();
        while (Queue.Reader.TryRead(out var item))
        {
            batches.Add(item.Batch!);
            item.Committed();
        }

        return batches;
    }

    public void Dispose() => Assembler.Dispose();
}
