using Maestro.Telemetry.Series;
using Maestro.Telemetry.Server.Access;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Server.Receivers.Intake;
using Maestro.Telemetry.Server.Receivers.Skyline;

namespace Maestro.Telemetry.Tests.Receivers.Foreign;

public sealed class SeriesMapperTests : IDisposable
{
    private readonly ForeignUnderTest _foreign = new();

    public void Dispose() => _foreign.Dispose();

    [Theory]
    [InlineData("system_cpu_utilization", "cpu=3 state=idle type=CoreXL_FW", "", 30, MetricTarget.CpuCoreBusyPercent, 70)]
    [InlineData("system_cpu_utilization", "cpu=cpu3 state=idle", "1", 0.25, MetricTarget.CpuCoreBusyPercent, 75)]
    [InlineData("system_cpu_utilization_ratio", "cpu=3 state=idle", "", 0.25, MetricTarget.CpuCoreBusyPercent, 75)]
    [InlineData("system_cpu_utilization", "cpu=3 state=idle", "", 100.2, MetricTarget.CpuCoreBusyPercent, 0)]
    [InlineData("system_traffic_connections", "protocol=tcp state=closed", "", 7, MetricTarget.ConcurrentConnections, 7)]
    [InlineData("system_network_connections_rate", "", "", 8, MetricTarget.ConnectionsPerSecond, 8)]
    [InlineData("system_network_interface_io_receive_rate", "interface=eth1", "", 9, MetricTarget.ReceivedBitsPerSecond, 9)]
    [InlineData("system_network_interface_io_receive_rate", "interface=eth1", "By/s", 9, MetricTarget.ReceivedBitsPerSecond, 72)]
    [InlineData("system_network_interface_io_transmit_rate", "interface=eth1", "", 9, MetricTarget.TransmittedBitsPerSecond, 9)]
    [InlineData("system_network_interface_packets_receive_rate", "interface=eth1", "", 9, MetricTarget.ReceivedPacketsPerSecond, 9)]
    [InlineData("system_network_interface_packets_transmit_rate", "interface=e", "", 9, MetricTarget.TransmittedPacketsPerSecond, 9)]
    [InlineData("system_network_interface_rx_throughput_bs", "if_name=eth1", "", 9, MetricTarget.ReceivedBitsPerSecond, 9)]
    [InlineData("system_network_interface_tx_throughput_bs", "if_name=eth1", "", 9, MetricTarget.TransmittedBitsPerSecond, 9)]
    [InlineData("system_memory_usage", "state=used", "By", 5, MetricTarget.MemoryUsedPercent, 5)]
    [InlineData("system_memory_limit", "", "", 5, MetricTarget.MemoryUsedPercent, 5)]
    [InlineData("system_memory_utilization", "state=used", "1", 0.5, MetricTarget.MemoryUsedPercent, 50)]
    [InlineData("system_traffic_dropped", "type=x", "", 5, MetricTarget.DroppedPacketsPerSecond, 5)]
    [InlineData("cluster_xl_members_state", "id=1_01", "", 26, MetricTarget.MemberState, 6)]
    [InlineData("cluster_xl_members_state", "name=sg1-ch01-01 id=9", "", 30, MetricTarget.MemberState, 6)]
    [InlineData("cluster_xl_members_state", "", "", 11, MetricTarget.MemberState, 3)]
    public void BuiltIn_ASeriesOfSkyline_BecomesWhatTheTableSays(
        string metric, string labels, string unit, double value, MetricTarget target, double expected)
    {
        var point = Assert.Single(Tell(metric, labels, value, unit).Contributions);

        Assert.Equal((target, expected), (point.Series.Rule.Target, point.Value));
        Assert.Equal("S1", point.Serial.Value);
    }

    [Theory]
    [InlineData("system_uptime", "", nameof(IgnoredReason.NotMapped))]
    [InlineData("system_cpu_utilization", "cpu=3 state=user", nameof(IgnoredReason.NotMapped))]
    [InlineData("system_network_interface_io_receive_rate", "interface=TOTAL", nameof(IgnoredReason.NotMapped))]
    [InlineData("system_network_interface_io_receive_rate", "interface=lo", nameof(IgnoredReason.NotMapped))]
    [InlineData("system_traffic_connections", "protocol=tcp service_namespace=vs_id_4", nameof(IgnoredReason.OtherVirtualSystem))]
    [InlineData("cluster_xl_members_state", "id=1_02", nameof(IgnoredReason.OtherMember))]
    [InlineData("cluster_xl_members_state", "name=sg1-ch01-02", nameof(IgnoredReason.OtherMember))]
    public void BuiltIn_ASeriesThatIsNotNeeded_IsIgnoredWithItsReason(string metric, string labels, string reason)
    {
        var intake = Tell(metric, labels, 26);

        Assert.Empty(intake.Contributions);
        Assert.Equal(reason, Assert.Single(intake.Tally.IgnoredByReason).Key.ToString());
        Assert.Equal(0, intake.Tally.Refused);
    }

    [Theory]
    [InlineData("system_cpu_utilization", "cpu=all state=idle", 50, RefusalReason.Shape)]
    [InlineData("system_cpu_utilization", "cpu=1 state=idle", 101, RefusalReason.OutOfRange)]
    [InlineData("system_cpu_utilization", "cpu=1 state=idle", double.NaN, RefusalReason.NotFinite)]
    [InlineData("system_network_connections_rate", "", -1, RefusalReason.Negative)]
    [InlineData("system_network_connections_rate", "", double.PositiveInfinity, RefusalReason.NotFinite)]
    [InlineData("cluster_xl_members_state", "", 36, RefusalReason.OutOfRange)]
    [InlineData("system_network_connections_rate", "sp_member_id=9", 1, RefusalReason.UnknownSerial)]
    [InlineData("system_network_connections_rate", "serial_number=S9", 1, RefusalReason.UnknownSerial)]
    [InlineData("system_network_connections_rate", "serial_number=S3", 1, RefusalReason.WrongSite)]
    public void BuiltIn_APointThatCannotBe_IsRefusedWithReasonAndSentence(
        string metric, string labels, double value, RefusalReason reason)
    {
        var intake = Tell(metric, labels, value);

        Assert.Empty(intake.Contributions);
        Assert.Equal(reason, Assert.Single(intake.Tally.RefusedByReason).Key);
        Assert.NotEmpty(intake.Tally.Describe());
    }

    [Fact]
    public void Intake_TimesOutsideOfWhatIsAccepted_AreRefused()
    {
        var intake = _foreign.Intake();
        var labels = ForeignUnderTest.Of("S1");
        ForeignUnderTest.Tell(intake, "system_network_connections_rate", labels, 1, _foreign.NowMs - 90_000_000);
        ForeignUnderTest.Tell(intake, "system_network_connections_rate", labels, 1, _foreign.NowMs + 60_000);
        ForeignUnderTest.Tell(intake, "system_network_connections_rate", labels, 1, long.MinValue);
        ForeignUnderTest.Tell(intake, "system_network_connections_rate", labels, 1, long.MaxValue);

        Assert.Empty(intake.Contributions);
        Assert.Equal(2, intake.Tally.RefusedByReason[RefusalReason.TooOld].Points);
        Assert.Equal(2, intake.Tally.RefusedByReason[RefusalReason.TooNew].Points);
    }

    [Fact]
    public void Intake_ACallerForOtherSgms_IsRefusedPerSeries()
    {
        var intake = _foreign.Intake(SerialScope.Of([new("S2")]));
        ForeignUnderTest.Tell(intake, "system_network_connections_rate", ForeignUnderTest.Of("S1"), 1, _foreign.NowMs);
        ForeignUnderTest.Tell(intake, "system_network_connections_rate", ForeignUnderTest.Of("S2"), 1, _foreign.NowMs);

        Assert.Equal("S2", Assert.Single(intake.Contributions).Serial.Value);
        Assert.Equal(1, intake.Tally.RefusedByReason[RefusalReason.NotPermitted].Points);
    }

    [Fact]
    public void Intake_ADeltaSum_IsRefusedWithTheRemedy()
    {
        var intake = _foreign.Intake();
        ForeignUnderTest.Tell(
            intake, "system_traffic_dropped", ForeignUnderTest.Of("S1"), 1, _foreign.NowMs, isDelta: true);

        Assert.Contains("cumulative", intake.Tally.Describe(), StringComparison.Ordinal);
    }

    [Fact]
    public void Locate_HostNameOnly_IsFoundByTheNameOfTheGroup()
    {
        _foreign.Fabric.Set(new(
            _foreign.Time.GetUtcNow(),
            [new() { Id = new(1), Name = "sg1" }],
            [ForeignUnderTest.Member("S1", 1), ForeignUnderTest.Member("S2", 2)]));
        var intake = _foreign.Intake();
        ForeignUnderTest.Tell(
            intake, "system_network_connections_rate", [new("host_name", "SG1-ch01-02")], 1, _foreign.NowMs);

        Assert.Equal("S2", Assert.Single(intake.Contributions).Serial.Value);
    }

    [Fact]
    public void Locate_AnSgmThatMoves_IsFoundWhereTheFabricHasItNow()
    {
        Assert.Equal("S1", Assert.Single(Tell("system_network_connections_rate", "", 1).Contributions).Serial.Value);
        _foreign.Fabric.Set(Tests.Service.Given.Fabric(
            _foreign.Time.GetUtcNow(), ForeignUnderTest.Member("S4", 1), ForeignUnderTest.Member("S2", 2)));

        Assert.Equal("S4", Assert.Single(Tell("system_network_connections_rate", "", 1).Contributions).Serial.Value);
    }

    [Fact]
    public void Locate_WithoutOrchestrators_LearnsWhatTheTableTells()
    {
        var options = new ReceiverOptions
        {
            Members = { new KnownMemberOptions { Serial = "X7", HostName = "sg1-ch01-01" } },
        };
        using var foreign = new ForeignUnderTest(options, orchestrators: false);
        var intake = foreign.Intake();
        ForeignUnderTest.Tell(intake, "system_network_connections_rate", ForeignUnderTest.Of("S1"), 1, foreign.NowMs);

        Assert.Equal("X7", Assert.Single(intake.Contributions).Serial.Value);
        var learned = foreign.Fabric.Current.Find(new Maestro.Telemetry.Fabric.GatewaySerial("X7"));
        Assert.Equal((1, 1, 1), (learned!.Group!.Value.Value, learned.Site.Value, learned.MemberId));
    }

    [Fact]
    public void Configured_ARuleOfAMetric_TakesThePlaceOfTheBuiltInOnes()
    {
        var options = new ReceiverOptions
        {
            Rules =
            {
                new MetricRuleOptions
                {
                    Metric = "my_accelerated",
                    Target = MetricTarget.AccelerationRatio,
                    Scale = 0.01,
                    Where = { ["path"] = "medium|fast" },
                },
                new MetricRuleOptions { Metric = "system_traffic_dropped", Target = MetricTarget.None },
            },
        };
        using var foreign = new ForeignUnderTest(options);
        var intake = foreign.Intake();
        ForeignUnderTest.Tell(intake, "my_accelerated", ForeignUnderTest.Of("S1", ("path", "Fast")), 90, foreign.NowMs);
        ForeignUnderTest.Tell(intake, "my_accelerated", ForeignUnderTest.Of("S1", ("path", "slow")), 10, foreign.NowMs);
        ForeignUnderTest.Tell(intake, "system_traffic_dropped", ForeignUnderTest.Of("S1"), 1, foreign.NowMs);

        Assert.Equal(0.9, Assert.Single(intake.Contributions).Value, 9);
        Assert.Equal(2, intake.Tally.IgnoredByReason[IgnoredReason.NotMapped]);
    }

    private RequestIntake Tell(string metric, string labels, double value, string unit = "")
    {
        var intake = _foreign.Intake();
        var extra = labels.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => l.Split('='))
            .Select(l => (l[0], l[1]))
            .ToArray();
        ForeignUnderTest.Tell(intake, metric, ForeignUnderTest.Of("S1", extra), value, _foreign.NowMs, unit);
        return intake;
    }
}
