using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Gaia;
using Maestro.Telemetry.Protocol.V1;
using Maestro.Telemetry.Server.Access;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Server.Fabrics;
using Maestro.Telemetry.Server.Ingest;
using Maestro.Telemetry.Server.Receivers;
using Maestro.Telemetry.Server.Receivers.Clocks;
using Maestro.Telemetry.Tests.Support;
using Microsoft.Extensions.Options;

namespace Maestro.Telemetry.Tests.Service;

/// <summary>Admission and assembly over a fabric whose Orchestrators say that S1 is on site 1 in group 1.</summary>
internal sealed class ReceiverUnderTest
{
    public ReceiverUnderTest(bool orchestrators = true)
    {
        var gaia = new GaiaSection();
        if (orchestrators)
        {
            gaia.Orchestrators.Add(new OrchestratorOptions { Id = "1_1", Address = "https://192.0.2.1" });
        }

        var ingest = Options.Create(Ingest);
        State = new FabricState(Time);
        Learned = new LearnedFabric(
            State,
            new ApplianceCatalogue(gaia.ApplianceModels, gaia.ReferenceCores),
            Options.Create(gaia),
            Options.Create(Fabric),
            Time);
        Clocks = new SenderClocks(Given.Meters(), ingest, Time);
        Admission = new StreamAdmission(State, Learned, Counters, ingest);
        Assembler = new BatchAssembler(Admission, Clocks, Counters, ingest, Time);
        if (orchestrators)
        {
            State.Set(Given.Fabric(Time.GetUtcNow(), Given.Gateway("S1", 1)));
        }
    }

    public ManualTimeProvider Time { get; } = new(Given.Noon);

    public IngestOptions Ingest { get; } = new() { MaxBatchRows = 5 };

    public FabricOptions Fabric { get; } = new();

    public RowCounters Counters { get; } = new(Given.Meters());

    public FabricState State { get; }

    public LearnedFabric Learned { get; }

    public StreamAdmission Admission { get; }

    public BatchAssembler Assembler { get; }

    public SenderClocks Clocks { get; }

    /// <summary>A Hello with these columns; CPU and connections when none are given.</summary>
    public static Hello Hello(string serial = "S1", int site = 1, int group = 1, params Column[] columns)
    {
        var hello = new Hello
        {
            AgentId = "agent-1",
            Serial = serial,
            Site = site,
            SecurityGroup = group,
            Model = "9300",
            Release = "R82",
        };
        hello.Columns.AddRange(columns.Length > 0 ? columns :
        [
            new Column { Metric = Metric.CpuMean },
            new Column { Metric = Metric.ConcurrentConnections },
        ]);
        return hello;
    }

    /// <summary>A batch with rows a second apart up to now.</summary>
    public Batch Batch(params double[][] rows)
    {
        var batch = new Batch { Sequence = 7 };
        for (var i = 0; i < rows.Length; i++)
        {
            batch.TimestampsUnixMs.Add(Time.GetUtcNow().AddSeconds(i - rows.Length).ToUnixTimeMilliseconds());
            batch.Values.AddRange(rows[i]);
        }

        return batch;
    }

    public AssembledBatch Assemble(Batch batch, Hello? hello = null) =>
        Assembler.Assemble(LetIn(hello ?? Hello()), ReceivedBatch.Of(batch));

    /// <summary>What a stream begins with when nobody else holds the serial.</summary>
    public SenderProfile LetIn(Hello hello)
    {
        var sender = Admission.Admit(hello, Caller.Local);
        Admission.Learn(hello);
        return sender;
    }
}
