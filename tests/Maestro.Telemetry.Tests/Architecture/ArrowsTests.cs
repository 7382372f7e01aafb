using System.Xml.Linq;

namespace Maestro.Telemetry.Tests.Architecture;

/// <summary>Which project may know which. The table is the design; a new arrow is a decision.</summary>
public sealed class ArrowsTests
{
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["Agent"] = ["Protocol"],
        ["AgentApp"] = ["Agent"],
        ["Cli"] = ["Agent", "Server", "Simulator"],
        ["Console"] = [],
        ["Core"] = [],
        ["Forecasting"] = ["Core"],
        ["Gaia"] = ["Core"],
        ["Grpc"] = [],
        ["Protocol"] = ["Grpc"],
        ["Server"] = ["Console", "Core", "Forecasting", "Gaia", "Protocol", "Storage"],
        ["Simulator"] = ["Agent"],
        ["Storage"] = ["Core"],
    };

    private static readonly Dictionary<string, XDocument> Projects =
        Directory.GetFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .ToDictionary(ShortName, XDocument.Load);

    public static TheoryData<string> Names => [.. Arrows.Keys];

    [Fact]
    public void EveryProject_IsInTheTable() => Assert.Equal(Arrows.Keys.Order(), Projects.Keys.Order());

    [Theory]
    [MemberData(nameof(Names))]
    public void Project_ReferencesWhatTheDesignSays(string name) =>
        Assert.Equal(Arrows[name].Order(), References(name).Order());

    [Fact]
    public void Core_HasNoPackageAndNoFramework()
    {
        string[] kinds = ["PackageReference", "FrameworkReference", "ProjectReference", "Reference"];

        Assert.DoesNotContain(Projects["Core"].Descendants(), e => kinds.Contains(e.Name.LocalName));
    }

    [Fact]
    public void Core_ReferencesOnlyTheBaseClassLibrary() =>
        Assert.All(
            typeof(Maestro.Telemetry.Scaling.ScalingPlanner).Assembly.GetReferencedAssemblies(),
            a => Assert.StartsWith("System.", a.Name, StringComparison.Ordinal));

    [Theory]
    [InlineData("Gaia")]
    [InlineData("Core")]
    public void Simulator_DoesNotEvenIndirectlyKnow(string other) =>
        Assert.DoesNotContain(other, Reachable("Simulator"));

    private static HashSet<string> Reachable(string name)
    {
        var seen = new HashSet<string>();
        var waiting = new Stack<string>([name]);
        while (waiting.TryPop(out var next))
        {
            foreach (var reference in References(next).Where(seen.Add))
            {
                waiting.Push(reference);
            }
        }

        return seen;
    }

    private static IEnumerable<string> References(string name) =>
        Projects[name].Descendants("ProjectReference").Select(e => ShortName((string)e.Attribute("Include")!));

    private static string ShortName(string path) =>
        Path.GetFileNameWithoutExtension(path).Replace("Maestro.Telemetry.", string.Empty, StringComparison.Ordinal);
}
