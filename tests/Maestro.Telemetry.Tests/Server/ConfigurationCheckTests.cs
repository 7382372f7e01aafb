using Maestro.Telemetry.Server;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Maestro.Telemetry.Tests.Service;

public sealed class ConfigurationCheckTests
{
    [Fact]
    public async Task Check_Defaults_CanBeUsed() => Assert.Empty(await CheckAsync());

    [Fact]
    public async Task Check_ManyWrongSettings_TellsAllAtOnceWithKeyValueAndRemedy()
    {
        var errors = await CheckAsync(
            ("Maestro:Server:GrpcAddress", "http://0.0.0.0:50051"),
            ("Maestro:Server:ConsoleAddress", "ftp://127.0.0.1"),
            ("Maestro:Ingest:QueueBatches", "0"),
            ("Maestro:Autoscaler:EvaluateEvery", "00:00:01"),
            ("Maestro:Storage:Directory", ""),
            ("Maestro:Fabric:MaxMembersPerSite", "65"),
            ("Maestro:Fabric:Groups:0:Id", "1"),
            ("Maestro:Fabric:Groups:0:Quantile", "NaN"),
            ("Maestro:Fabric:Groups:0:Schedules:0:Name", "hours"),
            ("Maestro:Fabric:Groups:0:Schedules:0:From", "8:30am"),
            ("Maestro:Fabric:Groups:0:Schedules:0:To", "18:00"),
            ("Maestro:Fabric:Groups:0:Schedules:0:Zone", "Mars/Olympus"),
            ("Maestro:Fabric:Groups:1:Id", "1"));

        AssertOne(errors, "Maestro:Server:GrpcAddress is 'http://0.0.0.0:50051'; only loopback");
        AssertOne(errors, "Maestro:Server:ConsoleAddress is 'ftp://127.0.0.1'; it must be of the form");
        AssertOne(errors, "Maestro:Ingest:QueueBatches is 0; it must be from 1 to 65536.");
        AssertOne(errors, "Maestro:Autoscaler:EvaluateEvery is 00:00:01; it must be from 00:00:05");
        AssertOne(errors, "Maestro:Storage:Directory is not set; it must be set");
        AssertOne(errors, "Maestro:Fabric:MaxMembersPerSite is 65;");
        AssertOne(errors, "Maestro:Fabric:Groups:0:Quantile is NaN;");
        AssertOne(errors, "Maestro:Fabric:Groups:0:Schedules:0:From is '8:30am';");
        AssertOne(errors, "Maestro:Fabric:Groups:0:Schedules:0:Zone is 'Mars/Olympus';");
        AssertOne(errors, "Maestro:Fabric:Groups is 1; this Id is given to more than one group");
        Assert.Equal(10, errors.Count);
    }

    [Fact]
    public async Task Check_PollingThatTheAutoscalerWouldTakeForSilence_IsRefused()
    {
        (string, string)[] polling =
        [
            ("Maestro:Polling:Interval", "00:01:00"),
            ("Maestro:Polling:PasswordEnvironmentVariable", "PATH"),
            ("Maestro:Polling:Targets:0:Group", "1"),
            ("Maestro:Polling:Targets:0:Address", "https://10.0.0.1"),
        ];

        AssertOne(
            await CheckAsync(polling),
            "Maestro:Polling:Interval is 00:01:00; it must be at most three times Maestro:Autoscaler:SampleInterval, 00:00:10");
        Assert.Empty(await CheckAsync([.. polling, ("Maestro:Autoscaler:SampleInterval", "00:00:20")]));
        Assert.Empty(await CheckAsync([.. polling, ("Maestro:Polling:Enabled", "false")]));
    }

    [Fact]
    public async Task Check_InfluxDb_IsOnlyLookedAtWhenItIsTheStore()
    {
        (string, string)[] wrong =
        [
            ("Maestro:Storage:Influx:Url", "http://me:secret@influx:8086"),
            ("Maestro:Storage:Influx:Database", ""),
            ("Maestro:Storage:Influx:User", "maestro"),
            ("Maestro:Storage:Influx:PointsPerRequest", "20000"),
        ];

        Assert.Empty(await CheckAsync(wrong));
        var errors = await CheckAsync([("Maestro:Storage:Kind", "influxdb"), .. wrong]);

        AssertOne(errors, "Maestro:Storage:Influx:Url is 'an address with a user'; leave user and password out of it");
        AssertOne(errors, "Maestro:Storage:Influx:Database is not set; it must be set, for example maestro.");
        AssertOne(errors, "Maestro:Storage:Influx:User is 'maestro'; its password must be in SecretFile");
        AssertOne(errors, "Maestro:Storage:Influx:PointsPerRequest is 20000; it must be from 1 to 10000.");
        Assert.Equal(4, errors.Count);
    }

    [Fact]
    public async Task Check_UnknownKeyWrongTypeAndUnknownSection_AreTold()
    {
        var errors = await CheckAsync(
            ("Maestro:Ingest:QueueBatch", "5"),
            ("Maestro:Storage:KeepSamples", "a week"),
            ("Maestro:Ingst:QueueBatches", "5"),
            ("Maestro:Agent:Serial", "S1"));

        Assert.Equal(3, errors.Count);
        AssertOne(errors, "Maestro:Ingest:QueueBatch is no setting; correct its name, or take it out.");
        AssertOne(errors, "Maestro:Storage:KeepSamples is 'a week'; it cannot be read: ");
        AssertOne(errors, "Maestro:Ingst is no section; use one of Maestro:Access, Maestro:Agent, Maestro:Autoscaler,");
    }

    [Fact]
    public async Task Check_ManyErrorsOfTheBinder_AreAllTold()
    {
        var errors = await CheckAsync(
            ("Maestro:Ingest:QueueBatch", "5"),
            ("Maestro:Ingest:CommitRows", "many"),
            ("Maestro:Ingest:MaxStreams", "0"),
            ("Maestro:Fabric:Groups:0:Id", "one"),
            ("Maestro:Fabric:Groups:0:Quantile", "7"),
            ("Maestro:Fabric:Groups:0:Schedules:0:Name", "hours"),
            ("Maestro:Fabric:Groups:0:Schedules:0:From", "08:30"),
            ("Maestro:Fabric:Groups:0:Schedules:0:To", "18:00"),
            ("Maestro:Fabric:Groups:0:Schedules:0:Zone", "Europe/Berlin"),
            ("Maestro:Fabric:Groups:0:Schedules:0:Days:0", "Funday"));

        AssertOne(errors, "Maestro:Ingest:QueueBatch is no setting; ");
        AssertOne(errors, "Maestro:Ingest:CommitRows is 'many'; it cannot be read: ");
        AssertOne(errors, "Maestro:Ingest:MaxStreams is 0; it must be from 1 to 100000.");
        AssertOne(errors, "Maestro:Fabric:Groups:0:Id is 'one'; it cannot be read: ");
        AssertOne(errors, "Maestro:Fabric:Groups:0:Quantile is 7;");
        AssertOne(errors, "Maestro:Fabric:Groups:0:Schedules:0:Days:0 is 'Funday'; it cannot be read: ");
        Assert.True(errors.Count == 6, string.Join('\n', errors));
    }

    [Fact]
    public async Task Check_StatedFactsThatAreWrong_AreAllTold()
    {
        var errors = await CheckAsync(
            ("Maestro:Fabric:Groups:0:Id", "1"),
            ("Maestro:Fabric:Groups:0:Clustering", "Vsls"),
            ("Maestro:Fabric:Groups:0:Vsx", "false"),
            ("Maestro:Fabric:Groups:0:Take", "-1"),
            ("Maestro:Fabric:Orchestrators:0:Release", "eighty-two"),
            ("Maestro:Fabric:Orchestrators:0:SyncPorts:0:Port", "1/48/1"),
            ("Maestro:Fabric:Gateways:0:Serial", "A"),
            ("Maestro:Fabric:Gateways:1:Serial", "A"),
            ("Maestro:Fabric:CertifiedMixes:0:Models:0", "16200"),
            ("Maestro:Fabric:EnforceWithOneOrchestrator:0", "0"));

        AssertOne(errors, "Maestro:Fabric:Groups:0:Clustering is ");
        AssertOne(errors, "Maestro:Fabric:Groups:0:Take is -1; it must be from 0 to 100000.");
        AssertOne(errors, "Maestro:Fabric:Orchestrators:0:Id is not set;");
        AssertOne(errors, "Maestro:Fabric:Orchestrators:0:Release is 'eighty-two';");
        AssertOne(errors, "Maestro:Fabric:Orchestrators:0:SyncPorts:0:Gigabits is 0;");
        AssertOne(errors, "Maestro:Fabric:Gateways is 'A'; this Serial occurs more than once");
        AssertOne(errors, "Maestro:Fabric:CertifiedMixes:0:Models is '16200'; it must name two or more models.");
        AssertOne(errors, "Maestro:Fabric:EnforceWithOneOrchestrator:0 is 0;");
        Assert.True(errors.Count == 8, string.Join('\n', errors));
    }

    [Fact]
    public async Task Check_FactsOfAnOrchestratorThatNobodyTalksTo_AreRefused() => Assert.StartsWith(
        "Maestro:Fabric:Orchestrators:0:Id is '3_1'; it must be the Id of one of Maestro:Gaia:Orchestrators.",
        Assert.Single(await CheckAsync(("Maestro:Fabric:Orchestrators:0:Id", "3_1"))),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("Maestro:Autoscaler:EvaluateEvery", "00:15:01", "to 00:15:00: after a longer silence")]
    [InlineData("Maestro:Autoscaler:ForecastEvery", "00:30:01", "to 00:30:00: the planner uses no forecast")]
    [InlineData("Maestro:Autoscaler:DecisionHeartbeat", "00:00:30", "from 00:01:00 to 1.00:00:00.")]
    [InlineData("Maestro:Autoscaler:RefitShare", "1.5", "from 0.01 to 1.")]
    [InlineData("Maestro:Autoscaler:RefitShare", "NaN", "from 0.01 to 1.")]
    [InlineData("Maestro:Fabric:Groups:0:SwitchingCost", "-0.1", "from 0 to 1000.")]
    [InlineData("Maestro:Autoscaler:FitTimeout", "00:00:00.5000000", "from 00:00:01 to 00:10:00")]
    [InlineData("Maestro:Storage:KeepSamples", "1.00:00:00", "above Maestro:Ingest:MaxSampleAge, 1.00:00:00, or 0")]
    [InlineData("Maestro:Autoscaler:Horizon", "01:59:59", "at least Maestro:Fabric:Groups:0:ScaleInHorizon, 02:00:00")]
    public async Task Check_WhatThePlannerOrTheStoreCannotUse_SaysWhy(string key, string value, string why)
    {
        var error = Assert.Single(await CheckAsync((key, value), ("Maestro:Fabric:Groups:0:Id", "1")));

        Assert.StartsWith($"{key} is {value}; it must be ", error, StringComparison.Ordinal);
        Assert.Contains(why, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Maestro:Autoscaler:EvaluateEvery", "00:15:00")]
    [InlineData("Maestro:Autoscaler:ForecastEvery", "00:30:00")]
    [InlineData("Maestro:Autoscaler:RefitShare", "1")]
    [InlineData("Maestro:Autoscaler:FitTimeout", "00:10:00")]
    [InlineData("Maestro:Storage:KeepSamples", "1.00:00:01")]
    [InlineData("Maestro:Storage:KeepSamples", "00:00:00")]
    [InlineData("Maestro:Autoscaler:Horizon", "02:00:00")]
    public async Task Check_AtTheLimit_CanBeUsed(string key, string value) =>
        Assert.Empty(await CheckAsync((key, value), ("Maestro:Fabric:Groups:0:Id", "1")));

    [Fact]
    public async Task Check_LeadTimeBeyondTheHorizon_NamesTheGroup()
    {
        var errors = await CheckAsync(
            ("Maestro:Autoscaler:Horizon", "03:00:00"),
            ("Maestro:Fabric:Groups:0:Id", "1"),
            ("Maestro:Fabric:Groups:1:Id", "2"),
            ("Maestro:Fabric:Groups:1:LeadTime", "04:00:00"));

        AssertOne(errors, "Maestro:Autoscaler:Horizon is 03:00:00; it must be at least "
            + "Maestro:Fabric:Groups:1:LeadTime, 04:00:00: ");
        Assert.Single(errors);
    }

    [Theory]
    [InlineData("Maestro:Server:GrpcAddress", "http://192.0.2.1:50051")]
    [InlineData("Maestro:Server:GrpcAdress", "http://127.0.0.1:0")]
    public async Task Start_WrongListener_RefusesAndOpensNothing(string key, string value)
    {
        await using var host = Build((key, value), ("Maestro:Storage:Directory", "/dev/null/none"));

        var e = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(default));

        Assert.Equal(host.CheckConfiguration(), e.Failures);
        Assert.Single(e.Failures);
    }

    private static void AssertOne(IReadOnlyList<string> errors, string beginning) =>
        Assert.True(
            errors.Count(e => e.StartsWith(beginning, StringComparison.Ordinal)) == 1,
            $"'{beginning}' in:\n{string.Join('\n', errors)}");

    private static async Task<IReadOnlyList<string>> CheckAsync(params (string Key, string Value)[] settings)
    {
        await using var host = Build(settings);
        return host.CheckConfiguration();
    }

    private static MaestroHost Build(params (string Key, string Value)[] settings) => MaestroHost.Build(
        configuration => configuration.AddInMemoryCollection(
            settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))),
        _ => { });
}
