import { type Board, fabricVariable, groupVariable } from './board.js';
import { inGroup, rows, series } from './influx.js';
import { drawn, lines, list } from './panels.js';

const health = '"forecast_health"';
const cpu = `${inGroup} AND "resource" = 'cpu_work'`;
const name = 'SG $tag_security_group $tag_resource';
const tags = ['security_group', 'resource'];

/** What was forecast so long before, against what came. */
const ahead = (lead: string) =>
    series('mean("p50")', '"forecast_step"', `${cpu} AND "lead" = '${lead}'`, `${lead} before`, [], 'none');

export const forecastBoard: Board = {
    uid: 'maestro-forecast',
    title: 'Maestro / Forecast quality',
    description: 'Whether forecasts hold what they say: coverage, pinball loss, skill against seasonal-naive, by horizon.',
    variables: [fabricVariable(), groupVariable(true)],
    from: 'now-7d',
    rows: [
        {
            title: 'Skill and trust',
            panels: [
                lines({
                    title: 'Pinball loss over that of seasonal-naive',
                    description: 'Of the window maximum. Below 1 the model is better than last week\'s same hour; above, it is not trusted.',
                    min: 0,
                    steps: [[null, 'green'], [1, 'red']],
                    showSteps: true,
                    queries: [series('last("pinball_ratio")', health, inGroup, name, tags)],
                }),
                lines({
                    title: 'Trusted',
                    description: '1 when the planner may use the forecast; at 0 it goes by measured demand.',
                    min: 0,
                    max: 1,
                    decimals: 0,
                    steplike: true,
                    queries: [series('min("trusted")', health, inGroup, name, tags)],
                }),
            ],
        },
        {
            title: 'Coverage',
            panels: [
                lines({
                    title: 'Coverage of the 80 % interval',
                    description: 'Running share of values within it, issued one window before; 0.8 is exact.',
                    unit: 'percentunit',
                    min: 0,
                    max: 1,
                    steps: [[null, 'red'], [0.7, 'green'], [0.9, 'orange']],
                    showSteps: true,
                    queries: [series('last("coverage_80")', health, inGroup, name, tags)],
                }),
                lines({
                    title: 'Coverage of the 95 % interval',
                    description: 'Running share of values within it; 0.95 is exact.',
                    unit: 'percentunit',
                    min: 0,
                    max: 1,
                    steps: [[null, 'red'], [0.9, 'green']],
                    showSteps: true,
                    queries: [series('last("coverage_95")', health, inGroup, name, tags)],
                }),
                lines({
                    title: 'Window maxima within their 95 % quantile',
                    description: 'What the planner relies on; 0.95 is exact, and below it groups are short more often than agreed.',
                    unit: 'percentunit',
                    min: 0,
                    max: 1,
                    steps: [[null, 'red'], [0.9, 'green']],
                    showSteps: true,
                    queries: [series('last("maximum_coverage_95")', health, inGroup, name, tags)],
                }),
                lines({
                    title: 'Correction of the intervals',
                    description: 'What distances from the median are multiplied with; 1 when the model is right by itself.',
                    min: 0,
                    styles: [{ name: 'upper', properties: [drawn.dashed()] }],
                    queries: [
                        series('last("lower_factor")', health, inGroup, `${name} lower`, tags),
                        series('last("upper_factor")', health, inGroup, `${name} upper`, tags),
                    ],
                }),
            ],
        },
        {
            title: 'By horizon',
            panels: [
                lines({
                    title: 'CPU work: what was forecast, and what came',
                    description: 'The median issued 15 minutes, 1 hour and 3 hours before each interval, beside the demand. Choose one group.',
                    span: 24,
                    height: 10,
                    fill: 0,
                    styles: [{ name: '^demand$', properties: [drawn.color('blue'), drawn.width(2)] }],
                    queries: [
                        series('mean("value")', '"demand"', cpu, 'demand'),
                        ahead('15m'),
                        ahead('1h'),
                        ahead('3h'),
                    ],
                }),
            ],
        },
        {
            title: 'Models',
            panels: [
                list({
                    title: 'Newest forecast of each series',
                    description: 'The model, and the verdict of the gate in a sentence.',
                    height: 8,
                    queries: [rows(
                        'last("model") AS "model", last("skill") AS "skill", last("coverage") AS "coverage", last("reason") AS "verdict"',
                        '"forecast"', inGroup, tags)],
                }),
                lines({
                    title: 'How unusual demand is',
                    description: 'Of the newest value, in standard deviations from the forecast.',
                    span: 24,
                    height: 7,
                    queries: [series('mean("anomaly_score")', health, inGroup, name, tags)],
                }),
            ],
        },
    ],
};
