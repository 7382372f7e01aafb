using Maestro.Telemetry.Gaia;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Maestro.Telemetry.Tests.Orchestration;

public sealed class GaiaOptionsValidatorTests
{
    // Set wherever tests run.
    private const string Variable = "PATH";

    [Fact]
    public void Check_SoundOptions_FindsNothing() => Assert.Empty(GaiaOptionsValidator.Check(Sound()));

    [Theory]
    [InlineData("http://10.0.0.1", "loopback")]
    [InlineData("10.0.0.1", "https://10.0.0.1")]
    [InlineData("ftp://10.0.0.1", "https://10.0.0.1")]
    [InlineData("https://admin:hunter2@10.0.0.1", "out of the address")]
    [InlineData("https://10.0.0.1/?x=1", "query")]
    [InlineData("", "https://10.0.0.1")]
    public void Check_AnAddress_IsRefusedWithTheRemedy(string address, string remedy)
    {
        var options = Sound();
        options.Orchestrators[0].Address = address;

        var error = Assert.Single(GaiaOptionsValidator.Check(options));

        Assert.Equal("Maestro:Gaia:Orchestrators:0:Address", error.Key);
        Assert.Contains(remedy, error.Remedy, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:8081")]
    [InlineData("http://localhost:8081")]
    [InlineData("http://[::1]:8081")]
    public void Check_PlainHttpToLoopback_IsAllowed(string address)
    {
        var options = Sound();
        options.Orchestrators[0].Address = address;

        Assert.Empty(GaiaOptionsValidator.Check(options));
    }

    [Fact]
    public void Check_EverythingWrong_SaysAllAtOnce()
    {
        var options = new GaiaOptions
        {
            Orchestrators =
            [
                new() { Id = "1_1", Site = 0, Address = "x", CertificateFingerprint = "12:34" },
                new() { Id = "1_1", Address = "https://mho" },
                new() { Id = "", Address = "https://mho" },
            ],
            User = " ",
            PasswordFile = "/nowhere/password",
            ApiVersion = "../x",
            CaFile = "/nowhere/ca.pem",
            CertificateFingerprint = new('a', 64),
            RequestTimeout = TimeSpan.Zero,
            MaxResponseBytes = 1,
            ApplianceModels = [new() { Name = "", Cores = 0, Weight = double.NaN }],
            ReferenceCores = 0,
        };

        string[] keys =
        [
            "ApiVersion", "ApplianceModels:0:Cores", "ApplianceModels:0:Name", "ApplianceModels:0:Weight", "CaFile",
            "CaFile", "MaxResponseBytes", "Orchestrators:0:Address", "Orchestrators:0:CertificateFingerprint",
            "Orchestrators:0:Site", "Orchestrators:1:Id", "Orchestrators:2:Id", "PasswordFile", "ReferenceCores",
            "RequestTimeout", "User",
        ];
        Assert.Equal(
            keys.Select(k => "Maestro:Gaia:" + k),
            GaiaOptionsValidator.Check(options).Select(e => e.Key).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("/some/file", Variable)]
    public void Check_NoneOrTwoPlacesForThePassword_IsRefused(string? file, string? variable)
    {
        var options = Sound();
        (options.PasswordFile, options.PasswordEnvironmentVariable) = (file, variable);

        Assert.Contains("exactly one", Assert.Single(GaiaOptionsValidator.Check(options)).Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_WrongOptions_ThrowsWithAllOfThem()
    {
        var options = Sound();
        options.User = "";
        options.Orchestrators.Clear();

        var error = Assert.Throws<OptionsValidationException>(
            () => GaiaFabricController.Create(options, TimeProvider.System, NullLoggerFactory.Instance));

        Assert.Equal(2, error.Failures.Count());
    }

    [Fact]
    public void Catalogue_AModelWithoutAWeight_WeighsByItsCores()
    {
        var catalogue = new ApplianceCatalogue(
            [new() { Name = "Small", Cores = 8 }, new() { Name = "Big", Cores = 64, Weight = 3.5 }], referenceCores: 16);

        Assert.Equal(0.5, catalogue.Resolve("small", out var none).Weight);
        Assert.Null(none);
        Assert.Equal(3.5, catalogue.Resolve("Big", out _).Weight);
        Assert.Equal((16, 1.0), (catalogue.Resolve("Other", out var note).Cores, catalogue.Resolve("Other", out _).Weight));
        Assert.Contains("'Other' is not configured", note, StringComparison.Ordinal);
    }

    private static GaiaOptions Sound() => new()
    {
        Orchestrators = [new() { Id = "1_1", Site = 1, Address = "https://10.0.0.1" }],
        PasswordEnvironmentVariable = Variable,
    };
}
