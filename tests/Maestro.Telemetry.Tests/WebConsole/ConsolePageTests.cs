using System.Text.RegularExpressions;
using Maestro.Telemetry.WebConsole;

namespace Maestro.Telemetry.Tests.WebConsole;

/// <summary>What the strict Content-Security-Policy and a page without a build step ask of the files.</summary>
public sealed partial class ConsolePageTests
{
    public static TheoryData<string> Scripts => [.. Paths(".js")];

    public static TheoryData<string> StyleSheets => [.. Paths(".css")];

    [Fact]
    public void StartPage_EveryFileItNames_IsEmbedded()
    {
        var named = Reference().Matches(Text("index.html")).Select(m => m.Groups[1].Value)
            .Where(target => !target.StartsWith('#') && !target.StartsWith('/')).ToArray();

        Assert.Contains("js/app.js", named);
        Assert.All(named, target => Assert.NotNull(ConsoleAssets.Find(target)));
    }

    [Fact]
    public void StartPage_AnchorsAndLabels_PointAtElementsOfThePage()
    {
        var page = Text("index.html");
        var ids = Id().Matches(page).Select(m => m.Groups[1].Value).ToArray();
        var targets = IdReference().Matches(page).Select(m => m.Groups[1].Value);

        Assert.Equal(ids.Distinct(), ids);
        Assert.All(targets, target => Assert.Contains(target, ids));
    }

    [Fact]
    public void StartPage_HasNothingInline()
    {
        var page = Text("index.html");

        Assert.DoesNotMatch(InlineScript(), page);
        Assert.DoesNotMatch(InlineStyle(), page);
        Assert.DoesNotMatch(Handler(), page);
        Assert.DoesNotContain("javascript:", page, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Script_EveryModuleItImports_IsEmbedded(string path)
    {
        var folder = path[..(path.LastIndexOf('/') + 1)];
        var imports = Import().Matches(Text(path)).Select(m => m.Groups[1].Value);

        Assert.All(imports, target => Assert.NotNull(ConsoleAssets.Find(folder + target)));
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Script_IsTypeCheckedAndNeverTurnsDataIntoMarkupOrCode(string path)
    {
        var script = Text(path);

        Assert.StartsWith("// @ts-check\n", script, StringComparison.Ordinal);
        Assert.DoesNotMatch(MarkupOrCode(), script);
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Script_EveryElementItAsksFor_IsInThePage(string path)
    {
        var ids = Id().Matches(Text("index.html")).Select(m => m.Groups[1].Value).ToHashSet();

        Assert.All(ElementById().Matches(Text(path)).Select(m => m.Groups[1].Value), id => Assert.Contains(id, ids));
    }

    [Theory]
    [MemberData(nameof(StyleSheets))]
    public void StyleSheet_LoadsNothingFromElsewhere(string path)
    {
        Assert.DoesNotContain("@import", Text(path), StringComparison.Ordinal);
        Assert.DoesNotContain("url(", Text(path), StringComparison.Ordinal);
    }

    [Fact]
    public void Files_NameNoOtherHost()
    {
        Assert.All(ConsoleAssets.All, asset => Assert.DoesNotMatch(OtherHost(), Text(asset.Path)));
    }

    private static IEnumerable<string> Paths(string extension) =>
        ConsoleAssets.All.Select(a => a.Path).Where(p => p.EndsWith(extension, StringComparison.Ordinal));

    private static string Text(string path)
    {
        using var reader = new StreamReader(ConsoleAssets.Open(path)!);
        return reader.ReadToEnd();
    }

    [GeneratedRegex("""\s(?:src|href)="([^"]+)["]""")]
    private static partial Regex Reference();

    [GeneratedRegex("""\sid="([^"]+)["]""")]
    private static partial Regex Id();

    [GeneratedRegex("""\s(?:href="#|for="|aria-labelledby="|aria-describedby=")([^"]+)["]""")]
    private static partial Regex IdReference();

    [GeneratedRegex("""<script(?![^>]*\ssrc=)""", RegexOptions.IgnoreCase)]
    private static partial Regex InlineScript();

    [GeneratedRegex("""<style|\sstyle\s*=""", RegexOptions.IgnoreCase)]
    private static partial Regex InlineStyle();

    [GeneratedRegex("""<[^>]*\son[a-z]+\s*=""", RegexOptions.IgnoreCase)]
    private static partial Regex Handler();

    [GeneratedRegex("""(?:from|import|import\()\s*'\./([^']+)'""")]
    private static partial Regex Import();

    [GeneratedRegex("""innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|'style'""")]
    private static partial Regex MarkupOrCode();

    [GeneratedRegex("""byId\('([^']+)'""")]
    private static partial Regex ElementById();

    // The SVG namespace is a name, not an address.
    [GeneratedRegex("""(?:https?:)?//(?!www\.w3\.org/2000/svg)[a-z0-9-]+\.[a-z]""", RegexOptions.IgnoreCase)]
    private static partial Regex OtherHost();
}
