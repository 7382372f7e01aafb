using Maestro.Telemetry.Agent;
using Maestro.Telemetry.Protocol.V1;
using Microsoft.Extensions.Configuration;

namespace Maestro.Telemetry.Tests.Agents;

public sealed class AgentConfigurationTests
{
    [Fact]
    public void Settings_OfEveryKind_AreRead()
    {
        var options = new AgentOptions();

        var errors = Apply(
            options,
            ("Server", "https://collector:50051"),
            ("serial", "SN-1"),
            ("Site", "2"),
            ("Interval", "00:00:01"),
            ("Trace:Loop", "false"),
            ("Trace:PeakBitsPerSecond", "1e9"),
            ("Sender:MaxOutboxBytes", "16777216"),
            ("Linux:Interfaces:0", "eth1"),
            ("Linux:Interfaces:1", "eth2*"),
            ("Linux:CoreTypes:0", "SND"),
            ("Linux:CoreTypes:3", "Fw"),
            ("Journal:Directory", "/data"));

        Assert.Empty(errors);
        Assert.Equal(("https://collector:50051", "SN-1", 2), (options.Server, options.Serial, options.Site));
        Assert.Equal((TimeSpan.FromSeconds(1), false, 1e9), (options.Interval, options.Trace.Loop, options.Trace.PeakBitsPerSecond));
        Assert.Equal((16L << 20, "/data"), (options.Sender.MaxOutboxBytes, options.Journal.Directory));
        Assert.Equal(["eth1", "eth2*"], options.Linux.Interfaces);
        Assert.Equal([(0, CoreType.Snd), (3, CoreType.Fw)], options.Linux.CoreTypes.Select(p => (p.Key, p.Value)));
    }

    [Fact]
    public void EveryValue_ThatCannotBeRead_IsToldAtOnce()
    {
        var errors = Apply(
            new(),
            ("Site", "two"),
            ("Interval", "1s"),
            ("Trace:Loop", "maybe"),
            ("Linux:CoreTypes:x", "FW"),
            ("Linux:CoreTypes:1", "GPU"),
            ("Sender:Linger:Deep", "1"),
            ("Seriall", "SN-1"));

        Assert.Equal(
            [
                "Maestro:Agent:Interval is '1s'; give a duration as hours:minutes:seconds, such as 00:00:10.",
                "Maestro:Agent:Linux:CoreTypes:1 is 'GPU'; give a core's number as the key and FW, SND or OTHER as the value.",
                "Maestro:Agent:Linux:CoreTypes:x is 'FW'; give a core's number as the key and FW, SND or OTHER as the value.",
                "Maestro:Agent:Sender:Linger:Deep is no setting",
                "Maestro:Agent:Seriall is no setting",
                "Maestro:Agent:Site is 'two'; give a whole number.",
                "Maestro:Agent:Trace:Loop is 'maybe'; give true or false.",
            ],
            errors.Select(e => e.Split(" of the agent;")[0]));
    }

    [Fact]
    public void Settings_ThatAreNotGiven_StayAsTheyAre()
    {
        var options = new AgentOptions { Serial = "SN-1", Journal = { Directory = "/data" } };

        Assert.Empty(Apply(options, ("Linux:Interfaces", ""), ("Site", "3")));

        Assert.Equal(("SN-1", "/data", 3), (options.Serial, options.Journal.Directory, options.Site));
        Assert.Empty(options.Linux.Interfaces);
    }

    [Fact]
    public void EveryOption_HasAKey()
    {
        var keys = Properties(typeof(AgentOptions), "")
            .Where(key => key != "TraceFile")
            .Order(StringComparer.Ordinal);

        Assert.Equal(keys, AgentSettings.Keys);
    }

    private static IEnumerable<string> Properties(Type type, string prefix) =>
        type.GetProperties().Where(p => p.CanWrite).SelectMany(p =>
            p.PropertyType.Namespace == typeof(AgentOptions).Namespace
                ? Properties(p.PropertyType, $"{prefix}{p.Name}:")
                : [prefix + p.Name]);

    private static IReadOnlyList<string> Apply(AgentOptions options, params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create($"Maestro:Agent:{s.Key}", (string?)s.Value)))
            .Build();
        return AgentConfiguration.Apply(configuration, options);
    }
}
