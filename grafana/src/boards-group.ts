import type * as timeseries from '@grafana/grafana-foundation-sdk/timeseries';
import { type Board, fabricVariable, groupVariable } from './board.js';
import { events, inGroup, newest, rows, series } from './influx.js';
import { drawn, figure, lines, list } from './panels.js';

const group = '"group"';
const latest = (resource: string): string => `${inGroup} AND "resource" = '${resource}' AND "lead" = 'latest'`;
const demand = (resource: string): string => `${inGroup} AND "resource" = '${resource}'`;

const fanStyles = [
    { name: '^demand$', properties: [drawn.color('blue'), drawn.width(2), drawn.fill(0)] },
    { name: '^capacity$', properties: [drawn.color('green'), drawn.width(2), drawn.fill(0), drawn.steplike()] },
    { name: '^forecast$', properties: [drawn.color('orange'), drawn.dashed(), drawn.fill(0)] },
    { name: '^90 %$', properties: [drawn.color('super-light-orange'), drawn.below('10 %'), drawn.fill(25), drawn.width(0)] },
    { name: '^10 %$', properties: [drawn.color('super-light-orange'), drawn.width(0), drawn.fill(0)] },
    { name: '^97.5 %$', properties: [drawn.color('light-red'), drawn.dashed(), drawn.fill(0)] },
];

/** Demand, and the newest forecast of it with its interval, which goes on into the future. */
function fan(resource: string, title: string, unit: string, size: { span: number; height: number }): timeseries.PanelBuilder {
    const step = (field: string, alias: string) =>
        series(`mean("${field}")`, '"forecast_step"', latest(resource), alias, [], 'none');
    const capacity = resource === 'cpu_work'
        ? [series('mean("capacity")', '"demand"', demand(resource), 'capacity')]
        : [];
    return lines({
        title,
        description: 'Demand as measured, and the newest forecast of each interval: median, 10 % to 90 %, and 97.5 %. '
            + 'A forecast that is not trusted is shown too; the planner does not use it.',
        unit,
        min: 0,
        ...size,
        styles: fanStyles,
        queries: [
            series('mean("value")', '"demand"', demand(resource), 'demand'),
            step('p90', '90 %'),
            step('p10', '10 %'),
            step('p50', 'forecast'),
            step('p97_5', '97.5 %'),
            ...capacity,
        ],
    });
}

export const groupBoard: Board = {
    uid: 'maestro-group',
    title: 'Maestro / Security Group',
    description: 'Demand against capacity of one Security Group, what is forecast, and what was decided and why.',
    variables: [fabricVariable(), groupVariable(false)],
    from: 'now-24h',
    to: 'now+6h',
    showDecisions: true,
    rows: [
        {
            title: 'Now',
            panels: [
                figure({
                    title: 'Members',
                    description: 'SGMs in the group.',
                    queries: [newest('members', group, inGroup, [], 'members')],
                }),
                figure({
                    title: 'Wanted',
                    description: 'SGMs that the planner wants after all rules.',
                    queries: [newest('desired', group, inGroup, [], 'wanted')],
                }),
                figure({
                    title: 'Utilization',
                    description: 'Demand as a share of what the group carries at its target.',
                    unit: 'percentunit',
                    steps: [[null, 'green'], [0.9, 'orange'], [1, 'red']],
                    queries: [newest('utilization', group, inGroup, [], 'utilization')],
                }),
                figure({
                    title: 'Headroom',
                    description: 'Capacity less demand, in reference SGMs.',
                    decimals: 1,
                    steps: [[null, 'red'], [0, 'orange'], [0.5, 'green']],
                    queries: [newest('headroom_units', group, inGroup, [], 'headroom')],
                }),
                figure({
                    title: 'Mode',
                    description: 'How far the autoscaler may go by itself.',
                    word: true,
                    queries: [newest('mode', group, inGroup, [], 'mode')],
                }),
                figure({
                    title: 'Newest sample',
                    description: 'How old the newest sample of the group is. Without fresh samples nothing is removed.',
                    unit: 's',
                    steps: [[null, 'green'], [60, 'orange'], [300, 'red']],
                    queries: [newest('sample_age_seconds', group, inGroup, [], 'age')],
                }),
            ],
        },
        {
            title: 'Demand and capacity',
            panels: [
                fan('cpu_work', 'CPU work, in reference SGMs', 'none', { span: 24, height: 11 }),
                lines({
                    title: 'Members, past and wanted',
                    description: 'SGMs in the group, those that are ACTIVE, those wanted, and the bounds of the policy.',
                    span: 12,
                    decimals: 0,
                    min: 0,
                    steplike: true,
                    fill: 0,
                    styles: [
                        { name: 'm(in|ax)imum', properties: [drawn.color('text'), drawn.dashed()] },
                        { name: 'members', properties: [drawn.color('green'), drawn.width(2)] },
                        { name: 'wanted', properties: [drawn.color('purple'), drawn.dashed()] },
                    ],
                    queries: [
                        series('last("members")', group, inGroup, 'members'),
                        series('last("active")', group, inGroup, 'active'),
                        series('last("desired")', group, inGroup, 'wanted'),
                        series('last("minimum")', group, inGroup, 'minimum'),
                        series('last("maximum")', group, inGroup, 'maximum'),
                    ],
                }),
                lines({
                    title: 'Risk of a shortage',
                    description: 'Probability, as of each decision, that demand goes above the committed capacity if nothing is done.',
                    span: 12,
                    unit: 'percentunit',
                    min: 0,
                    max: 1,
                    steps: [[null, 'green'], [0.2, 'orange'], [0.5, 'red']],
                    showSteps: true,
                    queries: [series('max("risk")', '"decision"', inGroup, 'risk', [], 'previous')],
                }),
            ],
        },
        {
            title: 'Other resources',
            panels: [
                fan('bits_per_second', 'Throughput', 'bps', { span: 8, height: 8 }),
                fan('concurrent_connections', 'Connections', 'short', { span: 8, height: 8 }),
                fan('connections_per_second', 'New connections', 'cps', { span: 8, height: 8 }),
            ],
        },
        {
            title: 'Members',
            panels: [
                lines({
                    title: 'CPU of each member',
                    description: 'Mean busy share of all cores, from the one-minute roll-ups.',
                    unit: 'percent',
                    min: 0,
                    max: 100,
                    queries: [series(
                        'sum("cpu_mean_percent_sum") / sum("n")', '"sgm_1m"', inGroup, '$tag_serial', ['serial'])],
                }),
                lines({
                    title: 'Connections of each member',
                    description: 'Entries in the connections table, from the one-minute roll-ups.',
                    unit: 'short',
                    min: 0,
                    queries: [series('max("concurrent_connections_max")', '"sgm_1m"', inGroup, '$tag_serial', ['serial'])],
                }),
            ],
        },
        {
            title: 'Decisions',
            panels: [
                list({
                    title: 'What was decided, and why',
                    description: 'Decision records, newest first. `binding` is the term that decides, for example predicted:CpuWork.',
                    height: 10,
                    widths: { action: 90, reason: 180, binding: 200, wanted_units: 110, members: 90 },
                    queries: [events(
                        '"action", "reason", "sentence", "binding", "members", "wanted_units"', '"decision"', inGroup)],
                }),
                list({
                    title: 'What decides, by resource',
                    description: 'Decisions in the time shown by reason, and the units wanted in the newest of each.',
                    height: 7,
                    queries: [rows(
                        'count("members") AS "decisions", last("wanted_units") AS "wanted units", last("binding") AS "binding"',
                        '"decision"', inGroup, ['action', 'reason'])],
                }),
            ],
        },
    ],
};
