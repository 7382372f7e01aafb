using Maestro.Telemetry.Server.Configuration;

namespace Maestro.Telemetry.Tests.Polling;

public sealed class PollingOptionsTests
{
    // Set wherever tests run.
    private const string Variable = "PATH";

    [Fact]
    public void Check_SoundTargets_FindsNothing() => Assert.Empty(Check(Sound()));

    [Fact]
    public void Check_NoTargets_AsksForNoPassword() => Assert.Empty(Check(new PollingOptions()));

    [Fact]
    public void Check_EverythingWrong_SaysAllAtOnceByTheNamesOfTheSection()
    {
        var errors = Check(new PollingOptions
        {
            Interval = TimeSpan.FromSeconds(9),
            Timeout = TimeSpan.Zero,
            Parallel = 9,
            Targets =
            [
                new() { Group = 0, Address = "http://10.0.0.1", PasswordFile = "/nowhere" },
                new() { Group = 2, Address = "https://me:hunter2@10.0.0.1", CertificateFingerprint = "12" },
                new() { Group = 2, Address = "https://10.0.0.2" },
            ],
        });

        AssertOne(errors, "Maestro:Polling:Interval is 00:00:09;");
        AssertOne(errors, "Maestro:Polling:Timeout is 00:00:00;");
        AssertOne(errors, "Maestro:Polling:Parallel is 9;");
        AssertOne(errors, "Maestro:Polling:Targets:0:Group is 0;");
        AssertOne(errors, "Maestro:Polling:Targets:0:Address = 'http://10.0.0.1': Plain http");
        AssertOne(errors, "Maestro:Polling:Targets:0:PasswordFile = '/nowhere': There is no such file");
        AssertOne(errors, "Maestro:Polling:Targets:1:Address = 'https://10.0.0.1': Leave user and password out");
        AssertOne(errors, "Maestro:Polling:Targets:1:CertificateFingerprint = '12':");
        AssertOne(errors, "Maestro:Polling:Targets:2:Group is 2; another target has this group");
        AssertOne(errors, "Maestro:Polling:PasswordFile = '': Give exactly one");
        Assert.Equal(10, errors.Count);
    }

    [Fact]
    public void ToGaia_OwnPassword_TakesThePlaceOfTheShared()
    {
        var options = Sound();
        options.Targets[0].PasswordFile = "/etc/own";
        options.Targets[0].User = "monitor";

        var own = options.Targets[0].ToGaia(options);
        var shared = options.Targets[1].ToGaia(options);

        Assert.Equal(("monitor", "/etc/own", null), (own.User, own.PasswordFile, own.PasswordEnvironmentVariable));
        Assert.Equal(("admin", null, Variable), (shared.User, shared.PasswordFile, shared.PasswordEnvironmentVariable));
    }

    private static PollingOptions Sound() => new()
    {
        PasswordEnvironmentVariable = Variable,
        Targets =
        [
            new() { Group = 1, Address = "https://10.0.0.1" },
            new() { Group = 2, Address = "https://10.0.0.2", CertificateFingerprint = new string('a', 64) },
        ],
    };

    private static IReadOnlyList<string> Check(PollingOptions options)
    {
        var errors = new SettingErrors(PollingOptions.SectionName);
        options.Check(errors);
        return errors.All;
    }

    private static void AssertOne(IReadOnlyList<string> errors, string start) => Assert.True(
        errors.Count(e => e.StartsWith(start, StringComparison.Ordinal)) == 1, $"{start} in:\n{string.Join('\n', errors)}");
}
