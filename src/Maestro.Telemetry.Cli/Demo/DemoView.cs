using System.Globalization;
using Grpc.Core;
using Maestro.Telemetry.Protocol.V1;
using Spectre.Console;
using Spectre.Console.Rendering;
using Status = Maestro.Telemetry.Protocol.V1.Status;

namespace Maestro.Telemetry.Cli.Demo;

/// <summary>The live view: groups with demand against capacity, the next change and why, the pool, the last decisions.</summary>
internal static class DemoView
{
    private const int BarWidth = 24;
    private const int DecisionsShown = 8;

    public static async Task ShowAsync(
        IAnsiConsole console, AutoscalerControl.AutoscalerControlClient client, CancellationToken cancellationToken)
    {
        using var watching = client.WatchStatus(new WatchStatusRequest(), cancellationToken: cancellationToken);
        try
        {
            await console.Live(new Text("waiting for the first status")).StartAsync(async live =>
            {
                await foreach (var status in watching.ResponseStream.ReadAllAsync(cancellationToken))
                {
                    var commands = await client.ListCommandsAsync(
                        new ListCommandsRequest { Limit = DecisionsShown }, cancellationToken: cancellationToken);
                    live.UpdateTarget(Render(status, commands.Commands));
                }
            });
        }
        catch (RpcException e) when (e.StatusCode is StatusCode.Cancelled && cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    private static Rows Render(Status status, IReadOnlyList<Protocol.V1.Command> commands)
    {
        var rows = new List<IRenderable>
        {
            Line($"simulated time {status.Now.ToDateTimeOffset():ddd yyyy-MM-dd HH:mm:ss} UTC   pool: {string.Join(", ", status.Sites.Select(s => $"site {s.Id} has {s.Pool.Count} free"))}"),
            Groups(status),
        };
        rows.AddRange(status.Groups.Select(g => Line($"{g.Name}: {g.NextChange}")));
        rows.Add(new Rule("changes").LeftJustified());
        rows.AddRange(commands.Select(c => Line(
            $"{c.CreatedAt.ToDateTimeOffset():HH:mm} {c.Kind} {c.Serial} ({Group(c.FromGroup)} to {Group(c.ToGroup)}): {c.State}")));
        rows.AddRange(status.Problems.Select(p => Line($"problem: {p}")));
        return new Rows(rows);
    }

    private static Table Groups(Status status)
    {
        var table = new Table().Border(TableBorder.Rounded);
        table.AddColumns("group", "SGMs", "wanted", "demand / capacity", "", "reason", "start by");
        foreach (var group in status.Groups)
        {
            table.AddRow(
                new Text($"{group.Id} {group.Name}"),
                new Text(Number(group.Members.Count)),
                new Text(Number(group.DesiredMembers)),
                new Text(string.Create(CultureInfo.InvariantCulture, $"{group.DemandCpuWork:F2} / {group.CapacityCpuWork:F2}")),
                Bar(group),
                new Text(group.ReasonCode),
                new Text(group.LatestSafeStart?.ToDateTimeOffset().ToString("HH:mm", CultureInfo.InvariantCulture) ?? ""));
        }

        return table;
    }

    // The bar is full when demand is at what the policy plans for; the number beside it says the same without colour.
    private static Text Bar(SecurityGroup group)
    {
        var used = Math.Clamp(group.Utilization, 0, 1);
        var filled = (int)Math.Round(used * BarWidth);
        var color = group.Utilization switch
        {
            > 1 => Color.Red,
            > 0.85 => Color.Yellow,
            _ => Color.Green,
        };
        var percent = string.Create(CultureInfo.InvariantCulture, $" {group.Utilization * 100:F0} % of target");
        return new Text(new string('█', filled) + new string('░', BarWidth - filled) + percent, new Style(color));
    }

    private static Text Line(FormattableString text) => new(text.ToString(CultureInfo.InvariantCulture));

    private static string Group(int group) => group == 0 ? "pool" : Number(group);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
