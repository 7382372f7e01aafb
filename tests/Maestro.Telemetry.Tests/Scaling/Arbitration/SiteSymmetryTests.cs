namespace Maestro.Telemetry.Tests.Scaling.Arbitration;

public sealed class SiteSymmetryTests
{
    [Fact]
    public void TwoAdds_OfASymmetricGroup_GoToBothSites() =>
        Assert.Equal([1, 2], Sites(Group().Pool(2, site: 1).Pool(2, site: 2)));

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    public void TwoAdds_OfAGroupWithMoreOnOneSite_GoToTheOther(int larger, int smaller)
    {
        var scene = Group().Pool(2, site: 1).Pool(2, site: 2);
        foreach (var serial in new[] { "G1M01", "G1M02", "G1M03" })
        {
            scene.Gateway(serial, g => g with { Site = new(larger) });
        }

        scene.Gateway("G1M04", g => g with { Site = new(smaller) });

        Assert.Equal([smaller, smaller], Sites(scene));
    }

    [Fact]
    public void SiteWithoutAFreeSgm_LeavesTheAddToTheOther() =>
        Assert.Equal([2, 2], Sites(Group().Pool(2, site: 2)));

    private static Scene Group() => new Scene().Group(1, members: 4, demand: 2, forecast: 4, sites: 2);

    private static IEnumerable<int> Sites(Scene scene) => scene.Plan().Commands.Select(c => c.Site.Value).Order();
}
