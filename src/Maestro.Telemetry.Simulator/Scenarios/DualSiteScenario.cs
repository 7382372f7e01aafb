using System.Globalization;

namespace Maestro.Telemetry.Simulator.Scenarios;

/// <summary>
/// The scenario that everything is shown with. At the usual peak each group needs more than it starts with, and at
/// night less, so that there is something to add, to remove and to move.
/// </summary>
internal static class DualSiteScenario
{
    private const string Large = "16200";
    private const string Small = "9700";

    public static Scenario Create(ulong seed) => new Scenario
    {
        Name = "dual-site",
        Seed = seed,
        Sites = [new(1, ["1_1", "1_2"]), new(2, ["2_1", "2_2"])],
        Models =
        [
            new() { Name = Large, Cores = 48, Weight = 1.0 },
            new() { Name = Small, Cores = 24, Weight = 0.5 },
        ],
        Groups = [Edge(), Datacenter(), Partners()],
        Gateways = [.. Gateways(site: 1), .. Gateways(site: 2)],
    }.Validated();

    // People: two peaks on working days.
    private static ScenarioGroup Edge() => new()
    {
        Id = 1,
        Name = "edge",
        Priority = 1,
        MinMembers = 2,
        Demand = new()
        {
            PeakWork = 4.9,
            PeakHour = 14,
            SecondPeakHour = 9.5,
            NightShare = 0.22,
        },
    };

    // Machines: backups at night, work by day, weekends nearly as busy.
    private static ScenarioGroup Datacenter() => new()
    {
        Id = 2,
        Name = "datacenter",
        Priority = 2,
        MinMembers = 2,
        Demand = new()
        {
            PeakWork = 3.2,
            PeakHour = 1.5,
            PeakWidthHours = 2.5,
            SecondPeakHour = 13,
            SecondPeakShare = 0.75,
            NightShare = 0.35,
            Weekdays = [1, 1, 1, 1, 1, 0.85, 0.9],
            BitsPerWork = 22e9,
            ConnectionRatePerWork = 25_000,
            ConnectionSeconds = 90,
            AccelerationRatio = 0.85,
            PacketBytes = 980,
        },
    };

    // Business partners of another time zone: an evening peak.
    private static ScenarioGroup Partners() => new()
    {
        Id = 3,
        Name = "partners",
        Priority = 3,
        MinMembers = 2,
        Demand = new()
        {
            PeakWork = 1.6,
            PeakHour = 19,
            PeakWidthHours = 3,
            SecondPeakHour = 15.5,
            SecondPeakShare = 0.6,
            NightShare = 0.2,
            Noise = 0.07,
            BitsPerWork = 12e9,
            ConnectionRatePerWork = 70_000,
            ConnectionSeconds = 25,
            AccelerationRatio = 0.6,
            PacketBytes = 610,
        },
    };

    private static IEnumerable<ScenarioGateway> Gateways(int site)
    {
        int[] large = [1, 1, 1, 2, 2, 0, 0, 0];
        int[] small = [3, 3, 0, 0];
        return large.Select((group, index) => Gateway(site, index, Large, group))
            .Concat(small.Select((group, index) => Gateway(site, large.Length + index, Small, group)));
    }

    // Serials in the vendor's form: year and month, two letters, four digits.
    private static ScenarioGateway Gateway(int site, int index, string model, int group)
    {
        var number = 1900 + (site * 40) + (index * 3);
        var serial = string.Create(CultureInfo.InvariantCulture, $"{(site == 1 ? "1007" : "2108")}RT{number}");
        return new(serial, site, model, group);
    }
}
