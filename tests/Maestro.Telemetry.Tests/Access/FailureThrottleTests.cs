using System.Net;
using Maestro.Telemetry.Server.Access;
using Maestro.Telemetry.Tests.Support;

namespace Maestro.Telemetry.Tests.Access;

public sealed class FailureThrottleTests
{
    private static readonly IPAddress Here = IPAddress.Parse("192.0.2.7");

    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void Failures_AsManyAsAreAllowed_BlockTheAddressAndAreForgivenEvenly()
    {
        var throttle = new FailureThrottle(3, TimeSpan.FromSeconds(60), _time);

        Assert.Equal([false, false, true], Enumerable.Range(0, 3).Select(_ => throttle.Failed(Here)));
        Assert.Equal(TimeSpan.FromSeconds(20), throttle.BlockedFor(Here));
        Assert.Equal(TimeSpan.Zero, throttle.BlockedFor(IPAddress.Parse("192.0.2.8")));
        _time.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(TimeSpan.Zero, throttle.BlockedFor(Here));
        Assert.True(throttle.Failed(Here));
        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.False(throttle.Failed(Here));
    }

    [Fact]
    public void Failures_OfOneIpv6Network_CountTogether()
    {
        var throttle = new FailureThrottle(2, TimeSpan.FromSeconds(60), _time);
        throttle.Failed(IPAddress.Parse("2001:db8:1:2::1"));
        throttle.Failed(IPAddress.Parse("2001:db8:1:2:ffff::9"));

        Assert.True(throttle.BlockedFor(IPAddress.Parse("2001:db8:1:2::77")) > TimeSpan.Zero);
        Assert.Equal(TimeSpan.Zero, throttle.BlockedFor(IPAddress.Parse("2001:db8:1:3::77")));
    }

    [Fact]
    public void Failures_OfAMappedAddress_AreThoseOfTheIpv4Host()
    {
        var throttle = new FailureThrottle(1, TimeSpan.FromSeconds(60), _time);
        throttle.Failed(Here.MapToIPv6());

        Assert.True(throttle.BlockedFor(Here) > TimeSpan.Zero);
        Assert.Equal(TimeSpan.Zero, throttle.BlockedFor(IPAddress.Parse("192.0.2.9")));
    }

    [Fact]
    public void Failures_OfMoreAddressesThanAreKept_ForgetTheOldest()
    {
        var throttle = new FailureThrottle(1, TimeSpan.FromHours(1), _time, capacity: 100);
        for (var i = 0; i < 1_000; i++)
        {
            throttle.Failed(new IPAddress(i + 0x0A000000L));
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal(TimeSpan.Zero, throttle.BlockedFor(new IPAddress(899 + 0x0A000000L)));
        Assert.True(throttle.BlockedFor(new IPAddress(900 + 0x0A000000L)) > TimeSpan.Zero);
    }
}
