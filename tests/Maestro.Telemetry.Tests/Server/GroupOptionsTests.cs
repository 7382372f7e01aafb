using Maestro.Telemetry.Server.Configuration;

namespace Maestro.Telemetry.Tests.Service;

public sealed class GroupOptionsTests
{
    [Theory]
    [InlineData(1, 0.98)]
    [InlineData(2, 0.95)]
    [InlineData(3, 0.85)]
    [InlineData(9, 0.85)]
    public void Quantile_LeftOut_FollowsThePriority(int priority, double quantile) =>
        Assert.Equal(quantile, new GroupOptions { Id = 1, Priority = priority }.ToPolicy("1").Quantile);

    [Fact]
    public void WhatIsConfigured_IsThePolicy()
    {
        var policy = new GroupOptions { Id = 1, Priority = 1, Quantile = 0.9, SwitchingCost = 4, AllowPreemption = true }.ToPolicy("1");

        Assert.Equal((0.9, 4.0, true), (policy.Quantile, policy.SwitchingCost, policy.AllowPreemption));
    }
}
