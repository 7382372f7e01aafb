using Grpc.Core;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Protocol.V1;
using Maestro.Telemetry.Server.Access;
using MemberState = Maestro.Telemetry.Fabric.MemberState;

namespace Maestro.Telemetry.Tests.Service;

public sealed class StreamAdmissionTests
{
    [Fact]
    public void Admit_AFieldThatCannotBeUsed_NamesIt()
    {
        var receiver = new ReceiverUnderTest(orchestrators: false);

        Assert.Equal("The first message must be a Hello.", Refusal(receiver, null));
        Assert.StartsWith("serial has 0 characters", Refusal(receiver, ReceiverUnderTest.Hello("")), StringComparison.Ordinal);
        Assert.StartsWith(
            "serial has 129 characters", Refusal(receiver, ReceiverUnderTest.Hello(new string('x', 129))), StringComparison.Ordinal);
        Assert.Equal(
            "security_group is 40000; it must be from 1 to 1000, or 0 for none.",
            Refusal(receiver, ReceiverUnderTest.Hello(group: 40_000)));
        Assert.Equal(
            "columns has 1025 entries; it must have at most 1024.",
            Refusal(receiver, ReceiverUnderTest.Hello(columns: [.. Enumerable.Range(0, 1_025).Select(Core)])));
        Assert.False(receiver.State.IsKnown);
    }

    [Fact]
    public void Admit_FabricNotReadYet_AsksToComeBack()
    {
        var receiver = new ReceiverUnderTest();
        var empty = new Server.Receivers.StreamAdmission(
            new Server.Fabrics.FabricState(receiver.Time),
            receiver.Learned,
            receiver.Counters,
            Microsoft.Extensions.Options.Options.Create(receiver.Ingest));

        var e = Assert.Throws<RpcException>(() => empty.Admit(ReceiverUnderTest.Hello(), Caller.Local));

        Assert.Equal(StatusCode.Unavailable, e.StatusCode);
    }

    [Fact]
    public void Admit_ChangesNothing_UntilTheSenderIsLetIn()
    {
        var receiver = new ReceiverUnderTest(orchestrators: false);

        receiver.Admission.Admit(ReceiverUnderTest.Hello("A", site: 2), Caller.Local);

        Assert.Null(receiver.State.Current.Find(new GatewaySerial("A")));
    }

    [Fact]
    public void Learn_WithoutOrchestrators_IsTheFabric()
    {
        var receiver = new ReceiverUnderTest(orchestrators: false);
        receiver.LetIn(ReceiverUnderTest.Hello("A", site: 2, group: 3));
        receiver.LetIn(ReceiverUnderTest.Hello("B", site: 0, group: 0));

        var fabric = receiver.State.Current;

        Assert.Equal((2, 3, MemberState.Active), Place(fabric, "A"));
        Assert.Equal((1, null, MemberState.Unassigned), Place(fabric, "B"));
        Assert.Equal("SG-3", Assert.Single(fabric.Groups).Name);
    }

    [Fact]
    public async Task Learn_AReadingThatWasOvertaken_DoesNotHideAnSgm()
    {
        var receiver = new ReceiverUnderTest(orchestrators: false);
        receiver.LetIn(ReceiverUnderTest.Hello("A"));
        var overtaken = await receiver.Learned.ReadAsync(default);
        receiver.Time.Advance(TimeSpan.FromMilliseconds(1));
        receiver.LetIn(ReceiverUnderTest.Hello("B"));

        receiver.State.Set(overtaken);

        Assert.NotNull(receiver.State.Current.Find(new GatewaySerial("B")));
    }

    [Fact]
    public void Set_AfterTheClockWasSetBack_TakesTheReading()
    {
        var receiver = new ReceiverUnderTest();
        receiver.State.Set(Given.Fabric(Given.Noon + TimeSpan.FromHours(1)));

        receiver.State.Set(Given.Fabric(Given.Noon, Given.Gateway("S5", 1)));

        Assert.NotNull(receiver.State.Current.Find(new GatewaySerial("S5")));
    }

    [Fact]
    public async Task Learned_AskedForAChange_RefusesWithTheRemedy()
    {
        var receiver = new ReceiverUnderTest(orchestrators: false);

        var result = await receiver.Learned.ApplyAsync(new(new("S1"), null, new SecurityGroupId(1)), default);

        Assert.False(result.Done);
        Assert.Contains("Maestro:Gaia:Orchestrators", result.Reason, StringComparison.Ordinal);
    }

    private static Column Core(int number) => new() { Metric = Metric.CpuCoreBusy, Core = (uint)number };

    private static string Refusal(ReceiverUnderTest receiver, Hello? hello)
    {
        var e = Assert.Throws<RpcException>(() => receiver.Admission.Admit(hello, Caller.Local));
        Assert.Equal(StatusCode.InvalidArgument, e.StatusCode);
        return e.Status.Detail;
    }

    private static (int, int?, MemberState) Place(FabricSnapshot fabric, string serial)
    {
        var gateway = fabric.Find(new GatewaySerial(serial))!;
        return (gateway.Site.Value, gateway.Group?.Value, gateway.State);
    }
}
