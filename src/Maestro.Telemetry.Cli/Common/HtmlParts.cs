using System.Globalization;
using System.Net;
using System.Text;

namespace Maestro.Telemetry.Cli.Common;

/// <summary>What the HTML reports have in common.</summary>
internal static class HtmlParts
{
    /// <summary>How text, tables and pictures look; the page defines the colours of its pictures.</summary>
    private const string Style = """
        :root { color-scheme: light dark; --ink: #1b1f24; --soft: #59636e; --paper: #fff; --rule: #d8dee4; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --soft: #9aa4af; --paper: #0e1116;
          --rule: #30363d; } }
        body { margin: 0 auto; padding: 1rem; background: var(--paper); color: var(--ink);
          font: 15px/1.5 system-ui, sans-serif; }
        h1 { font-size: 1.5rem; } h2 { font-size: 1.25rem; margin-top: 2.5rem; } h3 { font-size: 1rem; }
        table { border-collapse: collapse; margin: .75rem 0; font-variant-numeric: tabular-nums; display: block;
          overflow-x: auto; }
        caption { text-align: left; color: var(--soft); }
        th, td { padding: .2rem .6rem; border-bottom: 1px solid var(--rule); text-align: right; white-space: nowrap; }
        th { font-weight: 600; } tbody th { font-weight: 400; } .name { text-align: left; }
        figcaption, p { color: var(--soft); } svg { width: 100%; height: auto; display: block; }
        svg text { fill: var(--soft); font: 11px system-ui, sans-serif; } .grid { stroke: var(--rule); }
        """;

    /// <summary>A page up to its first section.</summary>
    /// <param name="title">In the title and the heading.</param>
    /// <param name="style">The page's own colours and shapes.</param>
    /// <param name="about">What the page shows, in sentences.</param>
    public static StringBuilder Begin(string title, string style, string about) => new StringBuilder($"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{Text(title)}</title>
        <style>
        {Style}
        {style}
        </style>
        </head>
        <body>
        <main>
        <h1>{Text(title)}</h1>
        <p>{Text(about)}</p>
        """).Append('\n');

    /// <summary>A table whose first column names the rows.</summary>
    /// <param name="html">Appended to.</param>
    /// <param name="caption">What the table is of.</param>
    /// <param name="header">Names of the columns.</param>
    /// <param name="rows">A text for each column.</param>
    /// <param name="classed">True to give each row its name as a class.</param>
    public static void Table(
        StringBuilder html, string caption, IReadOnlyList<string> header, IEnumerable<string[]> rows, bool classed = false)
    {
        html.Append(CultureInfo.InvariantCulture, $"<table><caption>{Text(caption)}</caption><thead><tr>");
        for (var i = 0; i < header.Count; i++)
        {
            html.Append(i == 0 ? "<th scope=\"col\" class=\"name\">" : "<th scope=\"col\">").Append(Text(header[i]))
                .Append("</th>");
        }

        html.Append("</tr></thead><tbody>\n");
        foreach (var row in rows)
        {
            var name = Text(row[0]);
            html.Append(classed ? $"<tr class=\"{name}\">" : "<tr>")
                .Append(CultureInfo.InvariantCulture, $"<th scope=\"row\" class=\"name\">{name}</th>");
            foreach (var cell in row.AsSpan(1))
            {
                html.Append(CultureInfo.InvariantCulture, $"<td>{Text(cell)}</td>");
            }

            html.Append("</tr>\n");
        }

        html.Append("</tbody></table>\n");
    }

    public static string Text(string text) => WebUtility.HtmlEncode(text);
}
