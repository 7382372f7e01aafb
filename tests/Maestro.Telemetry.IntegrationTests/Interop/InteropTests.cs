using System.Text;
using Xunit.Abstractions;

namespace Maestro.Telemetry.IntegrationTests.Interop;

/// <summary>Holds our transport against the gRPC libraries of Node.js and Python.</summary>
public sealed class InteropTests(InteropRun run, ITestOutputHelper output) : IClassFixture<InteropRun>
{
    public static TheoryData<string, string> Cells
    {
        get
        {
            var cells = new TheoryData<string, string>();
            foreach (var pairing in InteropRun.Pairings)
            {
                foreach (var name in InteropRun.Cases)
                {
                    cells.Add(pairing, name);
                }
            }

            return cells;
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Case_BetweenClientAndServer_Passes(string pairing, string name)
    {
        var result = run.Result(pairing, name);

        Assert.True(result == InteropRun.Passed, result);
    }

    [Fact]
    public async Task Matrix_OfCasesPeersAndTransports_IsPrinted()
    {
        var matrix = Matrix();
        var path = Path.Combine(AppContext.BaseDirectory, "interop-matrix.md");
        await File.WriteAllTextAsync(path, matrix);

        output.WriteLine(matrix);
        output.WriteLine($"Written to {path}");

        Assert.Equal(InteropRun.Cases.Count() + 4, matrix.Split('\n').Length);
    }

    private string Matrix()
    {
        var table = new StringBuilder();
        table.Append("| case (client > server, transport) | ").AppendJoin(" | ", InteropRun.Pairings).Append(" |\n");
        table.Append("|---|").Append(string.Concat(Enumerable.Repeat("---|", InteropRun.Pairings.Count))).Append('\n');
        foreach (var name in InteropRun.Cases)
        {
            var cells = InteropRun.Pairings.Select(pairing => Cell(pairing, name));
            table.Append("| ").Append(name).Append(" | ").AppendJoin(" | ", cells).Append(" |\n");
        }

        table.Append("\n(1) its handlers can't tell that a request was compressed; ");
        return table.Append("(2) its server does not compress: answered plain.").ToString();
    }

    private string Cell(string pairing, string name)
    {
        var result = run.Result(pairing, name) == InteropRun.Passed ? InteropRun.Passed : "FAIL";
        return pairing switch
        {
            _ when name.StartsWith("client_compressed", StringComparison.Ordinal)
                && pairing.Contains("> grpcio", StringComparison.Ordinal) => $"{result} (1)",
            _ when name.StartsWith("server_compressed", StringComparison.Ordinal)
                && pairing.Contains("> grpc-js", StringComparison.Ordinal) => $"{result} (2)",
            _ => result,
        };
    }
}
