using Maestro.Telemetry.Agent;

namespace Maestro.Telemetry.Tests.Agents;

public sealed class AgentOptionsTests
{
    private static AgentOptions Valid => new() { Server = "http://127.0.0.1:50051", Serial = "SN-1" };

    [Fact]
    public void AddressAndSerial_AreEnough()
    {
        Assert.Empty(AgentOptionsValidator.Check(Valid));
        Assert.True(new AgentOptionsValidator().Validate(null, Valid).Succeeded);
    }

    [Fact]
    public void EveryError_IsReportedAtOnce_WithKeyValueAndRemedy()
    {
        var errors = AgentOptionsValidator.Check(new()
        {
            Server = "ftp://x",
            Serial = "S N",
            AgentId = "",
            Site = 0,
            Group = -1,
            Interval = TimeSpan.FromMilliseconds(10),
            Source = "windows",
            Trace = { Members = 99 },
            Sender = { BatchRows = 0 },
        });

        Assert.Equal(
            [
                "Maestro:Agent:Server (--server) is 'ftp://x'; give the collector's address, such as "
                    + "http://127.0.0.1:50051.",
                "Maestro:Agent:Serial (--serial) is 'S N'; give the serial number of the SGM, "
                    + "1 to 64 characters without spaces.",
                "Maestro:Agent:AgentId is '' with 0 characters; give 1 to 128.",
                "Maestro:Agent:Site (--site) is 0; give a value from 1 to 1000.",
                "Maestro:Agent:Group (--group) is -1; give a value from 0 to 1000.",
                "Maestro:Agent:Interval (--interval) is 00:00:00.0100000; give a value from 00:00:01 to 01:00:00.",
                "Maestro:Agent:Source (--source) is 'windows'; give linux, or trace: and the path of a CSV file.",
                "Maestro:Agent:Trace:Members is 99; give a value from 1 to 28.",
                "Maestro:Agent:Sender:BatchRows is 0; give a value from 1 to 100000.",
            ],
            errors);
    }

    [Theory]
    [InlineData("linux", null)]
    [InlineData("trace:/data/a b.csv", "/data/a b.csv")]
    public void Source_NamesTheTrace(string source, string? file)
    {
        var options = Valid;
        options.Source = source;

        Assert.Empty(AgentOptionsValidator.Check(options));
        Assert.Equal(file, options.TraceFile);
    }

    [Fact]
    public void Source_TraceWithoutFile_IsRefused()
    {
        var options = Valid;
        options.Source = "trace:";

        Assert.Single(AgentOptionsValidator.Check(options));
    }

    [Fact]
    public void Orchestrator_IsTheFirstOfTheSite_UnlessNamed()
    {
        var options = Valid;
        options.Site = 2;

        Assert.Equal("2_1", options.ToIdentity().Orchestrator);
    }
}
