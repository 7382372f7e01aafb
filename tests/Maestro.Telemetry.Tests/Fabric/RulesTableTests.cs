using System.Reflection;
using System.Text.RegularExpressions;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Tests.Scaling;

namespace Maestro.Telemetry.Tests.Checks;

/// <summary>docs/rules.md says where each rule is held and what proves it; this proves that it says the truth.</summary>
public sealed partial class RulesTableTests
{
    private static readonly (string Rule, string[] Types, string[] Tests)[] Rows = Read();

    public static TheoryData<string> Rules => [.. Rows.Select(r => r.Rule)];

    [Fact]
    public void Table_HasEveryRuleOnceInOrder() =>
        Assert.Equal(Enumerable.Range(1, 27).Select(i => $"S{i}"), Rows.Select(r => r.Rule));

    [Theory]
    [MemberData(nameof(Rules))]
    public void Row_NamesTypesAndTestsThatExist(string rule)
    {
        var row = Rows.Single(r => r.Rule == rule);
        var types = ProductTypes().Select(t => t.Name).ToHashSet(StringComparer.Ordinal);
        var tests = typeof(RulesTableTests).Assembly.GetTypes()
            .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Instance)
                .Where(m => m.GetCustomAttributes<FactAttribute>().Any())
                .Select(m => $"{t.Name}.{m.Name}"))
            .ToHashSet(StringComparer.Ordinal);

        Assert.NotEmpty(row.Types);
        Assert.NotEmpty(row.Tests);
        Assert.Empty(row.Types.Except(types));
        Assert.Empty(row.Tests.Except(tests));
    }

    [Fact]
    public void S3_EveryDecision_HasTheVersionOfItsPolicy() => RandomScenes.Check(50, input =>
    {
        input = input with { Policies = [.. input.Policies.Select(p => p with { Version = $"v{p.Group}" })] };

        Assert.All(
            Maestro.Telemetry.Scaling.ScalingPlanner.Plan(input).Decisions,
            d => Assert.Equal($"v{d.Group}", d.PolicyVersion));
    });

    [Fact]
    public void S23_MultiQueue_IsNoSetting() => Assert.DoesNotContain(
        typeof(FabricOptions).Assembly.GetTypes()
            .Where(t => t.Namespace == typeof(FabricOptions).Namespace)
            .SelectMany(t => t.GetProperties()),
        p => p.Name.Contains("MultiQueue", StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<Type> ProductTypes() =>
        Directory.GetFiles(AppContext.BaseDirectory, "Maestro.Telemetry.*.dll")
            .Where(f => !f.EndsWith(".Tests.dll", StringComparison.Ordinal))
            .SelectMany(f => Assembly.Load(Path.GetFileNameWithoutExtension(f)).GetTypes());

    private static (string Rule, string[] Types, string[] Tests)[] Read() =>
    [
        .. File.ReadLines(Path.Combine(Repository.Root, "docs", "rules.md"))
            .Where(line => RuleRow().IsMatch(line))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => (cells[1], Names(cells[3]), Names(cells[4]))),
    ];

    private static string[] Names(string cell) => [.. Quoted().Matches(cell).Select(m => m.Groups[1].Value)];

    [GeneratedRegex(@"^\| S\d+ \|")]
    private static partial Regex RuleRow();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();
}
