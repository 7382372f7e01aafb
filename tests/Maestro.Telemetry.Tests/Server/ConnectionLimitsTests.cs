using System.Net;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Server.Listening;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Maestro.Telemetry.Tests.Service;

public sealed class ConnectionLimitsTests
{
    private static readonly IPAddress One = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress Two = IPAddress.Parse("192.0.2.2");

    [Fact]
    public void Enter_UpToTheLimitOfAll_ThenIsRefusedUntilOneLeaves()
    {
        var limits = Limits(all: 2, perAddress: 2);

        Assert.Null(limits.Enter(One));
        Assert.Null(limits.Enter(Two));
        Assert.Contains("MaxConnections allows", limits.Enter(IPAddress.Loopback), StringComparison.Ordinal);
        Assert.Equal(2, limits.Open);

        limits.Leave(One);
        Assert.Null(limits.Enter(IPAddress.Loopback));
    }

    [Fact]
    public void Enter_AnAddressThatHasAsManyAsItMay_IsRefusedAndOthersAreNot()
    {
        var limits = Limits(all: 100, perAddress: 2);

        Assert.Null(limits.Enter(One));
        Assert.Null(limits.Enter(IPAddress.Parse("::ffff:192.0.2.1")));
        Assert.Contains("MaxConnectionsPerAddress", limits.Enter(One), StringComparison.Ordinal);
        Assert.Null(limits.Enter(Two));

        limits.Leave(One);
        Assert.Null(limits.Enter(One));
        Assert.Equal(3, limits.Open);
    }

    [Fact]
    public void Enter_AddressesOfOneIPv6Network_AreOne()
    {
        var limits = Limits(all: 100, perAddress: 1);

        Assert.Null(limits.Enter(IPAddress.Parse("2001:db8:0:1::1")));
        Assert.NotNull(limits.Enter(IPAddress.Parse("2001:db8:0:1:ffff::2")));
        Assert.Null(limits.Enter(IPAddress.Parse("2001:db8:0:2::1")));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    public void Enter_FromLoopback_HasNoLimitOfItsOwn(string address)
    {
        var limits = Limits(all: 10, perAddress: 1);

        Assert.All(Enumerable.Range(0, 10), _ => Assert.Null(limits.Enter(IPAddress.Parse(address))));
    }

    private static ConnectionLimits Limits(int all, int perAddress) => new(
        Options.Create(new ServerOptions { MaxConnections = all, MaxConnectionsPerAddress = perAddress }),
        Given.Meters(),
        NullLogger<ConnectionLimits>.Instance);
}
