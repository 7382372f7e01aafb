import { type Board, fabricVariable, siteVariable } from './board.js';
import { events, inFabric, inSite, newest, rows, series } from './influx.js';
import { drawn, figure, lines, list } from './panels.js';

const fabricFields = '"fabric"';

export const fabricBoard: Board = {
    uid: 'maestro-fabric',
    title: 'Maestro / Fabric overview',
    description: 'Sites, Security Groups, pools and headroom of a fabric, and what is wrong with it.',
    variables: [fabricVariable(), siteVariable()],
    showDecisions: true,
    rows: [
        {
            title: 'Now',
            panels: [
                figure({
                    title: 'SGMs',
                    description: 'SGMs that the fabric has, in Security Groups and in pools.',
                    queries: [newest('sgms', fabricFields, inFabric, [], 'SGMs')],
                }),
                figure({
                    title: 'In the pools',
                    description: 'SGMs in no Security Group: what groups can grow by. At zero, groups take from each other.',
                    steps: [[null, 'red'], [1, 'orange'], [2, 'green']],
                    queries: [newest('pool', fabricFields, inFabric, [], 'pool')],
                }),
                figure({
                    title: 'Open commands',
                    description: 'Commands that wait for an approval or are on their way.',
                    queries: [newest('open_commands', fabricFields, inFabric, [], 'open')],
                }),
                figure({
                    title: 'Problems',
                    description: 'What keeps the service from its work; the sentences stand below.',
                    steps: [[null, 'green'], [1, 'orange']],
                    queries: [newest('problems', fabricFields, inFabric, [], 'problems')],
                }),
                figure({
                    title: 'Breaches',
                    description: 'Caps, minimums or single memberships that were seen broken since the service began. Must be zero.',
                    steps: [[null, 'green'], [1, 'red']],
                    queries: [newest('breaches', fabricFields, inFabric, [], 'breaches')],
                }),
                figure({
                    title: 'Pauses',
                    description: 'Pauses in force: groups, sites or directions in which nothing is changed.',
                    steps: [[null, 'green'], [1, 'blue']],
                    queries: [newest('pauses', fabricFields, inFabric, [], 'pauses')],
                }),
            ],
        },
        {
            title: 'Load and room',
            panels: [
                lines({
                    title: 'Utilization of each group',
                    description: 'Demand as a share of what the group carries at its target; above 100 % it is short.',
                    unit: 'percentunit',
                    min: 0,
                    steps: [[null, 'green'], [0.9, 'orange'], [1, 'red']],
                    showSteps: true,
                    queries: [series('mean("utilization")', '"group"', inFabric, '$tag_group_name', ['group_name'])],
                }),
                lines({
                    title: 'Headroom of each group',
                    description: 'Capacity less demand, in reference SGMs; below zero the group is overloaded.',
                    decimals: 1,
                    steps: [[null, 'red'], [0, 'green']],
                    showSteps: true,
                    queries: [series('mean("headroom_units")', '"group"', inFabric, '$tag_group_name', ['group_name'])],
                }),
                lines({
                    title: 'Pool of each site',
                    description: 'SGMs in no Security Group, by site.',
                    decimals: 0,
                    min: 0,
                    steplike: true,
                    queries: [series('last("pool")', '"site"', inSite, 'site $tag_site', ['site'])],
                }),
                lines({
                    title: 'Members of each group',
                    description: 'SGMs in each Security Group.',
                    decimals: 0,
                    min: 0,
                    steplike: true,
                    stacked: true,
                    fill: 30,
                    queries: [series('last("members")', '"group"', inFabric, '$tag_group_name', ['group_name'])],
                }),
            ],
        },
        {
            title: 'Groups and sites',
            panels: [
                list({
                    title: 'Security Groups',
                    description: 'The newest values of each group. Wanted is what the planner wants after all rules.',
                    height: 9,
                    queries: [rows(
                        'last("members") AS "members", last("active") AS "active", last("desired") AS "wanted", '
                            + 'last("minimum") AS "minimum", last("maximum") AS "maximum", last("utilization") AS "utilization", '
                            + 'last("demand_units") AS "demand", last("capacity_units") AS "capacity", '
                            + 'last("mode") AS "mode", last("reason") AS "reason"',
                        '"group"', inFabric, ['security_group', 'group_name'])],
                }),
                list({
                    title: 'Sites',
                    description: 'SGMs, pool and Orchestrators of each site.',
                    height: 6,
                    queries: [rows(
                        'last("sgms") AS "SGMs", last("pool") AS "pool", last("orchestrators") AS "Orchestrators", '
                            + 'last("orchestrators_reachable") AS "reachable"',
                        '"site"', inSite, ['site'])],
                }),
            ],
        },
        {
            title: 'What is wrong',
            panels: [
                list({
                    title: 'Problems',
                    description: 'What keeps the service from its work, in sentences, newest first.',
                    height: 7,
                    queries: [events('"sentence"', '"problem"', inFabric)],
                }),
                list({
                    title: 'Findings',
                    description: 'What is against the rules of Maestro, as `maestro check` tells it, with its remedy.',
                    height: 8,
                    queries: [rows(
                        'last("found") AS "found", last("required") AS "required", last("remedy") AS "remedy"',
                        '"finding"', inFabric, ['rule', 'severity', 'object'])],
                }),
                lines({
                    title: 'Problems over time',
                    description: 'How many sentences there were.',
                    span: 24,
                    height: 6,
                    decimals: 0,
                    min: 0,
                    steplike: true,
                    styles: [{ name: 'problems', properties: [drawn.color('orange')] }],
                    queries: [series('max("problems")', '"fabric"', inFabric, 'problems')],
                }),
            ],
        },
    ],
};
